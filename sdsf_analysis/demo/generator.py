"""Write the fictitious partners' files of any département, and the list of the faults planted in them."""

import csv
from collections.abc import Callable
from pathlib import Path

from sdsf_analysis.demo.cells import Document, Fault, Row
from sdsf_analysis.demo.delimited import write_delimited
from sdsf_analysis.demo.excel import write_workbook
from sdsf_analysis.demo.kinds import (
    alerts,
    authorities,
    beneficiaries,
    births,
    census,
    childminders,
    ctg,
    eaje,
    eaje_before,
    france_services,
    funding,
    home_help,
    leisure,
    mam,
    micro_creches,
    msa,
    officers,
    parenting,
    plan,
    pmi_eaje,
    preschool,
    projects,
    published,
    published_upper,
    relays,
    sectors,
    social_life,
    youth,
    zonings,
)
from sdsf_analysis.demo.layouts import FICTITIOUS, a_year_before, document, filled, is_asked, variants
from sdsf_analysis.demo.opendocument import write_opendocument
from sdsf_analysis.demo.requests import requests_document
from sdsf_analysis.demo.setting import FaultLevel, Setting
from sdsf_analysis.model import rulings as rulings_file
from sdsf_analysis.territories import reference

FAULTS_FILE = "demo_faults.csv"
SITUATION = "31/12/2024"
PLAN_DATES = {"baseline": "31/12/2022", "midterm": "30/06/2024", "target": "31/12/2025"}
ROWS: dict[str, Callable[[Setting], dict[str, list[Row]]]] = {
    "ctg": ctg.rows,
    "officers": officers.rows,
    "eaje": eaje.rows,
    "micro_creches": micro_creches.rows,
    "rpe": relays.rows,
    "parenting": parenting.rows,
    "alsh": leisure.rows,
    "avs": social_life.rows,
    "youth": youth.rows,
    "home_help": home_help.rows,
    "allocataires": beneficiaries.rows,
    "msa": msa.rows,
    "pmi": childminders.rows,
    "mam": mam.rows,
    "preschool": preschool.rows,
    "pmi_eaje": pmi_eaje.rows,
    "insee_ages": census.rows,
    "insee_births": births.rows,
    "txcouv": published.rows,
    "txcouv_epci": published_upper.epci_rows,
    "txcouv_dep": published_upper.departement_rows,
    "plan": plan.rows,
    "plan_ctg": plan.ctg_rows,
    "plan_followed": plan.followed_rows,
    "france_services": france_services.rows,
    "secteurs": sectors.rows,
    "financements": funding.rows,
    "ida": alerts.rows,
    "zonages": zonings.rows,
    "projets": projects.rows,
    "competences": authorities.rows,
}
# lists sent a year before too: what changed since shows in the tables
A_YEAR_BEFORE: dict[str, Callable[[Setting], dict[str, list[Row]]]] = {"eaje": eaje_before.rows}
REASON = "Changement de gestionnaire au 1er janvier 2024, confirmé par la Caf."
# asked of partners, and of which no one may make up the content
BLANKS = ("indicateurs_communs",)
WRITERS: dict[str, Callable[[Document, Path], list[Fault]]] = {
    ".xlsx": write_workbook,
    ".ods": write_opendocument,
    ".csv": write_delimited,
}


def write_demo(departement: str, folder: Path, *, seed: int = 1, faults: FaultLevel = "usual") -> list[Path]:
    """Write the fictitious partners' files of a département.

    Parameters
    ----------
    departement : str
        Code of a département, for instance ``"01"``.
    folder : Path
        The workspace: files go to ``data/raw``, the list of faults to ``demo_faults.csv``.
    seed : int
        Seed of the draws: same seed, same cells.
    faults : {"usual", "all"}
        With ``"all"``, faults that make the build refuse a cell too.

    Returns
    -------
    list of Path
        The files written, the list of faults last.

    Raises
    ------
    TerritoryError
        If the département does not exist.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_demo("90", Path(folder))][-1]
    'demo_faults.csv'
    """
    setting = Setting(departement, seed, faults)
    words = _words(departement, SITUATION) | {"population_year": str(setting.population_year)}
    planned = plan.planned_ctg(setting)
    words |= {"ctg": f"{planned.number} ({planned.perimeter.name})"}
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    planted: list[Fault] = []
    paths: list[Path] = []
    today: dict[str, Document] = {}
    for kind, rows in ROWS.items():
        complete = today[kind] = filled(document(kind, words, drawn_layout(kind, setting)), rows(setting))
        planted += _write(complete, raw)
        paths.append(raw / complete.name)
    for kind, rows in A_YEAR_BEFORE.items():
        complete = filled(a_year_before(document(kind, words, drawn_layout(kind, setting))), rows(setting))
        planted += [*_write(complete, raw), *eaje_before.came_and_went(today[kind], complete)]
        paths.append(raw / complete.name)
    register = requests_document(setting)
    planted += _write(register, raw)
    rulings = raw / rulings_file.FILE
    rulings.write_text(_ruled(planted, setting), encoding="utf-8", newline="")
    return [*paths, raw / register.name, rulings, _write_faults(planted, folder / FAULTS_FILE)]


def write_templates(folder: Path, departement: str) -> list[Path]:
    """Write the files to ask of partners, with titles and headers and no row.

    Parameters
    ----------
    folder : Path
        Where to write them.
    departement : str
        Code of the département that the titles name.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    TerritoryError
        If the département does not exist.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_templates(Path(folder), "42")[0].name
    'Suivi CTG.xlsx'
    """
    words = _words(departement, "__/__/____") | {"population_year": "____", "ctg": "CTG n° __"}
    folder.mkdir(parents=True, exist_ok=True)
    blanks = [document(kind, words, is_template=True) for kind in (*ROWS, *BLANKS) if is_asked(kind)]
    for blank in blanks:
        _write(blank, folder)
    return [folder / blank.name for blank in blanks]


def drawn_layout(kind: str, setting: Setting) -> int:
    """Layout in which the sender of a kind of file lays it out in this département.

    Examples
    --------
    >>> drawn_layout("ctg", Setting("01"))
    1
    """
    return setting.dice("layout", kind).between(0, variants(kind) - 1)


def _ruled(planted: list[Fault], setting: Setting) -> str:
    """The analyst's file, where one ruling says that two numbers are one crèche."""
    number = eaje.changes(setting).renumbered
    text = rulings_file.template()
    for one in (fault for fault in planted if fault.code == "decision_applied"):
        asked = (one.source, one.sheet, one.cell, "service_renumbered", number)
        told = (str(rulings_file.Decision.SAME), eaje_before.former_number(number), REASON)
        text += rulings_file.csv_line((*asked, *told, FICTITIOUS, "2025-01-15")) + "\r\n"
    return text


def _write(complete: Document, folder: Path) -> list[Fault]:
    return WRITERS[Path(complete.name).suffix](complete, folder)


def _words(departement: str, situation: str) -> dict[str, str]:
    of = str(reference.departement_row(departement)["of"])
    return {"of": of, "date": situation, **PLAN_DATES}


def _write_faults(planted: list[Fault], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(["source", "sheet", "cell", "code", "remark"])
        writer.writerows([item.source, item.sheet, item.cell, item.code, item.remark] for item in planted)
    return path
