"""The parts of a page that every figure shares: title, subtitle, notes, watermark, a panel in millimetres."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text

from sdsf_analysis.figures.style import INK, MM_PER_INCH, MUTED, WARNING, Page, house_style

MARGIN_MM = 10.0
TITLE_PT = 16.0
SMALLEST_TITLE_PT = 11.0
_STRIP_MM = 30.0
_LONG_NAME = 42
_SECOND_LINE_MM = 2.0
_SUBTITLE_LETTER_MM, _SUBTITLE_LINE_MM = 1.75, 4.4
NOTE_PT = 6.5
WATERMARK = "données fictives"
# Keys on one line under the subtitle, so many millimetres below the top of the page.
KEYS_MM = 25.0
KEYS: dict[str, Any] = {"frameon": False, "fontsize": 8, "borderaxespad": 0, "handlelength": 2.2}


def panel(page: Page, left: float, bottom: float, width: float, height: float) -> Axes:
    """Empty axes whose units are millimetres of the page, from their own lower left corner.

    Parameters
    ----------
    page : Page
    left, bottom, width, height : float
        Place on the page, in millimetres.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> panel(Page(), 10, 10, 100, 50).get_xlim()
    (np.float64(0.0), np.float64(100.0))
    """
    page_width, page_height = page.size_mm
    place = (left / page_width, bottom / page_height, width / page_width, height / page_height)
    axes = page.add_axes(place, xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


def row_panel(  # noqa: PLR0913 - what surrounds the rows, each by its name
    page: Page, rows: int, *, names_mm: float, header_mm: float, footer_mm: float, values_mm: float = 0.0,
    row_mm: tuple[float, float],
) -> tuple[Axes, int]:  # fmt: skip
    """Panel as tall as its rows, with room for a name on the left of each, and how many the page holds.

    Parameters
    ----------
    page : Page
    rows : int
    names_mm, values_mm : float
        Room on the left, and on the right.
    header_mm, footer_mm : float
        Room above and below.
    row_mm : tuple of float
        Height of a row, at least and at most.

    Examples
    --------
    >>> axes, shown = row_panel(Page(), 90, names_mm=70, header_mm=30, footer_mm=20, row_mm=(4, 9))
    >>> shown, axes.get_ylim()
    (40, (np.float64(40.0), np.float64(0.0)))
    """
    width, height = page.size_mm
    room = height - header_mm - footer_mm
    least, most = row_mm
    shown = min(rows, int(room / least))
    tall = min(room, shown * most)
    left = MARGIN_MM + names_mm
    axes = panel(page, left, height - header_mm - tall, width - left - MARGIN_MM - values_mm, tall)
    axes.set_ylim(shown, 0)
    return axes, shown


def write_row_name(axes: Axes, place: int, name: str) -> None:
    """Write the name of a row on its left, smaller where it is long."""
    axes.annotate(
        name, (0, place + 0.5), (-4, 0), ("axes fraction", "data"), "offset points",
        ha="right", va="center", size=8 if len(name) < _LONG_NAME else 6.5,
    )  # fmt: skip


def add_title(page: Page, title: str, subtitle: str) -> None:
    """Write the finding, as large as the width allows, and what is shown below it.

    Examples
    --------
    >>> page = Page()
    >>> add_title(page, "89 % des habitants sont couverts", "Communes selon leur CTG")
    >>> len(page.texts)
    2
    """
    width, height = page.size_mm
    top = (height - MARGIN_MM) / height
    written = page.text(MARGIN_MM / width, top, title, size=TITLE_PT, weight="bold", color=INK, va="top")
    _fit(written, (width - 2 * MARGIN_MM) / MM_PER_INCH * page.dpi)
    lines = 1 + written.get_text().count("\n")
    line = (height - MARGIN_MM - 9 - _SECOND_LINE_MM * (lines - 1)) / height
    page.text(MARGIN_MM / width, line, subtitle, size=9, color=MUTED, va="top")


def nothing_page(title: str, why: str, size_mm: tuple[float, float]) -> Page:
    """Page of a figure that has nothing to show: what is missing, on a strip as wide as the figure.

    Examples
    --------
    >>> nothing_page("Rien à dessiner", "Il faut un fichier.", (297.0, 210.0)).alt_text
    'Rien à dessiner. Il faut un fichier.'
    """
    lines = wrap(why, int((size_mm[0] - 2 * MARGIN_MM) / _SUBTITLE_LETTER_MM))
    page = Page((size_mm[0], _STRIP_MM + _SUBTITLE_LINE_MM * (len(lines) - 1)))
    with house_style():
        add_title(page, title, "\n".join(lines))
    page.alt_text = f"{title}. {why}"
    return page


def add_notes(page: Page, notes: Sequence[str]) -> None:
    """Write the source, the years and the reservations at the foot of the page, the last line lowest.

    Examples
    --------
    >>> page = Page()
    >>> add_notes(page, ["Source : Caf.", "Projection : Lambert-93."])
    >>> page.texts[0].get_text().splitlines()
    ['Source : Caf.', 'Projection : Lambert-93.']
    """
    width, height = page.size_mm
    characters = int((width - 2 * MARGIN_MM) / (NOTE_PT * 0.195))
    lines = [line for note in notes for line in wrap(note, characters, break_on_hyphens=False)]
    place = MARGIN_MM / width, (MARGIN_MM - 3) / height
    page.text(*place, "\n".join(lines), size=NOTE_PT, color=MUTED, va="bottom", linespacing=1.35)


def add_watermark(page: Page, axes: Axes) -> None:
    """Say across a drawing, discreetly, and plainly in the corner that its data are made up.

    Examples
    --------
    >>> page = Page()
    >>> add_watermark(page, panel(page, 10, 10, 100, 100))
    >>> page.axes[0].texts[0].get_text()
    'données fictives'
    """
    text = axes.text(0.5, 0.5, WATERMARK, size=40, color=INK, alpha=0.08, rotation=30, zorder=5)
    text.set(ha="center", va="center", transform=axes.transAxes)
    width, height = page.size_mm
    corner = (width - MARGIN_MM) / width, (height - MARGIN_MM / 2) / height
    page.text(*corner, WATERMARK.upper(), size=7.5, weight="bold", color=WARNING, ha="right", va="center")


def _fit(text: Text, width_px: float) -> None:
    """Make the letters smaller until the line fits, then cut it in two."""
    # the same letters are a little wider at other resolutions
    width_px *= 0.96
    size = TITLE_PT
    while (wide := text.get_window_extent().width) > width_px and size > SMALLEST_TITLE_PT:
        size -= 0.5
        text.set_fontsize(size)
    if wide > width_px:
        letters = int(len(text.get_text()) * width_px / wide)
        text.set(text="\n".join(wrap(text.get_text(), letters)[:2]), linespacing=1.1)
