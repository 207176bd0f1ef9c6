"""The inequalities between territories, and rates that rest on few cases."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
