import pandas as pd
import pytest

from sdsf_analysis.figures.cascades import balance_chart, change_chart
from sdsf_analysis.indicators.services.movements import MOVEMENTS

NAN = float("nan")
DAYS = ("2022-12-31", "2024-12-31")


def balance(**measures) -> pd.DataFrame:
    """A balance: each measure at its value, or at (value, low)."""
    values = dict.fromkeys(("start", *MOVEMENTS, "end", "balance"), 0.0) | measures
    rows = [(name, *(given if isinstance(given, tuple) else (given, NAN))) for name, given in values.items()]
    return pd.DataFrame(rows, columns=["measure", "value", "low"]).assign(high=NAN)


def test_the_steps_are_told_from_the_first_total_to_the_last():
    page = balance_chart(balance(start=100.0, created=12.0, closed=-4.0, end=108.0, balance=8.0), *DAYS)
    assert page.alt_text.startswith("Mouvements datés : 8 places de plus.")
    assert page.alt_text.endswith(
        "au 31 décembre 2022 100, Créations +12, Fermetures −4, au 31 décembre 2024 108."
    )


def test_a_total_that_is_only_bounded_says_so():
    page = balance_chart(balance(start=(NAN, 100.0), end=(NAN, 112.0), created=12.0, balance=12.0), *DAYS)
    assert "au 31 décembre 2022 au moins 100" in page.alt_text


@pytest.mark.parametrize(("moved", "said"), [(0.0, "ni plus ni moins"), (-1.0, "1 place de moins")])
def test_the_title_is_the_finding(moved, said):
    assert said in balance_chart(balance(start=50.0, end=50.0 + moved, balance=moved), *DAYS).alt_text


def test_places_that_nothing_gives_are_not_drawn():
    frame = balance(start=(NAN, NAN))
    frame.attrs["remark"] = "Il faut la liste des EAJE."
    page = balance_chart(frame, *DAYS)
    assert page.alt_text == "Solde des places entre deux dates (non connu). Il faut la liste des EAJE."


def change(*values: float) -> pd.DataFrame:
    names = ["coverage_start", "coverage_end", "offer_effect", "births_effect"]
    return pd.DataFrame({"measure": names, "value": values}).assign(low=NAN, high=NAN)


def test_a_change_is_said_with_its_two_causes():
    page = change_chart(change(50.0, 49.0, -2.5, 1.5), *DAYS)
    assert page.alt_text.startswith("−1,0 points : −2,5 par l'offre, +1,5 par le nombre d'enfants.")


def test_a_change_without_the_children_of_both_dates_is_not_drawn():
    assert "non connu" in change_chart(change(50.0, 49.0, -2.5, NAN), *DAYS).alt_text
