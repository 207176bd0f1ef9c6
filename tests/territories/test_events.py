"""Where codes lead, and by which event."""

import pytest

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories.events import Event, Lead, lead, trail

MERGERS_OF_THE_PAST = [
    ("01091", 2026, None, "01033", "2019-01-01"),  # delegated
    (
        "01458",
        2026,
        None,
        "01033",
        "1973-11-01",
    ),  # associated, merged for good, then absorbed with its commune
    ("01033", 2026, 2018, "01033", "2019-01-01"),  # the seat's code is kept by the whole
    ("01033", 2026, 1968, "01033", "1971-01-01"),
]


@pytest.mark.parametrize(("code", "year", "since", "commune", "date"), MERGERS_OF_THE_PAST)
def test_a_merger_of_the_history_carries_its_date(
    code: str, year: int, since: int | None, commune: str, date: str
) -> None:
    assert lead(code, year, since) == Lead((commune,), Event("merger", date), code)


@pytest.mark.parametrize(
    ("code", "commune", "release"),
    [("01039", "01138", 2023), ("45287", "45307", 2021), ("19092", "19143", 2022), ("25134", "25185", 2022)],
)
def test_a_later_merger_carries_the_release_that_shows_it(code: str, commune: str, release: int) -> None:
    assert lead(code, 2026) == Lead((commune,), Event("merger", release=release), code)


def test_a_code_in_force_is_its_own_without_event() -> None:
    assert lead("01004", 2026) == Lead(("01004",))
    assert lead("01004", 2026, since=2020) == Lead(("01004",))


def test_a_seat_that_absorbs_others_is_a_merger_under_one_code() -> None:
    assert lead("01138", 2026, since=2022) == Lead(("01138",), Event("merger", release=2023), "01138")


def test_a_commune_split_since_leads_to_all_its_parts() -> None:
    assert lead("14712", 2026, since=2019) == Lead(("14666", "14712"), Event("split", release=2021), "14712")
    assert lead("14712", 2026) == Lead(("14712",))
    assert lead("27078", 2026, since=1945).event == Event("split", "1947-12-19")


def test_a_restored_commune_is_itself() -> None:
    assert lead("14666", 2026, since=2019) == Lead(("14666",), Event("restoration", release=2021))
    assert lead("27621", 2026, since=1945).event == Event("restoration", "1947-12-19")


def test_a_seat_that_moves_changes_the_code() -> None:
    assert lead("27676", 2021) == Lead(("27058",), Event("code_change", release=2021), "27676")
    assert lead("27058", 2026).codes == ("27676",)
    assert lead("12076", 2026) == Lead(("12218",), Event("code_change", release=2025), "12076")


def test_a_code_changes_with_its_departement() -> None:
    assert lead("20004", 2026) == Lead(("2A004",), Event("code_change", "1976-01-01"), "20004")


def test_parts_that_came_together_again_are_a_merger():
    # Vessey gave Cormeray back in 1980; both are in Pontorson since 2016
    assert lead("50630", 2026, since=1975) == Lead(("50410",), Event("merger", "2016-01-01"), "50630")


def test_backwards_a_merged_commune_is_what_it_was_made_of() -> None:
    assert lead("01138", 2019, since=2026) == Lead(("01039", "01138"), Event("merger", release=2023), "01138")
    assert lead("14666", 2019, since=2026) == Lead(("14712",), Event("split", release=2021), "14666")


@pytest.mark.parametrize("code", ["77362", "XX", "", "99999"])
def test_without_a_trail_nothing_is_said(code: str) -> None:
    assert lead(code, 2026) == Lead(())


def test_a_year_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(TerritoryError, match="2020"):
        lead("01004", 2020)


def test_the_trail_of_all_codes_agrees_with_each() -> None:
    pairs = trail(2019, 2026).groupby("code")["commune"].agg(tuple)
    for code in ("01091", "01138", "14712", "15141", "27676", "60694"):
        assert pairs[code] == lead(code, 2026, since=2019).codes
