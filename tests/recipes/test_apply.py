"""A table turned into tidy rows: nothing guessed, nothing lost without a word, nothing counted twice."""

from sdsf_analysis.reading.sheet import Marks

TITLE = ["MSA, familles du régime agricole, situation au 31/12/2023"]
MSA = ["Commune", "Familles", "Enfants 0-2"]
EAJE = ["N° équipement", "Nom", "Commune", "Type d'accueil", "Places"]
AM = ["Commune", "Agréés", "Places"]


def families(read, *rows, **options):
    return read([TITLE, [], MSA, *rows], **options)


def test_values_missing_withheld_and_zero_stay_apart(read):
    result = families(read, ["Gex", 0, 3], ["Miribel", None, "nd"], ["Oyonnax", "<5", "s"])
    assert result.rows("families", "commune", "measure", "value", "status", "high") == [
        ("01173", "families", 0.0, "known", None),
        ("01173", "children_0_2", 3.0, "known", None),
        ("01249", "families", None, "missing", None),
        ("01249", "children_0_2", None, "missing", None),
        ("01283", "families", None, "secret", 4.0),
        ("01283", "children_0_2", None, "secret", None),
    ]


def test_an_unknown_commune_is_asked_about_and_its_row_is_not_given(read):
    result = families(read, ["Gexx", 10, 3], ["Saint-Étienne", 9, 2])
    assert result.codes == [("A4", "commune_unknown"), ("A5", "commune_outside")]
    assert result.applied.rows == {}


def test_former_communes_add_up_with_the_commune_that_holds_them(read):
    result = families(read, ["Valserhône", 10, 3], ["Châtillon-en-Michaille", 7, "<5"])
    assert result.rows("families", "commune", "measure", "value", "status", "low", "high") == [
        ("01033", "families", 17.0, "known", None, None),
        ("01033", "children_0_2", None, "secret", 3.0, 7.0),
    ]
    cells = {(entry[1], entry[4]) for entry in result.applied.ledger if entry[0].endswith("|families")}
    assert ("value", "B4") in cells and ("value", "B5") in cells


def test_the_same_commune_twice_is_a_question_and_never_a_sum(read):
    for twice in (["Gex", "Gex"], ["Châtillon-en-Michaille"] * 2, ["Valserhône", "Valserhône", "Lancrans"]):
        result = families(read, *([name, 10, 3] for name in twice))
        assert result.applied.rows == {} and ("A5", "row_repeated") in result.codes


def test_services_of_one_number_are_never_added_even_in_a_former_commune(read):
    row = ["12", "Les Loups", "Châtillon-en-Michaille", "Multi-accueil", 20]
    result = read([["Situation au 31/12/2023"], [], EAJE, row, row])
    assert "offer" not in result.applied.rows and "row_repeated" in dict(result.codes).values()


def test_published_rates_of_former_communes_are_never_added(read):
    header = [
        "Date référence",
        "Numéro commune",
        "Nom commune",
        "Taux de couv global",
        "Taux de couv EAJE PSU",
    ]
    rows = [[2021, "01091", "Châtillon-en-Michaille", 60.1, 20.0], [2021, "01033", "Valserhône", 54.2, 21.0]]
    result = read([header, *rows])
    assert result.rows("published_rates", "value") == []
    assert "row_repeated" in dict(result.codes).values()


def test_a_number_merged_over_two_communes_counts_once(read):
    result = read(
        [["Situation au 31/12/2023"], [], AM, ["Gex", 5, 15], ["Miribel", None, None]], merged=[(4, 3, 5, 3)]
    )
    assert result.rows("offer", "commune", "capacity", "capacity_status") == [
        ("01173", 15.0, "known"),
        ("01249", None, "missing"),
    ]


def test_a_tick_that_is_a_question_is_not_a_yes(read):
    header = ["N° CTG", "Nom de la CTG", "Début", "Fin", "Enfance", "Jeunesse", "Handicap"]
    row = ["1", "A", "01/01/2022", "31/12/2026", "x", "?", None]
    result = read([header, row])
    assert result.rows("ctg_themes", "theme") == [("enfance",)]
    assert ("F2", "choice_unknown") in result.codes


def test_an_error_is_an_error_in_a_text_and_in_a_key(read):
    header = ["N° CTG", "Nom de la CTG", "Début", "Fin"]
    result = read([header, ["#N/A", "A", "01/01/2022", "#REF!"]], marks=Marks(errors={(2, 1): "#N/A"}))
    assert ("A2", "value_error") in result.codes and ("D2", "value_error") in result.codes
    assert "row_incomplete" in dict(result.codes).values() and "ctg" not in result.applied.rows


def test_a_table_without_a_date_does_not_complain_at_each_row(read):
    result = read([AM, ["Gex", 5, 15], ["Miribel", 4, 12]], situation=None)
    assert result.applied.rows == {} and result.codes == []


def test_a_template_gives_nothing_and_no_problem(read):
    assert read([["Situation au 31/12/2023"], [], AM]).applied.problems == []


def test_personal_columns_leave_a_pseudonym_only(read):
    header = ["CTG", "Nom", "Prénom", "Courriel", "ETP réels"]
    rows = [
        ["01-1", "Zyxwvut", "Ada", "zyxwvut@example.org", 1.5],
        ["01-1", "Poste vacant", None, None, "#N/A"],
        ["01-2", "Zyxwvut", "Bob", "zyxwvut@example.org", "mi-temps"],
    ]
    result = read([header, *rows])
    assert result.rows("officers", "post", "officer") == [("1", "p11"), ("2", "vacant-1"), ("1", "p11")]
    assert "yxwvut" not in repr(result.applied).casefold()
