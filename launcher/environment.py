"""The project's own environment: made once, finished if it was cut short, used at once afterwards."""

import contextlib
import hashlib
import os
import shutil
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from launcher.pip import MINOR, PreparationError, run_pip, say
from launcher.requirements import is_satisfied, requirements

ON_WINDOWS = os.name == "nt"
LOCK = "sdsf-lock"
STAMP = "sdsf-stamp"


def environment_folder(project: Path) -> Path:
    """Folder of the project's own environment: on Windows a short path, out of OneDrive."""
    if not ON_WINDOWS:
        return project / ".venv"
    local = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return local / "sdsf" / hashlib.sha256(str(project).encode()).hexdigest()[:8]


def python_of(environment: Path) -> Path:
    """Interpreter of an environment."""
    return environment / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")


def site_packages(environment: Path) -> Path:
    """Folder where an environment made by the running Python keeps its packages."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))


def settings_of(environment: Path) -> dict[str, str]:
    """Content of ``pyvenv.cfg``; empty without one."""
    file = environment / "pyvenv.cfg"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}


def stamp_of(project: Path) -> str:
    """Say what a ready environment was made of: the lock, and the Python beneath."""
    lock = hashlib.sha256((project / "constraints.txt").read_bytes()).hexdigest()
    return f"{lock} {os.path.realpath(python_of(environment_folder(project)))}"


def is_ready(project: Path) -> bool:
    """Whether the environment was prepared to its end with this lock, and its Python is still there."""
    environment = environment_folder(project)
    stamp = environment / STAMP
    return (
        stamp.is_file()
        and python_of(environment).exists()
        and Path(settings_of(environment).get("home", "")).is_dir()
        and stamp.read_text(encoding="utf-8") == stamp_of(project)
    )


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold a lock that the system lets go when the process dies; wait while another one holds it."""
    with file.open("a", encoding="utf-8") as handle:
        told = False
        while not try_lock(handle.fileno()):
            if not told:
                say("Une autre préparation est en cours : attente de sa fin (Ctrl+C pour abandonner)…")
            told = True
            time.sleep(0.5)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock of an open file; false when another process holds it."""
    try:
        if ON_WINDOWS:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refusal:  # not "taken": a folder without locks, better unguarded than refused
        return not isinstance(refusal, PermissionError if ON_WINDOWS else BlockingIOError)
    return True


def suits_this_python(environment: Path) -> bool:
    """Whether the running Python can go on with what stands in the folder (nothing yet, perhaps)."""
    settings = settings_of(environment)
    made_by = settings.get("version") or settings.get("version_info") or MINOR
    return not settings or (f"{made_by}.".startswith(f"{MINOR}.") and python_of(environment).exists())


def discard_leftovers(environment: Path) -> None:
    """Take away what another Python, or an installation cut short, left behind."""
    if not suits_this_python(environment):
        for entry in environment.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != LOCK:
                entry.unlink()
    for information in site_packages(environment).glob("*.dist-info"):
        record = information / "RECORD"
        # pip names its own INSTALLER in RECORD as the last step of a package
        if not record.is_file() or "INSTALLER" not in record.read_text(encoding="utf-8"):
            shutil.rmtree(information)


def put_on_path(project: Path, packages: Path) -> bool:
    """Make the project importable from its environment; false where only PYTHONPATH can."""
    try:
        line = os.path.relpath(project, packages)
        line.encode("ascii")  # before Python 3.13 a .pth is read in the locale's encoding
    except ValueError:
        return False
    (packages / "sdsf.pth").write_text(f"{line}\n", encoding="ascii")
    return True


def prepare(project: Path) -> None:
    """Make the environment, or finish it; the stamp comes last."""
    environment = environment_folder(project)
    if not (environment / LOCK).exists() and not suits_this_python(environment):
        raise PreparationError(
            f"Le dossier « {environment} » a été fait par un autre outil, avec un autre Python. "
            "Renommez-le ou supprimez-le, puis relancez la même commande."
        )
    environment.mkdir(parents=True, exist_ok=True)
    with alone(environment / LOCK):
        if is_ready(project):
            return
        say("Préparation de l'environnement (une seule fois, quelques minutes)…")
        stamp = environment / STAMP
        stamp.unlink(missing_ok=True)
        discard_leftovers(environment)
        venv.EnvBuilder(symlinks=not ON_WINDOWS).create(environment)
        install(project, environment)
        put_on_path(project, site_packages(environment))
        stamp.write_text(stamp_of(project), encoding="utf-8")
        say("Environnement prêt.")


def install(project: Path, environment: Path) -> None:
    """Install the lock with the environment's Python, from ``wheels/`` alone where it stands."""
    wheels = project / "wheels"
    arguments = ["install", "-r", str(project / "constraints.txt")]
    if wheels.is_dir():
        arguments += ["--no-index", "--find-links", str(wheels)]
    run_pip(project, python_of(environment), arguments, environment / "pip.log", offline=wheels.is_dir())


def ready_python(project: Path) -> Path:
    """Interpreter to run the project with, prepared if needed."""
    environment = environment_folder(project)
    if is_ready(project):
        return python_of(environment)
    if all(is_satisfied(requirement) for requirement in requirements(project)):
        return Path(sys.executable)
    try:
        prepare(project)
    except OSError as error:
        raise PreparationError(
            f"L'environnement ne peut pas être écrit dans « {environment} » ({error.strerror or error}). "
            "Vérifiez vos droits et la place sur le disque, fermez les notebooks ouverts, puis relancez."
        ) from error
    return python_of(environment)
