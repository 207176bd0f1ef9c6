"""Text files: encodings of French senders, delimiters, and lines that keep their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.delimited import decode, find_delimiter, read_rows

TOWNS = [
    "Bâgé-Dommartin",
    "Ambérieu-en-Bugey",
    "L’Abergement-Clémenciat",
    "Châtillon-sur-Chalaronne",
    "Saint-Étienne-du-Bois",
    "Genouilleux",
    "Nivigne et Suran",
    "Crèche « Les P'tits Loups »",
]
TEXT = "\n".join(f"{i};{town};{i},5" for i, town in enumerate(TOWNS * 5))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
def test_every_encoding_of_a_french_sender_is_read(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_cp850_is_read():
    text = TEXT.replace("’", "'")
    assert decode(text.encode("cp850")).text == text


def test_a_bom_before_a_cp1252_text_does_not_lose_it():
    decoded = decode(b"\xef\xbb\xbf" + TEXT.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (TEXT, "cp1252")


def test_one_stray_byte_in_utf8_is_refused_at_its_line_rather_than_all_accents_garbled():
    content = TEXT.encode("utf-8").replace(b"3;Ch", b"3;\xe9Ch", 1)
    with pytest.raises(ReadingError, match="0xe9 de la ligne 4"):
        decode(content)


def test_binary_is_no_text():
    with pytest.raises(ReadingError):
        decode(b"abc\x00def")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(delimiter):
    text = "Titre du fichier\n\n" + "\n".join(delimiter.join(("01004", "Gex", "71")) for _ in range(5))
    assert find_delimiter(text) == delimiter


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
    import csv
    import io

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
    with pytest.raises(ReadingError, match="ligne 3"):
        read_rows(text, ";")
