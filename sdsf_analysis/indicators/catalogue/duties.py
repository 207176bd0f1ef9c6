"""The duties of those who organise the public service for young children."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
