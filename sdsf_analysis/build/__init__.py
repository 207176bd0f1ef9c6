"""From the files received to the tidy tables, the ledger and the problems."""

import json
import platform
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow

from sdsf_analysis import __version__
from sdsf_analysis.build.accounts import accounts
from sdsf_analysis.build.answers import answered
from sdsf_analysis.build.assemble import assemble_tables
from sdsf_analysis.build.claims import check_sources, settle_claims
from sdsf_analysis.build.decisions import read_decisions
from sdsf_analysis.build.drift import Face, drift, face, replaced
from sdsf_analysis.build.intake import Intake, Reader, raw_files
from sdsf_analysis.build.orders import Desk, Orders
from sdsf_analysis.build.pseudonyms import Pseudonyms
from sdsf_analysis.build.register import Request, read_register
from sdsf_analysis.build.store import write_tables
from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.model.problems import Problem, Severity
from sdsf_analysis.model.tables import table
from sdsf_analysis.paths import MANIFEST, Folders, Settings
from sdsf_analysis.recipes.recipe import all_recipes
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.names import CommuneIndex
from sdsf_analysis.territories.vintages import infer_year

Asked = tuple[list[Request], list[Problem]]


@dataclass(frozen=True)
class BuildResult:
    """What a build made.

    Attributes
    ----------
    frames : dict
        Tidy tables by name.
    problems : list of Problem
        In the order of the files.
    manifest : dict
        Inputs with their sha256, recipes, geography year, versions.
    """

    frames: dict[str, pd.DataFrame]
    problems: list[Problem]
    manifest: dict[str, Any]

    def __repr__(self) -> str:
        filled = sum(len(frame) > 0 for frame in self.frames.values())
        return f"BuildResult(examined={self.examined}, tables={filled}, problems={len(self.problems)})"

    @property
    def examined(self) -> int:
        """Number of files received."""
        return len(self.manifest["inputs"])

    @property
    def read(self) -> int:
        """Number of files that gave rows."""
        return len(self._that_gave_rows)

    @property
    def refused(self) -> int:
        """Number of files that gave no row and in which something was refused."""
        in_error = {problem.source for problem in self.problems if problem.severity is Severity.ERROR}
        examined = {entry["source"] for entry in self.manifest["inputs"]}
        return len(in_error & examined - self._that_gave_rows)

    @property
    def unused(self) -> int:
        """Number of the other files: set aside for another one, or without a row of the département."""
        return self.examined - self.read - self.refused

    @property
    def _that_gave_rows(self) -> set[str]:
        return {entry["source"] for entry in self.manifest["inputs"] if any(entry["rows"].values())}


def build(folders: Folders, settings: Settings) -> BuildResult:
    """Read every file of ``data/raw`` and write ``data/processed``.

    Parameters
    ----------
    folders : Folders
        The workspace.
    settings : Settings
        Its ``sdsf.toml``.

    Raises
    ------
    TerritoryError
        If the département or the geography year does not exist.
    WorkspaceError
        If ``data/raw`` is missing, or ``[sources]`` names something unknown.
    RecipeError
        If a recipe of the workspace is faulty.
    """
    reference.communes(settings.geography_year, settings.departement)
    if not folders.raw.is_dir():
        raise WorkspaceError(
            f"Le dossier {folders.raw} n'existe pas : le créer et y déposer les fichiers reçus."
        )
    recipes = all_recipes(folders.recipes)
    index = CommuneIndex(settings.departement, settings.geography_year)
    pseudonyms = Pseudonyms(folders.raw, settings.options.demo_seed)
    files = list(raw_files(folders.raw))
    check_sources(settings.sources, recipes, [source for _, source in files])
    reader = Reader(recipes, index, pseudonyms)
    desk = Desk(*read_decisions(folders.raw))
    asked = read_register(folders.raw, recipes)
    intakes, frames, problems, balance = _read_and_rule(files, reader, desk, settings, asked)
    before = replaced(intakes, _previous_inputs(folders.tables / MANIFEST))
    problems = desk.close([*problems, *drift(intakes, before)])
    frames["problems"] = _problems_frame(problems)
    manifest = _manifest(intakes, settings, frames, before) | {"accounts": balance}
    write_tables(frames, manifest, folders.processed)
    return BuildResult(frames, problems, manifest)


def _read_and_rule(
    files: list[tuple[Path, str]], reader: Reader, desk: Desk, settings: Settings, asked: Asked
) -> tuple[list[Intake], dict[str, pd.DataFrame], list[Problem], list[dict[str, Any]]]:
    """Read and assemble, again as long as some ruling finds the problem that it settles."""
    read: dict[str, tuple[Orders, Intake]] = {}
    while True:
        for path, source in files:
            orders = desk.of(source)
            if source not in read or read[source][0] != orders:
                read[source] = orders, reader.read(path, source, orders)
        # whoever sets a file aside empties its intake
        intakes = [replace(intake) for _, intake in read.values()]
        problems = [problem for intake in intakes for problem in intake.problems]
        if desk.hear(problems):
            continue
        claims = settle_claims(intakes, settings.sources)
        requests, doubts = asked
        register, unclear = answered(requests, intakes, reader.recipes)
        frames, more, fates = assemble_tables([*intakes, register], settings, reader.index, desk.identities())
        balance, lost = accounts(intakes, fates)
        problems += [*claims, *more, *doubts, *unclear, *lost]
        if not desk.hear(problems):
            return intakes, frames, problems, balance


def _previous_inputs(path: Path) -> list[Face]:
    """Inputs of the previous build, none where there was none."""
    try:
        inputs: list[Face] = json.loads(path.read_text(encoding="utf-8"))["inputs"]
    except (OSError, ValueError, KeyError):
        return []
    return inputs


def _problems_frame(problems: list[Problem]) -> pd.DataFrame:
    return table("problems").conform(pd.DataFrame([problem.record() for problem in problems]))


def _manifest(
    intakes: list[Intake], settings: Settings, frames: dict[str, pd.DataFrame], before: dict[str, Face]
) -> dict[str, Any]:
    return {
        "versions": {
            "sdsf_analysis": __version__,
            "python": platform.python_version(),
            "pandas": pd.__version__,
            "pyarrow": pyarrow.__version__,
        },
        "departement": settings.departement,
        "schema": settings.schema_name,
        "geography_year": settings.geography_year,
        "reference_date": settings.reference_date.isoformat(),
        "fictitious": [intake.source for intake in intakes if intake.is_fictitious],
        "inputs": [
            {
                **face(intake),
                "format": intake.format,
                "encoding": intake.encoding,
                "geography": _geography_told(intake),
                "rows": {name: len(rows) for name, rows in intake.rows.items()},
                "replaces": before.get(intake.source),
            }
            for intake in intakes
        ],
        "tables": {name: len(frame) for name, frame in frames.items()},
    }


def _geography_told(intake: Intake) -> dict[str, Any] | None:
    """Geography year of the codes of a file: as its recipes declare, else as the codes tell, and how sure."""
    if intake.geography_years:
        return {"years": sorted(intake.geography_years), "certainty": "declared", "message": ""}
    if not intake.codes:
        return None
    told = infer_year(intake.codes)
    return {"years": list(told.years), "certainty": told.certainty, "message": told.message}
