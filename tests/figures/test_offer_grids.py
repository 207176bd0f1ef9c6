import pandas as pd

from sdsf_analysis.figures.offer_grids import services_grid, white_grid, zones_grid
from sdsf_analysis.model.french import NO_VALUE

NAN = float("nan")


def service(group: str, label: str, **values) -> dict:
    blank = {"services": 1, "capacity_unit": "places", "capacity": NAN, "capacity_status": "not_applicable",
             "capacity_low": NAN, "capacity_high": NAN, "units": NAN, "units_status": "not_applicable",
             "units_low": NAN, "units_high": NAN}  # fmt: skip
    return {"group": group, "label": label, **blank, **values}


def test_a_question_without_sense_is_a_dash_and_not_zero():
    grid = services_grid(pd.DataFrame([service("rpe", "relais petite enfance", services=31)]))
    assert grid.loc["Relais petite enfance"].tolist() == ["31", "–", "–"]


def test_an_unknown_capacity_leaves_a_lower_bound():
    row = service("eaje", "crèche", capacity_status="missing", capacity_low=1200.0)
    assert services_grid(pd.DataFrame([row])).loc["Crèche", "Capacité"] == "au moins 1\u202f200 places"


def test_childminders_are_no_services():
    row = service("childminders", "assistants maternels", services=0, units=12.0, units_status="known")
    grid = services_grid(pd.DataFrame([row]))
    assert grid.loc["Assistants maternels", ["Services", "Professionnels"]].tolist() == ["–", "12"]


def zones(**columns) -> pd.DataFrame:
    return pd.DataFrame({"label": ["un service", "aucun"], "state": ["served", "white"], **columns})


def test_children_that_are_not_known_have_no_share():
    grid = zones_grid(zones(children=[30.0, NAN]))
    assert grid.loc["Aucun"].tolist() == ["1", NO_VALUE, NO_VALUE]


def test_without_any_known_children_the_communes_are_still_counted():
    assert zones_grid(zones(children=[NAN, NAN]))["Communes"].tolist() == ["1", "1"]


def test_only_the_white_communes_are_listed_the_most_children_first():
    frame = pd.DataFrame(
        {"name": ["A", "B", "C"], "epci": ["E1", "E1", "E2"], "state": ["white", "near", "white"],
         "children": [6.0, 90.0, 20.0], "nearest_km": [12.0, 3.0, NAN],
         "nearest_commune_name": ["D", "D", None]}
    )  # fmt: skip
    grid = white_grid(frame, pd.Series({"E1": "CC Un"}))
    assert grid.index.tolist() == ["C", "A"]
    assert grid.loc["C"].tolist() == ["E2", "20", NO_VALUE]
