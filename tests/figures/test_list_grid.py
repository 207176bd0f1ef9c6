import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.list_grid import list_grid
from sdsf_analysis.model.french import NO_VALUE


def growth(**values) -> pd.DataFrame:
    row = {
        "signatory": "CC du Test",
        "places_end": 40.0,
        "growth_percent": 33.333,
        "finding": "Palier atteint.",
    }
    return pd.DataFrame([row | values])


def test_titles_come_from_the_registry_and_a_share_says_its_unit():
    grid = list_grid(growth(), "cofinanced_places", ["signatory", "places_end", "growth_percent"])
    assert grid.columns.tolist() == ["Places cofinancées à la date", "Évolution en pourcentage (%)"]
    assert grid.loc["CC du Test"].tolist() == ["40", "33,3"]


def test_what_is_not_known_is_not_zero():
    grid = list_grid(growth(places_end=float("nan")), "cofinanced_places")
    assert grid.loc["CC du Test", "Places cofinancées à la date"] == NO_VALUE


def test_a_list_without_a_row_is_no_table():
    assert list_grid(growth().head(0), "cofinanced_places") == ""


def test_an_unknown_column_is_refused():
    with pytest.raises(QuestionError, match="places_start"):
        list_grid(growth(), "cofinanced_places", ["place_start"])
