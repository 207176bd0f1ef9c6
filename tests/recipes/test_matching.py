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
