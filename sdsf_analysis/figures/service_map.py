"""Where the services are: a symbol by kind, a number where several of a kind are together."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.beside import place_around
from sdsf_analysis.figures.frame import nothing_page
from sdsf_analysis.figures.ground import Ground, departement_of, draw_borders, ground
from sdsf_analysis.figures.indicator_map import reservations
from sdsf_analysis.figures.keys import Key, draw_keys
from sdsf_analysis.figures.placing import inner_point
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.sheet import close_sheet, open_sheet, source_note
from sdsf_analysis.figures.style import A4_MM, Page, house_style
from sdsf_analysis.figures.symbols import MOST_KINDS, draw_symbols, symbol
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.indicators.services.kinds import INDIVIDUAL, kinds_of, lacking
from sdsf_analysis.model.french import capital, french_date, number, plural
from sdsf_analysis.model.lists import choices, entries
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories import outlines

_PLAIN = "#F4F2EE"
_NEAR_M = 5_000


def service_map(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    tables: Tables,
    on: Day,
    *,
    kinds: Sequence[str] = ("eaje",),
    stages: Sequence[str] = ("open",),
    title: str = "",
    subtitle: str = "",
    notes: Sequence[str] = (),
    names: bool = True,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the services of a day, each at its address or in its commune.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches; every kind without
        any. Beyond seven kinds, a symbol stands for a family.
    stages : sequence of str
        As `offer_at` says.
    title, subtitle : str
        The finding, and what is shown; without them, how many services in how many communes.
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
        A strip that says why where no service has a place.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, a kind or a stage is unknown, or the kinds are counted in persons.
    TerritoryError
        If the package has no outline of the département.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> service_map(example_tables(), "2024-12-31").alt_text.split(" : ")[0]
    "Carte des services. 2 services dans l'Ain au 31 décembre 2024"
    """
    day = read_date(on).date()
    wanted = [kind for kind in kinds_of(kinds) if kind not in INDIVIDUAL]
    if not wanted:
        raise QuestionError(
            "Les assistants maternels et gardes à domicile sont comptés par commune, en personnes : les "
            "dessiner en cercles (circles)."
        )
    territories = tables.territories
    communes = territories.loc[territories["level"] == "commune", "territory"]
    here = ground(departement_of(communes))
    services = offer_at(tables, on, stages=stages, kinds=wanted)
    services = services.assign(group=_groups(services, wanted))
    placed = _placed(services, here)
    reserves = [*lacking(tables.offer, wanted), services.attrs.get("remark", "")]
    head = title or _title(placed, here, french_date(day), len(communes))
    if placed.empty:
        why = " ".join(filter(None, reserves)) or "Aucun de ces services n'était ouvert à cette date."
        return nothing_page(title or "Pas de carte des services", why, size_mm)
    with house_style():
        sheet = open_sheet(here, head, subtitle or "Services selon leur type", size_mm)
        draw_shapes(sheet.axes, here.communes.geometry, _PLAIN)
        draw_borders(sheet.axes, here)
        order = list(placed["group"].value_counts(sort=False).index)
        taken = draw_symbols(sheet.axes, _counted(placed, order))
        if names:
            place_around(sheet.axes, here.epci, taken)
        keys = _keys(placed, order)
        draw_keys(sheet.side, "Services", keys, "service")
        reserved = reservations(" ".join(filter(None, reserves)))
        said = [*notes, reserved, _unplaced(services, placed), _where(placed), source_note(here)]
        close_sheet(sheet, said, fictitious=fictitious)
    told = " ; ".join(f"{key.label} : {key.members}" for key in keys)
    sheet.page.alt_text = f"Carte des services. {head}. {told}.{' Données fictives.' if fictitious else ''}"
    return sheet.page


def _groups(services: pd.DataFrame, wanted: Sequence[str]) -> pd.Series:
    """Label of the kind of each service, or of its family where the kinds are too many."""
    present = [kind for kind in wanted if (services["kind"] == kind).any()]
    labels = choices("offer_kind")
    if len(present) > MOST_KINDS:
        families = choices("offer_family")
        labels = {code: families[entry.family or ""] for code, entry in entries("offer_kind").items()}
    order = list(dict.fromkeys(labels[kind] for kind in present))
    return pd.Series(pd.Categorical(services["kind"].map(labels), order), index=services.index)


def _placed(services: pd.DataFrame, here: Ground) -> pd.DataFrame:
    """Where each service is: its own point, else that of its commune; without either, it is left out."""
    own = gpd.GeoSeries(
        gpd.points_from_xy(services["longitude"].astype("float64"), services["latitude"].astype("float64")),
        index=services.index,
        crs=outlines.STORED_CRS,
    ).to_crs(here.projection)
    # an address outside the département is an error of the file, or a service of another
    is_own = services["longitude"].notna() & own.within(here.whole.buffer(_NEAR_M).iloc[0])
    centres = {
        code: inner_point(shape)
        for code, shape in zip(here.communes["code"], here.communes.geometry, strict=True)
        if code in set(services["commune"].dropna())
    }
    towns = services["commune"].map(centres.get)
    points = [own[i] if is_own[i] else towns[i] for i in services.index]
    placed = services.assign(
        x=[point.x if point is not None else np.nan for point in points],
        y=[point.y if point is not None else np.nan for point in points],
        is_own=is_own,
    )
    return placed[placed["x"].notna()]


def _counted(placed: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """One row per place and kind."""
    rounded = placed.assign(x=placed["x"].round(), y=placed["y"].round())
    counted = rounded.groupby(["x", "y", "group"], observed=True).size().rename("count").reset_index()
    return counted.assign(place=[order.index(group) for group in counted["group"]])


def _keys(placed: pd.DataFrame, order: Sequence[str]) -> list[Key]:
    counts = placed["group"].value_counts()
    found = [(symbol(place), group) for place, group in enumerate(order)]
    return [
        Key(one.fill, capital(group), int(counts[group]), one.mark) for one, group in found if counts[group]
    ]


def _title(placed: pd.DataFrame, here: Ground, when: str, whole: int) -> str:
    towns = placed["commune"].nunique()
    services = plural(len(placed), "service")
    where = f"{plural(towns, 'commune')} sur {number(whole)} en {'ont' if towns > 1 else 'a'} un au moins"
    return f"{services} {here.departement['at']} au {when} : {where}"


def _unplaced(services: pd.DataFrame, placed: pd.DataFrame) -> str:
    lost = services[~services.index.isin(placed.index)]
    if lost.empty:
        return ""
    named = ", ".join(
        f"{group} : {count}" for group, count in lost["group"].value_counts(sort=False).items() if count
    )
    return f"Hors carte, faute de commune connue ici : {plural(len(lost), 'service')} ({named})."


def _where(placed: pd.DataFrame) -> str:
    own = int(placed["is_own"].sum())
    at_town = plural(len(placed) - own, "service placé au milieu de sa commune",
                     "services placés au milieu de leur commune")  # fmt: skip
    said = [f"{plural(own, 'service')} à leur adresse" if own else "", at_town if own < len(placed) else ""]
    return (
        f"{' ; '.join(filter(None, said))}. Symboles écartés pour rester lisibles ; un nombre dit combien de "
        "services du même type sont au même endroit."
    )
