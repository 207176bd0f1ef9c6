"""Notebooks executed and turned into pages: one file each, without code, that opens without internet."""

import asyncio
import os
import re
import sys
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from sdsf_analysis.errors import SdsfError
from sdsf_analysis.model.french import spaced

PARAMETERS_TAG = "parameters"
CELL_TIMEOUT_S = 600
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_LOADED = re.compile(
    r"""(?:<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)=["']?|url\(["']?|@import\s+["'])(https?:)?//"""
)
# what a page shows, between two tags
_TEXT = re.compile(">[^<>]+<")


class _Kernel(AsyncKernelManager):
    """The interpreter that runs this very code, whether or not Jupyter knows of it."""

    @property
    def kernel_spec(self) -> KernelSpec:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        command += ["--HistoryManager.enabled=False", "--log-level=ERROR"]
        return KernelSpec(argv=command, display_name="Python", language="python")


def execute(notebook: Path, output: Path, parameters: Mapping[str, object], workspace: Path) -> Path:
    """Run a notebook from top to bottom and write it as one page without code.

    Parameters
    ----------
    notebook : pathlib.Path
        The notebook; it is not changed.
    output : pathlib.Path
        Folder of the page, made if needed; nothing is written elsewhere.
    parameters : mapping of str to object
        Values that replace those of the cell tagged ``parameters``: texts, numbers, booleans, dates, paths.
    workspace : pathlib.Path
        Workspace given to the notebook, under the name ``workspace``.

    Returns
    -------
    pathlib.Path
        The page, named after the notebook.

    Raises
    ------
    SdsfError
        If the notebook cannot be read, has no cell tagged ``parameters``, or stops on an error; it is
        then kept, with its error (.erreur.ipynb), where the page would be.
    """
    page = output / f"{notebook.stem}.html"
    # Never the notebook's own name: the folder may be the same
    stopped = output / f"{notebook.stem}.erreur.ipynb"
    output.mkdir(parents=True, exist_ok=True)
    # What an earlier run left would pass for this one's
    for old in (page, stopped):
        old.unlink(missing_ok=True)
    content = with_parameters(
        _read(notebook), {**parameters, "workspace": workspace.resolve()}, notebook.name
    )
    try:
        _run(content, notebook.resolve().parent)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        nbformat.write(content, stopped)  # type: ignore[no-untyped-call]
        raise SdsfError(_stopped_message(notebook, stopped, error)) from error
    page.write_text(as_page(content, notebook.stem), encoding="utf-8", newline="\n")
    return page


def with_parameters(content: NotebookNode, parameters: Mapping[str, object], name: str) -> NotebookNode:
    """Insert the values of the parameters after the cell that declares them.

    Parameters
    ----------
    content : nbformat.NotebookNode
        The notebook, changed in place.
    parameters : mapping of str to object
    name : str
        Name of the notebook, for the message.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook.

    Raises
    ------
    SdsfError
        If no cell is tagged ``parameters``.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("on = None", metadata={"tags": ["parameters"]})
    >>> content = nbformat.v4.new_notebook(cells=[cell])
    >>> print(with_parameters(content, {"on": date(2024, 12, 31)}, "a.ipynb").cells[1].source)
    on = '2024-12-31'
    """
    tagged = [at for at, cell in enumerate(content.cells) if PARAMETERS_TAG in cell.metadata.get("tags", [])]
    if not tagged:
        raise SdsfError(
            f"Le carnet {name} n'a pas de cellule étiquetée « {PARAMETERS_TAG} ». "
            "Étiqueter la cellule qui donne les valeurs par défaut."
        )
    lines = [f"{key} = {_literal(value)!r}" for key, value in parameters.items()]
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="injected-parameters")  # type: ignore[no-untyped-call]
    content.cells.insert(tagged[0] + 1, cell)
    return content


def as_page(content: NotebookNode, fallback_title: str) -> str:
    """Turn an executed notebook into one HTML page, without code, that loads nothing.

    Parameters
    ----------
    content : nbformat.NotebookNode
    fallback_title : str
        Title when the notebook has no heading.

    Returns
    -------
    str

    Raises
    ------
    SdsfError
        If something in the notebook would be loaded from the internet.

    Examples
    --------
    >>> content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Couverture par les CTG")])
    >>> "<title>Couverture par les CTG</title>" in as_page(content, "02")
    True
    """
    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_anchor_links=True)  # type: ignore[no-untyped-call]
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    body, _ = exporter.from_notebook_node(_without_warnings(content))
    template = Template((files(__package__) / "page.html").read_text(encoding="utf-8"))
    page = template.substitute(title=escape(_title(content) or fallback_title), body=_spaced(body))
    if found := _LOADED.search(page):
        raise SdsfError(f"La page chargerait un contenu d'internet : {found.group(0)}…. L'enlever du carnet.")
    return page


def _read(notebook: Path) -> NotebookNode:
    try:
        content: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        return content
    except FileNotFoundError as error:
        raise SdsfError(f"Le carnet {notebook.name} n'existe pas dans {notebook.parent}.") from error
    except (OSError, ValueError) as error:
        raise SdsfError(
            f"Le carnet {notebook.name} ne peut pas être lu. Le remplacer par une copie."
        ) from error


def _run(content: NotebookNode, folder: Path) -> None:
    with TemporaryDirectory(prefix="sdsf-") as scratch:
        client = NotebookClient(content, timeout=CELL_TIMEOUT_S, kernel_manager_class=_Kernel)
        client.resources = {"metadata": {"path": str(folder)}}
        # a loop of its own, closed at the end: notebooks run in threads, beside one another
        asyncio.run(client.async_execute(env=_environment(scratch)))


def _environment(scratch: str) -> dict[str, str]:
    """Environment of the kernel: its own files go to a folder that does not outlive it."""
    inherited = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(part for part in (str(_PACKAGE_ROOT), inherited) if part)
    private = dict.fromkeys(
        ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"), scratch
    )
    return {**os.environ, **private, "PYTHONPATH": paths, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _literal(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _title(content: NotebookNode) -> str:
    headings = (
        line for cell in content.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    )
    return next((line.removeprefix("# ").strip() for line in headings if line.startswith("# ")), "")


def _without_warnings(content: NotebookNode) -> NotebookNode:
    """Leave out what Python writes beside the answers: it is not for the reader of the page."""
    kept: NotebookNode = deepcopy(content)
    for cell in kept.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return kept


def _spaced(body: str) -> str:
    """Keep each French sign with its word, in what is read alone."""
    return _TEXT.sub(lambda text: spaced(text.group()), body)


def _stopped_message(notebook: Path, stopped: Path, error: Exception) -> str:
    reason = getattr(error, "evalue", "") or type(error).__name__
    return (
        f"Le carnet {notebook.name} s'est arrêté : {reason} "
        f"Le carnet exécuté, avec son erreur, est dans {stopped.parent.name}/{stopped.name}."
    )
