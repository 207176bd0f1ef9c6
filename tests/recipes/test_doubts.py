"""What a stranger's files showed: nothing is taken where two readings are possible."""

import pytest

from sdsf_analysis.reading.values import clean_text

MSA_TITLE = ["MSA, familles du régime agricole, situation au 31/12/2023"]
MSA = ["Code INSEE", "Commune", "Familles"]
RHONE = ["Villeurbanne", "Bron", "Givors", "Oullins-Pierre-Bénite", "Vénissieux", "Écully",
         "Décines-Charpieu", "Tarare", "Genas", "Chaponost", "Brignais", "Meyzieu"]  # fmt: skip
EAJE = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places agréées"]
CAF = ["Code", "Commune", "Année", "Foyers", "AEEH"]
OFFICERS = ["CTG", "Nom", "ETP réels"]


def problems(result, code):
    return [problem for problem in result.applied.problems if problem.code == code]


def msa(read, *rows, departement="42"):
    others = [[None, name, 9] for name in RHONE]
    return read([MSA_TITLE, [], MSA, *rows, *others], departement=departement)


def test_a_name_that_two_departements_of_the_file_bear_is_asked_about(read):
    result = msa(read, [None, "Bully", 10], [None, "Montbrison", 20])
    (problem,) = problems(result, "commune_ambiguous")
    assert problem.cell == "B4" and "42027" in problem.suggestion and "69032" in problem.suggestion
    assert result.rows("families", "commune") == [("42147",)]
    assert problems(result, "rows_elsewhere")[0].found == str(len(RHONE))


def test_a_code_tells_namesakes_apart_and_a_file_of_one_departement_has_none(read):
    assert msa(read, ["42027", "Bully", 10]).rows("families", "commune") == [("42027",)]
    alone = read([MSA_TITLE, [], MSA, [None, "Bully", 10]], departement="42")
    assert alone.rows("families", "commune") == [("42027",)] and alone.codes == []


def test_a_namesake_in_a_departement_that_the_file_does_not_cover_is_no_doubt(read):
    """Montbrison is in the Drôme as well, of which the file holds no row."""
    assert problems(msa(read, [None, "Montbrison", 20]), "commune_ambiguous") == []


def eaje(read, years, *labels):
    rows = [["1", "A", "Gex", "Multi-accueil", 20, *range(100, 100 + len(labels))]]
    return read([["EAJE, situation au 31/12/2024"], [], [*EAJE, *years], [*[None] * 5, *labels], *rows])


def hours(result):
    return result.rows("activity", "year", "measure", "value")


def test_a_column_without_its_year_beside_dated_ones_is_asked_about(read):
    labels = ["Heures réalisées", "Heures facturées"] * 2
    result = eaje(read, [2023, None, 2024, None], *labels)
    assert result.codes == [("G4", "year_unlabelled"), ("I4", "year_unlabelled")]
    assert hours(result) == [(2023, "hours_done", 100.0), (2024, "hours_done", 102.0)]
    assert result.recognition.unmapped == ()


@pytest.mark.parametrize("merged", [(), ((3, 6, 3, 7), (3, 8, 3, 9))])
def test_years_alone_above_the_labels_date_the_columns(read, merged):
    labels = ["Heures réalisées", "Heures facturées"] * 2
    years = [*[None] * 5, 2023, None, "Année 2024", None]
    row = ["1", "A", "Gex", "Multi-accueil", 20, 100, 101, 102, 103]
    result = read([["EAJE, situation au 31/12/2024"], [], years, [*EAJE, *labels], row], merged=merged)
    assert {(year, value) for year, _, value in hours(result)} >= {(2023, 100.0), (2024, 102.0)}
    undated = [("G4", "year_unlabelled"), ("I4", "year_unlabelled")]
    assert result.codes == ([] if merged else undated) and len(hours(result)) == (4 if merged else 2)


def test_a_table_without_any_year_keeps_the_year_of_its_situation(read):
    result = read([[*EAJE, "Heures réalisées"], ["1", "A", "Gex", "Multi-accueil", 20, 100]])
    assert hours(result) == [(2023, "hours_done", 100.0)] and result.codes == []


@pytest.mark.parametrize("places", ["1,234", "1.234", "1.000", "1,000", 102.5, -3, "-3", "12,5 places"])
def test_a_count_that_is_not_whole_is_asked_about(read, places):
    result = read([EAJE, ["1", "A", "Gex", "Multi-accueil", places]])
    assert result.codes == [("E2", "count_not_whole")]
    assert result.rows("offer", "capacity", "capacity_status") == [(None, "error")]
    assert f"« {clean_text(places)} »" in result.applied.problems[0].message


@pytest.mark.parametrize(("places", "value"), [(12.0, 12.0), ("12", 12.0), ("1 234", 1234.0), ("12,0", 12.0)])
def test_a_whole_count_is_taken_however_it_is_written(read, places, value):
    result = read([EAJE, ["1", "A", "Gex", "Multi-accueil", places]])
    assert result.rows("offer", "capacity") == [(value,)] and problems(result, "count_not_whole") == []


def test_hours_may_have_decimals(read):
    result = read([[*EAJE, "Heures réalisées"], ["1", "A", "Gex", "Multi-accueil", 20, 100.5]])
    assert hours(result) == [(2023, "hours_done", 100.5)] and result.codes == []


def caf(read, *households, total=None):
    rows = [["01173", "Gex", 2010 + i, value, 5] for i, value in enumerate(households)]
    return read([CAF, *rows, *([["Total", None, None, total, None]] if total is not None else [])])


def test_a_number_that_is_not_rounded_is_exact_and_said_once_per_column(read):
    result = caf(read, 120, 123, 124)
    (problem,) = problems(result, "not_rounded")
    assert problem.cell == "D3" and "arrondi à 5" in problem.message
    households = [
        row for row in result.rows("families", "measure", "value", "low", "high") if row[0] == "households"
    ]
    assert [row[1:] for row in households] == [
        (120.0, 118.0, 124.0),
        (123.0, None, None),
        (124.0, None, None),
    ]


@pytest.mark.parametrize(
    ("households", "total", "is_said"),
    [
        ((10, 20), 30, False),
        ((10, 20), 35, False),
        ((5, 5), 5, False),
        ((10, 20), 50, True),
        ((10, 20), 15, True),
        ((10, 20), 39, True),
        ((10, "<5"), 10, False),
        ((10, "<5"), 30, True),
        ((10, "nd"), 900, False),
    ],
)
def test_a_rounded_total_is_compared_with_the_bounds_of_its_rows(read, households, total, is_said):
    result = caf(read, *households, total=total)
    assert [p.cell for p in problems(result, "total_mismatch")] == ["D4"] * is_said


@pytest.mark.parametrize("separator", [" et ", " / ", "/", " & ", "; ", "\n"])
def test_several_persons_in_a_cell_are_asked_about_and_never_quoted(read, separator):
    rows = [["01-1", f"Zyxwvut{separator}Qponmlk", 1.5], ["01-1", "Abcdefg", 1]]
    result = read([OFFICERS, *rows])
    assert result.codes == [("B2", "several_persons")]
    assert result.rows("officers", "officer") == [("p7",)]
    assert "yxwvut" not in repr(result.applied).casefold()


@pytest.mark.parametrize(
    "words",
    ["à recruter", "Recrutement", "En cours de recrutement", "Néant", "Poste vacant", "Non pourvu",
     "À pourvoir", "Vacant / recrutement en cours", "", None],
)  # fmt: skip
def test_a_post_without_a_person_is_vacant(read, words):
    result = read([OFFICERS, ["01-1", words, 1.5], ["01-2", "Abcdefg", 1]])
    assert result.rows("officers", "officer") == [("vacant-1",), ("p7",)]


@pytest.mark.parametrize(
    "name", ["Néante", "Vacanti", "Etienne Zyx", "Zyx (depuis 01/2023)", "Le Petit-Etang"]
)
def test_a_name_that_resembles_those_words_is_a_person(read, name):
    result = read([OFFICERS, ["01-1", name, 1.5]])
    assert result.codes == [] and result.rows("officers", "officer")[0][0].startswith("p")


@pytest.mark.parametrize("header", ["Nom et prénom", "Nom Prénom", "NOM - Prénom"])
def test_one_column_may_hold_the_whole_name(read, header):
    result = read([["CTG", header, "ETP réels"], ["01-1", "Abc Def", 1]])
    assert result.rows("officers", "officer") == [("p7",)]


@pytest.mark.parametrize("cell", ["2022", 2022, "01/2023", "bientôt"])
def test_a_date_that_is_none_says_how_to_write_one(read, cell):
    header = ["N° CTG", "Nom de la CTG", "Début", "Fin"]
    result = read([header, ["1", "A", cell, "31/12/2026"]])
    (problem,) = problems(result, "value_refused")
    assert problem.cell == "C2" and problem.message.endswith("écrire JJ/MM/AAAA.")


def test_an_incomplete_row_names_the_cell_that_is_empty(read):
    result = read([EAJE, [None, "A", "Gex", "Multi-accueil", 20]])
    (problem,) = problems(result, "row_incomplete")
    assert problem.cell == "A2"
    assert "« N° équipement »" in problem.message and "A2 est vide" in problem.message


def test_an_empty_cell_within_an_identifier_is_named_too(read):
    header = ["Nom", "Ville", "Gestionnaire", "Places", "Ouverture", "Fermeture"]
    result = read([header, [None, "Gex", "SAS", 10, "01/01/2020", None]])
    (problem,) = problems(result, "row_incomplete")
    assert problem.cell == "A2" and "« Nom »" in problem.message


def test_a_wrong_total_quotes_the_nearest_of_the_sums_it_may_answer_for(read):
    header = ["Canton", "Commune", "Agréés", "Places"]
    rows = [
        ["Gex", "Gex", 3, 9],
        ["Sous-total", None, 3, 9],
        ["Gex", "Miribel", 4, 12],
        ["Total", None, 7, 22],
    ]
    result = read([["Assistants maternels, situation au 31/12/2023"], [], header, *rows])
    (problem,) = problems(result, "total_mismatch")
    assert problem.cell == "D7" and "D4:D6 vaut 21" in problem.message
