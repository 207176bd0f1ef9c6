"""Text files: delimiters, lines that keep their number, quotes, and lines with a cell too many or too few."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.texts.delimited import find_delimiter, read_rows
from sdsf_analysis.reading.texts.ragged import ragged_rows
from sdsf_analysis.reading.texts.textual import open_text

TABLE = [
    "Code;Commune;Places",
    "01053;Bourg-en-Bresse;120",
    "01173;Gex;45",
    "01419;Thoiry;30",
    "01283;Oyonnax;80",
]


def cut(lines):
    return [line.split(";") for line in lines]


def shifted(rows):
    """Rows set apart, with their cells and those expected."""
    return {row: (line.size, line.expected) for row, line in ragged_rows(rows).items() if not line.is_note}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter):
    text = "Titre du fichier\n\n" + "\n".join(delimiter.join(("01004", "Gex", "71")) for _ in range(5))
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("control", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028"])
def test_a_cell_that_holds_a_control_character_is_not_cut_in_two_lines(control):
    assert find_delimiter(f"a;b;c;d;e;f\nx;{control};;;;\t\ny;;{control};;;\t") == ";"


def test_decimal_commas_do_not_make_a_comma_file():
    assert find_delimiter("Code;Taux\n01004;71,7\n01053;60,6\n") == ";"


def test_a_quoted_line_break_keeps_every_later_row_at_its_line():
    rows = read_rows('Nom;Adresse\r\nA;"1 rue\r\nde la Paix"\r\n\r\nB;2 rue\r\n', ";")
    assert rows[1] == ["A", "1 rue\r\nde la Paix"] and rows[4] == ["B", "2 rue"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\x00\r", codec="utf-8"), max_size=8),
            min_size=2,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_rows_stand_at_their_lines_whatever_they_hold(rows):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    starts = []
    for row in rows:
        starts.append(stream.getvalue().count("\n"))
        writer.writerow([cell.replace(";", ",") for cell in row])
    read = read_rows(stream.getvalue(), ";")
    assert [read[line] for line in starts] == [[cell.replace(";", ",") for cell in row] for row in rows]


def test_a_quote_never_closed_is_refused_where_it_opens():
    text = 'Nom;Places\nA;1\n"B;2\nC;3\nD;4\n'
    with pytest.raises(ReadingError, match="ligne 3") as caught:
        read_rows(text, ";")
    assert caught.value.code == "text_quote_open"


def test_a_quote_never_closed_on_a_very_long_text_is_refused_where_it_opens():
    with pytest.raises(ReadingError, match="ligne 2"):
        read_rows('Nom\n"' + "mot " * 300_000, ";")


def test_the_line_that_names_the_delimiter_decides_and_is_shown_nowhere():
    text = "sep=|\r\nCommune;Canton|Places\r\nGex;Thoiry|12\r\n"
    assert find_delimiter(text) == "|"
    assert read_rows(text, "|") == [[], ["Commune;Canton", "Places"], ["Gex;Thoiry", "12"]]


def test_lines_end_as_on_the_old_macs_too():
    assert read_rows("Commune;Places\rGex;12\rThoiry;3", ";")[1:] == [["Gex", "12"], ["Thoiry", "3"]]


def test_a_line_separator_of_unicode_ends_no_line():
    assert read_rows("Gex;a\u2028b\x0bc\nThoiry;d", ";") == [["Gex", "a\u2028b\x0bc"], ["Thoiry", "d"]]


@pytest.mark.parametrize(
    ("line", "sizes"),
    [("01173;Gex, le bourg;ville;45", (4, 3)), ("01173;45", (2, 3)), ("01173;Gex;45;;;", None), ("", None)],
)
def test_a_line_with_a_cell_too_many_or_too_few_is_told_alone(line, sizes):
    lines = [*TABLE[:2], line, *TABLE[3:]]
    assert shifted(cut(lines)) == ({3: sizes} if sizes else {})


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_whichever_the_line(row):
    rows = cut(TABLE)
    assert shifted([*rows[:row], [*rows[row], "9"], *rows[row + 1 :]]) == {row + 1: (4, 3)}
    assert shifted([*rows[:row], rows[row][:2], *rows[row + 1 :]]) == {row + 1: (2, 3)}


@pytest.mark.parametrize(
    "around",
    [
        ["Places par commune", "Situation au 31/12/2023;Caf de l'Ain"],
        ["Places par commune;;", ""],
        ["Pays de Gex"],
    ],
)
def test_titles_are_no_fault(around):
    assert shifted(cut([*around, *TABLE])) == {}


@pytest.mark.parametrize(
    "note", ["Source : Caf", "Source : Caf ; MSA", "Lecture : 3 ; 4 ; 5 ; 6 places", "", ";;;;;"]
)
def test_notes_are_no_fault(note):
    assert shifted(cut([*TABLE, note])) == {}
    assert shifted(cut([*TABLE, "", note])) == {}


def test_two_tables_of_two_widths_are_no_fault():
    assert shifted(cut([*TABLE, "", "Commune;Places", "Gex;12", "Thoiry;3"])) == {}


def test_trailing_blanks_that_a_program_leaves_out_are_no_fault():
    rows = [
        ["Code", "Commune", "Observation"],
        *([f"0{1000 + i}", "x"] for i in range(20)),
        ["01173", "Gex", "fermé"],
    ]
    assert shifted(rows) == {}
    padded = [row + [""] * 4 for row in cut(TABLE)]
    assert shifted([cut(TABLE)[0], *padded[1:]]) == {}
    assert shifted(padded) == {}


def test_a_header_one_label_short_is_refused():
    with pytest.raises(ReadingError, match="2 intitulés pour 3 cellules") as caught:
        shifted(cut(["Code;Commune", *TABLE[1:]]))
    assert caught.value.code == "row_ragged"


def test_decimal_commas_in_a_comma_file_are_told():
    lines = ["Commune,Taux,Places", "Gex,71,7,12", "Thoiry,60,8", "Péron,1,2,9", "Ornex,60,8,0,1"]
    rows = [line.split(",") for line in lines]
    assert shifted(rows) == {2: (4, 3), 4: (4, 3), 5: (5, 3)}
    with pytest.raises(ReadingError, match="3 intitulés pour 4 cellules"):
        shifted([rows[0], rows[1], rows[3]])


def test_lines_after_a_quoted_line_break_belong_to_the_same_table():
    rows = read_rows('Nom;Adresse;Places\nA;"1 rue\nHaute";12\nB;"2 rue\nBasse"\nC;"3\n4";5\n', ";")
    assert shifted(rows) == {4: (2, 3)}


def test_a_shifted_line_is_blank_and_said_with_its_cells(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("\n".join([*TABLE[:2], "01173;Gex;le bourg;45", *TABLE[3:]]), encoding="utf-8")
    opened = open_text(path, "places.csv")
    (problem,) = opened.problems
    assert opened.sheets[0].rows[2] == [] and opened.sheets[0].rows[3] == ["01419", "Thoiry", "30"]
    assert (problem.code, problem.cell, problem.found) == ("row_ragged", "A3", "01173 | Gex | le bourg | 45")
    assert "4 cellules au lieu de 3" in problem.message and "Gex" not in problem.message


@given(
    widths=st.integers(3, 8),
    height=st.integers(6, 30),
    row=st.integers(1, 5),
    change=st.sampled_from([-1, 1]),
)
def test_one_shifted_line_is_found_and_no_other(widths, height, row, change):
    rows = [[f"{r}-{c}" for c in range(widths)] for r in range(height)]
    rows[row] = rows[row][:-1] if change < 0 else [*rows[row], "x"]
    assert shifted(rows) == {row + 1: (widths + change, widths)}


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("cp1252", ["encoding_guessed"]),
        ("mac_roman", ["encoding_old"]),
        ("cp850", ["encoding_old"]),
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
    ],
)
def test_what_is_said_of_an_encoding(tmp_path, encoding, code):
    path = tmp_path / "a.csv"
    path.write_bytes("Commune;Places\nAmbérieu;1\nBâgé;2\nCulèche;3\n".encode(encoding))
    opened = open_text(path, "a.csv")
    assert [problem.code for problem in opened.problems] == code
    assert opened.sheets[0].rows[1] == ["Ambérieu", "1"]


def test_a_bom_that_misleads_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "Commune;Places\nAmbérieu;1\n".encode("cp1252"))
    assert [problem.code for problem in open_text(path, "a.csv").problems] == ["bom_misleading"]


@pytest.mark.parametrize(
    "note",
    [
        "Source : Caf ; MSA ; champ : Ain ; Jura",
        "Lecture : 3 ; 4 ; 5 ; 6 places",
        "(p) provisoire ; (e) estimé ; (r) révisé ; (d) définitif",
    ],
)
def test_a_note_that_the_delimiter_cuts_is_whole_again(tmp_path, note):
    path = tmp_path / "offre.csv"
    path.write_text("\n".join([*TABLE, note]), encoding="utf-8")
    source = open_text(path, "offre.csv")
    assert source.sheets[0].rows[-1] == [note]
    assert source.problems == ()


def test_a_commune_whose_name_begins_as_a_note_is_none():
    lines = [*TABLE[:2], "39517;Champagne;12;3", *TABLE[2:]]
    assert shifted(cut(lines)) == {3: (4, 3)}
    assert shifted(cut([*TABLE[:2], "Champagnole;12;3;4", *TABLE[2:]])) == {3: (4, 3)}
