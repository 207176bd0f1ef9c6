"""An .xlsx or .xlsm annotated in place: colours, comments and the sheet « À corriger », nothing else moved.

openpyxl would do, but it forgets what formulas gave, charts and pivots, and takes seconds on a large sheet.
The comments and the sheet come from a workbook that XlsxWriter makes.
"""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zipfile import ZipFile

import xlsxwriter
from defusedxml import DefusedXmlException, ElementTree

from sdsf_analysis.publish.returns.balloons import add_balloons
from sdsf_analysis.publish.returns.packages import RELATIONS, Package, UnusualWorkbook, before
from sdsf_analysis.publish.returns.recolouring import Stylesheet, recolour
from sdsf_analysis.publish.returns.remarks import Remark, by_sheet, colours, comments, said
from sdsf_analysis.publish.returns.rewriting import OPTIONS, add_comments
from sdsf_analysis.publish.returns.summary import free_name, write_summary
from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.sniffing import open_archive

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
SUMMARY = "xl/worksheets/a_corriger.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = re.compile(r"""(<sheetView\b[^>]*?)\stabSelected=["'](?:1|true)["']""")
_ACTIVE = re.compile(r"""\s(?:activeTab|firstSheet)=["']\d+["']""")
_VIEW = re.compile(r"<workbookView\b([^>]*?)/?>")
_SHEET_ID = re.compile(r"""<sheet\b[^>]*?\bsheetId=["'](\d+)["']""")
_STYLE = re.compile(r'(<(?:c|row|col)\b[^>]*?\b(?:s|style)=")(\d+)"')
# What may follow the drawing of a sheet's comments, in the order of the format.
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
          "AlternateContent", "tableParts", "extLst")  # fmt: skip


def annotate(path: Path, title: str, some: list[Remark]) -> bytes:
    """Copy a workbook with its cells in cause coloured and commented.

    Parameters
    ----------
    path : pathlib.Path
        The workbook received.
    title : str
        Its name, for the sheet « À corriger ».
    some : list of Remark

    Returns
    -------
    bytes
        The copy, the same for the same input.

    Raises
    ------
    UnusualWorkbook
        If the workbook is damaged, is of the Strict form, or names its parts in an unusual way: it is to be
        written anew.
    ReadingError
        If the file cannot be opened.
    """
    with open_archive(path) as archive:
        return _annotate(Package(archive), title, some).content()


def _annotate(package: Package, title: str, some: list[Remark]) -> Package:
    sheets = _sheets(package)
    told = by_sheet(some)
    if missing := [name for name in told if sheets.get(name, "") not in package]:
        raise UnusualWorkbook(f"Feuilles introuvables : {missing}.")
    shown = by_sheet(said(some)[0])
    listed = _listed(title, some)
    balloons = _balloons([comments(remarks) for remarks in shown.values()])
    styles = Stylesheet(package.read(STYLES))
    move = styles.adopt(_text(listed, "xl/styles.xml"))
    for name, remarks in told.items():
        head, data, tail = _cut(package.read(sheets[name]))
        data = recolour(data, colours(remarks), styles.coloured)
        package.write(sheets[name], head + data + tail)
    for number, name in enumerate(shown, start=1):
        made = (
            _text(balloons, f"xl/comments{number}.xml"),
            _text(balloons, f"xl/drawings/vmlDrawing{number}.vml"),
        )
        _add_balloons(package, sheets[name], number, made)
    package.write(STYLES, str(styles))
    summary = _STYLE.sub(lambda m: f'{m[1]}{int(m[2]) + move}"', _text(listed, "xl/worksheets/sheet1.xml"))
    package.write(SUMMARY, summary)
    package.declare(SUMMARY, _TYPE)
    _deselect(package, sheets)
    _list_last(package, sheets)
    return package


def _text(archive: ZipFile, part: str) -> str:
    return archive.read(part).decode("utf-8")


def _sheets(package: Package) -> dict[str, str]:
    """Part of each sheet of the workbook, by name, in order."""
    text = package.read(WORKBOOK)
    if f'xmlns="{MAIN}"' not in text or "<sheets>" not in text:
        raise UnusualWorkbook("Le classeur n'est pas écrit sous la forme usuelle.")
    try:
        root = ElementTree.fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise UnusualWorkbook("Le classeur est abîmé.") from None
    links = package.relations(WORKBOOK)
    nodes = root.iter(f"{{{MAIN}}}sheet")
    return {
        node.get("name", ""): links.get(node.get(f"{{{RELATIONS}}}id", ""), ("", ""))[1] for node in nodes
    }


def _listed(title: str, some: list[Remark]) -> ZipFile:
    """A workbook that holds the sheet « À corriger », its texts in the sheet itself."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS | {"constant_memory": True})
    write_summary(book, book.add_worksheet(), title, some, {})
    book.close()
    return ZipFile(stream)


def _balloons(sheets: list[dict[Place, str]]) -> ZipFile:
    """A workbook that holds nothing but comments."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    for texts in sheets:
        add_comments(book.add_worksheet(), texts)
    book.close()
    return ZipFile(stream)


def _add_balloons(package: Package, part: str, number: int, made: tuple[str, str]) -> None:
    """Add comments to a sheet, which is to refer to their drawing."""
    head, data, tail = _cut(package.read(part))
    position, drawing = _drawing(package, part, head, tail)
    link = add_balloons(package, part, number, drawing, made)
    if link:
        reference = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="{link}"/>'
        package.write(part, head + data + tail[:position] + reference + tail[position:])


def _cut(text: str) -> tuple[str, str, str]:
    """What comes before the cells of a sheet, the cells, what comes after."""
    if f'xmlns="{MAIN}"' not in text[: text.find("<sheetData")]:
        raise UnusualWorkbook("Une feuille n'est pas écrite sous la forme usuelle.")
    start = text.find("<sheetData")
    opened = text.find(">", start) + 1
    end = opened if text[opened - 2] == "/" else text.find("</sheetData>") + len("</sheetData>")
    if start < 0 or not start < opened <= end or "</worksheet>" not in text[end:]:
        raise UnusualWorkbook("Une feuille n'a pas de cellules, ou les cellules n'ont pas de fin.")
    return text[:start], text[start:end], text[end:]


def _drawing(package: Package, part: str, head: str, tail: str) -> tuple[int, str]:
    """Where in the tail the drawing of the comments goes, and the part of the one there is."""
    children = _top_level(head + "<sheetData/>" + tail)
    shift = len(head) + len("<sheetData/>")
    for name, _, attributes in children:
        if name == "legacyDrawing":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            return 0, package.relations(part).get(key, ("", ""))[1]
    after = [at - shift for name, at, _ in children if name in _AFTER and at >= shift]
    return (after[0] if after else tail.rindex("</worksheet>")), ""


def _top_level(text: str) -> list[tuple[str, int, dict[str, str]]]:
    """Name, position and attributes of the children of the root."""
    found: list[tuple[str, int, dict[str, str]]] = []
    depth = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth == 1:
            at = len(content[: parser.CurrentByteIndex].decode("utf-8"))
            found.append((name.rpartition(":")[2], at, attributes))
        depth += 1

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    content = text.encode("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise UnusualWorkbook("Une feuille est abîmée.") from None
    return found


def _deselect(package: Package, sheets: dict[str, str]) -> None:
    """Leave no other sheet selected: what is typed on one of several goes to all of them."""
    for part in sheets.values():
        if part in package:
            text = package.read(part)
            cut = text.find("<sheetData")
            plain, count = _SELECTED.subn(r"\1", text[:cut])
            if count:
                package.write(part, plain + text[cut:])


def _list_last(package: Package, sheets: dict[str, str]) -> None:
    """List the new sheet after the others, which keep their numbers, and let the workbook open on it."""
    link = package.relate(WORKBOOK, "worksheet", SUMMARY)
    text = package.read(WORKBOOK)
    number = 1 + max(int(taken) for taken in _SHEET_ID.findall(text))
    name = free_name(sheets)
    entry = f'<sheet xmlns:r="{RELATIONS}" name="{name}" sheetId="{number}" r:id="{link}"/>'
    text = before(text, "</sheets>", entry)
    view = _VIEW.search(text)
    if view:
        attributes = f'{_ACTIVE.sub("", view[1])} activeTab="{len(sheets)}"'
        text = text[: view.start(1)] + attributes + text[view.end(1) :]
    package.write(WORKBOOK, text)
