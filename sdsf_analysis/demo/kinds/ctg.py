"""Kind 1, « Suivi CTG »: conventions, their perimeters, their partners."""

from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.conventions import Convention, conventions
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.perimeters import Perimeter
from sdsf_analysis.demo.setting import Commune, Setting

LATE_ENTRY = date(2024, 1, 1)
STATUSES = {
    "project": "en préparation",
    "signed": "signée",
    "expired": "échue, renouvellement en cours",
    "renewed": "renouvelée",
}
DECIDED_ON, SIGNED_ON, ENDS_ON = 5, 6, 8
FIRST_THEME, THEME_COUNT = 12, 8
TEXT_DATES = 3
FILTERED_OUT = "Autre"
# each officer ticks in her own way
TICKS = ("x", "x", "O", "x", "X", "✓")


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Rows of the three sheets.

    Examples
    --------
    >>> sorted(rows(Setting("01")))
    ['CTG', 'Communes', 'Partenaires']
    """
    known = conventions(setting)
    return {
        "CTG": _ctg_rows(known, setting),
        "Communes": _commune_rows(known),
        "Partenaires": [row for convention in known for row in _partner_rows(convention, setting)],
    }


def _signing_communes(perimeter: Perimeter) -> list[Commune]:
    by_size = sorted(perimeter.communes, key=lambda commune: (-commune.population, commune.code))
    if perimeter.shape == "several" or not perimeter.epcis:
        return by_size
    return by_size[: 5 if perimeter.shape == "part" else 1]


def _signing_epcis(perimeter: Perimeter) -> list[str]:
    return [] if perimeter.shape == "several" else [epci.name for epci in perimeter.epcis]


def _signatories(convention: Convention) -> str:
    communes = [commune.name for commune in _signing_communes(convention.perimeter)]
    shown = communes if len(communes) <= 6 else [*communes[:3], f"{len(communes) - 3} autres communes"]
    names = [*_signing_epcis(convention.perimeter), *shown, convention.syndicat]
    return " ; ".join(name for name in names if name)


def _ctg_rows(known: list[Convention], setting: Setting) -> list[Row]:
    dice = setting.dice("ctg", "table")
    lines = [_ctg_cells(convention, TICKS[rank % len(TICKS)], dice) for rank, convention in enumerate(known)]
    _plant_text_dates(lines, known, dice)
    target = dice.pick([index for index, convention in enumerate(known) if convention.stage == "signed"])
    lines[target][FIRST_THEME + dice.between(4, THEME_COUNT - 1)] = Cell(
        "?", fault="choice_unknown", remark="case « ? »"
    )
    covered = sum(convention.perimeter.population for convention in known if convention.is_in_force)
    total: list[Value] = ["TOTAL", *[None] * 19, covered, None]
    return [*(Row(tuple(line)) for line in lines), Row(tuple(total), "total")]


def _ctg_cells(convention: Convention, tick: str, dice: Dice) -> list[Value | Cell]:
    perimeter = convention.perimeter
    ticks = [tick if index < 2 or dice.chance(0.62) else None for index in range(THEME_COUNT)]
    return [
        convention.number,
        perimeter.name,
        _signatories(convention),
        " ; ".join(epci.name for epci in perimeter.epcis) or None,
        " ; ".join(epci.siren for epci in perimeter.epcis) or None,
        convention.decided_on,
        convention.signed_on,
        convention.starts_on,
        convention.ends_on,
        convention.amended_on,
        convention.extended_to,
        STATUSES[convention.stage],
        *ticks,
        perimeter.population if convention.is_in_force else None,
        convention.remark or None,
    ]


def _plant_text_dates(lines: list[list[Value | Cell]], known: list[Convention], dice: Dice) -> None:
    dated = [index for index, convention in enumerate(known) if convention.signed_on]
    for index in dice.sample(dated, TEXT_DATES):
        column = dice.pick((DECIDED_ON, SIGNED_ON, ENDS_ON))
        day = lines[index][column]
        lines[index][column] = Cell(f"{day:%d/%m/%Y}", "text", "date_as_text", "date saisie comme du texte")


def _commune_rows(known: list[Convention]) -> list[Row]:
    return [
        Row((convention.number, commune.code, commune.name, _entry(convention, commune), None))
        for convention in known
        for commune in sorted(convention.perimeter.communes, key=lambda commune: commune.code)
    ]


def _entry(convention: Convention, commune: Commune) -> date | None:
    perimeter = convention.perimeter
    smallest = min(perimeter.communes, key=lambda member: (member.population, member.code))
    is_late = perimeter.shape == "part" and commune == smallest
    return LATE_ENTRY if is_late and convention.is_in_force else None


def _partner_rows(convention: Convention, setting: Setting) -> list[Row]:
    partners = [(name, "EPCI", "oui") for name in _signing_epcis(convention.perimeter)]
    partners += [(commune.name, "Commune", "oui") for commune in _signing_communes(convention.perimeter)]
    if convention.perimeter.shape == "several":
        partners += [(epci.name, "EPCI", "non") for epci in convention.perimeter.epcis]
    if convention.syndicat:
        partners.append((convention.syndicat, "Syndicat", "oui"))
    partners += [
        (f"Préfecture {setting.of}", "État", "non"),
        (f"Conseil départemental {setting.of}", "Autre", "oui"),
    ]
    return [Row((convention.number, *partner), hidden=partner[1] == FILTERED_OUT) for partner in partners]
