"""A map of categories: states, typologies, who does what where."""

from collections.abc import Mapping, Sequence

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.beside import boxes
from sdsf_analysis.figures.frame import nothing_page
from sdsf_analysis.figures.ground import draw_borders
from sdsf_analysis.figures.keys import Key, draw_keys
from sdsf_analysis.figures.located import check_column, located
from sdsf_analysis.figures.palettes import CATEGORIES, STATUSES, Fill
from sdsf_analysis.figures.placing import place_names
from sdsf_analysis.figures.shapes import draw_shapes
from sdsf_analysis.figures.sheet import close_sheet, open_sheet, source_note
from sdsf_analysis.figures.style import A4_MM, INK, PAPER, Page, house_style
from sdsf_analysis.figures.towns import draw_towns
from sdsf_analysis.model.french import capital, plural

_PATTERNS = (("", PAPER), ("", PAPER), ("////", PAPER), ("....", INK), ("xxxx", PAPER), ("\\\\\\\\", PAPER),
             ("----", INK))  # fmt: skip
FILLS = tuple(Fill(face, *pattern) for face, pattern in zip(CATEGORIES, _PATTERNS, strict=True))
UNKNOWN = "unknown"
_UNTOLD = "sans donnée"


def category_map(  # noqa: PLR0913 - what is drawn and what is said of it, each by its name
    frame: pd.DataFrame,
    column: str,
    *,
    title: str,
    subtitle: str = "",
    heading: str = "",
    labels: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
    faces: Mapping[str, str] | None = None,
    level: str = "commune",
    departement: str | None = None,
    notes: Sequence[str] = (),
    names: bool = True,
    towns: int = 0,
    fictitious: bool = False,
    size_mm: tuple[float, float] = A4_MM,
) -> Page:
    """Draw the category of each territory, each with its colour and its pattern.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per territory, as for `choropleth`.
    column : str
        The category; « unknown » and what is missing are hatched.
    title, subtitle : str
        The finding, and what is shown.
    heading : str
        Of the legend.
    labels : mapping of str to str, optional
        What is read for each category; without it, what the column ``label`` of the frame says, if it has it.
    order : sequence of str
        Categories, in the order of the legend; without it, that of the labels, or the most frequent first.
    faces : mapping of str to str, optional
        Colours wanted for some categories.
    level, departement
        As for `choropleth`.
    notes : sequence of str
        Source, years and reservations.
    names : bool
        Whether to write the names of the EPCI.
    towns : int
        How many of the most populated communes to name.
    fictitious : bool
        Whether to say that the data are made up.
    size_mm : tuple of float
        Width and height of the page.

    Returns
    -------
    Page
        A strip that says why where no territory has a category.

    Raises
    ------
    QuestionError
        If the frame lacks the column, codes or outlines, or there are more categories than eyes tell apart.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> frame = pd.DataFrame({"commune": ["90010", "90008"], "state": ["white", "served"]})
    >>> said = {"served": "un service au moins", "white": "aucun service"}
    >>> category_map(frame, "state", title="Zones", labels=said).alt_text
    'Carte. Zones. Un service au moins : 1 ; aucun service : 1 ; sans donnée : 99 (territoires).'
    """
    check_column(frame, column)
    category = frame[column].astype("object").where(frame[column].notna(), "").astype("str")
    found = located(frame, pd.DataFrame({"category": category}), level, departement)
    shapes = found.shapes.assign(category=found.shapes["category"].fillna(""))
    told = dict(labels) if labels is not None else _labels(frame, category, column)
    said = {"": _UNTOLD, UNKNOWN: _UNTOLD} | told
    looks = _looks(shapes["category"], list(order) or list(labels or ()), faces or {})
    if not looks:
        return nothing_page(title, "Aucun territoire n'a de catégorie connue : pas de carte.", size_mm)
    looks |= dict.fromkeys(("", UNKNOWN), STATUSES["missing"])
    with house_style():
        sheet = open_sheet(found.here, title, subtitle, size_mm)
        keys = []
        for code, fill in looks.items():
            group = shapes[shapes["category"] == code]
            draw_shapes(sheet.axes, group.geometry, fill.face, line=fill.line, hatch=fill.hatch)
            if len(group):
                keys.append(
                    Key(fill, said.get(code) or (code if code not in ("", UNKNOWN) else _UNTOLD), len(group))
                )
        draw_borders(sheet.axes, found.here, communes=level == "commune")
        written = place_names(sheet.axes, found.here.epci) if names else []
        if towns:
            draw_towns(sheet.axes, found.here, towns, boxes(written))
        draw_keys(sheet.side, capital(heading), [key._replace(label=capital(key.label)) for key in keys])
        close_sheet(sheet, [*notes, *found.notes, source_note(found.here)], fictitious=fictitious)
    spoken = capital(" ; ".join(f"{key.label} : {key.members}" for key in keys))
    made_up = " Données fictives." if fictitious else ""
    sheet.page.alt_text = f"Carte. {title}. {spoken} (territoires).{made_up}"
    return sheet.page


def _labels(frame: pd.DataFrame, category: pd.Series, column: str) -> dict[str, str]:
    """What the frame itself says of each category."""
    if column == "label" or "label" not in frame.columns:
        return {}
    told = frame.assign(category=category)[["category", "label"]].dropna().drop_duplicates("category")
    told = told[told["category"] != ""]
    return dict(zip(told["category"], told["label"].astype("str"), strict=True))


def _looks(category: pd.Series, order: Sequence[str], faces: Mapping[str, str]) -> dict[str, Fill]:
    """Colour and pattern of each category: those of its place in the order, whatever the others are."""
    counts = category[~category.isin(["", UNKNOWN])].value_counts()
    rest = counts.reset_index().sort_values(["count", "category"], ascending=[False, True])["category"]
    codes = list(dict.fromkeys([*(code for code in order if code not in ("", UNKNOWN)), *rest]))
    if len(codes) > len(FILLS):
        raise QuestionError(
            f"{plural(len(codes), 'catégorie')} : on n'en distingue pas plus de {len(FILLS)} sur une carte."
        )
    looks = dict(zip(codes, FILLS, strict=False))
    chosen = {code: Fill(faces[code], looks[code].hatch, looks[code].line) for code in faces if code in looks}
    return {} if counts.empty else looks | chosen
