"""Copies for the senders: same values, same formats, coloured and commented, openable everywhere."""

import random
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.problems import Problem, catalogue
from sdsf_analysis.paths import Folders
from sdsf_analysis.publish.returns import ENDING, README, write_returns
from sdsf_analysis.publish.returns.annotating import annotate
from sdsf_analysis.publish.returns.packages import UnusualWorkbook
from sdsf_analysis.publish.returns.remarks import COLOURS, _words, remarks
from sdsf_analysis.reading.files import open_file

ORANGE, RED, YELLOW = "FFF8CBAD", "FFFF9C9C", "FFFFEB9C"
MASKED = Path(__file__).parent.parent / "data" / "masques.xls"


def problem(source, sheet, cell, code="row_incomplete", message="La cellule est vide.", **more):
    return Problem(source, sheet, cell, code, message, **more)


def fill(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType else None


@pytest.fixture
def space(tmp_path):
    """An empty workspace, and a way to write a workbook into it."""
    folders = Folders(tmp_path / "espace")
    folders.raw.mkdir(parents=True)
    return folders


def workbook(path, write, **options):
    book = xlsxwriter.Workbook(path, options)
    write(book)
    book.close()


def one_table(book):
    sheet = book.add_worksheet("L'été")
    sheet.write_row(0, 0, ["Commune", "Places"])
    sheet.write_row(1, 0, ["Gex", 20])
    sheet.write_formula(2, 1, "=SUM(B2:B2)", book.add_format({"num_format": "0.0", "bold": True}), 20)
    sheet.write_string(3, 0, "=1+1")
    sheet.write_number(3, 1, 3, book.add_format({"num_format": '"<5"'}))
    sheet.set_row(5, None, None, {"hidden": True})
    book.add_worksheet("cachée").hide()
    book.define_name("Zone", "='L''été'!$A$1:$B$2")


def only_copy(folders, problems):
    (made,) = write_returns(folders, problems)
    return made


def same_cells(one, two):
    return {
        (sheet.title, cell.coordinate): (cell.value, other.value)
        for sheet in one
        for row in sheet.iter_rows()
        for cell in row
        if (other := two[sheet.title][cell.coordinate])
        and (cell.value, cell.number_format, cell.data_type, cell.font.b)
        != (other.value, other.number_format, other.data_type, other.font.b)
    }


class TestAnnotatedCopy:
    def test_cells_in_cause_are_coloured_commented_and_listed_and_nothing_else_moves(self, space):
        source = space.raw / "Suivi.xlsx"
        workbook(source, one_table)
        said = [
            problem("Suivi.xlsx", "L'été", "B2", "note_mark", "« 20* » porte un appel de note."),
            problem("Suivi.xlsx", "L'été", "A3"),
            problem("Suivi.xlsx", "L'été", "D9", "commune_unknown", "…", suggestion="Peut-être : Gex."),
        ]
        copy = only_copy(space, said)
        assert copy == space.root / "data" / "returns" / f"Suivi{ENDING}.xlsx"
        for data_only in (False, True):
            one, two = (openpyxl.load_workbook(p, data_only=data_only) for p in (source, copy))
            assert same_cells(one, two) == {}
        assert two["L'été"]["B3"].value == 20, "what a formula gave is still shown in a protected view"
        assert two.sheetnames == ["L'été", "cachée", "À corriger"] and two.active.title == "À corriger"
        assert two["cachée"].sheet_state == "hidden" and two["L'été"].row_dimensions[6].hidden
        sheet = two["L'été"]
        assert [fill(sheet[cell]) for cell in ("B2", "A3", "D9", "A2")] == [YELLOW, RED, ORANGE, None]
        assert "Peut-être : Gex. Corriger le nom" in sheet["D9"].comment.text
        assert sheet["B4"].value == 3 and sheet["B4"].number_format == '"<5"'
        listed = [[cell.value for cell in row] for row in two["À corriger"].iter_rows(min_row=6)]
        assert [row[:3] for row in listed] == [
            ["à préciser", "L'été", "D9"],
            ["à corriger", "L'été", "A3"],
            ["à vérifier", "L'été", "B2"],
        ]
        assert two["À corriger"]["C6"].hyperlink.location == "'L''été'!D9"
        assert [bool(s.sheet_view.tabSelected) for s in two] == [False, False, True]

    def test_comments_of_the_sender_are_kept_and_ours_follow(self, space):
        def write(book):
            sheet = book.add_worksheet("A")
            sheet.write_comment("A1", "Vu avec Ada", {"author": "Ada"})
            sheet.write_comment("C3", "À revoir", {"author": "Ada"})

        workbook(space.raw / "a.xlsx", write)
        sheet = openpyxl.load_workbook(
            only_copy(space, [problem("a.xlsx", "A", "A1"), problem("a.xlsx", "A", "B2")])
        )["A"]
        assert sheet["A1"].comment.text.startswith("Vu avec Ada\n\nÀ corriger\nLa cellule est vide.")
        assert sheet["C3"].comment.text == "À revoir" and "À corriger" in sheet["B2"].comment.text

    def test_several_sheets_each_have_their_comments(self, space):
        def write(book):
            for name in ("A", "B", "C"):
                book.add_worksheet(name).write(0, 0, name)

        workbook(space.raw / "a.xlsx", write)
        said = [problem("a.xlsx", "C", "A1", message="de C"), problem("a.xlsx", "A", "A1", message="de A")]
        book = openpyxl.load_workbook(only_copy(space, said))
        assert "de A" in book["A"]["A1"].comment.text and "de C" in book["C"]["A1"].comment.text
        assert book["B"]["A1"].comment is None

    def test_macros_links_pictures_stay_byte_for_byte(self, space, tmp_path):
        macros = tmp_path / "vbaProject.bin"
        macros.write_bytes(b"macros")

        def with_chart(book):
            one_table(book)
            book.add_vba_project(str(macros))
            chart = book.add_chart({"type": "bar"})
            chart.add_series({"values": "='L''été'!$B$2:$B$3"})
            book.get_worksheet_by_name("L'été").insert_chart("D4", chart)

        source = space.raw / "a.xlsm"
        workbook(source, with_chart)
        copy = only_copy(space, [problem("a.xlsm", "L'été", "A2")])
        assert copy.suffix == ".xlsm"
        with zipfile.ZipFile(source) as one, zipfile.ZipFile(copy) as two:
            changed = {name for name in one.namelist() if one.read(name) != two.read(name)}
        assert changed == {
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/worksheets/sheet1.xml",
        }

    def test_one_styled_cell_at_the_last_row_is_no_trouble(self, space):
        def write(book):
            sheet = book.add_worksheet("A")
            sheet.write_row(0, 0, ["Commune", "Places"])
            sheet.write_blank(1_048_575, 0, None, book.add_format({"bold": True}))

        workbook(space.raw / "a.xlsx", write)
        with zipfile.ZipFile(only_copy(space, [problem("a.xlsx", "A", "A1")])) as copy:
            assert len(copy.read("xl/worksheets/sheet1.xml")) < 3000

    def test_a_workbook_of_the_strict_form_is_written_anew(self, space, tmp_path):
        plain = tmp_path / "a.xlsx"
        workbook(plain, one_table)
        transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        with zipfile.ZipFile(plain) as one, zipfile.ZipFile(space.raw / "a.xlsx", "w") as strict:
            for name in one.namelist():
                part = one.read(name).replace(transitional, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
                strict.writestr(name, part)
        opened = open_file(space.raw / "a.xlsx")
        copy = only_copy(space, [problem("a.xlsx", "L'été", "A2")])
        again = open_file(copy)
        assert [s.name for s in again.sheets] == ["L'été", "cachée", "À corriger"]
        assert again.sheets[0].rows == opened.sheets[0].rows

    @pytest.mark.parametrize("seed", range(60))
    def test_a_damaged_workbook_gives_a_copy_or_is_written_anew(self, tmp_path, seed):
        dice = random.Random(seed)  # noqa: S311 - a draw of faults, not a secret
        path, broken = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
        workbook(path, one_table)
        with zipfile.ZipFile(path) as one, zipfile.ZipFile(broken, "w") as two:
            chosen = dice.choice([name for name in one.namelist() if name.startswith("xl/")])
            for name in one.namelist():
                part = bytearray(one.read(name))
                for _ in range(3 if name == chosen else 0):
                    part[dice.randrange(len(part))] = dice.choice(b'<>"/= \x00\xff0')
                cut = dice.randrange(len(part)) if name == chosen and seed % 3 == 0 else len(part)
                two.writestr(name, bytes(part[:cut]))
        try:
            content = annotate(broken, "b.xlsx", remarks([problem("b", "L'été", "A2")])["b"])
        except (UnusualWorkbook, ReadingError):
            return
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None


class TestCopyWrittenAnew:
    def test_a_text_file_in_an_old_encoding_keeps_its_addresses_and_stays_text(self, space):
        text = 'Commune;Places\nBâgé-Dommartin;"1 204,5"\n=1+1;-5\n@somme;01004\n'
        (space.raw / "Été.csv").write_bytes(text.encode("cp1252"))
        sheet = openpyxl.load_workbook(
            only_copy(space, [problem("Été.csv", "", "B2"), problem("Été.csv", "", "D7")])
        )
        rows = [list(row) for row in sheet["Données"].iter_rows(max_row=4, max_col=2, values_only=True)]
        assert rows == [
            ["Commune", "Places"],
            ["Bâgé-Dommartin", "1 204,5"],
            ["=1+1", "-5"],
            ["@somme", "01004"],
        ]
        assert sheet["Données"]["A3"].data_type == "s"
        assert [fill(sheet["Données"][cell]) for cell in ("B2", "D7", "A2")] == [RED, RED, None]
        assert sheet["À corriger"]["C6"].hyperlink.location == "'Données'!B2"

    def test_what_an_xls_hides_is_not_in_its_copy(self, space):
        shutil.copy(MASKED, space.raw / "masques.xls")
        opened = open_file(space.raw / "masques.xls")
        first = next(sheet for sheet in opened.sheets if sheet.marks.masked)
        place = next(iter(first.marks.masked))
        cell = openpyxl.utils.get_column_letter(place[1]) + str(place[0])
        copy = only_copy(space, [problem("masques.xls", first.name, cell, "value_masked_by_format", "…")])
        assert copy.name == f"masques{ENDING}.xlsx"
        again = {sheet.name: sheet for sheet in open_file(copy).sheets}
        for sheet in opened.sheets:
            assert again[sheet.name].rows == sheet.rows and again[sheet.name].merged == sheet.merged
            for row, column in sheet.marks.masked:
                assert again[sheet.name].rows[row - 1][column - 1] == sheet.marks.masked[row, column]

    def test_a_disguised_file_and_its_namesake_have_two_copies(self, space):
        for name in ("a.csv", "a.xls"):
            (space.raw / name).write_text("Commune;Places\nGex;1\n", encoding="utf-8")
        made = write_returns(space, [problem("a.csv", "", "A2"), problem("a.xls", "", "A2")])
        assert [path.name for path in made] == [f"a.csv{ENDING}.xlsx", f"a.xls{ENDING}.xlsx"]


class TestFolder:
    def test_only_what_a_sender_can_mend_makes_a_copy(self, space):
        (space.raw / "a.csv").write_text("Commune;Places\nGex;1\n", encoding="utf-8")
        said = [
            problem("a.csv", "", "A2", "number_as_text"),
            problem("a.csv", "", "", "situation_missing"),
            problem("a.csv", "", "A1", "column_unmapped"),
            problem("decisions.csv", "", "A1"),
        ]
        assert write_returns(space, said) == [] and not (space.root / "data" / "returns").exists()

    def test_our_own_words_never_quote_a_column_that_names_a_person(self, small):
        rows = "CTG;Nom;Prénom;ETP réels\n90-A;Zyxada / Zyxbob;Ada et Bob;1,5x\n"
        workspace = small({"officers.csv": "Situation au 31/12/2024\n\n" + rows})
        copy = only_copy(workspace.folders, workspace.build().problems)
        book = openpyxl.load_workbook(copy)
        assert book["Données"]["B4"].value == "Zyxada / Zyxbob"
        ours = [cell.value for row in book["À corriger"].iter_rows() for cell in row]
        ours += [cell.comment.text for row in book["Données"].iter_rows() for cell in row if cell.comment]
        assert "Écrire une ligne par personne." in ours and "zyx" not in str(ours).casefold()

    def test_it_is_written_whole_and_an_unchanged_copy_is_left_alone(self, space):
        (space.raw / "Caf").mkdir()
        for name in ("Caf/a.csv", "b.csv"):
            (space.raw / name).write_text("Commune;Places\nGex;1\n", encoding="utf-8")
        both = [problem("Caf/a.csv", "", "A2"), problem("b.csv", "", "A2")]
        first, second = write_returns(space, both)
        folder = space.root / "data" / "returns"
        assert first == folder / "Caf" / f"a{ENDING}.xlsx"
        (folder / "courriel.txt").write_text("à moi", encoding="utf-8")
        before, content = second.stat().st_mtime_ns, second.read_bytes()
        assert write_returns(space, both[1:]) == [second]
        assert second.stat().st_mtime_ns == before
        assert {p.name for p in folder.iterdir()} == {second.name, README, ".copies.json", "courriel.txt"}
        second.write_bytes(b"retouche")
        assert write_returns(space, both[1:]) == [second] and second.read_bytes() == content
        assert write_returns(space, []) == [] and not list(folder.rglob("*.xlsx"))

    def test_same_inputs_give_the_same_bytes(self, tmp_path):
        made = []
        for name in ("un", "deux"):
            folders = Folders(tmp_path / name)
            folders.raw.mkdir(parents=True)
            (folders.raw / "a.csv").write_text("Commune;Places\nGex;1\n", encoding="utf-8")
            source = tmp_path / "b.xlsx"
            if not source.exists():
                workbook(source, one_table)
            shutil.copy(source, folders.raw)
            said = [problem("a.csv", "", "A2"), problem("b.xlsx", "L'été", "A2")]
            made.append([path.read_bytes() for path in write_returns(folders, said)])
        assert made[0] == made[1]

    def test_many_cells_of_one_cause_are_coloured_and_counted(self, space):
        (space.raw / "a.csv").write_text("Code\n" + "1004\n" * 80, encoding="utf-8")
        said = [problem("a.csv", "", f"A{row}", "code_lost_zero", "…") for row in range(2, 82)]
        book = openpyxl.load_workbook(only_copy(space, said))
        assert all(fill(book["Données"][f"A{row}"]) == YELLOW for row in range(2, 82))
        assert sum(row[0].comment is not None for row in book["Données"].iter_rows()) == 50
        assert "Et 30 autres cellules colorées pour la même raison" in book["À corriger"]["D56"].value

    def test_every_code_has_its_own_words_for_the_sender(self):
        words = _words()
        shown = {code for code, cause in catalogue().items() if cause.severity in COLOURS}
        named = {*words["ours"], *words["advice"]} - {"default"}
        assert shown <= named <= catalogue().keys()

    @pytest.mark.parametrize("code", sorted(catalogue()))
    def test_the_sender_is_spoken_to_and_not_of(self, code):
        for told in remarks([problem("a.xlsx", "S", "A1", code)]).values():
            words = told[0].advice.casefold()
            assert not [w for w in ("expéditeur", "recette", "sdsf", "decisions", "redemander") if w in words]

    def test_the_note_says_the_command_as_the_user_types_it(self, space, monkeypatch):
        monkeypatch.setenv("SDSF_COMMAND", "python3 run.py")
        (space.raw / "a.csv").write_text("Commune;Places\nGex;1\n", encoding="utf-8")
        copy = only_copy(space, [problem("a.csv", "", "A2")])
        assert "« python3 run.py build »" in copy.with_name(README).read_text(encoding="utf-8")
        header = next(openpyxl.load_workbook(copy)["À corriger"].iter_rows(min_row=5, values_only=True))
        assert all(header)


@pytest.fixture(scope="module")
def copies(ain_folders, ain_result, tmp_path_factory):
    """Copies of the demo's files."""
    root = tmp_path_factory.mktemp("retours")
    shutil.copytree(ain_folders.raw, root / "data" / "raw")
    return Folders(root), write_returns(Folders(root), ain_result.problems), ain_result


class TestDemo:
    def test_every_cell_in_cause_is_coloured_and_every_value_is_the_same(self, copies):
        folders, made, result = copies
        told = remarks(result.problems)
        assert len(made) == len(told)
        for copy in made:
            name = copy.name.replace(ENDING, "")
            book = openpyxl.load_workbook(copy)
            source = next(source for source in told if Path(source).stem == Path(name).stem)
            for remark in told[source]:
                cell = book[remark.sheet or "Données"][remark.cell]
                assert fill(cell) in (ORANGE, RED, YELLOW) and remark.advice in cell.comment.text
            if source.endswith(".xlsx"):
                assert same_cells(openpyxl.load_workbook(folders.raw / source), book) == {}
            with zipfile.ZipFile(copy) as archive:
                for part in archive.namelist():
                    if part.endswith((".xml", ".rels", ".vml")):
                        ElementTree.fromstring(archive.read(part))  # noqa: S314 - written here

    @pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice n'est pas installé")
    def test_libreoffice_opens_each_copy_and_finds_the_same_values(self, copies, tmp_path):
        _, made, _ = copies
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
        subprocess.run([*command, *map(str, made)], check=True, capture_output=True, timeout=300)
        for copy in made:
            one, two = open_file(copy), open_file(tmp_path / f"{copy.stem}.ods")
            for before, after in zip(one.sheets, two.sheets, strict=True):
                assert (before.name, before.hidden) == (after.name, after.hidden)
                assert plain(before.rows) == plain(after.rows)


def plain(rows):
    """Filled cells by place: a format of file counts blank ones its own way."""
    return {
        (r, c): float(cell) if isinstance(cell, int | float) else str(cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell not in (None, "")
    }
