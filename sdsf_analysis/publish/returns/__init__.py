"""``data/returns``: a copy of each faulty file, coloured and commented, to send back to its sender."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sdsf_analysis import __version__
from sdsf_analysis.build.intake import raw_files
from sdsf_analysis.errors import ReadingError, WorkspaceError, command_name, why
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.paths import Folders
from sdsf_analysis.publish.returns.annotating import annotate
from sdsf_analysis.publish.returns.packages import UnusualWorkbook
from sdsf_analysis.publish.returns.remarks import Remark, remarks
from sdsf_analysis.publish.returns.rewriting import rewrite
from sdsf_analysis.publish.whole_file import replace_file
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.sniffing import sniff

ENDING = " (à corriger)"
README = "LISEZMOI.txt"
README_TEXT = (
    "Copies des fichiers reçus dont des cellules sont à revoir, à renvoyer à leur expéditeur.\n"
    "Les cellules en cause y sont colorées et commentées ; la feuille « À corriger » les énumère.\n"
    "Ces copies sont refaites à chaque « {command} build » : ne rien y modifier. Rien ne les relit.\n"
    "Elles contiennent les données reçues, y compris personnelles : ne les envoyer qu'à leur expéditeur.\n"
)
_RECORD = ".copies.json"
_ASIDE = ".retour-"


class _Faulty(NamedTuple):
    """A file received with cells to look at again, and the name of its copy without its ending."""

    path: Path
    source: str
    remarks: list[Remark]
    stem: str

    @property
    def due(self) -> str:
        """What its copy depends on: the file, what is said of it, the version that says it."""
        digest = hashlib.sha256(self.path.read_bytes())
        digest.update(repr((__version__, self.stem, self.remarks)).encode("utf-8"))
        return digest.hexdigest()


class _Copy(NamedTuple):
    """What a copy was made of, its path under the folder, its content."""

    due: str
    name: str
    content: str


def write_returns(folders: Folders, problems: Iterable[Problem]) -> list[Path]:
    """Write ``data/returns`` anew: one copy for each file received with a cell to look at again.

    A copy whose input and problems did not change is left as it is; one that is no longer due is removed.

    Parameters
    ----------
    folders : Folders
        The workspace.
    problems : iterable of Problem
        Problems of the last build.

    Returns
    -------
    list of pathlib.Path
        The copies, in the order of the files received.

    Raises
    ------
    WorkspaceError
        If the folder cannot be written, or a copy is open in another program.

    Examples
    --------
    >>> write_returns(Folders(Path("/nowhere")), [])
    []
    """
    told = remarks(problems)
    received = {source: path for path, source in raw_files(folders.raw) if source in told}
    stems = _stems(received)
    faulty = [_Faulty(path, source, told[source], stems[source]) for source, path in received.items()]
    folder = folders.returns
    if not faulty and not folder.is_dir():
        return []
    try:
        return _write(folder, faulty)
    except OSError as error:
        raise WorkspaceError(
            f"Les copies de {folder} n'ont pas pu être refaites ({why(error)}) : fermer celles qui sont "
            "ouvertes dans un autre logiciel, puis relancer."
        ) from None


def _write(folder: Path, faulty: list[_Faulty]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    known = _known(folder)
    copies: dict[str, _Copy] = {}
    for one in faulty:
        due = one.due
        copy = known.get(one.source)
        if copy is None or copy.due != due or _sha256(folder / copy.name) != copy.content:
            copy = _make(folder, one, due)
        if copy:
            copies[one.source] = copy
    _tidy(folder, {copy.name for copy in copies.values()})
    replace_file(folder / README, README_TEXT.format(command=command_name()).encode("utf-8"), _ASIDE)
    replace_file(folder / _RECORD, json.dumps(copies, ensure_ascii=False, indent=1).encode("utf-8"), _ASIDE)
    return [folder / copy.name for copy in copies.values()]


def _make(folder: Path, one: _Faulty, due: str) -> _Copy | None:
    """Write one copy; None where the file cannot be opened, which its problems say already."""
    try:
        content, suffix = _annotated(one)
    except ReadingError:
        return None
    name = f"{one.stem}{ENDING}{suffix}"
    replace_file(folder / name, content, _ASIDE)
    return _Copy(due, name, hashlib.sha256(content).hexdigest())


def _annotated(one: _Faulty) -> tuple[bytes, str]:
    """Content and suffix of a copy: the workbook itself where it can be annotated, else written anew."""
    source = PurePosixPath(one.source)
    if sniff(one.path) == "xlsx":
        try:
            suffix = ".xlsm" if source.suffix.lower() == ".xlsm" else ".xlsx"
            return annotate(one.path, source.name, one.remarks), suffix
        except UnusualWorkbook:
            pass
    return rewrite(open_file(one.path, one.source), source.name, one.remarks), ".xlsx"


def _stems(sources: Iterable[str]) -> dict[str, str]:
    """Source without its suffix; with it where two files of a folder differ by it only."""
    stems = {source: str(PurePosixPath(source).with_suffix("")) for source in sources}
    counts = Counter(stem.casefold() for stem in stems.values())
    return {source: source if counts[stem.casefold()] > 1 else stem for source, stem in stems.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _known(folder: Path) -> dict[str, _Copy]:
    """Copies written by the last build; none where its record is missing or was tampered with."""
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        return {source: _Copy(*map(str, copy)) for source, copy in record.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _tidy(folder: Path, kept: set[str]) -> None:
    """Remove the copies that are no longer due; a file of another name is someone's own."""
    for path in folder.rglob(f"*{ENDING}.xls[xm]"):
        is_lock = path.name.startswith("~$")
        if path.relative_to(folder).as_posix() not in kept and not is_lock:
            path.unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.name.startswith(_ASIDE):
            path.unlink()
