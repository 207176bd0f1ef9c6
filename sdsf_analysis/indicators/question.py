"""The question behind an answer, which travels in its ``attrs`` without weighing on it."""

import json
from typing import Any

import pandas as pd

from sdsf_analysis.model.tables import Tables


class Question(str):
    """What was asked, written as JSON, with the tables that were asked.

    pandas copies ``attrs`` deeply at each operation, compares them in ``concat`` and writes them as JSON in a
    parquet file: a text that remembers its tables goes through all three untouched. Written to a file or
    pickled, it is a text without tables.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> asked = Question.of(example_tables(), "ctg_counters", on=pd.Timestamp("2024-06-30"), basis="signed")
    >>> asked, asked.parts["basis"]
    ('{"name": "ctg_counters", "on": "2024-06-30", "basis": "signed"}', 'signed')
    """

    __slots__ = ("tables",)
    tables: Tables | None

    @classmethod
    def of(cls, tables: Tables, name: str, *, on: pd.Timestamp, **options: object) -> "Question":
        """Write a question to some tables.

        Parameters
        ----------
        tables : Tables
        name : str
            Indicator.
        on : pandas.Timestamp
        **options
            Options of the indicator; those that are None are left out.
        """
        given = {key: value for key, value in options.items() if value is not None}
        asked = cls(json.dumps({"name": name, "on": on.date().isoformat(), **given}, ensure_ascii=False))
        asked.tables = tables
        return asked

    @property
    def parts(self) -> dict[str, Any]:
        """Name, day and options."""
        found: dict[str, Any] = json.loads(self)
        return found

    def __deepcopy__(self, memo: object) -> "Question":
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)
