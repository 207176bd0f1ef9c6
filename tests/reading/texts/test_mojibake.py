"""Accents written twice are undone where all reverse; what is plain French is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.texts.mojibake import mend_rows, undo
from sdsf_analysis.territories.reference import communes

PLAIN_WORDS = st.one_of(
    st.from_regex(r"[A-ZÀÂÇÉÈÊÎÔŒa-z]?[a-zàâçéèêëîïôùûüœ]{0,8}[.,;:]?", fullmatch=True),
    st.sampled_from("«»–€"),
)

FRENCH = st.lists(PLAIN_WORDS, max_size=8).map(" ".join)


def garbled(text, encoding="cp1252"):
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )  # Windows shows the five bytes that cp1252 leaves out as control characters


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_cells_of_a_sheet_are_mended_and_named(encoding):
    rows = [["Commune", "Places"], [garbled("Mézières", encoding), 12.0], ["Gex", None]]
    mended = mend_rows(rows)
    assert mended.rows == [["Commune", "Places"], ["Mézières", 12.0], ["Gex", None]]
    assert mended.repaired == {(2, 1): (rows[1][0], "Mézières")} and not mended.left


@given(FRENCH, st.sampled_from(["cp1252", "mac_roman", "cp850"]), st.integers(1, 2))
def test_any_french_text_comes_back(text, encoding, times):
    found = text
    for _ in range(times):
        found = garbled(found, encoding)
    mended = mend_rows([[found]])
    assert mended.rows == [[text]] and bool(mended.repaired) == (found != text)


@given(FRENCH)
def test_no_french_text_is_touched(text):
    assert mend_rows([[text]]).rows == [[text]] and not mend_rows([[text]]).left


def test_no_commune_is_accused_and_all_come_back():
    names = list(communes(2026)["name"])
    assert not mend_rows([[name, name.upper()] for name in names]).repaired
    mended = mend_rows([[garbled(name)] for name in names])
    assert [row[0] for row in mended.rows] == names
    assert len(mended.repaired) == sum(not name.isascii() for name in names)


def test_one_cell_that_does_not_reverse_leaves_all_as_they_are():
    rows = [[garbled("Mézières")], ["Crèche Ã©toile"]]
    mended = mend_rows(rows)
    assert mended.rows == rows and set(mended.left) == {(1, 1), (2, 1)} - {(1, 1)}
    assert undo("Crèche Ã©toile") is None


def test_letters_that_are_lost_are_said_and_the_others_mended():
    mended = mend_rows([[garbled("Mézières")], ["M\ufffdzi\ufffdres"]])
    assert mended.rows == [["Mézières"], ["M\ufffdzi\ufffdres"]] and list(mended.left) == [(2, 1)]


def test_the_cells_of_a_workbook_and_of_a_text_are_mended_and_said(tmp_path, workbook):
    path = tmp_path / "a.csv"
    path.write_text(f"Commune;Places\n{garbled('Mézières')};1\nGex;2\n", encoding="utf-8")
    for opened in (
        open_file(path),
        open_file(workbook({"A1": "Commune", "A2": garbled("Mézières"), "A3": "Gex"})),
    ):
        assert opened.sheets[0].cell(2, 1) == "Mézières"
        (problem,) = opened.problems
        assert (problem.code, problem.cell, problem.found, problem.repaired_to) == (
            "accents_doubled",
            "A2",
            "MÃ©ziÃ¨res",
            "Mézières",
        )
        assert "res" not in problem.message.replace("enregistrés", "")


def test_lost_letters_are_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Commune;Places\nM\ufffdzi\ufffdres;1\n", encoding="utf-8")
    (problem,) = open_file(path).problems
    assert (problem.code, problem.cell, problem.repaired_to) == ("accents_lost", "A2", "")
