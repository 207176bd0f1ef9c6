"""What is said of a query that gets no answer: why, and what there is to ask."""

import re
from difflib import get_close_matches

from sdsf_analysis.indicators.asking import options_of
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.tables import tables

_UNKNOWN = re.compile(r'(?:with name|Referenced (?:column|table)|column named) "?(\w+)"?')
_OUTSIDE = re.compile(
    "file system operations are disabled|disabled through configuration|configuration has been locked"
    r"|with name \S*[./\\]"
)


def refused_statement(count: int, word: str) -> str:
    """Say that a query is no single question.

    Parameters
    ----------
    count : int
        Number of statements.
    word : str
        First word of the query.

    Examples
    --------
    >>> print(refused_statement(1, "drop"))
    Une requête pose une question et ne change rien : DROP est refusé. La commencer par SELECT, ...
    """
    if count == 0:
        return "La requête est vide. Par exemple : select * from ctg limit 10."
    if count > 1:
        several = plural(count, "instruction")
        return f"La requête contient {several} : en poser une à la fois, sans « ; » au milieu."
    return (
        f"Une requête pose une question et ne change rien : {word.upper()} est refusé. "
        "La commencer par SELECT, FROM ou WITH."
    )


def too_long(seconds: float) -> str:
    """Say that a query was stopped.

    Examples
    --------
    >>> too_long(60.0)[:54]
    'La requête a été arrêtée : elle dure plus de 60 second'
    """
    return (
        f"La requête a été arrêtée : elle dure plus de {number(seconds)} secondes. "
        "Vérifier que chaque jointure dit ses colonnes (ON ou USING), ou restreindre par WHERE."
    )


def too_many(rows: int) -> str:
    """Say that an answer is too long to be read.

    Examples
    --------
    >>> "LIMIT" in too_many(1000)
    True
    """
    return (
        f"La réponse dépasse {plural(rows, 'ligne')} : l'agréger (GROUP BY), la restreindre (WHERE) "
        "ou la limiter (LIMIT)."
    )


def explained(message: str, query: str) -> str:
    """Give DuckDB's message, the nearest name, then the tables, their columns and the indicators.

    Parameters
    ----------
    message : str
        What DuckDB says.
    query : str
        The query, whose tables come first.

    Examples
    --------
    >>> print(explained('Catalog Error: Table with name offre does not exist!', "from offre"))
    DuckDB répond : Catalog Error: Table with name offre does not exist!
    Le nom le plus proche : offer.
    Tables et colonnes :
      offer : service, valid_from, ...
    """
    columns = {name: declared.names for name, declared in tables().items()}
    near = _nearest(message, [*columns, *INDICATORS, *dict.fromkeys(sum(columns.values(), ()))])
    words = {*re.findall(r"\w+", query.lower()), *near[:1]}
    order = sorted(columns, key=lambda name: name not in words)
    lines = [f"DuckDB répond : {message.strip()}"]
    if _OUTSIDE.search(message):
        lines.append("Une requête ne lit que les tables : ni fichier, ni réseau, ni réglage.")
    lines += [f"Le nom le plus proche : {near[0]}."] if near else []
    lines += ["Tables et colonnes :", *(f"  {name} : {', '.join(columns[name])}" for name in order)]
    lines.append("Libellés des codes : la vue lists (list, code, label, family, unit).")
    calls = (
        f"  {name}({', '.join(options_of(entry))}) : {entry.label}" for name, entry in INDICATORS.items()
    )
    return "\n".join([*lines, "Indicateurs :", *calls])


def _nearest(message: str, known: list[str]) -> list[str]:
    found = _UNKNOWN.search(message)
    return get_close_matches(found[1].lower(), known, n=1, cutoff=0.5) if found else []
