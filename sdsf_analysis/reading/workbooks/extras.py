"""What a workbook holds beside its sheets: macros, links to other files, comments, pivot tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sniffing import DAMAGED, open_archive
from sdsf_analysis.reading.workbooks.biff import comments_of_records
from sdsf_analysis.reading.workbooks.binary import comments_of_part
from sdsf_analysis.reading.workbooks.compound import entry_names

_LINK = re.compile(r"xl/externalLinks/externalLink\d+\.(?:xml|bin)")
_COMMENTS = re.compile(r"xl/(?!.*threaded).*comment.*\.xml", re.IGNORECASE)
_THREADS = re.compile(r"xl/.*threadedComment.*\.xml", re.IGNORECASE)
_BINARY_COMMENTS = re.compile(r"xl/.*comment.*\.bin", re.IGNORECASE)
_PIVOT = re.compile(r"xl/pivotTables/.+\.(?:xml|bin)")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment|annotation)\b")
_BASIC = re.compile(r"Basic/(?!script-lc).+/(?!script-lb).+\.xml")


def workbook_extras(path: Path, source: str, content_format: str) -> tuple[Problem, ...]:
    """Say what a workbook holds beside its sheets.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    source : str
        Name under which problems speak of it.
    content_format : str
        One of xlsx, xlsb, xls, ods.

    Raises
    ------
    ReadingError
        If the archive is damaged.
    """
    if content_format == "xls":
        content = path.read_bytes()
        is_macro = "_vba_project_cur" in entry_names(content)
        return (*(_macros(source) if is_macro else ()), *_comments(source, comments_of_records(content)))
    try:
        with open_archive(path) as archive:
            return tuple(_of_archive(archive, source))
    except DAMAGED:
        raise ReadingError("file_unreadable", "Le classeur est abîmé : il ne peut pas être lu.") from None


def _of_archive(archive: ZipFile, source: str) -> Iterator[Problem]:
    names = archive.namelist()
    if "xl/vbaProject.bin" in names or any(_BASIC.fullmatch(name) for name in names):
        yield from _macros(source)
    if links := [name for name in names if _LINK.fullmatch(name)]:
        message = (
            f"Des formules renvoient à {plural(len(links), 'autre classeur', 'autres classeurs')} : "
            "leurs valeurs sont celles du dernier enregistrement."
        )
        yield Problem(source, "", "", "links_external", message, str(len(links)))
    yield from _comments(source, _count_comments(archive))
    if pivots := [name for name in names if _PIVOT.fullmatch(name)]:
        noun = plural(len(pivots), "tableau croisé dynamique", "tableaux croisés dynamiques")
        message = f"{noun} : les valeurs lues sont celles du dernier calcul."
        yield Problem(source, "", "", "pivot_tables", message, str(len(pivots)))


def _count_comments(archive: ZipFile) -> int:
    """Cells that bear a comment; a thread of answers stands twice, and is counted once."""
    names = archive.namelist()
    parts = [n for n in names if _COMMENTS.fullmatch(n)] or [n for n in names if _THREADS.fullmatch(n)]
    parts = parts or [name for name in names if name == "content.xml"]
    binary = (name for name in names if _BINARY_COMMENTS.fullmatch(name))
    return sum(len(_COMMENT.findall(archive.read(name))) for name in parts) + sum(
        comments_of_part(archive.read(name)) for name in binary
    )


def _comments(source: str, count: int) -> Iterator[Problem]:
    if count:
        whose = "leur" if count > 1 else "son"
        message = f"{plural(count, 'commentaire')} de cellule : {whose} texte n'est pas lu."
        yield Problem(source, "", "", "comments_unread", message, str(count))


def _macros(source: str) -> Iterator[Problem]:
    yield Problem(
        source, "", "", "macros_present", "Le classeur contient des macros ; aucune n'est exécutée."
    )
