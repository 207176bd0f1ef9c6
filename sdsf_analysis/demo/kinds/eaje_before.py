"""Kind 3 a year before, « EAJE activité 2021-2023 »: the crèches of that day, and what changed since."""

from dataclasses import replace

from sdsf_analysis.demo.cells import Cell, Document, Fault, Row, Value, plain
from sdsf_analysis.demo.kinds.eaje import (
    FIRST_MEASURE,
    MEASURES,
    PLACES,
    RATES,
    YEARS,
    Changes,
    Creche,
    activity,
    changes,
    creches,
    in_points,
    line_of,
    with_totals,
)
from sdsf_analysis.demo.names import structure_names
from sdsf_analysis.demo.setting import Commune, Setting

FORMER_OPERATOR = ("Association Les Premiers Pas", "Association")
FEWER_PLACES = 4
COST = 8.1
OPERATOR, OPERATOR_KIND, COMMUNE, CODE = 2, 3, 4, 5
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Crèches of the year before, by EPCI; one has closed since, and no later list names it.

    Examples
    --------
    >>> rows(Setting("01"))["Activité"][-1].cells[0]
    'TOTAL GÉNÉRAL'
    """
    since = changes(setting)
    known = [creche for creche in creches(setting) if creche.number != since.opened]
    lines = {creche.number: _line(creche, since, setting) for creche in known}
    if since.renumbered:
        gone = _gone(known, setting)
        lines[gone.number] = _line(gone, since, setting)
        lines[gone.number][0] = Cell(
            gone.number, "", "service_unlisted", "fermée depuis, sans que rien le dise"
        )
        known = [*known, gone]
    right = {number: tuple(line) for number, line in lines.items()}
    places = [replace(one, commune=_home(one, since, setting)) for one in known]
    return {"Activité": with_totals(places, lines, right, "")}


def came_and_went(now: Document, before: Document) -> list[Fault]:
    """What the build counts of the services and communes that one list has and the other has not."""
    faults = []
    for column in (0, CODE):
        new, old = (_codes(made, column) for made in (now, before))
        found = (("codes_new", new - old), ("codes_lost", old - new))
        faults += [Fault(now.name, "", "", code, ", ".join(sorted(some))) for code, some in found if some]
    return faults


def _codes(made: Document, column: int) -> set[str]:
    (table,) = made.sheets[0].tables
    place = table.order.index(column) if table.order else column
    return {str(plain(row.cells[place])) for row in table.rows if row.role in ("body", "closed")}


def former_number(number: str) -> str:
    """Number that a crèche had under its former operator.

    Examples
    --------
    >>> former_number("0100164")
    '0180164'
    """
    return f"{number[:-5]}{80_000 + int(number[-5:])}"


def _line(creche: Creche, since: Changes, setting: Setting) -> Line:
    """The line of a year before: the years slide, and what changed since is as it was."""
    today = line_of(creche, setting)
    before: Line = list(activity(creche.places, COST, setting.dice("eaje", "before", creche.number)))
    for rate in RATES:
        before[rate] = in_points(before[rate])
    line = [*today[:FIRST_MEASURE], *before, *today[FIRST_MEASURE : FIRST_MEASURE + MEASURES * (YEARS - 1)]]
    home = _home(creche, since, setting)
    line[COMMUNE], line[CODE] = home.name, home.code
    if creche.number == since.renumbered:
        line[0] = former_number(creche.number)
        line[OPERATOR], line[OPERATOR_KIND] = FORMER_OPERATOR
    if creche.number == since.resized:
        line[PLACES] = creche.places - FEWER_PLACES
    return line


def _home(creche: Creche, since: Changes, setting: Setting) -> Commune:
    """Commune of a crèche: another one of its EPCI for the one that has moved."""
    if creche.number != since.moved:
        return creche.commune
    own = [one for one in setting.communes if one.epci == creche.commune.epci and one != creche.commune]
    return max(own, key=lambda one: (one.population, one.code), default=creche.commune)


def _gone(known: list[Creche], setting: Setting) -> Creche:
    taken = {creche.name for creche in creches(setting)}
    name = next(n for n in structure_names(setting.dice("eaje", "gone")) if n not in taken)
    return replace(known[-1], number=f"{setting.departement}00098", name=name, places=16)
