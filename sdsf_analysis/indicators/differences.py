"""Why a share of inhabitants covered that the analyst knows is not ours: the other readings, one by one.

The same conventions give several percentages: by population year, by perimeter or by signatories, in effect
or signed, with the communes that join later, with the conventions whose renewal is under way, in communes
rather than inhabitants. Each is computed, and those that give the analyst's number at its rounding are named.
"""

from dataclasses import dataclass
from itertools import product
from math import isnan

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import check_choice, choices_said
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import (
    BASES,
    OF,
    ctg_states,
    members_of,
    perimeters,
    running_conventions,
)
from sdsf_analysis.indicators.populations import commune_count, population_of, population_years
from sdsf_analysis.indicators.question import Question
from sdsf_analysis.indicators.remarks import not_received
from sdsf_analysis.indicators.signatories import signatory_communes
from sdsf_analysis.indicators.territories import communes_of
from sdsf_analysis.model.french import french_date, number, percent, plural
from sdsf_analysis.model.tables import Tables

SHOWN = 3
_NEARLY = 1e-9


@dataclass(frozen=True)
class Reading:
    """One way of counting the share covered.

    Attributes
    ----------
    population_year : int or None
        Year of the inhabitants; None counts communes.
    of : str
        ``perimeter`` or ``signatories``.
    basis : str
        ``effective`` or ``signed``.
    late : bool
        Whether the communes that join later, or that have left, count from the beginning to the end.
    renewals : bool
        Whether the conventions that have ended and are being renewed count.
    """

    population_year: int | None
    of: str = "perimeter"
    basis: str = "effective"
    late: bool = False
    renewals: bool = False

    def changes(self, ours: "Reading") -> list[str]:
        """Say in French how it differs from another reading."""
        words = []
        if self.population_year is None and ours.population_year is not None:
            words.append("compter les communes au lieu des habitants")
        elif self.population_year is not None and ours.population_year is None:
            words.append(f"compter les habitants (population {self.population_year}) au lieu des communes")
        elif self.population_year != ours.population_year:
            words.append(f"prendre la population {self.population_year} au lieu de {ours.population_year}")
        if self.of != ours.of:
            names = {"signatories": "les collectivités signataires", "perimeter": "les périmètres"}
            words.append(f"prendre {names[self.of]} au lieu {names[ours.of].replace('les ', 'des ')}")
        if self.basis != ours.basis:
            signed = "ne compter que les CTG déjà signées à cette date"
            words.append(signed if self.basis == "signed" else "compter aussi les CTG signées plus tard")
        if self.late != ours.late:
            words.append("compter les communes entrées plus tard ou sorties")
        if self.renewals != ours.renewals:
            words.append("compter les CTG échues dont le renouvellement est en cours")
        return words


def explain_difference(
    mine: float,
    ours: pd.DataFrame,
    *,
    territory: str | None = None,
    tables: Tables | None = None,
) -> str:
    """Say why a percentage that the analyst knows differs from ours.

    Parameters
    ----------
    mine : float
        The other percentage, as it is written: 73.2 is compared at one decimal, 73 at none.
    ours : pandas.DataFrame
        What `ctg_counters`, `ctg_coverage` or `ctg_history` gave: the share of its inhabitants is compared.
    territory : str, optional
        Which territory of a coverage, where it has several.
    tables : Tables, optional
        The tables that ``ours`` was asked of; it remembers them, unless it was read again from a file.

    Returns
    -------
    str
        One paragraph of French: both numbers with what ours rests on, then the readings that give the
        analyst's, those with the fewest changes first, else the nearest one.

    Raises
    ------
    QuestionError
        If ``mine`` is not a percentage, ``ours`` no answer on the coverage, or the territory none of its own.

    Examples
    --------
    >>> from sdsf_analysis.indicators.counters import ctg_counters
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ours = ctg_counters(example_tables(), "2021-02-01")
    >>> print(explain_difference(13.3, ours).split(". ")[1].replace(chr(8239), " "))
    On retrouve 13,3 % (500 habitants sur 3 750) si l'on décide de ne compter que les CTG déjà signées...
    """
    value, decimals = _percentage(mine)
    asked = _question(ours)
    tables = tables or getattr(asked, "tables", None)
    if tables is None:
        raise QuestionError(
            "Ce résultat a été relu d'un fichier : donner aussi les tables, "
            "explain_difference(…, tables=ws.tables)."
        )
    if tables.ctg.empty:
        return " ".join(not_received(tables, "ctg"))
    parts = asked.parts
    day = pd.Timestamp(parts["on"])
    code = parts.get("territory") or territory
    if parts["name"] == "ctg_coverage":
        code = _one_territory(ours, code)
    communes = communes_of(tables, day, parts.get("by", "epci"), code)
    _, years = population_of(tables.territories, tables.families, parts.get("population_year"))
    reading = Reading(years[0] if len(years) == 1 else None, parts["of"], parts["basis"])
    found = _readings(tables, day, communes, reading)
    return _paragraph(value, decimals, day, reading, found)


def _percentage(mine: float) -> tuple[float, int]:
    """Give the percentage and its number of decimals."""
    if isinstance(mine, bool) or not isinstance(mine, int | float) or not 0 <= mine <= 100:
        raise QuestionError(
            f"« {mine} » n'est pas un pourcentage : écrire un nombre de 0 à 100, par exemple 73.2."
        )
    written = repr(float(mine))
    decimals = len(written.partition(".")[2]) if "e" not in written else 9
    return float(mine), 0 if float(mine).is_integer() else decimals


def _question(ours: pd.DataFrame) -> Question:
    asked = ours.attrs.get("question") if isinstance(ours, pd.DataFrame) else None
    if not isinstance(asked, str):
        raise QuestionError(
            "Le second argument est le résultat de ctg_counters, ctg_coverage ou ctg_history, tel que rendu."
        )
    return asked if isinstance(asked, Question) else Question(asked)


def _one_territory(ours: pd.DataFrame, territory: str | None) -> str:
    codes = list(dict.fromkeys(map(str, ours["territory"])))
    if territory is None and len(codes) == 1:
        return codes[0]
    if territory is None:
        raise QuestionError(f"Dire quel territoire comparer (territory). {choices_said('', codes)}")
    return check_choice("Territoire inconnu (territory)", territory, codes)


def _readings(
    tables: Tables, day: pd.Timestamp, communes: pd.Series, ours: Reading
) -> dict[Reading, tuple[float, float]]:
    """Give covered and whole counts of every reading that the tables allow; ours comes first."""
    years: list[int | None] = [*population_years(tables.territories, tables.families), None]
    counts = {year: _count(tables, communes, year) for year in {ours.population_year, *years}}
    signed = OF if not tables.ctg_partners.empty else OF[:1]
    found = {}
    for of, basis, late, renewals in product(signed, BASES, (False, True), (False, True)):
        covered = _covered(tables, day, Reading(None, of, basis, late, renewals))
        for year, count in counts.items():
            part = count[is_in(pd.Series(count.index), covered)].sum(skipna=False)
            if count.notna().all():
                found[Reading(year, of, basis, late, renewals)] = (float(part), float(count.sum()))
    order = sorted(found, key=lambda reading: (len(reading.changes(ours)), str(reading)))
    return {reading: found[reading] for reading in order}


def _count(tables: Tables, communes: pd.Series, year: int | None) -> pd.Series:
    if year is None:
        frame = commune_count(tables.territories)
    else:
        frame, _ = population_of(tables.territories, tables.families, year)
    return frame.set_index("commune")["value"].reindex(pd.Index(communes, name="commune"))


def _covered(tables: Tables, day: pd.Timestamp, reading: Reading) -> pd.Series:
    conventions = running_conventions(tables.ctg, day, reading.basis)
    rows = _communes(tables, conventions, day, reading)
    if reading.renewals:
        ended = tables.ctg[ctg_states(tables.ctg, day, tables.membership) == "renewal"]
        # the perimeter of a convention that has ended is that of its last day
        last = [_communes(tables, one, one["ends_on"].iloc[0], reading) for _, one in ended.groupby("ctg")]
        rows = pd.concat([rows, *last])
    return rows.drop_duplicates()


def _communes(tables: Tables, conventions: pd.DataFrame, day: pd.Timestamp, reading: Reading) -> pd.Series:
    if reading.of == "signatories":
        return signatory_communes(tables, conventions, day)["commune"]
    if reading.late:
        rows = perimeters(tables.membership)
        return rows.loc[is_in(rows["ctg"], conventions["ctg"]), "commune"]
    return members_of(tables, conventions, day)["commune"]


def _paragraph(
    mine: float,
    decimals: int,
    day: pd.Timestamp,
    ours: Reading,
    found: dict[Reading, tuple[float, float]],
) -> str:
    """Write both numbers, then the readings that give the analyst's, else the nearest."""
    opening = f"Vous avez {percent(mine, decimals)}"
    if ours not in found:
        return f"{opening} ; notre pourcentage n'est pas connu, faute d'une population pour chaque commune."
    shares = {reading: _share(*parts) for reading, parts in found.items()}
    shares = {reading: share for reading, share in shares.items() if not isnan(share)}
    if ours not in shares:
        return f"{opening} ; le nôtre n'existe pas : le territoire n'a aucun habitant."
    head = f"{opening}, nous {percent(shares[ours], max(decimals, 1))} ({_rests_on(ours, found[ours], day)})."
    if _agrees(shares[ours], mine, decimals):
        return f"{head} À cet arrondi, il n'y a pas de différence."
    same = [reading for reading in shares if _agrees(shares[reading], mine, decimals)]
    if same:
        fewest = len(same[0].changes(ours))
        ways = [_way(reading, ours, found) for reading in same if len(reading.changes(ours)) == fewest]
        others = "" if len(ways) == 1 else f" Autre lecture possible : {' ; ou '.join(ways[1:SHOWN])}."
        return f"{head} On retrouve {percent(mine, decimals)} {ways[0]}.{others}"
    nearest = min(shares, key=lambda reading: (abs(shares[reading] - mine), len(reading.changes(ours))))
    missed = f"{head} Aucune des {len(shares)} lectures de nos tables ne donne {percent(mine, decimals)}"
    if nearest == ours:
        return f"{missed} : la nôtre est la plus proche. Comparer la liste des communes et les dates des CTG."
    near = percent(shares[nearest], max(decimals, 1))
    return (
        f"{missed} : la plus proche donne {near} {_way(nearest, ours, found)}. "
        "Comparer aussi la liste des communes et les dates des CTG."
    )


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole else float("nan")


def _agrees(share: float, mine: float, decimals: int) -> bool:
    return abs(share - mine) <= 0.5 * 0.1**decimals + _NEARLY


def _way(reading: Reading, ours: Reading, found: dict[Reading, tuple[float, float]]) -> str:
    steps = " et ".join(f"de {step}" for step in reading.changes(ours))
    return f"({_parts(reading, found[reading])}) si l'on décide {steps}"


def _parts(reading: Reading, parts: tuple[float, float]) -> str:
    noun = "commune" if reading.population_year is None else "habitant"
    return f"{plural(parts[0], noun)} sur {number(parts[1])}"


def _rests_on(ours: Reading, parts: tuple[float, float], day: pd.Timestamp) -> str:
    year = f", population municipale {ours.population_year}" if ours.population_year else ""
    of = "collectivités signataires" if ours.of == "signatories" else "communes des périmètres"
    basis = "signées et en vigueur" if ours.basis == "signed" else "en vigueur, signées ou non,"
    return f"{_parts(ours, parts)}{year} ; {of} des CTG {basis} au {french_date(day)}"
