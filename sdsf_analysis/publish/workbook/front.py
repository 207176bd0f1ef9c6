"""The sheets about the others: contents with links, sources and methods, files received, all the numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sdsf_analysis.figures.received import files_grid
from sdsf_analysis.model.french import NARROW_SPACE
from sdsf_analysis.model.lists import choices
from sdsf_analysis.publish.workbook.asked import WHOLE, Answered
from sdsf_analysis.publish.workbook.book import INK, Book, widths_of
from sdsf_analysis.publish.workbook.cells import PER_CENT, WORDS, Cell, number_cell, text_cell
from sdsf_analysis.publish.workbook.grids import Grid
from sdsf_analysis.publish.workbook.plan import CONTENTS, DATA, METHODS, RECEIVED, ListPart
from sdsf_analysis.recipes.recipe import Recipe

_SLATE = "#37474F"
_CONTENTS_WIDTHS, _METHODS_WIDTHS = (34, 62, 34, 12), (30, 24, 26, 46, 30, 46, 12)
_PLAIN = "#,##0.###"
_NUMBERS = {"numerator": "Numérateur", "denominator": "Dénominateur", "value": "Valeur"}
_BOUNDS = {"low": "Borne basse", "high": "Borne haute"}


def sheet_of(one: Answered) -> str:
    """Name of the sheet that an indicator is on."""
    return one.part.sheet if isinstance(one.part, ListPart) else one.theme.sheet


def write_contents(book: Book, title: str, parts: Sequence[Answered], hidden: Sequence[str]) -> None:
    """Write the first sheet: what there is, how to read a cell without a number, what is left out.

    Parameters
    ----------
    book : Book
    title : str
        Name of the plan.
    parts : sequence of Answered
    hidden : sequence of str
        Labels of the indicators that the audience may not see.
    """
    sheet = book.sheet(CONTENTS, title, _SLATE, "")
    for column, width in enumerate(_CONTENTS_WIDTHS):
        sheet.set_column(column, column, width)
    head = {"bold": True, "bg_color": "#E8EEF3"}
    for column, text in enumerate(("Thème", "Indicateur", "Feuille", "Lignes")):
        book.write(sheet, 4, column, text, **head)
    sheet.freeze_panes(5, 0)
    sheet.repeat_rows(4)
    row, last = 5, ""
    for one in parts:
        _contents_row(book, sheet, row, one, is_first=one.theme.sheet != last)
        row, last = row + 1, one.theme.sheet
    for name, words in {
        DATA: "Toutes les mesures, avec numérateur, dénominateur, statut et bornes : pour un tableau croisé",
        METHODS: "Source, formule, référence et limites de chaque indicateur",
        RECEIVED: "Fichiers dont tout est tiré, avec leur date",
    }.items():
        book.write(sheet, row, 1, words, text_wrap=True, top=4, top_color="#B8C0C6")
        book.link(sheet, row, 2, name, name, top=4, top_color="#B8C0C6")
        sheet.set_row(row, 15 * (1 + len(words) // 66))
        row += 1
    _legend(book, sheet, row + 1, hidden)


def write_methods(book: Book, parts: Sequence[Answered]) -> None:
    """Write where each indicator comes from, how it is worked out, and what it does not say."""
    titles = ("Indicateur", "Feuille", "Source", "Formule", "Référence", "Limites", "Diffusion")
    rows = []
    for one in {one.entry.name: one for one in parts}.values():
        entry = one.entry
        texts = (entry.label, sheet_of(one), entry.source, entry.formula, entry.reference, entry.limits)
        rows.append([text_cell(text or None) for text in (*texts, entry.diffusion)])
    _write_table(book, METHODS, Grid(titles, rows), "methodes", widths=_METHODS_WIDTHS)


def write_received(
    book: Book,
    inputs: Sequence[Mapping[str, Any]],
    recipes: Iterable[Recipe],
    problems: pd.DataFrame,
    requests: pd.DataFrame,
) -> None:
    """Write the files received: partner, kind, period, when they came, rows, what is doubtful in them.

    Parameters
    ----------
    book : Book
    inputs : sequence of mapping
        ``inputs`` of the manifest.
    recipes : iterable of Recipe
    problems, requests : pandas.DataFrame
        Tables of these names.
    """
    if not inputs:
        sheet = book.sheet(RECEIVED, RECEIVED, _SLATE, "", back=CONTENTS)
        book.write(sheet, 4, 0, "Aucun fichier n'a été reçu : les déposer dans data/raw, puis construire.")
        return
    known = files_grid(inputs, recipes, problems)
    came = requests.dropna(subset=["source"]).drop_duplicates("source", keep="last")
    days = came.set_index("source")["received_on"]
    rows = []
    for source, row in zip(known.index, known.itertuples(index=False), strict=True):
        partner, kind, period, made, *counts = row
        cells = [text_cell(text) for text in (source, partner, kind, period)]
        cells += [text_cell(days.get(source)), text_cell(made)]
        rows.append([*cells, *(Cell(float(text.replace(NARROW_SPACE, "")), "#,##0") for text in counts)])
    titles = ("Fichier", *known.columns[:3], "Reçu le", *known.columns[3:])
    _write_table(book, RECEIVED, Grid(titles, rows), "fichiers")


def write_data(book: Book, parts: Sequence[Answered], names: pd.Series) -> None:
    """Write every measure as a row, with its parts, its status in full and its bounds as numbers."""
    titles = ("Thème", "Indicateur", "Territoire", "Code", "Mesure", "Unité", *_NUMBERS.values(), "Statut",
              *_BOUNDS.values())  # fmt: skip
    rows = [cells for one in parts for cells in _data_rows(one, names)]
    _write_table(book, DATA, Grid(titles, rows), "donnees")


def _data_rows(one: Answered, names: pd.Series) -> Iterable[list[Cell]]:
    labels, statuses = {measure.name: measure for measure in one.entry.measures}, choices("status")
    for row in one.rows.to_dict("records"):
        measure, code = labels[str(row["measure"])], row[one.rows.columns[0]]
        is_place = one.rows.columns[0] == "territory"
        place = text_cell(names.get(code, WHOLE) if is_place else code)
        yield [
            *(text_cell(text) for text in (one.theme.title, one.entry.label)),
            place,
            text_cell(code) if is_place else Cell(None),
            *(text_cell(text) for text in (measure.label, measure.unit)),
            *(_amount(row[part], measure.unit if part == "value" else "") for part in _NUMBERS),
            text_cell(statuses.get(str(row["status"]))),
            *(_amount(row[part], measure.unit) for part in _BOUNDS),
        ]


def _amount(value: Any, unit: str) -> Cell:
    if pd.isna(value):
        return Cell(None)
    form = "#,##0" if float(value).is_integer() else "#,##0.0##"
    return number_cell(float(value), unit if unit == PER_CENT else "", form)


def _write_table(book: Book, name: str, grid: Grid, table: str, widths: Sequence[float] = ()) -> None:
    sheet = book.sheet(name, name, _SLATE, "", back=CONTENTS)
    widths = widths or widths_of([grid])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if grid.rows:
        book.table(sheet, 3, grid, table, widths)
        sheet.repeat_rows(3)
    sheet.freeze_panes(4, 1)


def _contents_row(book: Book, sheet: Any, row: int, one: Answered, *, is_first: bool) -> None:
    line = {"top": 4, "top_color": "#B8C0C6"} if is_first else {}
    theme = one.theme.title if is_first else ""
    book.write(sheet, row, 0, theme, bold=True, font_color=one.theme.colour, text_wrap=True, **line)
    book.write(sheet, row, 1, one.entry.label, text_wrap=True, **line)
    book.link(sheet, row, 2, sheet_of(one), sheet_of(one), **line)
    book.cell(sheet, row, 3, Cell(float(len(one.grid.rows)), "#,##0"), **line)
    sheet.set_row(row, 15 * (1 + max(len(theme) // 36, len(one.entry.label) // 66)))


def _legend(book: Book, sheet: Any, row: int, hidden: Sequence[str]) -> None:
    book.write(sheet, row, 0, "Lire une cellule sans nombre", bold=True, font_size=12)
    said = {
        "entre 3 et 7": "le nombre est retenu ou incomplet ; il est entre ces deux bornes",
        "au moins 12": "une partie manque ; le nombre est au moins celui-ci",
        **{WORDS[code]: words for code, words in choices("status").items() if code in WORDS},
        "(vide)": "la question n'a pas de sens, ou le fichier reçu n'en dit rien",
    }
    for text, words in said.items():
        row += 1
        book.write(sheet, row, 0, text, italic=True, font_color="#5B6770")
        book.write(sheet, row, 1, words)
    if hidden:
        row += 2
        text = f"Hors de cette diffusion : {' ; '.join(hidden)}."
        book.paragraph(sheet, row, text, _CONTENTS_WIDTHS[:3], font_color=INK)
