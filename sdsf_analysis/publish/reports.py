"""Everything that is published, made in one pass from the tables."""

import os
import traceback
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sdsf_analysis.errors import SdsfError, WorkspaceError, why
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.paths import Folders, Settings
from sdsf_analysis.publish.factsheets.write import write_factsheets
from sdsf_analysis.publish.notebooks import execute
from sdsf_analysis.publish.pictures import MANIFEST, PICTURES, write_manifest, write_picture
from sdsf_analysis.publish.workbook import FILE, Edition, write_workbook

FIGURES, WORKBOOK, FACT_SHEETS, NOTEBOOKS = "figures", "classeur", "fiches", "notebooks"
KINDS = (FIGURES, WORKBOOK, FACT_SHEETS, NOTEBOOKS)


@dataclass(frozen=True)
class Report:
    """What was published, and what could not be, each with its French sentence."""

    paths: tuple[Path, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """One thing to publish: its kind, the name that the user is told, how it is made."""

    kind: str
    name: str
    make: Callable[[], list[Path]]


def publish(
    pieces: Collection[Piece],
    *,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Make the pieces: the notebooks in kernels of their own, while the others are made one by one.

    Parameters
    ----------
    pieces : collection of Piece
        As `pieces` gives them.
    progress : callable, optional
        Told the name of each piece before it is made.

    Returns
    -------
    Report
        A piece that fails leaves the others done.
    """
    say = progress or (lambda name: None)
    with ThreadPoolExecutor(os.cpu_count()) as kernels:
        # submitted first, so that they run beside what this thread makes
        waiting = {
            piece.name: kernels.submit(_made, piece, say) for piece in pieces if piece.kind == NOTEBOOKS
        }
        done = {piece.name: _made(piece, say) for piece in pieces if piece.kind != NOTEBOOKS}
        done |= {name: future.result() for name, future in waiting.items()}
    made = [done[piece.name] for piece in pieces]
    paths = tuple(path for one in made if not isinstance(one, str) for path in one)
    return Report(paths, tuple(one for one in made if isinstance(one, str)))


def _made(piece: Piece, say: Callable[[str], None]) -> list[Path] | str:
    """The files of a piece, or the sentence that says why there are none."""
    say(piece.name)
    try:
        return piece.make()
    except Exception as error:
        return _sentence(piece.name, error)


def pieces(
    folders: Folders, tables: Tables, settings: Settings, edition: Edition, only: Collection[str] = ()
) -> list[Piece]:
    """List what is published.

    Parameters
    ----------
    folders : Folders
        The workspace.
    tables : Tables
        Its tidy tables.
    settings : Settings
        Its settings.
    edition : Edition
        For whom, and whether the data are made up.
    only : collection of str
        Kinds of `KINDS`; all without it.

    Raises
    ------
    QuestionError
        If a kind does not exist; the message lists them.
    """
    wanted = {check_choice("Publication inconnue", kind, KINDS) for kind in only} or set(KINDS)
    return [piece for piece in _pieces(folders, tables, settings, edition) if piece.kind in wanted]


def _pieces(folders: Folders, tables: Tables, settings: Settings, edition: Edition) -> Iterator[Piece]:
    figures = folders.reports / "figures"
    for picture in PICTURES:
        draw = partial(write_picture, picture, figures, tables, settings, edition)
        yield Piece(FIGURES, picture.name, draw)
    yield Piece(FIGURES, MANIFEST, partial(write_manifest, figures, settings, edition))
    yield Piece(WORKBOOK, FILE, partial(_write_workbook, folders.reports / FILE, tables, edition))
    sheets = partial(write_factsheets, folders, tables, settings, edition)
    yield Piece(FACT_SHEETS, "fiches de territoire", sheets)
    pages = folders.reports / "notebooks"
    for notebook in sorted(folders.notebooks.glob("*.ipynb")):
        yield Piece(NOTEBOOKS, notebook.name, partial(_execute, notebook, pages, folders.root))


def _write_workbook(path: Path, tables: Tables, edition: Edition) -> list[Path]:
    try:
        return [write_workbook(path, tables, edition)]
    except WorkspaceError:
        raise
    except Exception:
        # what an earlier run left, perhaps for others, would pass for this one's
        path.unlink(missing_ok=True)
        raise


def _execute(notebook: Path, pages: Path, workspace: Path) -> list[Path]:
    return [execute(notebook, pages, {}, workspace)]


def _sentence(name: str, error: Exception) -> str:
    if isinstance(error, SdsfError):
        return str(error)
    if isinstance(error, OSError):
        where = f" : {error.filename}" if error.filename else ""
        return f"« {name} » n'a pas pu être écrit ({why(error)}{where}). Le fermer, puis relancer."
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {last.name}, ligne {last.lineno}"
    return f"Le logiciel a échoué sur « {name} » ({where}). Le reste est publié ; signaler ce message."
