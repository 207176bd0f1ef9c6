"""Two scales on one row: a share of one beside points, told apart from small numbers that are right."""

import pytest

from sdsf_analysis.reading.sheet import Marks, Sheet
from sdsf_analysis.reading.table import Column, Table
from sdsf_analysis.reading.typed.scales import mixed_rows, scales_apart

HEADER = ["Indicateur", "Unité", "Valeur initiale", "Mi-parcours", "Cible"]
KINDS = {1: "text", 2: "text", 3: "number", 4: "number", 5: "number"}


def plan(*rows, percents=()):
    columns = tuple(Column(i, (label,)) for i, label in enumerate(HEADER, start=1))
    sheet = Sheet("Plan", [HEADER, *rows], marks=Marks(percents=frozenset(percents)))
    return Table(sheet, (1,), tuple(range(2, len(rows) + 2)), (), columns, {})


@pytest.mark.parametrize(
    ("unit", "values", "places"),
    [
        ("%", [0.55, 60.0, 70.0], [(2, 3)]),
        ("% des familles", [55.0, 0.6, 70.0], [(2, 4)]),
        ("%", ["55 %", 0.6, 70.0], [(2, 4)]),
        ("%", [0.55, 0.6, 0.7], []),
        ("%", [0.0, 60.0, 70.0], []),
        ("%", [1.2, 5.0, 6.0], []),
        ("nombre", [1.0, 30.0, 60.0], []),
        ("%", ["nd", 60.0, None], []),
    ],
)
def test_a_share_beside_points_is_a_question(unit, values, places):
    assert list(mixed_rows(plan(["Couverture", unit, *values]), KINDS)) == places


def test_a_cell_shown_as_a_percentage_says_its_scale():
    assert mixed_rows(plan(["Couverture", "%", 0.55, 60.0, 70.0], percents=[(2, 3)]), KINDS) == {}


def test_nothing_is_said_without_numbers():
    assert scales_apart([]) == [] and scales_apart([None, 0.5]) == []
