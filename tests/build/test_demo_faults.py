"""The build finds the faults planted in the demo: all of them, and nothing else."""

import pytest

from sdsf_analysis.scaffold import demo_workspace
from sdsf_analysis.workspace import Workspace


def test_the_build_of_the_ain_reports_exactly_the_planted_faults(ain_folders, ain_result, planted, reported):
    assert reported(ain_result.problems) == planted(ain_folders)


@pytest.mark.parametrize("departement", ["42", "75", "2A", "974", "976", "90", "70", "978"])
def test_so_does_the_build_of_any_departement(departement, tmp_path, planted, reported):
    folders = demo_workspace(departement, tmp_path / "w")
    result = Workspace(folders).build()
    assert reported(result.problems) == planted(folders)
    assert all(str(problem.severity) != "error" for problem in result.problems)


def test_all_faults_add_what_is_refused(tmp_path, planted, reported):
    folders = demo_workspace("90", tmp_path / "w", "all")
    result = Workspace(folders).build()
    assert reported(result.problems) == planted(folders)
    assert {p.code for p in result.problems if p.severity == "error"} == {"age_band_as_date"}
