import pandas as pd
import pytest

from sdsf_analysis.build.finish import (
    communes_elsewhere,
    fill_perimeter_dates,
    overlapping_perimeters,
    reversed_dates,
    unknown_conventions,
)
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.rows import MARKS


def frame(name, *rows):
    made = table(name).cast(pd.DataFrame(list(rows)))
    marks = pd.DataFrame({mark: [f"{mark}{n}" for n in range(len(made))] for mark in MARKS}, index=made.index)
    return made.join(marks.astype("str"))


def member(ctg, commune, start=None, end=None):
    return {"level": "ctg", "territory": ctg, "commune": commune, "starts_on": start, "ends_on": end}


def ctg(number, start, end):
    return {"ctg": number, "starts_on": start, "ends_on": end}


def test_an_empty_entry_is_the_beginning_of_the_convention():
    conventions = frame("ctg", ctg("A", "2022-01-01", "2025-12-31"), ctg("P", None, None))
    rows = frame("membership", member("A", "01004"), member("A", "01005", "2023-05-01"), member("P", "01006"))
    filled = fill_perimeter_dates(rows, conventions)["starts_on"].dt.strftime("%Y-%m-%d")
    assert filled.fillna("").tolist() == ["2022-01-01", "2023-05-01", ""]


def test_dates_survive_without_a_convention_or_without_a_row():
    rows = fill_perimeter_dates(frame("membership"), frame("ctg", ctg("A", "2022-01-01", None)))
    assert len(rows) == 0
    rows = fill_perimeter_dates(frame("membership", member("A", "01004")), frame("ctg"))
    assert rows["starts_on"].isna().all()


def test_what_ends_before_it_starts_is_asked_about_and_left_out():
    kept, (problem,) = reversed_dates(
        frame("ctg", ctg("A", "2023-01-01", "2022-12-31"), ctg("B", "2023-01-01", "2023-01-01")),
        "starts_on",
        "ends_on",
    )
    assert kept["ctg"].tolist() == ["B"]
    assert (problem.code, problem.source, problem.cell) == ("dates_reversed", "_source0", "_cell0")
    assert "31/12/2022" in problem.message


def test_a_convention_that_is_not_listed_is_named_once():
    rows = frame("officers", *({"ctg": name, "post": str(n)} for n, name in enumerate("ABBA")))
    assert [p.found for p in unknown_conventions(rows, "ctg", {"A"})] == ["B"]
    assert list(unknown_conventions(rows, "ctg", set())) == []


@pytest.mark.parametrize(
    ("first_end", "second_start", "count"),
    [("2024-12-31", "2024-12-31", 1), ("2024-12-30", "2024-12-31", 0), (None, "2024-12-31", 1)],
)
def test_two_conventions_on_one_day_are_asked_about(first_end, second_start, count):
    conventions = frame("ctg", ctg("A", "2020-01-01", None), ctg("B", "2024-01-01", None))
    rows = frame(
        "membership", member("A", "01004", "2020-01-01", first_end), member("B", "01004", second_start)
    )
    assert len(list(overlapping_perimeters(rows, conventions))) == count


def test_a_long_convention_is_seen_behind_a_short_one():
    conventions = frame("ctg", ctg("A", "2020-01-01", "2030-12-31"))
    rows = frame(
        "membership",
        member("A", "01004", "2020-01-01"),
        member("B", "01004", "2021-01-01", "2021-12-31"),
        member("C", "01004", "2023-01-01", "2023-12-31"),
    )
    messages = [problem.message for problem in overlapping_perimeters(rows, conventions)]
    assert ["B" in messages[0], "C" in messages[1], len(messages)] == [True, True, 2]


def test_the_convention_ends_for_its_communes_too():
    conventions = frame("ctg", ctg("A", "2020-01-01", "2023-12-31"), ctg("B", "2024-01-01", None))
    rows = frame("membership", member("A", "01004", "2020-01-01"), member("B", "01004", "2024-01-01"))
    assert list(overlapping_perimeters(rows, conventions)) == []


def test_a_commune_that_the_departement_has_not_stays_out_whatever_let_it_through():
    rows = frame("membership", member("A", "01004"), member("A", "69123"))
    kept, (problem,) = communes_elsewhere(rows, {"01004"})
    assert kept["commune"].tolist() == ["01004"]
    assert (problem.code, problem.cell, problem.found) == ("commune_outside", "_cell1", "69123")
