"""Where one territory stands among the others: a strip of points for each measure."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from sdsf_analysis.figures.frame import MARGIN_MM, add_notes, add_title, add_watermark, nothing_page, panel
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, MUTED, RULE, WARNING, Page, house_style
from sdsf_analysis.figures.territory_grid import measured
from sdsf_analysis.model.french import NO_VALUE

_NAMES_MM, _HEADER_MM, _FOOTER_MM, _ENDS_MM = 78.0, 30.0, 16.0, 24.0
_ROW_MM = 17.0


def strip_chart(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    values: pd.DataFrame,
    measures: Mapping[str, tuple[str, str]],
    territory: str,
    *,
    whole: Mapping[str, float] | None = None,
    notes: Sequence[str] = (),
    fictitious: bool = False,
    width_mm: float = A4_MM[0],
) -> Page:
    """Draw each measure as a strip: a point per territory, the named one larger, the département a line.

    Parameters
    ----------
    values : pandas.DataFrame
        Indexed by the name of each territory; one column per measure.
    measures : mapping of str to (str, str)
        Title and unit of each column drawn, in their order.
    territory : str
        Name of the territory that is shown.
    whole : mapping of str to float, optional
        Value of the département, by measure.
    notes : sequence of str
        Source and reservations.
    fictitious : bool
        Whether to say that the data are made up.
    width_mm : float
        Width of the page; its height is what the strips take.

    Returns
    -------
    Page

    Examples
    --------
    >>> values = pd.DataFrame({"km": [2.5, 5.0, 3.0]}, index=["CC Un", "CC Deux", "CC Trois"])
    >>> strip_chart(values, {"km": ("Distance", "km")}, "CC Deux").alt_text
    'CC Deux parmi 3 territoires : Distance 5 (de 2,5 à 5).'
    """
    title = f"{territory} parmi {len(values)} territoires"
    known = [name for name in measures if values[name].notna().any()]
    size_mm = (width_mm, _HEADER_MM + _FOOTER_MM + _ROW_MM * max(len(known), 1))
    if not known or territory not in values.index:
        return nothing_page(title, "Aucune de ces mesures n'est connue pour ce territoire.", size_mm)
    page = Page(size_mm)
    with house_style():
        add_title(page, title, "Un point par territoire ; en couleur, celui qui est nommé")
        for place, name in enumerate(known):
            bottom = size_mm[1] - _HEADER_MM - _ROW_MM * (place + 1)
            left = MARGIN_MM + _NAMES_MM
            axes = panel(page, left, bottom, width_mm - left - MARGIN_MM - _ENDS_MM, _ROW_MM)
            _draw(axes, values[name], territory, measures[name], None if whole is None else whole.get(name))
        add_notes(page, list(notes))
        if fictitious:
            add_watermark(page, page.axes[len(page.axes) // 2])
    told = ", ".join(_told(values[name], territory, *measures[name]) for name in known)
    page.alt_text = f"{title} : {told}.{' Données fictives.' if fictitious else ''}"
    return page


def _draw(axes: Axes, values: pd.Series, territory: str, said: tuple[str, str], whole: float | None) -> None:
    label, unit = said
    known = values.dropna()
    low, high = float(known.min()), float(known.max())
    spread = (high - low) or 1.0
    axes.set_xlim(low - spread * 0.04, high + spread * 0.04)
    axes.set_ylim(0, 1)
    axes.plot([low, high], [0.45, 0.45], color=RULE, lw=1.2, zorder=1)
    axes.plot(known, [0.45] * len(known), "o", ms=5, color=MUTED, alpha=0.45, mew=0, zorder=2)
    for value, side, offset in ((low, "right", -8), (high, "left", 8)):
        axes.annotate(
            measured(value, unit), (value, 0.45), (offset, 0), "data", "offset points", size=7, color=MUTED,
            ha=side, va="center",
        )  # fmt: skip
    axes.annotate(
        label,
        (0, 0.45),
        (-34, 0),
        ("axes fraction", "data"),
        "offset points",
        size=8,
        ha="right",
        va="center",
    )
    if whole is not None and not pd.isna(whole) and low <= whole <= high:
        axes.plot([whole, whole], [0.22, 0.68], color=WARNING, lw=1.4, ls="--", zorder=3)
        axes.annotate(
            "département", (whole, 0.22), (0, -2), "data", "offset points", size=6.5, color=WARNING,
            ha="center", va="top",
        )  # fmt: skip
    here = values.get(territory)
    if here is not None and not pd.isna(here):
        axes.plot(here, 0.45, "o", ms=9, color=ACCENT, mec=INK, mew=0.8, zorder=4)
        axes.annotate(
            measured(float(here), unit), (here, 0.45), (0, 8), "data", "offset points", size=8.5,
            weight="bold", color=INK, ha="center",
        )  # fmt: skip


def _told(values: pd.Series, territory: str, label: str, unit: str) -> str:
    here = values.get(territory)
    said = NO_VALUE if here is None or pd.isna(here) else measured(float(here), unit)
    ends = [measured(float(end), unit) for end in (values.min(), values.max())]
    return f"{label} {said} (de {ends[0]} à {ends[1]})"
