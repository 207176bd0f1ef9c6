import pandas as pd

from sdsf_analysis.figures.access_grids import closures_grid, inequality_grid, small_numbers_grid

NAN = float("nan")


def closed(**columns) -> pd.DataFrame:
    size = len(columns["name"])
    fixed = {"commune": "Bourg", "capacity": 20.0, "services_left": 3.0, "places_left": 60.0}
    return pd.DataFrame({**fixed, "nearest_left_km": 4.0, **columns}, index=range(size))


def test_the_service_that_would_be_missed_most_comes_first():
    found = closed(
        name=["A", "B", "C"], accessible_before=[20.0, 20.0, 20.0], accessible_after=[19, 12, 16.5]
    )
    assert closures_grid(found).index.tolist() == ["B", "C", "A"]
    assert closures_grid(found, shown=1).index.tolist() == ["B"]


def test_a_loss_that_is_not_known_comes_last_and_an_empty_answer_is_empty():
    found = closed(name=["A", "B"], accessible_before=[NAN, 20.0], accessible_after=[NAN, 19.9])
    assert closures_grid(found).index.tolist() == ["B", "A"]
    assert closures_grid(found.head(0)).empty


def test_a_ratio_without_anything_to_divide_by_is_said():
    rows = pd.DataFrame(
        {"measure": ["d1", "d9_d1"], "value": [0.0, NAN], "low": NAN, "high": NAN,
         "status": ["known", "not_applicable"]}
    )  # fmt: skip
    grid = inequality_grid({"Entre communes": rows})
    assert grid["Entre communes"].tolist() == ["0,00", "sans objet"]


def rates(*rows: tuple) -> pd.DataFrame:
    """Rows of (territory, cases, base, smoothed)."""
    found = []
    for territory, cases, base, smoothed in rows:
        values = {"raw": 100 * cases / base, "smoothed": smoothed, "poisson_low": 1.0, "poisson_high": 90.0}
        found += [(territory, name, cases, base, value) for name, value in values.items()]
    return pd.DataFrame(found, columns=["territory", "measure", "numerator", "denominator", "value"])


def test_the_farthest_from_its_smoothed_rate_comes_first_and_few_persons_are_left_out():
    found = rates(("A", 10, 40, 15.0), ("B", 30, 100, 15.0), ("C", 4, 8, 15.0), ("D", 38, 40, 15.0))
    grid = small_numbers_grid(found, pd.Series({"A": "Amont", "B": "Bas"}))
    assert grid.index.tolist() == ["Bas", "Amont"]
    assert grid.loc["Amont", "Part brute"].replace("\u202f", " ") == "25,0 % (10 sur 40)"


def test_without_any_rate_there_is_no_table():
    assert small_numbers_grid(rates().assign(value=NAN), pd.Series(dtype="str")).empty
