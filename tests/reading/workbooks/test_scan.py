"""A worksheet scanned many cells at a time gives what a true XML parser gives, however it is written."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.workbooks import scan as scanning
from sdsf_analysis.reading.workbooks.canonical import rewritten
from sdsf_analysis.reading.workbooks.scan import scan

CONTENTS = ["", "<v>5</v>", "<v/>", "<v></v>", "<v />", "<f>A1</f><v>5</v>", "<f>A1</f>", "<f/><v/>",
            "<is><t>&lt;c r=&quot;</t></is>", '<v xml:space="preserve"> 5</v>', "<v>#N/A</v>"]  # fmt: skip
TYPES = ["", ' t="s"', ' t="e"', ' t="str"', ' t="n"']
CELLS = st.tuples(
    st.integers(1, 16_384), st.sampled_from(["", ' s="0"', ' s="12"']), st.sampled_from(TYPES),
    st.sampled_from(CONTENTS), st.booleans(),
)  # fmt: skip
SHEETS = st.dictionaries(st.integers(1, 1_048_576), st.lists(CELLS, max_size=5), max_size=5)


def written(rows, space=""):
    """Write rows of cells as a worksheet."""
    lines = []
    for row, cells in rows.items():
        lines.append(f'<row r="{row}" hidden="{row % 2}">')
        for column, style, kind, content, is_swapped in cells:
            attributes = kind + style if is_swapped else style + kind
            lines.append(f'<c r="{address(row, column)}"{attributes}>{content}</c>')
        lines.append("</row>")
    return f"<worksheet><cols/><sheetData>{space.join(lines)}</sheetData></worksheet>".encode()


def told(found):
    cells = found.cells
    places = zip(cells.rows.tolist(), cells.columns.tolist(), cells.styles.tolist(), strict=True)
    return list(places), cells.errors, cells.uncomputed, found.hidden_rows


@given(SHEETS)
def test_both_ways_to_scan_agree(rows):
    xml = written(rows)
    again = b"".join(rewritten(BytesIO(xml)))
    assert told(scan(lambda: BytesIO(xml))) == told(scan(lambda: BytesIO(again)))


@given(SHEETS, st.integers(40, 200))
def test_the_size_of_the_pieces_changes_nothing(rows, size):
    xml = written(rows)
    whole = told(scan(lambda: BytesIO(xml)))
    usual, scanning.CHUNK_BYTES = scanning.CHUNK_BYTES, size
    try:
        assert told(scan(lambda: BytesIO(xml))) == whole
    finally:
        scanning.CHUNK_BYTES = usual


@given(SHEETS, st.integers(0, 5))
def test_blank_rows_around_values_change_nothing(rows, above):
    blank = [(column, ' s="12"', "", "", False) for column in range(1, 6)]
    values = {row * 2: cells for row, cells in rows.items()}
    around = {row * 2 + 1: blank for row in range(40)}
    padded = dict.fromkeys(range(1, 2 * above, 2), blank) | values | around
    cells, *others, _ = told(scan(lambda: BytesIO(written(values))))
    assert list(told(scan(lambda: BytesIO(written(padded)))))[:-1] == [cells, *others]


def prefixed(xml):
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"<x:worksheet", b'<x:worksheet xmlns:x="u"')


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'"', b"'"),
        lambda xml: xml.replace(b' s="', b'  s = "'),
        lambda xml: xml.replace(b' s="12"', b' s="&#49;2"'),
        lambda xml: xml.replace(b"<c ", b"<c\n"),
        lambda xml: xml.replace(b"<v>", b"<!-- <c --><v>"),
        lambda xml: xml.decode().encode("utf-16"),
        prefixed,
    ],
)  # fmt: skip
def test_a_styled_value_is_seen_however_it_is_written(change):
    xml = written({7: [(2, ' s="12"', "", "<v>3</v>", False)], 8: [(3, "", ' t="e"', "<v>#REF!</v>", False)]})
    found = told(scan(lambda: BytesIO(change(xml))))
    assert found == ([(7, 2, 12), (8, 3, 0)], {(8, 3): "#REF!"}, (), {7})


def test_a_sheet_without_its_end_is_refused():
    xml = written({1: [(1, "", "", "<v>1</v>", False)]})
    with pytest.raises((ReadingError, SyntaxError)):
        scan(lambda: BytesIO(xml[:-30]))
