"""``run.py`` and its launcher, without a network and without installing anything."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

PROJECT = Path(__file__).resolve().parents[1]
if importlib.util.find_spec("launcher") is None:
    sys.path.insert(0, str(PROJECT))

from launcher import bundle, environment, pip, requirements  # noqa: E402

CLI = """import json, os, sys
print(json.dumps([sys.argv[1:], os.getcwd(), os.environ["SDSF_HOME"]]))
sys.exit(7)
"""
LOCK = "alpha==1.0\nbeta==2.0 ; sys_platform == 'win32'\ngamma==3.0 ; python_full_version < '3.11.5'\n"


@pytest.fixture
def project(tmp_path):
    """A copy of what run.py needs, in a folder with spaces, accents and an apostrophe."""
    folder = tmp_path / "Été à l'essai"
    shutil.copytree(PROJECT / "launcher", folder / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "vendor", folder / "vendor")
    shutil.copy(PROJECT / "run.py", folder)
    (folder / "sdsf_analysis").mkdir()
    (folder / "sdsf_analysis" / "__init__.py").touch()
    (folder / "sdsf_analysis" / "cli.py").write_text(CLI, encoding="utf-8")
    (folder / "constraints.txt").write_text(LOCK, encoding="utf-8")
    require(folder, "pytest>=1")
    return folder


def require(folder, requirement):
    text = f'[project]\ndependencies = ["{requirement}"]\noptional-dependencies.test = ["pytest>=8"]\n'
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def run(project, *arguments, cwd=None, python=sys.executable, **variables):
    command = [python, str(project / "run.py"), *arguments]
    own = {"PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", env={**os.environ, **own}, check=False
    )


# --- an older Python ------------------------------------------------------------------------------------


def test_run_py_parses_on_an_old_python():
    ast.parse((PROJECT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_one_sentence():
    trick = f"import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_path({str(PROJECT / 'run.py')!r})"
    old = subprocess.run([sys.executable, "-c", trick], capture_output=True, encoding="utf-8", check=False)
    assert (old.returncode, old.stdout) == (2, "")
    assert old.stderr.startswith("Il faut Python 3.11 ou plus récent (ici : 3.9).")
    assert "Traceback" not in old.stderr


# --- the requirements -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (">=3.0,<4", True),
        (">=3", True),
        (">=3.1.1", True),
        ("==3.1.1.0", True),
        (">=3.1.2", False),
        ("<3.1", False),
        (">3.1.1", False),
        ("!=3.1.1", False),
        ("<=3.1.1", True),
        (">=3.0,<3.1.1 ; python_version >= '3'", False),
        (">=3.0.9,<3.10", True),
    ],
)
def test_bounds_are_compared_as_numbers(bounds, expected, monkeypatch):
    monkeypatch.setattr(requirements, "version", lambda _: "3.1.1")
    assert requirements.is_satisfied(f"pandas{bounds}") is expected


def test_an_absent_package_is_not_satisfied():
    assert not requirements.is_satisfied("no-such-package-here>=0")


def test_requirements_hold_the_extras(project):
    assert requirements.requirements(project) == ["pytest>=1", "pytest>=8"]


@pytest.mark.parametrize("requirement", requirements.requirements(PROJECT))
def test_this_interpreter_holds_the_project(requirement):
    assert requirements.is_satisfied(requirement)


# --- running a command ----------------------------------------------------------------------------------


def test_a_satisfied_interpreter_installs_nothing(project, tmp_path):
    answer = run(project, "read", "mon fichier.csv", cwd=tmp_path)
    expected = [["read", "mon fichier.csv"], str(tmp_path), str(project)]
    assert ast.literal_eval(answer.stdout) == expected
    assert answer.returncode == 7
    assert answer.stderr == ""
    assert not (project / ".venv").exists()


def test_the_default_command_is_run(project):
    assert ast.literal_eval(run(project).stdout)[0] == ["run"]


def test_a_file_of_the_callers_folder_does_not_pass_for_a_library(project, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('shadowed')", encoding="utf-8")
    assert run(project, "build", cwd=tmp_path).returncode == 7


def test_test_runs_pytest_in_the_project(project, tmp_path):
    (project / "test_one.py").write_text(
        "def test_one():\n    import os, sdsf_analysis\n    assert 'SDSF_HOME' not in os.environ\n",
        encoding="utf-8",
    )
    answer = run(project, "test", "-q", "-p", "no:cacheprovider", cwd=tmp_path)
    assert "1 passed" in answer.stdout
    assert answer.returncode == 0


# --- the environment ------------------------------------------------------------------------------------


def make_environment(project):
    folder = environment.environment_folder(project)
    python = environment.python_of(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (folder / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n", encoding="utf-8")
    (folder / environment.STAMP).write_text(environment.stamp_of(project), encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_the_stamp_follows_the_lock(project):
    make_environment(project)
    assert environment.is_ready(project)
    (project / "constraints.txt").write_text("alpha==1.1\n", encoding="utf-8")
    assert not environment.is_ready(project)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_an_environment_whose_python_is_gone_is_not_ready(project):
    folder = make_environment(project)
    environment.python_of(folder).unlink()
    assert not environment.is_ready(project)


def test_a_project_without_environment_is_not_ready(project):
    assert not environment.is_ready(project)


def test_the_path_file_is_relative_and_ascii(project):
    packages = environment.site_packages(project / ".venv")
    packages.mkdir(parents=True)
    assert environment.put_on_path(project, packages)
    line = (packages / "sdsf.pth").read_text(encoding="ascii").strip()
    assert not Path(line).is_absolute()
    assert (packages / line).resolve() == project


def test_an_accent_on_the_way_leaves_the_path_to_pythonpath(project, tmp_path):
    packages = tmp_path / "local" / "site-packages"
    packages.mkdir(parents=True)
    assert not environment.put_on_path(project, packages)
    assert list(packages.iterdir()) == []


def test_a_package_cut_short_is_installed_again(tmp_path):
    packages = environment.site_packages(tmp_path)
    for name, record in {"whole": "whole.py,,\nwhole.dist-info/INSTALLER,,\n", "cut": "cut.py,,\n"}.items():
        (packages / f"{name}.dist-info").mkdir(parents=True)
        (packages / f"{name}.dist-info" / "RECORD").write_text(record, encoding="utf-8")
    environment.discard_leftovers(tmp_path)
    assert [path.name for path in packages.iterdir()] == ["whole.dist-info"]


def test_a_lock_is_held_once(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from launcher.environment import try_lock;"
        "handle = open(sys.argv[2], 'a'); print(try_lock(handle.fileno()))"
    )
    command = [sys.executable, "-c", script, str(PROJECT), str(tmp_path / "lock")]
    with environment.alone(tmp_path / "lock"):
        held = subprocess.run(command, capture_output=True, text=True, check=True)
    after = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (held.stdout.strip(), after.stdout.strip()) == ("False", "True")


def test_the_environment_of_another_tool_is_not_wiped(project):
    require(project, "no-such-package-here>=1")
    foreign = environment.environment_folder(project)
    foreign.mkdir(parents=True)
    (foreign / "pyvenv.cfg").write_text("home = /nowhere\nversion = 3.8.1\n", encoding="utf-8")
    answer = run(project)
    assert answer.returncode == 2
    assert "a été fait par un autre outil" in answer.stderr
    assert (foreign / "pyvenv.cfg").is_file()


# --- pip ------------------------------------------------------------------------------------------------


def test_a_failed_installation_is_one_sentence(project):
    require(project, "no-such-package-here>=1")
    (project / "wheels").mkdir()
    answer = run(project)
    assert (answer.returncode, answer.stdout) == (2, "")
    told = answer.stderr.splitlines()
    assert told[0].startswith("Préparation de l'environnement")
    assert len(told) == 2
    assert "« wheels » ne convient pas à ce système" in told[1]
    log = environment.environment_folder(project) / "pip.log"
    assert str(log) in told[1]
    assert "No matching distribution" in log.read_text(encoding="utf-8")
    assert not environment.is_ready(project)


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("OSError: [Errno 28] No space left on device", "le disque est plein"),
        ("ProxyError('Tunnel connection failed: 407')", "le proxy refuse"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed", "le certificat"),
        ("NewConnectionError(…)\nERROR: No matching distribution found for a", "le serveur de paquets"),
        ("ERROR: No matching distribution found for a", "un paquet n'existe pas"),
        ("ERROR: [WinError 5] Access is denied", "un fichier ne peut pas être écrit"),
        ("Segmentation fault", "pip s'est arrêté"),
    ],
)
def test_causes_are_told_apart(told, start):
    assert pip.cause_of(told, offline=False).startswith(start)


def test_the_users_settings_reach_pip_but_not_those_that_misplace(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "file:///miroir")
    monkeypatch.setenv("PIP_TARGET", "/ailleurs")
    monkeypatch.setenv("PYTHONPATH", "/ailleurs")
    online, offline = pip.pip_variables(offline=False), pip.pip_variables(offline=True)
    assert online["PIP_INDEX_URL"] == "file:///miroir"
    assert online["PIP_USER"] == "0"
    assert {"PIP_TARGET", "PYTHONPATH"}.isdisjoint(online)
    assert "PIP_INDEX_URL" not in offline
    assert offline["PIP_CONFIG_FILE"] == os.devnull


# --- the bundle -----------------------------------------------------------------------------------------


def add_data(project):
    for name in ("data/raw/suivi.csv", "data/raw/personnel.csv", "data/processed/t.parquet", ".venv/x.py"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def git(project, *arguments):
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@example.org"]
    subprocess.run(["git", "-C", str(project), *identity, *arguments], check=True)  # noqa: S607


def add_tracked_data(project):
    add_data(project)
    git(project, "init", "-q")
    git(project, "add", "run.py", "data/raw/suivi.csv")
    git(project, "commit", "-qm", "start")


def test_a_bundle_leaves_out_what_git_does_not_track(project):
    add_tracked_data(project)
    assert bundle.project_files(project) == [PurePosixPath("data/raw/suivi.csv"), PurePosixPath("run.py")]


def test_a_partners_file_under_a_tracked_name_stays_out(project):
    add_tracked_data(project)
    (project / "data" / "raw" / "suivi.csv").write_text("Zéphyrine;Quatrebarbes\n", encoding="utf-8")
    assert bundle.project_files(project) == [PurePosixPath("run.py")]


def test_a_copy_without_git_leaves_its_data_out(project):
    add_data(project)
    (project / "sdsf_analysis" / "territories" / "data").mkdir(parents=True)
    (project / "sdsf_analysis" / "territories" / "data" / "communes.parquet").touch()
    files = [str(path) for path in bundle.project_files(project)]
    assert {"run.py", "constraints.txt", "sdsf_analysis/territories/data/communes.parquet"} <= set(files)
    assert not [name for name in files if name.startswith(("data/", ".venv"))]


@pytest.mark.parametrize(
    ("system", "patch", "expected"),
    [
        ("windows", 0, ["alpha==1.0", "beta==2.0", "gamma==3.0"]),
        ("linux", 0, ["alpha==1.0", "gamma==3.0"]),
        ("macos", 99, ["alpha==1.0"]),
    ],
)
def test_markers_are_evaluated_for_the_target(project, system, patch, expected):
    assert bundle.pins(project, system, "3.11", "x86_64", patch) == expected


def test_a_zip_holds_the_project_and_its_wheels(project, tmp_path):
    wheels = tmp_path / "téléchargés"
    wheels.mkdir()
    (wheels / "alpha-1.0-py3-none-any.whl").write_bytes(b"x")
    bundle.write_zip(project, wheels, tmp_path / "paquet.zip")
    with zipfile.ZipFile(tmp_path / "paquet.zip") as archive:
        names = archive.namelist()
    assert {"sdsf/run.py", "sdsf/wheels/alpha-1.0-py3-none-any.whl"} <= set(names)
    assert not (tmp_path / "paquet.zip.part").exists()


@pytest.mark.parametrize("arguments", [["--for", "beos"], ["--python", "3"], ["--what"]])
def test_wrong_options_are_refused_in_french(project, arguments):
    answer = run(project, "bundle", *arguments)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "bundle" in answer.stderr or "--python attend" in answer.stderr
