"""Which communes share a border."""

import pandas as pd
import pytest

from sdsf_analysis.territories.neighbours import commune_neighbours


def test_neighbours_go_both_ways_and_none_is_its_own():
    pairs = commune_neighbours("01")
    assert set(map(tuple, pairs.values)) == set(map(tuple, pairs[["neighbour", "commune"]].values))
    assert (pairs["commune"] != pairs["neighbour"]).all()
    expected = pairs.sort_values(["commune", "neighbour"], ignore_index=True)
    pd.testing.assert_frame_equal(pairs, expected)


def test_bourg_en_bresse_touches_its_ring():
    pairs = commune_neighbours("01")
    found = set(pairs.loc[pairs["commune"] == "01053", "neighbour"])
    # Péronnas, Saint-Denis-lès-Bourg, Viriat
    assert {"01289", "01344", "01451"} <= found


@pytest.mark.parametrize(
    ("departement", "alone"),
    # Île-de-Batz, Île-de-Sein, Île-Molène, Ouessant; Paris is the only commune of its département
    [("29", ["29082", "29083", "29084", "29155"]), ("75", ["75056"])],
)
def test_islands_have_no_neighbour(departement, alone):
    from sdsf_analysis.territories.outlines import commune_outlines

    codes = commune_outlines(departement)["code"]
    assert sorted(set(codes) - set(commune_neighbours(departement)["commune"])) == alone
