"""Kind 18, coverage rates of communes in the Cnaf's own layout, for this département and a few others."""

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import others
from sdsf_analysis.demo.names import town, unaccented
from sdsf_analysis.demo.setting import YEAR, Commune, Setting, communes_of
from sdsf_analysis.territories import reference

YEARS = (2021, 2022, 2023)
PUBLISHED_ABOVE = 10_000
FEW = 3
OTHERS = 2
NO_EPCI = "XX"
Rates = tuple[float, ...]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per year and commune of more than 10,000 inhabitants.

    Examples
    --------
    >>> rows(Setting("01"))[""][0].cells[2]
    'BOURG EN BRESSE'
    """
    own = [commune for commune in setting.communes if commune.population > PUBLISHED_ABOVE]
    mixed = setting.dice("txcouv").shuffled([*own, *strangers(setting)])
    return {"": [Row(_line(year, commune, setting)) for year in YEARS for commune in mixed]}


def strangers(setting: Setting) -> list[Commune]:
    """A few large communes of other départements.

    Examples
    --------
    >>> [commune.name for commune in strangers(Setting("01"))][:2]
    ['Cusset', 'Montluçon']
    """
    found: list[Commune] = []
    for departement in others(setting.departement):
        known = communes_of(reference.communes(YEAR, departement))
        found += [commune for commune in known if commune.population > PUBLISHED_ABOVE][:FEW]
        if len({commune.departement for commune in found}) == OTHERS:
            break
    return found


def _line(year: int, commune: Commune, setting: Setting) -> tuple[Value | Cell, ...]:
    return (
        str(year),
        _code(commune, setting),
        town(commune.name),
        commune.epci.siren or NO_EPCI,
        unaccented(commune.epci.name) or NO_EPCI,
        commune.departement.lstrip("0"),
        departement_name(commune.departement),
        *shown(rates(year, setting.dice("txcouv", commune.code))),
    )


def departement_name(code: str) -> str:
    """Name of a département as the Cnaf writes it.

    Examples
    --------
    >>> departement_name("07")
    'ARDECHE'
    """
    return unaccented(str(reference.departement_row(code)["name"])).replace("-", " ")


def _code(commune: Commune, setting: Setting) -> Cell:
    code = commune.code.lstrip("0")
    if commune.departement != setting.departement:
        return Cell(code, "", "rows_elsewhere", "lignes d'autres départements")
    return Cell(code, "", "code_lost_zero" if code != commune.code else "", "code sans son zéro")


def rates(year: int, dice: Dice) -> Rates:
    """Draw the rates of a territory: EAJE PSU, other EAJE, schools, assistants maternels, care at home.

    Examples
    --------
    >>> 23 < sum(rates(2021, Dice("a"))) < 94
    True
    """
    growth = year - YEARS[0]
    psu = dice.around(18.5, 7) + 0.3 * growth
    other = dice.around(3.2, 2.5) + 0.5 * growth
    school = dice.around(3.2, 3)
    minders = dice.around(32, 14) - 0.8 * growth
    home = dice.around(1.6, 1.5)
    return psu, other, school, minders, home


def shown(parts: Rates) -> list[str]:
    """Write rates with their subtotals and their total, each rounded by itself.

    Examples
    --------
    >>> shown((18.34, 3.24, 3.0, 32.0, 1.6))
    ['18.3', '3.2', '21.6', '3.0', '32.0', '1.6', '33.6', '58.2']
    """
    psu, other, school, minders, home = parts
    all_rates = [
        psu,
        other,
        psu + other,
        school,
        minders,
        home,
        minders + home,
        psu + other + school + minders + home,
    ]
    return [f"{rate:.1f}" for rate in all_rates]
