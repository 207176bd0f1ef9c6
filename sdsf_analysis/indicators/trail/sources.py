"""What each indicator reads: services, children, activity, and other tables."""

from typing import NamedTuple

from sdsf_analysis.indicators.services.kinds import EAJE, kinds_of
from sdsf_analysis.indicators.support.rules import MEASURES as WATCHED

_MINDERS = ("childminders_licensed", "childminders_active", "childminders_55_plus")
_CARE = (*EAJE, "childminders", "preschool", "home_care")
_EVERY_KIND = tuple(kinds_of([]))
_YOUNG = ("0_2",)


class Source(NamedTuple):
    """What an indicator reads, with its usual options.

    Attributes
    ----------
    kinds : tuple of str
        Kinds of the services that are open on the day.
    ages : tuple of str
        Children, keys of `sdsf_analysis.indicators.services.ages.BANDS`.
    counts : tuple of str
        Other measures of ``families``, of the Caf.
    activity : tuple of str
        Measures of those services, actual, of the last year of each not after the day.
    more : tuple of str
        Other tables, and ``births``.
    around : str
        ``radius`` or ``nearest`` where services outside of the territory count too.
    years : int
        Years of activity.
    is_history : bool
        Whether the past of the services counts, and not only the day.
    """

    kinds: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    around: str = ""
    years: int = 1
    is_history: bool = False

    @property
    def is_of_some(self) -> bool:
        """Whether only the services that money or alerts concern count."""
        return "funds" in self.more


_COVERAGE = Source(_CARE, _YOUNG, activity=_MINDERS, more=("published_rates",))
_CRECHES = Source(EAJE, _YOUNG)
_PROJECTED = Source(_CARE, _YOUNG, activity=_MINDERS, more=("births",))
SOURCES = {
    "services_by": Source(_EVERY_KIND),
    "places_per_100": Source((*EAJE, "alsh"), ("0_2", "3_11")),
    "places_balance": Source(EAJE, is_history=True),
    "places_movements": Source(EAJE, is_history=True),
    "white_zones": _CRECHES,
    "childcare_coverage": _COVERAGE,
    "coverage_gap": _COVERAGE,
    "coverage_change": _COVERAGE._replace(is_history=True, years=9, more=()),
    "pmi_capacity": Source((*EAJE, "childminders"), _YOUNG, activity=("authorised_capacity",)),
    "organising_authorities": Source(more=("authorities",)),
    "cofinanced_places": Source(EAJE, is_history=True),
    "nearest_service": _CRECHES._replace(around="nearest"),
    "accessible_places": _CRECHES._replace(around="radius"),
    "inequality": _CRECHES,
    "lorenz_points": _CRECHES,
    "smoothed_rates": Source(counts=("households", "single_parent_families")),
    "aeeh_welcome": Source((*EAJE, "alsh"), counts=("aeeh_children",), activity=("aeeh_children",)),
    "families_access": Source(
        EAJE,
        _YOUNG,
        ("households", "single_parent_families", "low_income_families"),
        around="radius",
    ),
    "funds_by": Source(_EVERY_KIND, ("0_17",), more=("funds",), is_history=True),
    "funds_history": Source(_EVERY_KIND, more=("funds",), is_history=True),
    "watch_list": Source(_EVERY_KIND, activity=WATCHED, more=("alerts", "funds"), years=3, is_history=True),
    "actions_at": Source(more=("actions",)),
    "actions_by": Source(more=("actions",)),
    "plan_progress": Source(more=("actions", "action_measures")),
    "children_expected": Source(ages=_YOUNG, more=("births",)),
    "places_needed": _PROJECTED,
}
# the columns that answer « where does this number come from », where a whole row tells too much
COLUMNS = {
    "offer": ["commune", "kind", "capacity", "stage"],
    "families": ["value"],
    "activity": ["value"],
    "funds": ["amount_eur"],
    "published_rates": ["value"],
    "authorities": ["authority"],
}
