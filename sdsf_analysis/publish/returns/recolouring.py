"""Cells of a sheet's XML given another style, and the styles of a workbook given more."""

import re
from bisect import bisect
from collections.abc import Callable

from sdsf_analysis.model.problems import Severity
from sdsf_analysis.publish.returns.packages import UnusualWorkbook, before
from sdsf_analysis.publish.returns.remarks import COLOURS
from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.text import column_index, column_letter

StyleOf = Callable[[int, Severity], int]
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_NUMBER = re.compile(r"""\br=["'](\d+)["']""")
_REFERENCE = re.compile(r"""\br=["']([A-Z]{1,3})\d+["']""")
_STYLE = re.compile(r"""\s\bs=["'](\d+)["']""")


def recolour(data: str, coloured: dict[Place, Severity], style_of: StyleOf) -> str:
    """Give some cells the style of their severity; a cell that the sheet does not hold is added, blank.

    Parameters
    ----------
    data : str
        XML from ``<sheetData>`` to its end.
    coloured : dict
        Place → severity.
    style_of : callable
        Style of a cell and severity → style to give it.

    Examples
    --------
    >>> recolour('<sheetData><row r="2"><c r="B2" s="3"><v>1</v></c></row></sheetData>',
    ...          {(2, 2): Severity.ERROR, (2, 1): Severity.ERROR}, lambda style, _: style + 10)
    '<sheetData><row r="2"><c r="A2" s="10"/><c r="B2" s="13"><v>1</v></c></row></sheetData>'
    """
    wanted: dict[int, dict[int, Severity]] = {}
    for (row, column), severity in coloured.items():
        wanted.setdefault(row, {})[column] = severity
    if data.endswith("/>"):
        data = "<sheetData></sheetData>"
    found = list(_ROW.finditer(data))
    numbers = [_number(match[1]) for match in found]
    if numbers != sorted(numbers):
        raise UnusualWorkbook("Les lignes ne se suivent pas.")
    edits: list[tuple[int, int, str]] = []
    for number, columns in wanted.items():
        at = bisect(numbers, number)
        if at and numbers[at - 1] == number:
            match = found[at - 1]
            new = _row(match[1], match[2] or "", number, columns, style_of)
            edits.append((match.start(), match.end(), new))
        else:
            start = found[at].start() if at < len(found) else data.rindex("</sheetData>")
            edits.append((start, start, _row(f' r="{number}"', "", number, columns, style_of)))
    return _edited(data, sorted(edits))


def _number(attributes: str) -> int:
    number = _NUMBER.search(attributes)
    if number is None:
        raise UnusualWorkbook("Une ligne ne dit pas son numéro.")
    return int(number[1])


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


def _row(attributes: str, inside: str, number: int, columns: dict[int, Severity], style_of: StyleOf) -> str:
    cells: dict[int, str] = {}
    for match in _CELL.finditer(inside):
        reference = _REFERENCE.search(match[1])
        if reference is None:
            raise UnusualWorkbook("Une cellule ne dit pas son adresse.")
        column = column_index(reference[1])
        severity = columns.get(column)
        cells[column] = match[0] if severity is None else _styled(match, style_of, severity)
    for column, severity in columns.items():
        if column not in cells:
            cells[column] = f'<c r="{column_letter(column)}{number}" s="{style_of(0, severity)}"/>'
    return f"<row{attributes}>{''.join(cells[column] for column in sorted(cells))}</row>"


def _styled(cell: re.Match[str], style_of: StyleOf, severity: Severity) -> str:
    style = _STYLE.search(cell[1])
    attributes = _STYLE.sub("", cell[1])
    number = style_of(int(style[1]) if style else 0, severity)
    return f'<c{attributes} s="{number}"{cell[0][2 + len(cell[1]) :]}'


class Stylesheet:
    """Styles of a workbook, to which coloured ones are added.

    Parameters
    ----------
    text : str
        XML of ``xl/styles.xml``.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._styles = _XF.findall(_block(text, "cellXfs"))
        self._fonts = _children(_block(text, "fonts"), "font")
        self._fills = _children(_block(text, "fills"), "fill")
        self._borders = _children(_block(text, "borders"), "border")
        self._counts = {"fonts": self._fonts, "fills": self._fills, "borders": self._borders}
        self._added: dict[str, list[str]] = {"fonts": [], "fills": [], "borders": [], "cellXfs": []}
        self._known: dict[tuple[int, Severity], int] = {}
        self._fill_of = {severity: self._add_fill(colour) for severity, colour in COLOURS.items()}

    def coloured(self, style: int, severity: Severity) -> int:
        """Number of the style that is another one, coloured."""
        if (style, severity) not in self._known:
            if style >= len(self._styles):
                raise UnusualWorkbook(f"Le style {style} n'existe pas.")
            fill = self._fill_of[severity]
            xf = _with(_with(self._styles[style], "fillId", str(fill)), "applyFill", "1")
            self._known[style, severity] = self._add_style(xf)
        return self._known[style, severity]

    def adopt(self, text: str) -> int:
        """Take in every style of another workbook; by how much their numbers move."""
        moves = {"fontId": self._counts["fonts"], "fillId": self._fills + len(self._added["fills"]),
                 "borderId": self._counts["borders"]}  # fmt: skip
        for block, child in (("fonts", "font"), ("fills", "fill"), ("borders", "border")):
            self._added[block] += re.findall(rf"<{child}\b.*?</{child}>", _block(text, block), re.DOTALL)
        first = len(self._styles) + len(self._added["cellXfs"])
        for xf in _XF.findall(_block(text, "cellXfs")):
            moved = _with(xf, "xfId", "0")
            for name, move in moves.items():
                moved = _with(moved, name, str(int(_attribute(xf, name) or 0) + move))
            self._add_style(moved)
        return first

    def __str__(self) -> str:
        text = self._text
        for block, added in self._added.items():
            text = before(text, f"</{block}>", "".join(added)) if added else text
            total = len(added) + self._counts.get(block, len(self._styles))
            text = re.sub(rf"(<{block}\b[^>]*?\bcount=[\"'])\d+", rf"\g<1>{total}", text, count=1)
        return text

    def _add_fill(self, colour: str) -> int:
        rgb = f'<fgColor rgb="FF{colour[1:]}"/><bgColor indexed="64"/>'
        self._added["fills"].append(f'<fill><patternFill patternType="solid">{rgb}</patternFill></fill>')
        return self._fills + len(self._added["fills"]) - 1

    def _add_style(self, xf: str) -> int:
        self._added["cellXfs"].append(xf)
        return len(self._styles) + len(self._added["cellXfs"]) - 1


def _block(text: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", text, re.DOTALL)
    if found is None:
        raise UnusualWorkbook(f"Les styles n'ont pas de {name}.")
    return found[1]


def _children(block: str, name: str) -> int:
    return len(re.findall(rf"<{name}[\s/>]", block))


def _attribute(tag: str, name: str) -> str:
    found = re.match(rf"""<[^>]*?\b{name}=["']([^"']*)["']""", tag)
    return found[1] if found else ""


def _with(tag: str, name: str, value: str) -> str:
    """An element whose own attribute has a value."""
    changed, count = re.subn(rf"""(\A<[^>]*?\b{name}=)["'][^"']*["']""", rf'\1"{value}"', tag, count=1)
    return changed if count else re.sub(r"\A<\w+", rf'\g<0> {name}="{value}"', tag)
