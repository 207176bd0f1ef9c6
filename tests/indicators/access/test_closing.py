"""What a closing leaves, checked by hand on the example."""

import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.access.closing import if_closed
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

DAY = "2024-06-30"


def test_a_closing_by_hand():
    # 10 km from one commune to the next: c1 and m1 are 20 km apart
    apart, together = (if_closed(example_tables(), DAY, "c1", radius_km=km).iloc[0] for km in (15, 25))
    assert [apart["services_left"], together["services_left"]] == [0, 1]
    assert together["places_left"] == 12
    assert together["nearest_left_km"] == pytest.approx(20.015, abs=1e-3)


def test_all_the_places_of_a_service_are_lost_to_the_children_around():
    known = example_tables()
    rows = known.families[known.families["commune"] != "01005"]
    tables = Tables(lambda name: rows if name == "families" else getattr(known, name))
    for _, row in if_closed(tables, DAY).iterrows():
        lost = (row["accessible_before"] - row["accessible_after"]) * row["children_around"] / 100
        assert lost == pytest.approx(row["capacity"])


def test_a_service_that_is_not_open_is_answered_with_those_that_are():
    with pytest.raises(QuestionError, match=r"Choisir parmi : c1, m1\."):
        if_closed(example_tables(), DAY, "c2")


def test_nothing_received_gives_no_row():
    assert if_closed(Tables(lambda name: table(name).empty()), DAY).empty
