"""The needs: children to come, places for a target, departures of assistants maternels."""

from sdsf_analysis.indicators.declaration import Indicator

ENTRIES: tuple[Indicator, ...] = ()
