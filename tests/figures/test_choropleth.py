"""Maps in classes: what each colour says, what is not known, and what never shows."""

import geopandas as gpd
import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.choropleth import choropleth
from sdsf_analysis.figures.indicator_map import indicator_map
from sdsf_analysis.indicators.ctg import ctg_coverage
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.territories import outlines, reference

NAN = float("nan")


@pytest.fixture(scope="module")
def communes():
    codes = reference.communes(2026, "90")["code"]
    return pd.DataFrame({"commune": codes, "rate": [float(n % 50) for n in range(len(codes))]})


def words(page):
    return "\n".join(text.get_text() for axes in page.axes for text in axes.texts).replace("\u202f", " ")


def test_every_territory_is_in_one_class_of_the_legend(communes):
    page = choropleth(communes, "rate", title="Essai", unit="places")
    counts = [int(part.split(" : ")[1].split()[0]) for part in page.alt_text.split(". ")[2].split(" ; ")]
    assert len(counts) == 5 and sum(counts) == len(communes)


def test_the_same_map_twice_has_the_same_bytes(communes):
    first, second = (choropleth(communes, "rate", title="Essai").png(60) for _ in range(2))
    assert first == second


def test_each_reason_not_to_know_has_its_own_entry(communes):
    frame = communes.assign(status="known")
    frame.loc[:2, ["rate", "status"]] = [[NAN, "secret"], [NAN, "missing"], [NAN, "not_applicable"]]
    said = words(choropleth(frame, "rate", title="Essai"))
    assert "secret, retenu par l'expéditeur\n1 territoire" in said
    assert "manquant\n1 territoire" in said and "sans objet\n1 territoire" in said


def test_an_interval_over_two_classes_is_marked_uncertain(communes):
    frame = communes.assign(low=communes["rate"], high=communes["rate"])
    frame.loc[0, ["rate", "low", "high"]] = [5.0, 1.0, 30.0]
    page = choropleth(frame, "rate", title="Essai")
    assert "classe incertaine" in page.alt_text and "classe voisine : 1 territoire" in page.alt_text


def test_territories_that_the_table_lacks_are_said_and_not_zero(communes):
    assert "sans donnée : 91 territoires" in choropleth(communes.head(10), "rate", title="Essai").alt_text


def test_nothing_known_is_a_strip_that_says_why(communes):
    page = choropleth(communes.assign(rate=NAN), "rate", title="Essai")
    assert page.alt_text == "Essai. Aucun territoire n'a de valeur connue : pas de carte."


def test_all_values_alike_are_one_class(communes):
    assert "4 : 101 territoires" in choropleth(communes.assign(rate=4.0), "rate", title="Essai").alt_text


def test_a_frame_from_elsewhere_with_its_own_outlines_and_projection(communes):
    drawn = outlines.commune_outlines("90").to_crs(3857).assign(rate=communes["rate"])
    page = choropleth(gpd.GeoDataFrame(drawn), "rate", title="Essai")
    assert page.alt_text == choropleth(communes, "rate", title="Essai").alt_text


def test_breaks_of_a_baseline_are_kept(communes):
    later = choropleth(
        communes.assign(rate=communes["rate"] / 2), "rate", title="Après", method="fixed", breaks=[20, 40]
    )
    assert "de 20 à moins de 40" in later.alt_text


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"column": "taux"}, "rate"),
        ({"commune": "01001"}, {}, "un seul département"),
        ({}, {"level": "epci"}, "Donner le département"),
        ({}, {"method": "quantiles"}, "quantile"),
        ({}, {"classes": 12}, "plus de 8"),
    ],
)
def test_what_cannot_be_drawn_is_said(communes, change, options, said):
    frame = communes.copy()
    for column, value in change.items():
        frame.loc[0, column] = value
    with pytest.raises(QuestionError, match=said):
        choropleth(frame, options.pop("column", "rate"), title="Essai", **options)


def test_below_epci_what_rests_on_few_persons_is_withheld():
    tables = example_tables()
    shares = ctg_coverage(tables, "2024-06-30", by="commune")
    few = shares.assign(denominator=shares["denominator"].where(shares["territory"] != "01001", 4.0))
    page = indicator_map(few, "ctg_coverage", "population", tables, level="commune", title="Essai")
    assert "masqué" in page.alt_text
    assert (
        "masqué"
        not in indicator_map(
            shares, "ctg_coverage", "population", tables, level="commune", title="Essai"
        ).alt_text
    )


def test_codes_that_lost_their_zero_and_words_for_numbers():
    codes = reference.communes(2026, "01")["code"].astype("int64")
    frame = pd.DataFrame({"codgeo": codes, "rate": 1.0})
    assert "1 : 391 territoires" in choropleth(frame, "rate", title="Essai").alt_text
    with pytest.raises(QuestionError, match="n'est pas faite de nombres : « beaucoup »"):
        choropleth(
            frame.astype({"rate": "object"}).replace({"rate": {1.0: "beaucoup"}}), "rate", title="Essai"
        )
    with pytest.raises(QuestionError, match="aucun code de commune"):
        choropleth(frame.head(0), "rate", title="Essai")


def test_a_long_unit_stays_on_the_page(communes):
    unit = "places pour cent enfants de moins de trois ans résidant dans la commune, micro-crèches comprises"
    page = choropleth(communes, "rate", title="Essai " * 60, unit=unit)
    right = page.bbox.x1 - 9 / 25.4 * page.dpi
    assert all(text.get_window_extent().x1 < right for text in page.axes[1].texts)
    assert all(text.get_window_extent().x1 < page.bbox.x1 for text in page.texts)


@pytest.mark.parametrize("sentences", [0, 1, 12])
def test_a_long_remark_is_cut_between_sentences_and_the_rest_is_told(sentences):
    tables = example_tables()
    shares = ctg_coverage(tables, "2024-06-30", by="commune")
    shares.attrs["remark"] = " ".join(["Une réserve qui compte pour lire cette carte."] * sentences)
    page = indicator_map(shares, "ctg_coverage", "population", tables, level="commune", title="Essai")
    notes = next(text.get_text() for text in page.texts if "Source" in text.get_text())
    assert ("Une réserve" in notes) == bool(sentences)
    assert ("Autres réserves : à côté du tableau." in notes.replace("\n", " ")) == (sentences == 12)
