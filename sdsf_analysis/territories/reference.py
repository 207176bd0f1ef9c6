"""The embedded geography of France, by year: communes, EPCI, départements, regions.

Source: « Code officiel géographique et populations légales, INSEE ; périmètres des EPCI, DGCL ;
contours, IGN Admin Express » (Licence Ouverte 2.0). The year of the geography is not the year of the
population: each row says its own ``population_year``.
"""

from functools import cache
from importlib.resources import as_file, files

import pandas as pd
import pyarrow
from pyarrow import parquet

from sdsf_analysis.errors import TerritoryError

YEARS = (2019, 2021, 2022, 2023, 2024, 2025, 2026)
ATTRIBUTION = (
    "Code officiel géographique et populations légales, INSEE ; périmètres des EPCI, DGCL ; "
    "contours, IGN Admin Express"
)
COMMUNE = "commune-actuelle"
ARRONDISSEMENT = "arrondissement-municipal"
_NAMES = "names_since_1943.parquet"
# Municipal arrondissements are in the lists of the years only, which are dear to read.
_ARRONDISSEMENTS = {
    str(first + n): f"{city} {'1er' if n == 0 else f'{n + 1}e'} Arrondissement"
    for city, first, last in (("Marseille", 13201, 16), ("Lyon", 69381, 9), ("Paris", 75101, 20))
    for n in range(last)
}
HELD = ("commune-deleguee", "commune-associee")


def communes(year: int, departement: str | None = None) -> pd.DataFrame:
    """Communes in force on 1 January of a year.

    Parameters
    ----------
    year : int
        Year of the geography, one of `YEARS`.
    departement : str, optional
        Code of a département; all of France without it.

    Returns
    -------
    pandas.DataFrame
        One row per commune, sorted by ``code``: code, name, kind, chef_lieu, arrondissement,
        departement, region, epci, population, population_year, postal_codes.

    Raises
    ------
    TerritoryError
        If the year is not shipped or the département does not exist in it.

    Examples
    --------
    >>> ain = communes(2026, "01")
    >>> len(ain), int(ain["population"].sum())
    (391, 679344)
    """
    frame = _places(check_year(year))
    frame = frame[frame["kind"] == COMMUNE]
    if departement is None:
        return frame.reset_index(drop=True)
    frame = frame[frame["departement"] == departement]
    if frame.empty:
        raise TerritoryError(_unknown_departement(departement, year))
    return frame.reset_index(drop=True)


def former_communes(year: int, departement: str | None = None) -> pd.DataFrame:
    """Delegated and associated communes of a year, held by the commune that absorbed them.

    Parameters
    ----------
    year : int
        Year of the geography, one of `YEARS`.
    departement : str, optional
        Code of a département; all of France without it.

    Returns
    -------
    pandas.DataFrame
        Same columns as `communes`; ``chef_lieu`` is the commune that holds each one.

    Examples
    --------
    >>> held = former_communes(2026, "01").set_index("name")["chef_lieu"]
    >>> held["Bellegarde-sur-Valserine"]
    '01033'
    """
    frame = _places(check_year(year))
    frame = frame[frame["kind"].isin(HELD)]
    if departement is not None:
        frame = frame[frame["departement"] == departement]
    return frame.reset_index(drop=True)


def arrondissements(year: int) -> pd.DataFrame:
    """Municipal arrondissements of Paris, Lyon and Marseille; same columns as `communes`.

    Examples
    --------
    >>> len(arrondissements(2026))
    45
    """
    frame = _places(check_year(year))
    return frame[frame["kind"] == ARRONDISSEMENT].reset_index(drop=True)


def epci(year: int) -> pd.DataFrame:
    """EPCI with own tax in force on 1 January of a year.

    Parameters
    ----------
    year : int
        Year of the geography, one of `YEARS`.

    Returns
    -------
    pandas.DataFrame
        One row per EPCI, sorted by ``code`` (SIREN): code, name, kind, population_totale,
        population_municipale, population_year.

    Examples
    --------
    >>> epci(2026).set_index("code").loc["200040350", "name"]
    'CC Bugey Sud'
    """
    frame = _load("epci_by_year")
    frame = frame[frame["year"] == check_year(year)].drop(columns="year")
    return frame.sort_values("code").reset_index(drop=True)


def history() -> pd.DataFrame:
    """Events of the communes from 1943 to 1 January 2019, as INSEE names them."""
    return _load("cog_history_1943_2020").copy()


def commune_codes() -> set[str]:
    """Codes of the communes since 1943: all that is asked of most files."""
    return set(texts(read_columns(_NAMES, ["code"])["code"].unique())).union(_ARRONDISSEMENTS)


def names_by_code() -> dict[str, set[str]]:
    """Names that each code of commune has borne since 1943, by code; much lighter than the years one by one.

    Examples
    --------
    >>> sorted(names_by_code()["01033"])[:2]
    ['Bellegarde', 'Bellegarde-sur-Valserine']
    """
    found = {code: {name} for code, name in _ARRONDISSEMENTS.items()}
    table = read_columns(_NAMES, ["code", "name"])
    for code, name in zip(texts(table["code"]), texts(table["name"]), strict=True):
        found.setdefault(code, set()).add(name)
    return found


def read_columns(name: str, columns: list[str]) -> pyarrow.Table:
    """Columns of texts of a file shipped beside this module, as they are kept: each text once."""
    # as a lone file: what reads sets of files is dear to import
    with (
        as_file(files(__package__) / "data" / name) as path,
        parquet.ParquetFile(path, read_dictionary=columns) as source,
    ):
        return source.read(columns, use_threads=False)


def texts(column: pyarrow.ChunkedArray | pyarrow.Array) -> list[str]:
    """Texts of a column that `read_columns` gave."""
    found: list[str] = column.cast("string").to_numpy(zero_copy_only=False).tolist()
    return found


def departements() -> pd.DataFrame:
    """Départements and overseas collectivities, with the words to name them in a French sentence.

    Returns
    -------
    pandas.DataFrame
        One row per code: code, name, of (« de l'Ain »), at (« dans l'Ain »), sorted by ``code``.

    Examples
    --------
    >>> departements().set_index("code").loc["01", "of"]
    "de l'Ain"
    """
    return read_data("departements.csv")


def regions() -> pd.DataFrame:
    """Regions and overseas collectivities: code, name."""
    return read_data("regions.csv")


def departement_row(departement: str) -> dict[str, str]:
    """Name and French forms of one département.

    Raises
    ------
    TerritoryError
        If no département bears this code.
    """
    table = departements()
    rows = table[table["code"] == departement].to_dict("records")
    if not rows:
        raise TerritoryError(_unknown_departement(departement, YEARS[-1]))
    return {str(name): str(value) for name, value in rows[0].items()}


def check_year(year: int) -> int:
    """Give back a year of the geography that is shipped.

    Raises
    ------
    TerritoryError
        If it is not.
    """
    if year not in YEARS:
        known = ", ".join(map(str, YEARS))
        near = min(YEARS, key=lambda one: (abs(one - year), one))
        raise TerritoryError(
            f"L'année de géographie {year} n'est pas fournie. Choisir l'une de celles-ci : {known} ; "
            f"la plus proche est {near}."
        )
    return year


def _unknown_departement(departement: str, year: int) -> str:
    table = departements()
    is_meant = (table["code"] == departement.zfill(2)) | (
        table["name"].str.casefold() == departement.casefold()
    )
    meant = table.loc[is_meant, "code"].tolist()
    hint = f"Voulait-on écrire {meant[0]} ?" if meant else "Écrire son code, par exemple 01, 2A, 69 ou 974."
    return f"Le département « {departement} » n'existe pas dans la géographie {year}. {hint}"


@cache
def _load(name: str) -> pd.DataFrame:
    with as_file(files(__package__) / "data" / f"{name}.parquet") as path:
        return pd.read_parquet(path)


@cache
def _places(year: int) -> pd.DataFrame:
    # the file has one group of rows per year: the others are not read
    with as_file(files(__package__) / "data" / "communes_by_year.parquet") as path:
        frame = pd.read_parquet(path, filters=[("year", "=", year)])
    return frame.drop(columns="year").sort_values("code").reset_index(drop=True)


@cache
def read_data(name: str) -> pd.DataFrame:
    """Table of texts shipped beside this module, by the name of its file."""
    with as_file(files(__package__) / "data" / name) as path:
        return pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8", engine="c")
