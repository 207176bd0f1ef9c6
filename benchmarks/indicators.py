"""Every indicator of one département: ``python benchmarks/indicators.py [DEPARTEMENT]``.

On the fictitious files of a département, built beforehand and read once. Each indicator is asked with its
usual options, then all of them at every level that the workspace has. Beside each time, its ratio to a plain
pandas sum by EPCI of the largest table, on the same machine. Nothing is asserted.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asking import LEVEL, indicator, levels_of, options_of
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.scaffold import demo_workspace
from sdsf_analysis.workspace import Workspace

TRIES = 5
ONE_LIMIT_S, ALL_LIMIT_S = 0.2, 10.0
ON = date(2024, 12, 31)
DAYS = {"on": ON, "start": date(2022, 12, 31), "end": ON}


def main() -> None:
    """Print the time of each indicator, then of all at all levels."""
    departement = sys.argv[1] if len(sys.argv) > 1 else "01"
    with TemporaryDirectory() as folder:
        workspace = Workspace(demo_workspace(departement, Path(folder) / "demo"))
        workspace.build()
        tables = workspace.tables
        for name in tables.names:
            getattr(tables, name)
        peer = best(lambda: _plain_sum(tables))
        print(f"{'plain pandas sum by EPCI':28} {peer:7.3f} s   1.0")
        for name in INDICATORS:
            taken = best(lambda name=name: _ask(name, tables, {}))  # type: ignore[misc]
            print(f"{name:28} {taken:7.3f} s   {taken / peer:4.1f}   (aim: at most {ONE_LIMIT_S} s)")
        start = time.perf_counter()
        asked = sum(map(len, (_everywhere(name, tables) for name in INDICATORS)))
        whole = time.perf_counter() - start
        print(f"all, at all levels ({asked} answers) {whole:.1f} s   (aim: at most {ALL_LIMIT_S:.0f} s)")


def best(work: Callable[[], object]) -> float:
    """Least time of several runs, the first one left out."""
    work()
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _plain_sum(tables: Tables) -> pd.DataFrame:
    epci = tables.membership[tables.membership["level"] == "epci"][["territory", "commune"]]
    joined = tables.families.merge(epci, on="commune")
    return joined.groupby(["territory", "measure", "regime", "year"])["value"].sum().reset_index()


def _ask(name: str, tables: Tables, given: dict[str, object]) -> pd.DataFrame:
    options = options_of(INDICATORS[name])
    days = {one: day for one, day in DAYS.items() if one in options}
    return indicator(name, tables, **days, **given)


def _everywhere(name: str, tables: Tables) -> list[pd.DataFrame]:
    """Answers at every level; one that has none at a level says so, and is an answer too."""
    entry = INDICATORS[name]
    if LEVEL not in options_of(entry):
        return [_ask(name, tables, {})]
    answers = []
    for level in levels_of(entry, tables):
        try:
            answers.append(_ask(name, tables, {LEVEL: level}))
        except QuestionError:
            answers.append(pd.DataFrame())
    return answers


if __name__ == "__main__":
    main()
