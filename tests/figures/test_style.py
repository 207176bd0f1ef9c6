import warnings

import matplotlib as mpl
import pytest

from sdsf_analysis.figures import style


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_figure_saved_twice_gives_the_same_bytes(tmp_path, suffix):
    texts = []
    for name in ("a", "b"):
        page = style.Page()
        page.text(0.5, 0.5, "Évolution")
        texts.append(style.save(page, tmp_path / f"{name}{suffix}").read_bytes())
    assert texts[0] == texts[1]
    assert b"2026-" not in texts[0]


def test_a_page_keeps_its_size_whatever_is_on_it(tmp_path):
    page = style.Page(style.A4_MM)
    page.text(2.0, 2.0, "hors de la page")
    data = style.save(page, tmp_path / "carte.png", dpi=100).read_bytes()
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (1169, 826)


def test_an_unknown_format_is_refused_with_those_that_exist(tmp_path):
    with pytest.raises(ValueError, match=r"Choisir \.png, \.svg ou \.pdf"):
        style.save(style.Page(), tmp_path / "carte.jpg")


def test_the_style_leaves_the_settings_of_the_user_alone():
    before = mpl.rcParams["font.size"]
    with style.house_style():
        assert mpl.rcParams["font.size"] == 8.0
        assert mpl.rcParams["savefig.bbox"] is None
    assert mpl.rcParams["font.size"] == before


def test_the_typeface_has_every_french_sign():
    page = style.Page()
    page.text(0.1, 0.5, "« œuvre » à Saône — 1\u202f234,5\u202f% · 2\u00a0km² n° É Ç ’ …")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert page.png(dpi=50).startswith(b"\x89PNG")
