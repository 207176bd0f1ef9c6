"""The communes of a row that names an EPCI, or the whole département, instead of a commune."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.checks import TEMPLATE
from sdsf_analysis.recipes.parse import Context, Parsed
from sdsf_analysis.recipes.recipe import Output
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.answers import Asked
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.epcis import epcis_of
from sdsf_analysis.territories.names import CommuneIndex
from sdsf_analysis.territories.several import communes_named

CODE, COMMUNES = "@area:", "@area_communes:"
_WHOLE = (
    "departement",
    "le departement",
    "tout le departement",
    "ensemble du departement",
    "departement entier",
)


class Area(NamedTuple):
    """A territory that a row names: its code, and its communes in the département."""

    code: str
    communes: tuple[str, ...]


@dataclass
class Areas:
    """Territories named by the cells of some columns, by name of the column and row; rows that name none."""

    found: dict[tuple[str, int], Area] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def find_areas(
    outputs: Iterable[Output], columns: Mapping[str, Parsed], context: Context, index: CommuneIndex
) -> Areas:
    """Find the territory of each row, where the outputs of a recipe ask for it.

    Parameters
    ----------
    outputs : iterable of Output
        Those of the recipe: ``@area:column`` and ``@area_communes:column`` ask for a territory.
    columns : mapping of str to Parsed
        Columns read, by name in the recipe.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département, of the geography year.
    """
    areas = Areas()
    for name in sorted(set(_asked(outputs)) & columns.keys()):
        parsed = columns[name]
        for row, entry in parsed.entries.items():
            if entry.value is not None:
                _add(areas, (name, row), parsed, context, index)
    return areas


def _asked(outputs: Iterable[Output]) -> Iterator[str]:
    for output in outputs:
        for source in output.columns.values():
            for word in TEMPLATE.findall(source) or [source]:
                if word.startswith((CODE, COMMUNES)):
                    yield word.partition(":")[2]


def _add(areas: Areas, place: tuple[str, int], parsed: Parsed, context: Context, index: CommuneIndex) -> None:
    row = place[1]
    text = str(parsed.entries[row].value)
    cell = context.table.cell(row, parsed.match.column.index)
    # the line breaks of a cell part its EPCI, and its text as read has none
    if area := read_area(text, index) or (_several(cell, index) if isinstance(cell, str) else None):
        areas.found[place] = area
        return
    areas.refused.add(row)
    problem = context.problem(parsed.match, row, "epci_unknown")
    near = epcis_of(index.year).answer(text, Asked(index.departement)).suggestions
    said = " ; ".join(f"{one.name} ({one.code})" for one in near)
    areas.problems.append(replace(problem, suggestion=f"Peut-être : {said}." if said else ""))


def read_area(text: str, index: CommuneIndex) -> Area | None:
    """Territory that a text names exactly: EPCI of the département, one or several, or the whole département.

    Parameters
    ----------
    text : str
        A name, a SIREN, or both.
    index : CommuneIndex
        Communes of the département, of the geography year.

    Examples
    --------
    >>> area = read_area("CC Bugey Sud", CommuneIndex("01", 2026))
    >>> area.code, len(area.communes)
    ('200040350', 41)
    >>> len(read_area("Tout le département", CommuneIndex("01", 2026)).communes)
    391
    >>> len(read_area("CC Bugey Sud et CA du Pays de Gex", CommuneIndex("01", 2026)).communes)
    68
    >>> read_area("Grand Bugey", CommuneIndex("01", 2026)) is None
    True
    """
    known = atlas(index.year)
    own = sorted(code for code, departement in known.departements.items() if departement == index.departement)
    if normalise(text) in _whole(index.departement):
        return Area(f"departement-{index.departement}", tuple(own))
    answer = epcis_of(index.year).answer(text, Asked(index.departement))
    communes = tuple(code for code in own if known.epci.get(code) == answer.code)
    return Area(answer.code, communes) if answer.code and communes else _several(text, index)


def _several(text: str, index: CommuneIndex) -> Area | None:
    """Several EPCI that one cell names are one territory, whose figures nobody shared out among them."""
    parts = [one.text for one in communes_named(text, index)]
    areas = [read_area(part, index) for part in parts] if len(parts) > 1 else []
    named = sorted({area for area in areas if area})
    if not named or not all(areas):
        return None
    communes = sorted({code for area in named for code in area.communes})
    return Area("+".join(area.code for area in named), tuple(communes))


def _whole(departement: str) -> set[str]:
    row = reference.departement_row(departement)
    return {*_WHOLE, normalise(row["name"]), normalise(f"département {row['of']}")}
