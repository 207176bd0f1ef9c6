"""Bars by territory: what touches, what is said of what is not known."""

import pandas as pd
import pytest

from sdsf_analysis.figures import style
from sdsf_analysis.figures.bars import ranked_bars

NAN = float("nan")


def answer(*rows):
    columns = ["territory", "value", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns).assign(measure="population", numerator=NAN, denominator=NAN)
    return frame.assign(status=frame["value"].notna().map({True: "known", False: "secret"}))


def names(count):
    codes = [f"E{n}" for n in range(count)]
    return pd.DataFrame(
        {"territory": codes, "name": [f"CC de la Vallée et des Monts numéro {n}" for n in codes]}
    )


def drawn(*rows, **more):
    return ranked_bars(answer(*rows), "ctg_coverage", "population", names(len(rows)), **more)


def words(page):
    texts = [text.get_text() for axes in page.axes for text in axes.texts] + [
        t.get_text() for t in page.texts
    ]
    return "\n".join(texts).replace("\u202f", " ")


@pytest.mark.parametrize("count", [1, 17, 60])
@pytest.mark.parametrize("size", [style.A4_MM, style.SLIDE_MM])
def test_names_and_values_do_not_touch_and_stay_on_the_page(count, size):
    rows = [(f"E{n}", 100.0 * n / count, NAN, NAN) for n in range(count)]
    page = drawn(*rows, whole=answer(("01", 50.0, NAN, NAN)), size_mm=size)
    page.png(50)
    boxes = [text.get_window_extent() for text in page.axes[0].texts]
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


def test_what_does_not_fit_on_the_page_is_said():
    page = drawn(*((f"E{n}", float(n), NAN, NAN) for n in range(60)))
    assert "premiers territoires sur 60." in words(page)


def test_an_interval_is_drawn_as_such_and_what_is_not_known_is_no_zero():
    page = drawn(("E0", 40.0, NAN, NAN), ("E1", NAN, 20.0, 60.0), ("E2", NAN, NAN, NAN))
    said = words(page)
    assert "entre 20,0 % et 60,0 %" in said and "secret, retenu par l'expéditeur" in said
    assert "1 territoire sans valeur, ce qui n'est pas zéro." in said
    assert len(page.axes[0].patches) == 1


def test_a_lower_bound_is_a_hatched_bar_that_says_at_least():
    page = drawn(("E0", 40.0, NAN, NAN), ("E1", NAN, 55.0, NAN), whole=answer(("01", NAN, 45.0, NAN)))
    said = words(page)
    assert "au moins 55,0 %" in said and "département : au moins 45,0 %" in said
    assert "Barre hachurée : au moins cette valeur, une partie n'est pas connue." in said
    assert [bool(bar.get_hatch()) for bar in page.axes[0].patches] == [True, False]


def test_the_title_names_the_extremes_or_counts_those_that_share_them():
    assert "de 10,0 % (CC de la Vallée et des Monts numéro E0) à 90,0 % (2 territoires)" in words(
        drawn(("E0", 10.0, NAN, NAN), ("E1", 90.0, NAN, NAN), ("E2", 90.0, NAN, NAN))
    )
    assert "Habitants couverts : 50,0 % partout" in words(drawn(("E0", 50.0, NAN, NAN)))


def test_nothing_known_is_a_strip_that_says_why():
    frame = answer(("E0", NAN, NAN, NAN))
    frame.attrs["remark"] = "Il faut le suivi."
    page = ranked_bars(frame, "ctg_coverage", "population", names(1))
    assert page.alt_text == "Habitants couverts : non connu. Il faut le suivi."


def test_values_below_zero_go_to_the_left():
    page = drawn(("E0", -30.0, NAN, NAN), ("E1", 20.0, NAN, NAN))
    assert page.axes[0].get_xlim()[0] < -30.0
