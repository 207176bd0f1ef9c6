"""From an indicator to the cells of the files that it rests on."""

from collections.abc import Mapping

import pandas as pd

from sdsf_analysis.build.trace import trace_known
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import Day
from sdsf_analysis.indicators.trail.rows import rows_read
from sdsf_analysis.indicators.trail.sources import COLUMNS
from sdsf_analysis.model.tables import Tables


def trace_read(  # noqa: PLR0913 - the question as it is asked, each part by its name
    tables: Tables, name: str, on: Day, by: str, *, column: str | None, given: Mapping[str, object]
) -> pd.DataFrame:
    """Find the cells behind an indicator, with its usual options.

    Parameters
    ----------
    tables : Tables
    name : str
        Key of `sdsf_analysis.indicators.trail.sources.SOURCES`.
    on : str or datetime.date
    by : str
        Level of the territory.
    column : str or None
        Column to explain; those that tell where a number comes from without it.
    given : mapping
        ``territory``, and keys of what the indicator reads.

    Returns
    -------
    pandas.DataFrame
        As `sdsf_analysis.build.trace.trace` gives.

    Raises
    ------
    QuestionError
        If nothing that the indicator reads comes from a file, or as `rows_read`.
    """
    narrowed = {key: value for key, value in given.items() if key != "territory"}
    territory = given.get("territory")
    code = None if territory is None else str(territory)
    rows = rows_read(name, tables, on, by, code, narrowed=narrowed)
    found = [
        trace_known(tables, table, same, [column] if column else COLUMNS.get(table))
        for table, same in rows.items()
    ]
    cells = [one for one in found if len(one)]
    if not cells:
        raise QuestionError(f"{name} ne repose ici sur aucune cellule d'un fichier reçu.")
    return pd.concat(cells, ignore_index=True)
