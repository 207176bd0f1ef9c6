"""Write a draft as a real file: Excel, OpenDocument, text or web page."""

import csv
import io
from collections.abc import Callable
from html import escape
from pathlib import Path

from sdsf_analysis.demo.faults.ods import as_ods
from sdsf_analysis.demo.faults.page import Draft, Page
from sdsf_analysis.demo.faults.showing import covered, shown
from sdsf_analysis.demo.faults.xlsx import as_xlsx


def write_draft(draft: Draft, folder: Path) -> Path:
    """Write a file, its damages last.

    Parameters
    ----------
    draft : Draft
        What to write.
    folder : Path
        Where.

    Returns
    -------
    Path
        The file written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from sdsf_analysis.demo.faults.clean import clean_draft
    >>> with TemporaryDirectory() as folder:
    ...     write_draft(clean_draft("01", "a", "csv"), Path(folder)).read_text("utf-8").split(";")[0]
    'Code INSEE'
    """
    content = WRITERS[draft.format](draft)
    for damage in draft.damages:
        content = damage(content)
    path = folder / draft.name
    path.write_bytes(content)
    return path


def _as_text(draft: Draft) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=draft.delimiter)
    lines = [line for line in draft.page.lines if line.role != "continued"]
    writer.writerows([shown(spot) for spot in line.spots] for line in lines)
    return stream.getvalue().encode(draft.encoding, "replace")


def _as_html(draft: Draft) -> bytes:
    tables = "".join(f"<table>{_html_rows(page)}</table>" for page in draft.pages)
    return f'<html><head><meta charset="utf-8"></head><body>{tables}</body></html>'.encode()


def _html_rows(page: Page) -> str:
    hidden = covered(page)
    rows = []
    for row, line in enumerate(page.lines):
        cells = [
            f'<td rowspan="{spot.span[0]}" colspan="{spot.span[1]}">{escape(shown(spot))}</td>'
            for column, spot in enumerate(line.spots)
            if (row, column) not in hidden
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


WRITERS: dict[str, Callable[[Draft], bytes]] = {
    "xlsx": as_xlsx,
    "ods": as_ods,
    "csv": _as_text,
    "html": _as_html,
}
