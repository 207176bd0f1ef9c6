import pandas as pd
import pytest

from sdsf_analysis.figures.answers import Words, answer_grid, answer_sentence, grid_or_words


def shown(column, values):
    return answer_grid(pd.DataFrame({"Ligne": range(len(values)), column: values}))[column].tolist()


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("Année", [2024], ["2024"]),
        ("Places", [1234.0, 0.5, None], ["1\u202f234", "0,5", "n. d."]),
        ("Part (%)", [99.98, 100.0, 0.04, 0.0], ["99,98", "100", "0,04", "0"]),
        ("Le", pd.to_datetime(["2024-12-31", None]), ["31 décembre 2024", "n. d."]),
        ("Nom", ["Gex", None], ["Gex", "n. d."]),
        ("Ouvert", [True, False], ["oui", "non"]),
    ],
)
def test_values_are_french(column, values, expected):
    assert shown(column, values) == expected


def test_whole_numbers_that_may_be_null():
    assert shown("Places", pd.array([3, None], dtype="Int64")) == ["3", "n. d."]


def test_a_sentence_lacks_no_number():
    answer = pd.DataFrame({"Places": [12.0, None], "Commune": ["Gex", "Thoiry"]})
    said = answer_sentence(answer, "{Places} places à {Commune}.", "Il faut un fichier.")
    assert said == "12 places à Gex."
    assert said._repr_markdown_() == said
    assert answer_sentence(answer[1:], "{Places} places.", "Il faut un fichier.") == "Il faut un fichier."
    assert answer_sentence(answer[:0], "{Places} places.", "Il faut un fichier.") == "Il faut un fichier."


def test_an_empty_table_is_a_sentence():
    full = pd.DataFrame({"a": [1]})
    assert grid_or_words(full, "Rien.") is full
    assert isinstance(grid_or_words(full[:0], "Rien."), Words)
    assert answer_grid(full[:0]) == ""
