"""What any sheet may bear, whatever its file: accents written twice, rows that end where Excel stops."""

from collections.abc import Iterator
from dataclasses import replace

from sdsf_analysis.model.french import number
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import Sheet, SourceFile, address
from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.texts.mojibake import Mended, are_garbled, mend_rows

# Rows of a sheet in Excel before and since 2007.
ROW_LIMITS = (65_536, 1_048_576)


def noticed(opened: SourceFile) -> SourceFile:
    """Mend the texts of a file's sheets and say what was noticed.

    Parameters
    ----------
    opened : SourceFile
        File as opened.

    Returns
    -------
    SourceFile
        Its doubled accents undone where they all reverse; each repaired cell among its problems.
    """
    sheets, problems = [], list(opened.problems)
    for sheet in opened.sheets:
        mended = mend_rows(sheet.rows) if are_garbled(sheet.texts) else Mended(sheet.rows)
        sheets.append(replace(sheet, rows=mended.rows) if mended.repaired else sheet)
        problems += [*_accents(opened.source, sheet, mended), *_cut_short(opened.source, sheet)]
    return replace(opened, sheets=tuple(sheets), problems=tuple(problems))


def _accents(source: str, sheet: Sheet, mended: Mended) -> Iterator[Problem]:
    name = sheet.name or ""
    for (row, column), (found, repaired) in mended.repaired.items():
        message = "Les accents de cette cellule ont été enregistrés deux fois ; ils sont rétablis."
        yield Problem(source, name, address(row, column), "accents_doubled", message, found, repaired)
    for (row, column), found in mended.left.items():
        message = "Des lettres accentuées de cette cellule sont perdues ; elle est laissée telle quelle."
        yield Problem(source, name, address(row, column), "accents_lost", message, found)


def _cut_short(source: str, sheet: Sheet) -> Iterator[Problem]:
    height = len(sheet.rows)
    if height in ROW_LIMITS and not all(is_blank(cell) for cell in sheet.rows[-1]):
        message = (
            f"Les lignes s'arrêtent exactement à la {number(height)}e, la dernière qu'Excel pouvait écrire : "
            "la suite manque sans doute."
        )
        yield Problem(source, sheet.name or "", f"A{height}", "rows_truncated", message, str(height))
