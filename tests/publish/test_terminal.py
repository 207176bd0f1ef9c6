import json

import pandas as pd
import pytest

from sdsf_analysis.model.problems import Problem, catalogue
from sdsf_analysis.publish.terminal import WIDTH, answer, counters_text, problem_report


def problem(code, cell="A1", **more):
    return Problem("Un fichier au nom assez long.xlsx", "Feuille", cell, code, "Ce qui a été trouvé.", **more)


def test_decisions_come_first_and_are_counted_in_words():
    text = problem_report([problem("encoding_guessed"), problem("file_empty"), problem("commune_unknown")])
    assert text.splitlines()[0] == (
        "Problèmes : 1 décision à prendre ; 1 élément refusé ; 1 détail sans incidence."
    )
    headings = [line for line in text.splitlines() if line.endswith(" :")]
    assert headings == ["Décisions à prendre :", "Refusé, à corriger dans les fichiers :", "Sans incidence :"]


def test_where_nothing_was_refused_the_rest_is_repaired():
    text = problem_report([problem("encoding_guessed"), problem("commune_unknown"), problem("note_mark")])
    assert text.splitlines()[0] == "Problèmes : 1 décision à prendre ; le reste est réparé ou signalé."


@pytest.mark.parametrize(
    ("suggestion", "decision"),
    [("", "remplacer"), ("Peut-être : Gex (01173), à une lettre près.", "accepter")],
)
def test_a_decision_comes_with_its_line_ready_to_be_copied(suggestion, decision):
    found = [problem("commune_unknown", f"A{n}", found="Gey", suggestion=suggestion) for n in (1, 2)]
    place = "Un fichier au nom assez long.xlsx;Feuille;A1;commune_unknown;Gey"
    lines = [line.strip() for line in problem_report(found).splitlines()]
    assert [line for line in lines if ";" in line[:40]] == [f"{place};{decision};;;;"]
    assert "decisions.csv" not in problem_report(found, full=False)


def test_three_examples_and_the_number_of_all():
    text = problem_report([problem("commune_unknown", f"A{n}") for n in range(1, 6)])
    assert "commune inconnue (5)" in text
    assert ["!A3 " in text, "!A4 " in text] == [True, False]
    assert text.count("→") == 1


def test_what_an_example_suggests_is_its_own():
    found = [
        problem("commune_unknown", f"A{n}", suggestion=f"Peut-être : {name}.")
        for n, name in ((1, "Gex"), (2, "Oyonnax"))
    ]
    text = problem_report(found)
    assert "Peut-être : Gex." in text
    assert "Peut-être : Oyonnax." in text


def test_a_suggestion_is_not_said_twice():
    known = catalogue()["commune_unknown"].suggestion
    text = " ".join(problem_report([problem("commune_unknown", suggestion=known)]).split())
    assert text.count(known) == 1


def test_in_short_what_is_repaired_takes_one_line_a_cause():
    text = problem_report([problem("date_as_text", f"A{n}") for n in range(40)], full=False)
    assert "date écrite comme du texte (40), par exemple" in text
    assert text.endswith("Chaque cellule en cause : sdsf problems")


@pytest.mark.parametrize("full", [True, False])
def test_lines_hold_in_a_hundred_columns(full):
    found = [problem(code, suggestion="mot " * 60) for code in catalogue()]
    # a line to be copied stays whole
    lines = [line for line in problem_report(found, full=full).splitlines() if ";;;;" not in line]
    assert max(map(len, lines)) <= WIDTH


def test_nothing_to_say():
    assert problem_report([]) == "Aucun problème dans les fichiers."


def test_a_missing_counter_names_the_file_to_ask_for():
    measures = ["ctg_in_force", "officers", "population_covered"]
    text = counters_text(pd.DataFrame({"measure": measures, "value": [0.0, float("nan"), 89.42]}))
    assert [line.split(" : ")[1] for line in text.splitlines()] == [
        "0",
        "non disponible ; il faut « Chargés de coopération.xlsx »",
        "89,4\u202f%",
    ]


def test_answers_keep_types_and_say_none():
    frame = pd.DataFrame(
        {
            "code": pd.Series(["01004", None], dtype="str"),
            "on": pd.to_datetime(["2024-12-31", None]),
            "count": pd.array([12, None], dtype="Int64"),
            "value": [1234567.25, float("nan")],
            "is_open": pd.array([True, None], dtype="boolean"),
        }
    )
    assert json.loads(answer(frame, "json")) == [
        {"code": "01004", "on": "2024-12-31", "count": 12, "value": 1234567.25, "is_open": True},
        dict.fromkeys(frame.columns),
    ]
    assert answer(frame, "csv").splitlines()[1] == "01004,2024-12-31,12,1234567.25,True"
    lines = answer(frame, "table").split("\n")
    assert lines[1].split("  ")[0] == "01004"
    assert "1\u202f234\u202f567,2" in lines[1] or "1\u202f234\u202f567,3" in lines[1]
    assert lines[2].strip() == ""


def test_an_empty_answer():
    frame = pd.DataFrame({"a": [], "b": []})
    assert answer(frame, "json") == "[]"
    assert answer(frame, "csv") == "a,b"
    assert answer(frame, "table").split() == ["a", "b"]
