"""The figures that are published: each in three forms with its words, and one manifest for all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from sdsf_analysis.figures.actions_calendar import actions_calendar
from sdsf_analysis.figures.bars import ranked_bars
from sdsf_analysis.figures.cascades import balance_chart
from sdsf_analysis.figures.category_map import category_map
from sdsf_analysis.figures.ctg_map import ctg_map
from sdsf_analysis.figures.curve import coverage_curve
from sdsf_analysis.figures.indicator_map import indicator_map
from sdsf_analysis.figures.style import Page, save
from sdsf_analysis.figures.timeline import ctg_timeline
from sdsf_analysis.indicators.access.accessible import accessible_places
from sdsf_analysis.indicators.history import ctg_history
from sdsf_analysis.indicators.measures import read_date
from sdsf_analysis.indicators.plan.actions import actions_at
from sdsf_analysis.indicators.services.balance import places_balance
from sdsf_analysis.indicators.services.rates import places_per_100
from sdsf_analysis.indicators.services.white import white_zones
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.paths import Settings
from sdsf_analysis.publish.whole_file import replace_file
from sdsf_analysis.publish.workbook import Edition

FORMATS = (".png", ".svg", ".pdf")
MANIFEST = "manifeste.json"
_WHOLE = "departement"


@dataclass(frozen=True)
class Picture:
    """A figure that is published: name of its files, name that the user is told, how it is drawn."""

    file: str
    name: str
    draw: Callable[[Tables, Settings, bool], Page]


def write_picture(
    picture: Picture, folder: Path, tables: Tables, settings: Settings, edition: Edition
) -> list[Path]:
    """Draw a figure and save it in each form, its words beside.

    Parameters
    ----------
    picture : Picture
    folder : pathlib.Path
        Made if it does not exist.
    tables : Tables
    settings : Settings
    edition : Edition
        Whether the data are made up.

    Returns
    -------
    list of pathlib.Path
        The pictures; the words are in a .txt of the same name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # what an earlier run left would pass for this one's
    for old in folder.glob(f"{picture.file}.*"):
        old.unlink()
    page = picture.draw(tables, settings, edition.fictitious)
    (folder / f"{picture.file}.txt").write_text(page.alt_text + "\n", encoding="utf-8", newline="\n")
    return [save(page, folder / f"{picture.file}{ending}") for ending in FORMATS]


def write_manifest(folder: Path, settings: Settings, edition: Edition) -> list[Path]:
    """Write what the figures of a folder were made of: files received, dates, sums of what was written.

    Parameters
    ----------
    folder : pathlib.Path
    settings : Settings
    edition : Edition
        For the files received.

    Returns
    -------
    list of pathlib.Path
        The manifest.
    """
    figures = [
        {
            "figure": picture.file,
            "texte": (folder / f"{picture.file}.txt").read_text(encoding="utf-8").strip(),
            "fichiers": {
                f"{picture.file}{ending}": sha256(
                    (folder / f"{picture.file}{ending}").read_bytes()
                ).hexdigest()
                for ending in FORMATS
            },
        }
        for picture in PICTURES
        if all((folder / f"{picture.file}{ending}").exists() for ending in (*FORMATS, ".txt"))
    ]
    told = {
        "schema": settings.schema_name,
        "date_de_reference": settings.reference_date.isoformat(),
        "geographie": settings.geography_year,
        "donnees_fictives": edition.fictitious,
        "fichiers_recus": [{"fichier": one["source"], "sha256": one["sha256"]} for one in edition.inputs],
        "figures": figures,
    }
    path = folder / MANIFEST
    content = json.dumps(told, ensure_ascii=False, indent=1, default=str, sort_keys=True)
    replace_file(path, f"{content}\n".encode())
    return [path]


def _ctg(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    return ctg_map(
        tables, settings.reference_date, geography_year=settings.geography_year, fictitious=fictitious
    )


def _timeline(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    return ctg_timeline(tables, settings.reference_date, fictitious=fictitious)


def _curve(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    on = read_date(settings.reference_date)
    return coverage_curve(ctg_history(tables, on - pd.DateOffset(years=6), on), fictitious=fictitious)


def _places(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    on = settings.reference_date
    found, whole = places_per_100(tables, on), places_per_100(tables, on, by=_WHOLE)
    return ranked_bars(
        found, "places_per_100", "eaje", tables.territories, whole=whole, fictitious=fictitious
    )


def _accessible(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    on = settings.reference_date
    name = "accessible_places"
    found, whole = (accessible_places(tables, on, by=by) for by in ("commune", _WHOLE))
    return indicator_map(found, name, name, tables, level="commune", whole=whole, fictitious=fictitious)


def _zones(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    zones = white_zones(tables, settings.reference_date, served=True)
    white = int((zones["state"] == "white").sum())
    if (zones["state"] == "unknown").all():
        title = "Communes sans crèche à leur portée : non connu"
    else:
        title = plural(white, "commune sans crèche à sa portée", "communes sans crèche à leur portée")
    return category_map(
        zones, "state", title=title, heading="Crèche la plus proche", notes=[zones.attrs.get("remark", "")],
        fictitious=fictitious,
    )  # fmt: skip


def _balance(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    on = read_date(settings.reference_date)
    start = on - pd.DateOffset(years=2)
    return balance_chart(places_balance(tables, start, on, by=_WHOLE), start, on, fictitious=fictitious)


def _actions(tables: Tables, settings: Settings, fictitious: bool) -> Page:
    on = settings.reference_date
    return actions_calendar(actions_at(tables, on, plan="SDSF"), on, fictitious=fictitious)


PICTURES = (
    Picture("carte_ctg", "carte des CTG", _ctg),
    Picture("calendrier_ctg", "calendrier des CTG", _timeline),
    Picture("courbe_ctg", "courbe de la couverture par les CTG", _curve),
    Picture("places_de_creche", "places de crèche par EPCI", _places),
    Picture("carte_places_accessibles", "carte des places accessibles", _accessible),
    Picture("carte_communes_sans_creche", "carte des communes sans crèche", _zones),
    Picture("solde_des_places", "solde des places de crèche", _balance),
    Picture("calendrier_des_actions", "calendrier des actions", _actions),
)
