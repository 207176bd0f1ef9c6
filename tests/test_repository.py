"""The repository is itself the demo of the Ain, made by its own generator."""

from pathlib import Path

import pytest

from sdsf_analysis.build.intake import raw_files
from sdsf_analysis.paths import Folders, read_settings
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.scaffold import demo_workspace

ROOT = Folders(Path(__file__).parents[1])


def is_demo():
    return (ROOT.root / "sdsf.toml").is_file() and read_settings(ROOT).options.demo_seed is not None


pytestmark = pytest.mark.skipif(not is_demo(), reason="this workspace holds its own files, not the demo")


def cells(folders):
    return {
        source: [(s.name, s.rows, s.merged, s.marks) for s in open_file(path, source).sheets]
        for path, source in raw_files(folders.raw)
    }


def test_the_files_of_the_repository_are_those_of_the_generator(tmp_path):
    made = demo_workspace(read_settings(ROOT).departement, tmp_path / "démo")
    assert cells(made) == cells(ROOT)
    for name in ("demo_faults.csv", "sdsf.toml"):
        assert (made.root / name).read_text(encoding="utf-8") == (ROOT.root / name).read_text(
            encoding="utf-8"
        )
