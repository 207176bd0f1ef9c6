from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sdsf_analysis.demo import write_demo, write_templates
from sdsf_analysis.demo.generator import A_YEAR_BEFORE, BLANKS, ROWS, drawn_layout
from sdsf_analysis.demo.layouts import document, is_asked, kinds, variants
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.errors import TerritoryError

EVERYWHERE = ["01", "42", "75", "2A", "974", "976", "90"]
WORDS = dict.fromkeys(("of", "date", "population_year", "baseline", "midterm", "target", "ctg"), "")
PUBLISHED = {
    "txcouv_pe_com (données fictives).csv",
    "INSEE population par âge.xlsx",
    "INSEE naissances.xlsx",
    "France services au 31-12-2024 (données fictives).csv",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def cells(path: Path) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def test_same_seed_same_bytes(ain, tmp_path):
    write_demo("01", tmp_path)
    assert contents(tmp_path) == contents(ain.folder)


def test_another_seed_other_figures(ain, tmp_path):
    write_demo("01", tmp_path, seed=2)
    name = "data/raw/ALSH.xlsx"
    assert cells(tmp_path / name) != cells(ain.folder / name)


def test_nothing_else_is_written(ain):
    written = {path for path in ain.folder.rglob("*") if path.is_file()}
    assert written == set(ain.paths)
    assert {path.parent for path in ain.paths} == {ain.raw, ain.folder}


@pytest.mark.parametrize("departement", [*EVERYWHERE, "69", "975", "977", "978", "984", "988"])
def test_any_departement(demo, departement):
    made = demo(departement)
    # one file per kind, those of the year before, the requests, the rulings, the list of faults
    assert len(made.paths) == len(ROWS) + len(A_YEAR_BEFORE) + 3
    assert all(path.stat().st_size for path in made.paths)


def test_unknown_departement(tmp_path):
    with pytest.raises(TerritoryError, match="20"):
        write_demo("20", tmp_path)
    assert list(tmp_path.rglob("*.xlsx")) == []


@pytest.mark.parametrize("departement", EVERYWHERE)
def test_every_sheet_says_that_it_is_fictitious(demo, departement):
    for path in demo(departement).paths:
        if path.suffix in {".xlsx", ".ods"}:
            assert all("données fictives" in sheet[0][0] for sheet in cells(path)), path.name
        elif path.name in ("demandes.csv", "decisions.csv"):
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            assert len(lines) == 1 or "données fictives" in lines[1]
        elif path.parent.name == "raw":
            assert "données fictives" in path.name


def test_formulas_and_links_are_never_written(ain):
    for path in ain.raw.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            assert all(cell.data_type != "f" and not cell.hyperlink for row in sheet for cell in row)


@pytest.mark.parametrize("departement", ["01", "42", "75", "978"])
def test_templates_have_headers_and_no_row(demo, tmp_path, departement):
    filled = {path.name.replace(" (données fictives)", ""): path for path in demo(departement).paths}
    # a file to ask for is in the first layout, whatever the sender of the demo uses
    others = {document(kind, WORDS).name for kind in kinds() if drawn_layout(kind, Setting(departement))}
    for path in write_templates(tmp_path, departement):
        assert not any(word in path.name.lower() for word in ("démo", "demo", "fictive"))
        blank = path.read_bytes()
        assert b"fictives" not in blank
        if path.name in {name.replace(" (données fictives)", "") for name in others}:
            continue
        if path.name not in filled:
            assert path.name in {document(kind, WORDS, is_template=True).name for kind in BLANKS}
            continue
        if path.suffix == ".csv":
            header = filled[path.name].read_bytes().split(b"\r\n")[0]
            assert blank == header + b"\r\n"
        else:
            assert_same_headers(cells(path), cells(filled[path.name]))


def assert_same_headers(blank: list[list[list[object]]], full: list[list[list[object]]]) -> None:
    # definitions come after the tables, and are not asked of partners
    for sheet, complete in zip(blank, full[: len(blank)], strict=True):
        texts = [[text for text in row if text] for row in complete]
        headers = [[text for text in row if text] for row in sheet if len([text for text in row if text]) > 1]
        assert 1 <= len(headers) <= 3
        assert all(header in texts for header in headers)
        assert not any(isinstance(value, float) for row in sheet for value in row)


def test_templates_leave_out_what_is_published(tmp_path):
    names = {path.name for path in write_templates(tmp_path, "42")}
    assert len(names) == sum(map(is_asked, (*ROWS, *BLANKS)))
    assert not names & PUBLISHED


def test_both_layouts_of_a_kind_are_drawn_somewhere():
    for kind in ROWS:
        drawn = {drawn_layout(kind, Setting(departement)) for departement in EVERYWHERE}
        assert drawn == set(range(variants(kind))), kind
