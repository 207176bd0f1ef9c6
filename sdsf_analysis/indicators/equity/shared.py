"""What is shared between territories: so many places, for so many children, in each of them."""

from dataclasses import dataclass

import pandas as pd

from sdsf_analysis.indicators.access.accessible import accessible_places
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import BOUNDED, family_count, sums_by
from sdsf_analysis.indicators.territories import departement_communes, level_rows, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

UNITS = ("commune", "epci")


@dataclass(frozen=True)
class Shared:
    """What an inequality is about: kinds of service, for the children of an age.

    Attributes
    ----------
    what, who : str
        In French, as a sentence names them: « des places de crèche », « des enfants de moins de 3 ans ».
    is_reached : bool
        Whether each territory has the places that its children can reach, and not those that stand in it.
    """

    kinds: tuple[str, ...]
    children: str
    what: str
    who: str
    is_reached: bool = False


SHARED = {
    "eaje_places": Shared(
        EAJE,
        "children_0_2",
        "des places d'EAJE",
        "des enfants de moins de 3 ans",
    ),
    "childminder_places": Shared(
        ("childminders",),
        "children_0_2",
        "des places agréées chez les assistants maternels",
        "des enfants de moins de 3 ans",
    ),
    "accessible_places": Shared(
        EAJE,
        "children_0_2",
        "des places d'EAJE accessibles",
        "des enfants de moins de 3 ans",
        is_reached=True,
    ),
}

_EMPTY = pd.DataFrame(
    {
        "territory": pd.Series(dtype="str"),
        "group": pd.Series(dtype="str"),
        "offer": pd.Series(dtype="float64"),
        "children": pd.Series(dtype="float64"),
        "rate": pd.Series(dtype="float64"),
    }
)


@dataclass(frozen=True)
class Shares:
    """Rates of the territories that are known, and what must be said of the others.

    Attributes
    ----------
    frame : pandas.DataFrame
        territory, group, offer, children, rate (for 100 children): those that have children and all of whose
        figures are known.
    said : list of str
    """

    frame: pd.DataFrame
    said: list[str]


def shares_of(tables: Tables, day: pd.Timestamp, of: str, unit: str) -> Shares:
    """Work out what each territory is offered per child.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    of : str
        One of `SHARED`.
    unit : {"commune", "epci"}
        Territories that are compared; the group of a commune is its EPCI, that of an EPCI itself.

    Raises
    ------
    QuestionError
        If what is shared or the unit is unknown; the message lists them, with the nearest.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = shares_of(example_tables(), pd.Timestamp("2024-06-30"), "eaje_places", "commune")
    >>> found.frame[["territory", "rate"]].values.tolist()
    [['01001', 80.0], ['01002', 0.0], ['01004', 20.0]]
    """
    shared = SHARED[check_choice("Répartition inconnue (of)", of, SHARED)]
    check_choice("Territoires inconnus (unit)", unit, UNITS)
    communes = departement_communes(tables.territories)["commune"]
    if communes.empty:
        return Shares(_EMPTY, ["Aucune commune dans les tables."])
    counted = family_count(tables, shared.children, day.year)
    lacking = _lacking(tables, shared, counted.year)
    if lacking:
        return Shares(_EMPTY, lacking)
    perimeters = members(tables.membership, communes, unit, day)
    if shared.is_reached:
        frame, told = _reached(tables, day, shared, unit)
    else:
        offer = offer_at(tables, day.date(), kinds=shared.kinds)
        told = str(offer.attrs.get("remark", ""))
        places = sums_by(_places(offer), perimeters)
        children = sums_by(counted.rows, perimeters)
        frame = pd.DataFrame({"offer": places["value"], "children": children["value"]}).reset_index()
    is_known = frame["offer"].notna() & frame["children"].notna()
    left = frame.loc[~is_known, "territory"].tolist()
    kept = frame[is_known & (frame["children"] > 0)]
    kept = kept.assign(rate=100 * kept["offer"] / kept["children"], group=_groups(tables, day, kept, unit))
    said = [
        f"Enfants : {choices('regime')[str(counted.regime)]}, {counted.year}.",
        listed("Territoires dont un effectif n'est pas connu, laissés de côté", left),
        told,
    ]
    return Shares(kept[_EMPTY.columns].reset_index(drop=True), said)


def _reached(tables: Tables, day: pd.Timestamp, shared: Shared, unit: str) -> tuple[pd.DataFrame, str]:
    """Places that the children of each territory can reach, and those children; what must be said of them."""
    found = accessible_places(tables, day, unit, kinds=shared.kinds, of=shared.children)
    rows = found[found["measure"] == "accessible_places"]
    frame = rows[["territory", "numerator", "denominator"]].set_axis(
        ["territory", "offer", "children"], axis=1
    )
    return frame.reset_index(drop=True), str(found.attrs.get("remark", ""))


def _places(offer: pd.DataFrame) -> pd.DataFrame:
    """Places of the services of the day, a row per service."""
    columns = {f"capacity_{name}" if name != "value" else "capacity": name for name in BOUNDED}
    return offer.rename(columns=columns)[["commune", *BOUNDED]].fillna({"status": "missing"})


def _lacking(tables: Tables, shared: Shared, year: int | None) -> list[str]:
    """Files without which nothing can be said."""
    said = []
    if not tables.offer["kind"].isin(shared.kinds).any():
        said.append(file_lacking("offer", shared.kinds[0], f"la répartition {shared.what}"))
    if year is None:
        said.append(file_lacking("families", shared.children, f"le nombre {shared.who}"))
    return said


def _groups(tables: Tables, day: pd.Timestamp, kept: pd.DataFrame, unit: str) -> pd.Series:
    if unit == "epci":
        return kept["territory"]
    epci = level_rows(tables.membership, "epci", day).drop_duplicates("commune")
    found = kept["territory"].map(epci.set_index("commune")["territory"].to_dict())
    return found.astype("str").where(found.notna(), kept["territory"])
