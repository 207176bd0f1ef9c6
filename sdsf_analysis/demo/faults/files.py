"""Faults of whole files: names, encodings, damages, disguises (1 to 13)."""

import struct
from collections.abc import Callable
from dataclasses import replace

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.editing import replaced
from sdsf_analysis.demo.faults.fault import Dirty, in_page
from sdsf_analysis.demo.faults.page import Draft, Line, Page, Plant, Spot

BOM = b"\xef\xbb\xbf"
STRAY = b"\xff"
SEPARATOR_LINE = "sep=;"
SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
PROTECTED = "EncryptedPackage"


def of_file(change: Callable[[Draft, Dice], Draft | None]) -> Dirty:
    """Plant a fault of the whole file."""

    def dirty(draft: Draft, dice: Dice, plant: Plant) -> Draft | None:
        changed = change(draft, dice)
        return replace(changed, plants=(*changed.plants, plant)) if changed else None

    return dirty


def damaged(damage: Callable[[bytes], bytes]) -> Dirty:
    """Plant a fault in the bytes of the file."""
    return of_file(lambda draft, _: replace(draft, damages=(*draft.damages, damage)))


def disguised(draft: Draft, dice: Dice) -> Draft:
    """A text or a web page under the name of a workbook."""
    return replace(draft, suffix=dice.pick((".xls", ".xlsx")) if draft.format == "csv" else ".xls")


def two_web_tables(draft: Draft, _: Dice) -> Draft:
    """A web page of two tables under the name of a workbook."""
    return replace(draft, suffix=".xls", pages=draft.pages * 2)


def protected(_: bytes) -> bytes:
    """A workbook encrypted by a password: a compound file that holds an encrypted package."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack("<128I", FAT, END, *range(3, 10), END, *[FREE] * 118)
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry(PROTECTED, 2, 2, 4096)
    return header + fat + directory.ljust(SECTOR, b"\0") + b"\x5a" * 4096


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    entry = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
    return entry.ljust(116, b"\0") + struct.pack("<III", start, size, 0)


def half(content: bytes) -> bytes:
    """What a download stopped half way has brought."""
    return content[: len(content) // 2]


def encoded(*encodings: str) -> Dirty:
    """A text in an older encoding, one that has all its letters."""

    def change(draft: Draft, dice: Dice) -> Draft | None:
        able = [name for name in encodings if is_plain(draft) and _can_write(draft, name)]
        return replace(draft, encoding=dice.pick(able)) if able else None

    return of_file(change)


def is_plain(draft: Draft) -> bool:
    """Say whether a text is still in UTF-8, undamaged, and says no separator."""
    first = draft.page.lines[0].spots[0].value
    return draft.encoding == "utf-8" and not draft.damages and first != SEPARATOR_LINE


def _can_write(draft: Draft, encoding: str) -> bool:
    text = "".join(str(spot.value) for _, _, spot in draft.page.spots())
    try:
        return bool(text.encode(encoding))
    except UnicodeEncodeError:
        return False


def with_bom(content: bytes) -> bytes:
    """The mark of UTF-8 before the text."""
    return BOM + content


def misread(content: bytes) -> bytes:
    r"""UTF-8 once read as cp1252, then saved: « MÃ©ziÃ¨res ».

    Examples
    --------
    >>> misread("Mézières".encode()).decode()
    'MÃ©ziÃ¨res'
    """
    # Windows reads the five bytes that cp1252 leaves undefined as control characters
    letters = (bytes([one]).decode("cp1252", "ignore") or chr(one) for one in content)
    return "".join(letters).encode()


def mojibake(draft: Draft, _: Dice) -> Draft | None:
    """A text of UTF-8 once read as cp1252, then saved."""
    return replace(draft, damages=(misread,)) if is_plain(draft) else None


def marked(draft: Draft, _: Dice) -> Draft | None:
    """A text of UTF-8 behind its mark."""
    return replace(draft, damages=(with_bom,)) if is_plain(draft) else None


def cp1252_after_bom(draft: Draft, _: Dice) -> Draft | None:
    """The mark of UTF-8 before a text of cp1252."""
    return replace(draft, encoding="cp1252", damages=(with_bom,)) if is_plain(draft) else None


def separated(draft: Draft, dice: Dice) -> Draft | None:
    """Another separator than the semicolon; a cell that holds it is quoted."""
    if draft.page.lines[0].spots[0].value == SEPARATOR_LINE:
        return None
    return replace(draft, delimiter=dice.pick(("\t", ",", "|")))


def stray_byte(content: bytes) -> bytes:
    """A byte that no UTF-8 text holds, in the middle of the file."""
    middle = content.index(b"\n", len(content) // 2) + 1
    return content[:middle] + STRAY + content[middle:]


def line_break(draft: Draft, dice: Dice) -> Draft:
    """A line break inside a quoted cell."""
    page = draft.page
    row = dice.pick(page.rows("body")[:-1])
    column = page.columns.index("operator")
    spot = page.lines[row - 1].spots[column]
    broken = replace(spot, value=f"{spot.value}\nAntenne", reading=None)
    page = replaced(page, row, {column: broken})
    rest = Line("continued", (Spot(),) * len(page.columns))
    return draft.with_page(replace(page, lines=(*page.lines[:row], rest, *page.lines[row:])))


def open_quote(content: bytes) -> bytes:
    """A quote opened in the middle of the file and never closed."""
    middle = content.index(b"\n", len(content) // 2) + 1
    return content[:middle] + b'"' + content[middle:]


def ragged(page: Page, dice: Dice, plant: Plant) -> Page | None:
    """A record with one cell too many, or one too few."""
    free = [row for row in page.rows("body") if not page.lines[row - 1].is_planted]
    if not free:
        return None
    row = dice.pick(free)
    line = page.lines[row - 1]
    # one cell too many shows only where the last one of the row is filled
    is_long = line.spots[-1].value is not None and dice.chance(0.5)
    spots = (Spot("Gex"), *line.spots) if is_long else line.spots[1:]
    refused = tuple(
        replace(spot, reading=None, plant=replace(plant, aside=at > 0)) for at, spot in enumerate(spots)
    )
    lines = (*page.lines[: row - 1], replace(line, role="refused", spots=refused), *page.lines[row:])
    return replace(page, lines=lines)


DIRTY: dict[str, Dirty] = {
    "1": of_file(disguised),
    "2a": of_file(disguised),
    "2b": of_file(two_web_tables),
    "3": damaged(protected),
    "4a": damaged(half),
    "4b": damaged(lambda _: b""),
    "6": encoded("cp1252"),
    "7a": of_file(marked),
    "7b": of_file(cp1252_after_bom),
    "8": of_file(mojibake),
    "9": encoded("cp850", "mac_roman"),
    "10": damaged(stray_byte),
    "11": of_file(separated),
    "12a": of_file(line_break),
    "12b": damaged(open_quote),
    "13": in_page(ragged),
}
