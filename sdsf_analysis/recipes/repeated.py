"""What is said of the rows of a file that speak of the same thing."""

from datetime import date
from typing import Any

from sdsf_analysis.model.tables import table as declared_table
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.reference import YEARS


def repeated_message(table: str, tidy: dict[str, Any], rows: list[int]) -> str:
    """Sentence on rows that give the same key to a tidy table.

    Parameters
    ----------
    table : str
        Name of the table.
    tidy : dict
        One of the rows: what they share is its key, words of closed lists apart.
    rows : list of int
        Rows of the sheet.

    Examples
    --------
    >>> tidy = {"commune": "01350", "year": 2025, "regime": "msa", "measure": "families"}
    >>> repeated_message("families", tidy, [61, 296])
    'Les lignes 61 et 296 portent toutes deux sur Saint-Étienne-du-Bois (01350), 2025.'
    """
    declared = declared_table(table)
    key = {name: tidy.get(name) for name in declared.key}
    own = [name for name, value in key.items() if value is not None and not declared[name].choices]
    about = ", ".join(_said(name, key[name]) for name in own or key)
    *others, last = dict.fromkeys(rows)
    if not others:
        return f"La ligne {last} porte plusieurs fois sur {about}."
    both = " deux" if len(others) == 1 else ""
    return f"Les lignes {', '.join(map(str, others))} et {last} portent toutes{both} sur {about}."


def _said(column: str, value: object) -> str:
    known = atlas(YEARS[-1])
    if column == "commune" and known.knows(str(value)):
        return f"{known.name(str(value))} ({value})"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
