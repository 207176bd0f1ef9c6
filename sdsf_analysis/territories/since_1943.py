"""Make ``names_since_1943.parquet``: who has borne each name of commune, from the history and the releases.

Reading the two takes seconds; what is asked of them is kept beside them, sorted so that one département is
read alone. Run ``python -m sdsf_analysis.territories.since_1943`` after a new release or another way to
normalise: a test holds the file equal to what this makes.
"""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.keys import name_keys

FILE = "names_since_1943.parquet"
FIRST_YEAR, STILL = 1943, 9999
# Of the history: a commune merged for good, which the rows of its own life name already.
_GONE = "COMP"
Borne = tuple[str, str, bool]
Span = tuple[int, int]


def names_since_1943() -> pd.DataFrame:
    """Names that each code has borne, as a commune or held by another one.

    Returns
    -------
    pandas.DataFrame
        One row per code, name, status and run of years: departement (of the code), code, name, is_commune,
        first and last (years on whose 1 January it was so, 9999 where the last release has it), key; sorted.
    """
    spans: dict[Borne, list[Span]] = {}
    for borne, span in [*_of_history(), *_of_releases()]:
        spans.setdefault(borne, []).append(span)
    rows = [(departement_of(borne[0]), *borne, *run) for borne, own in spans.items() for run in _runs(own)]
    columns = ["departement", "code", "name", "is_commune", "first", "last"]
    frame = pd.DataFrame(rows, columns=columns).astype({"first": "int16", "last": "int16"})
    frame["key"] = name_keys(frame["name"])
    return frame.sort_values(columns, ignore_index=True)


def _runs(spans: Iterable[Span]) -> Iterator[Span]:
    """Join the spans that follow or overlap one another."""
    ordered = sorted(spans)
    first, last = ordered[0]
    for start, end in ordered[1:]:
        if start > last + 1:
            yield first, last
            first = start
        last = max(last, end)
    yield first, last


def _of_history() -> Iterator[tuple[Borne, Span]]:
    rows = reference.history()
    rows = rows[rows["type"] != _GONE]
    begun = rows["dateDebut"].fillna(f"{FIRST_YEAR}-01-01")
    # a state in force on 1 January 2019 goes on as the release of that year says
    ended = rows["dateFin"].fillna(f"{reference.YEARS[0]}-12-31")
    columns = [rows["code"], rows["nom"], rows["type"], begun, ended]
    for code, name, kind, start, end in zip(*(column.tolist() for column in columns), strict=True):
        first = int(start[:4]) + (not start.endswith("-01-01"))
        last = int(end[:4]) - end.endswith("-01-01")
        # a state of less than a year is kept: its name was borne
        yield (code, name, kind == "COM"), (min(first, last), last)


def _of_releases() -> Iterator[tuple[Borne, Span]]:
    following = {year: after - 1 for year, after in pairwise(reference.YEARS)}
    for year in reference.YEARS:
        last = following.get(year, STILL)
        for frame, is_commune in ((reference.communes(year), True), (reference.former_communes(year), False)):
            for code, name in zip(frame["code"].tolist(), frame["name"].tolist(), strict=True):
                yield (code, name, is_commune), (year, last)


if __name__ == "__main__":
    path = files("sdsf_analysis.territories") / "data" / FILE
    names_since_1943().to_parquet(str(path), index=False, compression="zstd", compression_level=19)
