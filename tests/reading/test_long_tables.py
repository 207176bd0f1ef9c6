"""Tables of thousands of rows, whose rare rows stand far from the header and from the end."""

import pytest

from sdsf_analysis.reading.kinds import column_kinds, read_cell, read_column
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Marks, Range, Sheet

HEADER = ["Code", "Commune", "Places", "Taux"]
ROWS = 3000


@pytest.fixture
def rows():
    return [HEADER, *([f"{n:05d}", f"Ville {n % 90}", float(n % 700), n / ROWS] for n in range(1, ROWS))]


def test_a_header_printed_again_far_down_is_no_record(rows):
    rows[1500] = list(HEADER)
    (table,) = find_tables(Sheet("Base", rows))
    assert table.repeated_rows == (1501,)
    assert table.n_data_rows == ROWS - 2


def test_a_total_far_down_is_no_record(rows):
    rows[2000] = ["", "Total", 5.0, 0.5]
    (table,) = find_tables(Sheet("Base", rows))
    assert table.total_rows == (2001,)
    assert 2001 not in table.body_rows


def test_a_blank_row_far_down_parts_nothing(rows):
    rows[1200] = ["", "", "", ""]
    (table,) = find_tables(Sheet("Base", rows))
    assert table.n_data_rows == ROWS - 2
    assert table.last_data_row == ROWS


def test_a_title_far_down_begins_another_table(rows):
    rows[1998:2001] = [
        ["", "", "", ""],
        ["Deuxième tableau", "", "", ""],
        ["Code", "Secteur", "Heures", "Coût"],
    ]
    first, second = find_tables(Sheet("Base", rows))
    assert first.last_data_row == 1998
    assert (second.titles, second.header_rows) == (("Deuxième tableau",), (2001,))


def test_years_among_the_numbers_are_no_header(rows):
    for row in range(100, ROWS, 50):
        rows[row][2] = 2024.0
    (table,) = find_tables(Sheet("Base", rows))
    assert table.n_data_rows == ROWS - 1


@pytest.mark.parametrize("name", ["Base", None])
def test_a_column_is_read_as_its_cells_are(rows, name):
    if name is None:
        rows = [[str(cell).replace(".", ",") for cell in row] for row in rows]
    for row, text in zip(
        range(7, ROWS, 400), ("nd", "", "<5", "1 à 4", "12*", "12,5 %", "Secret", "n/a"), strict=True
    ):
        rows[row][2] = text
    (table,) = find_tables(Sheet(name, rows, marks=Marks(percents=frozenset({(40, 3), (41, 4)}))))
    kinds = column_kinds(table)
    for column, kind in kinds.items():
        cells = [read_cell(table, row, column, kind) for row in table.body_rows]
        reading = read_column(table, column, kind)
        assert reading.values == [cell.value for cell in cells]
        assert reading.others == {
            row: cell
            for row, cell in zip(table.body_rows, cells, strict=True)
            if cell.code or cell.kind not in (kind, "empty")
        }


def test_cells_of_a_column_hold_the_merged_ones():
    rows = [["Canton", "Commune", "Places"], ["Gex", "Gex", 20.0], [None, "Thoiry", 12.0], [None, "Divonne"]]
    (table,) = find_tables(Sheet("Base", rows, merged=(Range(2, 1, 4, 1),)))
    assert table.column(1).cells == ["Gex", "Gex", "Gex"]
    assert table.column(3).cells == [20.0, 12.0, None]
    assert table.column(3).odd == [2]
