"""Money and alerts tied to the services that another file lists: by number, by name and commune, or asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import NO_CELLS, Cells
from sdsf_analysis.build.finish import problem_at
from sdsf_analysis.build.periods import COMING
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.recipes.services import ServiceNamed
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.reference import YEARS

TABLES = ("funds", "alerts")
_SHOWN = 3
# below, short names of two structures begin to look alike
_NEAR = 85


@dataclass(frozen=True)
class Found:
    """Service that a row speaks of, empty for none, and what is to be said of it.

    ``candidates`` are services that the row may mean, each with its name and commune.
    """

    service: str
    code: str = ""
    message: str = ""
    candidates: tuple[tuple[str, str], ...] = ()

    @property
    def proposed(self) -> str:
        """The only candidate, empty for none or several."""
        return self.candidates[0][0] if len(self.candidates) == 1 else ""

    @property
    def suggestion(self) -> str:
        """Candidates in French, empty for none."""
        said = " ; ".join(f"{service}, {name}" for service, name in self.candidates)
        return f"Peut-être : {said}. Écrire le bon numéro dans decisions.csv." if said else ""


class Register:
    """The services of the offer, by number and by name.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer``.
    names : mapping
        Number → name under which its service stands, for those that are one with another.

    Examples
    --------
    >>> rows = {"service": ["0100101"], "name": ["Les Loups"], "commune": ["01173"], "stage": ["open"]}
    >>> Register(pd.DataFrame(rows)).find(ServiceNamed("", "LES LOUPS", "01173")).service
    '0100101'
    """

    def __init__(self, offer: pd.DataFrame, names: Mapping[str, str] = MappingProxyType({})) -> None:
        self._names = names
        known = offer[["service", "name", "commune"]].dropna(subset=["service"]).drop_duplicates()
        self._rows: list[dict[Any, Any]] = known.fillna("").to_dict("records")
        self._numbers = {row["service"] for row in self._rows}
        self._begun = set(offer["service"][~offer["stage"].isin(COMING)])
        self._by_name: dict[str, list[dict[Any, Any]]] = {}
        for row in self._rows:
            self._by_name.setdefault(normalise(row["name"]), []).append(row)

    def find(self, said: ServiceNamed) -> Found:
        """Find the one service that a row speaks of; never a guess.

        Parameters
        ----------
        said : ServiceNamed
            Number, name and commune that the row gives.
        """
        # a ruling writes the number where the name stood
        for number in (said.number, said.name):
            if (service := self._names.get(number, number)) in self._numbers:
                return Found(service)
        same = self._named(said)
        if not said.number:
            return Found(next(iter(same))) if len(same) == 1 else self._unknown(said, same)
        # what has a number is more than a project, be it of the same name
        same = {service: row for service, row in same.items() if service in self._begun}
        if not same:
            message = f"Le numéro {said.number} (« {said.name} ») n'est dans aucune liste de services reçue."
            return Found(said.number, "service_number_unknown", message)
        # a service that its list names without a number takes nothing from the one given here
        if len(same) == 1 and said.commune in next(iter(same)).split("-"):
            return Found(next(iter(same)))
        return self._renumbered(said, same)

    def _named(self, said: ServiceNamed) -> dict[str, dict[Any, Any]]:
        rows = self._by_name.get(said.key, []) if said.key and said.commune else []
        return {row["service"]: row for row in rows if row["commune"] == said.commune}

    def _renumbered(self, said: ServiceNamed, same: Mapping[str, Any]) -> Found:
        listed = " ou ".join(same)
        message = (
            f"« {said.name} » porte ici le numéro {said.number}, et {listed} dans la liste des services."
        )
        return Found("", "service_other_number", message, _candidates(same.values()))

    def _unknown(self, said: ServiceNamed, same: Mapping[str, dict[str, Any]]) -> Found:
        if same:
            where = _commune(said.commune)
            message = f"« {said.name} » est le nom de {len(same)} services de la même commune ({where})."
            return Found("", "service_unknown", message, _candidates(same.values()))
        where = f" ({_commune(said.commune)})" if said.commune else ", et la ligne ne dit pas la commune"
        message = f"« {said.name} » : aucun service n'est identifié sous ce nom{where}."
        return Found("", "service_unknown", message, _candidates(self._near(said)))

    def _near(self, said: ServiceNamed) -> list[dict[Any, Any]]:
        """Services of that name elsewhere, then those of the commune whose name is near."""
        # loads a library of spelling, which few builds need
        from rapidfuzz.fuzz import token_sort_ratio
        from rapidfuzz.process import extract

        elsewhere = self._by_name.get(said.key, [])
        around = [row for row in self._rows if said.commune and row["commune"] == said.commune]
        names = {rank: normalise(row["name"]) for rank, row in enumerate(around)}
        near = extract(said.key, names, scorer=token_sort_ratio, limit=_SHOWN, score_cutoff=_NEAR)
        return [*elsewhere, *(around[rank] for _, _, rank in near)][:_SHOWN]


def _candidates(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    named = {row["service"]: f"« {row['name']} », {_commune(row['commune'])}" for row in rows}
    return tuple(named.items())[:_SHOWN]


def _commune(code: str) -> str:
    known = atlas(YEARS[-1])
    return f"{known.name(code)}, {code}" if known.knows(code) else code or "commune non dite"


def link_services(
    frames: Mapping[str, pd.DataFrame],
    names: Mapping[str, str] = MappingProxyType({}),
    cells: Cells = NO_CELLS,
) -> tuple[dict[str, pd.DataFrame], list[Problem], dict[str, str]]:
    """Give the rows of money and alerts the service that the offer lists; those asked about are left out.

    Parameters
    ----------
    frames : mapping
        Tables by name.
    names : mapping
        Number → name under which its service stands, for those that are one with another.
    cells : Cells
        Cells of the rows.

    Returns
    -------
    tuple of (dict, list of Problem, dict)
        The tables of money and alerts; one problem per line of a file that names no service, and per number
        that no list has; the names of the rows left out → code of the reason.
    """
    register = Register(frames["offer"], names)
    linked: dict[str, pd.DataFrame] = {}
    asked: dict[tuple[str, str, str, str], Problem] = {}
    lost: dict[str, str] = {}
    for name in TABLES:
        frame = frames[name]
        found = {text: register.find(ServiceNamed.read(text)) for text in frame["service"].unique()}
        for row in frame[frame["service"].map(lambda text, of=found: bool(of[text].code))].to_dict("records"):
            problem = cells.at(_problem(row, found[row["service"]]), row["_row"], "service")
            is_once = problem.code == "service_number_unknown"
            place = (problem.source, problem.sheet, "" if is_once else problem.cell, problem.message)
            asked.setdefault(place, problem)
        services = frame["service"].map(lambda text, of=found: of[text].service).astype("str")
        linked[name] = frame.assign(service=services)[services != ""]
        out = frame[services == ""]
        lost |= {row: found[text].code for row, text in zip(out["_row"], out["service"], strict=True)}
    return linked, list(asked.values()), lost


def _problem(row: Mapping[Any, Any], found: Found) -> Problem:
    said = ServiceNamed.read(row["service"])
    problem = problem_at(row, found.code, found.message, said.number or said.name)
    return replace(problem, repaired_to=found.proposed, suggestion=found.suggestion)


def agreeing_rows(frame: pd.DataFrame, names: Iterable[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Say once what two files say alike: an aid stands in the follow-up of alerts and in the funding.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of a table, with their marks.
    names : iterable of str
        Columns that must agree.

    Returns
    -------
    tuple of (pandas.DataFrame, dict)
        The rows, and the names of those that another one stands for → that other. Two lines of one file
        stay two: they are asked about.
    """
    columns = list(names)
    first = frame.groupby(columns, dropna=False)["_row"].transform("first")
    owner = frame.groupby(columns, dropna=False)["_source"].transform("first")
    is_again = (first != frame["_row"]) & (owner != frame["_source"])
    return frame[~is_again], dict(zip(frame.loc[is_again, "_row"], first[is_again], strict=True))
