"""A workspace opened: its tables, its questions, its build and its reports."""

import json
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdsf_analysis.errors import QuestionError, WorkspaceError, command_name
from sdsf_analysis.model.problems import COLUMNS, Problem
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.paths import MANIFEST, Folders, Settings, find_workspace, read_settings

if TYPE_CHECKING:
    import pandas as pd

    from sdsf_analysis.build import BuildResult
    from sdsf_analysis.indicators.measures import Day
    from sdsf_analysis.publish.reports import Piece, Report
    from sdsf_analysis.recipes.recipe import Recipe


class Workspace:
    """A folder with its ``sdsf.toml``, the files received, the tables made of them.

    Parameters
    ----------
    folders : Folders
        Where things are.

    Raises
    ------
    WorkspaceError
        If ``sdsf.toml`` cannot be used.
    """

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.settings: Settings = read_settings(folders)
        self.tables = Tables(self._load)

    def __repr__(self) -> str:
        return f"Workspace({str(self.folders.root)!r}, {self.settings.schema_name})"

    def build(self) -> "BuildResult":
        """Read ``data/raw`` and write ``data/processed``; the tables are then read anew."""
        from sdsf_analysis.build import build

        result = build(self.folders, self.settings)
        self.tables = Tables(self._load)
        self.__dict__.pop("manifest", None)
        return result

    def write_returns(self) -> list[Path]:
        """Write ``data/returns``: a coloured copy of each file with cells to look at again.

        Raises
        ------
        WorkspaceError
            If a copy is open in another program.
        """
        from sdsf_analysis.publish.returns import write_returns

        return write_returns(self.folders, self.problems())

    def report(
        self,
        progress: Callable[[str], None] | None = None,
        *,
        only: Collection[str] = (),
        audience: str = "partenaires",
    ) -> "Report":
        """Draw the figures, write the workbook and execute the notebooks into ``reports``.

        Parameters
        ----------
        progress : callable, optional
            Told the name of each piece before it is made.
        only : collection of str
            Kinds of pieces: ``figures``, ``classeur``, ``fiches``, ``notebooks``; all without it.
        audience : {"partenaires", "public", "interne"}
            For whom the workbook is made.

        Raises
        ------
        QuestionError
            If a kind or an audience does not exist; the message lists them.
        """
        from sdsf_analysis.publish.reports import publish

        return publish(self.pieces(only, audience), progress=progress)

    def pieces(self, only: Collection[str] = (), audience: str = "partenaires") -> "list[Piece]":
        """List what `report` makes, see there."""
        from sdsf_analysis.publish.reports import pieces
        from sdsf_analysis.publish.workbook import Edition

        edition = Edition(
            schema_name=self.settings.schema_name,
            on=self.settings.reference_date,
            threshold=self.settings.secrecy.threshold,
            audience=audience,
            fictitious=self.fictitious,
            inputs=self.manifest["inputs"],
            recipes=self.recipes,
        )
        return pieces(self.folders, self.tables, self.settings, edition, only)

    def sql(self, query: str, on: "Day | None" = None) -> "pd.DataFrame":
        """Answer a question in SQL (DuckDB) on the tidy tables and the indicators, see `query.sql`.

        Parameters
        ----------
        query : str
            One question.
        on : str or datetime.date, optional
            Date of reference of the indicators; the one of ``sdsf.toml`` without it.

        Raises
        ------
        QuestionError
            If it gets no answer: DuckDB's message, then the tables and their columns.
        WorkspaceError
            If the tables are not built yet.

        Examples
        --------
        >>> ws = open_workspace(".")  # doctest: +SKIP
        >>> ws.sql("select kind, count(*) from offer group by kind")  # doctest: +SKIP
        """
        from sdsf_analysis.query import sql

        return sql(self.tables, query, on or self.settings.reference_date)

    def problems(self) -> list[Problem]:
        """Problems of the last build, in the order of the files."""
        names = [name for name in COLUMNS if name != "severity"]
        rows = self.tables.problems[names].fillna("").to_dict("records")
        return [Problem(**{str(name): value for name, value in row.items()}) for row in rows]

    def requests(self, on: "Day | None" = None) -> "pd.DataFrame":
        """Say of each request of ``demandes.csv`` whether its file is there, see `requests_followed`.

        Parameters
        ----------
        on : str or datetime.date, optional
            The date of reference of ``sdsf.toml`` without it.

        Examples
        --------
        >>> ws = open_workspace(".")  # doctest: +SKIP
        >>> ws.requests().query("state == 'late'")  # doctest: +SKIP
        """
        from sdsf_analysis.indicators.requests import requests_followed

        return requests_followed(self.tables, on or self.settings.reference_date)

    def partner_files(self, on: "Day | None" = None) -> "pd.DataFrame":
        """Give what `requests` gives, and the files received that nobody asked for, see `partner_files`."""
        from sdsf_analysis.publish.partners import partner_files

        return partner_files(self.requests(on), self.tables.problems, self.manifest["inputs"], self.recipes)

    def reminders(self, on: "Day | None" = None) -> dict[str, str]:
        """Write the message that reminds each partner of what is late or to correct, ready to copy.

        Examples
        --------
        >>> ws = open_workspace(".")  # doctest: +SKIP
        >>> print(ws.reminders()["Caf de l'Ain"])  # doctest: +SKIP
        """
        from sdsf_analysis.indicators.measures import read_date
        from sdsf_analysis.publish.reminders import Letterhead, reminders

        day = read_date(on or self.settings.reference_date).date()
        head = Letterhead(self.settings.schema_name, day, self.titles, self.fictitious)
        return reminders(self.requests(day), self.problems(), head)

    @property
    def recipes(self) -> "tuple[Recipe, ...]":
        """Kinds of files that the workspace reads."""
        from sdsf_analysis.recipes.recipe import all_recipes

        return all_recipes(self.folders.recipes)

    @property
    def titles(self) -> dict[str, str]:
        """French titles of the kinds of files."""
        return {recipe.name: recipe.title for recipe in self.recipes}

    def trace(
        self,
        name: str,
        /,
        *,
        column: str | None = None,
        on: "Day | None" = None,
        by: str = "epci",
        **given: object,
    ) -> "pd.DataFrame":
        """Find the cells behind the values of a table, or behind an indicator with its usual options.

        Parameters
        ----------
        name : str
            A table, or an indicator.
        column : str, optional
            Column of the table to explain; all of them without it.
        on : str or datetime.date, optional
            Day of an indicator; the date of reference of ``sdsf.toml`` without it.
        by : str
            Level of the ``territory`` of an indicator.
        **given
            Column → value that the rows of the table bear: ``service="…"``. For an indicator, ``territory``,
            and a column of what it reads: ``service``, ``fund``, ``measure``…

        Returns
        -------
        pandas.DataFrame
            One row per cell: table, key, column, value, source, sheet, cell, found, origin.

        Raises
        ------
        QuestionError
            If the table, a column or the day does not exist, no row bears these values, or no file gave them.

        Examples
        --------
        >>> ws = open_workspace(".")  # doctest: +SKIP
        >>> ws.trace("offer", service="s-001", column="capacity")  # doctest: +SKIP
        """
        from sdsf_analysis.build.trace import trace
        from sdsf_analysis.indicators.evidence import TRACED
        from sdsf_analysis.indicators.trail.sources import SOURCES

        if name in SOURCES:
            from sdsf_analysis.query.tracing import trace_read

            day = on or self.settings.reference_date
            return trace_read(self.tables, name, day, by, column=column, given=given)
        if name not in TRACED:
            if on is not None:
                given |= {"on": on}
            return trace(self.tables, name, given, column, [*TRACED, *SOURCES])
        return self._trace_indicator(name, on or self.settings.reference_date, by, given)

    def _trace_indicator(self, name: str, on: "Day", by: str, given: dict[str, object]) -> "pd.DataFrame":
        import pandas as pd

        from sdsf_analysis.build.trace import trace_rows
        from sdsf_analysis.indicators.evidence import rows_behind

        territory = given.pop("territory", None)
        if given:
            raise QuestionError(f"{name} se demande par territory, on et by, pas par {', '.join(given)}.")
        rows = rows_behind(name, self.tables, on, by, None if territory is None else str(territory))
        found = [trace_rows(self.tables, table, same) for table, same in rows.items() if len(same)]
        if not found:
            raise QuestionError(
                "Aucune convention n'est en vigueur ce jour-là : l'indicateur ne repose sur rien."
            )
        return pd.concat(found, ignore_index=True)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the last build was made of."""
        path = self.folders.tables / MANIFEST
        if not path.is_file():
            raise self._not_built()
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return content

    @property
    def fictitious(self) -> bool:
        """Whether some file says that its data are fictitious."""
        return bool(self.manifest["fictitious"])

    def _load(self, name: str) -> "pd.DataFrame":
        import pandas as pd

        path = self.folders.tables / f"{name}.parquet"
        if not path.is_file():
            raise self._not_built()
        return table(name).conform(pd.read_parquet(path, engine="pyarrow"))

    def _not_built(self) -> WorkspaceError:
        return WorkspaceError(
            f"Les tables de {self.folders.root} ne sont pas encore construites : "
            f"lancer « {command_name()} build »."
        )


def open_workspace(folder: str | Path | None = None) -> Workspace:
    """Open a workspace.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        A folder inside it; the current one by default.

    Raises
    ------
    WorkspaceError
        If neither the folder nor a parent holds ``sdsf.toml``, or if it is faulty.

    Examples
    --------
    >>> open_workspace("/")
    Traceback (most recent call last):
    sdsf_analysis.errors.WorkspaceError: Aucun espace de travail ici : sdsf.toml n'est ni dans ...
    """
    return Workspace(find_workspace(start=Path(folder) if folder is not None else None))
