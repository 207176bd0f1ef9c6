"""A fact sheet, ready to be laid out: what it says of a territory, and the analyst's own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sdsf_analysis.indicators.territories import level_rows
from sdsf_analysis.model.french import capital, french_date
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.publish.factsheets.facts import Facts
from sdsf_analysis.publish.factsheets.sections import Section, sections
from sdsf_analysis.publish.factsheets.texts import HEADINGS

LEVELS = ("epci", "ctg")
_SOURCES = (
    "Sources : Caf, MSA, Département (PMI), Insee, Cnaf, préfecture : fichiers reçus et données publiques. "
    "« n. d. » : non disponible, ce qui n'est pas zéro. « Au moins » : une partie n'est pas connue. "
    "Territoire : sa partie située dans le département."
)


@dataclass(frozen=True)
class Sheet:
    """What the sheet of a territory says.

    Attributes
    ----------
    code, name : str
    kind : str
        EPCI, CTG.
    on : datetime.date
    schema : str
        Name of the SDSF.
    communes : tuple of str
        Codes of its communes, for the map.
    sections : list of Section
    texts : mapping of str to list of str
        The analyst's words, by heading.
    notes : list of str
    fictitious : bool
    """

    code: str
    name: str
    kind: str
    on: date
    schema: str
    communes: tuple[str, ...]
    sections: list[Section]
    texts: Mapping[str, list[str]]
    notes: list[str]
    fictitious: bool

    @property
    def subtitle(self) -> str:
        """Kind of territory, plan and date."""
        return f"{capital(self.kind)} · {self.schema} · situation au {french_date(self.on)}"

    @property
    def words(self) -> list[tuple[str, list[str]]]:
        """The analyst's words, each under its heading."""
        return [(title, self.texts[key]) for key, title in HEADINGS.items() if self.texts.get(key)]


def territories(tables: Tables, on: pd.Timestamp, level: str) -> dict[str, str]:
    """Name of each territory that has a sheet, by its code.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> sorted(territories(example_tables(), pd.Timestamp("2024-06-30"), "epci"))
    ['E1', 'E2']
    """
    held = level_rows(tables.membership, level, on)["territory"].unique()
    if level == "ctg":
        known = tables.ctg.drop_duplicates("ctg").set_index("ctg")["name"]
    else:
        known = tables.territories[tables.territories["level"] == level].set_index("territory")["name"]
    return {str(code): str(known.get(code, code)) for code in sorted(held)}


def sheets(  # noqa: PLR0913 - what is said of a territory, each by its name
    tables: Tables,
    on: pd.Timestamp,
    level: str,
    *,
    schema: str,
    threshold: int,
    audience: str,
    texts: Mapping[str, Mapping[str, list[str]]],
    fictitious: bool,
) -> Iterator[Sheet]:
    """Write the sheets of a level, each indicator asked once for all.

    Parameters
    ----------
    tables : Tables
    on : pandas.Timestamp
    level : {"epci", "ctg"}
    schema : str
        Name of the SDSF.
    threshold : int
        Persons fewer than this are not written.
    audience : str
        For whom the sheets are made.
    texts : mapping of str to mapping
        The analyst's words, by territory and heading.
    fictitious : bool

    Yields
    ------
    Sheet
    """
    facts = Facts(tables, on, level, threshold, audience)
    for code, name in territories(tables, on, level).items():
        inside = facts.perimeters[level]
        yield Sheet(
            code=code,
            name=name,
            kind=choices("level")[level],
            on=on.date(),
            schema=schema,
            communes=tuple(inside.loc[inside["territory"] == code, "commune"]),
            sections=sections(facts, code),
            texts=texts.get(code, {}),
            notes=[_SOURCES],
            fictitious=fictitious,
        )
