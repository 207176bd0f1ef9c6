"""Conditional formats that Excel 2007 and later write in an .xls: what they hide stays hidden."""

import struct

import pytest

from sdsf_analysis.reading.workbooks.biffrules import record_rules
from sdsf_analysis.reading.workbooks.colours import PALETTE
from sdsf_analysis.reading.workbooks.conditional import hidden_by

ROWS = [["Commune", "Familles"], ["Gex", 3.0], ["Thoiry", 12.0], ["Ornex", 0.0]]
CELL_IS, EXPRESSION, BELOW, LESS = 1, 2, 5, 6
B2_B4 = (1, 3, 1, 1)


def ranges_record(number=1, later=True):
    own = struct.pack("<HH4HH4H", 1, number << 1, *B2_B4, 1, *B2_B4)
    return (0x879, head(0x879) + own) if later else (0x1B0, own)


def head(kind):
    return struct.pack("<HH4H", kind, 1, *B2_B4)


def own_format(code):
    text = code.encode("latin-1")
    return struct.pack("<IHHHB", 1 << 25, 1, 5 + len(text), len(text), 0) + text


def white_ink():
    font = bytearray(118)
    struct.pack_into("<i", font, 80, 9)
    return struct.pack("<IH", 1 << 26, 0) + bytes(font)


def number(value):
    return struct.pack("<BH", 0x1E, value)


def rule_record(look, *formulas, kind=CELL_IS, operator=LESS):
    sizes = [len(formula) for formula in (*formulas, b"", b"")[:2]]
    framed = struct.pack("<I", len(look)) + look if look else struct.pack("<IH", 0, 0)
    rest = struct.pack("<HBHHB", 0, 0, 1, 0, 16) + bytes(16)
    return 0x87A, head(0x87A) + struct.pack("<BBHH", kind, operator, *sizes) + framed + b"".join(
        formulas
    ) + rest


def hidden(*records):
    return hidden_by(record_rules(records, {}, PALETTE), ROWS)


def test_a_format_that_says_below_five():
    assert hidden(ranges_record(), rule_record(own_format('"<5"'), number(5))) == {(2, 2): "<5", (4, 2): "<5"}


def test_white_ink_below_five():
    assert hidden(ranges_record(), rule_record(white_ink(), number(5))).keys() == {(2, 2), (4, 2)}


def test_a_formula_that_only_excel_can_work_out_hides_all():
    look = own_format('"s"')
    assert hidden(ranges_record(), rule_record(look, b"\x44\x01\0\0\xc0", kind=EXPRESSION)).keys() == {
        (2, 2), (3, 2), (4, 2)}  # fmt: skip
    assert hidden(ranges_record(), rule_record(look, kind=BELOW, operator=0)).keys() == {
        (2, 2),
        (3, 2),
        (4, 2),
    }


def test_what_hides_nothing_is_no_rule():
    assert hidden(ranges_record(), rule_record(b"", number(5))) == {}
    assert hidden(ranges_record(), rule_record(own_format("0.0"), number(5))) == {}


def test_a_later_rule_of_older_ranges():
    extension = (0x87B, head(0x87B) + struct.pack("<IH", 1, 7))
    rule = rule_record(own_format('"s"'), number(5))
    assert hidden(ranges_record(7, later=False), ranges_record(8), extension, rule).keys() == {(2, 2), (4, 2)}
    assert hidden(extension, rule).keys() == {(2, 2), (4, 2)}


@pytest.mark.parametrize("kept", [14, 22, 30])
def test_a_rule_that_cannot_be_read_hides_all_that_it_may_paint(kept):
    kind, body = rule_record(own_format('"<5"'), number(5))
    assert hidden(ranges_record(), (kind, body[:kept])).keys() == {(2, 2), (3, 2), (4, 2)}
