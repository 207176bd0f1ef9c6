"""Shares of families on tables: raw beside smoothed, and no withheld count let out."""

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.equity.example import families_example
from sdsf_analysis.indicators.equity.few_cases import smoothed_rates
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables

DAY = "2024-12-31"


def of(frame, territory):
    return frame[frame["territory"] == territory].set_index("measure")


def test_raw_smoothed_and_limits_stand_together():
    found = of(smoothed_rates(families_example(), DAY), "01002")
    assert found.loc["raw", ["numerator", "denominator", "value"]].tolist() == [3, 40, 7.5]
    assert found.loc["poisson_low", "value"] == pytest.approx(100 * 0.6187 / 40, abs=1e-3)
    assert found.loc["raw", "value"] < found.loc["smoothed", "value"] < 20


def test_a_withheld_count_has_bounds_and_nothing_else():
    found = of(smoothed_rates(families_example(), DAY), "01005")
    assert found["value"].isna().all() and set(found["status"]) == {"secret"}
    assert found.loc["raw", ["low", "high"]].round(1).tolist() == [11.1, 44.4]
    assert found.loc["smoothed":, ["low", "high"]].isna().all(axis=None)


def test_sums_come_before_the_division():
    found = of(smoothed_rates(families_example(), DAY, by="epci"), "E1")
    assert found.loc["raw", ["numerator", "denominator"]].tolist() == [23, 140]
    assert found.loc["raw", "value"] == pytest.approx(100 * 23 / 140)


def test_without_the_file_nothing_is_known_and_the_file_is_named():
    found = smoothed_rates(example_tables(), DAY)
    assert set(found["status"]) == {"missing"}
    assert "(recette caf_families)" in found.attrs["remark"]


def test_an_unknown_share_is_answered_with_the_known_ones():
    with pytest.raises(QuestionError, match="single_parent_families"):
        smoothed_rates(families_example(), DAY, of="familles")


def test_the_regime_is_said():
    assert "allocataires" in smoothed_rates(families_example(), DAY).attrs["remark"]
    assert pd.api.types.is_integer(smoothed_rates(families_example(), DAY).attrs["year"])


def with_single_parents(value):
    """The example, with so many single-parent families in one commune of a hundred families."""
    tables = families_example()
    rows = (tables.families["commune"] == "01001") & (tables.families["measure"] == "single_parent_families")
    families = tables.families.assign(value=tables.families["value"].mask(rows, value))
    return Tables(lambda name: families if name == "families" else getattr(tables, name))


def test_where_chance_explains_every_gap_the_answer_says_so():
    found = smoothed_rates(with_single_parents(20.0), DAY)
    assert found.loc[found["measure"] == "smoothed", "value"].dropna().round(9).nunique() == 1
    assert "ne dépassent pas ceux que le hasard donne" in found.attrs["remark"]
    assert "hasard" not in smoothed_rates(with_single_parents(95.0), DAY).attrs["remark"]
