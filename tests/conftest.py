"""Workspaces shared by the tests: the demo of the Ain, built once, and small ones made by hand."""

import csv
import shutil
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

from sdsf_analysis import cli
from sdsf_analysis.paths import SETTINGS_FILE, Folders
from sdsf_analysis.scaffold import demo_workspace
from sdsf_analysis.workspace import Workspace

SETTINGS = """\
[workspace]
departement = "{departement}"
schema = "Schéma d'essai"
geography_year = 2026
reference_date = 2024-12-31

[sources]
{sources}
"""

# a slow machine says nothing of the code
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def ain_folders(tmp_path_factory):
    """Folders of the demo of the Ain; the tests that share it change nothing in it."""
    return demo_workspace("01", tmp_path_factory.mktemp("ain") / "espace de l'été")


@pytest.fixture(scope="session")
def ain_result(ain_folders):
    """What the build of the demo gave."""
    return Workspace(ain_folders).build()


@pytest.fixture
def ain(ain_folders, ain_result):
    """The demo of the Ain, built."""
    return Workspace(ain_folders)


@pytest.fixture
def small(tmp_path):
    """Make a small workspace: texts become CSV files of data/raw, paths are copied there."""

    def make(files, departement="90", sources=""):
        folders = Folders(tmp_path / "espace")
        folders.raw.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            target = folders.raw / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                target.write_bytes(content)
            elif isinstance(content, str):
                target.write_text(content, encoding="utf-8")
            else:
                shutil.copy(content, target)
        text = SETTINGS.format(departement=departement, sources=sources)
        (folders.root / SETTINGS_FILE).write_text(text, encoding="utf-8")
        return Workspace(folders)

    return make


@pytest.fixture(scope="session")
def planted():
    """Read the list of planted faults of a demo, as a multiset."""

    def read(folders):
        with (folders.root / "demo_faults.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream, delimiter=";")
            return Counter((row["source"], row["sheet"], row["cell"], row["code"]) for row in rows)

    return read


@pytest.fixture(scope="session")
def reported():
    """Places and codes of some problems, as a multiset."""
    return lambda problems: Counter((p.source, p.sheet, p.cell, p.code) for p in problems)


@pytest.fixture
def sdsf(capsys):
    """Run a command in this process: exit status, stdout, stderr."""

    def run(*arguments):
        with pytest.raises(SystemExit) as leave:
            cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return leave.value.code, captured.out, captured.err

    return run


@pytest.fixture
def ask(sdsf, ain):
    """Run a command in the demo of the Ain."""
    return lambda *arguments: sdsf("--workspace", ain.folders.root, *arguments)
