"""Dates as portals and statistical series write them."""

from datetime import date

import pytest

from sdsf_analysis.reading.typed.dates import is_iso_month, read_date, read_month


@pytest.mark.parametrize(
    "text",
    [
        "2023-12-20T01:00:00+01:00",
        "2023-12-20T00:00:00Z",
        "2023-12-20 12:00:00",
        "20/12/2023 12:00",
        "20/12/2023 12:00:30",
        "20/12/2023",
    ],
)
def test_an_hour_may_follow_the_day(text):
    assert read_date(text) == (date(2023, 12, 20), "date_as_text")


@pytest.mark.parametrize("text", ["20/13/2023 12:00", "20/12/2023 midi", "12:00", "2023-12-20T"])
def test_what_is_no_day_is_refused(text):
    assert read_date(text) == (None, "value_refused")


def test_a_month_of_a_series_is_written_without_a_day():
    assert is_iso_month("2018-12") and read_month("2018-12") == "2018-12"
    assert not is_iso_month("2018-13") and not is_iso_month("juin-20")


@pytest.mark.parametrize("text", ["1er sept. 2019", "1 SEPT 2019", "01 septembre 2019", "le 1er sept. 2019"])
def test_a_day_whose_month_is_cut_short(text):
    assert read_date(text) == (date(2019, 9, 1), "date_as_text")


@pytest.mark.parametrize("text", ["3 ju 2019", "2 rue 2019", "4 mars2 2019"])
def test_a_day_without_a_month_is_no_date(text):
    assert read_date(text)[0] is None
