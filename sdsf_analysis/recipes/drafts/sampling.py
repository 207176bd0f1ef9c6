"""What the cells of an unknown column say: of a commune, or three examples that may be shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sdsf_analysis.reading.layout import Column, Table
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.text import is_blank, normalise
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.recognise import CODE, NAME
from sdsf_analysis.territories.atlas import Atlas
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.names import name_key

SAMPLE = 400
PLACE_SHARE = 0.8
HINTED_SHARE = 0.5
MAX_EXAMPLE = 40
_PLACE_WORDS = frozenset({"commune", "communes", "ville", "villes", "localite", "siege"})
_FREE_TEXT = 4
LIST_SHARE, SEVERAL_SHARE = 0.6, 0.25
_BETWEEN_COMMUNES = re.compile(r"[,;/\r\n•]|\set\s|\s-\s", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """First filled cells of a column."""

    column: Column
    kind: str
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Texts of the cells, each once."""
        return tuple(dict.fromkeys(clean_text(cell) for cell in self.cells))


def sample(table: Table, column: Column, kind: str) -> Sample:
    """Take the first filled cells of a column."""
    cells = (table.cell(row, column.index) for row in table.body_rows[:SAMPLE])
    return Sample(column, kind, tuple(cell for cell in cells if not is_blank(cell)))


def place_role(one: Sample, places: Atlas) -> str:
    """Say whether the cells are codes or names of communes: `CODE`, `NAME`, or empty.

    A number of persons may be the code of some commune: a column of codes has each of them once, or nearly.
    Half of the names is enough under a label that speaks of a place: the others may be misspelt.
    """
    if one.kind in ("date", "percent") or not one.texts:
        return ""
    if all(_code(text) for text in one.texts):
        known = sum(places.knows(_code(text)) for text in one.texts)
        return CODE if one.kind == "code" and known >= PLACE_SHARE * len(one.texts) else ""
    known = sum(name_key(text) in places.codes_by_key for text in one.texts)
    is_hinted = bool(_PLACE_WORDS & set(normalise(" ".join(one.column.path)).split()))
    share = HINTED_SHARE if is_hinted else PLACE_SHARE
    return NAME if known >= share * len(one.texts) and (len(one.texts) > 1 or is_hinted) else ""


def lists_communes(one: Sample, places: Atlas) -> bool:
    """Say whether the cells list communes: most of their parts are names, and many cells have several."""
    if one.kind != "text":
        return False
    # the cells themselves: `texts` has lost the line breaks
    parts = [split for cell in one.cells if isinstance(cell, str) and (split := _parts(cell))]
    names = [part for split in parts for part in split]
    known = sum(name_key(part) in places.codes_by_key for part in names)
    several = sum(len(split) > 1 for split in parts)
    return several >= SEVERAL_SHARE * len(parts) > 0 and known >= LIST_SHARE * len(names)


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, _BETWEEN_COMMUNES.split(cell)) if part]


def _code(text: str) -> str:
    match = re.fullmatch(r"(\d{4,5}|2[AB]\d{3})(?:[.,]0+)?", text.upper())
    return match[1].zfill(5) if match else ""


def departements_of(one: Sample) -> set[str]:
    """Départements of a column of codes."""
    return {departement for text in one.texts if (departement := departement_of(_code(text)))}


def examples(one: Sample, *, is_known: bool) -> tuple[str, ...]:
    """Up to three cells that may be shown.

    Parameters
    ----------
    one : Sample
        A column that neither names nor reaches a person.
    is_known : bool
        Whether what it holds is known. Of a free text that is not, nothing is shown: it may name anyone.

    Examples
    --------
    >>> free = Sample(Column(1, ("Remarques",)), "text", ("Reprise par Ada", "Vu avec Bob"))
    >>> examples(free, is_known=False)
    ()
    """
    if one.kind == "text" and not is_known and not _is_repeated(one):
        return ()
    return tuple(_shortened(one))[:3]


def _is_repeated(one: Sample) -> bool:
    """A short list of words that come back is no name."""
    return len(one.cells) >= 2 * len(one.texts) and all(len(text.split()) <= _FREE_TEXT for text in one.texts)


def _shortened(one: Sample) -> Iterator[str]:
    for text in one.texts[:3]:
        yield text if len(text) <= MAX_EXAMPLE else f"{text[: MAX_EXAMPLE - 1]}…"
