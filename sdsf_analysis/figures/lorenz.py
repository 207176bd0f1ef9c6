"""The Lorenz curve: what share of the places the worst served share of the children has."""

import pandas as pd

from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, nothing_page, panel
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, MUTED, Page, house_style
from sdsf_analysis.model.french import percent

_HEADER_MM, _FOOTER_MM, _SIDE_MM = 34.0, 26.0, 18.0
_HALF = 0.5


def lorenz_curve(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    points: pd.DataFrame,
    what: str,
    who: str,
    *,
    notes: tuple[str, ...] = (),
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the cumulated share of what is offered against that of those it is for.

    Parameters
    ----------
    points : pandas.DataFrame
        population_share, offer_share: from (0, 0) to (1, 1), the worst served first.
    what, who : str
        What is shared and among whom, in French: « des places », « des enfants de moins de 3 ans ».
    notes : tuple of str
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page

    Examples
    --------
    >>> points = pd.DataFrame({"population_share": [0.0, 0.5, 1.0], "offer_share": [0.0, 0.2, 1.0]})
    >>> lorenz_curve(points, "des places", "des enfants").alt_text
    'La moitié des enfants la moins bien servie dispose de 20,0\u202f% des places.'
    """
    if len(points) < 2:
        return nothing_page(
            "Courbe de Lorenz : rien à dessiner", f"On ne connaît pas la part {what}.", size_mm
        )
    half = _at_half(points)
    title = f"La moitié {who} la moins bien servie dispose de {percent(100 * half)} {what}"
    page = Page(size_mm)
    with house_style():
        add_title(page, title, "Courbe de Lorenz, territoires rangés du moins au mieux servi")
        width, height = page.size_mm
        side = min(height - _HEADER_MM - _FOOTER_MM, width - 2 * MARGIN_MM - _SIDE_MM)
        axes = panel(page, MARGIN_MM + _SIDE_MM, _FOOTER_MM, side, side)
        axes.axis("on")
        axes.set(xlim=(0, 1), ylim=(0, 1))
        ticks = [0, 0.25, 0.5, 0.75, 1]
        labels = [percent(100 * one, 0) for one in ticks]
        axes.set_xticks(ticks, labels)
        axes.set_yticks(ticks, labels)
        axes.tick_params(length=0, labelsize=8, labelcolor=MUTED)
        axes.set_xlabel(f"part cumulée {who}", size=8.5)
        axes.set_ylabel(f"part cumulée {what}", size=8.5)
        axes.plot([0, 1], [0, 1], color=MUTED, lw=1, ls="--")
        axes.text(0.3, 0.33, "égalité", rotation=45, size=8, color=MUTED, ha="center", va="bottom")
        axes.plot(points["population_share"], points["offer_share"], color=ACCENT, lw=2.2)
        axes.plot([_HALF, _HALF, 0], [0, half, half], color=INK, lw=0.8, ls=":")
        add_notes(page, notes)
        if fictitious:
            add_watermark(page, axes)
    page.alt_text = f"{title}.{' Données fictives.' if fictitious else ''}"
    return page


def _at_half(points: pd.DataFrame) -> float:
    from numpy import interp

    return float(interp(_HALF, points["population_share"], points["offer_share"]))
