import pandas as pd

from sdsf_analysis.figures.gap_grid import gap_grid
from sdsf_analysis.indicators.childcare.gap import ROUNDING, TOTAL
from sdsf_analysis.model.french import NO_VALUE


def gap(*rows: tuple) -> pd.DataFrame:
    columns = ["reading", "component", "theirs", "ours", "difference", "reason"]
    return pd.DataFrame(rows, columns=columns)


def test_a_component_that_is_not_known_here_is_not_zero():
    grid = gap_grid(gap(("cnaf", "home_care", 1.5, float("nan"), 1.5, "Pas connu ici.")), "cnaf", "Cnaf")
    assert grid.loc["Garde à domicile"].tolist() == ["1,5", NO_VALUE, "+1,5", "Pas connu ici."]


def test_only_the_reading_asked_for_is_shown():
    rows = gap(("cnaf", TOTAL, 60.0, 55.0, 5.0, "a"), ("pmi", TOTAL, 70.0, 55.0, 15.0, "b"))
    assert gap_grid(rows, "pmi", "PMI")["D'où vient l'écart"].tolist() == ["b"]


def test_a_rounding_that_does_not_show_is_left_out():
    rows = gap(("cnaf", ROUNDING, float("nan"), float("nan"), 1e-15, ""), ("cnaf", TOTAL, 1.0, 1.0, 0.0, ""))
    assert gap_grid(rows, "cnaf", "Cnaf").index.tolist() == ["Ensemble"]
