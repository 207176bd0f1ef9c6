"""Kind 10, « Aide à domicile »: hours of services by EPCI, with a total; no commune is named."""

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.kinds.eaje import spelt
from sdsf_analysis.demo.names import words
from sdsf_analysis.demo.setting import Setting, by_epci

HOURS_PER_INHABITANT = 0.035
HOURS_PER_FAMILY = 48
SERVICES = 3
# A name that no EPCI bears, as brands are used for official names.
BRAND = "Pays d'Aurore Agglo"
EVERYWHERE = "Tout le département"
TERRITORY, HOURS, FAMILIES = 1, 2, 3


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per service and EPCI, then the total.

    Examples
    --------
    >>> rows(Setting("01"))["Aide à domicile"][-1].cells[0]
    'TOTAL'
    """
    dice = setting.dice("home-help")
    services = [f"{name} – aide à domicile" for name in words("associations")[:SERVICES]]
    lines: list[list[Value | Cell]] = []
    for epci, communes in by_epci(setting.communes).items():
        if epci.siren:
            people = sum(commune.population for commune in communes)
            lines += [_line(name, epci.name, people, dice.around(1, 0.4)) for name in
                      dice.sample(services, 1 + (people > 40_000))]  # fmt: skip
    lines.append(_line(services[0], EVERYWHERE, setting.population // 12, 1.0))
    total: tuple[Value, ...] = (
        "TOTAL",
        None,
        *(sum(_number(line[c]) for line in lines) for c in (HOURS, FAMILIES)),
    )
    _plant(lines, setting)
    return {"Aide à domicile": [*(Row(tuple(line)) for line in lines), Row(total, "total")]}


def _line(service: str, territory: str, people: int, level: float) -> list[Value | Cell]:
    hours = max(20, round(people * HOURS_PER_INHABITANT * level))
    return [service, territory, hours, max(1, round(hours / HOURS_PER_FAMILY))]


def _number(value: Value | Cell) -> int:
    return value if isinstance(value, int) else 0


def _plant(lines: list[list[Value | Cell]], setting: Setting) -> None:
    first, *others = setting.dice("home-help", "faults").shuffled(lines)
    first[HOURS] = Cell(
        f"{spelt(_number(first[HOURS]))} h", "text", "number_as_text", "heures avec leur unité"
    )
    for line in [line for line in others if line[TERRITORY] != EVERYWHERE][:1]:
        line[TERRITORY] = Cell(BRAND, "text", "epci_unknown", f"nom de marque pour {line[TERRITORY]}")
