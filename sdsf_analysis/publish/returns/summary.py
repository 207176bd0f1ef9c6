"""The sheet « À corriger » that ends a copy: what to do, cell by cell, with links."""

from collections.abc import Iterable
from typing import Any

from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import cause
from sdsf_analysis.publish.returns.remarks import COLOURS, WORDS, Remark, said

NAME = "À corriger"
MAX_NAME = 31
_HEADER = ("Nature", "Feuille", "Cellule", "Ce qui a été trouvé", "Ce que nous vous demandons")
_WIDTHS = (13, 24, 10, 70, 60)
_LINE = 15
_GREY = "#E7E6E6"
# Letters of a French text in one unit of width, which is that of a digit.
_PER_UNIT = 1.15
_REQUEST = (
    "Les cellules en cause sont colorées et portent un commentaire ; aucune valeur n'a été changée.",
    "Merci de corriger votre fichier d'origine, plutôt que cette copie, puis de nous le renvoyer.",
)


def free_name(names: Iterable[str]) -> str:
    """Name of the sheet, which no other sheet bears.

    Examples
    --------
    >>> free_name(["CTG"]), free_name(["CTG", "à corriger"])
    ('À corriger', 'À corriger (2)')
    """
    taken = {name.casefold() for name in names}
    candidates = (NAME, *(f"{NAME} ({n})" for n in range(2, len(taken) + 3)))
    return next(name for name in candidates if name.casefold() not in taken)


def _height(remark: Remark) -> int:
    """Height of a row, in points: LibreOffice does not adjust it to texts of several lines."""
    texts = zip((remark.message, remark.advice), _WIDTHS[3:], strict=True)
    return _LINE * max(1 + len(text) // int(width * _PER_UNIT) for text, width in texts)


def write_summary(book: Any, sheet: Any, title: str, some: list[Remark], names: dict[str, str]) -> None:
    """Write the sheet.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    sheet : xlsxwriter.worksheet.Worksheet
        Empty sheet of the book; rows are written from top to bottom.
    title : str
        Name of the file received.
    some : list of Remark
    names : dict of str to str
        Name of each sheet of the file in the copy.
    """
    shown, more = said(some)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
    fills = {s: book.add_format({"bg_color": c, "valign": "top"}) for s, c in COLOURS.items()}
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"« {title} » : {plural(len(some), 'point')} à revoir",
                       book.add_format({"bold": True, "font_size": 14}))  # fmt: skip
    for row, sentence in enumerate(_REQUEST, start=1):
        sheet.write_string(row, 0, sentence)
    # a rule under the header would touch the texts below it, which stand at the top of their cells
    sheet.write_row(4, 0, _HEADER, book.add_format({"bold": True, "bg_color": _GREY}))
    for row, remark in enumerate(shown, start=5):
        name = names.get(remark.sheet, remark.sheet)
        sheet.set_row(row, _height(remark))
        sheet.write_string(row, 0, WORDS[remark.severity], fills[remark.severity])
        sheet.write_string(row, 1, name, wrap)
        quoted = name.replace("'", "''")
        sheet.write_url(row, 2, f"internal:'{quoted}'!{remark.cell}", link, string=remark.cell)
        sheet.write_string(row, 3, remark.message, wrap)
        sheet.write_string(row, 4, remark.advice, wrap)
    for row, (code, count) in enumerate(more.items(), start=5 + len(shown)):
        also = plural(count, "autre cellule colorée", "autres cellules colorées")
        sheet.write_string(row, 3, f"Et {also} pour la même raison : {cause(code).title}.", wrap)
    sheet.freeze_panes(5, 0)
