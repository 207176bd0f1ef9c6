"""The sections of a fact sheet, in the order that a seminar reads them."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from sdsf_analysis.figures.territory_grid import Row
from sdsf_analysis.indicators.plan.actions import actions_at
from sdsf_analysis.model.french import NO_VALUE, capital, french_date, number, plural
from sdsf_analysis.model.lists import choices
from sdsf_analysis.publish.factsheets.facts import WHOLE, Facts, Line

_INSEE, _CAF = ("all",), ("caf",)
_AGES = (
    ("children_0_2", "Enfants de moins de 3 ans"),
    ("children_3_5", "Enfants de 3 à 5 ans"),
    ("children_6_10", "Enfants de 6 à 10 ans"),
    ("children_11_17", "Enfants de 11 à 17 ans"),
)
_FAMILIES = (
    ("households", "Foyers allocataires"),
    ("single_parent_families", "Familles monoparentales"),
    ("low_income_families", "Familles à bas revenus"),
    ("aeeh_children", "Enfants avec AEEH"),
)
_COVERAGE = (
    ("coverage_total", "Taux publié par la Cnaf"),
    ("local_known", "Estimation locale, ce qui est connu"),
    ("local_eaje_psu", "dont crèches en PSU"),
    ("local_eaje_other", "dont crèches hors PSU"),
    ("local_childminders", "dont assistants maternels"),
    ("local_preschool", "dont école à 2 ans"),
)
_ACCESS = (
    ("nearest_service", "mean_km", "Crèche la plus proche, en moyenne (km)"),
    ("nearest_service", "beyond_1", "Enfants à plus de 10 km d'une crèche"),
    ("accessible_places", "accessible_places", "Places accessibles pour 100 enfants"),
)
_MOVES = (
    ("start", "Places de crèche, deux ans plus tôt"),
    ("created", "Créations"),
    ("extended", "Extensions"),
    ("closed", "Fermetures"),
    ("end", "Places de crèche à la date"),
    ("planned", "En projet"),
    ("granted", "Financement accordé"),
    ("building", "En travaux"),
)
_BIRTHS = 5


class Section(NamedTuple):
    """A part of a fact sheet: its title, its lines, and what must be said beside.

    Attributes
    ----------
    title : str
    lines : list of Line
    note : str
    """

    title: str
    lines: list[Line]
    note: str = ""

    @property
    def is_compared(self) -> bool:
        """Whether the département stands beside."""
        return any(line.whole for line in self.lines)


def sections(facts: Facts, code: str) -> list[Section]:
    """Write the sections of the sheet of a territory; those without any line are left out.

    Parameters
    ----------
    facts : Facts
    code : str
        Territory of the level of the facts.

    Returns
    -------
    list of Section
    """
    made = [make(facts, code) for make in _SECTIONS]
    return [section for section in made if section.lines]


def _identity(facts: Facts, code: str) -> Section:
    here, whole = facts.perimeters[facts.level], facts.perimeters[WHOLE]
    communes = here.loc[here["territory"] == code, "commune"]
    people = facts.tables.territories.query("level == 'commune'").set_index("territory")["population"]
    said = [
        number(people.reindex(part).sum(min_count=1)) if people.reindex(part).notna().all() else NO_VALUE
        for part in (communes, whole["commune"])
    ]
    lines = [
        Line("Communes", number(len(communes)), number(len(whole))),
        Line("Habitants (population municipale)", *said),
        *_conventions(facts, communes),
        *facts.lines("officers_by", [("officer_fte_agreed", "Chargés de coopération (ETP)")], code),
    ]
    return Section("Le territoire", lines)


def _conventions(facts: Facts, communes: pd.Series) -> list[Line]:
    """The conventions in force of the communes, with their end."""
    inside = facts.conventions[facts.conventions["commune"].isin(communes)]
    ends = inside.drop_duplicates("ctg")[["name", "ends_on"]].itertuples(index=False)
    said = [f"{name}, jusqu'au {french_date(day)}" for name, day in ends]
    if not said:
        return [Line("CTG en vigueur", "aucune connue")]
    covered = inside["commune"].nunique()
    part = "" if covered == len(communes) else f" ({plural(covered, 'commune')} sur {len(communes)})"
    return [Line("CTG en vigueur", " ; ".join(said) + part)]


def _children(facts: Facts, code: str) -> Section:
    lines = [facts.counts(measure, label, code, regimes=_INSEE) for measure, label in _AGES]
    last = facts.year("births")
    years = range(last - _BIRTHS + 1, last + 1) if last else range(0)
    lines += [facts.counts("births", f"Naissances en {year}", code, year=year) for year in years]
    return _known(
        Section(
            "Enfants et naissances", lines, _year_note("Enfants : Insee", facts.year("children_0_2", _INSEE))
        )
    )


def _families(facts: Facts, code: str) -> Section:
    lines = [facts.counts(measure, label, code, regimes=_CAF) for measure, label in _FAMILIES]
    return _known(
        Section("Familles", lines, _year_note("Allocataires de la Caf", facts.year("households", _CAF)))
    )


def _coverage(facts: Facts, code: str) -> Section:
    lines = facts.lines("childcare_coverage", _COVERAGE, code)
    year = facts.answer("childcare_coverage", facts.level).attrs.get("year")
    note = "Places pour 100 enfants de moins de 3 ans. L'estimation locale n'est pas un taux de couverture."
    return _known(Section(f"Accueil du jeune enfant en {year}", lines, note))


def _services(facts: Facts, code: str) -> Section:
    whole = {row["group"]: _offer(row) for row in facts.answer("services_by", WHOLE).to_dict("records")}
    found = facts.answer("services_by", facts.level)
    lines = [
        Line(capital(row["label"]), _offer(row), whole.get(row["group"], NO_VALUE))
        for row in found[found["territory"] == code].to_dict("records")
    ]
    return Section("Services ouverts", lines, "Nombre de services, et capacité où elle a un sens.")


def _offer(row: Row) -> str:
    """Number of services, or of professionals where they work alone, and their capacity."""
    count: float = row["units"] if pd.isna(row["services"]) else row["services"]
    unit = choices("capacity_unit").get(str(row["capacity_unit"]), "")
    capacity, low = row["capacity"], row["capacity_low"]
    if not count:
        return number(count)
    if not pd.isna(capacity):
        return f"{number(count)} ({number(capacity)} {unit})"
    return f"{number(count)} (au moins {number(low)} {unit})" if low > 0 else number(count)


def _moves(facts: Facts, code: str) -> Section:
    start = facts.on - pd.DateOffset(years=2)
    lines = facts.lines("places_balance", _MOVES, code)
    return _known(
        Section("Places de crèche : ce qui bouge", lines, f"Depuis le {french_date(start.date())}.")
    )


def _childminders(facts: Facts, code: str) -> Section:
    measures = [
        ("childminders_active", "En activité"),
        ("childminders_leaving", "dont partent d'ici cinq ans"),
    ]
    persons = [measure for measure, _ in measures]
    lines = facts.lines("places_needed", measures, code, persons=persons)
    needs = [("need_central", "Places à créer d'ici cinq ans (scénario central)")]
    return _known(
        Section("Assistants maternels et besoins", lines + facts.lines("places_needed", needs, code))
    )


def _access(facts: Facts, code: str) -> Section:
    lines = [line for name, measure, label in _ACCESS for line in facts.lines(name, [(measure, label)], code)]
    return _known(Section("Accès aux crèches", lines, "Distances à vol d'oiseau."))


def _money(facts: Facts, code: str) -> Section:
    measures = [
        ("total", "Tous services, par enfant de moins de 18 ans"),
        ("for_0_2", "Petite enfance, par enfant de moins de 3 ans"),
    ]
    lines = facts.lines("funds_by", measures, code)
    year = facts.answer("funds_by", facts.level).attrs.get("year")
    return _known(Section(f"Ce que verse la Caf aux services en {year}", lines))


def _plan(facts: Facts, code: str) -> Section:
    """The actions of the convention's plan, on the sheet of a CTG."""
    if facts.level != "ctg":
        return Section("Plan d'actions de la CTG", [])
    found = (
        actions_at(facts.tables, facts.on, plan=code) if code in set(facts.tables.actions["plan"]) else None
    )
    if found is None:
        return Section("Plan d'actions de la CTG", [])
    states = choices("action_state")
    lines = [
        Line(f"{row['action']} {row['title']}", states.get(str(row["state"]), NO_VALUE))
        for row in found.to_dict("records")
    ]
    return Section("Plan d'actions de la CTG", lines)


def _known(section: Section) -> Section:
    """The lines of which something is known, here or in the département."""
    lines = [line for line in section.lines if {line.here, line.whole} - {NO_VALUE, ""}]
    return section._replace(lines=lines)


def _year_note(source: str, year: int | None) -> str:
    return f"{source}, {year}." if year else ""


_SECTIONS: tuple[Callable[[Facts, str], Section], ...] = (
    _identity, _children, _families, _coverage, _access, _services, _moves, _childminders, _money, _plan,
)  # fmt: skip
