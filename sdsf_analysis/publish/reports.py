"""Everything that is published, made in one pass from the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sdsf_analysis.errors import SdsfError
from sdsf_analysis.figures.maps import ctg_map
from sdsf_analysis.figures.style import save
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.paths import Folders, Settings
from sdsf_analysis.publish.notebooks import execute

FORMATS = (".png", ".svg", ".pdf")


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
    say("carte des CTG")
    try:
        paths += _draw_map(folders, tables, settings, fictitious=fictitious)
    except SdsfError as error:
        failures.append(str(error))
    for notebook in sorted(folders.notebooks.glob("*.ipynb")):
        say(notebook.name)
        try:
            paths.append(execute(notebook, folders.reports / "notebooks", {}, folders.root))
        except SdsfError as error:
            failures.append(str(error))
    return Report(tuple(paths), tuple(failures))


def _draw_map(folders: Folders, tables: Tables, settings: Settings, *, fictitious: bool) -> list[Path]:
    page = ctg_map(
        tables, settings.reference_date, geography_year=settings.geography_year, fictitious=fictitious
    )
    folder = folders.reports / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "carte_ctg.txt").write_text(page.alt_text + "\n", encoding="utf-8")
    return [save(page, folder / f"carte_ctg{ending}") for ending in FORMATS]
