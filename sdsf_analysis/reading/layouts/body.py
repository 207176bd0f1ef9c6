"""The rows under a header: records, totals, headings, repeated headers, and where they end."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import dropwhile, takewhile

from sdsf_analysis.reading.layouts.adding import AddingRows
from sdsf_analysis.reading.layouts.footers import ends_body, is_foot_row, is_note_row
from sdsf_analysis.reading.layouts.grid import FIRST_YEAR, LAST_YEAR, NUMERIC, SAMPLE, Grid, kind_of
from sdsf_analysis.reading.layouts.header import starts_header
from sdsf_analysis.reading.layouts.headings import Headings
from sdsf_analysis.reading.layouts.labelling import is_label_row, names_years
from sdsf_analysis.reading.layouts.outline import Outline
from sdsf_analysis.reading.layouts.totals import is_beside_total, is_of_things, label_of_total, says_more
from sdsf_analysis.reading.layouts.wording import is_field, is_page
from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.values import clean_text

_YEAR_DIGITS = 4
# Rows that go with the last total of a table, and records that it adds up.
_MOST_BESIDE, _FEWEST_ADDED = 4, 2


@dataclass
class Body:
    """Rows of one table under its header.

    Attributes
    ----------
    rows : list of int
        Records and totals.
    foot : list of int
        Notes that touch the last record.
    announcing : list of int
        Titles of a next table that touch the last record.
    following : int
        First row that belongs to something else.
    """

    grid: Grid
    top: int
    bottom: int
    titles: frozenset[str] = frozenset()
    rows: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    foot: list[int] = field(default_factory=list)
    announcing: list[int] = field(default_factory=list)
    following: int = 0

    def read(self) -> "Body":
        """Walk down to the end of the table, then tell its rows apart."""
        row, last = self.grid.next_filled(self.bottom + 1), self.bottom
        while row <= self.grid.height:
            if (unlike := self._next_unlike(row)) > row:
                self.rows.extend(range(row, unlike))
                last, row = unlike - 1, self.grid.next_filled(unlike)
                continue
            is_parted = row > last + 1 and last > self.bottom
            if self._repeats(row, is_parted=is_parted):
                self.repeated.append(row)
            elif self._ends(row, is_parted=is_parted):
                break
            else:
                self.rows.append(row)
            last, row = row, self.grid.next_filled(row + 1)
        self.following = min([row, *self.announcing])
        self._leave_pages()
        self._leave_foot()
        self._leave_sections()
        return self

    @cached_property
    def header(self) -> list[list[str]]:
        """Words of each header row."""
        rows = range(self.top, self.bottom + 1)
        return [self.grid.words(row) for row in rows if len(self.grid.columns_of(row)) > 1]

    @cached_property
    def _initials(self) -> set[str]:
        rows = range(self.top, self.bottom + 1)
        return {self.grid.text(row).strip()[:1].casefold() for row in rows if self.grid.columns_of(row)}

    @cached_property
    def numeric(self) -> list[int]:
        """Columns of numbers, by the first rows."""
        rows: list[int] = []
        row = self.grid.next_filled(self.bottom + 1)
        while self.grid.columns_of(row) and len(rows) < SAMPLE:
            rows.append(row)
            row += 1
        return self.grid.numeric_columns(rows)

    @cached_property
    def _firsts(self) -> set[str]:
        return {words[0] for words in self.header}

    def _next_unlike(self, row: int) -> int:
        """First row at or after one that may be something else than a record."""
        position = bisect_left(self._unlike, row)
        return self._unlike[position] if position < len(self._unlike) else self.grid.height + 1

    @cached_property
    def _unlike(self) -> list[int]:
        """Rows that may be no record: nearly blank, after a blank one, or with a header's cell."""
        rows = range(self.bottom + 1, self.grid.height + 1)
        few = [row for row in rows if len(self.grid.filled[row - 1]) < 2]
        again = self.grid.rows_beginning(rows, self._is_first)
        worded = self.grid.rows_holding(rows, self.numeric[0], self._is_label) if self.numeric else []
        return sorted({*few, *(row + 1 for row in few), *again, *worded})

    def totals(self) -> list[int]:
        """Rows that add up others, by their words; a row that is all there is stays a record."""
        adding = AddingRows(self.grid, self.rows, self.numeric)
        found = [row for row in adding.hinted if adding.holds(row) and not self._heads_parts(row)]
        if len(found) < len(self.rows):
            said = set(found)
            others = [row for row in self.rows if row not in said]
            heads = Outline(self.grid, self.bottom, others, self.numeric).heads
            return sorted([*found, *heads, *self._beside(found)])
        return [row for row in found if not says_more(self._label(row))]

    def _heads_parts(self, row: int) -> bool:
        """Say whether a row is an indicator of which the next gives a part."""
        after = next((r for r in self.rows if r > row), 0)
        return is_of_things(self._label(row)) and normalise(self.grid.text(after)).startswith("dont ")

    def _beside(self, totals: list[int]) -> list[int]:
        """Rows that end a table under its last total and go with it: last year's, a change, a share."""
        last = max(totals, default=0)
        after = [row for row in self.rows if row > last] if last else []
        above = [row for row in self.rows if row < last and row not in totals]
        if len(after) > _MOST_BESIDE or len(above) < _FEWEST_ADDED:
            return []
        return after if all(map(self._is_beside, after)) else []

    def _is_beside(self, row: int) -> bool:
        texts = [c for c in self.grid.columns_of(row) if self.grid.kind(row, c) == "text"]
        return len(texts) == 1 and is_beside_total(self.grid.label(row, texts[0]))

    def _label(self, row: int) -> str:
        return label_of_total([cell for cell in self.grid.cells(row) if isinstance(cell, str)])

    def _repeats(self, row: int, *, is_parted: bool) -> bool:
        """Say whether a row is the header, the title or a page number once more."""
        if self.grid.is_lone(row):
            return is_page(self.grid.text(row)) or self._repeats_title(row)
        words = self.grid.words(row) if self.header and self._may_repeat(row) else []
        if not words or words not in self.header:
            return False
        return not self.rows or not self._closes(self.rows[-1], is_parted=is_parted)

    def _closes(self, above: int, *, is_parted: bool) -> bool:
        """Say whether the same header under a row is another table's: a title, or an end, stands above it."""
        if self.grid.is_lone(above):
            return is_parted or not is_note_row(self.grid, above)
        return is_parted and self._adds(above)

    def _adds(self, row: int) -> bool:
        return AddingRows(self.grid, self.rows, self.numeric).holds(row)

    def _repeats_title(self, row: int) -> bool:
        """Say whether a lone text is the title once more, above the header once more."""
        below = self.grid.next_filled(row + 1)
        return normalise(self.grid.text(row)) in self.titles and self.grid.words(below) in self.header

    def _may_repeat(self, row: int) -> bool:
        return self._is_first(self.grid.sheet.cell(row, self.grid.columns_of(row)[0]))

    def _is_first(self, cell: Cell) -> bool:
        """Say whether a cell begins the header; the first letter is enough to tell most of them."""
        if isinstance(cell, str) and cell[:1].isalnum() and cell[:1].casefold() not in self._initials:
            return False
        text = clean_text(cell)
        return text[:1].casefold() in self._initials and normalise(text) in self._firsts

    def _ends(self, row: int, *, is_parted: bool) -> bool:
        if is_parted:
            return self._starts_another(row)
        if self.rows and self._is_header_inside(row):
            while self.rows and self.grid.is_lone(self.rows[-1]) and not ends_body(self.grid, self.rows[-1]):
                self.announcing.append(self.rows.pop())
            return True
        return False

    def _starts_another(self, row: int) -> bool:
        """After a blank row: say whether what follows is no more of this table."""
        if is_foot_row(self.grid, row):
            return not self._resumes(row)
        return self._is_other_header(row)

    def _resumes(self, row: int) -> bool:
        """Say whether data of the same columns follow a lone heading."""
        following = self.grid.next_filled(row + 1)
        if not self.grid.is_lone(row) or is_note_row(self.grid, row) or following > self.grid.height:
            return False
        if is_foot_row(self.grid, following) or is_label_row(self.grid, following):
            return False
        if names_years(self.grid, following):
            return False
        kinds = dict(zip(self.grid.columns_of(following), self.grid.kinds(following), strict=True))
        return bool(self.numeric) and all(kinds.get(c, "mark") in NUMERIC for c in self.numeric)

    def _is_other_header(self, row: int) -> bool:
        """After a blank row: labels over numbers, or over other columns than this table's."""
        if not starts_header(self.grid, row):
            return False
        if self.grid.words(row) in self.header or self._is_renamed(row):
            return True
        columns = self.grid.columns_of(row)
        used = {c for r in (*range(self.top, self.bottom + 1), *self.rows[:SAMPLE])
                for c in self.grid.columns_of(r)}  # fmt: skip
        if names_years(self.grid, row) or self._labels_over_numbers(row):
            return True
        return bool(set(columns) - used) or len(columns) * 2 < len(used)

    def _is_header_inside(self, row: int) -> bool:
        """Without a blank row: texts over numbers where this table has its numbers, not a mere remark."""
        if not self.numeric or not self._is_worded(row) or all(map(self.grid.is_lone, self.rows)):
            return False
        if self._is_renamed(row):
            return True
        if not self._labels_over_numbers(row) and not names_years(self.grid, row):
            return False
        is_said = self._is_announced(row) or any(is_field(word) for word in self.grid.words(row)[:1])
        return is_said and starts_header(self.grid, row)

    def _is_renamed(self, row: int) -> bool:
        """Say whether a row bears the labels of this table after another first one: « Familles | 2022 »."""
        words = self.grid.words(row)
        return len(words) > 1 and any(
            words[1:] == known[1:] and words[0] != known[0] for known in self.header
        )

    def _is_announced(self, row: int) -> bool:
        """Say whether a title, a total or the labels of this table stand right above, or in, a row."""
        above = self.rows[-1]
        is_title = (
            self.grid.is_lone(above) and self.grid.kind(above, self.grid.columns_of(above)[0]) == "text"
        )
        known = {word for words in self.header for word in words if word}
        return is_title or bool(known & set(self.grid.words(row))) or self._adds(above)

    def _is_worded(self, row: int) -> bool:
        """Whether the number columns of a row may hold labels."""
        return self._is_label(self.grid.sheet.cell(row, self.numeric[0]))

    def _is_label(self, cell: Cell) -> bool:
        if type(cell) is float:
            return FIRST_YEAR <= cell <= LAST_YEAR and kind_of(cell) == "year"
        if not isinstance(cell, str):
            return isinstance(cell, int) and kind_of(cell) == "year"
        if not cell[:1].isalpha() and cell[:2] not in ("19", "20"):
            return False
        # a code, or the number of a body (SIREN), is read as no year: most lists hold thousands of them
        if cell.isdigit() and len(cell) > _YEAR_DIGITS:
            return any(cell in words for words in self.header)
        known = any(normalise(clean_text(cell)) in words for words in self.header)
        return known or kind_of(cell) in ("text", "year")

    def _labels_over_numbers(self, row: int) -> bool:
        columns = self.grid.columns_of(row)
        below = range(row + 1, row + SAMPLE)
        texts = [c for c in columns if self.grid.kind(row, c) == "text"]
        over = [c for c in columns if c in self.numeric] if self.numeric else texts
        labels = [c for c in over if c in texts or self.grid.kind(row, c) == "year"]
        are_labels = bool(labels) and len(labels) == len(over) and bool(set(texts) & set(columns))
        return are_labels and any(self._has_numbers(c, row, below) for c in texts)

    def _has_numbers(self, column: int, row: int, below: range) -> bool:
        return self.grid.is_numeric(column, below) and self.grid.kind(row, column) == "text"

    def _leave_pages(self) -> None:
        """Leave the page numbers that follow the last record to the notes."""
        last = max(self.rows, default=0)
        pages = [row for row in self.repeated if row > last and is_page(self.grid.text(row))]
        if pages == self.repeated[len(self.repeated) - len(pages) :]:
            self.following = min([self.following, *pages])
            self.repeated = self.repeated[: len(self.repeated) - len(pages)]

    def _leave_foot(self) -> None:
        """Take out the texts that end the body, from the first that reads as a note."""
        ending = list(takewhile(lambda row: is_foot_row(self.grid, row), reversed(self.rows)))[::-1]
        self.foot = list(dropwhile(lambda row: not self._is_after(row), ending))
        self.rows = self.rows[: len(self.rows) - len(self.foot)]

    def _is_after(self, row: int) -> bool:
        """Say whether a row ends the body: a note, or a text alone where others bear a number."""
        columns = self.grid.columns_of(row)
        is_apart = columns == self.numeric[:1] and self.grid.kind(row, columns[0]) == "text"
        return is_apart or ends_body(self.grid, row)

    def _leave_sections(self) -> None:
        """Take out the lone headings."""
        self.sections = Headings(self.grid, self.bottom, self.rows, self.numeric).found
        headings = set(self.sections)
        self.rows = [row for row in self.rows if row not in headings]
