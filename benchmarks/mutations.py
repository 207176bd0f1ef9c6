"""Files as nobody should send them: small right ones of every format, and the ways to break them."""

import random
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import xlsxwriter

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
HUGE = (b"0", b"1", b"-1", b"99", b"65536", b"1048576", b"4294967295", b"18446744073709551616", b"1e308", b"")
BOMB_BYTES = 30_000_000
_NUMBER = re.compile(rb'(?<=")\d+(?=")|(?<=>)\d+(?=<)|(?<=[A-Z])\d+(?=")')
_NAME = re.compile(rb'(?<=name=")[^"]+(?=")|(?<=>)[^<>]{3,}(?=<)|(?<==")[^"]{3,}(?=")')
_TAG = re.compile(rb"</?[\w:]+[^>]*>")
_ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha ha ha ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (c, b"&%c;" % (c - 1) * 20) for c in range(ord("b"), ord("i"))
)
_ODS_HEAD = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    b'<office:spreadsheet><table:table table:name="LAEP">'
)
_ODS_ROW = (
    b'<table:table-row><table:table-cell office:value-type="string"><text:p>Gex</text:p></table:table-cell>'
    b'<table:table-cell office:value-type="float" office:value="%d"><text:p>%d</text:p></table:table-cell>'
    b"</table:table-row>"
)
_ODS_TAIL = b"</table:table></office:spreadsheet></office:body></office:document-content>"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/></manifest:manifest>'
)

Mutation = Callable[[bytes, random.Random], bytes]


def seeds() -> dict[str, bytes]:
    """One small right file of every format, by its suffix."""
    workbook = _workbook()
    table = "Commune;Places;Taux\nGex;20;71,7\nThoiry;nd;45,1\n".encode("cp1252") * 20
    return {
        ".xlsx": workbook,
        ".xlsm": _with_part(workbook, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(200)),
        ".xlsb": (DATA / "classeur.xlsb").read_bytes(),
        ".xls": (DATA / "masques.xls").read_bytes(),
        ".ods": _open_document(),
        ".csv": table,
        ".zip": _zipped({"table.csv": table}),
        ".html": b"<html><body><table><tr><th>Commune</th><th>Places</th></tr>"
        + b"<tr><td rowspan=2>Gex</td><td>20</td></tr>" * 5
        + b"</table></body></html>",
    }


def _workbook() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        hidden, share = book.add_format({"num_format": '[<5]"<5";0'}), book.add_format({"num_format": "0.0%"})
        day, red = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bg_color": "#FF0000"})
        for name in ("Suivi", "Légende"):
            sheet = book.add_worksheet(name)
            sheet.merge_range("A1:C1", "Suivi 2024")
            sheet.write_row("A3", ["Commune", "Enfants", "Taux", "Ouvert le", "Somme"])
            for row in range(3, 23):
                sheet.write(row, 0, f"Commune {row}")
                sheet.write(row, 1, row % 9, hidden)
                sheet.write(row, 2, row / 40, share)
                sheet.write_datetime(row, 3, date(2024, 1, row), day)
                sheet.write_formula(row, 4, f"=B{row + 1}*2", red, row % 9 * 2)
            sheet.autofilter("A3:E23")
            sheet.set_row(5, None, None, {"hidden": True})
            sheet.conditional_format("B4:B23", {"type": "cell", "criteria": "<", "value": 5, "format": red})
            sheet.write_comment("A4", "à vérifier")
    return stream.getvalue()


def _open_document() -> bytes:
    rows = b"".join(_ODS_ROW % (number, number) for number in range(20))
    parts = {"mimetype": _MIMETYPE.encode(), "META-INF/manifest.xml": _MANIFEST.encode()}
    return _zipped(parts | {"content.xml": _ODS_HEAD + rows + _ODS_TAIL})


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return {}


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    return _zipped(_parts(content) | {name: part})


def _flip(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 20)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(1, len(content))]


def _repeat(content: bytes, dice: random.Random) -> bytes:
    start, size = dice.randrange(len(content)), dice.randrange(1, 400)
    return content[:start] + content[start : start + size] * dice.randint(2, 50) + content[start + size :]


def _drop(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 400) :]


def _blank(content: bytes, dice: random.Random) -> bytes:
    start, size = dice.randrange(len(content)), dice.randrange(1, 200)
    return content[:start] + bytes(size) + content[start + size :]


def _replaced(pattern: re.Pattern[bytes], content: bytes, dice: random.Random, new: bytes) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return _flip(content, dice)
    at = dice.choice(found)
    return content[: at.start()] + new + content[at.end() :]


def _huge_number(content: bytes, dice: random.Random) -> bytes:
    return _replaced(_NUMBER, content, dice, dice.choice(HUGE))


def _long_name(content: bytes, dice: random.Random) -> bytes:
    return _replaced(_NAME, content, dice, dice.choice((b"a" * 70_000, b"../../" * 20, b"\xc3\xa9" * 40_000)))


def _broken_tag(content: bytes, dice: random.Random) -> bytes:
    return _replaced(_TAG, content, dice, dice.choice((b"", b"<", b"</x>", b"<c", b"<![CDATA[<c r='A1'>]]>")))


def _entity(content: bytes, dice: random.Random) -> bytes:
    root = re.search(rb"<(?![?!])", content)
    at = root.start() if root else 0
    return content[:at] + dice.choice((_ENTITY, _LAUGHS)) + content[at:].replace(b">1<", b">&e;&h;<")


def _bomb(content: bytes, dice: random.Random) -> bytes:
    at = dice.choice([m.end() for m in _TAG.finditer(content)] or [0])
    return content[:at] + dice.choice((b" ", b"<x/>", b"<row/>", b"a")) * (BOMB_BYTES // 4) + content[at:]


def _on_a_part(change: Mutation) -> Mutation:
    def mutate(content: bytes, dice: random.Random) -> bytes:
        parts = _parts(content)
        if not parts:
            return change(content, dice)
        name = dice.choice([name for name in parts if parts[name]])
        return _zipped(parts | {name: change(parts[name], dice)})

    return mutate


def _without_a_part(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    gone = dice.choice(list(parts)) if parts else ""
    return (
        _zipped({name: part for name, part in parts.items() if name != gone})
        if parts
        else _drop(content, dice)
    )


def _swapped_parts(content: bytes, dice: random.Random) -> bytes:
    parts = _parts(content)
    if not parts:
        return _repeat(content, dice)
    one, two = dice.choice(list(parts)), dice.choice(list(parts))
    return _zipped(parts | {one: parts[two], two: parts[one]})


def _nested(content: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 30)):
        content = _zipped({dice.choice(("a.zip", "../../b.xlsx", "/c.csv", "x" * 300)): content})
    return content


def _linked(content: bytes, _: random.Random) -> bytes:
    parts = _parts(content)
    return _zipped(parts | {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "../evil.txt": b"x"})


MUTATIONS: dict[str, Mutation] = {
    "octets changés": _flip,
    "fichier coupé": _cut,
    "passage répété": _repeat,
    "passage perdu": _drop,
    "octets nuls": _blank,
    "partie : octets changés": _on_a_part(_flip),
    "partie coupée": _on_a_part(_cut),
    "partie : passage répété": _on_a_part(_repeat),
    "partie : nombre démesuré": _on_a_part(_huge_number),
    "partie : nom démesuré": _on_a_part(_long_name),
    "partie : balise cassée": _on_a_part(_broken_tag),
    "partie : entité externe": _on_a_part(_entity),
    "partie : bombe": _on_a_part(_bomb),
    "partie retirée": _without_a_part,
    "parties échangées": _swapped_parts,
    "archives emboîtées": _nested,
    "lien externe, chemin hors dossier": _linked,
}
# A bomb takes a second to make and to read: one in so many is enough
RARE = {"partie : bombe": 20}


def mutated(number: int, seed: int, rightful: dict[str, bytes]) -> tuple[str, str, bytes]:
    """Make the mutated file of a number: its mutation, its suffix, its content."""
    dice = random.Random(f"{seed}-{number}")
    names = [name for name in MUTATIONS if dice.randrange(RARE.get(name, 1)) == 0]
    mutation, suffix = dice.choice(names), dice.choice(list(rightful))
    return mutation, suffix, MUTATIONS[mutation](rightful[suffix], dice)
