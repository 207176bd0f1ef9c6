"""The support to structures in difficulty (démarche IDA)."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
