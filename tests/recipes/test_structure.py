"""What is said of a table's header, of its labels and of the rows printed again."""

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Range, Sheet
from sdsf_analysis.recipes.structure import structure_findings

TEXTS = [["Nom", "Accueil", None], [None, "Places", "Heures"], ["A", 12, 300], ["B", 8, 120]]
YEARS = [
    ["Commune", "2023", None, "2024", None],
    [None, "Places", "Heures", "Places", "Heures"],
    ["Gex", 1, 2, 3, 4],
    ["Oyonnax", 5, 6, 7, 8],
]


def said(rows, merged=()):
    sheet = Sheet("Gex", rows, tuple(Range(*m) for m in merged))
    return [problem for table in find_tables(sheet) for problem in structure_findings("f.xlsx", table)]


def test_a_text_centred_without_a_merge_is_asked_about():
    (problem,) = said(TEXTS)
    assert (problem.code, problem.cell) == ("header_spread", "A1:C2")
    assert "« Accueil » est repris de B à C" in problem.message


def test_a_year_centred_without_a_merge_is_asked_about_and_its_labels_are_not_accused():
    (problem,) = said(YEARS)
    assert problem.code == "header_spread"
    assert "« 2023 » (colonne B) n'est pas repris sur C" in problem.message
    assert "« 2024 » (colonne D) n'est pas repris sur E" in problem.message


def test_a_merge_says_how_far_a_label_goes():
    merged = [(1, 2, 1, 3), (1, 4, 1, 5)]
    assert [problem.code for problem in said(YEARS, merged)] == ["header_joined"]


def test_labels_of_the_same_name_are_said_elsewhere():
    rows = [["Commune", "Places", "Places"], ["Gex", 1, 2]]
    assert [(problem.code, problem.cell) for problem in said(rows)] == [("column_twice", "C1")]


def test_what_is_printed_again_is_called_by_its_name():
    header = ["Nom", "Places"]
    rows = [["ALSH"], header, ["A", 1], ["Page 1/2"], ["ALSH"], header, ["B", 2]]
    messages = [problem.message for problem in said(rows) if problem.code == "header_repeated"]
    assert [message.split(" ; ")[0] for message in messages] == [
        "La ligne 4 porte un numéro de page",
        "La ligne 5 répète le titre",
        "La ligne 6 répète l'en-tête",
    ]


def test_a_form_is_said_to_be_one():
    (problem,) = said([["Nom", "Les Lutins"], ["Commune", "Gex"], ["Places", 20]])
    assert problem.code == "header_missing" and "comme une fiche" in problem.message
