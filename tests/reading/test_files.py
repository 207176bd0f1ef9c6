"""Any file is opened by its content, or refused with the code of its cause."""

import hashlib
import unicodedata
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.text import normalise

DAMAGES = st.tuples(st.integers(0, 6000), st.integers(0, 255))
OLD_WORD = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
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
        ("export.xls", b"<html><p>Commune</p></html>"),
        ("note.csv", b"{\\rtf1 Commune}"),
        ("export.xls", b"MIME-Version: 1.0\r\n"),
        ("table.csv.gz", b"\x1f\x8b\x08"),
        ("export.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
        ("image.csv", b"\x89PNG\r\n\x00\x00"),
    ],
)
def test_documents_that_are_no_tables(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == "file_not_a_table"


@pytest.mark.parametrize(
    "part", ["word/document.xml", "ppt/presentation.xml", "Index/Document.iwa", "photo.jpg"]
)
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
    assert refused(tmp_path / "absent.csv") == "file_missing"


def test_a_csv_named_xlsx_and_a_workbook_named_csv_are_read_and_said(tmp_path, workbook):
    path = tmp_path / "export.xlsx"
    path.write_text("Code;Taux\n01004;71,7\n", encoding="utf-8")
    opened = open_file(path)
    assert (opened.format, [p.code for p in opened.problems]) == ("csv", ["file_disguised"])
    assert opened.sheets[0].rows == [["Code", "Taux"], ["01004", "71,7"]]
    opened = open_file(workbook({"A1": "x"}, name="classeur.csv"))
    assert (opened.format, [p.code for p in opened.problems]) == ("xlsx", ["file_disguised"])


@pytest.mark.parametrize("name", ["marques.ods", "marques.xls", "marques.xlsx", "classeur.xlsb"])
@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".xlsb", ".ods", ".csv", ""])
def test_a_workbook_that_bears_the_name_of_another_format_is_read_by_its_content(tmp_path, name, suffix):
    path = tmp_path / f"classeur{suffix}"
    path.write_bytes((DATA / name).read_bytes())
    true, renamed = open_file(DATA / name), open_file(path)
    assert (renamed.format, renamed.sheets) == (true.format, true.sheets)
    assert ("file_disguised" in [p.code for p in renamed.problems]) == (suffix != Path(name).suffix)


@pytest.mark.parametrize("kept", [0, 40, 3000])
def test_a_download_cut_short_is_told_by_its_size_and_sum(tmp_path, workbook, kept):
    path = tmp_path / "coupé.xlsx"
    path.write_bytes(workbook({"A1": "x"}).read_bytes()[:kept])
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    size = {0: "0 octet ", 40: "40 octets", 3000: "3\u202f000 octets"}[kept]
    assert f"Taille : {size}" in str(caught.value)
    assert hashlib.sha256(path.read_bytes()).hexdigest() in str(caught.value)


@pytest.mark.parametrize("name", ["~$Suivi CTG.xlsx", ".~lock.Suivi CTG.xlsx#"])
def test_a_lock_names_the_file_to_close(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\x05Alice" + b" " * 150)
    with pytest.raises(ReadingError, match=r"« Suivi CTG\.xlsx »") as caught:
        open_file(path)
    assert caught.value.code == "file_locked"


def test_documents_are_refused_with_a_sentence_that_asks_for_the_table(tmp_path):
    for name, content in (("a.pdf", b"%PDF-1.7"), ("a.doc", OLD_WORD)):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ReadingError, match="demander le tableau lui-même"):
            open_file(path)


@pytest.mark.parametrize(("rows", "said"), [(65_535, False), (65_536, True), (65_537, False)])
def test_a_table_that_ends_where_excel_had_to_stop_is_said(tmp_path, rows, said):
    path = tmp_path / "a.csv"
    path.write_text("Code;Places\n" + "01173;4\n" * (rows - 1), encoding="utf-8")
    problems = open_file(path).problems
    assert [(p.code, p.cell) for p in problems] == ([("rows_truncated", "A65536")] if said else [])


def test_accents_in_two_characters_are_those_of_the_name_and_of_the_labels(tmp_path):
    path = tmp_path / unicodedata.normalize("NFD", "Bâgé.csv")
    path.write_text(unicodedata.normalize("NFD", "Commune;Capacité agréée\nBâgé;1\n"), encoding="utf-8")
    opened = open_file(path)
    assert opened.source == "Bâgé.csv" and not opened.problems
    assert [normalise(str(cell)) for cell in opened.sheets[0].rows[0]] == ["commune", "capacite agreee"]


def test_hidden_sheets_are_read_and_told(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.create_sheet("Cachée").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.hidden for sheet in open_file(tmp_path / "a.xlsx").sheets] == [False, True]
