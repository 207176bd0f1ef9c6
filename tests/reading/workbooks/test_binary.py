"""Binary workbooks, written here record by record: no free library writes them."""

import struct
from zipfile import ZipFile

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/>'
    '<Override PartName="/xl/workbook.bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = f'<Relationship Id="{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}


def record(kind, body=b""):
    """Write one record: its number and its size by groups of seven bits, its body."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        more = length > 127
        size += bytes([length & 0x7F | 0x80 * more])
        length >>= 7
        if not more:
            return number + size + body


def text(value):
    """Write a text as the records do."""
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def colour(rgb=None):
    """Write a colour; none is the automatic one."""
    return bytes(8) if rgb is None else bytes([2 << 1 | 1, 0, 0, 0]) + bytes.fromhex(rgb) + b"\xff"


def styles(formats, looks=b""):
    """Write the part of the styles: each is a format, or (format, struck, background)."""
    formats = [one if isinstance(one, tuple) else (one, False, None) for one in formats]
    body = record(278)
    body += record(615, struct.pack("<I", len(formats)))
    body += b"".join(
        record(44, struct.pack("<H", 164 + n) + text(code)) for n, (code, *_) in enumerate(formats)
    )
    body += record(616) + record(611, struct.pack("<I", 2))
    for struck in (0, 0x08):
        font = (
            struct.pack("<HHHHBBBB", 220, struck, 400, 0, 0, 2, 0, 0)
            + colour()
            + bytes([0])
            + text("Calibri")
        )
        body += record(43, font)
    body += record(612) + record(603, struct.pack("<I", len(formats)))
    for _, _, background in formats:
        fill = struct.pack("<I", 1 if background else 0) + colour(background) + colour() + bytes(48)
        body += record(45, fill)
    body += record(604) + record(617, struct.pack("<I", len(formats)))
    for n, (_, struck, _) in enumerate(formats):
        body += record(47, struct.pack("<HHHHHBBHH", 0xFFFF, 164 + n, int(struck), n, 0, 0, 0, 0, 0x3F))
    return body + record(618) + looks + record(279)


def cell(column, value, style=0):
    """Write one cell: a number, a text, an error or nothing."""
    head = struct.pack("<II", column - 1, style)
    if value is None:
        return record(1, head)
    if value in ERRORS:
        return record(3, head + bytes([ERRORS[value]]))
    if isinstance(value, str):
        return record(6, head + text(value))
    return record(5, head + struct.pack("<d", value))


def sheet(rows, hidden_rows=(), hidden_columns=(), merged=(), filtered=None):
    """Write a sheet: row → column → value, or (value, style)."""
    body = record(129) + record(
        148, struct.pack("<4I", min(rows, default=1) - 1, max(rows, default=1) - 1, 0, 9)
    )
    body += record(390)
    for column in hidden_columns:
        body += record(60, struct.pack("<IIIIH", column - 1, column - 1, 2560, 0, 1))
    body += record(391) + record(145)
    for row, cells in rows.items():
        flags = 0x10 if row in hidden_rows else 0
        body += record(0, struct.pack("<IIHBBB", row - 1, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        for column, value in cells.items():
            body += cell(column, *(value if isinstance(value, tuple) else (value,)))
    body += record(146)
    if filtered:
        body += record(161, struct.pack("<4I", *(n - 1 for n in filtered)))
        body += record(163, struct.pack("<IH", 0, 0)) + record(164) + record(162)
    body += record(177, struct.pack("<I", len(merged)))
    body += b"".join(record(176, struct.pack("<4I", *(n - 1 for n in one))) for one in merged)
    return body + record(178) + record(130)


def write_xlsb(path, sheets, formats=("General",), hidden=(), looks=b""):
    """Write a workbook: name of the sheet → its part."""
    bundle = b"".join(
        record(156, struct.pack("<II", int(name in hidden), n) + text(f"rId{n}") + text(name))
        for n, name in enumerate(sheets, 1)
    )
    links = [
        _LINK.format(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)
    ]
    links.append(_LINK.format("rIdS", "styles", "styles.bin"))
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels", _LINKS.format(_LINK.format("rId1", "officeDocument", "xl/workbook.bin"))
        )
        workbook = (
            record(131) + record(153, struct.pack("<III", 0, 0, 0)) + record(143) + bundle + record(144)
        )
        archive.writestr("xl/workbook.bin", workbook + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", _LINKS.format("".join(links)))
        archive.writestr("xl/styles.bin", styles(formats, looks))
        for n, part in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{n}.bin", part)
    return path


FORMATS = ["General", '[<5]"<5";0', "0.0%", "dd/mm/yyyy", ("General", True, "FFFF00"), ";;;"]


@pytest.fixture
def xlsb(tmp_path):
    def write(rows, **more):
        return write_xlsb(tmp_path / "classeur.xlsb", {"Suivi": sheet(rows, **more)}, FORMATS)

    return write


def test_values_texts_dates_and_errors_stand_at_their_addresses(xlsb):
    path = xlsb({2: {3: "Gex", 4: (45292, 3)}, 4: {3: "#N/A", 4: (0.457, 2)}})
    (opened,) = open_file(path).sheets
    assert opened.cell(2, 3) == "Gex" and str(opened.cell(2, 4)) == "2024-01-01"
    assert opened.marks.errors == {(4, 3): "#N/A"} and opened.cell(4, 3) == "#N/A"
    assert opened.marks.percents == {(4, 4)} and opened.cell(4, 4) == 0.457


def test_a_hidden_value_is_nowhere_in_what_was_read(xlsb):
    path = xlsb({1: {1: "Enfants"}, 2: {1: (3.25, 1)}, 3: {1: (12, 1)}, 4: {1: (3.25, 5)}})
    opened = open_file(path)
    assert "3.25" not in repr(opened)
    assert opened.sheets[0].rows == [["Enfants"], ["<5"], [12], [""]]


def look(code="", ink=""):
    """Write the look of a conditional format: a number format, or a colour of ink."""
    parts = b""
    if code:
        said = struct.pack("<H", len(code)) + code.encode("utf-16-le")
        parts += struct.pack("<HH", 38, 4 + len(said)) + said
    if ink:
        parts += struct.pack("<HH", 5, 12) + colour(ink)
    return record(507, struct.pack("<HHH", 0, 0, bool(code) + bool(ink)) + parts)


def whole(number):
    """Write a formula that is a whole number."""
    return struct.pack("<I", 3) + bytes([0x1E]) + struct.pack("<H", number) + struct.pack("<I", 0)


def rule(dxf, *formulas, kind=1, operator=6, at=(2, 9, 1, 1)):
    """Write a conditional format of one rule: below a number, if nothing else is said."""
    top, bottom, left, right = (n - 1 for n in at)
    head = struct.pack("<5i", kind, 0, dxf, 1, operator) + bytes(10)
    sizes = [len(one) for one in formulas] + [0] * (3 - len(formulas))
    body = head + struct.pack("<3I", *sizes) + struct.pack("<I", 0xFFFFFFFF) + b"".join(formulas)
    begin = record(461, struct.pack("<III4I", 1, 0, 1, top, bottom, left, right))
    return begin + record(463, body) + record(464) + record(462)


IS_ERROR = struct.pack("<I", 10) + b"\x4c\0\0\0\0\0\xc0\x41\x03\0" + struct.pack("<I", 0)


@pytest.mark.parametrize(
    ("looks", "rules", "shown"),
    [
        (look('"<5"'), rule(0, whole(5)), ["<5", 12, "<5"]),
        (look(ink="FFFFFF"), rule(0, whole(5)), ["", 12, ""]),
        (look(ink="9C0006"), rule(0, whole(5)), [3.25, 12, 4]),
        (look(ink="FFFFFF"), rule(0, IS_ERROR, kind=2, operator=0), [3.25, 12, 4]),
        (look("0.0") + look(";;;"), rule(1, whole(3), whole(4), operator=1), ["", 12, ""]),
        (look(";;;"), rule(-1, kind=3), [3.25, 12, 4]),
        (look(";;;"), rule(0, whole(5), at=(2, 2, 1, 1)), ["", 12, 4]),
        # what cannot be read hides all that it may paint
        (look(), rule(4, whole(5)), ["", "", ""]),
    ],
)
def test_what_a_conditional_format_hides_is_nowhere(tmp_path, looks, rules, shown):
    part = sheet({1: {1: "Enfants"}, 2: {1: 3.25}, 3: {1: 12}, 4: {1: 4}})
    end = record(130)
    path = write_xlsb(
        tmp_path / "classeur.xlsb", {"Suivi": part.removesuffix(end) + rules + end}, looks=looks
    )
    opened = open_file(path)
    assert opened.sheets[0].rows == [["Enfants"], *([one] for one in shown)]
    assert ("3.25" in repr(opened)) == (3.25 in shown)


def test_hidden_merged_filtered_struck_and_coloured(xlsb):
    rows = {
        1: {1: "Suivi"},
        2: {1: "Commune", 2: "Places"},
        3: {1: ("Gex", 4), 2: 20},
        4: {1: "Thoiry", 2: 5},
    }
    path = xlsb(rows, hidden_rows=[4], hidden_columns=[2, 9], merged=[(1, 1, 1, 2)], filtered=(2, 4, 1, 2))
    (opened,) = open_file(path).sheets
    assert opened.merged == ((1, 1, 1, 2),)
    assert (opened.marks.hidden_rows, opened.marks.hidden_columns) == ({4}, {2})
    assert opened.marks.filter == "A2:B4"
    assert opened.marks.struck == {(3, 1)} and opened.marks.coloured == {(3, 1): "#FFFF00"}


def test_hidden_sheets(data):
    assert [one.hidden for one in open_file(data / "classeur.xlsb").sheets] == [False, True]


def test_two_cells_at_opposite_corners_are_refused(xlsb):
    with pytest.raises(ReadingError) as caught:
        open_file(xlsb({1: {1: "x"}, 1_048_576: {16_384: "y"}}))
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize("kept", [3, 40, 150])
def test_a_cut_part_is_refused(data, rewrite, kept):
    path = rewrite(data / "classeur.xlsb", "xl/worksheets/sheet1.bin", lambda part: part[:kept])
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    assert caught.value.code == "file_unreadable"
