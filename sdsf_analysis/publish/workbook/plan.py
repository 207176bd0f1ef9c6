"""What the workbook holds, theme by theme: which indicators are asked, how, on which sheet."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sdsf_analysis.figures.ctg_scene import STATES
from sdsf_analysis.indicators.childcare.components import LABELS
from sdsf_analysis.indicators.registry import THEMES
from sdsf_analysis.indicators.renewals import SITUATIONS
from sdsf_analysis.model.lists import choices

CONTENTS, DATA, METHODS, RECEIVED = "Sommaire", "Données", "Sources et méthodes", "Fichiers reçus"
Words = Mapping[str, str]
_YEARS_BACK, _HISTORY_YEARS = 3, 8
_RELAYS = {
    "all": "toutes ses communes",
    "part": "une partie de ses communes",
    "none": "aucun",
    "unknown": "liste des RPE non reçue",
}
_COMPONENTS = {
    **LABELS,
    "eaje": "ensemble des EAJE",
    "rounding": "arrondi des composantes",
    "total": "ensemble",
}
_READINGS = {"cnaf": "taux publié par la Cnaf", "pmi": "capacité agréée par la PMI"}


# what the codes of a list of its own read
WORDS: Mapping[str, Words] = {
    "situations": SITUATIONS,
    "states": STATES,
    "relays": _RELAYS,
    "components": _COMPONENTS,
    "readings": _READINGS,
}


@dataclass(frozen=True)
class TablePart:
    """An indicator in long form, a table of its theme's sheet.

    Attributes
    ----------
    period : str
        ``on`` for a date; ``back`` and ``history`` for two, the first some years before the date.
    chart : str
        Measure drawn as ranked bars, by which the rows are then sorted.
    title, start : str
        Title of the table instead of the indicator's, and how its measures begin; all of them without it.
    """

    name: str
    period: str = "on"
    chart: str = ""
    title: str = ""
    start: str = ""


@dataclass(frozen=True)
class ListPart:
    """An indicator that is a list, on a sheet of its own.

    Attributes
    ----------
    columns : tuple of str
        Those shown, in this order.
    words : mapping
        Column → what each of its codes reads.
    names : mapping
        Column → level of the territories that it holds the codes of.
    table : str
        Tidy table whose columns these are, for the diffusion of each.
    given : mapping
        Options that the indicator is asked with, besides the date and the level.
    blank : mapping
        Column → another one and the code of it for which the first has no sense, or names a person.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    words: Mapping[str, Words] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    period: str = "on"
    table: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    blank: Mapping[str, tuple[str, str]] = field(default_factory=dict)


Part = TablePart | ListPart


@dataclass(frozen=True)
class Theme:
    """A theme of the diagnosis: its sheet, its tables, the sheets of its lists."""

    sheet: str
    title: str
    colour: str
    tables: tuple[TablePart, ...] = ()
    lists: tuple[ListPart, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its tables, then its lists."""
        return (*self.tables, *self.lists)


def options(part: Part, on: date, declared: Mapping[str, object]) -> dict[str, object]:
    """Options that a part is asked with, among those that its function declares.

    Examples
    --------
    >>> options(TablePart("places_balance", "back"), date(2024, 12, 31), {"start": 0, "end": 0, "by": 0})
    {'end': datetime.date(2024, 12, 31), 'start': datetime.date(2021, 12, 31)}
    >>> options(TablePart("ctg_coverage"), date(2024, 2, 29), {"on": 0, "by": 0})
    {'on': datetime.date(2024, 2, 29)}
    """
    given: dict[str, object] = {one: on for one in ("on", "end") if one in declared}
    if isinstance(part, ListPart):
        given |= part.given
    years = {"back": _YEARS_BACK, "history": _HISTORY_YEARS}.get(part.period, 0)
    if years and "start" in declared:
        # the 29 of February has no like in other years
        day = min(on.day, 28) if on.month == 2 else on.day
        given["start"] = on.replace(year=on.year - years, day=day)
    return given


@cache
def themes() -> tuple[Theme, ...]:
    """Give the themes, in the order of a diagnosis, as ``plan.toml`` declares them.

    An indicator in long form that it does not name is a table of its theme all the same; a list is not: what
    of it counts persons would have to be known.

    Examples
    --------
    >>> [theme.sheet for theme in themes()][:3]
    ['CTG', 'Offre', 'Couverture']
    """
    content = tomllib.loads((files(__package__) / "plan.toml").read_text(encoding="utf-8"))
    declared = [_theme(one) for one in content["themes"]]
    named = {part.name for theme in declared for part in theme.parts}
    return tuple(replace(theme, tables=(*theme.tables, *_unnamed(theme, named))) for theme in declared)


def _unnamed(theme: Theme, named: set[str]) -> Iterator[TablePart]:
    for entry in THEMES.get(theme.title, ()):
        if entry.name not in named and not entry.is_list:
            yield TablePart(entry.name)


def _theme(declared: dict[str, Any]) -> Theme:
    tables = tuple(TablePart(**one) for one in declared.pop("tables", ()))
    lists = tuple(_list(one) for one in declared.pop("lists", ()))
    return Theme(**declared, tables=tables, lists=lists)


def _list(declared: dict[str, Any]) -> ListPart:
    words = {column: WORDS.get(name) or choices(name) for column, name in declared.pop("words", {}).items()}
    blank = {column: (other, code) for column, (other, code) in declared.pop("blank", {}).items()}
    return ListPart(columns=tuple(declared.pop("columns")), words=words, blank=blank, **declared)
