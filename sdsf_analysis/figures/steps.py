"""From one total to another, step by step: a balance of places, a change split into its causes."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, nothing_page, panel
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, MUTED, RULE, WARNING, Page, house_style
from sdsf_analysis.model.french import number

_HEADER_MM, _FOOTER_MM, _LABELS_MM = 38.0, 20.0, 16.0
_MORE = "#4E8C5A"
_ROOM, _HALF_BAR = 0.12, 0.31


class Step(NamedTuple):
    """A bar of the drawing: a total that stands on zero, or what adds to the one before.

    Attributes
    ----------
    label : str
    value : float
    is_total : bool
    is_bound : bool
        Whether the true value is as far from zero as this, or farther.
    """

    label: str
    value: float
    is_total: bool = False
    is_bound: bool = False


def steps_chart(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    steps: Sequence[Step],
    title: str,
    subtitle: str,
    notes: Sequence[str],
    *,
    decimals: int = 0,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw totals and the steps between them (« en cascade »).

    Parameters
    ----------
    steps : sequence of Step
        From left to right; steps that are zero are left out.
    title, subtitle : str
        The finding, and what is shown.
    notes : sequence of str
        Source and reservations.
    decimals : int
        Decimals of the numbers.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page

    Examples
    --------
    >>> found = [Step("Début", 100, True), Step("Créées", 12), Step("Fermées", -4), Step("Fin", 108, True)]
    >>> steps_chart(found, "8 places de plus", "Places d'EAJE", ["Source : Caf."]).alt_text
    "8 places de plus. Places d'EAJE : Début 100, Créées +12, Fermées −4, Fin 108."
    """
    shown = [step for step in steps if step.is_total or step.value]
    if not shown:
        return nothing_page(title, subtitle, size_mm)
    page = Page(size_mm)
    with house_style():
        add_title(page, title, subtitle)
        width, height = page.size_mm
        bottom = _FOOTER_MM + _LABELS_MM
        axes = panel(page, MARGIN_MM, bottom, width - 2 * MARGIN_MM, height - _HEADER_MM - bottom)
        _draw(axes, shown, decimals)
        add_notes(page, notes)
        if fictitious:
            add_watermark(page, axes)
    told = ", ".join(f"{step.label} {_said(step, decimals)}" for step in shown)
    page.alt_text = f"{title}. {subtitle} : {told}.{' Données fictives.' if fictitious else ''}"
    return page


def _draw(axes: Axes, steps: Sequence[Step], decimals: int) -> None:
    """Draw what adds and what takes away as bars, the totals as lines: a bar cut short would mislead."""
    ends = _ends(steps)
    axes.set_xlim(-0.5, max(len(steps), 4) - 0.5)
    for place, (step, (start, end)) in enumerate(zip(steps, ends, strict=True)):
        if step.is_total:
            axes.plot([place - _HALF_BAR, place + _HALF_BAR], [end, end], color=ACCENT, lw=4)
        else:
            colour = _MORE if step.value > 0 else WARNING
            axes.bar(place, end - start, bottom=start, width=2 * _HALF_BAR, color=colour)
        if place + 1 < len(steps):
            axes.plot([place + _HALF_BAR, place + 1 - _HALF_BAR], [end, end], color=MUTED, lw=0.8)
        axes.annotate(
            _said(step, decimals), (place, max(start, end)), (0, 5), "data", "offset points",
            ha="center", va="bottom", size=10, weight="bold", color=INK,
        )  # fmt: skip
        axes.annotate(
            wrapped(step.label, 18), (place, 0), (0, -6), ("data", "axes fraction"), "offset points",
            ha="center", va="top", size=8.5,
        )  # fmt: skip
    levels = [level for pair in ends for level in pair]
    spread = max(max(levels) - min(levels), 1e-9)
    axes.set_ylim(min(levels) - spread * _ROOM, max(levels) + spread * _ROOM)
    axes.axhline(axes.get_ylim()[0], color=RULE, lw=0.8)


def _ends(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each step starts and ends; a total stands where it says."""
    ends: list[tuple[float, float]] = []
    level = 0.0
    for step in steps:
        start = step.value if step.is_total else level
        level = step.value if step.is_total else level + step.value
        ends.append((start, level))
    return ends


def _said(step: Step, decimals: int) -> str:
    sign = "" if step.is_total or step.value <= 0 else "+"
    return f"{'au moins ' if step.is_bound else ''}{sign}{number(step.value, decimals)}"
