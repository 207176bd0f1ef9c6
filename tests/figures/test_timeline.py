import warnings

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures import style
from sdsf_analysis.figures.timeline import ctg_timeline
from sdsf_analysis.model.tables import Tables, table


def tables_of(rows):
    columns = ["ctg", "name", "stage", "signed_on", "starts_on", "ends_on"]
    frame = table("ctg").conform(pd.DataFrame(rows, columns=columns))
    return Tables(lambda name: frame if name == "ctg" else table(name).empty())


def many(count):
    return tables_of(
        [
            [f"C{n:02d}", f"CTG du territoire de coopération n° {n} et de ses nombreuses communes", "signed",
             f"{2019 + n % 4}-05-01", f"{2019 + n % 4}-01-01", f"{2023 + n % 5}-12-31"]
            for n in range(count)
        ]
    )  # fmt: skip


def words(page):
    texts = [*page.texts, *(text for axes in page.axes for text in axes.texts)]
    return "\n".join(text.get_text() for text in texts)


@pytest.mark.parametrize("count", [1, 15, 80])
def test_nothing_touches_and_nothing_leaves_the_page(count):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = ctg_timeline(many(count), "2024-12-31", size_mm=style.SLIDE_MM)
        page.png(50)
    boxes = [text.get_window_extent() for text in page.axes[0].texts]
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other)]
    assert all(box.x0 >= 0 and box.x1 <= page.bbox.x1 and box.y0 >= 0 for box in boxes)


def test_the_first_and_the_last_day_of_the_year_to_come_are_counted():
    periods = [("2020-01-01", "2024-12-31"), ("2020-01-01", "2025-12-31"), ("2020-01-01", "2026-01-01")]
    rows = [[f"C{n}", None, "signed", None, *period] for n, period in enumerate(periods)]
    page = ctg_timeline(tables_of(rows), "2024-12-31")
    assert "2 CTG en vigueur prennent fin d'ici au 31 décembre 2025" in words(page)


def test_what_ends_first_is_on_top_and_what_has_no_period_is_said():
    rows = [
        ["A", "Longue", "signed", None, "2021-01-01", "2027-12-31"],
        ["B", "Courte", "signed", None, "2021-01-01", "2025-12-31"],
        ["C", "Finie", "ended", None, "2015-01-01", "2019-12-31"],
        ["D", "À venir", "project", None, None, None],
    ]
    page = ctg_timeline(tables_of(rows), "2024-12-31")
    names = [text.get_text() for text in page.axes[0].texts if not text.get_text().isdigit()]
    assert names == ["Courte", "Longue", "Finie"]
    assert "Sans barre : 1 CTG en projet" in words(page)


def test_a_page_that_cannot_hold_them_all_says_how_many_it_shows():
    assert "La page n'en montre que" in words(ctg_timeline(many(80), "2024-12-31"))


def test_without_any_period_the_file_that_would_bring_them_is_named():
    page = ctg_timeline(many(0), "2024-12-31")
    assert "Suivi CTG.xlsx" in words(page)
    assert not page.axes


def test_a_day_that_is_none_is_refused():
    with pytest.raises(QuestionError, match="n'est pas une date"):
        ctg_timeline(many(1), "31/12/2024")


def test_fictitious_data_are_said():
    page = ctg_timeline(many(2), "2024-12-31", fictitious=True)
    assert "données fictives" in words(page)
    assert page.alt_text.endswith("Données fictives.")
