"""Any file is opened by its content, or refused with the code of its cause."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file

DAMAGES = st.tuples(st.integers(0, 6000), st.integers(0, 255))
DATA = Path(__file__).parents[1] / "data"


def refused(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    return caught.value.code


def test_a_password_is_asked_to_be_removed(data):
    assert refused(data / "mot_de_passe.xlsx") == "file_password"


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_empty_files(tmp_path, content):
    path = tmp_path / "vide.xlsx"
    path.write_bytes(content)
    assert refused(path) == "file_empty"


@pytest.mark.parametrize("kept", [40, 400, 3000])
def test_truncated_workbooks(tmp_path, workbook, data, kept):
    for source in (workbook({"A1": "x"}), data / "masques.xls"):
        path = tmp_path / f"coupé{source.suffix}"
        path.write_bytes(source.read_bytes()[:kept])
        assert refused(path) == "file_unreadable"


@given(draw=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_damaged_a_file_is_read_or_refused_in_french(tmp_path, workbook, capfd, draw):
    suffix = draw.draw(st.sampled_from([".xls", ".xlsx"]))
    source = DATA / "masques.xls" if suffix == ".xls" else workbook({"A1": "Commune", "B1": "Places"})
    content = bytearray(source.read_bytes())
    for place, value in draw.draw(st.lists(DAMAGES, min_size=1, max_size=20)):
        content[place % len(content)] = value
    path = tmp_path / f"abîmé{suffix}"
    path.write_bytes(bytes(content))
    try:
        open_file(path)
    except ReadingError as error:
        assert error.code.startswith("file_")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", b"%PDF-1.7 ..."),
        ("export.xls", b"<html><table><tr><td>Commune</td></tr></table></html>"),
        ("export.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
        ("image.csv", b"\x89PNG\r\n\x00\x00"),
    ],
)
def test_documents_that_are_no_tables(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == "file_not_a_table"


@pytest.mark.parametrize("part", ["word/document.xml", "autre.txt", "xl/workbook.bin"])
def test_archives_that_are_no_tables(tmp_path, part):
    path = tmp_path / "note.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr(part, "<a/>")
    assert refused(path) == "file_not_a_table"


def test_a_locked_file(tmp_path, monkeypatch):
    path = tmp_path / "ouvert.xlsx"
    path.write_bytes(b"PK")

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    # Windows refuses a file that Excel holds; a superuser cannot be refused by the file's mode
    monkeypatch.setattr(Path, "open", locked)
    assert refused(path) == "file_locked"


def test_an_absent_file(tmp_path):
    assert refused(tmp_path / "absent.csv") == "file_unreadable"


def test_a_csv_named_xlsx_and_a_workbook_named_csv_are_read_and_said(tmp_path, workbook):
    path = tmp_path / "export.xlsx"
    path.write_text("Code;Taux\n01004;71,7\n", encoding="utf-8")
    opened = open_file(path)
    assert (opened.format, [p.code for p in opened.problems]) == ("csv", ["file_disguised"])
    assert opened.sheets[0].rows == [["Code", "Taux"], ["01004", "71,7"]]
    opened = open_file(workbook({"A1": "x"}, name="classeur.csv"))
    assert (opened.format, [p.code for p in opened.problems]) == ("xlsx", ["file_disguised"])


def test_hidden_sheets_are_read_and_told(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.create_sheet("Cachée").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.hidden for sheet in open_file(tmp_path / "a.xlsx").sheets] == [False, True]
