import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from sdsf_analysis.errors import QuestionError, TerritoryError
from sdsf_analysis.figures import style
from sdsf_analysis.figures.ctg_scene import STATES, ctg_scene
from sdsf_analysis.figures.legend import FILLS
from sdsf_analysis.figures.maps import ctg_map
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.territories import reference

ON = "2024-12-31"
STAGES = ("signed", "signed", "renewal_under_way", "project", None)


def real_tables(departement, year=2026, population=True):
    """Real territories of a département; made-up conventions, one EPCI in five without any."""
    communes = reference.communes(year, departement)
    names = reference.epci(year).set_index("code")["name"]
    people = communes.groupby("epci")["population"].sum().sort_index()
    epci = pd.DataFrame(
        {"level": "epci", "territory": people.index, "name": names.reindex(people.index).to_numpy()}
    )
    towns = communes.rename(columns={"code": "territory"})[
        ["territory", "name", "population", "population_year"]
    ]
    members = communes.rename(columns={"code": "commune", "epci": "territory"})[["territory", "commune"]]
    stages = dict(zip(people.index, STAGES * len(people), strict=False))
    ctg = pd.DataFrame({"ctg": people.index, "stage": [stages[code] for code in people.index]}).dropna()
    ended = ctg["stage"] == "renewal_under_way"
    ctg = ctg.assign(name=ctg["ctg"], signed_on="2021-05-01", starts_on="2021-01-01", ends_on="2025-12-31")
    ctg.loc[ended, "ends_on"] = "2023-12-31"
    frames = {
        "territories": pd.concat([epci, towns.assign(level="commune")]).assign(departement=departement),
        "membership": pd.concat([members.assign(level=level) for level in ("epci", "ctg")]),
        "ctg": ctg,
    }
    if not population:
        frames["territories"]["population"] = None
    frames["membership"] = frames["membership"].assign(starts_on=None)
    return Tables(lambda name: table(name).conform(frames[name]) if name in frames else table(name).empty())


def names_on_map(page):
    return [text for text in page.axes[0].texts if text.get_zorder() == 6]


def overlaps(texts):
    boxes = [text.get_window_extent() for text in texts]
    return [(i, j) for i, box in enumerate(boxes) for j in range(i) if box.overlaps(boxes[j])]


@pytest.mark.parametrize("departement", ["01", "42", "75", "2A", "973", "974"])
def test_nothing_touches_nothing_is_cut_everything_is_named(departement):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = ctg_map(real_tables(departement), ON, fictitious=True)
    drawn, side = page.axes[0], page.axes[1]
    names = names_on_map(page)
    assert len(names) == reference.communes(2026, departement)["epci"].nunique()
    assert overlaps(names) == []
    assert overlaps(side.texts) == []
    for text, frame in [*((name, drawn.bbox) for name in names), *((text, page.bbox) for text in page.texts)]:
        box = text.get_window_extent()
        assert box.x0 >= frame.x0 - 1
        assert box.x1 <= frame.x1 + 1
        assert box.y0 >= frame.y0 - 1
        assert box.y1 <= frame.y1 + 1


def test_the_title_says_the_finding_and_the_note_its_grounds():
    page = ctg_map(real_tables("01"), ON, geography_year=2026)
    words = "\n".join(text.get_text() for text in page.texts).replace("\u202f", " ")
    share = ctg_scene(real_tables("01"), ON).counter("population_covered")
    assert f"{share:.0f} % des habitants de l'Ain sont couverts par une CTG au 31 décembre 2024" in words
    assert reference.ATTRIBUTION in words
    for said in ("Géographie 2026, contours 2026", "population", "2023", "EPSG:2154", "diffusion : public"):
        assert said in words
    assert "données fictives" not in "".join(text.get_text() for axes in page.axes for text in axes.texts)


def test_the_counts_of_the_legend_add_up_to_the_departement():
    scene = ctg_scene(real_tables("01"), ON)
    assert scene.counts.index.tolist() == ["in_force", "renewal", "preparation", "none"]
    assert scene.counts["communes"].sum() == 391
    assert scene.counts["inhabitants"].sum() == 679344
    assert scene.counts.loc["in_force", "inhabitants"] == scene.counter("population_covered", "numerator")


def test_communes_merged_since_are_told_and_stay_in_the_totals():
    old, now = (set(reference.communes(year, "01")["code"]) for year in (2021, 2026))
    scene = ctg_scene(real_tables("01", year=2021), ON)
    assert scene.without_outline == len(old - now) > 0
    assert scene.counts["communes"].sum() == len(old)
    words = "\n".join(text.get_text() for text in ctg_map(real_tables("01", year=2021), ON).texts)
    assert f"dans les totaux : {len(old - now)} communes sans contour en 2026" in words


def test_a_commune_that_the_tables_lack_is_hatched():
    tables = real_tables("01")
    known = tables.territories[tables.territories["territory"] != "01053"]
    scene = ctg_scene(Tables(lambda name: known if name == "territories" else getattr(tables, name)), ON)
    assert scene.communes.set_index("code").loc["01053", "state"] == "absent"
    assert scene.counts.loc["absent", "communes"] == 1
    assert pd.isna(scene.counts.loc["absent", "inhabitants"])


def test_without_populations_the_title_counts_communes():
    title = ctg_scene(real_tables("01", population=False), ON).title
    assert title.endswith("sur 391 par une CTG dans l'Ain au 31 décembre 2024")


def test_without_any_file_the_map_says_so():
    tables = real_tables("01")
    empty = Tables(lambda name: getattr(tables, name) if name != "ctg" else table("ctg").empty())
    page = ctg_map(empty, ON)
    assert page.texts[0].get_text() == "CTG de l'Ain au 31 décembre 2024 : aucun fichier de suivi reçu"
    assert "Suivi des CTG non reçu" in {text.get_text() for axes in page.axes for text in axes.texts}


def test_no_outline_is_a_sentence_not_a_blank_page():
    with pytest.raises(TerritoryError, match="contours des communes de Saint-Pierre-et-Miquelon"):
        ctg_map(real_tables("975"), ON)


def test_tables_of_two_departements_are_refused():
    parts = [real_tables(code).territories for code in ("01", "42")]
    tables = real_tables("01")
    both = Tables(lambda name: pd.concat(parts) if name == "territories" else getattr(tables, name))
    with pytest.raises(QuestionError, match="un seul département"):
        ctg_map(both, ON)


def test_the_same_map_twice_is_the_same_file(tmp_path):
    paths = [style.save(ctg_map(real_tables("974"), ON), tmp_path / f"{name}.svg") for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_page_tells_itself_in_words():
    page = ctg_map(real_tables("974"), ON, fictitious=True, size_mm=style.SLIDE_MM)
    assert page.alt_text.startswith("Carte des communes de La Réunion selon l'état")
    assert page.alt_text.endswith("Données fictives.")
    assert page.get_size_inches() * 25.4 == pytest.approx(style.SLIDE_MM)


def test_classes_differ_in_grey_by_their_shade_or_their_pattern():
    grey = {state: np.dot(to_rgb(fill.face), (0.299, 0.587, 0.114)) for state, fill in FILLS.items()}
    assert set(FILLS) == set(STATES)
    for one in FILLS:
        for other in set(FILLS) - {one}:
            assert FILLS[one].hatch != FILLS[other].hatch or abs(grey[one] - grey[other]) > 0.2
