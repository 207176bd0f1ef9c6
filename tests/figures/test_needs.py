"""The needs in a table: what is known, what is bounded, what is not there."""

import pandas as pd

from sdsf_analysis.figures.needs_grids import children_grid, needs_grid, needs_words

NAMES = pd.Series({"E": "CC du Test"})
MEASURES = [
    "childminders_active", "childminders_leaving", "places_ahead", "need_low", "need_central", "need_high"
]  # fmt: skip


def needed(values, highs=None, territory="E"):
    nothing = float("nan")
    bounds = {"low": nothing, "high": nothing} if highs is None else {"low": 0.0, "high": highs}
    return pd.DataFrame({"territory": territory, "measure": MEASURES, "value": values}).assign(**bounds)


def test_a_need_that_is_only_bounded_is_at_most():
    nothing = float("nan")
    rows = needed([10.0, 2.0, nothing, 0.0, nothing, nothing], [None, None, None, None, 12.4, 73.6])
    row = needs_grid(rows, NAMES).loc["CC du Test"]
    assert row.tolist()[-3:] == ["0", "au plus 12", "au plus 74"]
    assert "il faut au plus 0 places" in needs_words(rows)


def test_places_too_many_in_one_territory_do_not_serve_another():
    rows = pd.concat(
        [needed([10.0, 2.0, 90.0, 0.0, 5.0, 9.0]), needed([8.0, 1.0, 500.0, 0, 0, 0], None, "F")]
    )
    said = needs_words(rows)
    assert "3 assistants maternels partent, sur 18 en activité" in said
    assert "0 places dans le scénario bas, 5 dans le scénario central, 9 dans le scénario haut" in said


def test_nothing_known_is_no_table_and_no_sentence():
    rows = needed([float("nan")] * 6)
    assert needs_grid(rows, NAMES).empty and needs_words(rows) == ""
    children = pd.DataFrame({"territory": "E", "value": [None] * 4}).assign(
        measure=["children_now", "children_low", "children_central", "children_high"], low=None, high=None
    )
    assert children_grid(children.astype({"value": float, "low": float, "high": float}), NAMES).empty


def test_few_persons_are_not_written():
    row = needs_grid(needed([4.0, 0.0, 40.0, 3.0, 5.0, 9.0]), NAMES).loc["CC du Test"]
    assert row.tolist() == ["moins de 5", "0", "40", "3", "5", "9"]
