"""Signs that say their meaning after them, as exports of local statistics do."""

import pytest

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.typed.legends import read_legend, sign_among_texts, usual_meaning
from sdsf_analysis.reading.values import read_number


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("N/A - résultat non disponible", Status.MISSING),
        ("N/A - secret statistique", Status.SECRET),
        ("N/A – division par 0", Status.NOT_APPLICABLE),
        ("ND : non disponible", Status.MISSING),
    ],
)
def test_a_sign_followed_by_its_meaning(text, status):
    assert usual_meaning(text) == (status, True)
    assert sign_among_texts(text) is status


@pytest.mark.parametrize("text", ["Nantes - secret de famille", "Na - Nantes", "N/A - Gex"])
def test_a_name_is_no_sign(text):
    assert usual_meaning(text) is None
    assert sign_among_texts(text) is None


@pytest.mark.parametrize(
    ("note", "cell", "bounds"),
    [
        ("<5 : de 1 à 4.", "<5", (1, 4)),
        ("Légende : < 5 = entre 1 et 4 ; nd = non disponible", "<5", (1, 4)),
        ("« < 5 » : effectif compris entre 1 et 4 (secret statistique)", "moins de 5", (1, 4)),
        ("<5 : de 1 à 4 allocataires", "< 5", (1, 4)),
        ("<5 : secret statistique", "<5", (0, 4)),
        ("<5 : de 1 à 4", "<10", (0, 9)),
        ("<5 : de 1 à 4", "0 à 4", (0, 4)),
        ("≤4 : valeur comprise entre 1 et 4 incluse", "≤ 4", (1, 4)),
        ("s : moins de 5", "s", (0, 4)),
        ("s : de 1 à 4", "s", (1, 4)),
        ("* : inférieur à 11", "*", (0, 10)),
        ("s = effectif inférieur à 5, secret statistique", "S", (0, 4)),
        ("s : secret statistique (moins de 11 ménages)", "s", (None, None)),
        ("s : moins de 5 allocataires", "s", (None, None)),
        ("nd : non disponible", "nd", (None, None)),
    ],
)
def test_the_bounds_that_a_legend_gives_win_over_the_usual_ones(note, cell, bounds):
    number = read_number(cell, read_legend([note]))
    assert (number.value, number.low, number.high) == (None, *bounds)
    assert number.status is (Status.MISSING if cell == "nd" else Status.SECRET)
    assert number.code == ""


def test_a_bound_that_a_legend_calls_something_else_keeps_its_bounds():
    number = read_number("<5", read_legend(["<5 : non significatif"]))
    assert (number.status, number.low, number.high) == (Status.NOT_SIGNIFICANT, 0, 4)


def test_ages_and_words_are_no_bounds_of_signs():
    legend = read_legend(["Âge : de 3 à 5 ; EAJE : de 10 à 20 places ; A : moins de 3 ans ; 1 : de 1 à 4"])
    assert legend.bounds == {}


@pytest.mark.parametrize(
    ("note", "mark", "status"),
    [
        ("- : non concerné ; « c » donnée confidentielle", "c", Status.SECRET),
        ("… : donnée non parvenue", "…", Status.MISSING),
        ("x : valeurs non diffusées", "x", Status.SECRET),
        ("n.c = chiffre non transmis par la Caf", "n.c", Status.MISSING),
        ("NR : non répondant ; [ ] : donnée estimée.", "nr", Status.MISSING),
        ("« nd » non connu à ce jour", "nd", Status.MISSING),
    ],
)
def test_other_ways_to_say_what_a_mark_means(note, mark, status):
    assert read_legend([note])[mark] is status


def test_figures_that_were_sent_explain_no_mark():
    assert not read_legend(["s : données transmises et diffusées par la Caf"])
