"""What the map of the CTG shows, worked out before anything is drawn: states, borders, counts, words."""

from dataclasses import dataclass
from datetime import date
from math import isnan

import geopandas as gpd
import pandas as pd
from shapely import Polygon

from sdsf_analysis.errors import QuestionError, TerritoryError
from sdsf_analysis.indicators.ctg import ctg_at, ctg_counters, ctg_coverage
from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.model.french import french_date, number, percent, plural
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories import outlines, reference

STATES = {
    "in_force": "CTG en vigueur",
    "renewal": "CTG échue, renouvellement en cours",
    "preparation": "CTG en préparation",
    "none": "sans CTG",
    "unknown": "suivi des CTG non reçu",
    "absent": "commune absente des tables",
}
_FLAW_M2 = 500_000


@dataclass(frozen=True)
class CtgScene:
    """The CTG of a département at a date, ready to draw."""

    departement: dict[str, str]
    on: date
    communes: gpd.GeoDataFrame
    epci: gpd.GeoDataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame
    counters: pd.DataFrame
    projection: int
    without_outline: int
    has_holes: bool

    def counter(self, measure: str, column: str = "value") -> float:
        """One number of the counters, NaN when it is not known."""
        return float(self.counters[column].astype("float64")[measure])

    @property
    def title(self) -> str:
        """The finding, in one sentence."""
        share, communes = self.counter("population_covered"), self.counter("communes_covered", "numerator")
        when = f"au {french_date(self.on)}"
        if not isnan(share):
            written = percent(share, 0)
            return f"{written} des habitants {self.departement['of']} sont couverts par une CTG {when}"
        if not isnan(communes):
            whole = number(self.counter("communes_covered", "denominator"))
            covered = plural(communes, "commune couverte", "communes couvertes")
            return f"{covered} sur {whole} par une CTG {self.departement['at']} {when}"
        return f"CTG {self.departement['of']} {when} : aucun fichier de suivi reçu"


def ctg_scene(tables: Tables, on: Day) -> CtgScene:
    r"""Work out what the map of the CTG shows.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date

    Returns
    -------
    CtgScene

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the tables do not hold one département.
    TerritoryError
        If the package has no outline of this département.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ctg_scene(example_tables(), "2024-06-30").title.replace("\u202f", " ")
    "93 % des habitants de l'Ain sont couverts par une CTG au 30 juin 2024"
    """
    day = read_date(on)
    code = _departement(tables.territories)
    row = reference.departement_row(code)
    drawn = outlines.commune_outlines(code)
    if drawn.empty:
        raise TerritoryError(f"Pas de carte : les contours des communes {row['of']} ne sont pas fournis.")
    communes = _communes(tables, day)
    known = drawn.merge(communes, left_on="code", right_on="commune", how="left", validate="one_to_one")
    known["state"] = known["state"].fillna("absent")
    projection = outlines.projection(code)
    known = known.to_crs(projection)
    return CtgScene(
        departement=row,
        on=day.date(),
        communes=known,
        epci=_epci_borders(known, tables.territories),
        counts=_counts(communes, known),
        shares=_epci_shares(tables, day),
        counters=ctg_counters(tables, day).set_index("measure"),
        projection=projection,
        has_holes=_has_holes(known),
        without_outline=int((~communes["commune"].isin(drawn["code"])).sum()),
    )


def _departement(territories: pd.DataFrame) -> str:
    codes = territories.loc[territories["level"] == "commune", "departement"].dropna().unique()
    if len(codes) != 1:
        raise QuestionError(
            "Pas de carte : les communes des tables ne sont pas celles d'un seul département."
        )
    return str(codes[0])


def _communes(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """List the communes of the tables with their population, their EPCI and their state, the best first."""
    communes = tables.territories[tables.territories["level"] == "commune"]
    communes = communes[["territory", "population"]].rename(columns={"territory": "commune"})
    epci = tables.membership[(tables.membership["level"] == "epci") & tables.membership["ends_on"].isna()]
    epci = epci[["commune", "territory"]].rename(columns={"territory": "epci"})
    states = ctg_at(tables, day)[["commune", "state"]]
    order = states["state"].map({name: rank for rank, name in enumerate(STATES)})
    best = states.assign(order=order).sort_values("order", kind="stable").drop_duplicates("commune")
    communes = communes.merge(epci, on="commune", how="left", validate="one_to_one")
    communes = communes.merge(best[["commune", "state"]], on="commune", how="left", validate="one_to_one")
    return communes.fillna({"state": "unknown" if tables.ctg.empty else "none"})


def _has_holes(communes: gpd.GeoDataFrame) -> bool:
    """Whether the département has a hole larger than a flaw of the outlines."""
    whole = outlines.dissolve(communes.assign(whole=1), "whole").geometry.iloc[0]
    parts = getattr(whole, "geoms", [whole])
    return any(Polygon(ring).area > _FLAW_M2 for part in parts for ring in part.interiors)


def _epci_borders(communes: gpd.GeoDataFrame, territories: pd.DataFrame) -> gpd.GeoDataFrame:
    """Union of the communes of each EPCI, with its name and its inhabitants in the département."""
    names = territories.loc[territories["level"] == "epci", ["territory", "name"]]
    people = communes.groupby("epci", as_index=False)["population"].sum()
    borders = outlines.dissolve(communes, "epci").merge(people, on="epci", validate="one_to_one")
    borders = borders.merge(names, left_on="epci", right_on="territory", how="left", validate="one_to_one")
    borders["name"] = borders["name"].fillna(borders["epci"])
    return borders.sort_values(["population", "epci"], ascending=[False, True], ignore_index=True)


def _counts(communes: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Communes and inhabitants by state, in the order of the legend; only the states that are on the map."""
    groups = communes.groupby("state")
    counts = pd.DataFrame({"communes": groups.size(), "inhabitants": groups["population"].sum(min_count=1)})
    counts.loc["absent", "communes"] = (drawn["state"] == "absent").sum()
    present = [state for state in STATES if counts["communes"].get(state, 0) > 0]
    return counts.loc[present]


def _epci_shares(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Share of the inhabitants covered, by EPCI, the least covered first."""
    coverage = ctg_coverage(tables, day, "epci")
    names = tables.territories.loc[tables.territories["level"] == "epci", ["territory", "name"]]
    shares = coverage[coverage["measure"] == "population"]
    shares = shares.merge(names, on="territory", how="left", validate="one_to_one")
    shares["name"] = shares["name"].fillna(shares["territory"])
    return shares.sort_values(["value", "denominator", "territory"], ascending=[True, False, True])
