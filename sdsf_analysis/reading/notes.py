"""Calls to notes in labels and numbers, linked to the notes around their table by their marks."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.doubts import Doubt
from sdsf_analysis.reading.layouts.wording import is_numbering
from sdsf_analysis.reading.sheet import Place, address
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.values import clean_text, read_number

_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_ENDS = frozenset(")*¹²³⁴⁵⁶⁷⁸⁹")
_CALL = re.compile(r"(?<=[^\s(*])\s*(\*{1,5}|\((?:\d{1,2}|[a-z]|\*{1,5})\)|[¹²³⁴⁵⁶⁷⁸⁹])$")
_NOTE = re.compile(
    r"\s*(?P<mark>\*{1,5}|\((?:\d{1,2}|[a-z]|\*{1,5})\)|[¹²³⁴⁵⁶⁷⁸⁹]|(?:\d{1,2}|[a-z])\s?\))\s*[:.\-–]?\s*(?P<text>.*)",
    re.DOTALL,
)
_SQUARE = re.compile(r"(?:^|[\s(/])[kcdm]?m[²³]$")
# « (93) » may be a département and « (a) » part of a name: without a note, only these are calls.
_SURE = re.compile(r"\*{1,5}|[1-9]")


def linked_notes(table: Table) -> dict[Place, str]:
    """Notes that the cells of a table call, by place.

    Parameters
    ----------
    table : Table

    Returns
    -------
    dict
        Place of a label, a number or a total → text of its note, without the mark. A mark that no note
        begins with calls none: « Saint-Denis (93) » is a name.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Dép.", "Places"], ["Ain (1)", 20.0], ["Seine-Saint-Denis (93)", "12*"],
    ...         ["(1) y compris Gex"], ["* provisoire"]]
    >>> linked_notes(find_tables(Sheet("PMI", rows))[0])
    {(2, 1): 'y compris Gex', (3, 2): 'provisoire'}
    """
    notes = _notes(table)
    found = {}
    for place, marks in _calls(table):
        texts = [notes[mark] for mark in marks if mark in notes]
        if texts:
            found[place] = " ; ".join(texts)
    return found


def without_calls(table: Table) -> Table:
    """Table whose labels are read without the marks of their notes: « Renaison (2) » is Renaison.

    A number keeps its mark, which says that it is provisional; so does a mark that no note explains.

    Examples
    --------
    >>> from sdsf_analysis.reading.layout import find_tables
    >>> from sdsf_analysis.reading.sheet import Sheet
    >>> rows = [["Commune", "Places"], ["Renaison (2)", 20.0], ["Riorges", 9.0], ["(2) avec Ambierle"]]
    >>> without_calls(find_tables(Sheet("PMI", rows))[0]).cell(2, 1)
    'Renaison'
    """
    body = set(table.body_rows)
    linked = [place for place in linked_notes(table) if place[0] in body]
    texts = {place: _bare(str(table.sheet.cell(*place))) for place in linked}
    labels = {place: text for place, text in texts.items() if read_number(text).value is None}
    return replace(table, bare=labels) if labels else table


def _bare(text: str) -> str:
    text = text.rstrip()
    while match := _CALL.search(text):
        text = text[: match.start()].rstrip()
    return text


def note_facts(table: Table, source: str, personal: Collection[int] = ()) -> Iterator[Problem]:
    """Say which labels call a note, and what it says; those of personal columns are not quoted."""
    notes = linked_notes(table) if table.bare else {}
    for place, text in table.bare.items():
        is_quoted = place[1] not in personal
        written, read = (clean_text(table.sheet.cell(*place)), text) if is_quoted else ("", "")
        cell = f"« {written} »" if is_quoted else "La cellule"
        message = f"{cell} renvoie à la note « {notes[place]} » ; le texte est repris sans son appel."
        where = (source, table.sheet.name or "", address(*place))
        yield Problem(*where, "note_mark", message, written, read)


def missing_notes(table: Table) -> Iterator[Doubt]:
    """Calls whose note is nowhere around the table: each mark is said once, where it is first seen.

    Only what can be nothing else is taken for a call, so not « Saint-Denis (93) » nor « 120 m² ».
    """
    notes = _notes(table)
    places: dict[str, list[Place]] = {}
    for place, marks in _calls(table):
        for mark in marks:
            if mark not in notes and _SURE.fullmatch(mark):
                places.setdefault(mark, []).append(place)
    for mark, found in places.items():
        cell = clean_text(table.cell(*found[0]))
        more = f" (et {plural(len(found) - 1, 'autre', 'autres')})" if len(found) > 1 else ""
        message = (
            f"« {cell} » en {address(*found[0])}{more} appelle une note « {mark} » absente de la feuille."
        )
        yield Doubt(*found[0], "note_missing", message, cell, tuple(address(*place) for place in found[1:]))


def _notes(table: Table) -> dict[str, str]:
    """Notes by mark: those of the table, then what stands above or under it, be it beyond another table."""
    found: dict[str, str] = {}
    for text in (*table.notes, *table.titles, *_around(table)):
        for line in re.split(r"[\r\n]+", text):
            if match := _NOTE.fullmatch(line):
                found.setdefault(_plain(match["mark"]), match["text"].strip())
    return found


def _around(table: Table) -> Iterator[str]:
    rows, own = table.sheet.rows, (*table.header_rows, *table.body_rows, *table.total_rows)
    for row in (*rows[: min(own) - 1], *rows[max(own) :]):
        cell = next((cell for cell in row if not is_blank(cell)), None)
        if isinstance(cell, str):
            yield cell


def _calls(table: Table) -> Iterator[tuple[Place, list[str]]]:
    """Places whose text ends with marks, and these marks; each cell is read once, where it stands."""
    first, last = table.columns[0].index - 1, table.columns[-1].index
    ending = _endings(table.sheet.texts)
    for row in sorted((*table.header_rows, *table.body_rows, *table.total_rows)) if ending else ():
        cells = table.sheet.rows[row - 1]
        if not ending.keys().isdisjoint(cells):
            for column, cell in enumerate(cells[first:last], start=first + 1):
                if cell in ending:
                    yield (row, column), ending[cell]


@lru_cache(maxsize=1)
def _endings(texts: frozenset[str]) -> dict[str, list[str]]:
    """Texts of a sheet that end with marks; asked twice of each table."""
    return {text: marks for text in texts if text.rstrip()[-1:] in _ENDS and (marks := _marks(text))}


def _marks(text: str) -> list[str]:
    """Marks that end a text; « m² » is a unit, « (5) = (4)/(3) » numbers a column."""
    text = text.rstrip()
    if is_numbering(text):
        return []
    marks: list[str] = []
    while text[-1:] in _ENDS and not _SQUARE.search(text) and (match := _CALL.search(text)):
        marks.insert(0, _plain(match[1]))
        text = text[: match.start()]
    return marks


def _plain(mark: str) -> str:
    """« (1) », « ¹ » and « 1) » are one mark, « (*) » and « * » too."""
    return mark.translate(_RAISED).strip("() ")
