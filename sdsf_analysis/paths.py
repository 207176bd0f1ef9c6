"""Folders of a workspace and its ``sdsf.toml``."""

import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sdsf_analysis.errors import WorkspaceError, command_name, why

SETTINGS_FILE = "sdsf.toml"
MANIFEST = "manifest.json"
PREVIOUS = ".processed-previous"
_EXPECTED = {
    "departement": 'un code entre guillemets, comme "01", "2A" ou "974"',
    "geography_year": "une année, comme 2026",
    "reference_date": "une date sans guillemets, comme 2024-12-31",
    "threshold": "un nombre entier, 0 ou plus",
    "demo_seed": "un nombre entier",
}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class WorkspaceSection(_Section):
    """``[workspace]``: what the analysis is about."""

    departement: str = Field(pattern=r"^(\d\d|2A|2B|9[78]\d)$")
    schema_name: str = Field(alias="schema")
    geography_year: int
    reference_date: date


class SecrecySection(_Section):
    """``[secrecy]``: below how many persons nothing is published under the EPCI."""

    threshold: int = Field(default=5, ge=0)


class OptionsSection(_Section):
    """``[options]``: what rarely changes."""

    demo_seed: int | None = None


class Settings(_Section):
    """The whole of ``sdsf.toml``."""

    workspace: WorkspaceSection
    sources: dict[str, str] = Field(default_factory=dict)
    secrecy: SecrecySection = SecrecySection()
    priority: dict[str, list[str]] = Field(default_factory=dict)
    options: OptionsSection = OptionsSection()

    @property
    def departement(self) -> str:
        """Official code of the département."""
        return self.workspace.departement

    @property
    def schema_name(self) -> str:
        """Name of the schéma départemental."""
        return self.workspace.schema_name

    @property
    def geography_year(self) -> int:
        """Year of the geography that tables are converted to."""
        return self.workspace.geography_year

    @property
    def reference_date(self) -> date:
        """Date at which questions are answered when none is given."""
        return self.workspace.reference_date


@dataclass(frozen=True)
class Folders:
    """Where a workspace keeps its things."""

    root: Path

    @property
    def raw(self) -> Path:
        """Files exactly as received."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Tidy tables, always rebuildable."""
        return self.root / "data" / "processed"

    @property
    def tables(self) -> Path:
        """Where the tables of the last whole build are.

        ``processed``, or what it replaces: on a system that cannot swap two folders, a build killed at the
        wrong instant leaves the previous tables beside.
        """
        previous = self.processed.with_name(PREVIOUS)
        is_between = not (self.processed / MANIFEST).is_file() and (previous / MANIFEST).is_file()
        return previous if is_between else self.processed

    @property
    def returns(self) -> Path:
        """Annotated copies to send back to the partners: generated, read by nothing."""
        return self.root / "data" / "returns"

    @property
    def notebooks(self) -> Path:
        """Notebooks, thin and without outputs."""
        return self.root / "notebooks"

    @property
    def recipes(self) -> Path:
        """Recipes of the workspace's own."""
        return self.root / "recipes"

    @property
    def reports(self) -> Path:
        """What is published: generated."""
        return self.root / "reports"


def find_workspace(given: Path | None = None, start: Path | None = None) -> Folders:
    """Find the workspace to work in.

    Parameters
    ----------
    given : pathlib.Path, optional
        The folder named by the user.
    start : pathlib.Path, optional
        Where to look from: the nearest parent that holds ``sdsf.toml``. Without it, from the current folder,
        then the folder named by the environment variable ``SDSF_HOME`` (set by ``run.py``).

    Raises
    ------
    WorkspaceError
        If no folder holds ``sdsf.toml``.
    """
    if given is not None:
        return _require(given.resolve())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return Folders(folder)
    home = os.environ.get("SDSF_HOME")
    # who names a folder must not be answered from another
    if home and start is None:
        return _require(Path(home).resolve())
    raise WorkspaceError(
        f"Aucun espace de travail ici : {SETTINGS_FILE} n'est ni dans {here} ni au-dessus. "
        "Se placer dans l'espace de travail, ou le nommer avec --workspace DOSSIER."
    )


def _require(folder: Path) -> Folders:
    if not folder.is_dir():
        raise WorkspaceError(f"Le dossier {folder} n'existe pas : vérifier le chemin donné à --workspace.")
    if not (folder / SETTINGS_FILE).is_file():
        raise WorkspaceError(
            f"Le dossier {folder} n'est pas un espace de travail : il ne contient pas {SETTINGS_FILE}. "
            f"En créer un avec « {command_name()} new DÉPARTEMENT DOSSIER »."
        )
    return Folders(folder)


def read_settings(folders: Folders) -> Settings:
    """Read and check ``sdsf.toml``.

    Raises
    ------
    WorkspaceError
        If the file cannot be read, a key is missing, unknown or of the wrong kind; the French sentence
        names the key and the nearest that exists.
    """
    path = folders.root / SETTINGS_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(
            f"{path} n'est pas écrit comme un fichier TOML ({_toml_place(str(error))}). Vérifier : "
            "une clé, le signe =, une valeur ; les textes et les codes sont entre guillemets."
        ) from None
    except UnicodeDecodeError:
        raise WorkspaceError(
            f"{path} n'est pas enregistré en UTF-8 : l'enregistrer dans ce codage."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            f"{path} ne peut pas être ouvert ({why(error)}) : vérifier qu'il est accessible."
        ) from None
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise WorkspaceError(_explain(error, path)) from None


def _toml_place(message: str) -> str:
    place = re.search(r"line (\d+), column (\d+)", message)
    return f"ligne {place[1]}, colonne {place[2]}" if place else "à la fin"


def _explain(error: ValidationError, path: Path) -> str:
    sentences = [_sentence(dict(item)) for item in error.errors()]
    return f"{path} est à corriger. " + " ".join(sentences)


def _sentence(item: dict[str, Any]) -> str:
    *sections, key = [str(part) for part in item["loc"] if isinstance(part, str)]
    where = f" de [{sections[0]}]" if sections else ""
    name = f"La clé « {key} »{where}" if sections else f"La rubrique [{key}]"
    if item["type"] == "missing":
        return f"{name} manque."
    if item["type"] == "extra_forbidden":
        return f"{name} est inconnue{_nearest(key, sections)}."
    return f"{name} vaut {_as_toml(item['input'])} ; écrire {_expected(key, sections)}."


def _expected(key: str, sections: list[str]) -> str:
    if not sections:
        return f"[{key}] seul sur sa ligne, puis une clé par ligne"
    by_section = {"sources": "le nom d'un fichier entre guillemets", "priority": "une liste de textes"}
    return by_section.get(sections[0]) or _EXPECTED.get(key, "un texte entre guillemets")


def _as_toml(value: object) -> str:
    """Write a faulty value as its author did."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _nearest(key: str, sections: list[str]) -> str:
    models: dict[str, type[_Section]] = {
        "workspace": WorkspaceSection,
        "secrecy": SecrecySection,
        "options": OptionsSection,
    }
    model = models.get(sections[0] if sections else "", Settings)
    known = [field.alias or name for name, field in model.model_fields.items()]
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    if near:
        return f" ; voulait-on écrire « {near[0]} » ?"
    return f" ; {'clés' if sections else 'rubriques'} possibles : {', '.join(known)}"
