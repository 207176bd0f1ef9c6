"""A small figure: the points to look at in each file received, the decisions to take first."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, panel
from sdsf_analysis.figures.style import INK, MUTED, WARNING, Page, house_style
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Severity

WIDTH_MM = 200.0
_ROW_MM, _BAR_MM, _NAME_MM, _TOP_MM, _FOOT_MM = 7.0, 4.0, 72.0, 28.0, 14.0
_LABEL_MM = 44.0
# colour, hatch, words: the hatch is enough in grey
_KINDS = {
    Severity.QUESTION: (WARNING, "", ("décision", "décisions")),
    Severity.ERROR: (INK, "////", ("refus", "refus")),
    Severity.WARNING: ("#F3C15F", "", ("réparé ou signalé", "réparés ou signalés")),
}
_NOTE = "Ce qui a été réparé sans incidence n'est pas compté. Détail : registre des problèmes."


def doubts_page(problems: pd.DataFrame, *, fictitious: bool) -> Page:
    """Draw the points to look at by file: decisions to take, refusals, what was repaired or signalled.

    Parameters
    ----------
    problems : pandas.DataFrame
        Table of this name.
    fictitious : bool
        Whether the figure says that the data are made up.

    Returns
    -------
    Page
        One bar per file, those that wait for most decisions first; its sentence is in ``alt_text``.

    Examples
    --------
    >>> rows = pd.DataFrame({"source": ["a.csv", "a.csv"], "severity": ["question", "warning"]})
    >>> doubts_page(rows, fictitious=False).alt_text
    'Points à regarder par fichier. a.csv : 1 décision, 1 réparé ou signalé.'
    """
    counts = _counts(problems)
    with house_style():
        page = Page((WIDTH_MM, _TOP_MM + _FOOT_MM + _ROW_MM * max(len(counts), 1)))
        add_title(page, _title(counts), "Points à regarder dans les fichiers reçus")
        axes = panel(page, MARGIN_MM, _FOOT_MM, WIDTH_MM - 2 * MARGIN_MM, _ROW_MM * max(len(counts), 1))
        for position, (source, row) in enumerate(counts.iterrows()):
            _draw_row(axes, str(source), row, position, counts.sum(axis="columns").max())
        add_notes(page, [_NOTE])
        if fictitious:
            add_watermark(page, axes)
    rows = [f"{source} : {', '.join(_words(row))}." for source, row in counts.iterrows()]
    page.alt_text = " ".join(["Points à regarder par fichier.", *(rows or ["Aucun."])])
    return page


def _counts(problems: pd.DataFrame) -> pd.DataFrame:
    """Count the problems of each file by severity, the decisions first."""
    names = [str(severity) for severity in _KINDS]
    ours = problems[problems["severity"].isin(names) & problems["source"].notna()]
    counts = (
        ours.groupby(["source", "severity"]).size().unstack(fill_value=0).reindex(columns=names, fill_value=0)
    )
    return counts.sort_values(names, ascending=False, kind="stable")


def _title(counts: pd.DataFrame) -> str:
    waiting = counts[str(Severity.QUESTION)]
    if not len(counts):
        return "Aucun point à regarder"
    words = plural(int(waiting.sum()), "décision à prendre", "décisions à prendre")
    return f"{words}, dans {plural(int((waiting > 0).sum()), 'fichier')}"


def _draw_row(axes: Axes, source: str, row: pd.Series, position: int, largest: int) -> None:
    width, height = axes.get_xlim()[1], axes.get_ylim()[1]
    middle = height - _ROW_MM * (position + 0.5)
    name = axes.text(0, middle, source, size=8, va="center")
    while name.get_window_extent().x1 > axes.transData.transform((_NAME_MM - 2, 0))[0]:
        name.set_text(name.get_text().rstrip("…")[:-1] + "…")
    left = _NAME_MM
    scale = (width - _NAME_MM - _LABEL_MM) / largest
    for severity, (face, hatch, _) in _KINDS.items():
        length = row[str(severity)] * scale
        place = (left, middle - _BAR_MM / 2)
        axes.add_patch(
            Rectangle(place, length, _BAR_MM, facecolor=face, hatch=hatch, edgecolor="white", lw=0.4)
        )
        left += length
    axes.text(left + 2, middle, ", ".join(_words(row)), size=7, color=MUTED, va="center")


def _words(row: pd.Series) -> list[str]:
    return [
        plural(int(row[str(severity)]), *words)
        for severity, (_, _, words) in _KINDS.items()
        if row[str(severity)]
    ]
