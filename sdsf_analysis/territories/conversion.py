"""Tables taken from the communes of one year to those of another one.

Counts are summed when communes merge; a rate is refused without its denominator; a split is never guessed:
it is a question, with the shares of population as a suggestion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.model.french import percent, plural
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.extents import changed, communes_of, leads
from sdsf_analysis.territories.holders import names
from sdsf_analysis.territories.summing import add_counts, beside, mean_rates

__all__ = ["Columns", "Conversion", "convert", "shares"]

# INSEE writes the events of the communes from this year on
_FIRST_YEAR = 1943
_REFUSED = ["row", "commune", "column", "reason", "message"]
_WHY = {
    "incomplete": "une des communes réunies n'a pas de ligne, la somme n'est pas connue. Demander la ligne.",
    "overlap": "une ancienne commune est écrite à côté de celle qui la contient. Garder l'une ou l'autre.",
    "rate": "un taux ne se fait pas de plusieurs taux. Demander l'effectif sur lequel il porte.",
}
_QUESTIONS = ["row", "commune", "part", "name", "population", "population_year", "share", "message"]


@dataclass(frozen=True)
class Columns:
    """What the columns of a table to convert mean.

    Attributes
    ----------
    counts : sequence of str
        Columns that are summed when communes merge. A sum with a part that is not known is not known; its
        bounds add up.
    rates : mapping
        Rate → the column of its denominator, by which its numerator is found again, summed, then divided.
        Without denominator (None), a rate is kept only where its commune is the same in both years.
    keys : sequence of str
        Columns that tell the rows of one commune apart (year, measure…).
    code : str
        Column of the codes.
    absent : str
        What it means that a member of a merger has no row: nothing is known of it, or it counts for zero.
    """

    counts: Sequence[str] = ()
    rates: Mapping[str, str | None] = field(default_factory=dict)
    keys: Sequence[str] = ()
    code: str = "commune"
    absent: Literal["unknown", "zero"] = "unknown"

    @property
    def by(self) -> list[str]:
        """Columns that identify a row."""
        return [self.code, *self.keys]

    @property
    def quantities(self) -> list[str]:
        """Counts, then rates."""
        return [*self.counts, *self.rates]


@dataclass(frozen=True)
class Conversion:
    """A table on the communes of another year, and what could not be taken there.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns asked, one row per commune and keys, sorted.
    questions : pandas.DataFrame
        Rows of communes that were split: row (its index), commune (as written), then one line per part,
        name, population, population_year, share (of the population of the parts), message.
    refused : pandas.DataFrame
        What is not given: row, commune, column, reason (``unknown``: no trail; ``incomplete``: a member of
        the merger has no row; ``overlap``: a part and its whole; ``rate``: no denominator), message.
    """

    table: pd.DataFrame
    questions: pd.DataFrame
    refused: pd.DataFrame


def convert(frame: pd.DataFrame, to: int, *, since: int, columns: Columns) -> Conversion:
    """Take a table from the communes of one year to those of another one.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per commune and keys. Beside a column ``x``, its ``x_status``, ``x_low`` and ``x_high`` (or
        ``status``, ``low``, ``high`` beside ``value``) follow it where they are.
    to, since : int
        Geography of the answer, one of `reference.YEARS`, and of the codes, from 1943.
    columns : Columns
        What is summed, what is a rate, what identifies a row.

    Returns
    -------
    Conversion

    Raises
    ------
    TerritoryError
        If a year is not shipped or followed, a column is absent, or two rows bear the same commune and keys.

    Examples
    --------
    >>> old = pd.DataFrame({"commune": ["01039", "01138"], "births": [4.0, 31.0]})
    >>> convert(old, 2026, since=2022, columns=Columns(counts=["births"])).table
      commune  births
    0   01138    35.0
    """
    _check(frame, columns)
    _check_since(since)
    codes = frame[columns.code].tolist()
    ends = leads(since, reference.check_year(to))
    found = [ends.get(code, ()) for code in codes]
    split = [(row, *pair) for row, *pair in zip(frame.index, codes, found, strict=True) if len(pair[1]) > 1]
    unknown = [(row, code) for row, code, end in zip(frame.index, codes, found, strict=True) if not end]
    moved = frame[np.array([len(end) == 1 for end in found], dtype=bool)]
    table, refused = _converted(moved, [end[0] for end in found if len(end) == 1], columns, since, to)
    questions = _questions(split, to)
    return Conversion(table, questions, pd.concat([_unknown(unknown, since), refused], ignore_index=True))


def _converted(
    moved: pd.DataFrame, targets: list[str], columns: Columns, since: int, to: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of communes that did not change as they are, the others summed."""
    own = moved[columns.code].tolist()
    whole, members = changed(since, to), communes_of(since)
    strangers = {target for code, target in zip(own, targets, strict=True) if code not in members}
    others = strangers | whole.keys()
    is_same = np.array([target not in others for target in targets], dtype=bool)
    names = [*columns.by, *(c for q in columns.quantities for c in (q, *beside(moved, q).values()))]
    coded = moved.assign(_own=own, **{columns.code: pd.Series(targets, index=moved.index, dtype="str")})
    rows = coded[~is_same]
    groups = _extents(rows, whole, members, columns)
    parts = [_counted(rows, columns.by, column, groups) for column in columns.counts]
    parts += [_rated(rows, columns.by, *rate, groups) for rate in columns.rates.items()]
    table = coded.loc[is_same, names]
    if len(groups):
        table = pd.concat([table, pd.concat([groups[[]], *parts], axis=1).reset_index()])
    return table.sort_values(columns.by, ignore_index=True)[names], _refusals(groups, columns, to)


def _check_since(since: int) -> None:
    if since < _FIRST_YEAR:
        raise TerritoryError(
            f"Les codes de {since} ne sont pas suivis : les événements connus commencent en {_FIRST_YEAR}."
        )


def _check(frame: pd.DataFrame, columns: Columns) -> None:
    named = [*columns.by, *columns.quantities, *(below for below in columns.rates.values() if below)]
    if lost := [column for column in named if column not in frame]:
        known = ", ".join(map(str, frame.columns))
        raise TerritoryError(f"Le tableau n'a pas de colonne « {lost[0]} » : ses colonnes sont {known}.")
    twice = frame[frame.duplicated(columns.by)]
    if len(twice):
        what = ", ".join(str(value) for value in twice.iloc[0][columns.by])
        raise TerritoryError(
            f"Plusieurs lignes portent la même clé ({what}) : les regrouper, ou nommer dans « keys » "
            "la colonne qui les distingue."
        )


def _extents(
    moved: pd.DataFrame, whole: Mapping[str, frozenset[str]], members: frozenset[str], columns: Columns
) -> pd.DataFrame:
    """What each group is made of: its first row, whether its rows are the whole, and that alone."""
    sizes = [len(whole.get(commune, (commune,))) for commune in moved[columns.code]]
    is_part = [int(code in members) for code in moved["_own"]]
    rows = moved[columns.by].assign(row=moved.index, expected=sizes, present=is_part, n=1)
    how = {"row": "first", "expected": "first", "present": "sum", "n": "sum"}
    groups = rows.groupby(columns.by, sort=True).agg(how)
    # a former commune written beside the one that already held it would count twice
    groups["overlap"] = (groups["present"] > 0) & (groups["present"] < groups["n"])
    is_all = (groups["present"] == groups["expected"]) | (columns.absent == "zero")
    groups["whole"] = ~groups["overlap"] & is_all
    return groups.assign(same=(groups[["n", "expected", "present"]] == 1).all(axis=1))


def _counted(moved: pd.DataFrame, by: list[str], column: str, groups: pd.DataFrame) -> pd.DataFrame:
    """Sums of a count; that of a whole without one of its members is not known, but cannot be less."""
    sums, names = add_counts(moved, by, column), beside(moved, column)
    partial = ~groups["whole"]
    sums[column] = sums[column].mask(partial)
    if "status" in names:
        sums[names["status"]] = sums[names["status"]].mask(
            partial & (sums[names["status"]] == "known"), "missing"
        )
    if "low" in names:
        least = sums[names["low"]].fillna(add_counts(moved, by, column)[column])
        sums[names["low"]] = sums[names["low"]].where(~partial, least).mask(groups["overlap"])
    if "high" in names:
        sums[names["high"]] = sums[names["high"]].mask(partial)
    return sums


def _rated(
    moved: pd.DataFrame, by: list[str], rate: str, below: str | None, groups: pd.DataFrame
) -> pd.DataFrame:
    """Rates: as written where the commune is the same, else found again by their denominator, else none."""
    own = moved[[rate, *beside(moved, rate).values()]].groupby([moved[name] for name in by]).first()
    if below:
        means = mean_rates(moved, by, rate, below)
        return own.where(groups["same"], means)
    nothing = own.where(groups["same"])
    if "status" in (names := beside(moved, rate)):
        nothing[names["status"]] = nothing[names["status"]].fillna("missing")
    return nothing


def _refusals(groups: pd.DataFrame, columns: Columns, to: int) -> pd.DataFrame:
    partial = groups[~groups["whole"]]
    merged = groups[groups["whole"] & ~groups["same"]]
    frames = [_refused(partial, column, to) for column in columns.quantities]
    frames += [_refused(merged, rate, to) for rate, below in columns.rates.items() if not below]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_REFUSED)


def _refused(groups: pd.DataFrame, column: str, to: int) -> pd.DataFrame:
    reason = groups["overlap"].map({True: "overlap", False: "incomplete"}).mask(groups["whole"], "rate")
    communes = groups.index.get_level_values(0)
    told = [
        f"{names(to)[commune]} ({commune}) : {_WHY[why]}"
        for commune, why in zip(communes, reason, strict=True)
    ]
    found = {"row": groups["row"], "commune": communes, "column": column, "reason": reason, "message": told}
    return pd.DataFrame(found)[_REFUSED]


def _unknown(rows: list[tuple[Any, str]], since: int) -> pd.DataFrame:
    told = "« {} » n'est le code d'aucune commune connue en {}."
    found = [(row, code, "", "unknown", told.format(code, since)) for row, code in rows]
    return pd.DataFrame(found, columns=_REFUSED)


def _questions(split: list[tuple[Any, str, tuple[str, ...]]], to: int) -> pd.DataFrame:
    """Parts of the communes that were split, each with its share of their population."""
    tables = {whole: shares(whole, to) for _, _, whole in split}
    frames = [
        tables[whole].assign(row=row, commune=code, message=_asked(code, tables[whole], to))
        for row, code, whole in split
    ]
    return pd.concat(frames, ignore_index=True)[_QUESTIONS] if frames else pd.DataFrame(columns=_QUESTIONS)


def _asked(code: str, parts: pd.DataFrame, to: int) -> str:
    told = ", ".join(
        f"{part} ({own}, {percent(share, 0)})" if pd.notna(share) else f"{part} ({own})"
        for own, part, share in zip(parts["part"], parts["name"], 100 * parts["share"], strict=True)
    )
    return f"« {code} » correspond à {plural(len(parts), 'commune')} en {to} : {told}. Dire comment répartir."


def shares(communes: tuple[str, ...], year: int) -> pd.DataFrame:
    """Share of each commune in the population of all, as a suggestion for what was one.

    Parameters
    ----------
    communes : tuple of str
        Codes in force.
    year : int
        Geography year; the populations are those of its release.

    Returns
    -------
    pandas.DataFrame
        In the order of the codes: part, name, population, population_year, share (0 to 1; missing for all
        where one population is).

    Examples
    --------
    >>> shares(("14666", "14712"), 2026)["share"].round(2).tolist()
    [0.36, 0.64]
    """
    rows = [(code, *_known(year)[code]) for code in communes]
    frame = pd.DataFrame(rows, columns=["part", "name", "population", "population_year"])
    total = frame["population"].sum(skipna=False)
    return frame.assign(share=frame["population"] / total if total else float("nan"))


@cache
def _known(year: int) -> dict[str, tuple[Any, ...]]:
    """Name, population and its year of each commune of a release."""
    frame = reference.communes(year)
    numbers = (frame[name].astype("Float64").astype("float64") for name in ("population", "population_year"))
    columns = [frame["name"].tolist(), *(column.tolist() for column in numbers)]
    return dict(zip(frame["code"].tolist(), zip(*columns, strict=True), strict=True))
