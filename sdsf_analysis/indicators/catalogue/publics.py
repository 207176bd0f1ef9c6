"""The special publics: disability, single parents, low incomes."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
