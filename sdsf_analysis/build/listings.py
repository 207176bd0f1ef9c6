"""Lists of one kind, one after the other: the services that the last one names no more, or otherwise."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.build.finish import problem_at
from sdsf_analysis.build.periods import COMING, SEEN
from sdsf_analysis.build.structure_names import Likeness, is_telling, likeness
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.reference import YEARS

# a list of crèches may name the same one otherwise the year after
_CRECHES = ("micro_creche", "jardin_enfants")
_EAJE = "eaje"
# one row per commune, which stands for no structure
BY_COMMUNE = ("childminders", "home_care", "preschool")
Row = dict[Any, Any]


def kind_group(kind: str) -> str:
    """Kinds that one list holds together: the crèches, whatever their kind; another kind is alone.

    Examples
    --------
    >>> kind_group("micro_creche"), kind_group("eaje_family"), kind_group("laep")
    ('eaje', 'eaje', 'laep')
    """
    return _EAJE if kind.startswith(_EAJE) or kind in _CRECHES else kind


def listing_doubts(
    offer: pd.DataFrame,
    recipes: Mapping[str, str],
    distinct: Iterable[tuple[str, str]] = (),
    named: Container[str] = (),
    cells: Cells = NO_CELLS,
) -> list[Problem]:
    """Ask about the services whose number, name or place in the lists changed from one to the next.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, with the day that their file speaks of.
    recipes : mapping
        File → recipe that reads it.
    distinct : iterable of tuple of str
        Pairs (new number, old number) that the analyst said to be two services.
    named : container of str
        Rows that stand under another identifier than their own: their name may be another one.
    cells : Cells
        Cells of the rows.

    Returns
    -------
    list of Problem
        ``service_renumbered``, at the new number; ``service_unlisted``, at the last line that names the
        service; ``service_renamed``, at the first line of the other name.
    """
    dated = offer[offer[SEEN].notna() & offer["name"].notna()]
    group = dated["kind"].map(kind_group)
    listing = dated["_source"].map(recipes).fillna("") + "|" + group
    dated = dated.assign(_group=group, _listing=listing).sort_values(["service", SEEN], kind="stable")
    told = [pair for pair in _other_names(dated) if not any(row["_row"] in named for row in pair)]
    problems = [_renamed(*pair, cells) for pair in told]
    refused = set(distinct)
    last_day = dated.groupby("service")[SEEN].max().to_dict()
    opened = dated[dated["stage"] == "open"].drop_duplicates("service")
    for _, listed in dated.groupby("_listing", sort=True):
        if listed[SEEN].nunique() > 1:
            elsewhere = opened[opened["_group"].isin(listed["_group"]) & ~opened.index.isin(listed.index)]
            problems += _of_listing(listed, elsewhere.to_dict("records"), last_day, refused, cells)
    return problems


def in_double(problems: Iterable[Problem], offer: pd.DataFrame) -> set[str]:
    """Numbers that may be the new ones of services that stand: counted beside them, one place would be two.

    A project whose opening is asked about counts nowhere else: its new number does not wait.

    Parameters
    ----------
    problems : iterable of Problem
        As `listing_doubts` gives.
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed.
    """
    standing = set(offer.loc[~offer["stage"].isin(COMING), "service"])
    asked = [one for one in problems if one.code == "service_renumbered"]
    return {one.found for one in asked if one.repaired_to in standing}


def _of_listing(
    listed: pd.DataFrame,
    elsewhere: list[Row],
    last_day: Mapping[Any, pd.Timestamp],
    refused: set[tuple[str, str]],
    cells: Cells,
) -> Iterator[Problem]:
    followers = _followers(listed)
    first = listed.drop_duplicates("service")
    came = {day: first[first[SEEN] > day].to_dict("records") for day in listed[SEEN].unique()}
    last = listed.drop_duplicates("service", keep="last")
    for row in last[last["stage"] != "closed"].to_dict("records"):
        day, file = followers.get((row["_source"], row["_sheet"], row[SEEN]), (row[SEEN], ""))
        if last_day[row["service"]] >= day or _is_over(row, day):
            continue
        # what was a project opens in another list
        others = elsewhere if row["stage"] in COMING else []
        heirs = [
            other
            for other in [*came[row[SEEN]], *others]
            if (other["service"], row["service"]) not in refused and may_be(row, other)
        ]
        if heirs:
            yield from (_renumbered(row, heir, cells) for heir in heirs)
        else:
            yield _unlisted(row, day, file, cells)


def _followers(listed: pd.DataFrame) -> dict[tuple[Any, ...], tuple[Any, str]]:
    """List → day and file of the last one that speaks of the same communes: parts follow no other part."""
    lists: dict[Any, set[str]] = {
        key: set(rows["commune"]) for key, rows in listed.groupby(["_source", "_sheet", SEEN])
    }
    found = {}
    for key, communes in lists.items():
        later = [
            (other[2], other[0]) for other, theirs in lists.items() if other[2] > key[2] and communes & theirs
        ]
        if later:
            found[key] = max(later)
    return found


def _is_over(row: Row, day: pd.Timestamp) -> bool:
    """Whether a service was already said to end before a day."""
    return bool(row["closed_on"] <= day or row["valid_to"] <= day)


def may_be(old: Row, new: Row) -> bool:
    """Whether a new number may be that of a service gone: a near name in its commune, the same elsewhere.

    A name that only says the kind of service tells nothing elsewhere.

    Examples
    --------
    >>> gone = {"name": "Ribambelle", "commune": "90033", "kind": "laep"}
    >>> may_be(gone, gone | {"commune": "90010"}), may_be(gone, gone | {"name": "Les Lutins"})
    (True, False)
    """
    if old["kind"] in BY_COMMUNE or new["kind"] in BY_COMMUNE:
        return False
    found = likeness(old["name"], new["name"])
    is_there = bool(pd.notna(old["commune"]) and old["commune"] == new["commune"])
    return found is not Likeness.OTHER if is_there else found is Likeness.SAME and is_telling(old["name"])


def _other_names(dated: pd.DataFrame) -> Iterator[tuple[Row, Row]]:
    """Pairs of successive lines of one service whose names have nothing in common."""
    before = dated.groupby("service")[["name", SEEN]].shift()
    changed = dated[before["name"].notna() & (before["name"] != dated["name"]) & (before[SEEN] < dated[SEEN])]
    rows, places = dated.to_dict("records"), {index: rank for rank, index in enumerate(dated.index)}
    for index in changed.index:
        old, new = rows[places[index] - 1], rows[places[index]]
        if old["_source"] != new["_source"] and likeness(old["name"], new["name"]) is Likeness.OTHER:
            yield old, new


def called(row: Row) -> str:
    """Name a service in a sentence: its name, its identifier, its commune.

    Examples
    --------
    >>> called({"name": "Ribambelle", "service": "90002", "commune": "90033"})
    '« Ribambelle » (90002, Delle)'
    """
    known, code = atlas(YEARS[-1]), row["commune"]
    place: str = f", {known.name(code) if known.knows(code) else code}" if pd.notna(code) else ""
    return f"« {row['name']} » ({row['service']}{place})"


def _renumbered(old: Row, new: Row, cells: Cells) -> Problem:
    message = (
        f"{called(old)} n'est plus dans la liste la plus récente ; "
        f"{called(new)} apparaît dans « {new['_source']} »."
    )
    suggestion = (
        "Est-ce la même structure ? Si oui, écrire dans decisions.csv « même structure », "
        f"et {old['service']} comme valeur ; sinon « garder »."
    )
    asked = problem_at(new, "service_renumbered", message, new["service"])
    asked = replace(asked, repaired_to=old["service"], suggestion=suggestion)
    return cells.at(asked, new["_row"], "service")


def _unlisted(row: Row, latest: pd.Timestamp, file: str, cells: Cells) -> Problem:
    message = (
        f"{called(row)} n'est plus dans la liste du {latest:%d/%m/%Y} (« {file} ») : "
        "son dernier état connu est gardé."
    )
    return cells.at(problem_at(row, "service_unlisted", message, row["service"]), row["_row"], "service")


def _renamed(old: Row, new: Row, cells: Cells) -> Problem:
    message = (
        f"Le service {new['service']} s'appelait « {old['name']} » dans « {old['_source']} » "
        f"et s'appelle « {new['name']} »."
    )
    return cells.at(problem_at(new, "service_renamed", message, new["service"]), new["_row"], "service")
