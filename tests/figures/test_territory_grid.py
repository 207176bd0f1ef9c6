"""An indicator by territory in words: units, intervals, statuses, small numbers."""

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.territory_grid import territory_grid

NAN = float("nan")
NAMES = pd.DataFrame({"territory": ["E1", "E2", "E3"], "name": ["Un", "Deux", "Trois"]})
COLUMNS = ["territory", "numerator", "denominator", "value", "status", "low", "high"]


def shares(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).assign(measure="population")


def grid(*rows, **more):
    found = territory_grid(shares(*rows), "ctg_coverage", NAMES, **more)
    return found["Habitants couverts"].str.replace("\u202f", " ").to_dict()


def test_rows_go_from_the_lowest_to_the_highest_by_name():
    rows = [("E1", 30, 40, 75.0, "known", NAN, NAN), ("E2", 10, 40, 25.0, "known", NAN, NAN)]
    assert list(grid(*rows).items()) == [("Deux", "25,0 %"), ("Un", "75,0 %")]


def test_parts_are_written_where_asked():
    assert grid(("E1", 30, 40, 75.0, "known", NAN, NAN), parts=["population"])["Un"] == "75,0 % (30 sur 40)"


def test_what_is_not_known_has_its_bounds_or_its_reason():
    found = grid(
        ("E1", NAN, 40, NAN, "secret", 20.0, 30.0),
        ("E2", NAN, 40, NAN, "missing", NAN, NAN),
        ("E3", 0, 0, NAN, "not_applicable", NAN, NAN),
    )
    assert found == {"Un": "entre 20,0 % et 30,0 %", "Deux": "n. d.", "Trois": "sans objet"}


def test_a_rate_that_rests_on_few_persons_is_not_written():
    assert grid(("E1", 1, 4, 25.0, "known", NAN, NAN))["Un"] == "effectif trop petit"
    assert grid(("E1", 3, 40, 7.5, "known", NAN, NAN))["Un"] == "7,5 %"
    assert grid(("E1", 3, 40, 7.5, "known", NAN, NAN), persons=["population"])["Un"] == "effectif trop petit"
    assert grid(("E1", 0, 40, 0.0, "known", NAN, NAN), persons=["population"])["Un"] == "0 %"


def test_a_territory_without_a_row_of_a_measure_is_said_so():
    communes = shares(("E1", 3, 4, 75.0, "known", NAN, NAN), ("E2", 1, 4, 25.0, "known", NAN, NAN))
    rows = pd.concat([shares(("E1", 30, 40, 75.0, "known", NAN, NAN)), communes.assign(measure="communes")])
    found = territory_grid(rows, "ctg_coverage", NAMES, measures=["communes", "population"], threshold=0)
    assert found["Habitants couverts"].to_dict()["Deux"] == "n. d."


def test_an_unknown_measure_is_answered_with_the_known_ones():
    with pytest.raises(QuestionError, match="communes, population"):
        territory_grid(shares(), "ctg_coverage", NAMES, measures=["habitants"])
