"""Places for a target: worked numbers, what comes, what goes, what nobody knows."""

import numpy as np
import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.needs.places import places_needed

FLAT = dict.fromkeys(range(2021, 2024), (1000, 700))
AGES = ("childminders_licensed", "childminders_active", "childminders_55_plus")


def crib(service="c", capacity=1000.0, kind="eaje_collective", stage="open", commune="01001", **dates):
    days = {name: pd.Timestamp(day) for name, day in dates.items()}
    return (service, kind, commune, capacity, stage, days)


def minders(places=2000.0):
    return crib("am", places, "childminders")


def told(tables, on="2023-12-31", by="epci", **options):
    frame = places_needed(tables, on, by, births_changes=[0, 0, 0], **options)
    return frame[frame["territory"] == frame["territory"].iloc[0]].set_index("measure"), frame


def test_the_worked_number_of_the_method(place):
    tables = place(FLAT, [crib(), minders()])
    rows, frame = told(tables, target=60, exits=4)
    assert rows.loc["places_childminders_left", "value"] == pytest.approx(1630.745, abs=0.01)
    assert rows.loc["need_central", "numerator"] == 3060
    assert rows.loc["need_central", "value"] == pytest.approx(429.25, abs=0.01)
    assert "Départs : 4 % d'assistants maternels en moins par an (taux donné)." in frame.attrs["remark"]


def test_without_ages_the_rate_is_a_hypothesis_that_is_said(place):
    rows, frame = told(place(FLAT, [crib(), minders()]))
    assert rows.loc["places_childminders_left", "value"] == pytest.approx(1630.745, abs=0.01)
    assert "(hypothèse)" in frame.attrs["remark"] and "recette childminders" in frame.attrs["remark"]


def test_those_of_55_and_over_leave_over_ten_years(place):
    tables = place(FLAT, [crib(), minders()], {"am": dict(zip(AGES, (500, 400, 100), strict=True))})
    rows, _ = told(tables)
    assert rows.loc["childminders_active", "value"] == 400
    # one in five is 55 or over, half of them leave within five years
    assert rows.loc["childminders_leaving", "value"] == pytest.approx(40)
    assert rows.loc["places_childminders", "value"] == pytest.approx(1600)
    assert rows.loc["places_childminders_left", "value"] == pytest.approx(1440)
    assert told(tables, career=5)[0].loc["childminders_leaving", "value"] == pytest.approx(80)
    assert told(tables, horizon=20)[0].loc["childminders_leaving", "value"] == pytest.approx(80)


def test_dated_projects_and_known_closures_count_once_within_the_horizon(place):
    services = [
        crib(),
        minders(),
        crib("p1", 24.0, stage="granted", planned_on="2025-09-01"),
        crib("p2", 30.0, stage="planned", planned_on="2029-09-01"),
        crib("p3", 12.0, stage="planned"),
        crib("m", 12.0, "mam", stage="building", planned_on="2025-01-01"),
        crib("x", 40.0, closed_on="2026-07-31"),
        crib("y", 20.0, closed_on="2035-07-31"),
        crib("z", 15.0, stage="frozen"),
    ]
    rows, frame = told(place(FLAT, services), exits=0)
    values = rows["value"]
    assert values["places_eaje"] == 1060
    assert (values["places_programmed"], values["places_closing"]) == (24, 40)
    assert values["places_ahead"] == 1060 + 2000 + 24 - 40
    assert "Non comptés : 1 projet sans date d'ouverture." in frame.attrs["remark"]
    assert "Non comptés : 1 projet de MAM" in frame.attrs["remark"]


def test_more_places_than_wanted_is_no_need_and_never_minus_zero(place):
    rows, _ = told(place(FLAT, [crib(capacity=9000.0), minders()]))
    need = rows.loc["need_central", "value"]
    assert need == 0 and not np.signbit(need)


def test_exactly_enough_is_zero(place):
    rows, _ = told(place(FLAT, [crib(capacity=3060.0), minders(0.0)]))
    assert rows.loc["need_central", "value"] == 0 and not np.signbit(rows.loc["need_central", "value"])


def test_a_capacity_nobody_wrote_gives_a_greatest_need(place):
    rows, frame = told(place(FLAT, [crib(), crib("d", None), minders()]), exits=4)
    need = rows.loc["need_central"]
    assert need["status"] == "missing" and np.isnan(need["value"])
    assert (need["low"], need["high"]) == (0, pytest.approx(429.25, abs=0.01))
    assert "EAJE dont le nombre de places manque : d." in frame.attrs["remark"]


def test_a_need_that_can_be_no_more_than_zero_is_known(place):
    rows, _ = told(place(FLAT, [crib(capacity=9000.0), crib("d", None), minders()]))
    assert rows.loc["need_high", ["value", "status"]].tolist() == [0, "known"]


def test_a_territory_without_a_service_has_zero_once_the_file_is_there(place):
    _, frame = told(place(FLAT, [crib(), minders()]), by="commune")
    values = frame.set_index(["territory", "measure"])["value"]
    assert values["01002", "places_eaje"] == values["01002", "places_childminders"] == 0
    assert values["01002", "need_central"] == pytest.approx(0.6 * 2100)


def test_without_the_lists_of_places_nothing_is_zero(place):
    rows, frame = told(place(FLAT))
    assert rows.loc[["places_eaje", "places_childminders", "need_high"], "status"].tolist() == ["missing"] * 3
    assert "Rien de reçu sur les EAJE" in frame.attrs["remark"]
    assert "Rien de reçu sur les assistants maternels" in frame.attrs["remark"]


def test_a_day_before_every_list_is_said(place):
    rows, frame = told(place(FLAT, [crib(), minders()]), on="2019-12-31")
    assert rows.loc["places_eaje", "status"] == "missing"
    assert "Aucun fichier ne dit quels étaient les EAJE le 31 décembre 2019" in frame.attrs["remark"]


def test_scenarios_follow_the_children(place):
    frame = places_needed(
        place(FLAT, [crib(), minders()]), "2023-12-31", births_changes=[-5, 0, 5]
    ).set_index("measure")["value"]
    assert frame["need_low"] < frame["need_central"] < frame["need_high"]


@pytest.mark.parametrize(
    "options", [{"target": 0}, {"target": 6000}, {"exits": -1.0}, {"exits": 140.0}, {"career": 0}]
)
def test_a_hypothesis_not_understood_is_refused(place, options):
    with pytest.raises(QuestionError, match="comme"):
        places_needed(place(FLAT), "2023-12-31", **options)
