"""The review of a plan: its figures and its tables, whatever the plan."""

import pandas as pd
import pytest

from sdsf_analysis.figures import plan_grids
from sdsf_analysis.figures.plan_bars import FILLS, actions_bars
from sdsf_analysis.figures.plan_paths import progress_paths
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.plan.actions import actions_at, actions_by
from sdsf_analysis.indicators.plan.progress import plan_progress
from sdsf_analysis.indicators.plan.states import STATES
from sdsf_analysis.model.tables import Tables, table

DAY = "2024-06-30"
LONG = "Communes sans accueil de loisirs à moins de vingt minutes en voiture des mairies du département"


def words(page):
    texts = [*page.texts, *(text for axes in page.axes for text in axes.texts)]
    return "\n".join(text.get_text() for text in texts)


def plan_of(values):
    """Tables of indicators: first value, measure, target of each."""
    rows = [
        {"action": f"1.{place}", "indicator": LONG, "date": date, "role": role, "value": value}
        for place, path in enumerate(values)
        for date, role, value in zip(
            ("2022-01-01", "2023-01-01", "2024-01-01"), ("baseline", "measure", "target"), path, strict=True
        )
    ]
    frame = pd.DataFrame(rows).assign(plan="SDSF", unit="places", direction="increase")
    frame["status"] = frame["value"].notna().map({True: "known", False: "missing"})
    ready = table("action_measures").conform(frame)
    return Tables(lambda name: ready if name == "action_measures" else table(name).empty())


def outside(page):
    boxes = [text.get_window_extent() for axes in page.axes for text in axes.texts]
    return [
        box for box in boxes if box.x0 < 0 or box.x1 > page.bbox.x1 or box.y0 < 0 or box.y1 > page.bbox.y1
    ]


@pytest.mark.parametrize("count", [1, 15, 40])
def test_no_name_leaves_the_page(count):
    page = progress_paths(plan_progress(plan_of([(1, 2, 3)] * count), DAY))
    page.png(50)
    assert not outside(page)


def test_what_is_beyond_the_scale_is_on_the_edge_with_its_value():
    page = progress_paths(plan_progress(plan_of([(2480, 2315, 2500), (1, 9, 2)]), DAY))
    assert "−825" in words(page) and "800" in words(page)
    assert not outside(page)


def test_what_has_no_path_is_said_in_words():
    page = progress_paths(plan_progress(plan_of([(8, 5, None), (61, None, 35), (50, 50, 50)]), DAY))
    for said in ("sans cible", "sans valeur à cette date", "à maintenir : tenu"):
        assert said in words(page)
    assert page.alt_text.startswith("1 indicateur sur 3 atteint sa cible")


def test_an_empty_plan_names_its_file_on_a_strip():
    nothing = Tables(lambda name: table(name).empty())
    for page in (actions_bars(actions_by(nothing, DAY)), progress_paths(plan_progress(nothing, DAY))):
        assert "recette action_plan" in page.alt_text
        page.png(40)


def test_bars_say_how_many_and_which_are_late():
    page = actions_bars(actions_by(example_tables(), DAY), fictitious=True)
    assert page.alt_text.startswith("2 actions en retard sur 4. Offre : ")
    assert page.alt_text.endswith("Données fictives.")
    assert "par orientation" in words(page)
    assert set(FILLS) == set(STATES)


def test_the_latest_comes_first_among_the_late():
    grid = plan_grids.late_grid(actions_at(example_tables(), DAY, plan="SDSF"))
    assert grid.index.tolist() == ["1.2", "2.1"]
    assert grid.loc["2.1", "État"] == "échéance dépassée"


def test_an_action_without_an_indicator_says_so():
    tables = example_tables()
    grids = plan_grids.orientation_grids(
        actions_at(tables, DAY, plan="SDSF"), plan_progress(tables, DAY, plan="SDSF")
    )
    assert grids["Offre"].loc["1.2", "Indicateur"] == "aucun"


def test_withheld_values_are_between_their_bounds():
    tables = plan_of([(0, None, 10)])
    progress = plan_progress(tables, DAY).assign(
        status="secret", low=1.0, high=4.0, progress_low=10.0, progress_high=40.0, state="behind"
    )
    row = plan_grids.progress_grid(progress).iloc[0]
    assert row["Mesure"] == "entre 1 et 4"
    assert row["Chemin parcouru"].startswith("entre 10,0")


def test_groups_count_what_was_held_and_name_what_comes():
    meetings = pd.DataFrame(
        {
            "network": "Offre",
            "date": pd.to_datetime(["2024-01-10", "2024-05-10", "2024-09-10"]),
            "place": None,
            "attendance": pd.array([10, None, None], dtype="Int64"),
        }
    )
    actions = actions_at(example_tables(), DAY, plan="SDSF").assign(working_group="Offre")
    row = plan_grids.groups_grid(meetings, actions, DAY).loc["Offre"]
    assert row.tolist() == ["4", "2", "10", "10/05/2024", "10/09/2024"]
    dates = plan_grids.dates_grid(actions, meetings, DAY, months=36)
    assert dates.index.tolist() == ["10/09/2024", "31/12/2025"]
    assert "1.2 : Métiers" in dates.loc["31/12/2025", "Quoi"]


@pytest.mark.parametrize(
    ("day", "said"), [("2021-06-30", "n'a pas commencé"), ("2030-01-01", "son terme est passé")]
)
def test_a_day_outside_the_calendar_is_said(day, said):
    actions = actions_at(example_tables(), day, plan="SDSF")
    assert said in plan_grids.calendar_words(actions, day)


def test_a_plan_without_dates_has_no_calendar():
    actions = actions_at(example_tables(), DAY, plan="A").assign(starts_on=pd.NaT)
    assert "Ses dates ne sont pas toutes connues" in plan_grids.calendar_words(actions, DAY)
