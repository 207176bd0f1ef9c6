import pandas as pd
import pytest

from sdsf_analysis.indicators.measures import bounded_sums, covered_shares, in_force

COLUMNS = ["zone", "covered", "value", "status", "low", "high"]


def rows(*lines):
    return pd.DataFrame(lines, columns=COLUMNS).astype({"value": float, "low": float, "high": float})


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["known", "known"], "known"),
        (["known", "secret"], "secret"),
        (["masked", "not_significant"], "secret"),
        (["secret", "missing"], "missing"),
        (["known", "error"], "missing"),
    ],
)
def test_the_worst_part_gives_its_status_to_the_sum(statuses, expected):
    sums = bounded_sums(rows(*(["a", True, 10, status, None, None] for status in statuses)), "zone")
    assert sums.loc["a", "status"] == expected
    assert pd.isna(sums.loc["a", "value"]) == (expected != "known")


def test_a_value_next_to_a_withheld_status_is_never_summed():
    sums = bounded_sums(rows(["a", True, 3, "secret", 1, 4], ["a", True, 10, "known", None, None]), "zone")
    assert sums.loc["a", ["low", "high"]].tolist() == [11, 14]


def test_known_values_that_were_rounded_keep_their_interval():
    found = covered_shares(
        rows(["a", True, 25, "known", 23, 27], ["a", False, 60, "known", 58, 62]), "zone"
    ).iloc[0]
    assert found["value"] == pytest.approx(100 * 25 / 85)
    assert [found["low"], found["high"]] == pytest.approx([100 * 23 / 85, 100 * 27 / 85])


def test_a_withheld_count_without_bounds_leaves_the_high_unknown():
    found = covered_shares(
        rows(["a", True, None, "secret", None, None], ["a", False, 6, "known", None, None]), "zone"
    )
    assert found["low"].tolist() == [0.0]
    assert found[["value", "high"]].isna().all(axis=None)


def test_nothing_covered_is_a_true_zero_and_everything_covered_is_exact():
    found = covered_shares(
        rows(["a", False, 6, "known", None, None], ["b", True, 6, "known", None, None]), "zone"
    )
    assert found["value"].tolist() == [0.0, 100.0]
    assert found[["low", "high"]].isna().all(axis=None)


def test_both_ends_of_a_period_are_inside():
    period = pd.DataFrame({"starts_on": ["2021-01-01"], "ends_on": ["2025-12-31"]}).astype("datetime64[us]")
    days = ["2020-12-31", "2021-01-01", "2025-12-31", "2026-01-01"]
    assert [in_force(period, pd.Timestamp(day)).item() for day in days] == [False, True, True, False]
