"""Sums by territory that are added, subtracted and scaled with their bounds and what is not known of them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.codes import Codes, places_in
from sdsf_analysis.indicators.measures import VALUE_COLUMNS, sum_parts

Numbers = np.ndarray[Any, np.dtype[np.float64]]
_NAMES = np.array(["known", "secret", "missing"], dtype=object)


@dataclass(frozen=True)
class Span:
    """Numbers, their least and greatest, and how well each is known: 0 known, 1 withheld, 2 missing.

    Examples
    --------
    >>> twice = Span.exact(np.array([3.0])).scaled(2)
    >>> twice.value.tolist(), twice.rank.tolist()
    ([6.0], [0.0])
    """

    value: Numbers
    low: Numbers
    high: Numbers
    rank: Numbers

    @classmethod
    def exact(cls, value: Numbers) -> "Span":
        """Take known numbers; what is not a number is missing."""
        return cls(value, value, value, np.where(np.isnan(value), 2.0, 0.0))

    def plus(self, other: "Span") -> "Span":
        """Add numbers.

        Examples
        --------
        >>> one = Span.exact(np.array([1.0, np.nan]))
        >>> one.plus(one).value.tolist()
        [2.0, nan]
        """
        return Span(
            self.value + other.value,
            self.low + other.low,
            self.high + other.high,
            np.maximum(self.rank, other.rank),
        )

    def minus(self, other: "Span") -> "Span":
        """Take numbers away: the least is against the greatest."""
        return self.plus(Span(-other.value, -other.high, -other.low, other.rank))

    def scaled(self, factor: "Numbers | float") -> "Span":
        """Multiply by a number that is not negative; missing where it is."""
        unknown = np.where(np.isnan(np.asarray(factor, dtype="float64")), 2.0, 0.0)
        rank = np.maximum(self.rank, unknown)
        return Span(self.value * factor, self.low * factor, self.high * factor, rank)

    def at_least_zero(self) -> "Span":
        """Raise what is below zero to zero, never to minus zero.

        Examples
        --------
        >>> Span.exact(np.array([-3.0, -0.0, 2.0])).at_least_zero().value.tolist()
        [0.0, 0.0, 2.0]
        """
        value, low, high = (
            np.where(part > 0, part, np.where(np.isnan(part), np.nan, 0.0)) for part in self._parts()
        )
        return Span(value, low, high, self.rank)

    def told(
        self, measure: str, numerator: "Span | None" = None, denominator: "Span | None" = None
    ) -> "Told":
        """Give what the rows of a measure hold: see `stacked`."""
        nothing = np.full(len(self.value), np.nan)
        is_exact = self.rank == 0
        columns = {
            "numerator": nothing if numerator is None else numerator.value,
            "denominator": nothing if denominator is None else denominator.value,
            "value": np.where(is_exact, self.value, np.nan),
            "status": _NAMES[self.rank.astype(int)],
            "low": np.where(is_exact, np.nan, self.low),
            "high": np.where(is_exact, np.nan, self.high),
        }
        return measure, columns

    def _parts(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.value, self.low, self.high


Told = tuple[str, dict[str, Any]]


class Zones(NamedTuple):
    """Territories and their communes, as places in the list of the communes of the département.

    Attributes
    ----------
    territories : list of str
        Codes, sorted.
    communes : pandas.Series
    places, codes : numpy.ndarray
        For each commune of each territory: its place among the communes, that of the territory.
    """

    territories: list[str]
    communes: pd.Series
    places: Codes
    codes: Codes

    @classmethod
    def of(cls, perimeters: pd.DataFrame, communes: pd.Series) -> "Zones":
        """Take the perimeters: territory, commune."""
        codes, territories = pd.factorize(perimeters["territory"], sort=True)
        return cls(list(territories), communes, places_in(perimeters["commune"], communes), codes)

    @property
    def is_communal(self) -> bool:
        """Whether the territories are the communes."""
        return self.territories == sorted(self.communes)

    def summed(self, rows: pd.DataFrame) -> Span:
        """Sum the values of the communes of each territory.

        Parameters
        ----------
        rows : pandas.DataFrame
            commune, value, status, low, high; as many rows per commune as there are parts. A commune that has
            none adds nothing.

        Examples
        --------
        >>> zones = Zones.of(pd.DataFrame({"territory": "a", "commune": ["1", "2"]}), pd.Series(["1", "2"]))
        >>> rows = pd.DataFrame({"commune": ["1", "2"], "value": [10.0, None], "status": ["known", "secret"]})
        >>> found = zones.summed(rows.assign(low=[None, 1.0], high=[None, 4.0]))
        >>> [part.tolist() for part in (found.value, found.low, found.high, found.rank)]
        [[nan], [11.0], [14.0], [1.0]]
        """
        at = places_in(rows["commune"], self.communes)
        inside = at >= 0
        by_commune = sum_parts(rows).at(inside).summed(at[inside], len(self.communes))
        sums = by_commune.at(self.places).summed(self.codes, len(self.territories))
        rank = np.where(sums.missing > 0, 2.0, np.where(sums.withheld > 0, 1.0, 0.0))
        return Span(sums.value, sums.low, sums.high, rank)

    def unknown(self) -> Span:
        """Give a number that nothing says, for each territory."""
        return Span.exact(np.full(len(self.territories), np.nan))

    def stacked(self, measures: list[Told]) -> pd.DataFrame:
        """Lay out measures, one row per territory and measure, sorted by territory.

        Examples
        --------
        >>> rows = pd.DataFrame({"territory": ["b", "a"], "commune": ["1", "2"]})
        >>> zones = Zones.of(rows, rows["commune"])
        >>> zones.stacked([Span.exact(np.array([1.0, 2.0])).told("births")])["territory"].tolist()
        ['a', 'b']
        """
        order = np.arange(len(measures) * len(self.territories))
        order = order.reshape(len(measures), -1).T.ravel()
        columns = {
            name: np.concatenate([told[name] for _, told in measures])[order] for name in VALUE_COLUMNS
        }
        named = {
            "territory": np.repeat(np.array(self.territories, dtype=object), len(measures)),
            "measure": np.tile(np.array([name for name, _ in measures], dtype=object), len(self.territories)),
        }
        return pd.DataFrame(named | columns).astype(dict.fromkeys(("territory", "measure", "status"), "str"))
