"""A new workspace for any département: settings, folders, notebooks, templates of the files to ask for."""

import shutil
from datetime import date
from pathlib import Path
from typing import Literal

import sdsf_analysis
from sdsf_analysis.errors import WorkspaceError, why
from sdsf_analysis.model.requests import REQUESTS, requests_template
from sdsf_analysis.model.rulings import FILE, template
from sdsf_analysis.paths import SETTINGS_FILE, Folders
from sdsf_analysis.territories import reference

Faults = Literal["usual", "all"]
DEMO_DATE = date(2024, 12, 31)
DEMO_SEED = 1
TEMPLATES = "modeles"

_SETTINGS = """\
# Réglages de cet espace de travail. Après un changement, relancer la commande « run ».

[workspace]
departement = "{departement}"
schema = "{schema}"
# Année du découpage des communes et des EPCI.
geography_year = {year}
# Date à laquelle les questions sont posées quand aucune n'est donnée.
reference_date = {on}

# Quand deux fichiers disent la même chose : recette = "fichier qui compte".
[sources]

# Rien n'est publié sous l'EPCI qui porte sur moins de personnes.
[secrecy]
threshold = 5

[priority]

[options]
{options}"""
_IGNORED = """\
data/raw/
data/processed/
data/returns/
reports/
"""
_TEMPLATES_README = """\
Modèles des fichiers à demander aux partenaires : chacun porte les intitulés que l'outil reconnaît.
Un fichier reçu avec d'autres intitulés se dépose tel quel dans data/raw : l'outil dira ce qui lui manque.
"""


def new_workspace(departement: str, folder: Path) -> Folders:
    """Make an empty workspace, with templates of the files to ask of partners.

    Parameters
    ----------
    departement : str
        Code of the département.
    folder : pathlib.Path
        Where to make it; absent or empty.

    Raises
    ------
    WorkspaceError
        If the folder already holds something.
    TerritoryError
        If the département does not exist.
    """
    from sdsf_analysis.demo import write_templates

    reference.communes(reference.YEARS[-1], departement)
    folders = _prepare(folder)
    of = reference.departement_row(departement)["of"]
    last_day = date(reference.YEARS[-1] - 1, 12, 31)
    _write_settings(
        folders, departement, f"Schéma départemental des services aux familles {of}", last_day, ""
    )
    (folders.root / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    templates = folders.root / TEMPLATES
    write_templates(templates, departement)
    (templates / "LISEZMOI.txt").write_text(_TEMPLATES_README, encoding="utf-8")
    return folders


def demo_workspace(departement: str, folder: Path, faults: Faults = "usual") -> Folders:
    """Make a workspace filled with fictitious partners' files over the real geography.

    Parameters
    ----------
    departement : str
        Code of the département.
    folder : pathlib.Path
        Where to make it; absent or empty.
    faults : {"usual", "all"}
        Faults planted in the files; ``all`` adds some that the build refuses.

    Raises
    ------
    WorkspaceError
        If the folder already holds something.
    TerritoryError
        If the département does not exist.
    """
    from sdsf_analysis.demo import write_demo

    reference.communes(reference.YEARS[-1], departement)
    of = reference.departement_row(departement)["of"]
    folders = _prepare(folder)
    _write_settings(
        folders,
        departement,
        f"Schéma départemental des services aux familles {of} 2022-2025",
        DEMO_DATE,
        f"# Données fictives : graine du générateur.\ndemo_seed = {DEMO_SEED}\n",
    )
    write_demo(departement, folders.root, seed=DEMO_SEED, faults=faults)
    return folders


def _prepare(folder: Path) -> Folders:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} existe déjà et n'est pas vide : choisir un autre dossier.")
    folders = Folders(folder.resolve())
    try:
        folders.raw.mkdir(parents=True)
        (folders.raw / FILE).write_text(template(), encoding="utf-8", newline="")
        (folders.raw / REQUESTS).write_text(requests_template(), encoding="utf-8", newline="")
        shutil.copytree(shipped_notebooks(), folders.notebooks, ignore=shutil.ignore_patterns(".*"))
    except OSError as error:
        raise WorkspaceError(
            f"{folder} ne peut pas être créé ({why(error)}) : choisir un dossier où l'on peut écrire."
        ) from None
    return folders


def _write_settings(folders: Folders, departement: str, schema: str, on: date, options: str) -> None:
    text = _SETTINGS.format(
        departement=departement, schema=schema, year=reference.YEARS[-1], on=on.isoformat(), options=options
    )
    (folders.root / SETTINGS_FILE).write_text(text, encoding="utf-8", newline="\n")


def shipped_notebooks() -> Path:
    """Folder of the notebooks that come with the package, installed or beside it."""
    package = Path(sdsf_analysis.__file__).parent
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"
