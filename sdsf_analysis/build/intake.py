"""One file received: opened, its tables recognised and read; a bad file never stops the others."""

import hashlib
import traceback
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sdsf_analysis.build.orders import NO_ORDERS, Orders
from sdsf_analysis.build.pseudonyms import Pseudonyms
from sdsf_analysis.build.shapes import Shape, period_of, shape_of
from sdsf_analysis.build.situations import (
    cite_situation,
    conventions_written,
    ctg_situation,
    situation_of,
)
from sdsf_analysis.build.unread import (
    hidden_sheets,
    left_out,
    unmapped,
    unread_facts,
    unrecognised,
    without_data,
)
from sdsf_analysis.errors import ReadingError, WorkspaceError
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.requests import REQUESTS
from sdsf_analysis.model.rulings import FILE as DECISIONS
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.reading.facts import header_facts, sheet_facts, table_facts
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import Table, file_legend, find_layout
from sdsf_analysis.reading.notes import note_facts
from sdsf_analysis.reading.sheet import Sheet, SourceFile
from sdsf_analysis.reading.sniffing import open_bytes
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.account import Account
from sdsf_analysis.recipes.apply import apply_recipe
from sdsf_analysis.recipes.children import rows_of_children
from sdsf_analysis.recipes.citing import Citation
from sdsf_analysis.recipes.parse import Context, first_marks
from sdsf_analysis.recipes.persons import personal_indexes, without_texts
from sdsf_analysis.recipes.recipe import Recipe
from sdsf_analysis.recipes.recognise import Recognition, recognise
from sdsf_analysis.recipes.rows import MARKS, row_key
from sdsf_analysis.recipes.saying import texts_around, what_is_said
from sdsf_analysis.territories.names import CommuneIndex

FICTITIOUS = "donnees fictives"
NOT_DATA = (DECISIONS, REQUESTS)
NOT_DATA_FOLDERS = ("textes",)
# written by Windows beside any file, hidden to who sends the folder
OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")


# what two files of one kind may both tell of a service without being two versions of one file
SEEN_AGAIN = ("offer", "service_area", "activity", "funds")


class Seen(NamedTuple):
    """Day that a sheet speaks of, and what says it."""

    day: date
    said: Citation


@dataclass
class Intake:
    """What one file gave.

    Attributes
    ----------
    source : str
        Path under ``data/raw``, with slashes.
    recipes : list of str
        Names of the recipes that read it.
    rows : dict
        Tidy rows by table, each with its ``_source``, ``_sheet`` and ``_cell``.
    frames : dict
        The same rows, cast to their tables, with their marks.
    ledger : list of tuple
        table, key, column, source, sheet, cell, found.
    conventions : set of str
        Numbers that its list of CTG writes, refused or not.
    ctg_situations : dict
        Date of situation of its lists of CTG, where known, by sheet.
    shapes : list of Shape
        Columns of its tables.
    situations : list of str
        Dates of situation of its tables, where known.
    seen : dict
        The same by sheet, with what says it, where the rows need it.
    partner : str
        Who sends such files.
    codes : set of str
        Codes of communes as written.
    geography_years : set of int
        Geography years that the recipes declare.
    accounts : list of Account
        What became of each line of its tables.
    is_aside : bool
        Whether another file counts in its place.
    forecasts : set of str
        Sheets whose title says that they forecast: no service is gone that one of them leaves out.
    """

    source: str
    sha256: str = ""
    format: str = ""
    encoding: str | None = None
    is_fictitious: bool = False
    recipes: list[str] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    ledger: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conventions: set[str] = field(default_factory=set)
    ctg_situations: dict[str, date] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    situations: list[str] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    partner: str = ""
    codes: set[str] = field(default_factory=set)
    geography_years: set[int] = field(default_factory=set)
    accounts: list[Account] = field(default_factory=list)
    is_aside: bool = False
    forecasts: set[str] = field(default_factory=set)

    @cached_property
    def keys(self) -> frozenset[tuple[str, str, date | None]]:
        """Table and key of each row, as first read; of services, the day that the file speaks of too."""
        return frozenset(
            (table, row_key(table, row), self.seen_on(row["_sheet"]) if table in SEEN_AGAIN else None)
            for table, rows in self.rows.items()
            for row in rows
        )

    def seen_on(self, sheet: str) -> date | None:
        """Day that a sheet speaks of, where known."""
        return self.seen[sheet].day if sheet in self.seen else None

    @cached_property
    def period(self) -> str:
        """Latest year or date that the file speaks of, as long as it counts."""
        return period_of(self.rows, self.situations)

    def cast(self) -> None:
        """Cast the rows here, so that what a table refuses is refused under the file's own name."""
        for name, rows in self.rows.items():
            frame = pd.DataFrame(rows)
            marks = frame[list(MARKS)].astype("str")
            self.frames[name] = declared_table(name).cast(frame.drop(columns=list(MARKS))).join(marks)

    def set_aside(self) -> None:
        """Forget what the file says: another one counts."""
        self.rows, self.ledger, self.conventions, self.ctg_situations = {}, [], set(), {}
        self.is_aside = True
        self.frames, self.seen = {}, {}
        self.__dict__.pop("period", None)


def raw_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files received, by name: all but rulings, requests, texts, notes, hidden and lock files."""
    for path in sorted(folder.rglob("*"), key=lambda p: p.as_posix()):
        parts = path.relative_to(folder).parts
        is_hidden = any(part.startswith((".", "~$")) for part in parts)
        is_apart = (
            parts[0] in NOT_DATA_FOLDERS or parts[-1] in NOT_DATA or parts[-1].upper().startswith("README")
        )
        is_received = not is_hidden and not is_apart and parts[-1].lower() not in OF_THE_SYSTEM
        if is_received and path.is_file():
            # macOS gives accents in two characters
            yield path, unicodedata.normalize("NFC", "/".join(parts))


@dataclass(frozen=True)
class Reader:
    """Reads the files of one workspace.

    Parameters
    ----------
    recipes : tuple of Recipe
        Recipes to try on each table.
    index : CommuneIndex
        Communes of the workspace's département.
    pseudonyms : Pseudonyms
        For the columns that name a person.
    """

    recipes: tuple[Recipe, ...]
    index: CommuneIndex
    pseudonyms: Pseudonyms

    def read(self, path: Path, source: str, orders: Orders = NO_ORDERS) -> Intake:
        """Read one file into tidy rows.

        Parameters
        ----------
        path : pathlib.Path
            The file.
        source : str
            Its name in problems and in the ledger.
        orders : Orders
            What the analyst's rulings change in it.

        Returns
        -------
        Intake
            Never an exception of the file's making: what stands in the way is among its problems.

        Raises
        ------
        WorkspaceError
            If the key of the pseudonyms cannot be used.
        """
        intake = Intake(source)
        try:
            intake.sha256 = _sha256(path)
            if orders.is_out:
                intake.problems += orders.left_out()
                return intake
            opened = open_file(path, source)
            intake.format, intake.encoding = opened.format, opened.encoding
            intake.problems += opened.problems
            self._read_tables(intake, opened, orders)
            intake.cast()
        except WorkspaceError:
            raise
        except ReadingError as error:
            intake.problems.append(Problem(source, "", "", error.code, str(error)))
        except Exception as error:
            intake.set_aside()
            intake.problems.append(_failure(source, error))
        return intake

    def _read_tables(self, intake: Intake, opened: SourceFile, orders: Orders) -> None:
        intake.problems += orders.left_out(opened.sheets)
        sheets = orders.sheets(opened.sheets)
        layouts = [find_layout(sheet) for sheet in sheets]
        tables = [table for layout in layouts for table in layout.tables]
        intake.is_fictitious = _is_fictitious(intake.source, tables)
        if quarantined := rows_of_children(intake.source, tables):
            intake.problems = [quarantined]
            return
        found = [(table, recognise(table, self.recipes)) for table in tables]
        if any(known and personal_indexes(known) for _, known in found):
            intake.problems = [without_texts(problem) for problem in intake.problems]
        intake.problems += without_data(intake.source, sheets, layouts)
        if not any(recognition and recognition.is_complete for _, recognition in found):
            _tell_unread(intake, sheets, found)
            return
        intake.problems += [fact for sheet in sheets for fact in sheet_facts(sheet, intake.source)]
        legend = file_legend(sheets, layouts)
        for table, recognition in found:
            if recognition and recognition.is_complete:
                context = Context(intake.source, table, legend, opened.encoding is not None)
                self._read_table(intake, context, recognition, tables, orders)
            else:
                intake.problems.append(left_out(intake.source, table, recognition))
        giving = {row["_sheet"] for rows in intake.rows.values() for row in rows}
        intake.problems += hidden_sheets(intake.source, found, giving)
        intake.problems = first_marks(intake.problems)
        intake.ledger = orders.as_written(intake.ledger, opened.sheets)
        known = [r.recipe for _, r in found if r and r.is_complete]
        intake.recipes = sorted({recipe.name for recipe in known})
        intake.partner = known[0].partner

    def _read_table(
        self,
        intake: Intake,
        context: Context,
        recognition: Recognition,
        tables: list[Table],
        orders: Orders,
    ) -> None:
        titles = [text for table in tables for text in table.titles]
        told, doubts = situation_of(context, recognition, titles)
        situation = told.day
        intake.problems += doubts
        intake.problems += [unmapped(context, column) for column in recognition.unmapped]
        intake.problems += header_facts(context.table, intake.source)
        intake.problems += table_facts(context.table, intake.source)
        intake.problems += note_facts(context.table, intake.source, personal_indexes(recognition))
        around = texts_around(context.table, tables, intake.source)
        said = cite_situation(situation, around, intake.source)
        if situation:
            intake.seen[context.table.sheet.name or ""] = Seen(situation, said)
        options = {
            "situation": situation,
            "year": told.year,
            "pseudonym": self.pseudonyms.for_file(is_fictitious=intake.is_fictitious),
            "said": said,
            "says": what_is_said(recognition.part.said, around),
        }
        applied = apply_recipe(recognition, context, self.index, options, orders.ruled(context.table))
        intake.problems += sorted(applied.problems, key=_reading_order)
        intake.ledger += applied.ledger
        intake.accounts += [applied.account] if applied.account else []
        intake.codes |= applied.codes
        declared = recognition.part.geography_year
        intake.geography_years |= {declared} if declared else set()
        if applied.is_forecast:
            intake.forecasts.add(context.table.sheet.name or "")
        for name, rows in applied.rows.items():
            intake.rows.setdefault(name, []).extend(rows)
        intake.conventions |= conventions_written(context, recognition)
        intake.ctg_situations |= ctg_situation(context, recognition, titles)
        intake.shapes.append(shape_of(context.table, recognition))
        intake.situations += [situation.isoformat()] if situation else []


def _tell_unread(
    intake: Intake, sheets: Sequence[Sheet], found: list[tuple[Table, Recognition | None]]
) -> None:
    """Name all that is lost of a file that no recipe reads."""
    intake.problems += unrecognised(intake.source, found)
    intake.problems += unread_facts(intake.source, sheets)
    intake.problems += hidden_sheets(intake.source, found, set())
    intake.shapes = [shape_of(table, near) for table, near in found if near and near.is_near]


def _failure(source: str, error: Exception) -> Problem:
    # never the error's own words: they may quote a cell that names a person
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {last.name}, ligne {last.lineno}"
    message = f"Le logiciel a échoué sur ce fichier ({where})."
    return Problem(source, "", "", "internal_error", message)


def _sha256(path: Path) -> str:
    with open_bytes(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_fictitious(source: str, tables: list[Table]) -> bool:
    texts = [source, *(text for table in tables for text in (*table.titles, *table.notes))]
    return any(FICTITIOUS in normalise(text) for text in texts)


def _reading_order(problem: Problem) -> tuple[int, str]:
    digits = "".join(c for c in problem.cell if c.isdigit())
    letters = "".join(c for c in problem.cell if c.isalpha())
    return int(digits or 0), letters.rjust(3)
