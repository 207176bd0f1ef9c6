"""A working time in percent: shown as written by `read`, a share of a full time in the tables."""

import pytest

from sdsf_analysis.recipes.inspection import read

OFFICERS = (
    "CTG;Nom;Prénom;Employeur;ETP conventionnés;ETP financés;ETP réels\n"
    "90-1;Zyx;Ada;CC A;80 %;1;mi-temps\n"
    "90-1;Xyz;Bob;CC A;100 %;0,5;28 h\n"
    "90-1;Yxz;Léa;CC A;0,5;1;80 %\n"
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "chargés.csv"
    path.write_text(OFFICERS, encoding="utf-8")
    return path


def test_read_shows_what_is_written(path):
    reading = read(path)
    cells = [reading.tables[0].cell(row, 5)[:3] for row in (2, 3, 4)]
    assert cells == [("80 %", "percent", 80.0), ("100 %", "percent", 100.0), ("0,5", "number", 0.5)]
    assert "scale_mixed" not in {problem.code for problem in reading.problems}


def test_the_build_gives_a_share_of_a_full_time_and_the_ledger_keeps_the_mark(small):
    result = small({"chargés.csv": OFFICERS}).build()
    officers, ledger = result.frames["officers"], result.frames["ledger"]
    assert sorted(officers["fte_agreed"]) == [0.5, 0.8, 1.0]
    assert sorted(officers["fte_actual"]) == [0.5, 0.8, 0.8]
    found = ledger[(ledger["table"] == "officers") & (ledger["column"] == "fte_agreed")]
    assert sorted(found["found"]) == ["0,5", "100 %", "80 %"]
    assert dict(zip(found["cell"], found["found"], strict=True))["E2"] == "80 %"
