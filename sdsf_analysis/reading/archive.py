"""A zip that holds one table: found among what lies beside it, and unfolded apart from what was received."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.sniffing import DAMAGED, MAX_FILE_BYTES, open_archive
from sdsf_analysis.reading.text import normalise

MAX_MEMBERS = 1_000
TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html")
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
_OF_THE_SYSTEM = ("__macosx", "thumbs.db", "desktop.ini")
# What senders call the description of a table that they put beside it: meta_…, varmod_…, LISEZ-MOI.txt
_ABOUT = re.compile(
    r"(meta|metadonnees?|varmod|dictionnaires?|dico|documentation|notices?|lisez|lisezmoi|readme|lire"
    r"|description|descriptif|variables|licen[cs]e|a lire)\b.*"
)


class Unfolded(NamedTuple):
    """The table of an archive, what describes it in the form of a table, and what was left aside."""

    table: Path
    about: tuple[Path, ...]
    aside: tuple[str, ...]


@contextmanager
def unfold(path: Path) -> Iterator[Unfolded]:
    """Unfold the one table of an archive, and its description, into a folder that is removed afterwards.

    Parameters
    ----------
    path : pathlib.Path
        The archive.

    Raises
    ------
    ReadingError
        If it holds no table or several, another archive, or too much.
    """
    with open_archive(path) as archive, TemporaryDirectory() as folder:
        table, about, aside = _sorted(archive.infolist())
        members = [table, *about]
        if sum(member.file_size for member in members) > MAX_FILE_BYTES:
            raise ReadingError("file_too_large", "L'archive dépasse 300 Mo une fois dépliée.")
        paths = [_write(archive, member, Path(folder) / str(i)) for i, member in enumerate(members)]
        yield Unfolded(paths[0], tuple(paths[1:]), tuple(aside))


def _sorted(infos: list[ZipInfo]) -> tuple[ZipInfo, list[ZipInfo], list[str]]:
    members = [info for info in infos if not _is_noise(info)]
    if len(members) > MAX_MEMBERS:
        raise ReadingError("file_too_large", f"L'archive contient {len(members)} fichiers.")
    nested = [info.filename for info in members if _suffix(info) in ARCHIVES]
    if nested:
        raise ReadingError(
            "file_not_a_table",
            f"L'archive en contient une autre ({_list(nested)}) : les ouvrir, puis déposer le tableau seul.",
        )
    readable = [info for info in members if _suffix(info) in TABLES]
    tables = [info for info in readable if not is_about(info.filename)] or readable
    tables = _but_texts(tables)
    if len(tables) != 1:
        raise ReadingError(
            "file_not_a_table", _not_one([info.filename for info in tables or members], tables)
        )
    about = [info for info in readable if info not in tables and _suffix(info) in (".csv", ".tsv")]
    aside = [info.filename for info in members if info not in tables and info not in about]
    return tables[0], about, aside


def _but_texts(tables: list[ZipInfo]) -> list[ZipInfo]:
    """A .txt or a page beside a workbook or a .csv tells about it."""
    others = [info for info in tables if _suffix(info) not in (".txt", ".htm", ".html")]
    return others or tables


def _not_one(names: list[str], tables: list[ZipInfo]) -> str:
    if not names:
        return "L'archive est vide : redemander le tableau à son expéditeur."
    if not tables:
        return f"L'archive ne contient aucun tableau ({_list(names)}) : demander le tableau lui-même."
    return (
        f"L'archive contient {len(names)} tableaux ({_list(names)}) : "
        "en extraire ceux qui comptent et les déposer séparément."
    )


def _list(names: list[str]) -> str:
    shown = ", ".join(f"« {name[-60:]} »" for name in names[:6])
    return shown + (f" et {len(names) - 6} autres" if len(names) > 6 else "")


def is_about(name: str) -> bool:
    """Say whether a file describes the table beside it.

    Examples
    --------
    >>> is_about("meta_base_cc_comparateur.CSV"), is_about("base_cc_comparateur.CSV")
    (True, False)
    """
    return bool(_ABOUT.fullmatch(normalise(PurePosixPath(name).stem)))


def _is_noise(info: ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    hidden = any(
        (part.startswith((".", "~$")) and part != "..") or part.lower() in _OF_THE_SYSTEM for part in parts
    )
    return not info.filename or info.is_dir() or not parts or hidden


def _suffix(info: ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def _write(archive: ZipFile, member: ZipInfo, folder: Path) -> Path:
    """Write a member under its bare name; the reader of an archive stops at the size that it declares."""
    folder.mkdir()
    target = folder / re.sub(r'[\\/:*?"<>|\x00]', "_", PurePosixPath(member.filename).name)[-60:]
    try:
        target.write_bytes(archive.read(member))
    except (*DAMAGED, NotImplementedError):
        reason = "protégée par un mot de passe" if member.flag_bits & 1 else "abîmée ou incomplète"
        code = "file_password" if member.flag_bits & 1 else "file_unreadable"
        raise ReadingError(code, f"L'archive est {reason}.") from None
    return target
