"""The words of a declaration: a table, its columns, and what is asked of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model.lists import unknown_name

if TYPE_CHECKING:  # `sdsf --help` reads the declarations without waiting for pandas
    import pandas as pd
    import pandera.pandas as pa


@dataclass(frozen=True)
class Column:
    """One column of a tidy table.

    Parameters
    ----------
    name : str
        Name in the table.
    dtype : str
        One of ``str``, ``float``, ``int``, ``date``, ``bool``.
    label : str
        What an analyst reads, in French.
    unit : str, optional
        Unit in French; none for text, codes and dates.
    diffusion : str
        ``public``, ``partenaires`` or ``interne``.
    choices : str, optional
        Name of the closed list, see `sdsf_analysis.model.lists`.
    is_open : bool
        True when the list labels the usual codes and others are accepted.
    is_key, is_required : bool
        Part of the key; a null is refused.
    """

    name: str
    dtype: str
    label: str
    unit: str | None = None
    diffusion: str = "public"
    choices: str | None = None
    is_open: bool = False
    is_key: bool = False
    is_required: bool = False


@dataclass(frozen=True)
class Quantity:
    """The four columns of a number: the value, its status, its bounds."""

    value: str
    status: str
    low: str
    high: str


@dataclass(frozen=True)
class Table:
    """One tidy table of ``data/processed``.

    Parameters
    ----------
    name : str
        Name of the table and of its file.
    label, row : str
        French label, and the French sentence that says what a row is.
    columns : tuple of Column
        In the order of the table.
    """

    name: str
    label: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that identify a row; empty for the two registers."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers that carry a status."""
        prefixes = (c.name.removesuffix("status") for c in self.columns if c.choices == "status")
        return tuple(_quantity(prefix) for prefix in prefixes)

    def __getitem__(self, name: str) -> Column:
        """Column of a name; `QuestionError` names the nearest when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise QuestionError(unknown_name(f"Dans la table {self.name}, la colonne", name, self.names))

    def empty(self) -> "pd.DataFrame":
        """Return the table without a row, each column of its type.

        Examples
        --------
        >>> from sdsf_analysis.model.tables import table
        >>> table("ctg_themes").empty().dtypes.astype(str).to_dict()
        {'ctg': 'str', 'theme': 'str'}
        """
        import pandas as pd

        return self.cast(pd.DataFrame())

    def cast(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Give a frame the declared columns and types, on its own index and in its own order.

        Parameters
        ----------
        frame : pandas.DataFrame
            Some of the columns of the table; those that are absent come back null.

        Returns
        -------
        pandas.DataFrame
            All columns, in the order of the table.

        Raises
        ------
        SdsfError
            If a column is not declared, or holds what its type refuses (a number where a code is due).

        Examples
        --------
        >>> import pandas as pd
        >>> from sdsf_analysis.model.tables import table
        >>> table("ctg").cast(pd.DataFrame({"ctg": ["01-A"], "signed_on": ["2024-02-01"]}))["signed_on"].dtype
        dtype('<M8[us]')
        """
        from sdsf_analysis.model.casting import cast

        return cast(self, frame)

    def conform(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Cast a frame, sort it by key and renumber its rows.

        Parameters
        ----------
        frame : pandas.DataFrame
            As for `cast`.

        Returns
        -------
        pandas.DataFrame
            The table as it is stored. Without a key, rows keep their order.

        Raises
        ------
        SdsfError
            As for `cast`.

        Examples
        --------
        >>> import pandas as pd
        >>> rows = pd.DataFrame({"theme": ["jeunesse", "enfance"], "ctg": ["01-A", "01-A"]})
        >>> from sdsf_analysis.model.tables import table
        >>> table("ctg_themes").conform(rows)["theme"].tolist()
        ['enfance', 'jeunesse']
        """
        frame = self.cast(frame)
        if self.key:
            frame = frame.sort_values(list(self.key), kind="stable")
        return frame.reset_index(drop=True)

    def schema(self) -> "pa.DataFrameSchema":
        """Pandera schema of the table, which `failures` applies.

        Examples
        --------
        >>> from sdsf_analysis.model.tables import table
        >>> table("ctg_themes").schema().unique
        ['ctg', 'theme']
        """
        from sdsf_analysis.model.checks import schema

        return schema(self)

    def failures(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Rows that the table refuses, one line per row, column and reason.

        Parameters
        ----------
        frame : pandas.DataFrame
            As for `cast`; its own index names the rows.

        Returns
        -------
        pandas.DataFrame
            row (index label of `frame`), column (for a repeated key, its first column), check: ``null``,
            ``list`` (outside the closed list), ``key`` (repeated), ``status`` (a value present exactly when
            it is known), ``bounds`` (low ≤ value ≤ high). Empty when the frame is good.

        Raises
        ------
        SdsfError
            As for `cast`.

        Examples
        --------
        >>> import pandas as pd
        >>> rows = pd.DataFrame({"ctg": ["01-A", None], "theme": ["jeunesse", "sport"]})
        >>> from sdsf_analysis.model.tables import table
        >>> table("ctg_themes").failures(rows)
           row column check
        0    1    ctg  null
        1    1  theme  list
        """
        from sdsf_analysis.model.checks import failures

        return failures(self, frame)


def _quantity(prefix: str) -> Quantity:
    value = prefix.removesuffix("_") or "value"
    return Quantity(value, f"{prefix}status", f"{prefix}low", f"{prefix}high")
