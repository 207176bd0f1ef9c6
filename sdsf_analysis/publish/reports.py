"""Everything that is published, made in one pass from the tables."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sdsf_analysis.errors import SdsfError, why
from sdsf_analysis.figures.maps import ctg_map
from sdsf_analysis.figures.style import save
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.paths import Folders, Settings
from sdsf_analysis.publish.notebooks import execute

FORMATS = (".png", ".svg", ".pdf")
MAP, MAP_FILE = "carte des CTG", "carte_ctg"


@dataclass(frozen=True)
class Report:
    """What was published, and what could not be, each with its French sentence."""

    paths: tuple[Path, ...]
    failures: tuple[str, ...]


def publish(
    folders: Folders,
    tables: Tables,
    settings: Settings,
    *,
    fictitious: bool,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Draw the figures and execute the notebooks.

    Parameters
    ----------
    folders : Folders
        The workspace.
    tables : Tables
        Its tidy tables.
    settings : Settings
        Its settings.
    fictitious : bool
        Whether figures say that the data are fictitious.
    progress : callable, optional
        Told the name of each piece before it is made.

    Returns
    -------
    Report
        A piece that fails leaves the others done.
    """
    say = progress or (lambda name: None)
    paths: list[Path] = []
    failures: list[str] = []
    for name, make in _pieces(folders, tables, settings, fictitious=fictitious):
        say(name)
        try:
            paths += make()
        except Exception as error:
            failures.append(_sentence(name, error))
    return Report(tuple(paths), tuple(failures))


def _pieces(
    folders: Folders, tables: Tables, settings: Settings, *, fictitious: bool
) -> Iterator[tuple[str, Callable[[], list[Path]]]]:
    yield MAP, lambda: _draw_map(folders, tables, settings, fictitious=fictitious)
    pages = folders.reports / "notebooks"
    for notebook in sorted(folders.notebooks.glob("*.ipynb")):
        yield notebook.name, partial(_execute, notebook, pages, folders.root)


def _execute(notebook: Path, pages: Path, workspace: Path) -> list[Path]:
    return [execute(notebook, pages, {}, workspace)]


def _draw_map(folders: Folders, tables: Tables, settings: Settings, *, fictitious: bool) -> list[Path]:
    folder = folders.reports / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    # what an earlier run left would pass for this one's
    for old in folder.glob(f"{MAP_FILE}.*"):
        old.unlink()
    page = ctg_map(
        tables, settings.reference_date, geography_year=settings.geography_year, fictitious=fictitious
    )
    (folder / f"{MAP_FILE}.txt").write_text(page.alt_text + "\n", encoding="utf-8")
    return [save(page, folder / f"{MAP_FILE}{ending}") for ending in FORMATS]


def _sentence(name: str, error: Exception) -> str:
    if isinstance(error, SdsfError):
        return str(error)
    if isinstance(error, OSError):
        where = f" : {error.filename}" if error.filename else ""
        return f"« {name} » n'a pas pu être écrit ({why(error)}{where}). Le fermer, puis relancer."
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {last.name}, ligne {last.lineno}"
    return f"Le logiciel a échoué sur « {name} » ({where}). Le reste est publié ; signaler ce message."
