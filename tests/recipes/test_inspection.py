"""One file read without a recipe: what is said of it, as objects, as JSON and as a preview."""

import json

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from sdsf_analysis.errors import QuestionError, ReadingError
from sdsf_analysis.recipes.answer import answer, places_asked
from sdsf_analysis.recipes.inspection import read

ROWS = [
    ["Places par commune au 31/12/2023"],
    [],
    ["Code", "Commune", "Places", "Taux", "Ouverture"],
    ["1004", "Ambérieu-en-Bugey", 30, 0.457, "01/09/2019"],
    ["01033", "Valserhône", "12*", "45,7 %", "02/01/2020"],
    ["01053", "Bourg-en-Bresse", "<5", "nd", ""],
    ["01283", "Oyonnax", 3, 0.5, "05/05/2021"],
    ["01173", "Gex", "1 à 4", 0.31, "06/06/2022"],
    ["Total", "", 45, "", ""],
    ["* dont deux places d'urgence"],
    ["Source : Caf ; nd : non disponible"],
]


@pytest.fixture
def path(tmp_path):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Places"
    for row in ROWS:
        sheet.append(row)
    sheet["C7"].number_format = '"<5"'
    sheet["D4"].number_format = "0.0%"
    hidden = workbook.create_sheet("Secrète")
    hidden.sheet_state = "hidden"
    hidden.append(["Commune", "Places"])
    hidden.append(["Gex", 4])
    hidden.append(["Belley", 6])
    workbook.save(tmp_path / "places.xlsx")
    return tmp_path / "places.xlsx"


def asked(path, *cells):
    return answer(read(path), places_asked(cells))


def test_the_table_as_the_design_says(path):
    found = asked(path)
    assert (found["file"], found["format"], found["encoding"]) == ("places.xlsx", "xlsx", None)
    sheet = found["sheets"][0]
    assert (sheet["name"], sheet["hidden"], sheet["is_data"], sheet["reason"]) == (
        "Places",
        False,
        True,
        None,
    )
    (table,) = sheet["tables"]
    expected = {
        "range": "A3:E9",
        "header_rows": [3],
        "first_data_row": 4,
        "last_data_row": 8,
        "n_data_rows": 5,
        "total_rows": [{"row": 9, "label": "Total"}],
        "title_rows": [1],
        "note_rows": [10, 11],
    }
    assert {name: table[name] for name in expected} == expected
    assert table["columns"][0] == {"letter": "A", "path": ["Code"]}
    json.dumps(found)


@pytest.mark.parametrize(
    ("cell", "kind", "value", "bounds"),
    [
        ("A4", "code", "01004", (None, None)),
        ("A5", "code", "01033", (None, None)),
        ("B4", "text", "Ambérieu-en-Bugey", (None, None)),
        ("C4", "number", 30.0, (None, None)),
        ("C5", "number", 12.0, (None, None)),
        ("C6", "secret", None, (0.0, 4.0)),
        ("C7", "secret", None, (0.0, 4.0)),
        ("C8", "secret", None, (1.0, 4.0)),
        ("D4", "percent", 0.457, (None, None)),
        ("D5", "percent", 45.7, (None, None)),
        ("D6", "missing", None, (None, None)),
        ("E4", "date", "2019-09-01", (None, None)),
        ("E6", "empty", None, (None, None)),
    ],
)
def test_cells(path, cell, kind, value, bounds):
    found = asked(path, cell)["sheets"][0]["tables"][0]["cells"][cell]
    assert (found["kind"], found["value"]) == (kind, value)
    assert (found.get("low"), found.get("high")) == bounds


def test_a_value_that_its_format_hides_is_nowhere(path):
    reading = read(path)
    found = answer(reading, places_asked(["C7"]))["sheets"][0]["tables"][0]["cells"]["C7"]
    assert found["raw"] == "<5"
    assert reading.tables[0].frame()["Places"].tolist()[3] != 3.0
    assert [p.code for p in reading.problems if p.cell == "C7"] == ["value_masked_by_format"]


def test_a_cell_is_answered_in_the_tables_that_hold_it(path):
    found = asked(path, "B2", "Secrète!A2", "Z99")
    assert [list(sheet["tables"][0]["cells"]) for sheet in found["sheets"]] == [[], ["B2", "A2"]]


def test_an_address_that_is_none_is_refused():
    with pytest.raises(QuestionError, match="« 12C » n'est pas une adresse"):
        places_asked(["12C"])


def test_problems_say_where_and_what(path):
    found = {(p.sheet, p.cell): p for p in read(path).problems}
    assert found["Places", "A4"].code == "code_lost_zero"
    assert found["Places", "A4"].repaired_to == "01004"
    assert found["Places", "C5"].code == "note_mark"
    assert ("Secrète", "") in found
    accused = {cell for sheet, cell in found if sheet == "Places"}
    assert accused.isdisjoint({"B4", "B5", "C4", "C6", "D6", "A5", "A6", "A7", "A8"})


def test_the_frame_keeps_the_rows_of_the_sheet(path):
    frame = read(path).tables[0].frame()
    assert frame.index.tolist() == [4, 5, 6, 7, 8]
    assert frame.columns.tolist() == ["Code", "Commune", "Places", "Taux", "Ouverture"]
    assert frame["Places"].tolist()[:2] == [30.0, 12.0]
    assert frame["Places"].isna().sum() == 3


def test_the_preview_blanks_persons_and_hidden_values(tmp_path):
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["CTG", "Nom", "Prénom", "Courriel", "ETP"])
    sheet.append(["Gex", "Zyx", "Ada", "ada@zyx.fr", 0.5])
    sheet.append(["Belley", "Wvu", "Bob", "bob@wvu.fr", 1])
    sheet["E2"].number_format = '"***"'
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    workbook.save(tmp_path / "agents.xlsx")
    shown = read(tmp_path / "agents.xlsx")._repr_html_()
    assert "Gex" in shown and "Courriel" in shown and "***" in shown
    assert not any(word in shown for word in ("Zyx", "Ada", "ada@zyx.fr", "Bob", "0.5"))


def test_the_preview_never_runs_what_a_cell_holds(tmp_path):
    (tmp_path / "a.csv").write_text("Commune;Note\n<script>x</script>;2\nGex;3\n", encoding="utf-8")
    shown = read(tmp_path / "a.csv")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_a_file_that_is_no_table(tmp_path):
    (tmp_path / "note.pdf").write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(ReadingError, match="PDF"):
        read(tmp_path / "note.pdf")


def test_thousands_of_cells_alike_are_counted(tmp_path):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("RPE")
    sheet.append(["Commune", "Places"])
    for number in range(6_000):
        sheet.append([f"Commune {number}", f"{number % 90},5"])
    workbook.save(tmp_path / "a.xlsx")
    found = [p for p in read(tmp_path / "a.xlsx").problems if p.code == "number_as_text"]
    assert len(found) == 5_001
    assert found[-1].message.endswith("Il en est de même de 999 autres cellules.")
