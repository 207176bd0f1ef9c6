"""Totals are checksums: compared with the rows that they can stand for, never with withheld ones."""

import pytest

HEADER = ["Canton", "Commune", "Agréés", "Places"]
TITLE = ["Assistants maternels, situation au 31/12/2023"]


def codes(read, *rows):
    return [pair for pair in read([TITLE, [], HEADER, *rows]).codes if pair[1] == "total_mismatch"]


GEX, MIRIBEL = ["Gex", "Gex", 3, 9], ["Gex", "Miribel", 4, 12]


@pytest.mark.parametrize(
    "rows",
    [
        (GEX, MIRIBEL, ["Total", None, 7, 21]),
        (["Total", None, 7, 21], GEX, MIRIBEL),
        (GEX, ["Sous-total", None, 3, 9], MIRIBEL, ["Sous-total", None, 4, 12], ["Total", None, 7, 21]),
        (["Total canton", None, 3, 9], GEX, ["Total canton", None, 4, 12], MIRIBEL),
        (GEX, MIRIBEL, ["Total", None, None, "nd"]),
        (GEX, ["Gex", "Miribel", "s", "nd"], ["Total", None, 7, 21]),
        (GEX, ["Gex", "Miribel", None, "-"], ["Total", None, 3, 9]),
    ],
)
def test_totals_that_agree_or_cannot_be_compared(read, rows):
    assert codes(read, *rows) == []


def test_a_total_that_differs_is_said_with_both_numbers(read):
    result = read([TITLE, [], HEADER, GEX, MIRIBEL, ["Total", None, 7, 22]])
    (problem,) = [p for p in result.applied.problems if p.code == "total_mismatch"]
    assert problem.cell == "D6" and "vaut 22" in problem.message and "D4:D5 vaut 21" in problem.message
    assert len(result.applied.rows["offer"]) == 2


def test_a_total_is_not_excused_by_the_sum_of_its_neighbour(read):
    """Sections stand on one side of their totals: the next section's sum is no excuse."""
    rows = (GEX, ["Sous-total", None, 3, 12], MIRIBEL, ["Sous-total", None, 4, 12], ["Total", None, 7, 21])
    assert [cell for cell, _ in codes(read, *rows)] == ["D5"]


def test_a_total_above_a_withheld_row_is_not_compared_but_the_others_are(read):
    rows = (GEX, ["Sous-total", None, 3, 10], ["Gex", "Miribel", 4, "s"], ["Sous-total", None, 4, 12])
    assert [cell for cell, _ in codes(read, *rows)] == ["D5"]
