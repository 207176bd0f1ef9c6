"""Who organises the public service for young children, and what the law asks of each authority."""

from typing import Any

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.astride import astride_epci
from sdsf_analysis.indicators.duties.names import authority_key
from sdsf_analysis.indicators.duties.relays import ALL, NONE, PART, UNKNOWN, served_communes
from sdsf_analysis.indicators.measures import in_force, sum_parts
from sdsf_analysis.indicators.populations import population_of
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.tables import Tables

COLUMNS = (
    "authority",
    "kind",
    "communes",
    "inhabitants",
    "population_year",
    "has_skills_3_4",
    "must_have_scheme",
    "must_have_rpe",
    "rpe",
    "rpe_communes",
    "rpe_names",
    "finding",
)
SERVICE_SINCE = pd.Timestamp("2025-01-01")
RPE_SINCE = pd.Timestamp("2026-01-01")
_RELAY = {
    ALL: "RPE : présent",
    NONE: "RPE obligatoire : absent",
    PART: "RPE : sur une partie",
    UNKNOWN: "RPE obligatoire : pas connu",
}
_FLAGS = ("has_skills_3_4", "must_have_scheme", "must_have_rpe")


def organising_authorities(
    tables: Tables,
    on: Day,
    *,
    population_year: int | None = None,
    skills_above: int = 3500,
    scheme_above: int = 10_000,
) -> pd.DataFrame:
    """List the authorities that organise the public service for young children, and their duties.

    Formula: the inhabitants of the communes that have handed over the service are added up, then compared
    with the thresholds. Reference: loi 2023-1196 du 18 décembre 2023, article L. 214-1-3 of the code de
    l'action sociale et des familles; décret 2025-253 du 20 mars 2025. Which population the law means is to be
    checked: it is an option.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Day of the authorities and of the relays. The duties are in force since 1 January 2025, that of an RPE
        since 1 January 2026; before, they are those to come, with the authorities of 1 January 2025.
    population_year : int, optional
        Year of the municipal population; that of ``territories`` without it.
    skills_above : int
        Skills 3° and 4° are due above so many inhabitants.
    scheme_above : int
        A plan of several years and an RPE are due above so many inhabitants.

    Returns
    -------
    pandas.DataFrame
        The most populous first: authority, kind (``commune``, ``epci``, ``syndicat``), communes, inhabitants,
        population_year, has_skills_3_4, must_have_scheme, must_have_rpe (missing where it cannot be told),
        rpe (``all``, ``part``, ``none``, ``unknown``), rpe_communes, rpe_names, finding (in French).

    Raises
    ------
    QuestionError
        If ``on`` is not a day or the population of the year is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.duties.example import duties_example
    >>> found = organising_authorities(duties_example(), "2026-06-30", skills_above=400, scheme_above=1400)
    >>> found[["authority", "inhabitants", "must_have_rpe", "rpe"]].values.tolist()
    [['Commune de Trois', 2000.0, True, 'none'], ['CC Test', 1500.0, True, 'part']]
    """
    day = read_date(on)
    population, years = population_of(tables.territories, tables.families, population_year)
    # a commune is an authority since the law makes it one: before, the answer is what is to come
    rows = _held(tables, max(day, SERVICE_SINCE))
    relays = served_communes(tables, day)
    inside = rows.merge(population, on="commune", validate="many_to_one")
    inside = inside.merge(relays.communes, on="commune", how="left", validate="many_to_one")
    frame = _by_authority(inside, is_known=relays.is_known)
    frame = frame.assign(population_year=years[0] if len(years) == 1 else None)
    beyond = _astride(tables, frame)
    for flag, above in zip(_FLAGS, (skills_above, scheme_above, scheme_above), strict=True):
        frame[flag] = _is_above(frame["inhabitants"], above, beyond)
    told = frame.assign(whole=beyond).itertuples(index=False)
    frame["finding"] = pd.Series([_finding(one) for one in told], index=frame.index, dtype="str")
    frame = frame.sort_values(["inhabitants", "authority"], ascending=[False, True], ignore_index=True)
    said = [*_said(tables, day, rows), *relays.said, *_at_the_threshold(frame, skills_above, scheme_above)]
    return remark(frame.astype({"population_year": "Int64"})[list(COLUMNS)], said)


def _held(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Authority of each commune of the département on a day; each commune that kept it is one of its own."""
    rows = tables.authorities
    communes = departement_communes(tables.territories)["commune"]
    rows = rows[in_force(rows, day) & rows["commune"].isin(communes) & rows["authority"].notna()]
    keys = rows["authority"].map(authority_key).mask(rows["kind"] == "commune", rows["commune"])
    return rows.assign(key=keys.astype("str"))[["key", "commune", "authority", "kind"]].drop_duplicates(
        ["key", "commune"]
    )


def _by_authority(inside: pd.DataFrame, *, is_known: bool) -> pd.DataFrame:
    """Communes, inhabitants and relays of each authority."""
    codes, keys = pd.factorize(inside["key"])
    n = len(keys)
    people = sum_parts(inside).summed(codes, n).value if len(inside) else np.array([])
    served = inside["relays"].notna().to_numpy(bool)
    first = inside.drop_duplicates("key")
    counts, with_rpe = np.bincount(codes, minlength=n), np.bincount(codes, served, n).astype("int64")
    states = np.select([with_rpe == 0, with_rpe < counts], [NONE, PART], ALL) if n else np.array([], "str")
    names = (
        inside[served]
        .groupby("key")["relays"]
        .agg(lambda texts: " ; ".join(dict.fromkeys(" ; ".join(texts).split(" ; "))))
    )
    return pd.DataFrame(
        {
            "authority": first["authority"].to_numpy(),
            "kind": first["kind"].to_numpy(),
            "communes": counts,
            "inhabitants": people,
            "rpe": pd.Series(states if is_known else [UNKNOWN] * n, dtype="str"),
            "rpe_communes": pd.Series(with_rpe if is_known else [None] * n, dtype="Int64"),
            "rpe_names": pd.Series(first["key"].map(names).to_numpy(), dtype="str"),
        }
    )


def _astride(tables: Tables, frame: pd.DataFrame) -> pd.Series:
    """Whole population of the EPCI that reach beyond the département, whose other communes count too."""
    epci = tables.territories[tables.territories["territory"].isin(astride_epci(tables.territories))]
    whole = dict(zip(epci["name"].map(authority_key), epci["population_whole"], strict=True))
    keys = frame["authority"].map(authority_key).where(frame["kind"] == "epci")
    return keys.map(whole).astype("float64")


def _is_above(inhabitants: pd.Series, threshold: int, whole: pd.Series) -> pd.Series:
    """Whether a threshold is passed; missing where inhabitants that are not known could tell otherwise."""
    is_above = (inhabitants > threshold).astype("boolean").mask(inhabitants.isna())
    return is_above.mask(~(inhabitants > threshold) & (whole > threshold))


def _finding(row: Any) -> str:
    """Duties and relay of one authority, in French."""
    if pd.isna(row.has_skills_3_4) or pd.isna(row.must_have_scheme):
        if not np.isnan(row.whole):
            return "À vérifier : des communes d'un autre département comptent aussi."
        return "Population inconnue : obligations à vérifier."
    if not row.must_have_scheme:
        return f"Compétences 1° {'à 4°' if row.has_skills_3_4 else 'et 2°'}."
    relay = _RELAY[row.rpe]
    if row.rpe == PART:
        relay = f"RPE : {plural(row.rpe_communes, 'commune')} sur {row.communes}"
    return f"Compétences 1° à 4°, schéma pluriannuel. {relay}."


def _said(tables: Tables, day: pd.Timestamp, rows: pd.DataFrame) -> list[str]:
    if tables.authorities.empty:
        return [file_lacking("authorities", label="les autorités organisatrices")]
    communes = departement_communes(tables.territories)["commune"]
    without = sorted(set(communes) - set(rows["commune"]))
    several = rows.loc[rows["commune"].duplicated(), "commune"]
    words = "Commune dont" if len(without) == 1 else f"{plural(len(without), 'commune')} dont"
    sentences = [
        listed(f"{words} aucun fichier ne dit l'autorité (sans transfert, c'est la commune)", without),
        listed("Communes de deux autorités à cette date, comptées dans les deux", sorted(several.unique())),
        "Schémas pluriannuels : aucun fichier ne dit lesquels sont adoptés.",
    ]
    if day < RPE_SINCE:
        what = f"le RPE le {french_date(RPE_SINCE)}"
        if day < SERVICE_SINCE:
            since = french_date(SERVICE_SINCE)
            what = f"les compétences et le schéma le {since} (autorités de ce jour-là), {what}"
        sentences.append(f"Obligations à venir au {french_date(day)} : {what}.")
    return sentences


def _at_the_threshold(frame: pd.DataFrame, *thresholds: int) -> list[str]:
    exact = frame.loc[frame["inhabitants"].isin(thresholds), "authority"]
    return [listed("Au seuil exact, à vérifier dans le texte", sorted(exact))]
