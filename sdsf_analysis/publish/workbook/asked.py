"""Every indicator of the workbook, asked once: what may be shown, guarded, in the order of the themes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asking import LEVEL, indicator, options_of
from sdsf_analysis.indicators.declaration import Indicator
from sdsf_analysis.indicators.registry import indicator as declared
from sdsf_analysis.indicators.territories import commune_codes, levels
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.publish.audience import may_see
from sdsf_analysis.publish.workbook.cells import Cell
from sdsf_analysis.publish.workbook.grids import Grid, table_grid
from sdsf_analysis.publish.workbook.guard import guarded, guarded_list, small_territories
from sdsf_analysis.publish.workbook.listed import list_grid
from sdsf_analysis.publish.workbook.plan import ListPart, Part, Theme, options

EPCI, DEPARTEMENT, WHOLE = "epci", "departement", "Ensemble du département"


@dataclass(frozen=True)
class Question:
    """What the whole workbook is asked with."""

    tables: Tables
    on: date
    audience: str
    threshold: int


@dataclass(frozen=True)
class Answered:
    """An indicator answered: its part of the plan, its entry, its grid, what must be said beside it.

    Attributes
    ----------
    period : str
        From which day to which, where the question has two.
    rows : pandas.DataFrame
        The guarded answer, the département's with it; none of a list.
    """

    theme: Theme
    part: Part
    entry: Indicator
    grid: Grid
    remark: str
    rows: pd.DataFrame
    period: str = ""


def answered(question: Question, plan: tuple[Theme, ...]) -> Iterator[Answered]:
    """Ask every part of the plan that the audience may see.

    Parameters
    ----------
    question : Question
    plan : tuple of Theme

    Yields
    ------
    Answered
        In the order of the plan: of a theme, its tables, then its lists. A part whose question has no answer
        in these tables has an empty grid, and says why.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.publish.workbook.plan import TablePart
    >>> theme = Theme("CTG", "CTG", "#000000", (TablePart("ctg_coverage"), TablePart("officers_by")))
    >>> question = Question(example_tables(), date(2024, 6, 30), "public", 5)
    >>> [(one.entry.name, len(one.grid.rows)) for one in answered(question, (theme,))]
    [('ctg_coverage', 2)]
    """
    asked = _Asked(question)
    for theme in plan:
        for part in theme.parts:
            entry = declared(part.name)
            if may_see(question.audience, entry.diffusion):
                try:
                    yield asked.answer(theme, part, entry)
                except QuestionError as error:
                    yield Answered(theme, part, entry, Grid((), []), str(error), pd.DataFrame())


def level_names(territories: pd.DataFrame) -> dict[str, pd.Series]:
    """Name of each territory by its code, for each level.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> level_names(example_tables().territories)["commune"].index.tolist()
    ['01001', '01002', '01004', '01005']
    """
    named = territories.drop_duplicates(["level", "territory"])
    return {str(level): rows.set_index("territory")["name"] for level, rows in named.groupby("level")}


class _Asked:
    """The answers to one question, each indicator asked once at each level."""

    def __init__(self, question: Question) -> None:
        self.question = question
        tables = question.tables
        self.names = level_names(tables.territories)
        self.small = small_territories(tables.membership, commune_codes(tables.territories), EPCI)
        self._found: dict[tuple[str, str, str], pd.DataFrame] = {}

    def answer(self, theme: Theme, part: Part, entry: Indicator) -> Answered:
        """Ask a part, guard it, lay it out."""
        if isinstance(part, ListPart):
            found = self._ask(part, entry, EPCI)
            guarded_rows = guarded_list(found, part.name, self.small, self.question.threshold)
            grid = list_grid(guarded_rows, part, entry, self.names, self.question.audience)
            return Answered(
                theme, part, entry, grid, _remark(found), pd.DataFrame(), self._period(part, entry)
            )
        by = DEPARTEMENT if part.period == "history" else EPCI
        found = self._ask(part, entry, by)
        rows = guarded(_started(found, part.start), entry, self.small, self.question.threshold)
        if rows.empty:
            return Answered(theme, part, entry, Grid((), []), _remark(found), rows)
        grid = table_grid(rows, entry, self.names.get(EPCI, pd.Series(dtype="str")), part.chart)
        if "territory" in rows and self._has_departement(entry):
            whole = _started(self._ask(part, entry, DEPARTEMENT), part.start)
            grid = replace(grid, foot=_foot(whole, entry, grid))
            rows = pd.concat([rows, whole], ignore_index=True)
        return Answered(theme, part, entry, grid, _remark(found), rows, self._period(part, entry))

    def _has_departement(self, entry: Indicator) -> bool:
        return DEPARTEMENT in entry.levels and DEPARTEMENT in levels(self.question.tables.membership)

    def _period(self, part: Part, entry: Indicator) -> str:
        given = options(part, self.question.on, options_of(entry))
        days = [given.get(name) for name in ("start", "end")]
        first, last = (french_date(day) if isinstance(day, date) else "" for day in days)
        return f"du {first} au {last}" if first and last else ""

    def _ask(self, part: Part, entry: Indicator, by: str) -> pd.DataFrame:
        declared_options = options_of(entry)
        given = options(part, self.question.on, declared_options)
        if LEVEL in declared_options and by in entry.levels:
            given[LEVEL] = by
        key = entry.name, by, repr(given)
        if key not in self._found:
            self._found[key] = indicator(entry.name, self.question.tables, **given)
        return self._found[key]


def _remark(found: pd.DataFrame) -> str:
    return str(found.attrs.get("remark", ""))


def _started(found: pd.DataFrame, start: str) -> pd.DataFrame:
    return found[found["measure"].str.startswith(start)] if start else found


def _foot(whole: pd.DataFrame, entry: Indicator, grid: Grid) -> list[Cell]:
    """Cells of the one row of the département, under the titles of the others."""
    if whole.empty:
        return []
    alone = table_grid(whole, entry, pd.Series(WHOLE, whole["territory"].unique()))
    by_title = dict(zip(alone.titles, alone.rows[0], strict=True))
    return [by_title.get(title, Cell(None)) for title in grid.titles]
