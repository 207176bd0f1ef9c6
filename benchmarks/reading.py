"""How long a workbook takes to read, as ratios of one run: ``python benchmarks/reading.py [FOLDER]``.

Each figure is the least processor time of several fresh processes, imports excluded; the ratio to raw
python-calamine on the same file is the median of those of each turn. The files are made here; those of the
folder given, if any, are timed beside them.
"""

import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import xlsxwriter

PROJECT = Path(__file__).resolve().parents[1]
TRIES = 5
ROWS, COLUMNS = 35_000, 20
BLANK_ROWS = 200_000
# What raw python-calamine took for 35,000 x 20 on the machine for which the aims in seconds were set.
REFERENCE_PACE_S = 0.37

_CHILD = """
import json, os, sys, time
from pathlib import Path
{imports}
def spent():
    # other work of the machine does not count; another process that the reader starts does
    return time.process_time() + sum(os.times()[2:4])
def peak():
    # The peak of getrusage begins with the parent's own on Linux
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
path, before, start = Path(sys.argv[1]), peak(), spent()
{call}
print(json.dumps([spent() - start, peak() - before]))
"""
_CALAMINE = (
    "from python_calamine import CalamineWorkbook",
    "book = CalamineWorkbook.from_path(path)\n"
    "kept = [book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names]",
)
_OPENED = (
    "from sdsf_analysis.reading.files import open_file\nfrom sdsf_analysis.reading.layout import find_tables",
    "opened = open_file(path)\nkept = [find_tables(sheet) for sheet in opened.sheets]",
)
_TYPED = (
    "from sdsf_analysis.recipes.inspection import read",
    "kept = read(path)\nvalues = [[t.values(c.index) for c in t.table.columns] for t in kept.tables]",
)
_WHOLE = (_TYPED[0], f"{_TYPED[1]}\nproblems = kept.problems")
_PANDAS = ("import pandas, openpyxl", "kept = pandas.read_excel(path, sheet_name=None, engine='openpyxl')")
METHODS = {
    "python-calamine": _CALAMINE,
    "rows and tables": _OPENED,
    "typed values": _TYPED,
    "and problems": _WHOLE,
    "pandas, openpyxl": _PANDAS,
}


class Cost(NamedTuple):
    """Processor time and memory over the imports."""

    seconds: float
    megabytes: float


def cost(method: str, path: Path) -> Cost:
    """Time and memory of a fresh process."""
    imports, call = METHODS[method]
    command = [sys.executable, "-c", _CHILD.format(imports=imports, call=call), str(path)]
    done = subprocess.run(command, check=True, cwd=PROJECT, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def least(costs: list[Cost]) -> Cost:
    """Least time and memory of several processes."""
    return Cost(min(one.seconds for one in costs), min(one.megabytes for one in costs))


def write_large(path: Path, *, is_masked: bool) -> None:
    """Write the sheet of 35,000 rows: codes, names, dates, counts, marks; formats that hide, if asked."""
    dice = random.Random(1)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Base")
        day, share = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "0.0%"})
        hiding = book.add_format({"num_format": '[<5]"<5";0'}) if is_masked else None
        sheet.write_row(0, 0, ["Code", "Commune", "Ouvert le", *(f"Mesure {n}" for n in range(COLUMNS - 3))])
        for row in range(1, ROWS):
            sheet.write_string(row, 0, f"{row:05d}")
            sheet.write_string(row, 1, f"Commune {row % 3000}")
            sheet.write_datetime(row, 2, date(2024, 1, 1) + timedelta(days=row % 300), day)
            for column in range(3, COLUMNS):
                if dice.random() < 0.05:
                    sheet.write_string(row, column, "nd")
                elif column == 3:
                    sheet.write_number(row, column, dice.random(), share)
                else:
                    sheet.write_number(row, column, dice.randrange(9000), hiding if column < 9 else None)


def write_small(path: Path, *, blank_rows: int = 0, last_cell: bool = False, wide: bool = False) -> None:
    """Write 400 rows of ten numbers, then what a sheet may declare beyond them."""
    with xlsxwriter.Workbook(path) as book:
        sheet, style = book.add_worksheet("Base"), book.add_format({"bg_color": "#FFFF00"})
        for row in range(400):
            for column in range(10):
                sheet.write(row, column, f"Colonne {column}" if row == 0 else row * column)
        for row in range(400, blank_rows):
            for column in range(10):
                sheet.write_blank(row, column, None, style)
        if last_cell:
            sheet.write_blank(1_048_575, 0, None, style)
        if wide:
            sheet.set_column(0, 16_383, 12, style)
            for column in range(10, 16_384):
                sheet.write_blank(0, column, None, style)


def show(name: str, path: Path, aims: dict[str, str], *, is_slow_shown: bool = False) -> float:
    """Print the costs of one file, each beside its aim; give the seconds of raw python-calamine.

    Methods take turns, as the machine's pace changes.
    """
    print(name)
    turns = [{method: cost(method, path) for method in ("python-calamine", *aims)} for _ in range(TRIES)]
    spent = {method: least([turn[method] for turn in turns]) for method in turns[0]}
    base = spent["python-calamine"].seconds
    for method, (seconds, megabytes) in spent.items():
        aim = f"   (aim: {aims[method]})" if aims.get(method) else ""
        # the machine's pace changes between turns, less within one
        ratio = median(turn[method].seconds / turn["python-calamine"].seconds for turn in turns)
        print(f"  {method:18} {seconds:7.3f} s {ratio:6.2f} {megabytes:6.0f} MB{aim}", flush=True)
    if is_slow_shown:
        slow = cost("pandas, openpyxl", path)
        ratio = slow.seconds / spent["typed values"].seconds
        print(
            f"  pandas, openpyxl   {slow.seconds:7.3f} s {slow.seconds / base:6.1f} {slow.megabytes:6.0f} MB"
        )
        print(f"  typed values are {ratio:.1f} times faster than pandas and openpyxl   (aim: at least 3)")
    return base


def main() -> None:
    """Measure and print; nothing is asserted."""
    both = {"rows and tables": "", "typed values": ""}
    whole = {"and problems": ""}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "classeur.xlsx"
        write_large(path, is_masked=False)
        aims = both | {"typed values": "at most 2.5, 150 MB"} | whole
        pace = show("35,000 x 20", path, aims, is_slow_shown=True) / REFERENCE_PACE_S
        write_large(path, is_masked=True)
        show("35,000 x 20, six columns of formats that hide", path, aims)
        write_small(path, last_cell=True)
        show("one styled cell at the last row", path, both | {"typed values": "at most 0.2 s, 50 MB"})
        write_small(path, wide=True)
        show("16,384 declared columns", path, both | {"typed values": "at most 0.2 s, 50 MB"})
        write_small(path, blank_rows=BLANK_ROWS)
        show("200,000 styled blank rows x 10", path, both | {"typed values": "at most 1.5"})
    for real in sorted(Path(sys.argv[1]).iterdir()) if len(sys.argv) > 1 else ():
        if real.suffix.lower() in (".csv", ".xls", ".xlsx", ".zip"):
            spent = least([cost("and problems", real) for _ in range(TRIES)])
            aim = f"(aim: at most 3 s; at this machine's pace, {3 * pace:.1f} s)"
            print(f"{real.name:56} {spent.seconds:6.2f} s {spent.megabytes:6.0f} MB   {aim}", flush=True)


if __name__ == "__main__":
    main()
