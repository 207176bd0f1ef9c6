"""Two dates in the same classes, and one page per EPCI."""

import numpy as np
import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.before_after import before_after
from sdsf_analysis.figures.map_atlas import atlas, save_atlas
from sdsf_analysis.territories import reference


@pytest.fixture(scope="module")
def communes():
    codes = reference.communes(2026, "90")["code"]
    return pd.DataFrame({"commune": codes, "rate": [float(n % 50) for n in range(len(codes))]})


def faces(page, map_index):
    return page.axes[map_index].collections[1].get_facecolor()


def test_a_value_that_stays_keeps_its_colour_and_all_are_counted(communes):
    then = communes.assign(rate=communes["rate"].where(communes.index > 9, 60.0))
    page = before_after(communes, then, "rate", title="Essai")
    assert np.array_equal(faces(page, 0)[10:], faces(page, 1)[10:])
    counts = [part.rsplit(" : ", 1)[1].split(" → ") for part in page.alt_text.split(". ")[3].split(" ; ")]
    assert [sum(int(count[i].split()[0]) for count in counts) for i in (0, 1)] == [101, 101]
    assert "10 territoires changent de classe : 10 montent, 0 descend" in page.alt_text


def test_classes_of_the_baseline_stay_when_the_second_date_changes(communes):
    def legend(factor):
        then = communes.assign(rate=communes["rate"] * factor)
        page = before_after(communes, then, "rate", title="Essai", cut_on="baseline")
        return [part.split(" : ")[0] for part in page.alt_text.split(". ")[3].split(" ; ")][1:]

    assert legend(1) == legend(3)


def test_missing_at_one_date_only_is_said(communes):
    then = communes.assign(rate=communes["rate"].where(communes.index != 0))
    assert "sans donnée : 0 → 1 territoire" in before_after(communes, then, "rate", title="Essai").alt_text


def test_nothing_known_at_either_date_is_a_strip(communes):
    none = communes.assign(rate=np.nan)
    assert "pas de carte" in before_after(none, none, "rate", title="Essai").alt_text
    assert before_after(none, communes, "rate", title="E", cut_on="baseline").alt_text.startswith(
        "Deux cartes"
    )


def test_an_unknown_cut_is_refused(communes):
    with pytest.raises(QuestionError, match="baseline"):
        before_after(communes, communes, "rate", title="Essai", cut_on="avant")


def test_an_atlas_has_a_page_per_epci_and_every_commune_on_one_page(communes, tmp_path):
    pages = atlas(communes, "rate", title="taux", unit="places")
    assert len(pages) == reference.communes(2026, "90")["epci"].nunique()
    counts = [
        part.rsplit(" : ", 1)[1] for page in pages for part in page.alt_text.split(". ")[2].split(" ; ")
    ]
    assert sum(int(count.split()[0]) for count in counts) == len(communes)
    legends = {
        tuple(t.get_text() for t in page.axes[1].texts if t.get_text().startswith("de ")) for page in pages
    }
    assert len(legends) == 1
    one, two = (save_atlas(pages, tmp_path / f"{name}.pdf").read_bytes() for name in "ab")
    assert one == two and b"CreationDate" not in one


def test_names_of_an_atlas_do_not_touch(communes):
    for page in atlas(communes, "rate", title="taux"):
        boxes = [text.get_window_extent() for text in page.axes[0].texts if text.get_zorder() == 6.5]
        assert len(boxes) > 5
        assert not any(box.overlaps(other) for i, box in enumerate(boxes) for other in boxes[:i])


def test_an_atlas_of_nothing_has_no_page_and_says_so(communes, tmp_path):
    pages = atlas(communes.assign(rate=np.nan), "rate", title="taux")
    with pytest.raises(ValueError, match="aucune page"):
        save_atlas(pages, tmp_path / "atlas.pdf")
