"""The comments of a sheet: ours added to those that it has."""

import re

from sdsf_analysis.publish.returns.packages import Package, UnusualWorkbook, before

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENT = re.compile(r'<comment ref="(\w+)" authorId="0">(<text>(.*?)</text>)</comment>', re.DOTALL)
_SHAPE = re.compile(r'<v:shape id="_x0000_s(\d+)".*?</v:shape>', re.DOTALL)
_SHAPE_TYPE = re.compile(r"<v:shapetype\b.*?</v:shapetype>", re.DOTALL)
# Beyond the numbers that a workbook gives to its own shapes.
_FIRST_SHAPE = 60_000
_GAP = '<r><t xml:space="preserve">\n\n</t></r>'


def add_balloons(package: Package, part: str, number: int, drawing: str, made: tuple[str, str]) -> str:
    """Add comments to a sheet; those that it has are kept, ours follow in the same balloon.

    Parameters
    ----------
    package : Package
    part : str
        Part of the sheet.
    number : int
        Makes the names of new parts unique.
    drawing : str
        Part of the drawing of its comments or controls, empty for none.
    made : tuple of str
        XML of the comments and of their drawing, as XlsxWriter makes them.

    Returns
    -------
    str
        Identifier of the new drawing that the sheet is to refer to, empty where it has one.
    """
    comments, shapes = made
    known = next((name for kind, name in package.relations(part).values() if kind == "comments"), "")
    merged: set[str] = set()
    if known:
        merged = _join_comments(package, known, comments)
    else:
        name = f"xl/comments_a_corriger{number}.xml"
        package.write(name, comments)
        package.declare(name, _COMMENTS_TYPE)
        package.relate(part, "comments", name)
    if drawing:
        _join_shapes(package, drawing, shapes, comments, merged)
        return ""
    name = f"xl/drawings/vml_a_corriger{number}.vml"
    package.write(name, shapes)
    package.declare_suffix("vml", _DRAWING_TYPE)
    return package.relate(part, "vmlDrawing", name)


def _join_comments(package: Package, known: str, comments: str) -> set[str]:
    """Add comments to those of a part; the addresses where one stood already."""
    text = package.read(known)
    author = len(re.findall(r"<author\b", text))
    text = before(text, "</authors>", "<author>SDSF</author>")
    merged: set[str] = set()
    for ref, whole, inside in _COMMENT.findall(comments):
        old = re.search(rf"""<comment\b[^>]*?\bref=["']{ref}["'][^>]*>.*?</comment>""", text, re.DOTALL)
        if old:
            merged.add(ref)
            longer = before(old[0], "</text>", _GAP + inside)
            text = text[: old.start()] + longer + text[old.end() :]
        else:
            text = before(
                text, "</commentList>", f'<comment ref="{ref}" authorId="{author}">{whole}</comment>'
            )
    package.write(known, text)
    return merged


def _join_shapes(package: Package, drawing: str, shapes: str, comments: str, merged: set[str]) -> None:
    text = package.read(drawing)
    if not re.search(r"""\bid=["']_x0000_t202["']""", text):
        kind = _SHAPE_TYPE.search(shapes)
        text = before(text, "</xml>", kind[0] if kind else "")
    refs = [ref for ref, _, _ in _COMMENT.findall(comments)]
    found = list(_SHAPE.finditer(shapes))
    if len(refs) != len(found):
        raise UnusualWorkbook("Les commentaires n'ont pas leur dessin.")
    for ref, shape in zip(refs, found, strict=True):
        if ref not in merged:
            moved = shape[0].replace(f"_x0000_s{shape[1]}", f"_x0000_s{_FIRST_SHAPE + int(shape[1])}", 1)
            text = before(text, "</xml>", moved)
    package.write(drawing, text)
