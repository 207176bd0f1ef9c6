"""The parts of an .xlsx archive, changed in place: what is not named stays byte for byte."""

import posixpath
import re
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from defusedxml import DefusedXmlException, ElementTree

from sdsf_analysis.errors import SdsfError
from sdsf_analysis.reading.sniffing import DAMAGED

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}"></Relationships>'
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
_LEVEL = 4


class UnusualWorkbook(SdsfError):  # noqa: N818 - it is no fault of the file
    """A workbook written in a form that cannot be changed in place: it is written anew."""


class Package:
    """Parts of an open archive, and those that were changed or added.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The workbook.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._known = set(archive.namelist())
        self._changed: dict[str, str] = {}

    def __contains__(self, part: str) -> bool:
        return part in self._known or part in self._changed

    def read(self, part: str) -> str:
        """Text of a part.

        Raises
        ------
        UnusualWorkbook
            If it is absent, is not in UTF-8 or declares entities.
        """
        if part not in self._changed:
            if part not in self._known:
                raise UnusualWorkbook(f"La partie {part} manque.")
            try:
                text = self._unfold(part).decode("utf-8")
            except UnicodeDecodeError:
                raise UnusualWorkbook(f"La partie {part} n'est pas en UTF-8.") from None
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                raise UnusualWorkbook(f"La partie {part} déclare des entités.")
            return text
        return self._changed[part]

    def _unfold(self, part: str | ZipInfo) -> bytes:
        try:
            return self._archive.read(part)
        except DAMAGED:
            raise UnusualWorkbook("Le classeur est abîmé.") from None

    def write(self, part: str, text: str) -> None:
        """Change or add a part."""
        self._changed[part] = text

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Identifier → kind and name of each part that one refers to."""
        where = _relations_of(part)
        if where not in self:
            return {}
        try:
            root = ElementTree.fromstring(self.read(where))
        except (ParseError, DefusedXmlException, ValueError):
            raise UnusualWorkbook(f"La partie {where} est abîmée.") from None
        base = posixpath.dirname(part)
        return {
            link.get("Id", ""): (
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", base, link.get("Target", ""))).lstrip("/"),
            )
            for link in root
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Make a part refer to another one; its identifier."""
        where = _relations_of(part)
        known = self.relations(part)
        name = next(f"rIdRetour{n}" for n in range(1, len(known) + 2) if f"rIdRetour{n}" not in known)
        link = f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        self.write(where, before(self.read(where) if where in self else _EMPTY, "</Relationships>", link))
        return name

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type an added part is."""
        types = self.read("[Content_Types].xml")
        override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        self.write("[Content_Types].xml", before(types, "</Types>", override))

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Say of what type the parts of a suffix are, unless the workbook does."""
        types = self.read("[Content_Types].xml")
        if not re.search(rf"""Extension=["']{suffix}["']""", types, re.IGNORECASE):
            default = f'<Default Extension="{suffix}" ContentType="{content_type}"/>'
            self.write("[Content_Types].xml", before(types, "</Types>", default))

    def content(self) -> bytes:
        """Bytes of the archive: the parts that were not changed keep their name, date and place."""
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as copy:
            for info in self._archive.infolist():
                changed = self._changed.get(info.filename)
                content = self._unfold(info) if changed is None else changed.encode("utf-8")
                copy.writestr(_entry(info.filename, info.date_time), content)
            for part, text in self._changed.items():
                if part not in self._known:
                    copy.writestr(_entry(part, _MIDNIGHT), text.encode("utf-8"))
        return stream.getvalue()


def _entry(name: str, moment: tuple[int, int, int, int, int, int]) -> ZipInfo:
    entry = ZipInfo(name, moment)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def before(text: str, closing: str, new: str) -> str:
    """Insert before the last closing tag.

    Raises
    ------
    UnusualWorkbook
        If there is none.

    Examples
    --------
    >>> before("<a><b/></a>", "</a>", "<c/>")
    '<a><b/><c/></a>'
    """
    head, found, tail = text.rpartition(closing)
    if not found:
        raise UnusualWorkbook(f"La balise {closing} manque.")
    return head + new + found + tail
