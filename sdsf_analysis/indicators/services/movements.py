"""Places that appear and disappear between two dates, service by service."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.services.kinds import kinds_of, lacking
from sdsf_analysis.indicators.services.standing import capacities, located
from sdsf_analysis.indicators.services.transitions import reasons, transitions
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

MOVEMENTS = {
    "created": "création",
    "reopened": "réouverture",
    "extended": "extension",
    "moved_in": "arrivée d'un autre territoire",
    "not_dated": "vu d'abord dans une liste, sans date d'ouverture",
    "reduced": "réduction",
    "moved_out": "départ vers un autre territoire",
    "frozen": "gel",
    "closed": "fermeture",
    "left": "sorti des listes, sans date de fermeture",
}
COUNTED = ("places", "services")
COLUMNS = (
    *("date", "territory", "movement", "label", "service", "name", "kind", "commune"),
    *("value", "status", "low", "high"),
)
_OTHER_KIND = "other_kind"


class Period(NamedTuple):
    """What a question on two dates is made of: rows of the services, their size, where they are."""

    offer: pd.DataFrame
    size: pd.DataFrame
    pairs: pd.DataFrame
    zones: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp
    said: list[str]


def places_movements(  # noqa: PLR0913 - what is counted, where and when, each by its name
    tables: Tables,
    start: Day,
    end: Day,
    by: str = "epci",
    *,
    kinds: Sequence[str] = ("eaje",),
    of: str = "places",
) -> pd.DataFrame:
    """List what adds and takes away places between two dates: each service, its day, its reason.

    Parameters
    ----------
    tables : Tables
    start, end : str or datetime.date
        What is open at the end of the first day is the beginning; changes up to the second one, included.
    by : str
        Level of the territories.
    kinds : sequence of str
        Kinds of ``offer_kind``, families, or ``eaje``; of one unit of capacity.
    of : {"places", "services"}
        What is counted: capacity, or services (one each).

    Returns
    -------
    pandas.DataFrame
        One row per change and territory, by date: date, territory, movement, label, service, name, kind,
        commune, value (less than zero for what is lost), status, low, high.

    Raises
    ------
    QuestionError
        If a day, a level or a kind is unknown, the end is before the start, or the kinds have several units.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = places_movements(example_tables(), "2023-12-31", "2024-12-31")
    >>> found[["date", "territory", "movement", "service", "value"]].astype(str).values.tolist()
    [['2024-09-01', 'E1', 'extended', 'c1', '6.0'], ['2024-09-01', 'E2', 'closed', 'm1', '-12.0'],
     ['2024-12-31', 'E1', 'not_dated', 'c2', '18.0']]
    """
    period = read_period(tables, start, end, by, kinds=kinds, of=of)
    found = signed(period)
    rows = period.offer.loc[found["row"], ["service", "name", "kind", "commune"]].reset_index(drop=True)
    frame = pd.concat([found.drop(columns="row"), rows], axis=1)
    frame["label"] = frame["movement"].map(MOVEMENTS).astype("str")
    frame = frame.sort_values(["date", "territory", "service", "movement"], ignore_index=True)
    return remark(frame[list(COLUMNS)], period.said)


def read_period(  # noqa: PLR0913 - as the question
    tables: Tables, start: Day, end: Day, by: str, *, kinds: Sequence[str], of: str
) -> Period:
    """Read the question of `places_movements` and gather what answers it.

    Raises
    ------
    QuestionError
        As `places_movements` says.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = read_period(example_tables(), "2023-12-31", "2024-12-31", "epci", kinds=["eaje"], of="places")
    >>> found.offer["service"].tolist()
    ['c1', 'c1', 'c2', 'm1', 'p1']
    """
    first, last = read_date(start), read_date(end)
    if last < first:
        raise QuestionError(
            f"La fin ({last.date()}) vient avant le début ({first.date()}) : échanger start et end."
        )
    check_choice("Compte inconnu (of)", of, COUNTED)
    wanted = kinds_of(kinds)
    zones = members(tables.membership, departement_communes(tables.territories)["commune"], by, last)
    offer = _rows(tables.offer, wanted)
    size = _size(tables.offer, offer, wanted, of)
    pairs, nowhere = located(tables, offer, zones)
    said = [
        *lacking(tables.offer, wanted),
        listed("Services sans commune connue, comptés dans aucun territoire", nowhere),
        _never_dated(offer, first, last),
    ]
    return Period(offer, size, pairs, zones, first, last, said)


def _rows(offer: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """Rows of every service that is one day of the kinds; on other days it is of another kind."""
    inside = is_in(offer["kind"], pd.Series(kinds, dtype="str"))
    rows = offer[is_in(offer["service"], offer.loc[inside, "service"])]
    rows = rows.sort_values(["service", "valid_from"], ignore_index=True)
    return rows.assign(stage=rows["stage"].where(rows["kind"].isin(kinds), _OTHER_KIND))


def _size(offer: pd.DataFrame, rows: pd.DataFrame, kinds: list[str], of: str) -> pd.DataFrame:
    if of == "services":
        one = pd.DataFrame({"value": 1.0, "status": "known"}, index=rows.index)
        return one.assign(low=np.nan, high=np.nan)[BOUNDED]
    size = capacities(offer, rows)
    units = sorted(size.loc[rows["kind"].isin(kinds), "unit"].dropna().unique())
    if len(units) > 1:
        labels = choices("capacity_unit")
        raise QuestionError(
            f"Des capacités en {' et en '.join(labels[unit] for unit in units)} ne s'additionnent pas : "
            "choisir des types de service (kinds) d'une même unité, ou compter les services (of=services)."
        )
    return size[BOUNDED]


def signed(period: Period) -> pd.DataFrame:
    """Give what each change adds to each territory, or takes from it.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> told = read_period(example_tables(), "2023-12-31", "2024-12-31", "epci", kinds=["eaje"], of="places")
    >>> signed(told)[["movement", "value"]].values.tolist()
    [['not_dated', 18.0], ['closed', -12.0], ['extended', 6.0]]
    """
    changes = transitions(period.offer, period.start, period.end)
    changes = reasons(period.offer, changes, period.start, period.end)
    changes = changes[changes["open_before"] | changes["open_after"]].rename_axis("change").reset_index()
    lost = changes.loc[changes["open_before"], ["change", "before"]].merge(
        period.pairs, left_on="before", right_on="row", validate="many_to_many"
    )
    won = changes.loc[changes["open_after"], ["change", "after"]].merge(
        period.pairs, left_on="after", right_on="row", validate="many_to_many"
    )
    sides = lost[["change", "territory"]].merge(
        won[["change", "territory"]], how="outer", indicator="side", validate="one_to_one"
    )
    told = sides.merge(changes, on="change", validate="many_to_one")
    return pd.concat(
        [_entries(period, told), _exits(period, told), _resized(period, told)], ignore_index=True
    )


def _entries(period: Period, told: pd.DataFrame) -> pd.DataFrame:
    rows = told[told["side"] == "right_only"]
    size = period.size.loc[rows["after"]].reset_index(drop=True)
    return _part(rows, rows["enters"].fillna("moved_in"), rows["after"], size)


def _exits(period: Period, told: pd.DataFrame) -> pd.DataFrame:
    rows = told[told["side"] == "left_only"]
    size = negated(period.size.loc[rows["before"]].reset_index(drop=True))
    return _part(rows, rows["leaves"].fillna("moved_out"), rows["before"], size)


def _resized(period: Period, told: pd.DataFrame) -> pd.DataFrame:
    """Extensions and reductions; where one of the two numbers is unknown, nobody knows which it is."""
    rows = told[told["side"] == "both"].reset_index(drop=True)
    before = period.size.loc[rows["before"]].reset_index(drop=True)
    after = period.size.loc[rows["after"]].reset_index(drop=True)
    change = after["value"] - before["value"]
    known = change.notna()
    size = pd.DataFrame({"value": change, "status": "known", "low": np.nan, "high": np.nan})
    words = pd.Series(np.where(change > 0, "extended", "reduced"), index=rows.index, dtype="str")
    moved = known & (change != 0)
    unknown = size.assign(status="missing")[~known]
    return pd.concat(
        [
            _part(rows[moved], words[moved], rows.loc[moved, "after"], size[moved]),
            _part(rows[~known], "extended", rows.loc[~known, "after"], unknown.assign(low=0.0)),
            _part(rows[~known], "reduced", rows.loc[~known, "after"], unknown.assign(high=0.0)),
        ],
        ignore_index=True,
    )


def _part(rows: pd.DataFrame, movement: pd.Series | str, row: pd.Series, size: pd.DataFrame) -> pd.DataFrame:
    name = movement if isinstance(movement, str) else movement.array
    frame = rows[["date", "territory"]].reset_index(drop=True).assign(movement=name, row=row.array)
    return pd.concat([frame, size.reset_index(drop=True)], axis=1).astype({"movement": "str"})


def negated(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts taken away: less than zero, their bounds exchanged.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [None], "status": ["secret"], "low": [1.0], "high": [4.0]})
    >>> negated(rows.astype({"value": "float64"})).values.tolist()
    [[nan, 'secret', -4.0, -1.0]]
    """
    return counts.assign(value=-counts["value"], low=-counts["high"], high=-counts["low"])


def _never_dated(offer: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Services first told as closed: no one knows what was lost, nor when."""
    first = offer.drop_duplicates("service")
    lost = first[
        (first["stage"] == "closed")
        & first["closed_on"].isna()
        & (first["valid_from"] > start)
        & (first["valid_from"] <= end)
    ]
    if lost.empty:
        return ""
    seen = french_date(lost["valid_from"].min())
    said = f"Dits fermés par une liste du {seen}, sans date : ni dans le départ ni dans les fermetures"
    return listed(said, sorted(lost["service"]))
