"""Last days of the conventions and main towns: nothing written touches anything written."""

import pytest

from sdsf_analysis.figures.ctg_ends import perimeters
from sdsf_analysis.figures.ctg_scene import ctg_scene
from sdsf_analysis.figures.maps import ctg_map
from sdsf_analysis.indicators.ctg import ctg_at
from tests.figures.test_maps import ON, overlaps, real_tables


@pytest.mark.parametrize("departement", ["01", "75", "974"])
def test_dates_and_towns_touch_neither_names_nor_the_edge(departement):
    page = ctg_map(real_tables(departement), ON, ends=True, towns=12)
    drawn = page.axes[0]
    texts = [text for text in drawn.texts if text.get_zorder() >= 6 and text.get_text() != "N"]
    assert overlaps(texts) == []
    for text in texts:
        box = text.get_window_extent()
        assert drawn.bbox.x0 <= box.x0 and box.x1 <= drawn.bbox.x1
        assert drawn.bbox.y0 <= box.y0 and box.y1 <= drawn.bbox.y1
    assert overlaps(page.axes[1].texts) == []


def test_what_is_over_is_said_and_a_project_has_no_last_day():
    tables = real_tables("01")
    found = perimeters(ctg_scene(tables, ON).communes, ctg_at(tables, ON))
    assert set(found["label"]) == {"fin 31/12/2025", "échue le 31/12/2023"}
    assert set(found["ctg"]) == set(tables.ctg.loc[tables.ctg["stage"] != "project", "ctg"])


def test_most_dates_find_a_place_and_the_legend_explains_them():
    tables = real_tables("01")
    page = ctg_map(tables, ON, ends=True)
    dates = [text for text in page.axes[0].texts if text.get_text().startswith(("fin", "échue"))]
    signed = (tables.ctg["stage"] != "project").sum()
    assert len(dates) >= 0.8 * signed
    assert "Périmètre d'une CTG et son dernier jour" in {text.get_text() for text in page.axes[1].texts}


def test_the_same_map_twice_has_the_same_bytes():
    first, second = (ctg_map(real_tables("974"), ON, ends=True, towns=5).png(60) for _ in range(2))
    assert first == second
