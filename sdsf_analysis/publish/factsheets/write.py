"""The fact sheets of a workspace, written as pages and as PDF: one for each EPCI and each CTG."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from matplotlib.backends.backend_pdf import PdfPages

from sdsf_analysis.errors import SdsfError
from sdsf_analysis.figures.ground import Ground, departement_of, ground
from sdsf_analysis.figures.style import Page, house_style
from sdsf_analysis.indicators.asked import read_date
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.paths import Folders, Settings
from sdsf_analysis.publish.factsheets.page import as_html
from sdsf_analysis.publish.factsheets.paper import as_pages, draw_locator
from sdsf_analysis.publish.factsheets.sheet import LEVELS, Sheet, sheets, territories
from sdsf_analysis.publish.factsheets.texts import read_texts
from sdsf_analysis.publish.workbook import Edition

FOLDER, TEXTS = "fiches", "textes"
_MAP_MM = (85.0, 62.0)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def write_factsheets(folders: Folders, tables: Tables, settings: Settings, edition: Edition) -> list[Path]:
    """Write the fact sheet of each EPCI and each CTG, as a page (.html) and on paper (.pdf).

    Parameters
    ----------
    folders : Folders
    tables : Tables
    settings : Settings
    edition : Edition
        For whom, and whether the data are made up.

    Returns
    -------
    list of pathlib.Path
        The files written, under ``reports/fiches/epci`` and ``reports/fiches/ctg``.

    Raises
    ------
    SdsfError
        If a text of the analyst cannot be read, or is of no territory: the sheets are written first.
    """
    on = read_date(settings.reference_date)
    communes = tables.territories.loc[tables.territories["level"] == "commune", "territory"]
    here = ground(departement_of(communes))
    texts = read_texts(folders.raw / TEXTS, _names(tables, on))
    paths: list[Path] = []
    for level in LEVELS:
        folder = folders.reports / FOLDER / level
        folder.mkdir(parents=True, exist_ok=True)
        # what an earlier run left would pass for this one's
        for old in (*folder.glob("*.html"), *folder.glob("*.pdf")):
            old.unlink()
        made = sheets(
            tables, on, level, schema=settings.schema_name, threshold=settings.secrecy.threshold,
            audience=edition.audience, texts=texts.of, fictitious=edition.fictitious,
        )  # fmt: skip
        for sheet in made:
            paths += _write(sheet, here, folder)
    if texts.strangers:
        raise SdsfError(_stray(texts.strangers))
    return paths


def _stray(strangers: tuple[str, ...]) -> str:
    count = plural(len(strangers), "texte de fiche n'est", "textes de fiches ne sont")
    return (
        f"Fiches publiées, mais {count} d'aucun territoire : {', '.join(strangers)}. Nommer le fichier comme "
        f"l'EPCI ou la CTG, ou par son code (dossier data/raw/{TEXTS})."
    )


def _names(tables: Tables, on: pd.Timestamp) -> dict[str, str]:
    return {code: name for level in LEVELS for code, name in territories(tables, on, level).items()}


def _write(sheet: Sheet, here: Ground, folder: Path) -> Iterator[Path]:
    stem = _NOT_IN_NAMES.sub("-", f"{sheet.code} {sheet.name}").strip(" .")[:100]
    page = Page(_MAP_MM)
    with house_style():
        draw_locator(page, here, sheet, (0, 0, *_MAP_MM))
    html, pdf = folder / f"{stem}.html", folder / f"{stem}.pdf"
    html.write_text(as_html(sheet, page.png(150)), encoding="utf-8", newline="\n")
    with house_style(), PdfPages(pdf, metadata={"CreationDate": None, "ModDate": None}) as document:
        for one in as_pages(sheet, here):
            document.savefig(one)
    yield from (html, pdf)
