"""The plan: actions, calendar, indicators from the baseline to the target."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
