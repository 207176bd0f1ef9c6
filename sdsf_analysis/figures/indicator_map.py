"""A map of an indicator: its answer by territory, with what is withheld, missing or rests on too few."""

from collections.abc import Sequence

import pandas as pd

from sdsf_analysis.figures.bars import extremes_title
from sdsf_analysis.figures.choropleth import choropleth
from sdsf_analysis.figures.grids import SECRECY_THRESHOLD
from sdsf_analysis.figures.ground import departement_of
from sdsf_analysis.figures.palettes import Palette
from sdsf_analysis.figures.style import A4_MM, Page
from sdsf_analysis.figures.territory_grid import rests_on_few
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.tables import Tables

_BELOW_EPCI = ("commune",)
_LONGEST = 320


def indicator_map(  # noqa: PLR0913 - what is drawn of an answer and how, each by its name
    answer: pd.DataFrame,
    name: str,
    measure: str,
    tables: Tables,
    *,
    level: str = "epci",
    title: str = "",
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
    palette: Palette = "sequence",
    whole: pd.DataFrame | None = None,
    persons: bool = False,
    threshold: int = SECRECY_THRESHOLD,
    towns: int = 0,
    zoom: str = "",
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw a measure of an indicator on the territories of a level.

    Parameters
    ----------
    answer : pandas.DataFrame
        Result of the indicator.
    name, measure : str
        Indicator and measure, for the words, the unit and the source.
    tables : Tables
        For the names, and the département.
    level : str
        Level of the territories of the answer: ``commune``, ``epci``, ``arrondissement``.
    title : str
        The finding; without it, the least and the most, named.
    method, classes, breaks
        As `classify` says.
    palette : {"sequence", "divergence"}
    whole : pandas.DataFrame, optional
        Result of the same indicator for the département, marked on the distribution.
    persons : bool
        Whether the measure counts persons.
    threshold : int
        Below EPCI, what counts or divides by fewer persons than this is drawn as withheld by us.
    towns, zoom
        As for `choropleth`.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page

    Raises
    ------
    QuestionError
        If no indicator has this name, it lacks this measure, or the method is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_coverage
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> shares = ctg_coverage(tables, "2024-06-30", by="commune")
    >>> page = indicator_map(shares, "ctg_coverage", "population", tables, level="commune", classes=2)
    >>> page.alt_text.startswith("Carte. Habitants couverts")
    True
    """
    entry = indicator(name)
    declared = entry.measure(measure)
    rows = answer[answer["measure"] == measure]
    if level in _BELOW_EPCI:
        rows = _guarded(rows, threshold, persons=persons)
    communes = tables.territories.loc[tables.territories["level"] == "commune", "territory"]
    of_whole = None if whole is None else whole.loc[whole["measure"] == measure, "value"]
    marked = None if of_whole is None or of_whole.isna().all() else float(of_whole.iloc[0])
    return choropleth(
        rows[["territory", "value", "status", "low", "high"]],
        "value",
        title=title or extremes_title(rows, declared, tables.territories),
        subtitle=declared.label,
        unit=declared.unit,
        level=level,
        departement=departement_of(communes),
        method=method,
        classes=classes,
        breaks=breaks,
        palette=palette,
        marked=marked,
        notes=[
            reservations(answer.attrs.get("remark", "")),
            f"Source : {entry.source}. Diffusion : {entry.diffusion}.",
        ],
        towns=towns,
        zoom=zoom,
        fictitious=fictitious,
        size_mm=size_mm,
    )


def reservations(remark: str) -> str:
    """The sentences of a remark that fit below a map, and where the others are."""
    kept = ""
    for sentence in remark.split(". "):
        if len(kept) + len(sentence) > _LONGEST:
            return f"{kept}Autres réserves : à côté du tableau."
        kept += sentence if sentence.endswith(".") else f"{sentence}. "
    return kept.strip(" .") + "." if kept.strip() else ""


def _guarded(rows: pd.DataFrame, threshold: int, *, persons: bool) -> pd.DataFrame:
    """Withhold what rests on too few persons: neither its value nor its bounds are handed on."""
    few = rows.apply(lambda row: rests_on_few(row, threshold, counts_persons=persons), axis=1)
    if not few.any():
        return rows
    withheld = rows[["value", "low", "high"]].mask(few)
    return rows.assign(**withheld, status=rows["status"].mask(few, "masked"))
