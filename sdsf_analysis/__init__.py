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
    from sdsf_analysis.indicators.access.accessible import accessible_places
    from sdsf_analysis.indicators.access.closing import if_closed
    from sdsf_analysis.indicators.access.nearest import nearest_service
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
    from sdsf_analysis.indicators.duties.authorities import organising_authorities
    from sdsf_analysis.indicators.duties.cofinanced import cofinanced_places
    from sdsf_analysis.indicators.equity.few_cases import smoothed_rates
    from sdsf_analysis.indicators.equity.inequality import inequality, lorenz_points
    from sdsf_analysis.indicators.money.funds_by import funds_by
    from sdsf_analysis.indicators.money.history import funds_history
    from sdsf_analysis.indicators.needs.children import children_expected
    from sdsf_analysis.indicators.needs.places import places_needed
    from sdsf_analysis.indicators.offer import offer_at
    from sdsf_analysis.indicators.plan.actions import actions_at, actions_by
    from sdsf_analysis.indicators.plan.progress import plan_progress
    from sdsf_analysis.indicators.publics.aeeh import aeeh_welcome
    from sdsf_analysis.indicators.publics.families_access import families_access
    from sdsf_analysis.indicators.services.balance import places_balance
    from sdsf_analysis.indicators.services.grouped import services_by
    from sdsf_analysis.indicators.services.movements import places_movements
    from sdsf_analysis.indicators.services.rates import places_per_100
    from sdsf_analysis.indicators.services.white import white_zones
    from sdsf_analysis.indicators.support.watch import watch_list
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
    "accessible_places": "sdsf_analysis.indicators.access.accessible",
    "if_closed": "sdsf_analysis.indicators.access.closing",
    "nearest_service": "sdsf_analysis.indicators.access.nearest",
    "childcare_coverage": "sdsf_analysis.indicators.childcare.coverage",
    "cofinanced_places": "sdsf_analysis.indicators.duties.cofinanced",
    "organising_authorities": "sdsf_analysis.indicators.duties.authorities",
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
    "aeeh_welcome": "sdsf_analysis.indicators.publics.aeeh",
    "families_access": "sdsf_analysis.indicators.publics.families_access",
    "funds_by": "sdsf_analysis.indicators.money.funds_by",
    "funds_history": "sdsf_analysis.indicators.money.history",
    "actions_at": "sdsf_analysis.indicators.plan.actions",
    "actions_by": "sdsf_analysis.indicators.plan.actions",
    "children_expected": "sdsf_analysis.indicators.needs.children",
    "places_needed": "sdsf_analysis.indicators.needs.places",
    "plan_progress": "sdsf_analysis.indicators.plan.progress",
    "places_balance": "sdsf_analysis.indicators.services.balance",
    "places_movements": "sdsf_analysis.indicators.services.movements",
    "places_per_100": "sdsf_analysis.indicators.services.rates",
    "services_by": "sdsf_analysis.indicators.services.grouped",
    "watch_list": "sdsf_analysis.indicators.support.watch",
    "white_zones": "sdsf_analysis.indicators.services.white",
}
_MODULES = {"charts": "sdsf_analysis.figures.charts", "maps": "sdsf_analysis.figures.maps"}

__all__ = [
    "FileReading",
    "SdsfError",
    "Workspace",
    "accessible_places",
    "actions_at",
    "actions_by",
    "aeeh_welcome",
    "charts",
    "childcare_coverage",
    "children_expected",
    "cofinanced_places",
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
    "families_access",
    "funds_by",
    "funds_history",
    "if_closed",
    "indicator",
    "inequality",
    "lorenz_points",
    "maps",
    "nearest_service",
    "network_meetings",
    "offer_at",
    "officers_by",
    "open_workspace",
    "organising_authorities",
    "places_balance",
    "places_movements",
    "places_needed",
    "places_per_100",
    "plan_progress",
    "pmi_capacity",
    "read",
    "services_by",
    "smoothed_rates",
    "watch_list",
    "white_zones",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
