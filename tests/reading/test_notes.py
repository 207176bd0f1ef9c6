"""Notes reach the cells that call them; names that only look so call none."""

import pytest

from sdsf_analysis.reading.notes import linked_notes, missing_notes
from sdsf_analysis.reading.sheet import Sheet, address
from sdsf_analysis.reading.table import Column, Table


def table_of(rows, notes=(), titles=()):
    columns = tuple(Column(k, (str(label),)) for k, label in enumerate(rows[0], start=1))
    body = tuple(range(2, len(rows) + 1))
    return Table(
        Sheet("Feuille", rows), (1,), body, (), columns, {}, notes=tuple(notes), titles=tuple(titles)
    )


def linked(rows, notes=(), titles=()):
    found = linked_notes(table_of(rows, notes, titles))
    return {address(*place): text for place, text in found.items()}


@pytest.mark.parametrize(
    ("label", "note", "text"),
    [
        ("Ain (1)", "(1) y compris Gex", "y compris Gex"),
        ("Mayotte²", "² depuis 2014", "depuis 2014"),
        ("Mayotte ²", "(2) : depuis 2014", "depuis 2014"),
        ("Guadeloupe***", "***: y compris Saint-Martin", "y compris Saint-Martin"),
        ("Guadeloupe (*)", "* : y compris Saint-Martin", "y compris Saint-Martin"),
        ("2016 (1)", "(1)  rupture de série", "rupture de série"),
        ("12 345¹", "1) estimation", "estimation"),
        ("343 500*", "* provisoire", "provisoire"),
        ("Loire (a)", "(a) hors Roanne", "hors Roanne"),
    ],
)
def test_a_call_finds_its_note(label, note, text):
    assert linked([["Dép.", "Places"], [label, 3.0]], [note]) == {"A2": text}
    assert linked([["Dép.", label], ["Ain", 3.0]], ["Source : Caf", note]) == {"B1": text}


@pytest.mark.parametrize(
    "label",
    [
        "Saint-Denis (93)",
        "Havre (Le)",
        "Île-d'Aix (l')",
        "Surface (m²)",
        "120 m²",
        "***",
        "*",
        "(1)",
        "3-5 ans",
        "2016",
    ],
)
def test_what_only_looks_like_a_call_is_none(label):
    table = table_of([["Dép.", "Places"], [label, 3.0]], ["(1) y compris Gex", "* provisoire", "2) rien"])
    assert linked_notes(table) == {} and list(missing_notes(table)) == []


def test_several_calls_give_several_notes_and_one_line_each():
    rows = [["Dép.", "Places"], ["Ain (1)(2)", "12*"]]
    found = linked(rows, ["(1) y compris Gex\n(2) hors MAM"], ["* provisoire"])
    assert found == {"A2": "y compris Gex ; hors MAM", "B2": "provisoire"}


def test_a_call_without_its_note_is_said_once_per_mark():
    rows = [["Dép.", "Places"], ["Ain*", "12*"], ["Loire¹", "8"], ["Rhône (69)", "7"]]
    doubts = list(missing_notes(table_of(rows, ["Source : Caf"])))
    assert [(address(d.row, d.column), d.code, d.others) for d in doubts] == [
        ("A2", "note_missing", ("B2",)),
        ("A3", "note_missing", ()),
    ]


def test_a_note_may_stand_under_the_next_table_of_the_sheet():
    rows = [["Dép.", "Places"], ["Ain*", 3.0], [], ["Dép.", "Enfants"], ["Ain", 8.0], [None, "* hors MAM"]]
    columns = (Column(1, ("Dép.",)), Column(2, ("Places",)))
    table = Table(Sheet("Feuille", rows), (1,), (2,), (), columns, {})
    assert linked_notes(table) == {(2, 1): "hors MAM"} and list(missing_notes(table)) == []
