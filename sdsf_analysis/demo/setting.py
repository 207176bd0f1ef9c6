"""The real geography that the fictitious figures stand on, and the seed of their draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.territories import outlines, reference

YEAR = 2026
CENSUS_YEAR, CENSUS_GEOGRAPHY = 2022, 2024
UNDER_THREE = 0.033
EAST_PER_NORTH = 0.7
FaultLevel = Literal["usual", "all"]


@dataclass(frozen=True, slots=True)
class Epci:
    """An EPCI: its SIREN and its name, empty for communes that belong to none."""

    siren: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the 2026 geography; a population that is not known counts as none."""

    code: str
    name: str
    departement: str
    epci: Epci
    population: int
    postal_code: str

    @property
    def children(self) -> float:
        """Children under three, estimated."""
        return self.population * UNDER_THREE


@dataclass(frozen=True)
class Setting:
    """A département, its seed and the faults wanted."""

    departement: str
    seed: int = 1
    faults: FaultLevel = "usual"

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        """Communes of the département, by code."""
        return communes_of(reference.communes(YEAR, self.departement))

    @cached_property
    def of(self) -> str:
        """How French says whose it is: « de l'Ain »."""
        return str(reference.departement_row(self.departement)["of"])

    @cached_property
    def population(self) -> int:
        """Inhabitants of the département."""
        return sum(commune.population for commune in self.communes)

    @cached_property
    def population_year(self) -> int:
        """Reference year of the populations."""
        years = reference.communes(YEAR, self.departement)["population_year"].dropna()
        return int(years.max()) if len(years) else YEAR - 3

    @cached_property
    def positions(self) -> dict[str, tuple[float, float]]:
        """East and north of each commune that has an outline, in degrees of latitude.

        The middle of the bounds, and no other point: it is the same with every geometry engine.
        """
        frame = outlines.commune_outlines(self.departement)
        bounds = frame.geometry.bounds.itertuples(index=False)
        return {
            code: ((west + east) / 2 * EAST_PER_NORTH, (south + north) / 2)
            for code, (west, south, east, north) in zip(frame["code"], bounds, strict=True)
        }

    def middle(self, communes: Iterable[Commune]) -> tuple[float, float]:
        """East and north of the middle of some communes; zeros without any outline."""
        known = [self.positions[item.code] for item in communes if item.code in self.positions]
        if not known:
            return 0.0, 0.0
        return sum(point[0] for point in known) / len(known), sum(point[1] for point in known) / len(known)

    @property
    def children(self) -> float:
        """Children under three of the département, estimated."""
        return self.population * UNDER_THREE

    def dice(self, *keys: str) -> Dice:
        """Return the draws of one subject, the same whatever is drawn elsewhere."""
        return Dice("/".join((self.departement, str(self.seed), *keys)))


def communes_of(frame: pd.DataFrame) -> tuple[Commune, ...]:
    """Turn rows of the reference into communes.

    Examples
    --------
    >>> communes_of(reference.communes(2026, "01"))[2].epci.name
    "CC de la Plaine de l'Ain"
    """
    names = reference.epci(YEAR).set_index("code")["name"].to_dict()
    columns = ["code", "name", "departement", "epci", "population", "postal_codes"]
    records = frame[columns].fillna({"epci": "", "population": 0, "postal_codes": ""})
    return tuple(
        Commune(code, name, departement, Epci(epci, names.get(epci, "")), int(people), postal.split(";")[0])
        for code, name, departement, epci, people, postal in records.itertuples(index=False)
    )


def by_epci(communes: Iterable[Commune]) -> dict[Epci, list[Commune]]:
    """Group communes by EPCI, in the order of the SIREN; those without one come last.

    Examples
    --------
    >>> groups = by_epci(communes_of(reference.communes(2026, "01")))
    >>> len(groups), len(groups[Epci("200040350", "CC Bugey Sud")])
    (17, 41)
    """
    groups: dict[Epci, list[Commune]] = {}
    for commune in sorted(communes, key=lambda item: (not item.epci.siren, item.epci.siren, item.code)):
        groups.setdefault(commune.epci, []).append(commune)
    return groups


def census_populations(departement: str) -> dict[str, int]:
    """Legal populations of 2022 in the communes of 2026, merged ones summed.

    Parameters
    ----------
    departement : str
        Code of the département.

    Returns
    -------
    dict of str to int
        Inhabitants by commune code; a commune that was not there in 2024 is absent.

    Examples
    --------
    >>> census_populations("01")["01053"]
    42065
    """
    then = reference.communes(CENSUS_GEOGRAPHY, departement).set_index("code")["population"].dropna()
    today = set(reference.communes(YEAR, departement)["code"])
    holder = reference.former_communes(YEAR, departement).set_index("code")["chef_lieu"]
    current = [code if code in today else holder.get(code) for code in then.index]
    summed = then.groupby(current).sum()
    return {str(code): int(people) for code, people in summed.items() if code in today}
