"""Kind 18, coverage rates of EPCI and of départements in the Cnaf's own layouts."""

from collections.abc import Iterable

from sdsf_analysis.demo.cells import Cell, Row
from sdsf_analysis.demo.kinds.codes import others
from sdsf_analysis.demo.kinds.published import (
    NO_EPCI,
    PUBLISHED_ABOVE,
    YEARS,
    Rates,
    departement_name,
    rates,
    shown,
    strangers,
)
from sdsf_analysis.demo.names import unaccented
from sdsf_analysis.demo.setting import YEAR, Commune, Epci, Setting, by_epci, communes_of
from sdsf_analysis.territories import reference

NO_DEPARTEMENT = "XXX"
OTHERS = 5


def epci_rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per year and EPCI, those of a few other communes among them, and one that is not named.

    Examples
    --------
    >>> epci_rows(Setting("01"))[""][1].cells[2]
    'CC BUGEY SUD'
    """
    own = [epci for epci in by_epci(setting.communes) if epci.siren]
    foreign = dict.fromkeys(c.epci for c in strangers(setting) if c.epci.siren and c.epci not in own)
    groups = _whole([*own, *foreign])
    lines = [
        Row((str(year), code, unaccented(epci.name), *shown(_together(year, groups[epci], setting))))
        for year in YEARS
        for epci in groups
        for code in [Cell(epci.siren) if epci in own else _elsewhere(epci.siren)]
    ]
    return {"": [*lines, _unnamed(NO_EPCI, setting)]}


def departement_rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per year and département, a few others among them, and one that is not named.

    Examples
    --------
    >>> [row.cells[-1] for row in departement_rows(Setting("01"))[""] if row.cells[2] == "AIN"]
    ['58.2', '58.7', '59.1']
    """
    own = setting.departement
    codes = sorted([own, *others(own)[:OTHERS]])
    lines = [_departement(year, code, setting) for year in YEARS for code in codes]
    return {"": [*lines, _unnamed(NO_DEPARTEMENT, setting)]}


def _departement(year: int, code: str, setting: Setting) -> Row:
    written = code.lstrip("0")
    cell, parts = _elsewhere(written), rates(year, setting.dice("txcouv", code))
    if code == setting.departement:
        fault = "departement_lost_zero" if written != code else ""
        cell, parts = (
            Cell(written, "", fault, "code sans son zéro"),
            _together(year, setting.communes, setting),
        )
    return Row((str(year), cell, departement_name(code), *shown(parts)))


def _elsewhere(code: str) -> Cell:
    return Cell(code, "", "rows_elsewhere", "lignes d'autres départements")


def _unnamed(code: str, setting: Setting) -> Row:
    cell = Cell(code, "", "territory_unnamed", "territoire que le fichier ne nomme pas")
    return Row((str(YEARS[-1]), cell, code, *shown(rates(YEARS[-1], setting.dice("txcouv", code)))))


def _whole(epcis: Iterable[Epci]) -> dict[Epci, list[Commune]]:
    """Communes of each EPCI, in whatever département they are."""
    found = reference.communes(YEAR)
    groups = by_epci(communes_of(found[found["epci"].isin([epci.siren for epci in epcis])]))
    return {epci: groups[epci] for epci in epcis}


def _together(year: int, communes: Iterable[Commune], setting: Setting) -> Rates:
    """Rates of some communes together, each for its inhabitants."""
    weighted = [(commune.population, part) for commune in communes for part in [_of(year, commune, setting)]]
    people = sum(weight for weight, _ in weighted) or 1
    return tuple(sum(weight * part[i] for weight, part in weighted) / people for i in range(5))


def _of(year: int, commune: Commune, setting: Setting) -> Rates:
    """Rates of a commune; those of a small one, which are not published, are near those of its EPCI."""
    psu, other, school, minders, home = rates(year, setting.dice("txcouv", commune.code))
    if commune.population > PUBLISHED_ABOVE:
        return psu, other, school, minders, home
    epci, growth = setting.dice("txcouv epci", commune.epci.siren), year - YEARS[0]
    psu += epci.around(0, 8) + epci.around(0.2, 0.6) * growth
    minders += epci.around(3, 12) + epci.around(0.4, 1.2) * growth
    return max(psu, 0), other, school, max(minders, 0), home
