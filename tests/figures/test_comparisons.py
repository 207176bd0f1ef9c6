"""Charts that set territories side by side: parts, strips, tables in colours."""

import pandas as pd
import pytest

from sdsf_analysis.figures import style
from sdsf_analysis.figures.heat import heat_table
from sdsf_analysis.figures.stacked import stacked_bars
from sdsf_analysis.figures.strip import strip_chart

NAN = float("nan")
LABELS = {"eaje": "Crèches", "homes": "Assistants maternels"}
MEASURES = {
    "km": ("Distance moyenne (km)", "km"),
    "rate": ("Places pour 100 enfants", "places pour 100 enfants"),
}


def names(count):
    return [f"CC de la Vallée et des Monts numéro {n}" for n in range(count)]


def parts(count):
    columns = {"eaje": [10.0 + n for n in range(count)], "homes": [25.0] * count}
    return pd.DataFrame(columns, index=names(count))


def values(count):
    columns = {"km": [float(n) for n in range(count)], "rate": [20.0 + n for n in range(count)]}
    return pd.DataFrame(columns, index=names(count))


def pages(count, size=style.A4_MM):
    return {
        "stacked": stacked_bars(parts(count), LABELS, "Titre", "Sous-titre", ["Source."], size_mm=size),
        "heat": heat_table(values(count), MEASURES, "Titre", "Sous-titre", ["Source."], size_mm=size),
        "strip": strip_chart(values(count), MEASURES, names(count)[0], width_mm=size[0]),
    }


@pytest.mark.parametrize("count", [1, 17, 60])
@pytest.mark.parametrize("size", [style.A4_MM, style.SLIDE_MM])
@pytest.mark.parametrize("kind", ["stacked", "heat"])
def test_texts_do_not_touch_and_stay_on_the_page(kind, count, size):
    page = pages(count, size)[kind]
    page.png(50)
    boxes = [text.get_window_extent() for axes in page.axes for text in axes.texts if text.get_text()]
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


@pytest.mark.parametrize("kind", ["stacked", "heat", "strip"])
def test_the_same_chart_twice_has_the_same_bytes(kind):
    assert pages(5)[kind].png(50) == pages(5)[kind].png(50)


def test_a_part_that_is_not_known_is_not_zero():
    frame = parts(2)
    frame.iloc[0, 1] = NAN
    assert "au moins 10,0 (Crèches 10,0)" in stacked_bars(frame, LABELS, "T", "S", []).alt_text


def test_a_territory_without_any_part_is_left_out_and_counted():
    frame = parts(3)
    frame.iloc[0] = NAN
    page = stacked_bars(frame, LABELS, "T", "S", [])
    assert any("hors du graphique : 1." in text.get_text() for text in page.texts)


def test_a_value_that_is_not_known_has_no_colour():
    frame = values(5)
    frame.iloc[0, 0] = NAN
    page = heat_table(frame, MEASURES, "T", "S", [])
    assert "numéro 0 : Distance moyenne (km) n. d." in page.alt_text
    assert page.axes[0].patches[0].get_facecolor() == (1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("territory", ["CC Inconnue", names(1)[0]])
def test_nothing_to_compare_is_a_strip_that_says_why(territory):
    frame = values(1) if territory == "CC Inconnue" else values(1) * NAN
    assert "Aucune de ces mesures n'est connue" in strip_chart(frame, MEASURES, territory).alt_text


def test_nothing_known_is_said():
    assert "Aucune des parts" in stacked_bars(parts(2) * NAN, LABELS, "T", "S", []).alt_text
    assert "Aucune de ces mesures" in heat_table(values(2) * NAN, MEASURES, "T", "S", []).alt_text
