"""Cells of a worksheet's XML, many at a time: the place and the style of those that hold something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sdsf_analysis.reading.sheet import Place

_Numbers = NDArray[np.signedinteger]
_Bytes = NDArray[np.uint8]
_Flags = NDArray[np.bool_]
_LESS, _MORE, _SLASH, _SPACE, _QUOTE, _BANG, _ASK = b'<>/ "!?'
_C, _F, _I, _S, _V, _A = b"cfisvA"
_ZERO = ord("0")
_REFERENCE = np.frombuffer(b' r="', np.uint8)
_EMPTY_VALUE = len("<v>")
_LETTERS, _DIGITS = 3, 7
# Bytes of a cell's tag after its address; a longer tag is not written as writers do.
_REST = 24
_ATTRIBUTES = re.compile(rb'(?: (?:s|t|cm|vm|ph)="\w{1,12}")*')
_ATTRIBUTE = re.compile(rb' (\w+)="(\w+)"')
_ERROR = re.compile(rb"<v[^>]*>([^<]*)<")
# Where none of these stands, no cell holds anything, and nothing is written in an unusual way.
_HOLDING = (b"<v", b"<i", b"<f")
_UNUSUAL = (b"<!", b"<?")
# Odd multipliers of a hash of three words; two tails of one hash are compared all the same.
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


class UnusualError(Exception):
    """A sheet that is not written as most writers do; it may be right all the same."""


@dataclass(frozen=True)
class Cells:
    """Cells that hold a value, in the order of the file, and those that show an error.

    Attributes
    ----------
    rows, columns, styles : array of int
    errors : dict
        Place → error as Excel writes it.
    uncomputed : tuple of Place
        Formulas without a result.
    """

    rows: _Numbers
    columns: _Numbers
    styles: _Numbers
    errors: dict[Place, str]
    uncomputed: tuple[Place, ...]


def joined(parts: Sequence[Cells]) -> Cells:
    """Cells of several pieces of a sheet."""
    none = np.zeros(0, np.int32)
    return Cells(
        np.concatenate([none, *(part.rows for part in parts)]),
        np.concatenate([none, *(part.columns for part in parts)]),
        np.concatenate([none, *(part.styles for part in parts)]),
        {place: error for part in parts for place, error in part.errors.items()},
        tuple(place for part in parts for place in part.uncomputed),
    )


def cells_of(piece: bytes) -> Cells:
    """Read the cells of a piece of a sheet, which ends between two cells.

    Parameters
    ----------
    piece : bytes
        XML without prefixes.

    Raises
    ------
    UnusualError
        If a cell is not written as most writers do.

    Examples
    --------
    >>> cells = cells_of(b'<c r="B2" s="3"><v>5</v></c><c r="C2" s="3"/><c r="D2" t="e"><v>#N/A</v></c>')
    >>> cells.columns.tolist(), cells.styles.tolist(), cells.errors
    ([2, 4], [3, 0], {(2, 4): '#N/A'})
    """
    piece = _held_part(piece)
    data = np.frombuffer(piece + b"\0" * 128, np.uint8)
    starts, valued, formulas = _tags(data)
    rows, columns, rests = _places(data, starts)
    styles, kinds = _attributes(data, rests)
    errors = np.flatnonzero(kinds == b"e")
    uncomputed = np.flatnonzero(formulas & ~valued & (kinds != b"str") & (kinds != b"e"))
    return Cells(
        rows[valued],
        columns[valued],
        styles[valued],
        {(int(rows[i]), int(columns[i])): _error(piece, int(rests[i])) for i in errors},
        tuple((int(rows[i]), int(columns[i])) for i in uncomputed),
    )


def _held_part(piece: bytes) -> bytes:
    """Part of a piece outside which all cells are blank: thousands of styled rows are passed over at once."""
    # one byte is looked for much faster than two, and most blank rows hold none of these
    if any(mark[1:] in piece and mark in piece for mark in _UNUSUAL):
        return piece
    marks = [mark for mark in _HOLDING if mark[1:] in piece and mark in piece]
    if not marks:
        return b""
    first, last = min(map(piece.find, marks)), max(map(piece.rfind, marks))
    end = piece.find(b"<c", last)
    return piece[max(piece.rfind(b"<c", 0, first), 0) : end if end >= 0 else len(piece)]


def _tags(data: _Bytes) -> tuple[_Numbers, _Flags, _Flags]:
    """Where the cells that are not empty begin, and whether each has a value, and a formula."""
    every = np.flatnonzero(data == _LESS)
    opening = np.flatnonzero(data[1:][every] != _SLASH)
    tags, after = every[opening], np.append(every[1:], len(data))[opening]
    first, second = data[1:][tags], data[2:][tags]
    is_c = first == _C
    is_cell = is_c & (second == _SPACE)
    if ((is_c != is_cell) | (first == _BANG) | (first == _ASK)).any():
        raise UnusualError
    # « <v/> » and « <v></v> » hold nothing
    is_closed = (data[after - 2] == _SLASH) & (data[after - 1] == _MORE)
    is_value = (first == _V) & ~is_closed & (after - tags > _EMPTY_VALUE)
    is_value &= (second == _SPACE) | (second == _MORE)
    is_value |= (first == _I) & (second == _S)
    cells = np.flatnonzero(is_cell)
    # « <c r="A1" s="1"/> » holds nothing
    kept = ~is_closed[cells]
    begin, end = cells[kept], np.append(cells[1:], len(tags))[kept]
    valued, formulas = _between(is_value, begin, end), np.zeros(len(begin), bool)
    if (is_formula := (first == _F) & _ends(second)).any():
        formulas = _between(is_formula, begin, end)
    held = valued | formulas
    return tags[begin[held]], valued[held], formulas[held]


def _ends(second: _Bytes) -> _Flags:
    flags: _Flags = (second == _SPACE) | (second == _MORE) | (second == _SLASH)
    return flags


def _between(flags: _Flags, begin: _Numbers, end: _Numbers) -> _Flags:
    """Say whether a flag stands between each beginning and its end."""
    counts = np.concatenate([[0], np.cumsum(flags, dtype=np.int32)])
    more: _Flags = counts[end] > counts[begin]
    return more


def _places(data: _Bytes, starts: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Row and column of each cell, and where its tag goes on."""
    begin = sliding_window_view(data, len(_REFERENCE))[starts + 2].view(np.uint32)
    columns, at = _written(data, starts + 2 + len(_REFERENCE), _A - 1, range(1, 27), _LETTERS)
    rows, at = _written(data, at, _ZERO, range(10), _DIGITS)
    if not ((begin == _REFERENCE.view(np.uint32)).all() and columns.all() and rows.all()):
        raise UnusualError
    if not (data[at] == _QUOTE).all():
        raise UnusualError
    return rows, columns, at + 1


def _written(data: _Bytes, at: _Numbers, zero: int, known: range, most: int) -> tuple[_Numbers, _Numbers]:
    """Number written in some signs from each place on, 0 for none, and the place after it."""
    numbers = np.zeros(len(at), np.int32)
    base, is_sign = np.int32(len(known)), np.ones(len(at), bool)
    for _ in range(most):
        signs = data[at] - np.uint8(zero)
        # below zero, a byte turns into a large one
        is_sign &= signs - np.uint8(known.start) < len(known)
        if is_sign.all():
            numbers = numbers * base + signs
            at = at + 1
        elif is_sign.any():
            numbers = np.where(is_sign, numbers * base + signs, numbers)
            at = at + is_sign
        else:
            break
    return numbers, at


def _attributes(data: _Bytes, rests: _Numbers) -> tuple[_Numbers, NDArray[np.bytes_]]:
    """Style and type of each cell; many have neither."""
    styles, kinds = np.zeros(len(rests), np.int32), np.zeros(len(rests), "S12")
    told = np.flatnonzero(data[rests] != _MORE)
    styles[told], kinds[told] = _told(data, rests[told])
    return styles, kinds


def _told(data: _Bytes, rests: _Numbers) -> tuple[_Numbers, NDArray[np.bytes_]]:
    """Style and type of cells that have one: the few endings of their tags are told apart, then read once."""
    tails = sliding_window_view(data, _REST)[rests]
    sizes = (tails == _MORE).argmax(axis=1)
    tails = np.where(np.arange(_REST) < sizes[:, None], tails, np.uint8(0))
    hashes = (tails.view(np.uint64) * _MIX).sum(axis=1)
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    is_closed = data[rests + sizes] == _MORE
    if not (is_closed.all() and (tails == tails[first][which]).all()):
        raise UnusualError
    read = [_read_tail(tail.tobytes().rstrip(b"\0")) for tail in tails[first]]
    styles = np.array([style for style, _ in read], np.int32)
    kinds = np.array([kind for _, kind in read], "S12")
    return styles[which], kinds[which]


def _read_tail(tail: bytes) -> tuple[int, bytes]:
    found = dict(_ATTRIBUTE.findall(tail))
    style = found.get(b"s", b"0")
    if not _ATTRIBUTES.fullmatch(tail) or len(found) != tail.count(b"=") or not style.isdigit():
        raise UnusualError
    return int(style), found.get(b"t", b"")


def _error(piece: bytes, at: int) -> str:
    found = _ERROR.search(piece, at, max(at, piece.find(b"</c>", at)))
    return found[1].decode("utf-8", "replace").strip() if found else "#N/A"
