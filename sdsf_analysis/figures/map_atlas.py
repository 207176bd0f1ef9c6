"""An atlas: one map per EPCI, the same classes on all, so that one page compares with another."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

from sdsf_analysis.figures.beside import place_around
from sdsf_analysis.figures.choropleth import Layer, classes_note, draw_layer, layer_keys, layer_of
from sdsf_analysis.figures.ground import AROUND, Ground
from sdsf_analysis.figures.keys import draw_distribution, draw_keys
from sdsf_analysis.figures.located import located, values_of
from sdsf_analysis.figures.palettes import Palette
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.sheet import close_sheet, open_sheet, source_note
from sdsf_analysis.figures.style import A4_MM, INK, PAPER, Page, house_style
from sdsf_analysis.model.french import capital, plural
from sdsf_analysis.territories import outlines, reference

_OTHER_LINE = "#DDDDDA"


def atlas(  # noqa: PLR0913 - what is drawn, how it is cut and what is said of it, each by its name
    frame: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    departement: str | None = None,
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    palette: Palette = "sequence",
    notes: Sequence[str] = (),
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> list[Page]:
    """Draw the communes of each EPCI, a page each, with the classes of the whole département.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per commune, as for `choropleth`.
    column : str
        The value.
    title, subtitle : str
        What is written after the name of the EPCI, and what is shown.
    unit : str
        Of the value, for the legend.
    departement : str, optional
        Found from the codes without it.
    method, classes, breaks, palette
        Of the classes, cut on all communes.
    notes : sequence of str
        Source, years and reservations.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the pages.

    Returns
    -------
    list of Page
        In the order of the names of the EPCI; none where no commune has a value.

    Raises
    ------
    QuestionError
        If the frame lacks the column, codes or outlines, or the method is unknown.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> frame = pd.DataFrame({"commune": ["90010", "90008"], "rate": [12.0, 48.0]})
    >>> [page.alt_text.split(" : ")[0] for page in atlas(frame, "rate", title="taux", classes=2)]
    ['Carte. CA Grand Belfort', 'Carte. CC des Vosges du Sud', 'Carte. CC du Sud Territoire']
    """
    found = located(frame, values_of(frame, column), "commune", departement)
    layer = layer_of(found.shapes, method, classes, breaks, palette)
    if layer is None:
        return []
    said = [*notes, *found.notes, f"{classes_note(layer)} Classes communes à toutes les pages."]
    pages = []
    with house_style():
        for row in found.here.epci.sort_values(["name", "epci"]).itertuples():
            here, of_epci = _zoom(found.here, layer, str(row.epci))
            head = f"{row.name} : {title}"
            sheet = open_sheet(here, head, subtitle, size_mm)
            draw_shapes(
                sheet.axes, found.here.communes.geometry, AROUND, line=_OTHER_LINE, width=0.4, zorder=0.5
            )
            draw_layer(sheet.axes, of_epci)
            draw_shapes(sheet.axes, of_epci.shapes.geometry, "none", line=PAPER, width=0.5, zorder=2)
            draw_shapes(sheet.axes, found.here.epci.geometry, "none", line=INK, width=0.6, zorder=3)
            draw_shapes(sheet.axes, here.whole, "none", line=INK, width=1.6, zorder=4)
            place_around(sheet.axes, here.epci, [])
            keys = layer_keys(of_epci, unit)
            top = draw_keys(sheet.side, capital(unit), keys, "commune")
            draw_distribution(sheet.side, top, layer.shapes["value"], layer.classes, layer.fills)
            close_sheet(sheet, [*said, source_note(here)], fictitious=fictitious)
            told = " ; ".join(f"{key.label} : {plural(key.members, 'commune')}" for key in keys)
            made_up = " Données fictives." if fictitious else ""
            sheet.page.alt_text = f"Carte. {head}. {told}.{made_up}"
            pages.append(sheet.page)
    return pages


def save_atlas(pages: Sequence[Page], path: Path) -> Path:
    """Save pages as one PDF: the same bytes each time.

    Parameters
    ----------
    pages : sequence of Page
    path : pathlib.Path
        Ends in .pdf.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    ValueError
        If there is no page, or the ending is another.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save_atlas([Page(), Page()], Path(folder) / "atlas.pdf").name
    'atlas.pdf'
    """
    if path.suffix != ".pdf":
        raise ValueError(f"Format « {path.suffix} » inconnu pour un atlas. Choisir .pdf.")
    if not pages:
        raise ValueError("Pas d'atlas : aucune page à enregistrer.")
    with house_style(), PdfPages(path, metadata={"CreationDate": None, "ModDate": None}) as book:
        for page in pages:
            book.savefig(page)
    return path


def _zoom(whole: Ground, layer: Layer, epci: str) -> tuple[Ground, Layer]:
    """Ground and layer of one EPCI: its communes in place of the EPCI, for their names."""
    communes = whole.communes[whole.communes["epci"] == epci]
    codes = set(communes["code"])
    shapes = layer.shapes[layer.shapes["code"].isin(codes)]
    names = reference.communes(outlines.OUTLINE_YEAR, whole.departement["code"])[["code", "name"]]
    named = communes.merge(names, on="code", how="left", validate="one_to_one")
    named = named.sort_values(["population", "code"], ascending=[False, True], ignore_index=True)
    outline = whole.epci.loc[whole.epci["epci"] == epci, "geometry"]
    here = replace(whole, epci=named, whole=gpd.GeoSeries(outline))
    return here, replace(layer, shapes=shapes)
