"""The file that would bring what a question lacks."""

import pytest

from sdsf_analysis.indicators.received import file_lacking


@pytest.mark.parametrize(
    ("table", "code", "recipe"),
    [
        ("offer", "laep", "parenting"),
        ("families", "births", "insee_births"),
        ("funds", "investment", "funding"),
        ("authorities", "", "authorities"),
        ("published_rates", "coverage_total", "published_rates"),
    ],
)
def test_the_recipe_that_gives_a_code_is_named(table, code, recipe):
    assert f"(recette {recipe})" in file_lacking(table, code)


def test_what_no_recipe_gives_is_said():
    assert file_lacking("offer", "home_care", "la garde à domicile").endswith("aucune recette ne l'apporte.")
