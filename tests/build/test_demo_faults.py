"""The build finds the faults planted in the demo: all of them, and nothing else."""

import pandas as pd
import pytest

from sdsf_analysis.demo.kinds.eaje import changes, closed_creche
from sdsf_analysis.demo.kinds.eaje_before import former_number
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.indicators.offer import offer_at
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


def test_two_years_of_creches_show_what_changed_and_a_ruling_keeps_an_identity(ain):
    since, tables = changes(Setting("01")), ain.tables
    before, now = (offer_at(tables, day).set_index("service") for day in ("2024-06-30", "2024-12-31"))
    assert since.opened not in before.index
    assert now.loc[since.opened, "opened_on"] == pd.Timestamp("2024-09-02")
    assert before.loc[since.moved, "commune"] != now.loc[since.moved, "commune"]
    assert now.loc[since.resized, "capacity"] == before.loc[since.resized, "capacity"] + 4
    one = former_number(since.renumbered)
    assert since.renumbered not in {*before.index, *now.index}
    assert before.loc[one, "name"] == now.loc[one, "name"]
    assert before.loc[one, "operator"] != now.loc[one, "operator"]
    closed = closed_creche(Setting("01"))
    assert closed in before.index and closed not in now.index
