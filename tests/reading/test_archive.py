"""Archives: the one table is read, several are named, nothing is written beside the archive."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file

TABLE = "Code;Commune;Places\n01173;Gex;20\n01419;Thoiry;12\n"


@pytest.fixture
def archive(tmp_path):
    """Write members given as name → content; give the path."""

    def write(members, name="envoi.zip"):
        path = tmp_path / name
        with ZipFile(path, "w", ZIP_DEFLATED) as target:
            for member, content in members.items():
                target.writestr(member, content)
        return path

    return write


def refused(path):
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    return caught.value


def test_the_one_table_of_an_archive_is_read(archive, tmp_path):
    path = archive({"envoi/places.CSV": TABLE})
    opened = open_file(path)
    assert (opened.source, opened.format, opened.encoding, opened.delimiter) == (
        "envoi.zip",
        "zip",
        "utf-8",
        ";",
    )
    assert [sheet.name for sheet in opened.sheets] == [None]
    assert opened.sheets[0].rows[1] == ["01173", "Gex", "20"]
    assert [problem.code for problem in opened.problems] == ["archive_opened"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["envoi.zip"]


def test_a_workbook_in_an_archive(archive, workbook):
    opened = open_file(archive({"suivi.xlsx": workbook({"B2": "Gex"}).read_bytes()}))
    assert opened.format == "zip" and opened.sheets[0].cell(2, 2) == "Gex"


BESIDE = ["__MACOSX/._places.csv", ".DS_Store", "Thumbs.db", "~$places.xlsx", "LISEZ-MOI.txt", "readme.md"]
BESIDE += ["notice.pdf", "Lisez_moi.csv.txt", "carte.png"]


@pytest.mark.parametrize("beside", BESIDE)
def test_what_lies_beside_a_table_is_no_table(archive, beside):
    opened = open_file(archive({"places.csv": TABLE, beside: "x"}))
    assert len(opened.sheets) == 1 and opened.sheets[0].rows[1][1] == "Gex"


def test_what_describes_the_table_follows_it_under_its_name(archive):
    opened = open_file(archive({"meta_places.csv": "Variable;Sens\nPlaces;Capacité\n", "places.csv": TABLE}))
    assert [sheet.name for sheet in opened.sheets] == [None, "meta_places.csv"]
    assert "« meta_places.csv »" in opened.problems[0].message


def test_several_tables_are_refused_by_name(archive):
    error = refused(archive({"ain.csv": TABLE, "jura.csv": TABLE, "LISEZ-MOI.txt": "x"}))
    assert error.code == "file_not_a_table"
    assert "2 tableaux (« ain.csv », « jura.csv »)" in str(error)


def test_an_archive_without_a_table_is_refused(archive):
    assert "« notice.pdf »" in str(refused(archive({"notice.pdf": "x"})))
    assert "vide" in str(refused(archive({"dossier/": ""})))


@pytest.mark.parametrize("name", ["autre.zip", "autre.7z", "autre.csv"])
def test_an_archive_in_an_archive_is_refused(archive, name):
    inner = archive({"places.csv": TABLE}, "inner.zip").read_bytes()
    assert "contient une autre" in str(refused(archive({name: inner})))


def test_a_bomb_is_refused_before_it_unfolds(archive):
    assert refused(archive({"places.csv": b"0" * 301_000_000})).code == "file_too_large"
    assert refused(archive({f"{i}.csv": "x" for i in range(1001)})).code == "file_too_large"


@pytest.mark.parametrize("name", ["../../../evade.csv", "/evade.csv", "C:\\evade.csv", "é" * 300 + ".csv"])
def test_no_name_leads_out_of_the_folder_that_is_removed(archive, tmp_path, name):
    assert open_file(archive({name: TABLE})).sheets[0].rows[1][1] == "Gex"
    assert [entry.name for entry in tmp_path.iterdir()] == ["envoi.zip"]


def test_a_locked_archive_asks_for_its_password_to_be_removed(archive):
    path = archive({"places.csv": TABLE})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert refused(path).code == "file_password"


def test_a_damaged_member_is_refused(archive):
    path = archive({"places.csv": TABLE * 50})
    content = bytearray(path.read_bytes())
    content[60:70] = b"\x00" * 10
    path.write_bytes(bytes(content))
    assert refused(path).code == "file_unreadable"


def test_faults_of_the_table_are_those_of_the_archive(archive):
    opened = open_file(archive({"places.xls": (TABLE + "01000;x\n01999;y;3\n").encode("cp1252")}))
    assert {problem.source for problem in opened.problems} == {"envoi.zip"}
    assert [problem.code for problem in opened.problems] == ["archive_opened", "file_disguised", "row_ragged"]


def test_a_member_without_a_name_is_passed_over(tmp_path):
    path = tmp_path / "rpe.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("rpe.csv", "Commune;Places\nGex;20\nThoiry;3\n")
        archive.writestr("@", "rien")
    path.write_bytes(path.read_bytes().replace(b"@", b"\x00"))
    assert open_file(path).sheets[0].rows[1] == ["Gex", "20"]
