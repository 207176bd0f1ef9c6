"""Forecast, updated and actual figures of one year: three rows, whatever the layout, and never a sum."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.natures import SEVERAL, nature_of
from sdsf_analysis.recipes.natures_said import natures_in
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.recognise import try_recipe

EAJE = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places"]
CRECHE = ["12", "Les Loups", "Gex", "Multi-accueil", 20]


@pytest.mark.parametrize(
    ("path", "nature"),
    [
        (("2023 prévisionnel",), "forecast"),
        (("Budget prévisionnel 2023",), "forecast"),
        (("2023", "Montant (actualisé)"), "updated"),
        (("Bonus territoire", "2023 réel"), "actual"),
        (("Bonus territoire", "Réalisé 2023"), "actual"),
        (("2023 prévisionnel", "Heures réalisées"), "forecast"),
        (("Comparaison prévisionnel / réel", "Réel"), "actual"),
        (("Heures réalisées",), None),
        (("Écart prévisionnel / réel",), SEVERAL),
        ((), None),
    ],
)
def test_what_labels_say(path, nature):
    assert nature_of(path) == nature


@given(
    st.sampled_from(["Prévisionnel", "Actualisé", "Réel"]),
    st.sampled_from(["{} 2023", "2023 {}", "2023 ({})", "Montant {}"]),
)
def test_a_nature_is_read_wherever_the_year_stands(word, form):
    assert nature_of((form.format(word.lower()),)) == nature_of((word,)) is not None


def two_rows(read, fixed, pairs, *body):
    """Read a table whose last columns have their label under another one."""
    above = [*fixed, *(top for top, _ in pairs)]
    below = [*fixed, *(label for _, label in pairs)]
    merged = [(3, column, 4, column) for column in range(1, len(fixed) + 1)]
    return read([["Situation au 31/12/2023"], [], above, below, *body], merged=merged)


def test_hours_forecast_and_done_in_one_year_are_two_rows(read):
    pairs = [("2023 prévisionnel", "Heures réalisées"), ("2023 réel", "Heures réalisées")]
    result = two_rows(read, EAJE, pairs, [*CRECHE, 9000, 8500])
    assert result.rows("activity", "year", "nature", "value") == [
        (2023, "forecast", 9000.0),
        (2023, "actual", 8500.0),
    ]


def test_a_difference_of_two_natures_is_of_none(read):
    pairs = [("2023", "Heures réalisées"), ("Écart prévisionnel / réel 2023", "Heures réalisées")]
    result = two_rows(read, EAJE, pairs, [*CRECHE, 9000, 500])
    assert result.rows("activity", "nature", "value") == [("actual", 9000.0)]
    assert [column.letter for column in result.recognition.unmapped] == ["G"]


def test_places_that_are_only_planned_are_no_places(read):
    pairs = [("Agrément", "Places"), ("Prévisionnel", "Places")]
    result = two_rows(read, EAJE[:-1], pairs, [*CRECHE, 35])
    assert result.rows("offer", "capacity") == [(20.0,)]
    assert [column.letter for column in result.recognition.unmapped] == ["F"]


def test_the_ledger_cites_the_label_that_says_the_nature(read):
    result = two_rows(read, EAJE, [("2023 prévisionnel", "Heures réalisées")], [*CRECHE, 9000])
    said = {line[1]: line[4:6] for line in result.applied.ledger if "!activity!" in line[0]}
    assert said["nature"] == said["year"] == ("F3", "2023 prévisionnel")


@pytest.mark.parametrize(
    ("label", "row"),
    [("Ouverture prévue", ["01/01/2026"]), ("Places réelles", [18]), ("Places prévues", [18])],
)
def test_only_measures_drop_the_word_of_their_nature(read, label, row):
    header = ["Nom", "Gestionnaire", "Ville", "Places", "Ouverture", "Fermeture", label]
    micro = ["Les Loups", "SARL Loups", "Gex", 10, "01/01/2020", None, *row]
    result = read([header, micro])
    assert [column.label for column in result.recognition.unmapped] == [label]
    assert result.rows("offer", "capacity", "opened_on") == [(10.0, date(2020, 1, 1))]


def test_an_opening_that_is_planned_is_no_opening():
    header = ["Nom", "Gestionnaire", "Ville", "Places", "Ouverture prévue", "Fermeture"]
    (table,) = find_tables(Sheet("Feuille", [header, ["x"] * 6]))
    (recipe,) = (recipe for recipe in shipped_recipes() if recipe.name == "micro_creches")
    assert try_recipe(table, recipe, recipe.tables[0]).absent == ("Ouverture",)


AVS = ["Nom", "Commune", "Habitants de la zone", "Budget", "Résultat"]
CENTRE = ["Le Kiosque", "Gex", 5000, 400_000, 2000]


@pytest.mark.parametrize(
    ("text", "natures"),
    [
        ("Centres sociaux – budget prévisionnel 2025", {2025: "forecast", None: "forecast"}),
        ("Centres sociaux – 2025 (prévisionnel)", {2025: "forecast", None: "forecast"}),
        ("Budgets prévisionnels 2024 et 2025", {2024: "forecast", 2025: "forecast", None: "forecast"}),
        ("Activité 2022-2024 et prévisionnel 2025", {2025: "forecast"}),
        ("Situation au 31/12/2024 – budget prévisionnel 2025", {2025: "forecast", None: "forecast"}),
        ("Budget prévisionnel 2025, état au 31 décembre 2024", {2025: "forecast", None: "forecast"}),
        ("2025 (prévisionnel) : budget prévisionnel", {2025: "forecast", None: "forecast"}),
        ("Prévisionnel 2025-2027", dict.fromkeys((2025, 2026, 2027, None), "forecast")),
        (
            "Réel 2022 à 2024, prévisionnel 2025",
            dict.fromkeys((2022, 2023, 2024), "actual") | {2025: "forecast"},
        ),
        ("Réel 2024 et prévisionnel 2025", {2024: "actual", 2025: "forecast"}),
        ("2024 réel, 2025 prévisionnel", {2024: "actual", 2025: "forecast"}),
        ("Prévisionnel actualisé", {None: "updated"}),
        ("Liste actualisée au 31/12/2024, heures réalisées", {}),
        ("Écart prévisionnel / réel", {}),
    ],
)
def test_what_titles_say(text, natures):
    assert natures_in(text) == natures


@pytest.mark.parametrize(
    ("title", "notes", "budget", "natures"),
    [
        ("Centres sociaux – budget prévisionnel 2023", [], 400_000, ["forecast"] * 3),
        ("Centres sociaux – liste actualisée au 31/12/2023", [], 400_000, ["actual"] * 3),
        ("Centres sociaux", ["Le budget est prévisionnel."], 400_000, ["actual", "forecast", "actual"]),
        ("Centres sociaux", ["* prévisionnel"], "400 000*", ["actual", "forecast", "actual"]),
        ("Centres sociaux", ["Les montants sont prévisionnels."], 400_000, ["forecast"] * 3),
        ("Centres sociaux", ["Comptes prévisionnels attendus en juin."], 400_000, ["actual"] * 3),
    ],
)
def test_a_title_or_a_note_says_the_nature_that_no_label_says(read, title, notes, budget, natures):
    centre = [*CENTRE[:3], budget, CENTRE[4]]
    result = read([[title], [], AVS, centre, [], *([note] for note in notes)])
    assert [nature for (nature,) in result.rows("activity", "nature")] == natures


def test_the_ledger_cites_the_title_that_says_the_nature(read):
    result = read([["Centres sociaux – budget prévisionnel 2023"], [], AVS, CENTRE])
    said = {line[1]: line[4:] for line in result.applied.ledger if line[0].endswith("|budget")}
    assert said["nature"] == ("A1", "Centres sociaux – budget prévisionnel 2023", "titre")


@pytest.mark.parametrize("is_note", [False, True])
def test_a_list_is_not_a_forecast_for_one_year_that_is(read, is_note):
    said = "Activité 2022-2024 et prévisionnel 2025"
    title = "EAJE – situation au 31/12/2024"
    header = [*EAJE, "Heures réalisées"]
    notes = [[], [f"Les chiffres : {said.lower()}"]] if is_note else []
    result = read([[title if is_note else f"{title} – {said}"], [], header, [*CRECHE, 9000], *notes])
    assert result.rows("activity", "nature") == [("actual",)]
    assert not result.applied.is_forecast


def test_a_title_that_forecasts_one_year_says_nothing_of_those_before(read):
    header = [*EAJE, "Heures réalisées 2024", "Heures réalisées 2025"]
    result = read([["EAJE : activité 2024 et prévisionnel 2025"], [], header, [*CRECHE, 9000, 9500]])
    assert result.rows("activity", "year", "nature") == [(2024, "actual"), (2025, "forecast")]
