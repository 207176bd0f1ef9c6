import warnings

import pandas as pd
import pytest

from sdsf_analysis.figures import style
from sdsf_analysis.figures.curve import coverage_curve


def history(values, targets=(), start=2018):
    rows = [("population", start, values), ("cog_target", 2018, targets)]
    frame = pd.DataFrame(
        [
            {"date": pd.Timestamp(first + place, 12, 31), "measure": measure, "value": value}
            for measure, first, found in rows
            for place, value in enumerate(found)
        ],
        columns=["date", "measure", "value"],
    )
    frame.attrs["population_year"] = [2023]
    return frame


def words(page):
    return "\n".join(text.get_text() for text in page.texts).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("values", "targets"),
    [
        ([5, 22, 51, 70, 82, 88, 89], [20, 35, 55, 75, 85]),
        ([0], []),
        ([100] * 24, []),
        ([None, 40], [20]),
    ],
)
def test_values_do_not_touch_and_stay_on_the_page(values, targets):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = coverage_curve(history(values, targets), size_mm=style.SLIDE_MM)
        page.png(50)
    boxes = [text.get_window_extent() for text in page.axes[0].texts]
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


def test_the_title_says_now_and_then_and_the_note_the_population():
    said = words(coverage_curve(history([5, 89])))
    assert "89 % des habitants couverts par une CTG au 31 décembre 2019 (5 % au 31 décembre 2018)" in said
    assert "Population municipale légale 2023, la même à toutes les dates." in said
    assert "trajectoire" not in said.lower()


def test_the_trajectory_is_drawn_on_its_own_years_and_said_to_stop():
    page = coverage_curve(history([5, 22, 51, 70, 82, 88], [20, 35, 55, 75, 85]))
    assert "n'est pas prolongée" in words(page)
    trajectory = next(line for line in page.axes[0].lines if "COG" in str(line.get_label()))
    assert len(trajectory.get_xdata()) == 5


@pytest.mark.parametrize("values", [[], [None, None]])
def test_what_is_not_known_is_no_zero(values):
    page = coverage_curve(history(values, [20, 35]))
    assert "non connue" in words(page)
    assert "Suivi CTG.xlsx" in words(page)
    assert not page.axes
