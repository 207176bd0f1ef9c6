"""What INSEE's history says of each code until 1 January 2019: its states, and where each of them ended.

A state is one row of the history: a commune (COM), or a commune held by another one (COMA associated, COMD
delegated, COMP merged for good), between two dates. States only lead forward in time.
"""

from functools import cache

import numpy as np
import pandas as pd

from sdsf_analysis.territories import reference

__all__ = ["begun", "code_of", "ends", "events_of", "last_states", "parts", "state_on", "states", "states_on"]

COMMUNE = "COM"
_ASKED = ["type", "raisonFin", "dateDebut", "dateFin", "successeur", "predecesseur", "pole", "membres"]
_KINDS = {
    "changement de nom": "renaming",
    "renommage suite à création d’une commune fille": "renaming",
    "changement de département": "code_change",
    "changement de chef lieu": "code_change",
    "dé-fusion": "split",
}
_NOWHERE = -1


@cache
def states() -> pd.DataFrame:
    """States of every code, each with the commune that it led to on 1 January 2019.

    Returns
    -------
    pandas.DataFrame
        Index ``id``; the columns of `reference.history` without it, and ``end`` (code of a commune of
        2019, missing where the trail stops).

    Examples
    --------
    >>> states().loc["COM-01091@1943-01-01", "end"]
    '01033'
    """
    frame = reference.history().set_index("id")
    last = _last_positions(_next_positions(frame))
    codes = frame["code"].to_numpy()
    ends = pd.Series(codes[last], index=frame.index).where(last != _NOWHERE)
    return frame.assign(end=ends)


def _next_positions(frame: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Position of the state that each one becomes; its own for a commune still in force."""
    successor = frame.index.get_indexer(pd.Index(frame["successeur"]))
    pole = frame.index.get_indexer(pd.Index(frame["pole"]))
    is_over = frame["dateFin"].notna().to_numpy()
    # what is merged for good has no end: it follows the commune that holds it, not what left this one
    of_pole = np.where(is_over[pole], successor[pole], pole)
    is_commune = (frame["type"] == COMMUNE).to_numpy()
    held = np.where(is_commune, np.arange(len(frame)), of_pole)
    following: np.ndarray[tuple[int], np.dtype[np.int64]] = np.where(is_over, successor, held)
    return following


def _last_positions(
    following: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Follow every state to its last one, twice as far at each round."""
    last = following
    for _ in range(len(following).bit_length()):
        further = np.where(last == _NOWHERE, _NOWHERE, last[last])
        if (further == last).all():
            break
        last = further
    return last


@cache
def ends() -> dict[str, str]:
    """Commune of 2019 that each state led to; empty where the trail stops."""
    frame = states()
    return dict(zip(frame.index.tolist(), frame["end"].fillna("").tolist(), strict=True))


@cache
def last_states() -> dict[str, str]:
    """Last state of each code in which it named a commune, be it an associated or a delegated one.

    Examples
    --------
    >>> last_states()["01458"]
    'COMA-01458@1973-11-01'
    """
    named = states().reset_index()
    named = named[named["type"] != "COMP"].assign(begun=named["dateDebut"].fillna(""))
    # « COM » sorts before what it holds: of two states begun together, the commune counts
    named = named.sort_values(["code", "begun", "type"], ascending=[True, True, False])
    named = named.drop_duplicates("code", keep="last")
    return dict(zip(named["code"].tolist(), named["id"].tolist(), strict=True))


def states_on(day: str) -> pd.DataFrame:
    """States in force on a day (``AAAA-MM-JJ``), one per code: the commune rather than what it holds.

    Examples
    --------
    >>> states_on("2018-01-01").loc["01033", "nom"]
    'Bellegarde-sur-Valserine'
    """
    every = states()
    begun = every["dateDebut"].isna() | (every["dateDebut"] <= day)
    going_on = every["dateFin"].isna() | (every["dateFin"] > day)
    # « COM » sorts before « COMA », « COMD » and « COMP »
    own = every[begun & going_on].reset_index().sort_values(["code", "type", "id"])
    return own.drop_duplicates("code").set_index("code")


def state_on(code: str, day: str) -> str:
    """State of one code on a day, as `states_on` has it; empty where it was not in force.

    Examples
    --------
    >>> state_on("01033", "2018-01-01"), state_on("01033", "1950-01-01")
    ('COM-01033@1971-01-01', 'COM-01033@1943-01-01')
    """
    rows = _rows()
    own = [
        (rows[state]["type"], state)
        for state in _states_by_code().get(code, ())
        if begun(state) <= day and _ends_after(rows[state], day)
    ]
    return min(own, default=("", ""))[1]


@cache
def _states_by_code() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for state in _rows():
        found.setdefault(code_of(state), []).append(state)
    return found


@cache
def parts(state: str) -> tuple[str, ...]:
    """States whose territories make up one: itself, and what it had taken in, each with its own end.

    Examples
    --------
    >>> parts("COM-27078@1943-12-01")
    ('COMP-27078@1943-12-01', 'COMP-27111@1943-12-01', 'COMP-27621@1943-12-01')
    """
    rows = _rows()
    found, waiting = {state}, [state]
    while waiting:
        fresh = {member for member in rows[waiting.pop()]["membres"].split(";") if member} - found
        found |= fresh
        waiting += sorted(fresh)
    alive = {name for name in found if _ends_after(rows[name], begun(state))}
    # a commune that was undone has no successor: its members say where it went
    return tuple(sorted(alive - {state} if len(alive) > 1 and not ends()[state] else alive))


def events_of(state: str) -> list[tuple[str, str]]:
    """Kinds and dates of what happened to a territory since a state, oldest first.

    That of a commune held by another one begins with the merger that made it so.

    Examples
    --------
    >>> events_of("COMD-01091@2019-01-01")
    [('merger', '2019-01-01')]
    """
    rows = _rows()
    while rows[state]["type"] != COMMUNE:
        state = rows[state]["predecesseur"]
    found = []
    while state:
        row = rows[state]
        following = row["successeur"]
        if kind := _kind(row, rows.get(following)):
            found.append((kind, row["dateFin"]))
        state = following or (row["pole"] if row["type"] != COMMUNE else "")
    return found


def begun(state: str) -> str:
    """Day on which a state began, empty before 1943."""
    return _rows()[state]["dateDebut"]


def code_of(state: str) -> str:
    """Code of commune that a state is about.

    Examples
    --------
    >>> code_of("COM-01033@1971-01-01")
    '01033'
    """
    return state.partition("-")[2].partition("@")[0]


def _kind(row: dict[str, str], following: dict[str, str] | None) -> str:
    """Kind of the event that ends a state, empty where its territory does not change."""
    if row["type"] != COMMUNE:
        return "restoration" if following and following["type"] == COMMUNE else ""
    if following and following["type"] != COMMUNE:
        return "merger"
    return _KINDS.get(row["raisonFin"], "")


def _ends_after(row: dict[str, str], day: str) -> bool:
    return not row["dateFin"] or row["dateFin"] > day


@cache
def _rows() -> dict[str, dict[str, str]]:
    """Each state as texts, empty where there is none."""
    frame = states()[_ASKED].fillna("")
    columns = [frame[name].tolist() for name in _ASKED]
    rows = (dict(zip(_ASKED, row, strict=True)) for row in zip(*columns, strict=True))
    return dict(zip(frame.index.tolist(), rows, strict=True))
