"""Where each action stands: progress against calendar."""

import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.plan.actions import actions_at, actions_by
from sdsf_analysis.indicators.plan.states import STATES
from sdsf_analysis.model.lists import choices

DAY = "2024-06-30"
BEFORE, AFTER = "2024-01-01", "2025-01-01"


@pytest.mark.parametrize(
    ("stage", "starts_on", "ends_on", "state"),
    [
        ("done", BEFORE, BEFORE, "done"),
        ("dropped", BEFORE, BEFORE, "dropped"),
        ("under_way", BEFORE, AFTER, "under_way"),
        ("under_way", BEFORE, DAY, "under_way"),
        ("under_way", BEFORE, "2024-06-29", "late"),
        ("under_way", AFTER, AFTER, "under_way"),
        ("under_way", BEFORE, None, "undated"),
        ("under_way", None, None, "undated"),
        ("not_started", AFTER, AFTER, "to_come"),
        ("not_started", DAY, AFTER, "to_come"),
        ("not_started", BEFORE, AFTER, "not_begun"),
        ("not_started", BEFORE, None, "not_begun"),
        ("not_started", BEFORE, BEFORE, "late"),
        ("not_started", None, BEFORE, "late"),
        ("not_started", None, AFTER, "undated"),
        ("not_started", None, None, "undated"),
        (None, BEFORE, BEFORE, "unsaid"),
    ],
)
def test_the_state_of_an_action(plan, stage, starts_on, ends_on, state):
    found = actions_at(plan([("1.1", stage, starts_on, ends_on)]), DAY)
    assert found["state"].tolist() == [state]


def test_a_day_late_is_counted_from_the_last_day_and_else_from_the_first(plan):
    rows = [
        ("1.1", "under_way", BEFORE, "2024-06-29"),
        ("1.2", "not_started", "2024-06-20", AFTER),
        ("1.3", "done", BEFORE, BEFORE),
    ]
    late = actions_at(plan(rows), DAY)["days_late"]
    assert late.tolist()[:2] == [1, 10]
    assert late.isna().tolist() == [False, False, True]


def test_the_same_plan_later_has_more_that_is_late(plan):
    tables = plan([("1.1", "under_way", BEFORE, "2024-12-31"), ("1.2", "under_way", BEFORE, AFTER)])
    states = [actions_at(tables, day)["state"].tolist() for day in (DAY, "2025-01-01", "2025-01-02")]
    assert states == [["under_way"] * 2, ["late", "under_way"], ["late", "late"]]


def test_actions_come_in_the_order_of_their_numbers(plan):
    tables = plan([(number, "done", BEFORE, AFTER) for number in ("10.1", "2.10", "2.2")])
    assert actions_at(tables, DAY)["action"].tolist() == ["2.2", "2.10", "10.1"]


def test_what_has_no_deadline_is_said_and_left_out_of_the_share(plan):
    rows = [
        ("1.1", "under_way", BEFORE, BEFORE),
        ("1.2", "under_way", BEFORE, None),
        ("1.3", "dropped", BEFORE, BEFORE),
        ("1.4", None, BEFORE, BEFORE),
        ("1.5", "done", BEFORE, BEFORE),
    ]
    found = actions_by(plan(rows), DAY, of="plan")
    share = found.set_index("measure").loc["behind_share"]
    assert share[["numerator", "denominator", "value"]].tolist() == [1.0, 2.0, 50.0]
    assert "sans échéance, dont le retard ne se dit pas : 1.2." in found.attrs["remark"]
    assert "l'avancement n'est pas dit : 1.4." in found.attrs["remark"]


def test_states_add_up_to_the_actions_of_a_group(plan):
    rows = [(f"1.{place}", stage, BEFORE, AFTER) for place, stage in enumerate(["done", None, "under_way"])]
    counted = actions_by(plan(rows), DAY).set_index("measure")
    assert counted.loc[list(STATES), "value"].sum() == counted.loc["actions", "value"] == 3
    assert set(STATES) == set(choices("action_state"))


def test_nothing_to_judge_is_no_share(plan):
    share = (
        actions_by(plan([("1.1", "dropped", BEFORE, BEFORE)]), DAY).set_index("measure").loc["behind_share"]
    )
    assert share["status"] == "not_applicable" and share["value"] != share["value"]


def test_an_action_without_a_group_is_counted_under_its_own_name(plan):
    found = actions_by(plan([("1.1", "done", BEFORE, AFTER)]), DAY, of="working_group")
    assert found["group"].unique().tolist() == ["non précisé"]


def test_an_empty_plan_names_the_file(plan):
    for found in (actions_at(plan(), DAY), actions_by(plan(), DAY)):
        assert found.empty and "recette action_plan" in found.attrs["remark"]


def test_unknown_names_are_answered_with_the_known_ones(plan):
    tables = plan([("1.1", "done", BEFORE, AFTER)])
    with pytest.raises(QuestionError, match=r"Plan inconnu : « SDFS ».*Le plus proche : SDSF"):
        actions_at(tables, DAY, plan="SDFS")
    with pytest.raises(QuestionError, match="orientation, working_group, lead, plan"):
        actions_by(tables, DAY, of="pilote")
