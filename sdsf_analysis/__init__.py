"""Territorial analysis of family services in France.

>>> import sdsf_analysis as sdsf
>>> sdsf.ctg_counters.__name__
'ctg_counters'
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sdsf_analysis.errors import SdsfError
    from sdsf_analysis.figures import charts, maps
    from sdsf_analysis.indicators.asking import indicator
    from sdsf_analysis.indicators.childcare.change import coverage_change
    from sdsf_analysis.indicators.childcare.coverage import childcare_coverage
    from sdsf_analysis.indicators.childcare.gap import coverage_gap
    from sdsf_analysis.indicators.childcare.pmi import pmi_capacity
    from sdsf_analysis.indicators.ctg import (
        ctg_at,
        ctg_counters,
        ctg_coverage,
        ctg_gaps,
        ctg_history,
        ctg_partners_matrix,
        ctg_renewals,
        explain_difference,
        network_meetings,
        officers_by,
    )
    from sdsf_analysis.indicators.equity.few_cases import smoothed_rates
    from sdsf_analysis.indicators.equity.inequality import inequality, lorenz_points
    from sdsf_analysis.indicators.needs.children import children_expected
    from sdsf_analysis.indicators.needs.places import places_needed
    from sdsf_analysis.indicators.offer import offer_at
    from sdsf_analysis.indicators.plan.actions import actions_at, actions_by
    from sdsf_analysis.indicators.plan.progress import plan_progress
    from sdsf_analysis.recipes.inspection import FileReading, read
    from sdsf_analysis.workspace import Workspace, open_workspace

# Names are imported on first use, so that « sdsf --help » waits for neither pandas nor matplotlib.
_HOMES = {
    "FileReading": "sdsf_analysis.recipes.inspection",
    "read": "sdsf_analysis.recipes.inspection",
    "SdsfError": "sdsf_analysis.errors",
    "Workspace": "sdsf_analysis.workspace",
    "open_workspace": "sdsf_analysis.workspace",
    "indicator": "sdsf_analysis.indicators.asking",
    "childcare_coverage": "sdsf_analysis.indicators.childcare.coverage",
    "coverage_change": "sdsf_analysis.indicators.childcare.change",
    "coverage_gap": "sdsf_analysis.indicators.childcare.gap",
    "pmi_capacity": "sdsf_analysis.indicators.childcare.pmi",
    "ctg_at": "sdsf_analysis.indicators.ctg",
    "ctg_counters": "sdsf_analysis.indicators.ctg",
    "ctg_coverage": "sdsf_analysis.indicators.ctg",
    "ctg_gaps": "sdsf_analysis.indicators.ctg",
    "ctg_history": "sdsf_analysis.indicators.ctg",
    "ctg_partners_matrix": "sdsf_analysis.indicators.ctg",
    "ctg_renewals": "sdsf_analysis.indicators.ctg",
    "explain_difference": "sdsf_analysis.indicators.ctg",
    "network_meetings": "sdsf_analysis.indicators.ctg",
    "officers_by": "sdsf_analysis.indicators.ctg",
    "offer_at": "sdsf_analysis.indicators.offer",
    "inequality": "sdsf_analysis.indicators.equity.inequality",
    "lorenz_points": "sdsf_analysis.indicators.equity.inequality",
    "smoothed_rates": "sdsf_analysis.indicators.equity.few_cases",
    "actions_at": "sdsf_analysis.indicators.plan.actions",
    "actions_by": "sdsf_analysis.indicators.plan.actions",
    "children_expected": "sdsf_analysis.indicators.needs.children",
    "places_needed": "sdsf_analysis.indicators.needs.places",
    "plan_progress": "sdsf_analysis.indicators.plan.progress",
}
_MODULES = {"charts": "sdsf_analysis.figures.charts", "maps": "sdsf_analysis.figures.maps"}

__all__ = [
    "FileReading",
    "SdsfError",
    "Workspace",
    "actions_at",
    "actions_by",
    "charts",
    "childcare_coverage",
    "children_expected",
    "coverage_change",
    "coverage_gap",
    "ctg_at",
    "ctg_counters",
    "ctg_coverage",
    "ctg_gaps",
    "ctg_history",
    "ctg_partners_matrix",
    "ctg_renewals",
    "explain_difference",
    "indicator",
    "inequality",
    "lorenz_points",
    "maps",
    "network_meetings",
    "offer_at",
    "officers_by",
    "open_workspace",
    "places_needed",
    "plan_progress",
    "pmi_capacity",
    "read",
    "smoothed_rates",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
