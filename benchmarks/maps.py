"""Maps beside a bare plot of the same outlines: ``python benchmarks/maps.py [DEPARTEMENT]``.

Each is composed and saved as a PNG of A4 at 300 dpi, warm; times are those of the processor, which other work
on the machine disturbs least, and medians of several turns taken in alternation. Nothing is asserted.
"""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sdsf_analysis.figures.country import country
from sdsf_analysis.figures.ground import ground
from sdsf_analysis.figures.maps import choropleth, circles, france_map
from sdsf_analysis.figures.style import A4_MM, MM_PER_INCH, PRINT_DPI
from sdsf_analysis.territories import reference

TURNS = 7
BARE_LIMIT, FRANCE_LIMIT_S = 1.3, 10.0


def main() -> None:
    """Print the time of each map and its ratio to the bare plot."""
    departement = sys.argv[1] if len(sys.argv) > 1 else "01"
    communes = ground(departement).communes
    rate = np.random.default_rng(1).gamma(2, 10, len(communes))
    outlines = communes.assign(rate=rate)
    frame = pd.DataFrame({"commune": communes["code"], "rate": rate})
    works = {
        "bare GeoDataFrame.plot": lambda: _bare(outlines),
        "map without names": lambda: _saved(choropleth(frame, "rate", title="Carte", names=False)),
        "map with names": lambda: _saved(choropleth(frame, "rate", title="Carte")),
        "map in circles, with names": lambda: _saved(circles(frame, "rate", title="Carte")),
    }
    times = medians(works)
    bare = times["bare GeoDataFrame.plot"]
    for name, taken in times.items():
        aim = f"   (aim: at most {BARE_LIMIT})" if name == "map without names" else ""
        print(f"{name:32} {taken:6.2f} s   {taken / bare:4.2f}{aim}")
    start = time.process_time()
    country()
    print(f"{'outlines of France, once':32} {time.process_time() - start:6.2f} s")
    everywhere = reference.communes(2026)[["code"]]
    everywhere["rate"] = np.random.default_rng(1).gamma(2, 10, len(everywhere))
    start = time.process_time()
    _saved(france_map(everywhere, "rate", title="Carte", level="commune"))
    taken = time.process_time() - start
    print(f"{'communes of France':32} {taken:6.2f} s   (aim: at most {FRANCE_LIMIT_S:.0f} s)")


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median time of each work, the first turn left out."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(TURNS + 1):
        for name, work in works.items():
            start = time.process_time()
            work()
            if turn:
                times[name].append(time.process_time() - start)
    return {name: median(taken) for name, taken in times.items()}


def _bare(outlines: gpd.GeoDataFrame) -> bytes:
    figure = Figure(figsize=(A4_MM[0] / MM_PER_INCH, A4_MM[1] / MM_PER_INCH))
    FigureCanvasAgg(figure)
    outlines.plot("rate", ax=figure.add_subplot())
    return _saved(figure)


def _saved(page: Figure) -> bytes:
    buffer = BytesIO()
    if hasattr(page, "png"):
        return bytes(page.png(PRINT_DPI))
    page.savefig(buffer, format="png", dpi=PRINT_DPI)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
