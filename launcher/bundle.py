"""``python3 run.py bundle``: a zip of the project and its wheels, for a machine without internet.

Standard library only, and the pip of ``vendor/``.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import NoReturn

from launcher.pip import MINOR, PreparationError, pip_wheel, run_pip, say

LINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(5, 29)] + ["manylinux2014_x86_64", "linux_x86_64"]
PLATFORMS = {
    "linux": {"x86_64": LINUX},
    "macos": {"arm64": ["macosx_14_0_arm64"], "x86_64": ["macosx_14_0_x86_64"]},
    "windows": {"AMD64": ["win_amd64"]},
}
MARKERS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macos": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
# What a copy without git leaves out; the data of a workspace may be personal.
LEFT_OUT = re.compile(
    r"(^|/)(\.(?!ci/|git(ignore|attributes)$)|__pycache__/|data/(raw|processed|returns)/)"
    r"|^(reports|wheels|dist|build)/|\.zip$"
)
HELP = """Usage : python3 run.py bundle [--output FICHIER.zip] [--for linux|macos|windows] [--python 3.12]

Fait un zip du projet et des paquets Python à installer, pour un poste sans internet.
  --output  le fichier à écrire (par défaut : sdsf-SYSTÈME-pythonVERSION.zip dans le dossier courant)
  --for     le système du poste visé (par défaut : celui-ci)
  --python  la version de Python du poste visé (par défaut : celle-ci)"""


class Options(argparse.ArgumentParser):
    """Options of ``bundle``, refused in French."""

    def error(self, message: str) -> NoReturn:
        """Refuse with the usage."""
        raise PreparationError(f"Options de « bundle » non comprises ({message}).\n{HELP}")


def target_name(chosen: argparse.Namespace) -> str:
    """Name the target as a person reads it."""
    names = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
    return f"{names[chosen.system or this_system()]} et Python {chosen.python or MINOR}"


def this_system() -> str:
    """Name of the running system among the targets."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")


def options(arguments: list[str]) -> argparse.Namespace:
    """Read the options; the file's name says what it is for."""
    parser = Options(add_help=False, allow_abbrev=False)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--for", dest="system", choices=sorted(PLATFORMS))
    parser.add_argument("--python")
    chosen = parser.parse_args(arguments)
    if chosen.python and not re.fullmatch(r"3\.\d\d", chosen.python):
        raise PreparationError(f"--python attend une version comme 3.12 (ici : « {chosen.python} »).")
    name = f"sdsf-{chosen.system or this_system()}-python{chosen.python or MINOR}.zip"
    chosen.output = (chosen.output or Path(name)).absolute()
    return chosen


# --- the project's files --------------------------------------------------------------------------------


def git_names(project: Path, command: str, *arguments: str) -> list[PurePosixPath] | None:
    """File names that a git command prints; none where git does not answer."""
    line = ["git", "-C", str(project), command, "-z", *arguments]
    try:
        answer = subprocess.run(line, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return [PurePosixPath(os.fsdecode(name)) for name in answer.split(b"\0") if name]


def tracked_files(project: Path) -> list[PurePosixPath] | None:
    """Files that git tracks under the project; none where git does not answer for it.

    A file of data/raw that differs from the one tracked is left out: a partner's own may bear its name.
    """
    files = git_names(project, "ls-files")
    if files is None or PurePosixPath("run.py") not in files:
        return None
    changed = git_names(project, "diff", "--name-only", "--relative", "HEAD", "--", "data/raw")
    # without a first commit, nothing says what is the project's own
    own_data = set() if changed is None else set(files) - set(changed)
    return [path for path in files if path in own_data or path.parts[:2] != ("data", "raw")]


def project_files(project: Path) -> list[PurePosixPath]:
    """Files of the project that may travel, sorted: never one of data/raw that git does not track."""
    files = tracked_files(project)
    if files is None:
        walked = (PurePosixPath(path.relative_to(project).as_posix()) for path in project.rglob("*"))
        files = [path for path in walked if not LEFT_OUT.search(str(path))]
    return sorted(path for path in files if (project / path).is_file())


# --- the wheels -----------------------------------------------------------------------------------------


def pins(project: Path, system: str, python: str, machine: str, patch: int) -> list[str]:
    """Lines ``name==version`` of the lock that a target system and Python take, their markers evaluated."""
    sys.path.insert(0, str(pip_wheel(project)))
    from pip._vendor.packaging.requirements import Requirement

    target = {
        "python_version": python,
        "python_full_version": f"{python}.{patch}",
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        **MARKERS[system],
    }
    lines = (project / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return [f"{r.name}{r.specifier}" for r in wanted if r.marker is None or r.marker.evaluate(target)]


def download_wheels(project: Path, chosen: argparse.Namespace, folder: Path) -> None:
    """Fetch the wheels of the target: every machine of a named system, whatever the patch of its Python."""
    system, python = chosen.system or this_system(), chosen.python or MINOR
    wanted = folder / "lock.txt"
    for machine, platforms in PLATFORMS[system].items():
        tags = [option for tag in platforms for option in ("--platform", tag)] if chosen.system else []
        for patch in (0, 99):  # a few libraries tell the first patches of a Python from the later ones
            wanted.write_text("\n".join(pins(project, system, python, machine, patch)), encoding="utf-8")
            target = ["--implementation", "cp", "--python-version", f"{python}.{patch}", *tags]
            arguments = ["download", "-r", str(wanted), "-d", str(folder / "wheels"), *target]
            run_pip(project, Path(sys.executable), arguments, log_file())


def log_file() -> Path:
    """Where pip's output stays when the download fails."""
    return Path(tempfile.gettempdir()) / "sdsf-bundle-pip.log"


def write_zip(project: Path, wheels: Path, output: Path) -> None:
    """Write the project and its wheels under one folder; the name is taken once the zip is whole."""
    unfinished = output.with_name(f"{output.name}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in project_files(project):
            archive.write(project / path, f"sdsf/{path}")
        for wheel in sorted(wheels.iterdir()):
            archive.write(wheel, f"sdsf/wheels/{wheel.name}", zipfile.ZIP_STORED)
    unfinished.replace(output)


def main(project: Path, arguments: list[str]) -> int:
    """Make the bundle and say how to use it; 0 when it is whole."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    chosen = options(arguments)
    say("Téléchargement des paquets Python…")
    with tempfile.TemporaryDirectory(prefix="sdsf-") as folder:
        download_wheels(project, chosen, Path(folder))
        try:
            write_zip(project, Path(folder) / "wheels", chosen.output)
        except OSError as error:
            raise PreparationError(
                f"Le fichier « {chosen.output} » ne peut pas être écrit ({error.strerror or error}). "
                "Vérifiez le dossier, vos droits et la place sur le disque, puis relancez."
            ) from error
    size = chosen.output.stat().st_size / 1e6
    print(f"Paquet écrit : {chosen.output} ({size:.0f} Mo), pour {target_name(chosen)}.")
    print("Sur le poste sans internet : décompressez-le, puis lancez « python3 run.py » (« py run.py » sous")
    print("Windows) dans le dossier « sdsf » ; l'installation se fait depuis le dossier « wheels » seul.")
    print("De data/raw, il ne prend que les fichiers d'origine du projet : les vôtres restent ici.")
    return 0
