"""The communes of a year as the matching of names asks them: names, postal codes, inhabitants."""

from dataclasses import dataclass
from functools import cache, cached_property

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.keys import name_key, name_keys

# Cities whose arrondissements have codes of their own, by the beginning of these.
CITIES = {"751": "75056", "6938": "69123", "132": "13055"}


@dataclass(frozen=True)
class Atlas:
    """Communes of a geography year; made by `atlas`.

    Attributes
    ----------
    names, departements, epci : dict of str to str
        By code of commune.
    inhabitants : dict of str to int
        Legal population, zero where there is none.
    arrondissements : dict of str to str
        Name of each municipal arrondissement.
    written_postal_codes : dict of str to str
        By code of commune or arrondissement, several joined by « ; ».
    """

    year: int
    names: dict[str, str]
    departements: dict[str, str]
    epci: dict[str, str]
    inhabitants: dict[str, int]
    arrondissements: dict[str, str]
    written_postal_codes: dict[str, str]

    @cached_property
    def postal_codes(self) -> dict[str, tuple[str, ...]]:
        """Postal codes by code of commune or arrondissement."""
        return {code: tuple(codes.split(";")) for code, codes in self.written_postal_codes.items()}

    @cached_property
    def communes_of_postal_code(self) -> dict[str, list[str]]:
        """Communes and arrondissements by postal code, the most inhabited first."""
        found: dict[str, list[str]] = {}
        for code in sorted(self.postal_codes, key=lambda code: (-self.inhabitants.get(code, 0), code)):
            for postal in self.postal_codes[code]:
                found.setdefault(postal, []).append(code)
        return found

    @cached_property
    def arrondissement_of_key(self) -> dict[tuple[str, int], str]:
        """Arrondissements by city and rank: (« lyon », 3)."""
        return {_rank(name_key(name)): code for code, name in self.arrondissements.items()}

    @cached_property
    def held(self) -> dict[str, str]:
        """Names of the delegated and associated communes; the seat of a new commune is one of them."""
        frame = reference.former_communes(self.year)
        frame = frame[frame["chef_lieu"].isin(self.names.keys())]
        return dict(zip(frame["code"].tolist(), frame["name"].tolist(), strict=True))

    @cached_property
    def codes_by_key(self) -> dict[str, list[str]]:
        """Communes in force by normalised name."""
        found: dict[str, list[str]] = {}
        for code, key in zip(self.names, name_keys(self.names.values()), strict=True):
            found.setdefault(key, []).append(code)
        return found

    @cached_property
    def known_departements(self) -> frozenset[str]:
        """Codes of the départements that have communes."""
        return frozenset(self.departements.values())

    def knows(self, code: str) -> bool:
        """Say whether a commune, in force or held by another one, bears a code."""
        return code in self.names or code in self.held

    def name(self, code: str) -> str:
        """Name in force, else that of the held commune."""
        return self.names.get(code) or self.held[code]

    def own_name(self, code: str) -> str:
        """Name of the held commune, else the one in force."""
        return self.held.get(code) or self.names[code]

    def city_of(self, arrondissement: str) -> str:
        """Commune of a municipal arrondissement."""
        return next(city for start, city in CITIES.items() if arrondissement.startswith(start))


def _rank(key: str) -> tuple[str, int]:
    city, rank = key.split()[:2]
    return city, int("".join(filter(str.isdigit, rank)))


@cache
def atlas(year: int) -> Atlas:
    """Communes of a year of the embedded reference.

    Raises
    ------
    TerritoryError
        If the year is not shipped.

    Examples
    --------
    >>> ain = atlas(2026)
    >>> ain.names["01004"], ain.communes_of_postal_code["01500"][0]
    ('Ambérieu-en-Bugey', '01004')
    >>> ain.arrondissement_of_key["lyon", 3], ain.city_of("69383")
    ('69383', '69123')
    """
    communes, parts = reference.communes(year), reference.arrondissements(year)
    codes = communes["code"].tolist()
    departements = communes["departement"].tolist()
    own = [
        own if isinstance(own, str) else departement_of(code)
        for code, own in zip(codes, departements, strict=True)
    ]
    both = [*zip(codes, communes["postal_codes"].tolist(), strict=True)]
    both += zip(parts["code"].tolist(), parts["postal_codes"].tolist(), strict=True)
    return Atlas(
        year,
        dict(zip(codes, communes["name"].tolist(), strict=True)),
        dict(zip(codes, own, strict=True)),
        dict(zip(codes, communes["epci"].fillna("").tolist(), strict=True)),
        dict(zip(codes, communes["population"].fillna(0).astype(int).tolist(), strict=True)),
        dict(zip(parts["code"].tolist(), parts["name"].tolist(), strict=True)),
        {code: postal for code, postal in both if isinstance(postal, str)},
    )
