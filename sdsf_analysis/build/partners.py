"""The official codes of the partners of a convention, on an exact name only."""

import pandas as pd

from sdsf_analysis.build.finish import problem_at
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.territories.answers import Asked
from sdsf_analysis.territories.epcis import epcis_of
from sdsf_analysis.territories.names import CommuneIndex

_CODED_KINDS = {"commune": "de commune", "epci": "d'EPCI"}
_COMMUNE_WORDS = ("Commune de ", "Commune d'", "Commune d’", "Ville de ", "Ville d'", "Mairie de ")


def code_partners(partners: pd.DataFrame, index: CommuneIndex) -> tuple[pd.DataFrame, list[Problem]]:
    """Give the partners that are a commune or an EPCI their official code.

    Parameters
    ----------
    partners : pandas.DataFrame
        Rows of the table ``ctg_partners``.
    index : CommuneIndex
        Communes of the département.

    Returns
    -------
    tuple of (pandas.DataFrame, list of Problem)
        The rows with ``level`` and ``territory``; a warning for each name that is no official one.
    """
    codes: list[str | None] = []
    problems: list[Problem] = []
    for row in partners.to_dict("records"):
        code = _code(row["kind"], row["partner"], index)
        if not code and row["kind"] in _CODED_KINDS:
            message = f"« {row['partner']} » n'est pas un nom officiel {_CODED_KINDS[row['kind']]}."
            problems.append(problem_at(row, "territory_unknown", message, row["partner"]))
        codes.append(code)
    territory = pd.Series(codes, index=partners.index, dtype="str")
    has_level = territory.notna() | (partners["kind"] == "syndicat")
    return partners.assign(territory=territory, level=partners["kind"].where(has_level)), problems


def _code(kind: str, name: str, index: CommuneIndex) -> str | None:
    if kind == "epci":
        return _epci_code(name, index)
    return index.resolve(None, _bare_commune(name)).code or None if kind == "commune" else None


def _epci_code(name: str, index: CommuneIndex) -> str | None:
    """Code of an EPCI by its name; of two of one name, the one of the département wins."""
    known = epcis_of(index.year)
    found = known.answer(name, Asked(index.departement))
    return found.code or known.answer(name, Asked()).code or None


def _bare_commune(name: str) -> str:
    start = next((words for words in _COMMUNE_WORDS if name.casefold().startswith(words.casefold())), "")
    return name[len(start) :]
