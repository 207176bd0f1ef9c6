"""Recipes are data: every shipped one holds together, and a faulty one is refused by name."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import RecipeError
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import table
from sdsf_analysis.recipes.recipe import all_recipes, load_recipe, shipped_recipes
from sdsf_analysis.recipes.wording import toml_fault

PARTS = [(recipe, part) for recipe in shipped_recipes() for part in recipe.tables]
GOOD = """
name = "essai"
title = "Essai"
partner = "Caf"
[[tables]]
name = "une"
[tables.place]
name = ["Commune"]
[tables.columns]
who = { headers = ["Nom"], personal = true }
kind = { headers = ["Type"], type = "choice", list = "offer_kind", choices = { "bb" = "eaje_collective" } }
places = { headers = ["Places"], type = "count" }
hours_done = { headers = ["Heures"], type = "count" }
[[tables.outputs]]
table = "offer"
[tables.outputs.columns]
service = "x-{@commune}"
valid_from = "@situation"
kind = "kind"
commune = "@commune"
capacity = "places"
stage = "=open"
[[tables.outputs]]
table = "activity"
columns = { service = "x-{@commune}", year = "@year", nature = "=actual" }
measures = ["hours_done"]
"""


def ids(pair):
    return f"{pair[0].name}-{pair[1].name}"


def test_every_kind_of_the_issue_has_its_recipe():
    assert {recipe.name for recipe in shipped_recipes()} == {
        "action_plan", "alsh", "authorities", "avs", "caf_families", "childminders", "common_indicators",
        "ctg", "eaje", "france_services", "funding", "home_help", "ida", "insee_ages", "insee_births", "mam",
        "micro_creches", "msa_families", "officers", "parenting", "pmi_eaje", "preschool", "projects",
        "published_rates", "rpe", "youth", "zoning"}  # fmt: skip


@pytest.mark.parametrize("pair", PARTS, ids=map(ids, PARTS))
def test_shipped_recipes_write_columns_and_words_that_exist(pair):
    for output in pair[1].outputs:
        declared = table(output.table)
        assert set(output.columns) <= set(declared.names)
        given = {*output.columns, output.measure_to if output.measures else "", "year", "date"}
        # labels alone may say forecast, updated or actual
        given |= {"nature"} if any(pair[1].natures.values()) else set()
        assert {name for name in declared.key if declared[name].is_required} <= given
        if output.measures:
            listed = declared[output.measure_to].choices
            assert listed and set(output.measures) <= set(choices(listed))


@pytest.mark.parametrize("pair", PARTS, ids=map(ids, PARTS))
def test_shipped_choices_lead_to_codes_of_their_list(pair):
    for column in pair[1].columns.values():
        if column.list:
            assert set(column.choices.values()) <= set(choices(column.list))
            assert set(column.choice_codes().values()) <= set(choices(column.list))


def test_a_good_recipe_is_read():
    assert load_recipe(GOOD, "essai.toml").tables[0].outputs[0].adds is False


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"eaje_collective"', '"creche"', "creche"),
        ('list = "offer_kind"', 'list = "sortes"', "sortes"),
        ('kind = "kind"', 'kind = "type"', "type"),
        ('capacity = "places"', 'capacite = "places"', "capacite"),
        ('table = "activity"', 'table = "activités"', "activités"),
        ('measures = ["hours_done"]', 'measures = ["places"]', "places"),
        ('stage = "=open"', 'stage = "=ouvert"', "ouvert"),
        ('stage = "=open"', 'stage = "@ouvert"', "@ouvert"),
        ('stage = "=open"', 'stage = "=open"\nname = "who"', "personnelle"),
        ('stage = "=open"', 'stage = "=open"\nname = "{who}"', "personnelle"),
        ('commune = "@commune"', 'commune = "@each:places"', "type communes"),
        ('headers = ["Nom"]', 'headers = ["re:P("]', "re:P("),
        ('type = "count"', 'type = "nombre"', "type"),
        ('partner = "Caf"', 'partner = "Caf"\ncolour = 1', "colour"),
        ('partner = "Caf"', "partner = Caf", "ligne 4 : valeur incomprise"),
        ('partner = "Caf"', 'partner = "Caf', "ligne 4 : texte mal fermé"),
        ('partner = "Caf"', 'partner = "Caf"\nname = "x"', "ligne 5 : clé écrite deux fois"),
        ('partner = "Caf"', "", "il manque « partner » en tête"),
        ('name = "une"', "", "il manque « name » dans le premier [[tables]]"),
        ('table = "activity"', "", "il manque « table » dans le deuxième [[tables.outputs]] du premier"),
        ('measures = ["hours_done"]', 'measures = "hours_done"', "doit être une liste entre crochets"),
        ("personal = true", 'personal = "oui"', "[tables.columns.who] du premier [[tables]] doit être true"),
        ('headers = ["Nom"]', "headers = [3]", "cette valeur doit être un texte"),
        ("[[tables]]", "[tables]", "entre doubles crochets"),
        ('capacity = "places"', 'capacite = "places"\nx = "y"', "colonnes « capacite », « x » inconnues"),
        ('"choice", list = "offer_kind", choices = { "bb" = "eaje_collective" }', '"choice"', "kind"),
    ],
)  # fmt: skip
def test_a_faulty_recipe_is_refused_with_what_is_wrong(old, new, named):
    assert old in GOOD
    with pytest.raises(RecipeError, match=r"essai\.toml") as caught:
        load_recipe(GOOD.replace(old, new), "essai.toml")
    sentence = str(caught.value)
    assert named in sentence
    assert not re.search(
        r"\b(?:field|required|input|should|valid|expected|string|error|line|value)\b", sentence, re.I
    )
    assert sentence.endswith(".") and not sentence.endswith("..")


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(['"', "'", "]", "}", "\n", "=", "é", "\\", "\x00", ""]))
def test_whatever_is_mistyped_the_sentence_is_french(position, character):
    text = GOOD[:position] + character + GOOD[position + 1 :]
    try:
        load_recipe(text, "essai.toml")
    except RecipeError as error:
        assert str(error).startswith(
            ("La recette essai.toml est mal écrite, ", "La recette essai.toml est à corriger")
        )
        assert not re.search(r"incomprise?\.$|\b(?:input|should|expected|required)\b", str(error), re.I)


@pytest.mark.parametrize("text", ['name = "\\units"', 'name = "\\ud800"'])
def test_a_backslash_before_a_u_is_said_too(text):
    with pytest.raises(RecipeError, match="barre oblique inversée"):
        load_recipe(text, "essai.toml")


def test_every_message_of_the_parser_has_its_words():
    faulty = (
        *("x = ", "x", "[a", "[[a]", "x = [1", "x = {a = 1", "x = '", "é = 1", "a = 1 b", "a.=1", "\x00"),
        *(
            "x = 2024-02-31",
            'x = "\\q"',
            'x = "c\\unt"',
            'x = "\\ud800"',
            "a = {b = 1, b = 2}",
            "[a]\n[a]",
            "a = 1\n[a]",
            'x = """',
            "x = '''",
        ),
    )
    for text in faulty:
        with pytest.raises(tomllib.TOMLDecodeError) as caught:
            tomllib.loads(text)
        assert "écriture incomprise" not in toml_fault(caught.value), text


def test_a_pseudonym_is_the_only_way_out_of_a_personal_column():
    officers = GOOD.replace('stage = "=open"', 'stage = "=open"\nname = "@pseudonym:who"')
    assert load_recipe(officers, "essai.toml")


def test_a_workspace_may_replace_a_recipe_and_add_its_own(tmp_path):
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8-sig")
    (tmp_path / "b.toml").write_text(GOOD.replace('"essai"', '"ctg"'), encoding="utf-8")
    recipes = all_recipes(tmp_path)
    assert [r.title for r in recipes if r.name == "ctg"] == ["Essai"]
    assert len(recipes) == len(shipped_recipes()) + 1
    assert all_recipes(None) == shipped_recipes() == all_recipes(tmp_path / "absent")
