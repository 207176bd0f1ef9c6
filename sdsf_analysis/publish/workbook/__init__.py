"""``reports/sdsf.xlsx``: every indicator that an audience may see, theme by theme, in one workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sdsf_analysis.errors import WorkspaceError, command_name, why
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.publish.audience import DEFAULT_AUDIENCE, check_audience, may_see
from sdsf_analysis.publish.whole_file import replace_file
from sdsf_analysis.publish.workbook.asked import EPCI, Question, answered, level_names
from sdsf_analysis.publish.workbook.book import Book
from sdsf_analysis.publish.workbook.front import write_contents, write_data, write_methods, write_received
from sdsf_analysis.publish.workbook.plan import ListPart, TablePart, themes
from sdsf_analysis.publish.workbook.sheets import write_list, write_theme
from sdsf_analysis.recipes.recipe import Recipe

FILE = "sdsf.xlsx"
FICTITIOUS = "données fictives"


@dataclass(frozen=True)
class Edition:
    """What a workbook is made of, besides the tables.

    Parameters
    ----------
    schema_name : str
        Name of the plan.
    on : datetime.date
        Date of reference.
    threshold : int
        Fewer persons than this are not shown below the EPCI.
    audience : {"public", "partenaires", "interne"}
    fictitious : bool
        Whether each sheet says that the data are made up.
    inputs : sequence of mapping
        ``inputs`` of the manifest.
    recipes : iterable of Recipe
        Kinds of files that the workspace reads.

    Raises
    ------
    QuestionError
        If the audience does not exist; the message lists those that do.
    """

    schema_name: str
    on: date
    threshold: int = 5
    audience: str = DEFAULT_AUDIENCE
    fictitious: bool = False
    inputs: Sequence[Mapping[str, Any]] = ()
    recipes: Iterable[Recipe] = ()

    def __post_init__(self) -> None:
        check_audience(self.audience)


def workbook(tables: Tables, edition: Edition) -> bytes:
    """Make the workbook.

    Parameters
    ----------
    tables : Tables
    edition : Edition

    Returns
    -------
    bytes
        Of an .xlsx file; the same from the same tables and edition.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> made = workbook(example_tables(), Edition("Schéma d'essai", date(2024, 6, 30)))
    >>> made[:2]
    b'PK'
    """
    question = Question(tables, edition.on, edition.audience, edition.threshold)
    parts = list(answered(question, themes()))
    hidden = [one.label for one in INDICATORS.values() if not may_see(edition.audience, one.diffusion)]
    book = Book(_banner(edition), FICTITIOUS if edition.fictitious else "")
    write_contents(book, edition.schema_name, parts, hidden)
    for theme in themes():
        own = [one for one in parts if one.theme.sheet == theme.sheet]
        shown = [one for one in own if isinstance(one.part, TablePart)]
        lists = [one for one in own if isinstance(one.part, ListPart)]
        if shown:
            write_theme(book, shown, lists)
        for one in lists:
            write_list(book, one)
    write_data(book, parts, level_names(tables.territories).get(EPCI, pd.Series(dtype="str")))
    write_methods(book, parts)
    write_received(book, edition.inputs, edition.recipes, tables.problems, tables.requests)
    return book.close(edition.on)


def write_workbook(path: Path, tables: Tables, edition: Edition) -> Path:
    """Write the workbook all at once: whoever opens it finds the previous one or the new one, whole.

    Parameters
    ----------
    path : pathlib.Path
    tables : Tables
    edition : Edition

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    WorkspaceError
        If the file is open in Excel on Windows, or cannot be written.
    """
    made = workbook(tables, edition)
    try:
        replace_file(path, made)
    except PermissionError:
        raise WorkspaceError(
            f"{path.name} est ouvert dans un autre logiciel, ou protégé : le fermer, puis relancer "
            f"« {command_name()} report --only classeur ». Le classeur précédent reste en place."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            f"{path.name} n'a pas pu être écrit ({why(error)}) dans {path.parent}."
        ) from None
    return path


def _banner(edition: Edition) -> str:
    return f"{edition.schema_name} · situation au {french_date(edition.on)} · diffusion : {edition.audience}"
