"""What the fact sheets say: each indicator asked once for all the territories, then read for one of them."""

from collections.abc import Callable, Iterable
from functools import cached_property
from inspect import signature
from typing import NamedTuple

import pandas as pd

from sdsf_analysis.figures.territory_grid import Row, bounded, rests_on_few
from sdsf_analysis.indicators.conventions import ctg_at
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.indicators.sums import Count, family_count, sums_by
from sdsf_analysis.indicators.territories import departement_communes, members
from sdsf_analysis.model.french import NO_VALUE
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.publish.audience import DEFAULT_AUDIENCE, may_see

WHOLE = "departement"
_PERIOD = pd.DateOffset(years=2)


class Line(NamedTuple):
    """A line of a fact sheet.

    Attributes
    ----------
    label : str
    here : str
        What is known of the territory, in French.
    whole : str
        The same of the département; nothing where it has no sense.
    """

    label: str
    here: str
    whole: str = ""


class Facts:
    """Answers about the territories of a level and the département, asked when first read.

    Parameters
    ----------
    tables : Tables
    on : pandas.Timestamp
    level : {"epci", "ctg"}
    threshold : int
        Persons fewer than this, counted or divided by, are not written.
    audience : str
        What the indicators that it may not see say is left out.
    """

    def __init__(
        self, tables: Tables, on: pd.Timestamp, level: str, threshold: int, audience: str = DEFAULT_AUDIENCE
    ) -> None:
        self.tables, self.on, self.level, self.threshold = tables, on, level, threshold
        self.audience = audience
        self._answers: dict[tuple[str, str], pd.DataFrame] = {}
        self._read: dict[tuple[str, str], dict[tuple[str, str], Row]] = {}
        self._counts: dict[tuple[str, int | None, tuple[str, ...]], Count] = {}
        self._sums: dict[tuple[str, int | None, str | None, str], pd.DataFrame] = {}
        self.remarks: dict[str, str] = {}

    @cached_property
    def perimeters(self) -> dict[str, pd.DataFrame]:
        """Communes of each territory, by level: territory, commune."""
        communes = departement_communes(self.tables.territories)["commune"]
        return {by: members(self.tables.membership, communes, by, self.on) for by in (self.level, WHOLE)}

    @cached_property
    def conventions(self) -> pd.DataFrame:
        """The communes of the conventions in force: commune, ctg, name, ends_on."""
        found = ctg_at(self.tables, self.on)
        return found[found["state"] == "in_force"]

    def lines(
        self, name: str, measures: Iterable[tuple[str, str]], code: str, *, persons: Iterable[str] = ()
    ) -> list[Line]:
        """Lines of an indicator for a territory, beside the département.

        Parameters
        ----------
        name : str
        measures : iterable of (str, str)
            Measure, and its words on the sheet.
        code : str
            Territory.
        persons : iterable of str
            Measures that count persons.
        """
        if not may_see(self.audience, indicator(name).diffusion):
            return []
        counted = set(persons)
        return [
            Line(
                label,
                *(self._written(name, measure, by, of, measure in counted) for by, of in self._pair(code)),
            )
            for measure, label in measures
        ]

    def answer(self, name: str, by: str) -> pd.DataFrame:
        """Answer of an indicator at a level, asked once."""
        if (name, by) not in self._answers:
            ask: Callable[..., pd.DataFrame] = indicator(name).function
            days = {"on": self.on, "start": self.on - _PERIOD, "end": self.on}
            asked = {day: days[day] for day in signature(ask).parameters if day in days}
            found = ask(self.tables, by=by, **asked)
            self._answers[name, by] = found
            self.remarks.setdefault(name, str(found.attrs.get("remark", "")))
        return self._answers[name, by]

    def counts(
        self, measure: str, label: str, code: str, *, year: int | None = None, regimes: tuple[str, ...] = ()
    ) -> Line:
        """Line of a count of families or children: the sum over the communes of the territory."""
        here, whole = (self._sum(measure, by, of, year, regimes) for by, of in self._pair(code))
        return Line(label, here, whole)

    def year(self, measure: str, regimes: tuple[str, ...] = ()) -> int | None:
        """Latest year of a count not after the date."""
        return self._count(measure, self.on.year, regimes).year

    def _pair(self, code: str) -> tuple[tuple[str, str], tuple[str, str]]:
        whole = self.perimeters[WHOLE]["territory"]
        return (self.level, code), (WHOLE, str(whole.iloc[0]) if len(whole) else "")

    def _written(self, name: str, measure: str, by: str, of: str, persons: bool) -> str:
        row = self._rows(name, by).get((of, measure))
        return self._said(row, indicator(name).measure(measure).unit, persons) if row else NO_VALUE

    def _rows(self, name: str, by: str) -> dict[tuple[str, str], Row]:
        """Rows of an answer by territory and measure."""
        if (name, by) not in self._read:
            rows = self.answer(name, by).to_dict("records")
            self._read[name, by] = {(str(row["territory"]), str(row["measure"])): row for row in rows}
        return self._read[name, by]

    def _said(self, row: Row, unit: str, persons: bool) -> str:
        if rests_on_few(row, self.threshold, counts_persons=persons):
            return f"moins de {self.threshold}" if persons else "effectif trop petit"
        return bounded(_whole(row) if persons else row, unit)

    def _count(self, measure: str, year: int | None, regimes: tuple[str, ...]) -> Count:
        key = (measure, year, regimes)
        if key not in self._counts:
            given = (regimes,) if regimes else ()
            self._counts[key] = family_count(self.tables, measure, year, *given)
        return self._counts[key]

    def _sum(self, measure: str, by: str, of: str, year: int | None, regimes: tuple[str, ...]) -> str:
        count = self._count(measure, year or self.on.year, regimes)
        if count.year is None or (year and count.year != year):
            return NO_VALUE
        key = (measure, count.year, count.regime, by)
        if key not in self._sums:
            self._sums[key] = sums_by(count.rows, self.perimeters[by])
        sums = self._sums[key]
        if of not in sums.index:
            return NO_VALUE
        row = sums.loc[of].to_dict()
        small = 0 < float(row["value"]) < self.threshold
        return f"moins de {self.threshold}" if small else bounded(_whole(row), "effectif")


def _whole(row: Row) -> Row:
    """Whole numbers: INSEE's counts by age are estimates with decimals."""
    return {
        key: float(round(float(str(value))))
        if key in ("value", "low", "high") and not pd.isna(value)
        else value
        for key, value in row.items()
    }
