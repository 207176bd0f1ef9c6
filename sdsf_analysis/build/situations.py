"""The date that a table speaks of, asked of those that need it; the conventions that a list writes."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.recipes.checks import DATES, rests_on_date
from sdsf_analysis.recipes.citing import FILE_NAME, FROM_TITLE, Citation, says_date
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context, parse
from sdsf_analysis.recipes.recipe import Output
from sdsf_analysis.recipes.recognise import Recognition
from sdsf_analysis.recipes.schooling import school_year_said
from sdsf_analysis.recipes.situation import Situation, find_situation


def situation_of(
    context: Context, recognition: Recognition, titles: list[str]
) -> tuple[Situation, list[Problem]]:
    """Date of situation of a table, and what to say of it.

    Parameters
    ----------
    context : Context
        File and table.
    recognition : Recognition
        The recipe that reads it, and its columns.
    titles : list of str
        Titles of every table of the file.

    Returns
    -------
    tuple of (Situation, list of Problem)
        Nothing for a table that needs no date; an error where a tidy table cannot be filled without one.
    """
    nothing = Situation(None)
    sources = [value for output in recognition.part.outputs for value in output.columns.values()]
    if not any(name in value for value in sources for name in DATES):
        return nothing, []
    found = find_situation(context.table, titles, context.source, is_school=recognition.part.is_school)
    day, place = found.day, (context.source, context.table.sheet.name or "", "")
    said = [school_year_said(context, found.school_year)] if found.school_year else []
    if found.is_from_name and day:
        message = f"Aucun titre ne dit la date ; le nom du fichier donne le {day:%d/%m/%Y}."
        return found, [*said, Problem(*place, "situation_from_name", message, "", day.isoformat())]
    lost = [output.table for output in recognition.part.outputs if _needs_date(output, recognition.matches)]
    if day is None and lost:
        labels = " et de ".join(f"« {declared_table(name).label} »" for name in dict.fromkeys(lost))
        message = f"Ni titre, ni feuille, ni nom de fichier ne dit la date des lignes de {labels}."
        return nothing, [Problem(*place, "situation_missing", message)]
    return found, said


def cite_situation(day: date | None, around: Iterable[Citation], source: str) -> Citation:
    """Cite what says the date of situation of a table: a title, its sheet's name, else the file's name.

    Parameters
    ----------
    day : datetime.date or None
        The date of situation.
    around : iterable of Citation
        Texts that may speak of the table, as `sdsf_analysis.recipes.saying.texts_around` gives.
    source : str
        Name of the file.
    """
    if day is None:
        return FROM_TITLE
    said = (one for one in around if one.origin != FILE_NAME and says_date(one.found, day))
    return next(said, Citation("", PurePosixPath(source).name, FILE_NAME, ""))


def _needs_date(output: Output, matches: tuple[ColumnMatch, ...]) -> bool:
    """Whether some rows of an output have no key without the date of situation."""
    declared, known = declared_table(output.table), {match.name for match in matches}
    needed = {
        name
        for name, source in output.columns.items()
        if rests_on_date(source, known) and declared[name].is_key and declared[name].is_required
    }
    measured = [match for match in matches if match.name in output.measures]
    if not output.measures:
        return bool(needed)
    return any(needed - _dated_by(match) for match in measured)


def _dated_by(match: ColumnMatch) -> set[str]:
    """Tidy columns that the labels of a column fill."""
    return {name for name, value in {"year": match.year, "date": match.on}.items() if value is not None}


def ctg_situation(context: Context, recognition: Recognition, titles: list[str]) -> dict[str, date]:
    """Date of situation of a list of CTG by sheet; nothing for another table."""
    if not any(output.table == "ctg" for output in recognition.part.outputs):
        return {}
    day = find_situation(context.table, titles, context.source).day
    return {context.table.sheet.name or "": day} if day else {}


def conventions_written(context: Context, recognition: Recognition) -> set[str]:
    """Numbers of the CTG that a list writes, those of refused lines too."""
    names = {output.columns.get("ctg") for output in recognition.part.outputs if output.table == "ctg"}
    columns = [parse(match, context) for match in recognition.matches if match.name in names]
    values = {entry.value for column in columns for entry in column.entries.values()}
    return {value for value in values if isinstance(value, str)}
