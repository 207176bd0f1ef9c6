"""A table is recognised by its headers: renamed, reordered, lacking one, with one too many."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.recognise import recognise

CTG = ["N° CTG", "Nom de la CTG", "EPCI", "Date de signature", "Début", "Fin", "Statut"]


def recognition(header, *above, row=None):
    rows = [*above, header, row or ["x"] * len(header)]
    (table,) = find_tables(Sheet("Feuil1", rows))
    return recognise(table, shipped_recipes())


def names(found):
    return {match.name: match.column.letter for match in found.matches}


def test_a_sheet_is_recognised_whatever_the_order_the_case_and_the_spelling():
    found = recognition(["ÉCHEANCE", "prise d’effet", "Numéro de la  CTG", "INTITULE DE LA CTG"])
    assert (found.recipe.name, found.part.name, found.is_complete) == ("ctg", "conventions", True)
    assert names(found) == {"ends_on": "A", "starts_on": "B", "ctg": "C", "name": "D"}


def test_every_synonym_of_every_recipe_is_known_to_it():
    for recipe in shipped_recipes():
        for part in recipe.tables:
            for name, column in part.columns.items():
                for header in column.headers:
                    if not header.startswith("re:") and ">" not in header:
                        label = f"{header} (réel)" if part.natures.get(name) else header
                        matches = names(recognition_of(part, [label, "Tout autre chose"]))
                        assert matches.get(name) == "A", (recipe.name, part.name, header)


def recognition_of(part, header):
    from sdsf_analysis.recipes.recognise import try_recipe

    (table,) = find_tables(Sheet("Feuil1", [header, ["x"] * len(header)]))
    recipe = next(r for r in shipped_recipes() if part in r.tables)
    return try_recipe(table, recipe, part)


def test_an_absent_required_column_is_named():
    found = recognition([label for label in CTG if label != "Fin"])
    assert found.recipe.name == "ctg" and found.absent == ("Fin",)
    assert found.is_near and not found.is_complete


def test_a_column_that_no_recipe_maps_is_named_and_one_without_a_label_too():
    found = recognition([*CTG, "Couleur du dossier", None], row=["x"] * 9)
    assert [(c.letter, c.label) for c in found.unmapped] == [
        ("H", "Couleur du dossier"),
        ("I", "sans intitulé"),
    ]


def test_a_column_said_twice_is_taken_once_and_the_other_named():
    found = recognition([*CTG, "Échéance"])
    assert names(found)["ends_on"] == "F" and [c.letter for c in found.unmapped] == ["H"]


def test_years_in_the_labels_date_the_columns():
    header = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places agréées", "Heures réalisées 2022",
              "Heures réalisées (2023)"]  # fmt: skip
    found = recognition(header)
    assert [(m.name, m.year) for m in found.matches][-2:] == [("hours_done", 2022), ("hours_done", 2023)]
    insee = recognition(["CODGEO", "LIBGEO", "P22_POP", "P22_POP0002", "P22_POP0014"])
    assert insee.recipe.name == "insee_ages" and [m.year for m in insee.matches][2:] == [2022, 2022]
    assert insee.unmapped == ()


@pytest.mark.parametrize(
    ("title", "part"), [("Centres sociaux 2024", "centres_sociaux"), ("EVS 2024", "evs")]
)
def test_tables_of_one_shape_are_told_apart_by_their_titles(title, part):
    header = ["Nom", "Commune", "Habitants de la zone"]
    assert recognition(header, [title], row=["A", "Gex", 100]).part.name == part


def test_a_table_of_something_else_is_recognised_by_nobody():
    assert recognition(["Colonne A", "Colonne B"]) is None
