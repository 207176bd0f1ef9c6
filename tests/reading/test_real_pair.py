"""One table of INSEE in two forms, a damaged text and a clean workbook: equal once its codes are repaired."""

from pathlib import Path

import pytest

from sdsf_analysis.recipes.inspection import read

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
NAME = "insee_table-appartenance-geo-communes-22"
# The two files differ themselves in five cells: the name of two communes, the urban unit of a third.
DIFFER = {
    ("08165", "LIBGEO"),
    ("24177", "LIBGEO"),
    ("72213", "UU2020"),
    ("72213", "TUU2017"),
    ("72213", "TDUU2017"),
}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")


def frame_of(name):
    frame = read(REAL / name).tables[0].frame()
    frame.columns = [label.split(" › ")[-1] for label in frame.columns]
    return frame.set_index("CODGEO").astype(object)


def test_the_pair_is_one_table():
    damaged, clean = frame_of(f"{NAME}_cp1252.csv"), frame_of(f"{NAME}.xlsx")
    assert damaged.index.tolist() == clean.index.tolist()
    clean = clean[damaged.columns]
    unlike = (damaged != clean) & ~(damaged.isna() & clean.isna())
    found = {(code, name) for name in unlike for code in unlike.index[unlike[name]]}
    assert found == DIFFER
