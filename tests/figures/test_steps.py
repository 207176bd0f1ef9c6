"""A balance drawn step by step: texts that do not touch, nothing cut short."""

import pytest

from sdsf_analysis.figures import style
from sdsf_analysis.figures.steps import Step, steps_chart

BALANCE = [
    Step("Au 31 décembre 2022", 5231, is_total=True),
    Step("Ouvertures", 128),
    Step("Extensions de places", 42),
    Step("Fermetures", -64),
    Step("Réductions", 0),
    Step("Places gelées faute de personnel", -35),
    Step("Au 31 décembre 2024", 5302, is_total=True),
]


def drawn(steps, **more):
    return steps_chart(steps, "71 places de plus", "Places d'EAJE", ["Source : Caf."], **more)


@pytest.mark.parametrize("size", [style.A4_MM, style.SLIDE_MM])
@pytest.mark.parametrize("steps", [BALANCE, BALANCE[:1], [Step("Début", 0, True), Step("Fin", 0, True)]])
def test_texts_do_not_touch_and_stay_on_the_page(steps, size):
    page = drawn(steps, size_mm=size)
    page.png(50)
    boxes = [text.get_window_extent() for text in page.axes[0].texts]
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


def test_each_step_is_as_high_as_it_counts_and_a_total_is_no_bar():
    page = drawn(BALANCE)
    assert [round(bar.get_height()) for bar in page.axes[0].patches] == [128, 42, -64, -35]


def test_a_step_of_zero_is_left_out_and_the_others_are_told():
    assert drawn(BALANCE, fictitious=True).alt_text.replace("\u202f", " ") == (
        "71 places de plus. Places d'EAJE : Au 31 décembre 2022 5 231, Ouvertures +128, Extensions de places "
        "+42, Fermetures −64, Places gelées faute de personnel −35, Au 31 décembre 2024 5 302. "
        "Données fictives."
    )


def test_nothing_to_draw_is_a_strip():
    assert drawn([]).size_mm[1] < style.A4_MM[1]
