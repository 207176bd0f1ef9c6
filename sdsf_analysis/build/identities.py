"""Services that the analyst says to be one, or two, or closed: the rulings applied to the tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.rulings import FILE, Decision

Pair = tuple[str, str]


@dataclass(frozen=True)
class Identities:
    """What the rulings say of the identity of services.

    Attributes
    ----------
    same : tuple of tuple
        (one service, another one, line of the ruling): both are one.
    distinct : frozenset of tuple of str
        Pairs of services that are two.
    closed : tuple of tuple
        (service, last day, line of the ruling).
    """

    same: tuple[tuple[str, str, int], ...] = ()
    distinct: frozenset[Pair] = frozenset()
    closed: tuple[tuple[str, date, int], ...] = ()


NO_IDENTITIES = Identities()


@dataclass
class Links:
    """Services that are one, each group under the name that stands first.

    Examples
    --------
    >>> links = Links({"a": 0, "b": 1, "c": 2})
    >>> links.join("c", "b"); links.join("b", "a"); links.names()
    {'b': 'a', 'c': 'a'}
    """

    ranks: Mapping[str, int]
    _above: dict[str, str] = field(default_factory=dict)

    def top(self, service: str) -> str:
        """Name under which a service stands."""
        while service in self._above:
            service = self._above[service]
        return service

    def join(self, one: str, two: str) -> None:
        """Say that two services are one."""
        first, second = sorted((self.top(one), self.top(two)), key=lambda name: (self.ranks[name], name))
        if first != second:
            self._above[second] = first

    def names(self) -> dict[str, str]:
        """Services that stand under another name → that name."""
        return {service: self.top(service) for service in sorted(self._above)}


def ruled_links(offer: pd.DataFrame, identities: Identities) -> tuple[Links, list[Problem]]:
    """Join the services that rulings say to be one, under the name that files used first.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, in the order in which a name is preferred.
    identities : Identities

    Returns
    -------
    tuple of (Links, list of Problem)
        And one problem per ruling that names a service that no file names.
    """
    ranks = {service: rank for rank, service in enumerate(offer["service"].drop_duplicates())}
    links, problems = Links(ranks), []
    for one, two, line in identities.same:
        unknown = [service for service in (one, two) if service not in ranks]
        if unknown:
            problems.append(_unknown(line, Decision.SAME, unknown[0]))
        else:
            links.join(one, two)
    problems += [_unknown(line, Decision.CLOSE, service) for service, _, line in identities.closed
                 if service not in ranks]  # fmt: skip
    return links, problems


def _unknown(line: int, decision: Decision, service: str) -> Problem:
    message = f"{FILE}, ligne {line}. « {decision} » : aucun fichier ne nomme le service « {service} »."
    return Problem(FILE, "", f"A{line}", "decision_faulty", message, service)


def renamed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the rows of services the names under which they stand.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of a table that has the column ``service``.
    names : mapping
        Service → name under which it stands.

    Examples
    --------
    >>> rows = pd.DataFrame({"service": ["a", "b"]}, dtype="str")
    >>> renamed(rows, {"b": "a"})["service"].tolist()
    ['a', 'a']
    """
    stands = [names.get(service, service) for service in frame["service"]]
    return frame.assign(service=pd.Series(stands, index=frame.index, dtype="str")) if names else frame


def closed_by_ruling(offer: pd.DataFrame, closed: Iterable[tuple[str, date, int]]) -> pd.DataFrame:
    """End the last period of the services that rulings close.

    Parameters
    ----------
    offer : pandas.DataFrame
        Periods of the services, sorted.
    closed : iterable of tuple
        As in `Identities`.
    """
    offer = offer.copy()
    for service, last_day, _ in closed:
        own = offer["service"] == service
        day = pd.Timestamp(last_day)
        runs = own & offer["valid_to"].isna() & (offer["valid_from"] <= day)
        offer.loc[runs, "valid_to"] = day
        offer.loc[own, "closed_on"] = day
    return offer
