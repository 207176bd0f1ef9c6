"""Coverage by the CTG for all of France, a CTG per EPCI: ``python benchmarks/ctg.py``.

In process, the geography loaded; each figure is the best of several runs. Nothing is asserted.
"""

import time
from collections.abc import Callable

import pandas as pd

from sdsf_analysis.indicators.counters import ctg_counters
from sdsf_analysis.indicators.coverage import ctg_coverage
from sdsf_analysis.indicators.history import ctg_history
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.territories import reference

YEAR = 2026
TRIES = 5
LEVELS = ("epci", "arrondissement", "departement", "region")
CHILDREN = ("children_0_2", "children_3_5", "children_6_11", "children_12_17")
COVERAGE_LIMIT_S, HISTORY_LIMIT_S = 0.3, 2.0
ON, START = "2024-12-31", "2015-12-31"


def france() -> Tables:
    """Tables of all of France; the periods of the conventions go from one year to the next, by EPCI."""
    communes = reference.communes(YEAR)
    frames = {
        "territories": _territories(communes),
        "membership": _membership(communes),
        "ctg": _conventions(communes),
        "families": _families(communes),
    }
    ready = {name: table(name).conform(frame) for name, frame in frames.items()}
    return Tables(lambda name: ready[name] if name in ready else table(name).empty())


def _territories(communes: pd.DataFrame) -> pd.DataFrame:
    columns = ["name", "departement", "population", "population_year"]
    return communes[columns].assign(level="commune", territory=communes["code"])


def _membership(communes: pd.DataFrame) -> pd.DataFrame:
    levels = [
        pd.DataFrame({"level": level, "territory": communes[level], "commune": communes["code"]})
        for level in LEVELS
    ]
    perimeters = levels[0].assign(level="ctg")
    return pd.concat([*levels, perimeters]).dropna(subset=["territory"])


def _conventions(communes: pd.DataFrame) -> pd.DataFrame:
    codes = pd.Series(sorted(communes["epci"].dropna().unique()))
    starts = 2016 + codes.index % 9
    return pd.DataFrame(
        {
            "ctg": codes,
            "stage": "signed",
            "signed_on": [f"{year}-06-30" for year in starts],
            "starts_on": [f"{year}-01-01" for year in starts],
            "ends_on": [f"{year + 4}-12-31" for year in starts],
        }
    )


def _families(communes: pd.DataFrame) -> pd.DataFrame:
    frames = []
    for release in reference.YEARS:
        known = reference.communes(release)[["code", "population", "population_year"]].dropna()
        known = known[known["code"].isin(communes["code"])]
        frames.append(known.set_axis(["commune", "value", "year"], axis=1).assign(measure="legal_population"))
    people = communes[["code", "population"]].dropna().set_axis(["commune", "value"], axis=1)
    for year in (2022, 2023, 2024):
        frames += [people.assign(value=people["value"] // 30, year=year, measure=band) for band in CHILDREN]
    rows = pd.concat(frames).drop_duplicates(["commune", "year", "measure"])
    return rows.assign(regime="all", status="known")


def best(ask: Callable[[], object]) -> float:
    """Shortest of several runs, in seconds."""
    durations = []
    for _ in range(TRIES):
        start = time.perf_counter()
        ask()
        durations.append(time.perf_counter() - start)
    return min(durations)


def main() -> None:
    """Measure and print."""
    tables = france()
    ctg_counters(tables, ON)
    print(f"{len(tables.territories)} communes, {len(tables.ctg)} CTG")
    for name, limit, ask in (
        ("ctg_counters", COVERAGE_LIMIT_S, lambda: ctg_counters(tables, ON)),
        ("ctg_coverage by epci", COVERAGE_LIMIT_S, lambda: ctg_coverage(tables, ON)),
        ("ctg_coverage by commune", COVERAGE_LIMIT_S, lambda: ctg_coverage(tables, ON, by="commune")),
        ("ctg_history, 10 years", HISTORY_LIMIT_S, lambda: ctg_history(tables, START, ON, "year")),
    ):
        print(f"{name:26} {best(ask):6.3f} s  (at most {limit} s)")


if __name__ == "__main__":
    main()
