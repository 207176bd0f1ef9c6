"""All the communes of a year, asked by code or by name, with what the former ones have become."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.keys import name_key, name_keys

if TYPE_CHECKING:
    import pandas as pd

_ARRONDISSEMENT = re.compile(r"(paris|lyon|marseille) 0*(\d{1,2})(?:er|e|eme|nd)?(?: arrondissement)?")
Place = tuple[str, str]


@dataclass(frozen=True)
class France:
    """Communes of a year: code → name and département.

    Attributes
    ----------
    current, former : dict
        Communes in force; delegated and associated ones.
    leads_to : dict
        Former commune → the one that holds it. The seat of a new commune keeps its code: it leads to itself.
    arrondissements : dict
        Municipal arrondissements: code → name.
    """

    current: dict[str, Place]
    former: dict[str, Place]
    leads_to: dict[str, str]
    arrondissements: dict[str, str]

    def name(self, code: str) -> str:
        """Name in force, else the former one."""
        return (self.current.get(code) or self.former[code])[0]

    def own_name(self, code: str) -> str:
        """Name of the former commune, else the one in force."""
        return (self.former.get(code) or self.current[code])[0]

    def knows(self, code: str) -> bool:
        """Say whether a commune, present or former, bears a code."""
        return code in self.current or code in self.former

    def keys_of(self, code: str) -> set[str]:
        """Names that agree with a code: its own, its former one, that of the commune that holds it."""
        today = self.leads_to.get(code, code)
        found = (self.current.get(code), self.former.get(code), self.current.get(today))
        return {name_key(place[0]) for place in found if place}

    def names_in(self, departement: str, *, former: bool = False) -> dict[str, list[str]]:
        """Codes by normalised name, in one département."""
        places = self.former if former else self.current
        return _by_key({code: name for code, (name, own) in places.items() if own == departement})

    @cached_property
    def departements(self) -> frozenset[str]:
        """Codes of the départements."""
        return frozenset(departement for _, departement in self.current.values())

    @cached_property
    def codes_by_key(self) -> dict[str, list[str]]:
        """Codes by normalised name, in all France."""
        return _by_key({code: name for code, (name, _) in self.current.items()})

    def arrondissement_named(self, key: str) -> str | None:
        """Code of the arrondissement that a normalised name says, be it « Lyon 3e » or « PARIS 01 ».

        Examples
        --------
        >>> france(2026).arrondissement_named("lyon 3e"), france(2026).arrondissement_named("lyon")
        ('69383', None)
        """
        return self._arrondissements_by_rank.get(_rank(key))

    @cached_property
    def _arrondissements_by_rank(self) -> dict[tuple[str, ...], str]:
        return {rank: code for code, name in self.arrondissements.items() if (rank := _rank(name_key(name)))}


def _rank(key: str) -> tuple[str, ...]:
    match = _ARRONDISSEMENT.fullmatch(key)
    return match.groups() if match else ()


def _by_key(names: dict[str, str]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for code, key in zip(names, name_keys(names.values()), strict=True):
        keys.setdefault(key, []).append(code)
    return keys


@cache
def france(year: int) -> France:
    """Communes of a year of the embedded reference.

    Raises
    ------
    TerritoryError
        If the year is not shipped.

    Examples
    --------
    >>> france(2026).name("01033")
    'Valserhône'
    """
    communes, held = reference.communes(year), reference.former_communes(year)
    held = held[held["chef_lieu"].isin(communes["code"])]
    arrondissements = reference.arrondissements(year)
    return France(
        _name_and_departement(communes),
        _name_and_departement(held),
        dict(zip(held["code"], held["chef_lieu"], strict=True)),
        dict(zip(arrondissements["code"], arrondissements["name"], strict=True)),
    )


def _name_and_departement(frame: "pd.DataFrame") -> dict[str, Place]:
    # the oldest releases leave the département of the overseas collectivities out
    own = frame["departement"].fillna(frame["code"].map(departement_of))
    columns = (frame["code"].tolist(), frame["name"].tolist(), own.tolist())
    return {code: (name, departement) for code, name, departement in zip(*columns, strict=True)}


def departement_of(code: str) -> str:
    """Département that a code points to, its lost zero put back, even when no commune bears it.

    Examples
    --------
    >>> departement_of("97105"), departement_of("1004"), departement_of("XX")
    ('971', '01', '')
    """
    if len(code) == 4 and code.isdigit():
        code = f"0{code}"
    if len(code) != 5:
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
