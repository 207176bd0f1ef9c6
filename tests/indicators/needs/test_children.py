"""Children expected from births: cohorts, factor, scenarios."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.needs.births import Cohorts, expected, yearly_changes
from sdsf_analysis.indicators.needs.children import children_expected
from sdsf_analysis.indicators.needs.spans import Span

FLAT = dict.fromkeys(range(2019, 2024), (60, 40))


def told(tables, on="2023-12-31", by="epci", **options):
    frame = children_expected(tables, on, by, **options)
    return frame.set_index(["territory", "measure"])["value"].unstack(), frame


def test_births_that_do_not_change_give_three_times_a_year(place):
    values, frame = told(place(FLAT), horizon=5)
    assert values.loc["E"].tolist() == [300.0] * 4
    assert "Facteur de migration : 1, faute d'un comptage" in frame.attrs["remark"]
    assert "recette insee_ages" in frame.attrs["remark"]


def test_the_trend_goes_on_halves_or_stops(place):
    births = {2019 + year: (1000 * 0.9**year, 0) for year in range(5)}
    values, frame = told(place(births), horizon=1)
    last, before = births[2023][0], births[2022][0]
    for scenario, change in (("low", -10), ("central", -5), ("high", 0)):
        hand = before + last + last * (1 + change / 100)
        assert values.loc["E", f"children_{scenario}"] == pytest.approx(hand)
    assert "−10,0 % par an de 2019 à 2023" in frame.attrs["remark"]


def test_scenarios_stay_in_order_when_births_grow(place):
    births = {2019 + year: (1000 * 1.1**year, 0) for year in range(5)}
    values = told(place(births), horizon=5)[0].loc["E"]
    assert values["children_low"] < values["children_central"] < values["children_high"]


def test_the_factor_is_that_of_the_census_and_of_its_own_cohorts(place):
    tables = place(FLAT, children={2022: (200, 110)})
    values, frame = told(tables)
    assert values.loc["E", "children_now"] == pytest.approx(310)
    assert "1,033 dans le département, propre à chaque territoire" in frame.attrs["remark"]
    communes = told(tables, by="commune")[0]["children_now"]
    # communes are too small for a factor of their own: that of the département
    assert communes.tolist() == pytest.approx([180 * 310 / 300, 120 * 310 / 300])
    given_factor = told(tables, migration=1.1)[0]
    assert given_factor.loc["E", "children_now"] == pytest.approx(330)


def test_births_later_than_the_day_are_not_used(place):
    births = {**FLAT, 2023: (6000, 4000)}
    assert told(place(births), "2023-12-30")[0].loc["E", "children_now"] == 300
    assert told(place(births), "2023-12-31")[0].loc["E", "children_now"] == 10200


def test_old_births_are_carried_on_and_it_is_said(place):
    frame = told(place(FLAT), "2025-12-31")[1]
    assert "jusqu'en 2023 : 2 années estimées jusqu'en 2025" in frame.attrs["remark"]


def test_a_birth_nobody_counted_is_not_zero(place):
    births = {**FLAT, 2023: (60, None)}
    _, frame = told(place(births), by="epci")
    assert (frame["status"] == "missing").all() and frame["value"].isna().all()
    known = told(place(births), by="commune")[0]
    assert known.loc["01001", "children_now"] == 180


def test_two_years_of_births_are_not_three(place):
    _, frame = told(place({year: FLAT[year] for year in (2022, 2023)}))
    assert (frame.loc[frame["measure"] == "children_now", "status"] == "missing").all()
    assert "il en faut 3 années" in frame.attrs["remark"]


def test_without_births_the_file_is_named(place):
    _, frame = told(place())
    assert frame["value"].isna().all() and set(frame["status"]) == {"missing"}
    assert "recette insee_births" in frame.attrs["remark"]


def test_a_territory_without_children_has_zero_and_not_a_warning(place):
    values, _ = told(place(dict.fromkeys(FLAT, (0, 40)), children={2022: (0, 120)}), by="commune")
    assert values.loc["01001"].tolist() == [0.0] * 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"horizon": -1}, "entre 0 et 30"),
        ({"migration": 0.0}, "nombre positif"),
        ({"births_changes": ["1", "2"]}, "trois évolutions"),
        ({"births_changes": ["a", "2", "3"]}, "trois évolutions"),
        ({"by": "epcii"}, "Le plus proche : epci"),
    ],
)
def test_a_hypothesis_not_understood_is_refused(place, options, message):
    with pytest.raises(QuestionError, match=message):
        children_expected(place(FLAT), "2023-12-31", **options)


@given(st.lists(st.floats(0, 1000), min_size=3, max_size=3), st.floats(0.5, 2), st.integers(0, 10))
def test_more_births_to_come_never_mean_fewer_children(born, factor, horizon):
    births = {2021 + place: Span.exact(np.array([value])) for place, value in enumerate(born)}
    found = Cohorts(births, np.array([factor]), "")
    values = [float(expected(found, 2023 + horizon, change).value[0]) for change in (-5, 0, 5)]
    assert values == sorted(values) and min(values) >= 0


def test_three_changes_are_put_in_order():
    assert yearly_changes({}, 2023, [2, -1.5, "0"])[0] == (-1.5, 0.0, 2.0)
