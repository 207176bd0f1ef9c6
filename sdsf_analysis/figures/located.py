"""The territories of a frame, each with its outline: by its own geometry, or by its code."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.ground import Ground, departement_of, ground
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.lists import unknown_name
from sdsf_analysis.territories import outlines

CODES = ("territory", "commune", "code", "codgeo", "CODGEO", "epci", "siren")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Located:
    """Territories on the ground of a map.

    Attributes
    ----------
    shapes : geopandas.GeoDataFrame
        The columns asked for, and geometry (projected); one row per outline.
    here : Ground
    outside : tuple of str
        Codes of the frame that have no outline here.
    """

    shapes: gpd.GeoDataFrame
    here: Ground
    outside: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """Say what the frame holds and the map does not show."""
        return [outside_note(self.outside)] if self.outside else []


def outside_note(codes: tuple[str, ...]) -> str:
    """Say which codes have no outline, the first of them by name.

    Examples
    --------
    >>> outside_note(("90999",))
    'Hors carte, faute de contour : 1 territoire (90999).'
    """
    if not codes:
        return ""
    named = ", ".join(codes[:_MOST_NAMED]) + ("…" if len(codes) > _MOST_NAMED else "")
    return f"Hors carte, faute de contour : {plural(len(codes), 'territoire')} ({named})."


def code_column(frame: pd.DataFrame) -> str | None:
    """Name of the column of codes, None without any.

    Examples
    --------
    >>> code_column(pd.DataFrame({"name": ["Gex"], "codgeo": ["01173"]}))
    'codgeo'
    """
    return next((name for name in CODES if name in frame.columns), None)


def codes_of(frame: pd.DataFrame, column: str, level: str) -> pd.Series:
    """Codes as texts; a spreadsheet may have taken the first zero of those of communes.

    Examples
    --------
    >>> codes_of(pd.DataFrame({"codgeo": [1173, 97411]}), "codgeo", "commune").tolist()
    ['01173', '97411']
    """
    codes = frame[column].astype("str")
    return codes.str.zfill(5) if level == "commune" else codes


def values_of(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Value of each row, with its status and its bounds where the frame has them.

    Raises
    ------
    QuestionError
        If the frame has no such column, or it holds something else than numbers.

    Examples
    --------
    >>> values_of(pd.DataFrame({"rate": [12]}), "rate").columns.tolist()
    ['value', 'status', 'low', 'high']
    """
    check_column(frame, column)
    value = pd.to_numeric(frame[column], errors="coerce").astype("float64")
    words = frame[column][value.isna() & frame[column].notna()]
    if len(words):
        raise QuestionError(f"La colonne « {column} » n'est pas faite de nombres : « {words.iloc[0]} ».")
    return pd.DataFrame(
        {
            "value": value,
            "status": frame.get("status", ""),
            "low": frame.get("low", float("nan")),
            "high": frame.get("high", float("nan")),
        },
        index=frame.index,
    )


def check_column(frame: pd.DataFrame, column: str) -> None:
    """Refuse a column that a frame lacks.

    Raises
    ------
    QuestionError
        If it lacks it; the message lists those that it has.
    """
    if column not in frame.columns:
        raise QuestionError(unknown_name("La colonne", column, map(str, frame.columns)))


def located(frame: pd.DataFrame, facts: pd.DataFrame, level: str, departement: str | None) -> Located:
    """Give each territory its outline, and find where it is.

    Parameters
    ----------
    frame : pandas.DataFrame
        Codes or outlines.
    facts : pandas.DataFrame
        What is to be drawn, on the index of the frame.
    level : str
        Of the codes.
    departement : str or None
        Found from the codes of communes without it.

    Returns
    -------
    Located

    Raises
    ------
    QuestionError
        If there are neither codes nor outlines, a territory has two rows, or the département is not told.
    TerritoryError
        If the département does not exist or has no outline.

    Examples
    --------
    >>> frame = pd.DataFrame({"commune": ["90010", "90999"], "rate": [12.0, 48.0]})
    >>> found = located(frame, values_of(frame, "rate"), "commune", None)
    >>> len(found.shapes), found.outside
    (101, ('90999',))
    """
    code = code_column(frame)
    if code is None and departement is None:
        raise QuestionError(
            "Pas de carte : le tableau n'a ni colonne de codes "
            f"({', '.join(CODES[:4])}…) ni département donné."
        )
    if departement is None and level != "commune":
        raise QuestionError('Donner le département : departement="01".')
    codes = pd.Series(dtype="str") if code is None else codes_of(frame, code, level)
    here = ground(departement or departement_of(codes))
    if isinstance(frame, gpd.GeoDataFrame):
        shapes = gpd.GeoDataFrame(facts, geometry=frame.geometry, crs=frame.crs)
        if code is not None:
            shapes["code"] = codes
        return Located(shapes.to_crs(here.projection), here)
    if code is None:
        raise QuestionError(f"Pas de carte : le tableau n'a pas de colonne de codes ({', '.join(CODES)}).")
    if (twice := codes[codes.duplicated()].unique()).size:
        raise QuestionError(f"Pas de carte : plusieurs lignes pour un même territoire ({twice[0]}).")
    drawn = here.communes[["code", "geometry"]] if level == "commune" else level_shapes(here, level)
    joined = drawn.merge(facts.assign(code=codes), on="code", how="left", validate="one_to_one")
    outside = tuple(sorted(set(codes) - set(drawn["code"])))
    return Located(joined, here, outside)


def level_shapes(here: Ground, level: str) -> gpd.GeoDataFrame:
    """Outlines of the territories of a level inside a département: code, geometry (projected)."""
    drawn = outlines.outlines(here.departement["code"], level).to_crs(here.projection)
    return drawn.rename(columns={"territory": "code"})[["code", "geometry"]]
