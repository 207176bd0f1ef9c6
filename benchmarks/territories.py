"""How long the geography takes, each figure in a fresh process: ``python benchmarks/territories.py``.

Times are taken in the process, libraries imported: what a notebook waits for. The best of several processes
counts; on a busy machine, read the processor time beside it.
"""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TRIES = 5
PRELUDE = """
import time
import pandas as pd, geopandas, pyarrow.dataset, shapely
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.outlines import outlines
from sdsf_analysis.territories.vintages import Columns, convert, infer_year
{before}
wall, cpu = time.perf_counter(), time.process_time()
{measured}
print(time.perf_counter() - wall, time.process_time() - cpu)
"""
TABLE = """
table = reference.communes(2019)[["code", "population"]].rename(columns={"code": "commune"})
table = table.assign(population=table["population"].astype("float64"), population_status="known")
"""
CONVERT = 'convert(table, 2026, since=2019, columns=Columns(counts=["population"]))'
CASES = (
    ("first use of the geography (one département)", "", 'reference.communes(2026, "01")', 0.3),
    ("first use of the geography (France)", "", "reference.communes(2026)", 0.3),
    ("35,000 rows from 2019 to 2026, first time", TABLE, CONVERT, 0.3),
    ("35,000 rows from 2019 to 2026, again", TABLE + CONVERT, CONVERT, 0.3),
    ("geography year of 35,000 codes, first time", TABLE, 'infer_year(table["commune"])', None),
    (
        "outlines of one département, communes",
        'reference.communes(2026, "01")',
        'outlines("01", "commune")',
        0.2,
    ),
    ("outlines of one département, EPCI", 'reference.communes(2026, "01")', 'outlines("01", "epci")', 0.2),
)


def best(before: str, measured: str) -> tuple[float, float]:
    """Shortest wall and processor times of several fresh processes, in seconds."""
    script = PRELUDE.format(before=before, measured=measured)
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], check=True, cwd=PROJECT, capture_output=True, text=True
        )
        for _ in range(TRIES)
    ]
    times = [tuple(map(float, run.stdout.split())) for run in runs]
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


def main() -> None:
    """Measure and print; nothing is asserted."""
    for name, before, measured, aim in CASES:
        wall, cpu = best(before, measured)
        wanted = f"  (at most {aim} s)" if aim else ""
        print(f"{name:46} {wall:6.3f} s, processor {cpu:6.3f} s{wanted}")


if __name__ == "__main__":
    main()
