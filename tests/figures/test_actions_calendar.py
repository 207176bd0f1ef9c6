"""The calendar of a plan: which actions have a bar, and what is said of the others."""

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures import style
from sdsf_analysis.figures.actions_calendar import actions_calendar

DAY = "2024-12-31"


def plan(count, **columns):
    size = range(count)
    frame = pd.DataFrame(
        {
            "action": [f"1.{n}" for n in size],
            "title": [f"Une action au titre plutôt long, comme ils le sont, la numéro {n}" for n in size],
            "starts_on": pd.Timestamp("2023-01-01"),
            "ends_on": pd.Timestamp("2025-06-30"),
            "state": "under_way",
        }
    )
    return frame.assign(**columns)


@pytest.mark.parametrize("count", [1, 12, 50])
@pytest.mark.parametrize("size", [style.A4_MM, style.SLIDE_MM])
def test_names_do_not_touch_and_stay_on_the_page(count, size):
    page = actions_calendar(plan(count), DAY, size_mm=size)
    page.png(50)
    boxes = [text.get_window_extent() for text in page.axes[0].texts if "1." in text.get_text()]
    assert boxes and not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


def test_the_title_counts_what_is_behind():
    frame = plan(4)
    frame["state"] = ["late", "not_begun", "done", "under_way"]
    assert actions_calendar(frame, DAY).alt_text == (
        "Calendrier de 4 actions : 2 actions en retard au 31 décembre 2024."
    )


def test_an_action_without_a_period_has_no_bar_and_is_counted():
    frame = plan(3)
    frame.loc[0, "ends_on"] = pd.NaT
    page = actions_calendar(frame, DAY)
    assert any("1 action dont la période n'est pas connue" in text.get_text() for text in page.texts)


def test_a_plan_without_any_period_says_what_is_needed():
    page = actions_calendar(plan(2, ends_on=pd.NaT), DAY)
    assert page.alt_text.startswith("Aucune action dont la période soit connue. Il faut un plan d'actions")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(QuestionError):
        actions_calendar(plan(1), "31/31/2024")
