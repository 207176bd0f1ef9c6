"""What the workbook holds, theme by theme: which indicators are asked, how, on which sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sdsf_analysis.figures.ctg_scene import STATES
from sdsf_analysis.indicators.childcare.components import LABELS
from sdsf_analysis.indicators.renewals import SITUATIONS
from sdsf_analysis.model.lists import choices

CONTENTS, DATA, METHODS, RECEIVED = "Sommaire", "Données", "Sources et méthodes", "Fichiers reçus"
Words = Mapping[str, str]
_YEARS_BACK, _HISTORY_YEARS = 3, 8
_RELAYS = {
    "all": "toutes ses communes",
    "part": "une partie de ses communes",
    "none": "aucun",
    "unknown": "liste des RPE non reçue",
}
_COMPONENTS = {
    **LABELS,
    "eaje": "ensemble des EAJE",
    "rounding": "arrondi des composantes",
    "total": "ensemble",
}
_READINGS = {"cnaf": "taux publié par la Cnaf", "pmi": "capacité agréée par la PMI"}


@dataclass(frozen=True)
class TablePart:
    """An indicator in long form, a table of its theme's sheet.

    Attributes
    ----------
    period : str
        ``on`` for a date; ``back`` and ``history`` for two, the first some years before the date.
    chart : str
        Measure drawn as ranked bars, by which the rows are then sorted.
    title, start : str
        Title of the table instead of the indicator's, and how its measures begin; all of them without it.
    """

    name: str
    period: str = "on"
    chart: str = ""
    title: str = ""
    start: str = ""


@dataclass(frozen=True)
class ListPart:
    """An indicator that is a list, on a sheet of its own.

    Attributes
    ----------
    columns : tuple of str
        Those shown, in this order.
    words : mapping
        Column → what each of its codes reads.
    names : mapping
        Column → level of the territories that it holds the codes of.
    table : str
        Tidy table whose columns these are, for the diffusion of each.
    given : mapping
        Options that the indicator is asked with, besides the date and the level.
    blank : mapping
        Column → another one and the code of it for which the first has no sense, or names a person.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    words: Mapping[str, Words] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    period: str = "on"
    table: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    blank: Mapping[str, tuple[str, str]] = field(default_factory=dict)


Part = TablePart | ListPart


@dataclass(frozen=True)
class Theme:
    """A theme of the diagnosis: its sheet, its tables, the sheets of its lists."""

    sheet: str
    title: str
    colour: str
    tables: tuple[TablePart, ...] = ()
    lists: tuple[ListPart, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its tables, then its lists."""
        return (*self.tables, *self.lists)


def options(part: Part, on: date, declared: Mapping[str, object]) -> dict[str, object]:
    """Options that a part is asked with, among those that its function declares.

    Examples
    --------
    >>> options(TablePart("places_balance", "back"), date(2024, 12, 31), {"start": 0, "end": 0, "by": 0})
    {'end': datetime.date(2024, 12, 31), 'start': datetime.date(2021, 12, 31)}
    >>> options(TablePart("ctg_coverage"), date(2024, 2, 29), {"on": 0, "by": 0})
    {'on': datetime.date(2024, 2, 29)}
    """
    given: dict[str, object] = {one: on for one in ("on", "end") if one in declared}
    if isinstance(part, ListPart):
        given |= part.given
    years = {"back": _YEARS_BACK, "history": _HISTORY_YEARS}.get(part.period, 0)
    if years and "start" in declared:
        # the 29 of February has no like in other years
        day = min(on.day, 28) if on.month == 2 else on.day
        given["start"] = on.replace(year=on.year - years, day=day)
    return given


def themes() -> tuple[Theme, ...]:
    """Give the themes, in the order of a diagnosis.

    Examples
    --------
    >>> [theme.sheet for theme in themes()][:3]
    ['CTG', 'Offre', 'Couverture']
    """
    kinds, funds = choices("offer_kind"), choices("funding")
    epci, commune = {"territory": "epci"}, {"commune": "commune"}
    return (
        Theme(
            "CTG", "Conventions territoriales globales", "#2F6F9F",
            (
                TablePart("ctg_counters"),
                TablePart("ctg_history", "history"),
                TablePart("ctg_coverage", chart="population"),
                TablePart("officers_by"),
            ),
            (
                ListPart(
                    "ctg_renewals", "CTG à renouveler",
                    ("name", "ctg", "lead", "ends_on", "situation", "successor", "decided_on",
                     "successor_starts_on", "gap_days", "communes", "inhabitants", "uncovered_communes",
                     "uncovered_inhabitants"),
                    {"situation": SITUATIONS},
                ),
                ListPart(
                    "ctg_gaps", "Communes sans CTG",
                    ("name", "commune", "epci", "inhabitants", "state", "neighbours", "covered_neighbours",
                     "neighbour_ctg"),
                    {"state": STATES}, {"epci": "epci"},
                ),
                ListPart(
                    "ctg_partners_matrix", "Signataires des CTG",
                    ("name", "ctg", "commune", "epci", "syndicat", "state", "other", "associated",
                     *choices("ctg_theme")),
                ),
                ListPart(
                    "network_meetings", "Rencontres des réseaux",
                    ("network", "date", "place", "attendance", "previous", "change"),
                ),
            ),
        ),
        Theme(
            "Offre", "Offre de services", "#3B7D5A",
            (TablePart("places_per_100", chart="eaje"), TablePart("places_balance", "back")),
            (
                ListPart(
                    "services_by", "Services par EPCI",
                    ("territory", "label", "services", "capacity", "capacity_unit", "units"),
                    {"capacity_unit": choices("capacity_unit")}, epci,
                    # those who work alone are no services
                    blank={"services": ("group", "childminders")},
                ),
                ListPart(
                    "offer_at", "Liste des services",
                    ("name", "service", "kind", "commune", "operator", "operator_kind", "cofinancer",
                     "funding", "category", "capacity", "capacity_unit", "units", "opened_on", "stage",
                     "audience"),
                    {"kind": kinds, "operator_kind": choices("operator_kind"), "funding": funds,
                     "capacity_unit": choices("capacity_unit"), "stage": choices("offer_stage"),
                     "audience": choices("audience")},
                    commune, table="offer", blank={"operator": ("operator_kind", "individual")},
                ),
                ListPart(
                    "places_movements", "Mouvements de places",
                    ("date", "territory", "label", "name", "kind", "commune", "value"),
                    {"kind": kinds}, epci | commune, "back",
                ),
                ListPart(
                    "white_zones", "Communes sans service",
                    ("name", "commune", "epci", "label", "children", "children_year", "nearest_km",
                     "nearest_commune_name"),
                    {}, {"epci": "epci"},
                ),
            ),
        ),
        Theme(
            "Couverture", "Couverture par les modes d'accueil", "#A34700",
            (
                TablePart("childcare_coverage", chart="coverage_total", start="coverage_",
                          title="Taux de couverture publié par la Cnaf"),
                TablePart("childcare_coverage", chart="local_known", start="local_",
                          title="Couverture : estimation locale"),
                TablePart("childcare_coverage", start="gap", title="Écart entre les deux"),
                TablePart("coverage_change", "back"),
                TablePart("pmi_capacity"),
            ),
            (
                ListPart(
                    "coverage_gap", "Écarts entre les taux",
                    ("territory", "reading", "component", "theirs", "ours", "difference", "reason"),
                    {"reading": _READINGS, "component": _COMPONENTS}, epci,
                ),
            ),
        ),
        Theme(
            "Obligations", "Service public de la petite enfance", "#7A4B94",
            (),
            (
                ListPart(
                    "organising_authorities", "Autorités organisatrices",
                    ("authority", "kind", "communes", "inhabitants", "has_skills_3_4", "must_have_scheme",
                     "must_have_rpe", "rpe", "rpe_communes", "rpe_names", "finding"),
                    {"kind": choices("authority_kind"), "rpe": _RELAYS},
                ),
                ListPart(
                    "cofinanced_places", "Places cofinancées",
                    ("signatory", "kind", "ctg", "services", "places_start", "places_end", "growth",
                     "growth_percent", "bonus_eur", "next_step_percent", "places_needed", "next_bonus_eur",
                     "places_planned", "finding"),
                    {"kind": choices("authority_kind")},
                ),
            ),
        ),
        Theme(
            "Accès", "Accès aux services", "#1F7A8C",
            (TablePart("nearest_service"), TablePart("accessible_places", chart="accessible_places")),
            (
                ListPart(
                    "if_closed", "Si cette crèche ferme",
                    ("name", "service", "commune", "capacity", "services_left", "places_left",
                     "nearest_left_km", "children_around", "accessible_before", "accessible_after"),
                    {}, commune,
                ),
            ),
        ),
        Theme(
            "Équité", "Équité entre territoires", "#6B705C",
            (TablePart("inequality"), TablePart("smoothed_rates")),
            (
                ListPart(
                    "lorenz_points", "Courbe de Lorenz",
                    ("territory", "rate", "offer", "children", "population_share", "offer_share"),
                    {}, epci, given={"unit": "epci"},
                ),
            ),
        ),
        Theme(
            "Publics", "Publics spécifiques", "#8F3B5C",
            (TablePart("families_access"),),
            (
                ListPart(
                    "aeeh_welcome", "Accueil et handicap",
                    ("territory", "aeeh_children", "services", "services_told", "services_welcoming",
                     "places_welcoming", "specialised", "welcomed", "share", "label"),
                    {}, epci,
                ),
            ),
        ),
        Theme(
            "Financements", "Financements", "#8A6D1D",
            (TablePart("funds_by", chart="total"),),
            (
                ListPart(
                    "funds_history", "Financements par année",
                    ("territory", "year", "nature", "label", "structures", "amount_eur"),
                    {"nature": choices("nature")}, epci,
                ),
            ),
        ),
        Theme(
            "Accompagnement", "Accompagnement des structures (IDA)", "#B3261E",
            (),
            (
                ListPart(
                    "watch_list", "Structures à suivre",
                    ("name", "service", "kind", "commune", "epci", "alerts", "label", "year", "value", "unit",
                     "threshold", "figures", "reported_on", "reason", "support", "follow_up", "aid_eur",
                     "outcome_label", "outcome_on"),
                    {"kind": kinds}, {"epci": "epci"} | commune,
                ),
            ),
        ),
        Theme(
            "Plan", "Plan d'actions", "#4A5A8A",
            (TablePart("actions_by"),),
            (
                ListPart(
                    "actions_at", "Actions du plan",
                    ("plan", "orientation", "action", "title", "lead", "working_group", "starts_on",
                     "ends_on", "stage", "state", "days_late"),
                    {"stage": choices("action_stage"), "state": choices("action_state")}, table="actions",
                ),
                ListPart(
                    "plan_progress", "Indicateurs du plan",
                    ("plan", "orientation", "action", "title", "indicator", "unit", "direction",
                     "baseline_on", "baseline", "measured_on", "value", "target_on", "target", "progress",
                     "expected_progress", "expected", "gap", "state"),
                    {"direction": choices("direction"), "state": choices("progress_state")},
                ),
            ),
        ),
        Theme(
            "Besoins", "Besoins", "#5B6770",
            (TablePart("children_expected"), TablePart("places_needed", chart="need_central")),
        ),
    )  # fmt: skip
