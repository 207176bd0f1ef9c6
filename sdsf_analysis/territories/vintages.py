"""The geography year that a file was written in, told from its codes, and the EPCI of each year."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pandas as pd

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.model.french import plural
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.conversion import Columns, Conversion, convert, shares
from sdsf_analysis.territories.extents import communes_of
from sdsf_analysis.territories.holders import names, relation
from sdsf_analysis.territories.keys import epci_key

__all__ = [
    "Columns",
    "Conversion",
    "Vintage",
    "convert",
    "epci_conflicts",
    "epci_of",
    "epci_written_of_other_year",
    "infer_year",
    "shares",
]

# A département is held to be given whole when a file has this share of its communes.
_WHOLE = 0.95
_SHOWN = 5


@dataclass(frozen=True)
class Vintage:
    """Geography year of a set of codes, and how sure it is.

    Attributes
    ----------
    years : tuple of int
        The best year; several where their communes are the same, as far as the codes tell; none where no
        code is that of a commune.
    n_codes, n_known : int
        Distinct codes of communes, present or former, and those in force in the best year.
    against : tuple of str
        Codes that were not in force in the best year.
    absent : tuple of str
        Communes of the best year that the codes lack, in the départements that they give whole.
    certainty : str
        ``sure``: nothing speaks against, and every other year has something against it; ``same``: several
        years, nothing against; ``likely``: the least is against it; ``unsure``: several years, something
        against each; ``unknown``.
    message : str
        French sentence.
    """

    years: tuple[int, ...]
    n_codes: int
    n_known: int
    against: tuple[str, ...]
    absent: tuple[str, ...]
    certainty: Literal["sure", "same", "likely", "unsure", "unknown"]
    message: str


def infer_year(codes: Iterable[str]) -> Vintage:
    """Tell the geography year of a file from its codes of communes.

    Parameters
    ----------
    codes : iterable of str
        Official codes; the others are left out.

    Returns
    -------
    Vintage

    Notes
    -----
    A code that is not of the year speaks against it; so does a commune of the year that is not there, in a
    département of which the file has nearly all the communes. The year with the least against it wins.

    Examples
    --------
    >>> infer_year(["01039", "01138", "01004"]).message
    'Géographie 2019, 2021 ou 2022 : ces années ont les mêmes communes parmi celles du fichier.'
    >>> infer_year(communes_of(2023)).years
    (2023,)
    """
    given = set(codes) & _ever()
    if not given:
        return Vintage((), 0, 0, (), (), "unknown", "Aucun code de commune : l'année n'est pas connue.")
    found = {year: (given - communes_of(year), _absent(given, year)) for year in reference.YEARS}
    least = min(map(_weight, found.values()))
    years = tuple(year for year, speaking in found.items() if _weight(speaking) == least)
    against, absent = (tuple(sorted(some)) for some in found[years[0]])
    certainty: Literal["sure", "same", "likely", "unsure"]
    certainty = ("likely" if least else "sure") if len(years) == 1 else ("unsure" if least else "same")
    message = _sentence(years, len(given), against, absent, certainty)
    return Vintage(years, len(given), len(given) - len(against), against, absent, certainty, message)


@cache
def _ever() -> frozenset[str]:
    """Codes of all the communes since 1943."""
    return frozenset(reference.commune_codes())


def _weight(speaking: tuple[set[str], set[str]]) -> int:
    return len(speaking[0]) + len(speaking[1])


def _absent(given: set[str], year: int) -> set[str]:
    """Communes that a file lacks in the départements that it gives whole."""
    absent: set[str] = set()
    for departement in {_departement(code) for code in given}:
        own = _by_departement(year).get(departement, frozenset())
        if len(own & given) >= _WHOLE * len(own):
            absent |= own - given
    return absent


def _departement(code: str) -> str:
    return code[:3] if code.startswith(("97", "98")) else code[:2]


@cache
def _by_departement(year: int) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in communes_of(year):
        found.setdefault(_departement(code), set()).add(code)
    return {departement: frozenset(codes) for departement, codes in found.items()}


def _sentence(
    years: tuple[int, ...], n_codes: int, against: tuple[str, ...], absent: tuple[str, ...], certainty: str
) -> str:
    *others, last = map(str, years)
    told = f"Géographie {', '.join(others)} ou {last}" if others else f"Géographie {last}"
    if certainty == "sure":
        return f"{told} : {plural(n_codes, 'code est', 'codes sont')} de cette année, et d'aucune autre."
    if certainty == "same":
        return f"{told} : ces années ont les mêmes communes parmi celles du fichier."
    reasons = [
        f"{plural(len(against), 'code n', 'codes n')}'en {'est' if len(against) == 1 else 'sont'} pas"
        f" ({_some(against)})"
        if against
        else "",
        f"{plural(len(absent), 'commune', 'communes')} de cette année n'y "
        f"{'est' if len(absent) == 1 else 'sont'} pas ({_some(absent)})"
        if absent
        else "",
    ]
    return f"{told}, sans certitude : {', '.join(reason for reason in reasons if reason)}."


def _some(codes: tuple[str, ...]) -> str:
    return ", ".join(codes[:_SHOWN]) + ("…" if len(codes) > _SHOWN else "")


@cache
def epci_of(year: int) -> dict[str, str]:
    """EPCI (SIREN) of each commune of a year; communes outside any EPCI are left out.

    Examples
    --------
    >>> epci_of(2026)["01138"]
    '200040350'
    """
    frame = reference.communes(year).dropna(subset=["epci"])
    return dict(zip(frame["code"].tolist(), frame["epci"].tolist(), strict=True))


def epci_conflicts(
    frame: pd.DataFrame, year: int, *, commune: str = "commune", epci: str = "epci"
) -> pd.DataFrame:
    """Communes that a table puts in an EPCI of another year.

    Parameters
    ----------
    frame : pandas.DataFrame
        Codes of communes of ``year``, and the EPCI (SIREN) written beside.
    year : int
        Geography asked.
    commune, epci : str
        Their columns.

    Returns
    -------
    pandas.DataFrame
        One row per conflict, in the order of the table: row (its index), commune, epci (as written), years
        (those in which the commune, or a part of it, was there), epci_of_year, message. An EPCI in which
        the commune never was is left out: that is another fault.

    Raises
    ------
    TerritoryError
        If the year is not shipped or a column is absent.

    Examples
    --------
    >>> written = pd.DataFrame({"commune": ["01187"], "epci": ["240100891"]})
    >>> epci_conflicts(written, 2026)["message"].tolist()
    []
    """
    reference.check_year(year)
    if lost := [column for column in (commune, epci) if column not in frame]:
        raise TerritoryError(f"Le tableau n'a pas de colonne « {lost[0]} ».")
    own = epci_of(year)
    rows = zip(frame.index, frame[commune].tolist(), frame[epci].tolist(), strict=True)
    found = [
        (row, code, written, years, own.get(code), _both(code, written, years, year))
        for row, code, written in rows
        if written != own.get(code) and (years := _years_in(code, written, year))
    ]
    return pd.DataFrame(found, columns=["row", "commune", "epci", "years", "epci_of_year", "message"])


@cache
def epci_written_of_other_year(commune: str, written: str, year: int) -> str:
    """Sentence on an EPCI written beside a commune, when it is that of another year; else empty.

    Parameters
    ----------
    commune : str
        Code of a commune of ``year``.
    written : str
        SIREN or name of the EPCI.
    year : int
        Geography asked.

    Examples
    --------
    >>> epci_written_of_other_year("06054", "CC du Pays des Paillons", 2026)[:53]
    'Drap (06054) : CC du Pays des Paillons (240600593) es'
    >>> epci_written_of_other_year("06054", "Métropole Nice Côte d'Azur", 2026)
    ''
    """
    own = epci_of(year).get(commune, "")
    if own and _is_written(written, own, year):
        return ""
    named = {epci: other for other in reference.YEARS for epci in _epci_in(commune, other, year)}
    meant = {epci for epci, other in named.items() if _is_written(written, epci, other)}
    if own in meant or len(meant) != 1:
        return ""
    (epci,) = meant
    return _both(commune, epci, _years_in(commune, epci, year), year)


def _is_written(written: str, epci: str, year: int) -> bool:
    return written.replace(" ", "") == epci or epci_key(written) == epci_key(_epci_names(year).get(epci, ""))


def _epci_in(commune: str, other: int, year: int) -> set[str]:
    """EPCI in which a commune of a year, or a part of it, was in another one."""
    parts = relation(year, other).get(commune, ())
    return {epci_of(other)[part] for part in parts if part in epci_of(other)}


def _years_in(code: str, epci: str, year: int) -> tuple[int, ...]:
    """Years in which a commune of a year, or a part of it, was in an EPCI."""
    return tuple(other for other in reference.YEARS if epci in _epci_in(code, other, year))


def _both(code: str, written: str, years: tuple[int, ...], year: int) -> str:
    *others, last = map(str, years)
    when = f"{', '.join(others)} et {last}" if others else last
    name = names(year).get(code, code)
    then = _epci_names(years[-1]).get(written, written)
    if own := epci_of(year).get(code):
        now = f"elle est dans {_epci_names(year)[own]} ({own})"
    else:
        now = "elle n'est dans aucun EPCI"
    return f"{name} ({code}) : {then} ({written}) est son EPCI de {when} ; en {year}, {now}."


@cache
def _epci_names(year: int) -> dict[str, str]:
    frame = reference.epci(year)
    return dict(zip(frame["code"].tolist(), frame["name"].tolist(), strict=True))
