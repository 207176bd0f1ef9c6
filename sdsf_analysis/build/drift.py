"""Drift: what changed since the file of the same kind that came before, by columns and by codes."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sdsf_analysis.build.intake import Intake
from sdsf_analysis.build.moved_codes import code_drift
from sdsf_analysis.build.shapes import Seen, names_of
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import normalise

# likeness of two labels in %, from which one is proposed as the other's new name
NEAR = 75
SURE = 200
# the size of its content, in %, from which a column at the same place is proposed as the same one
ALIKE = 60
# the words that a short label may keep by chance are not enough
_LONG = 5
FACE = ("source", "sha256", "period", "recipes", "shapes", "names")
_SHOWN = 5
_DATED = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d\b|(?<=\D)\d\d$")
Face = dict[str, Any]
Columns = dict[str, tuple[str, Seen]]


class _Part(NamedTuple):
    """One kind of table of a file: the tidy tables that it feeds, its columns by label short of its year."""

    tables: frozenset[str]
    columns: Columns


Parts = dict[tuple[str, str], _Part]


def face(intake: Intake) -> Face:
    """What is kept of a file in the manifest, to compare the next one with.

    Parameters
    ----------
    intake : Intake
        A file read.
    """
    return {
        "source": intake.source,
        "sha256": intake.sha256,
        "period": intake.period,
        "recipes": intake.recipes,
        "shapes": [
            {**shape._asdict(), "columns": [list(column) for column in shape.columns]}
            for shape in intake.shapes
        ],
        "names": names_of(intake.rows),
    }


def replaced(intakes: Iterable[Intake], before: Iterable[Face]) -> dict[str, Face]:
    """Find for each file the one that it replaces.

    Parameters
    ----------
    intakes : iterable of Intake
        Files read.
    before : iterable of dict
        Inputs of the previous build's manifest.

    Returns
    -------
    dict
        Source → face of the file before. A file that has not changed since the previous build keeps the one
        that it replaced then: the same files give the same problems, built once or twice. One of which
        nothing was read replaces nothing: the file that it replaced is still the last one known.
    """
    old = {entry["source"]: entry for entry in before if all(name in entry for name in FACE)}
    intakes = list(intakes)
    gone = [entry for source, entry in old.items() if source not in {one.source for one in intakes}]
    found = {}
    for intake in intakes:
        same = old.get(intake.source)
        if same and same["sha256"] == intake.sha256:
            previous = same.get("replaces")
        else:
            last = same or _of_kind(intake, gone)
            previous = last["replaces"] if last and not last["recipes"] else _bare(last)
        if previous := _earlier(intake, intakes) or previous:
            found[intake.source] = previous
    return found


def _bare(entry: Face | None) -> Face | None:
    """Face of an input without the one that it replaced itself."""
    return {name: entry[name] for name in FACE} if entry else None


def _of_kind(intake: Intake, gone: list[Face]) -> Face | None:
    """Last of the files of the same kind that are no longer there."""
    same = [entry for entry in gone if entry["recipes"] and entry["recipes"] == intake.recipes]
    return max(same, key=lambda entry: entry["period"], default=None)


def _earlier(intake: Intake, intakes: list[Intake]) -> Face | None:
    """The file before the newest of a kind, where both are there and speak of two periods."""
    kind = [other for other in intakes if other.recipes == intake.recipes and other.rows and other.period]
    if not intake.rows or not intake.period or any(other.period > intake.period for other in kind):
        return None
    older = [other for other in kind if other.period < intake.period]
    return face(max(older, key=lambda other: other.period)) if older else None


def drift(intakes: Iterable[Intake], before: dict[str, Face]) -> Iterator[Problem]:
    """Name the columns and the codes that came, went or changed name since the file before.

    Parameters
    ----------
    intakes : iterable of Intake
        Files read; one of which no table is known, even nearly, is not compared.
    before : dict
        As given by `replaced`.
    """
    for intake in intakes:
        previous = before.get(intake.source)
        if previous and (intake.rows or intake.shapes):
            own = face(intake)
            yield from _column_drift(own, previous)
            yield from code_drift(own, previous)


def _column_drift(own: Face, previous: Face) -> Iterator[Problem]:
    new, old = _parts(own), _parts(previous)
    for name, part in old.items():
        counterpart = new.get(name) or _of_another_recipe(part, new, old)
        if counterpart:
            yield from _compare(own, previous, counterpart.columns, part.columns)
        else:
            labels = [f"« {seen.label} »" for _, seen in part.columns.values()]
            more = ", …" if len(labels) > _SHOWN else ""
            message = (
                f"Le tableau de {_said(previous)} qui portait {', '.join(labels[:_SHOWN])}{more} "
                "n'est plus là."
            )
            yield Problem(own["source"], "", "", "column_lost", message, name[1])


def _parts(one: Face) -> Parts:
    parts: Parts = {}
    for shape in one["shapes"]:
        empty = _Part(frozenset(shape["tables"]), {})
        columns = parts.setdefault((shape["recipe"], shape["part"]), empty).columns
        for column in shape["columns"]:
            seen = Seen(*column)
            columns.setdefault(_key(seen.label), (shape["sheet"], seen))
    return parts


def _of_another_recipe(part: _Part, new: Parts, old: Parts) -> _Part | None:
    """The table that a recipe of another name reads now: it feeds the same tidy tables."""
    others = [other for name, other in new.items() if name not in old and other.tables & part.tables]
    return max(others, key=lambda other: len(other.columns.keys() & part.columns.keys()), default=None)


def _key(label: str) -> str:
    return normalise(_DATED.sub(" ", label)) or normalise(label)


def _compare(own: Face, previous: Face, new: Columns, old: Columns) -> Iterator[Problem]:
    came = {key: place for key, place in new.items() if key not in old}
    went = {key: place for key, place in old.items() if key not in new}
    pairs = _renamed(came, went)
    for key, (sheet, seen) in came.items():
        if key in pairs:
            yield _renaming(own, previous, sheet, seen, went[pairs[key]][1])
        else:
            message = f"La colonne « {seen.label} » n'était pas dans {_said(previous)}."
            yield Problem(own["source"], sheet, seen.cell, "column_new", message, seen.label)
    sheet = next((sheet for sheet, _ in new.values()), "")
    for key, (_, seen) in went.items():
        if key not in pairs.values():
            message = f"La colonne « {seen.label} » de {_said(previous)} n'est plus là."
            yield Problem(own["source"], sheet, "", "column_lost", message, seen.label)


def _renamed(came: Columns, went: Columns) -> dict[str, str]:
    """New label → lost label: read alike by the recipe, then near in spelling, then alike in content."""
    from rapidfuzz.fuzz import ratio

    pairs: dict[str, str] = {}
    scored = [
        (
            200.0
            if new.name and new.name == old.name
            else max(ratio(key, lost), _alikeness(new, old), _kept(key, lost, new, old)),
            key,
            lost,
        )
        for key, (_, new) in came.items()
        for lost, (_, old) in went.items()
        # two columns that the recipe tells apart are not one
        if not (new.name and old.name and new.name != old.name)
    ]
    for score, key, lost in sorted(scored, key=lambda entry: (-entry[0], *entry[1:])):
        if score >= NEAR and key not in pairs and lost not in pairs.values():
            pairs[key] = lost
    return pairs


def _alikeness(new: Seen, old: Seen) -> float:
    """`NEAR` for two columns of one letter, one kind and contents of like size, else nothing."""
    same = (_letters(new.cell), new.kind) == (_letters(old.cell), old.kind) and new.kind != ""
    low, high = sorted((abs(new.size), abs(old.size)))
    return float(NEAR) if same and high and 100 * low >= ALIKE * high else 0.0


def _kept(key: str, lost: str, new: Seen, old: Seen) -> float:
    """`NEAR` for two columns of one kind of which one label is the other with words added, else nothing."""
    short, long = sorted((key, lost), key=len)
    is_inside = len(short) >= _LONG and set(short.split()) < set(long.split())
    return float(NEAR) if is_inside and new.kind == old.kind != "" else 0.0


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _renaming(own: Face, previous: Face, sheet: str, new: Seen, old: Seen) -> Problem:
    is_known = bool(new.name) and new.name == old.name
    sure = "s'appelait" if is_known else "s'appelait sans doute"
    end = " Les deux sont lues de même." if is_known else ""
    message = f"La colonne « {new.label} » {sure} « {old.label} » dans {_said(previous)}.{end}"
    return Problem(own["source"], sheet, new.cell, "column_renamed", message, new.label, old.label * is_known)


def _said(previous: Face) -> str:
    return f"« {previous['source']} »"
