"""The coverage by childcare: the published rates, the local estimate, what changed."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
