"""XML parts of a workbook; nodes go by name whatever their namespace (Strict workbooks have their own)."""

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import ElementTree

from sdsf_analysis.errors import ReadingError

YES = ("1", "true")


def local_name(node: Element) -> str:
    """Name of a node without its namespace.

    Examples
    --------
    >>> local_name(Element("{http://purl.oclc.org/ooxml/spreadsheetml/main}row"))
    'row'
    """
    return str(node.tag).rpartition("}")[2]


def children(node: Element | None, name: str) -> Iterator[Element]:
    """Children of that name; none of no node."""
    return (one for one in node if local_name(one) == name) if node is not None else iter(())


def child(node: Element | None, name: str) -> Element | None:
    """First child of that name."""
    return next(children(node, name), None)


def is_set(node: Element | None, attribute: str) -> bool:
    """Say whether a yes-or-no attribute is set."""
    return node is not None and node.get(attribute, "").strip() in YES


def read_part(archive: ZipFile, name: str) -> Element:
    """Read one XML part of an archive.

    Raises
    ------
    ReadingError
        If it is missing or damaged.
    """
    try:
        root: Element = ElementTree.fromstring(archive.read(name))
    except (KeyError, ParseError, ValueError) as error:
        raise ReadingError("file_unreadable", f"Le classeur est abîmé : {error}.") from None
    return root


def related(archive: ZipFile, part: str) -> dict[str, str]:
    """Parts that a part refers to, by the identifiers that it uses."""
    folder, name = posixpath.split(part)
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.namelist():
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in read_part(archive, links)}
    return {key: posixpath.normpath(posixpath.join("/", folder, to))[1:] for key, to in targets.items()}
