"""Which synonym of a recipe names a column, where several might."""

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.recipes.matching import columns_named, match_columns
from sdsf_analysis.recipes.recipe import ColumnRecipe

PLACES = Column(1, ("2024", "Nombre de places"))


def _names(**headers):
    recipes = {name: ColumnRecipe(headers=found) for name, found in headers.items()}
    return [match.name for match in match_columns([PLACES], recipes)]


def test_the_first_of_two_equal_synonyms_wins():
    assert _names(a=("Nombre de places",), b=("Nombre de places",)) == ["a"]


def test_a_label_under_its_parent_is_more_precise():
    assert _names(a=("Nombre de places",), b=("2024 > Nombre de places",)) == ["b"]


def test_a_pattern_is_the_most_precise():
    assert _names(a=("2024 > Nombre de places",), b=("re:nombre de .*",)) == ["b"]


def test_a_synonym_of_signs_alone_names_nothing():
    assert _names(a=("€",), b=("re:prix",)) == []


def test_columns_are_named_one_by_one():
    columns = [Column(2, ("Observations",)), Column(3, ("Remarques",)), Column(4, ("Observations",))]
    assert columns_named(columns, ("Observations",)) == {2, 4}
    assert columns_named(columns, ()) == set()


def test_two_years_over_a_quantity_are_a_school_year_and_it_is_said(read):
    header = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places"]
    rows = [
        [None] * 5 + ["2023-2024", "2023-2024", "rentrée 24"],
        [*header, "Heures réalisées", "Heures facturées", "Heures réalisées"],
        ["E1", "Les Lutins", "Gex", "Multi-accueil", 20, 100, 110, 120],
    ]
    result = read(rows)
    assert set(result.rows("activity", "year", "measure", "value")) == {
        (2023, "hours_done", 100.0),
        (2023, "hours_billed", 110.0),
        (2024, "hours_done", 120.0),
    }
    assert [cell for cell, code in result.codes if code == "school_year"] == ["F1", "G1", "H1"]
