"""Sentences on one cell: what is written, as it is written; what it was read as, as French writes it."""

import pytest

from sdsf_analysis.model.problems import catalogue
from sdsf_analysis.reading.workbooks.marks import NOT_COMPUTED
from sdsf_analysis.recipes.messages import cell_message, plain_message
from sdsf_analysis.recipes.recipe import ColumnRecipe

FINE = "\u202f"
PERSONAL = ColumnRecipe(headers=("Référent",), type="text", personal=True)


@pytest.mark.parametrize(
    ("code", "found", "repaired", "said"),
    [
        ("number_as_text", "56336", "56336", f"lu comme 56{FINE}336."),
        ("number_as_text", "1 234,5", "1234,5", f"lu comme 1{FINE}234,5."),
        ("note_mark", "343 500*", "343500", f"le nombre retenu est 343{FINE}500."),
        ("note_mark", "0,31*", "0,31", "le nombre retenu est 0,31."),
        ("note_mark", "-7542*", "-7542", f"le nombre retenu est -7{FINE}542."),
        ("date_as_text", "10 novembre 2019", "2019-11-10", "lu comme 10/11/2019."),
        ("date_as_text", "10 novembre 2019", "10/11/2019", "lu comme 10/11/2019."),
        ("date_as_serial", "45292", "2024-01-01", "lu comme 01/01/2024."),
        ("date_without_day", "juin-20*", "2020-06", "le mois retenu est juin 2020."),
        ("code_as_float", "1115.0", "01115", "lu comme 01115."),
        ("code_spaced", "01 115", "01115", "lu comme 01115."),
    ],
)
def test_what_a_cell_was_read_as(code, found, repaired, said):
    sentence = plain_message(code, found, repaired, "Familles")
    assert sentence.startswith(f"« {found} » ") and sentence.endswith(said)


@pytest.mark.parametrize(
    ("found", "kind", "said"),
    [
        ("2024", "date", "« 2024 » n'est pas une date complète"),
        ("31/02/2024", "date", "« 31/02/2024 » : cette date n'existe pas"),
        ("31/02/2024", "number", "« 31/02/2024 » : cette date n'existe pas"),
        ("bientôt", "date", "« bientôt » n'est pas une date (colonne « Ouverture »)"),
        ("bientôt", "number", "« bientôt » n'est pas une valeur attendue dans la colonne « Ouverture »"),
        ("12/03/2024", "number", "« 12/03/2024 » n'est pas une valeur attendue"),
    ],
)
def test_why_a_value_is_refused(found, kind, said):
    assert plain_message("value_refused", found, "", "Ouverture", kind).startswith(said)


@pytest.mark.parametrize(
    ("found", "label", "said"),
    [
        ("72 %", "Taux", "les autres cellules de la colonne « Taux » sont des parts, entre 0 et 1"),
        ("72", "Taux", "est un pourcentage, alors que"),
        ("0.31", "Taux", "les autres cellules de la colonne « Taux » sont des pourcentages"),
        ("0.55", "", "les autres cellules de la ligne sont des pourcentages"),
    ],
)  # fmt: skip
def test_a_doubtful_scale_says_what_the_other_cells_are(found, label, said):
    assert said in plain_message("scale_mixed", found, "", label)


def test_an_age_band_lost_as_a_date_is_shown_as_excel_shows_it():
    said = plain_message("age_band_as_date", "2024-11-06", "", "Tranche d'âge")
    assert said == "La tranche d'âge est devenue une date (06/11/2024) : l'original est perdu."


def test_a_cell_that_shows_nothing_or_was_never_computed():
    assert plain_message("value_masked_by_format", "", "", "Places").startswith("La cellule ne montre rien")
    assert "« <5 »" in plain_message("value_masked_by_format", "<5", "", "Places")
    assert plain_message("value_error", NOT_COMPUTED, "", "Places") == (
        "La formule n'a jamais été calculée : ouvrir le fichier dans Excel et l'enregistrer."
    )


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_personal_cell_is_said_without_being_shown(code):
    for sentence in (plain_message(code, None, "", "Nom"), cell_message(code, PERSONAL, "Nom", "Xylo", "")):
        assert "Xylo" not in sentence and "«  »" not in sentence and "None" not in sentence
