"""The local estimate of the coverage: what the files received tell, component by component."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.childcare.components import (
    COMPONENTS,
    LABELS,
    Places,
    components,
)
from sdsf_analysis.indicators.childcare.rounding import rounded
from sdsf_analysis.indicators.codes import places_in
from sdsf_analysis.indicators.measures import Parts, sum_parts
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import REGIMES, Count, family_count, sums_by
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.tables import Tables

CHILDREN = "children_0_2"
# EPCI whose parents work in Geneva and draw Swiss allowances
PAYS_DE_GEX = "240100750"


class Estimate(NamedTuple):
    """What is known of the places and of the children of some territories.

    Attributes
    ----------
    territories : pandas.Index
        Codes, sorted.
    places : dict of str to Parts
        Sums by territory of each component, then of ``eaje``, ``known`` (those that are known) and ``total``.
    children : pandas.DataFrame
        Children under three by territory.
    basis : Count
        Count of the children, with its year and regime.
    lacking : dict of str to str
        Components that are not known, and why.
    said : list of str
        What must be said of how the places were counted.
    """

    territories: pd.Index
    places: dict[str, Parts]
    children: pd.DataFrame
    basis: Count
    lacking: dict[str, str]
    said: list[str]

    def shares(self, *names: str) -> pd.DataFrame:
        """Places for 100 children under three: the territories of each sum of places, sum after sum."""
        parts = Parts(*(np.concatenate(column) for column in zip(*map(self.places.get, names), strict=True)))
        sums = {"value": parts.value, "status": parts.status(), "low": parts.low, "high": parts.high}
        children = self.children.take(np.tile(np.arange(len(self.territories)), len(names)))
        return ratio(pd.DataFrame(sums), children.reset_index(drop=True))


def perimeters_of(tables: Tables, by: str, day: pd.Timestamp) -> pd.DataFrame:
    """Communes of each territory of a level.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> len(perimeters_of(example_tables(), "epci", pd.Timestamp("2023-12-31")))
    4
    """
    return members(tables.membership, departement_communes(tables.territories)["commune"], by, day)


def local_estimate(
    tables: Tables, perimeters: pd.DataFrame, day: pd.Timestamp, rounding: str, average: float
) -> Estimate:
    """Places and children of some territories on a day.

    Formula: 100 · Σ places / Σ children under three, component by component; the total is the sum of the four
    components, never of rates. Reference: Cnaf, Dossier d'étude n° 203 (2019).

    Parameters
    ----------
    tables : Tables
    perimeters : pandas.DataFrame
        territory, commune.
    day : pandas.Timestamp
    rounding : {"unknown", "nearest", "floor"}
        What stands behind the counts of the Caf; those of the INSEE are not rounded.
    average : float
        Children per assistant maternel at work.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> tables, day = childcare_example(), pd.Timestamp("2023-12-31")
    >>> found = local_estimate(tables, perimeters_of(tables, "epci", day), day, "unknown", 2.5)
    >>> found.places["known"].value.tolist(), found.shares("known")["status"].tolist()
    ([40.0, 25.0], ['known', 'secret'])
    """
    found = components(tables, day, average)
    basis = family_count(tables, CHILDREN, day.year)
    children = children_by(basis, perimeters, rounding)
    places = places_by(found, perimeters)
    known = [name for name in COMPONENTS if name not in found.lacking]
    places |= {
        "eaje": added(places, ["eaje_psu", "eaje_other"]),
        "known": added(places, known) if known else places[COMPONENTS[0]],
        "total": added(places, COMPONENTS),
    }
    said = [*found.said, _dated(tables, day)]
    return Estimate(children.index, places, children, basis, found.lacking, said)


def places_by(found: Places, perimeters: pd.DataFrame) -> dict[str, Parts]:
    """Sums of each component by territory, sorted; what lacks has at least what is known of it.

    Examples
    --------
    >>> rows = pd.DataFrame({"component": "eaje_psu", "commune": ["01001"] * 2, "value": [24.0, 6.0]})
    >>> rows = rows.assign(status="known", low=np.nan, high=np.nan)
    >>> zones = pd.DataFrame({"territory": ["E1", "E2"], "commune": ["01001", "01004"]})
    >>> places_by(Places(rows, {}, []), zones)["eaje_psu"].value.tolist()
    [30.0, 0.0]
    """
    codes, territories = pd.factorize(perimeters["territory"], sort=True)
    zones = perimeters[["commune"]].assign(_zone=codes)
    numbers = found.rows[["commune"]].assign(_row=np.arange(len(found.rows)))
    joined = numbers.merge(zones, on="commune", validate="many_to_many")
    taken, zone = joined["_row"].to_numpy(np.intp), joined["_zone"].to_numpy(np.intp)
    n = len(territories)
    component = places_in(found.rows["component"], pd.Series(COMPONENTS))
    sums = sum_parts(found.rows).at(taken).summed(component[taken] * n + zone, len(COMPONENTS) * n)
    places = {name: Parts(*(column[i * n :][:n] for column in sums)) for i, name in enumerate(COMPONENTS)}
    unknown = np.full(n, np.nan)
    for name in found.lacking:
        one = places[name]
        places[name] = one._replace(value=unknown, high=unknown, missing=one.missing + 1)
    return places


def added(places: dict[str, Parts], names: Iterable[str]) -> Parts:
    """Sum of some components, territory by territory.

    Examples
    --------
    >>> one = Parts(*(np.array([number]) for number in (2.0, 2.0, 2.0, 0.0, 0.0)))
    >>> added({"eaje_psu": one, "preschool": one}, ["eaje_psu", "preschool"]).value.tolist()
    [4.0]
    """
    return Parts(*(np.sum(columns, axis=0) for columns in zip(*(places[one] for one in names), strict=True)))


def children_by(count: Count, perimeters: pd.DataFrame, rounding: str) -> pd.DataFrame:
    """Children by territory; those of the Caf have the bounds of its rounding.

    Examples
    --------
    >>> rows = pd.DataFrame({"commune": ["01001"], "value": [60.0], "status": "known"})
    >>> count = Count(rows.assign(low=np.nan, high=np.nan), 2023, "caf")
    >>> perimeters = pd.DataFrame({"territory": ["E1"], "commune": ["01001"]})
    >>> children_by(count, perimeters, "nearest").values.tolist()
    [[60.0, 'known', 58.0, 62.0]]
    """
    behind = rounded(count.rows, rounding)
    return sums_by(behind if count.regime == "caf" else count.rows, perimeters)


def children_said(count: Count, year: int, perimeters: pd.DataFrame) -> list[str]:
    """Say whose children the rate is of: which year, all or the Caf's alone.

    Examples
    --------
    >>> children_said(Count(pd.DataFrame(), 2022, "all"), 2023, pd.DataFrame({"territory": []}))
    ['Enfants de moins de 3 ans : Insee, 2022.']
    """
    if count.year is None:
        return [file_lacking("families", CHILDREN, "les enfants de moins de 3 ans")]
    if count.regime == REGIMES[0]:
        return [f"Enfants de moins de 3 ans : Insee, {count.year}."]
    said = (
        f"Enfants de moins de 3 ans : ceux des allocataires de la Caf seulement ({count.year}), arrondis "
        "à 5 ; il y en a davantage, le taux est donc surestimé."
    )
    abroad = (
        "Dans le Pays de Gex, des frontaliers perçoivent souvent des allocations suisses : la Caf y compte "
        "trop peu d'enfants."
    )
    return [said, abroad] if perimeters["territory"].isin([PAYS_DE_GEX]).any() else [said]


def lacking_said(lacking: dict[str, str]) -> str:
    """Say which components the estimate lacks, and that it is then no rate of coverage.

    Examples
    --------
    >>> lacking_said({"home_care": "Rien de reçu."})
    "L'estimation locale n'est pas un taux de couverture : il y manque la garde à domicile. Rien de reçu."
    """
    if not lacking:
        return ""
    names = [LABELS[name] for name in lacking]
    listed = " et ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    reasons = " ".join(dict.fromkeys(lacking.values()))
    return f"L'estimation locale n'est pas un taux de couverture : il y manque {listed}. {reasons}"


def _dated(tables: Tables, day: pd.Timestamp) -> str:
    """Crèches that no file dates before the day, or whose state is not said."""
    return str(offer_at(tables, day, kinds=EAJE).attrs.get("remark", "")) if len(tables.offer) else ""
