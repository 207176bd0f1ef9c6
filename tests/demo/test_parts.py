from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.demo.cells import Cell, Column, Fault, Row, Sheet, Table
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.placing import column_letters, place, planted, told_once
from sdsf_analysis.demo.spread import shares


def where(sheet):
    return [
        (item.address, item.cell.value, item.last_row - item.row, item.last_column - item.column)
        for item in place(sheet)
    ]


def test_header_of_two_levels_is_merged_both_ways():
    table = Table("t", (Column(("N°",)), Column(("Places", "a")), Column(("Places", "b"))))
    assert where(Sheet("s", (), (table,))) == [
        ("A1", "N°", 1, 0),
        ("B1", "Places", 0, 1),
        ("B2", "a", 0, 0),
        ("C2", "b", 0, 0),
    ]


def test_equal_values_share_a_merged_cell_until_the_total():
    rows = (Row(("x",)), Row(("x",)), Row(("Total",), "subtotal"), Row(("x",)))
    table = Table("t", (Column(("Canton",), merged=True),), rows=rows)
    assert where(Sheet("s", (), (table,)))[1:] == [
        ("A2", "x", 1, 0),
        ("A4", "Total", 0, 0),
        ("A5", "x", 0, 0),
    ]


def test_tables_follow_each_other_with_a_blank_row():
    table = Table("t", (Column(("Nom",)),), "Titre", (Row(("a",)),), ("note",))
    assert [item.address for item in place(Sheet("s", ("T",), (table, table)))] == [
        "A1", "A3", "A4", "A5", "A6", "A8", "A9", "A10", "A11"
    ]  # fmt: skip


def test_a_mark_is_noted_once_per_file():
    rows = tuple(Row((Cell(text, fault="mark_unexplained"),)) for text in ("nd", "s", "nd"))
    sheet = Sheet("s", (), (Table("t", (Column(("n",)),), rows=rows),))
    found = told_once(planted("f.xlsx", "s", place(sheet)))
    assert found == [
        Fault("f.xlsx", "s", "A2", "mark_unexplained"),
        Fault("f.xlsx", "s", "A3", "mark_unexplained"),
    ]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.integers(0, 500))
def test_shares_add_up(weights, total):
    counts = shares(weights, total)
    assert sum(counts) == total
    assert min(counts) >= 0


@given(st.text(), st.integers(-5, 5), st.integers(0, 20))
def test_dice_stay_within_bounds(key, low, width):
    assert low <= Dice(key).between(low, low + width) <= low + width


@given(st.lists(st.integers(), max_size=30), st.integers(0, 30))
def test_sample_keeps_order_and_counts(items, count):
    positions = list(enumerate(items))
    drawn = Dice("k").sample(positions, count)
    assert drawn == sorted(drawn)
    assert len(drawn) == min(count, len(items))


def test_dice_never_change():
    assert [Dice("demo").between(1, 100), Dice("demo").pick("abcdef")] == [67, "d"]


def test_column_letters():
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
