"""Encodings of French senders, on names of every commune of France and on files of any length."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.texts.encodings import decode
from sdsf_analysis.territories.reference import communes

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
# fmt: off
LABELS = [
    "Crèche « Les P'tits Loups »", "Tarif : 12 € l’heure", "N° 3 – École maternelle", "½ journée",
          "Garderie périscolaire…", "Cœur de ville", "12 m² à l'étage", "Île-de-France", "ÉCOLE PRIMAIRE",
          "Hors PSU – été", "Âge", "RÉGION", "À compléter", "L’Haÿ-les-Roses", "Bû", "CÉRÉ-LA-RONDE",
]
# fmt: on
# Share of files read exactly, at least: an accent or two may read as French in two encodings.
EXACT = {
    ("cp1252", 1): 0.99,
    ("cp1252", 5): 0.99,
    ("cp1252", 20): 1,
    ("cp1252", 200): 1,
    ("mac_roman", 1): 0.98,
    ("mac_roman", 5): 0.99,
    ("mac_roman", 20): 1,
    ("mac_roman", 200): 1,
    ("cp850", 1): 0.95,
    ("cp850", 5): 0.97,
    ("cp850", 20): 0.99,
    ("cp850", 200): 1,
    ("utf-8", 1): 1,
    ("utf-8", 5): 1,
    ("utf-8", 20): 1,
    ("utf-8", 200): 1,
}  # fmt: skip


def commune_files(rows, encoding, count=200):
    """Files of communes drawn from all of France, with an accent at least."""
    dice, names = random.Random(1), list(communes(2026)["name"])  # noqa: S311
    while count:
        drawn = dice.sample(names, rows)
        text = "Code;Commune;Places\r\n" + "".join(f"{i:05};{name};{i}\r\n" for i, name in enumerate(drawn))
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if not text.isascii():
            count -= 1
            yield text, content


@pytest.mark.parametrize(("encoding", "rows"), EXACT)
def test_communes_of_france_are_read_exactly_from_files_of_any_length(encoding, rows):
    files = list(commune_files(rows, encoding, 200 if rows < 200 else 30))
    exact = sum(decode(content).text == text for text, content in files)
    assert exact >= EXACT[encoding, rows] * len(files)


def has(label, encoding):
    return label == label.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize(
    ("label", "encoding"),
    [(label, name) for label in LABELS for name in ("cp1252", "mac_roman", "utf-8") if has(label, name)],
)
def test_one_label_is_enough(label, encoding):
    assert decode(f"a;b\n{label};1\n".encode(encoding)).text == f"a;b\n{label};1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
def test_every_encoding_of_a_french_sender_is_read(encoding):
    decoded = decode(TEXT.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.has_wrong_bom) == (TEXT, encoding, False)


def test_cp850_and_latin_9_are_read():
    text = TEXT.replace("’", "'")
    assert decode(text.encode("cp850")).text == text
    text = "Code;Nom\n1;Œuvre du Sacré-Cœur\n"
    assert decode(text.encode("iso8859-15")).text == text


def test_a_bom_before_a_cp1252_text_does_not_lose_it():
    decoded = decode(b"\xef\xbb\xbf" + TEXT.encode("cp1252"))
    assert (decoded.text, decoded.encoding, decoded.has_wrong_bom) == (TEXT, "cp1252", True)


def test_one_stray_byte_in_utf8_is_refused_where_it_stands_rather_than_all_accents_garbled():
    content = TEXT.encode("utf-8").replace(b"3;Ch", b"3;\xe9Ch", 1)
    with pytest.raises(ReadingError, match="0xE9, ligne 4, caractère 3") as caught:
        decode(content)
    assert caught.value.code == "text_undecodable"


@pytest.mark.parametrize("stray", [b"\xff", b"\xe9", b"\x81", b"\xc7", b"\xff\x81\x8d"])
def test_one_stray_byte_beside_one_accent_of_utf8_is_refused_where_it_stands(stray):
    """Read in another encoding, the accent would be two signs that no French word bears."""
    content = "Commune;Places\nAmbérieu;20\nOyo".encode() + stray + b"nnax;30\n"
    with pytest.raises(ReadingError, match=f"0x{stray[0]:02X}, ligne 3, caractère 4"):
        decode(content)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "label", ["« École »", "L’été d’Émile", "«\u00a0CAFÉ\u00a0»", "Fin d’étape", "CAFÉ…"]
)
def test_letters_that_form_utf8_by_chance_refuse_nothing(label, encoding):
    text = f"Nom;Places\n{label};1\nAller à pied;2\n"
    assert decode(text.encode(encoding)).text == text


def test_the_character_is_counted_in_letters_not_in_bytes():
    with pytest.raises(ReadingError, match="ligne 2, caractère 6"):
        decode("Élève\nÉté ;".encode() + b"\xe9" + "\nÉcole é è".encode())


def test_a_byte_that_cp1252_does_not_have_is_refused():
    with pytest.raises(ReadingError, match="0x81, ligne 9"):
        decode((TEXT + "\n").encode("cp1252").replace(b"8;B", b"8;\x81B", 1))


def test_binary_is_no_text():
    with pytest.raises(ReadingError):
        decode(b"abc\x00def")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_whole_or_refused(content):
    try:
        decoded = decode(content)
    except ReadingError as error:
        assert error.code in ("text_undecodable", "file_unreadable")
    else:
        body = content.removeprefix(b"\xef\xbb\xbf") if decoded.has_wrong_bom else content
        assert decoded.text == body.decode(decoded.encoding)
