"""Two maps side by side, the same classes on both: what changed is what changed colour."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sdsf_analysis.figures.choropleth import NOTHING, Layer, classes_note, draw_layer, layer_keys, placed
from sdsf_analysis.figures.classes import Classes, classify
from sdsf_analysis.figures.frame import (
    MARGIN_MM,
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    panel,
)
from sdsf_analysis.figures.ground import (
    FOOTER_MM,
    GUTTER_MM,
    Ground,
    draw_borders,
    draw_ground,
    fitting_height,
    map_height,
)
from sdsf_analysis.figures.keys import HEADING_PT, Key, draw_keys
from sdsf_analysis.figures.located import Located, located, values_of
from sdsf_analysis.figures.palettes import Fill, Palette, colours
from sdsf_analysis.figures.placing import place_names
from sdsf_analysis.figures.sheet import source_note
from sdsf_analysis.figures.style import A4_MM, INK, Page, house_style
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.model.french import capital, number, plural

_PANEL_MM = 60.0
_BASELINE = "baseline"


def before_after(  # noqa: PLR0913 - what is drawn, how it is cut and what is said of it, each by its name
    before: pd.DataFrame,
    after: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    said: tuple[str, str] = ("Avant", "Après"),
    level: str = "commune",
    departement: str | None = None,
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    cut_on: str = "both",
    palette: Palette = "sequence",
    notes: Sequence[str] = (),
    names: bool = True,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the same territories at two dates, in the same classes.

    Parameters
    ----------
    before, after : pandas.DataFrame
        One row per territory, as for `choropleth`.
    column : str
        The value, of the same name in both.
    title, subtitle : str
        The finding, and what is shown.
    unit : str
        Of the value, for the legend.
    said : tuple of str
        What is written above each map, for instance the dates.
    level, departement
        As for `choropleth`.
    method, classes, breaks
        As `classify` says.
    cut_on : {"both", "baseline"}
        Values that the classes are cut on: those of both dates together, or those of the first.
    palette : {"sequence", "divergence"}
    notes : sequence of str
        Source, years and reservations.
    names : bool
        Whether to write the names of the EPCI.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A strip that says why where no territory has a value at either date.

    Raises
    ------
    QuestionError
        If a frame lacks the column, codes or outlines, or the method or ``cut_on`` is unknown.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> first = pd.DataFrame({"commune": ["90010", "90008"], "rate": [12.0, 48.0]})
    >>> then = first.assign(rate=[50.0, 48.0])
    >>> page = before_after(first, then, "rate", title="Deux communes", classes=2)
    >>> page.alt_text.split(". ")[4]
    '1 territoire change de classe : 1 monte, 0 descend.'
    """
    check_choice("Bornes inconnues (cut_on)", cut_on, ("both", _BASELINE))
    both = [located(frame, values_of(frame, column), level, departement) for frame in (before, after)]
    cut = _common(both, method, classes, breaks, cut_on)
    if not len(cut):
        return nothing_page(title, NOTHING, size_mm)
    fills = [Fill(face) for face in colours(len(cut), palette)]
    layers = [Layer(placed(found.shapes, cut), cut, fills) for found in both]
    page = Page(size_mm)
    here = both[0].here
    width = (size_mm[0] - 2 * MARGIN_MM - _PANEL_MM - 2 * GUTTER_MM) / 2
    with house_style():
        add_title(page, title, subtitle)
        for place, (layer, words) in enumerate(zip(layers, said, strict=True)):
            left = MARGIN_MM + place * (width + GUTTER_MM)
            axes = draw_ground(page, here, width, left, fitting_height(here.bounds, width))
            draw_layer(axes, layer)
            draw_borders(axes, here, communes=level == "commune")
            _write(axes, here, words, names=names)
            if fictitious:
                add_watermark(page, axes)
        side = panel(page, size_mm[0] - MARGIN_MM - _PANEL_MM, FOOTER_MM, _PANEL_MM, map_height(size_mm))
        keys = _keys(layers, unit)
        draw_keys(side, capital(unit), keys)
        change = _change(layers)
        outside = [note for found in both for note in found.notes]
        lines = [*notes, change, *dict.fromkeys(outside), _cut_note(layers[0], cut_on), source_note(here)]
        add_notes(page, [line for line in lines if line])
    told = " ; ".join(f"{key.label} : {key.detail}" for key in keys)
    told = f"{said[0]} → {said[1]}. {told}"
    made_up = " Données fictives." if fictitious else ""
    page.alt_text = f"Deux cartes. {title}. {told}. {change}{made_up}"
    return page


def _write(axes: Axes, here: Ground, words: str, *, names: bool) -> None:
    """Write the names on a map, and its date above it."""
    if names:
        place_names(axes, here.epci, size=5.5)
    corner = axes.get_xlim()[0], axes.get_ylim()[1]
    axes.text(*corner, words, size=HEADING_PT, weight="bold", color=INK, va="bottom")


def _common(
    both: Sequence[Located], method: str, classes: int, breaks: Sequence[float], cut_on: str
) -> Classes:
    """Classes of both dates, whose outer ends hold the values of both."""
    values = [found.shapes["value"].to_numpy("float64") for found in both]
    known = np.concatenate(values)
    if np.isnan(known).all():
        return Classes((), method)
    cut = classify(values[0] if cut_on == _BASELINE else known, method, classes, breaks)
    if not len(cut):
        cut = classify(known, method, classes, breaks)
    low, high = min(cut.edges[0], float(np.nanmin(known))), max(cut.edges[-1], float(np.nanmax(known)))
    return Classes((low, *cut.edges[1:-1], high), cut.method)


def _keys(layers: Sequence[Layer], unit: str) -> list[Key]:
    """Keys with the count of each date."""
    found = [{key.label: key for key in layer_keys(layer, unit)} for layer in layers]
    keys = []
    for label, key in (found[1] | found[0]).items():
        first, then = (of_date[label].members if label in of_date else 0 for of_date in found)
        keys.append(key._replace(detail=f"{number(first)} → {plural(then, 'territoire')}"))
    return keys


def _change(layers: Sequence[Layer]) -> str:
    first, then = (layer.shapes.set_index("code")["place"] for layer in layers)
    codes = first.index.intersection(then.index)
    first, then = first[codes], then[codes]
    known = (first >= 0) & (then >= 0)
    up, down = int((known & (then > first)).sum()), int((known & (then < first)).sum())
    moved = plural(up + down, "territoire change de classe", "territoires changent de classe")
    return f"{moved} : {plural(up, 'monte', 'montent')}, {plural(down, 'descend', 'descendent')}."


def _cut_note(layer: Layer, cut_on: str) -> str:
    if layer.classes.method == "fixed":
        return classes_note(layer)
    on = "la première date" if cut_on == _BASELINE else "les deux dates ensemble"
    return f"{classes_note(layer)} Bornes communes, calculées sur {on}."
