"""What each column of a tidy row is made of, as a recipe writes it: a column, a constant, a template."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.areas import Area
from sdsf_analysis.recipes.checks import PLACES, TEMPLATE
from sdsf_analysis.recipes.citing import FROM_RECIPE, FROM_TITLE, RANK, Citation, cite_cell
from sdsf_analysis.recipes.natures_said import NOTHING_SAID, NaturesSaid
from sdsf_analysis.recipes.operators import operator_kind
from sdsf_analysis.recipes.parse import Entry, Parsed
from sdsf_analysis.recipes.persons import is_vacant
from sdsf_analysis.recipes.places import Places
from sdsf_analysis.recipes.saying import Said
from sdsf_analysis.recipes.services import ServiceNamed

_BLANK = Entry(None)
Citations = tuple[Citation, ...]
Origin = tuple[Entry, Citations]


@dataclass
class RowMaker:
    """Values of one raw table, asked row by row.

    Parameters
    ----------
    columns : dict of str to Parsed
        Columns read, by name in the recipe.
    places : Places
        Commune of each row, and the cell that said it.
    table : Table
        The raw table, for the addresses.
    situation : date or None
        Date of situation of the table.
    pseudonym : callable
        Text → pseudonym.
    said : Citation
        What says the date of situation.
    areas : dict
        Territories that cells name, by name of the column and row.
    year : int or None
        Year of the activity, where it is not that of the date: a school year is of the year it begins in.
    says : dict
        What titles say of every row, see `what_is_said`.
    natures : NaturesSaid
        What titles and notes say of the nature of figures.
    """

    columns: dict[str, Parsed]
    places: Places
    table: Table
    situation: date | None
    pseudonym: Callable[[str], str]
    said: Citation = FROM_TITLE
    year: int | None = None
    areas: dict[tuple[str, int], Area] = field(default_factory=dict)
    says: Said = field(default_factory=dict)
    natures: NaturesSaid = NOTHING_SAID
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def make(self, source: str, row: int) -> Origin:
        """Entry of one tidy column, and every cell that it is made of.

        Parameters
        ----------
        source : str
            As written in the recipe's ``columns``, see `sdsf_analysis.recipes.recipe.Output`.
        row : int
            Row of the sheet.
        """
        for part in source.split(" | "):
            entry, citations = self._make(part, row)
            if entry.value is not None or entry.status not in (None, Status.MISSING):
                return entry, citations
        return entry, citations

    def _make(self, source: str, row: int) -> Origin:
        if source.startswith("="):
            return Entry(source[1:]), (FROM_RECIPE,)
        if source in PLACES:
            found = self.places.communes.get(row)
            if source == "@territory":
                found = self.places.territories.get(row, found)
            return Entry(found), self._cite(self.places.origins.get(row), row)
        if source.startswith("@"):
            return self._context(source[1:], row)
        if "{" in source:
            return self._template(source, row)
        parsed = self.columns.get(source)
        return (parsed.entries[row] if parsed else _BLANK), self._cite(parsed, row)

    def _cite(self, parsed: Parsed | None, row: int) -> Citations:
        return (cite_cell(self.table, parsed, row),) if parsed else ()

    def _context(self, name: str, row: int) -> Origin:
        if name == "situation":
            return Entry(self.situation), (self.said,)
        if name == "year":
            return Entry(self.year or (self.situation.year if self.situation else None)), (self.said,)
        kind, _, argument = name.partition(":")
        makers: dict[str, Callable[[str, int], Origin]] = {
            "said": self._said,
            "stage": self._stage,
            "count": self._count,
            "operator_kind": self._operator_kind,
            "pseudonym": self._pseudonym,
            "year": self._year,
            "service": self._service,
            "area": self._area,
            # the whole list: who writes the rows tells its communes apart
            "area_communes": self._area_communes,
            "each": self.make,
        }
        return makers[kind](argument, row)

    def _said(self, argument: str, row: int) -> Origin:
        text, citation = self.says.get(argument, (None, FROM_TITLE))
        return Entry(text), (citation,)

    def _area(self, argument: str, row: int) -> Origin:
        area = self.areas.get((argument, row))
        return Entry(area.code if area else None), self._cite_all([argument], row)

    def _area_communes(self, argument: str, row: int) -> Origin:
        area = self.areas.get((argument, row))
        return Entry(area.communes if area else ()), self._cite_all([argument], row)

    def _cite_all(self, names: Iterable[str], row: int) -> Citations:
        return tuple(cited for name in names for cited in self._cite(self.columns.get(name), row))

    def _stage(self, argument: str, row: int) -> Origin:
        """Closed where a column says « fermé » or bears a date of closing, else open."""
        names = argument.split()
        read = [self.columns[name] for name in names if name in self.columns]
        is_closed = any(
            normalise(one.found[row]).startswith("ferme") or isinstance(one.entries[row].value, date)
            for one in read
        )
        return Entry("closed" if is_closed else "open"), self._cite_all(names, row) or (FROM_RECIPE,)

    def _count(self, argument: str, row: int) -> Origin:
        cells = self.make(argument, row)[1]
        return Entry(str(self._rank(argument, row))), tuple(c._replace(origin=RANK) for c in cells)

    def _operator_kind(self, argument: str, row: int) -> Origin:
        entry, cells = self.make(argument, row)
        return Entry(operator_kind(str(entry.value)) if entry.value else None), cells

    def _pseudonym(self, argument: str, row: int) -> Origin:
        names = argument.split()
        return Entry(self._person(names, row)), self._cite_all(names, row)

    def _rank(self, name: str, row: int) -> int:
        value = str(self.make(name, row)[0].value)
        self._counts[name, value] += 1
        return self._counts[name, value]

    def _person(self, names: list[str], row: int) -> str | None:
        """Pseudonym of the person that some columns name; a vacant post is ``vacant-N``."""
        texts = [str(self.columns[name].entries[row].value or "") for name in names if name in self.columns]
        words = normalise(" ".join(texts))
        if is_vacant(words):
            self._counts["vacant", ""] += 1
            return f"vacant-{self._counts['vacant', '']}"
        return self.pseudonym(words)

    def _year(self, argument: str, row: int) -> Origin:
        entry, cells = self.make(argument, row)
        return Entry(entry.value.year if isinstance(entry.value, date) else None), cells

    def _service(self, argument: str, row: int) -> Origin:
        """A service that another file lists, by its number and its name; what says it best is cited last."""
        sources = argument.split()
        number, name = (str(self.make(source, row)[0].value or "") for source in sources)
        columns = (self.places.origins.get(row), *(self.columns.get(source) for source in reversed(sources)))
        cells = tuple(cell for one in columns for cell in self._cite(one, row) if cell.found)
        said = ServiceNamed(number, name, self.places.communes.get(row, ""))
        return Entry(str(said) if number or name else None), cells

    def _template(self, source: str, row: int) -> Origin:
        made = {name: self.make(name, row) for name in TEMPLATE.findall(source)}
        citations = tuple(citation for _, cited in made.values() for citation in cited)
        values = {name: entry.value for name, (entry, _) in made.items()}
        if any(value is None for value in values.values()):
            return _BLANK, citations
        return Entry(TEMPLATE.sub(lambda m: _inserted(m[1], values[m[1]]), source)), citations


def _inserted(name: str, value: object) -> str:
    """Codes as they are, texts as identifiers."""
    return str(value) if name.startswith("@") else slug(str(value))


def slug(text: str) -> str:
    """Short identifier of a text.

    Examples
    --------
    >>> slug("Les P'tits Loups (Bourg)"), slug("CRÈCHE")
    ('les-p-tits-loups-bourg', 'creche')
    """
    return re.sub(r"[^0-9a-z]+", "-", normalise(text)).strip("-")
