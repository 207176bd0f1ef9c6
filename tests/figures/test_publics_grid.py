import pandas as pd

from sdsf_analysis.figures.publics_grid import aeeh_grid

NAN = float("nan")


def welcome(**values) -> pd.DataFrame:
    row = {
        "territory": "E1", "aeeh_children": 20.0, "aeeh_children_status": "known", "aeeh_children_low": NAN,
        "aeeh_children_high": NAN, "services": 6, "services_told": 5, "services_welcoming": 4,
        "places_welcoming": 90.0, "share": 35.2, "share_status": "known", "share_low": NAN, "share_high": NAN,
        "label": "constat",
    }  # fmt: skip
    return pd.DataFrame([row | values])


def test_withheld_children_have_bounds_and_so_has_the_share():
    found = welcome(aeeh_children=NAN, aeeh_children_status="secret", aeeh_children_low=36.0,
                    aeeh_children_high=96.0, share=NAN, share_status="secret", share_low=32.3,
                    share_high=86.1)  # fmt: skip
    grid = aeeh_grid(found, pd.Series(dtype="str"))
    assert grid.loc["E1", "Enfants avec AEEH"] == "entre 36 et 96"
    assert grid.loc["E1", "Accueils pour 100 enfants"] == "entre 32 et 86"


def test_fewer_children_than_the_threshold_are_not_written_nor_what_they_divide():
    grid = aeeh_grid(welcome(aeeh_children=4.0, share=125.0), pd.Series(dtype="str"))
    assert grid.loc["E1", ["Enfants avec AEEH", "Accueils pour 100 enfants"]].tolist() == ["moins de 5"] * 2


def test_the_territory_with_most_children_comes_first():
    found = pd.concat([welcome(), welcome(territory="E2", aeeh_children=NAN, aeeh_children_high=96.0)])
    assert aeeh_grid(found, pd.Series({"E2": "Deux"})).index.tolist() == ["Deux", "E1"]
