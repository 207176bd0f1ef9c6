"""The date that a table speaks of, and where it was read."""

from datetime import date

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.situation import find_situation


def situation(*titles, sheet="Feuil1", others=(), source="fichier.xlsx", **options):
    rows = [*([title] for title in titles), [], ["Nom", "Commune"], ["A", "Gex"]]
    (table,) = find_tables(Sheet(sheet, rows))
    return find_situation(table, others, source, **options)


@pytest.mark.parametrize(
    ("titles", "options", "expected"),
    [
        (("Suivi, situation au 31/12/2023",), {}, (date(2023, 12, 31), False)),
        (("Extrait le 15/01/2025", "Situation au 30 juin 2024"), {}, (date(2024, 6, 30), False)),
        (("Activité 2022-2024",), {}, (date(2024, 12, 31), False)),
        (("Suivi",), {"sheet": "2021"}, (date(2021, 12, 31), False)),
        (("Suivi",), {"others": ("situation au 01/09/2023",)}, (date(2023, 9, 1), False)),
        (("Suivi",), {"source": "envoi/PMI 2022.xlsx"}, (date(2022, 12, 31), True)),
        (("Suivi",), {}, (None, False)),
    ],
)
def test_the_most_precise_words_win(titles, options, expected):
    assert situation(*titles, **options)[:2] == expected


@pytest.mark.parametrize(
    ("titles", "options", "expected"),
    [
        (("CLAS, année scolaire 2023-2024",), {}, (date(2023, 9, 1), 2023, 2023)),
        (("Accueils, rentrée 24",), {}, (date(2024, 9, 1), 2024, 2024)),
        (("Accueils, rentrée de septembre 2024",), {}, (date(2024, 9, 1), 2024, 2024)),
        (("CLAS, année scolaire 2023/2024, situation au 30/06/2024",), {}, (date(2024, 6, 30), 2023, 2023)),
        (("ALSH 2023-2024",), {"is_school": True}, (date(2023, 9, 1), 2023, 2023)),
        (("Crèches 2023-2024",), {}, (date(2024, 12, 31), None, 2024)),
        (("ALSH 2022-2024",), {"is_school": True}, (date(2024, 12, 31), None, 2024)),
        (("ALSH, année 2024",), {"is_school": True}, (date(2024, 12, 31), None, 2024)),
        (("Accueil périscolaire 2024",), {"is_school": True}, (date(2024, 12, 31), None, 2024)),
        (("Enfants de 11-12 ans, 2024",), {"is_school": True}, (date(2024, 12, 31), None, 2024)),
    ],
)
def test_a_school_year_is_of_the_year_in_which_it_begins(titles, options, expected):
    found = situation(*titles, **options)
    assert (found.day, found.school_year, found.year) == expected
