"""Rows of one group made one: counts and their bounds add up, a rate is found again from its numerator."""

import pandas as pd

__all__ = ["add_counts", "beside", "mean_rates"]

# When parts are withheld for several reasons, the sum says the one that binds most
_BINDING = ("secret", "masked", "not_significant", "error", "missing", "not_applicable")


def beside(frame: pd.DataFrame, column: str) -> dict[str, str]:
    """Columns of the status and the bounds of a quantity, those that a frame has.

    Examples
    --------
    >>> beside(pd.DataFrame(columns=["value", "status", "units", "units_low"]), "units")
    {'low': 'units_low'}
    """
    prefix = "" if column == "value" else f"{column}_"
    return {part: f"{prefix}{part}" for part in ("status", "low", "high") if f"{prefix}{part}" in frame}


def add_counts(frame: pd.DataFrame, by: list[str], column: str) -> pd.DataFrame:
    """Sum of a count over each group.

    Parameters
    ----------
    frame : pandas.DataFrame
        The columns ``by``, the count, and what `beside` finds.
    by : list of str
        Columns of the groups.
    column : str
        The count.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: the count (missing where a part is not known), and its companions.

    Examples
    --------
    >>> parts = pd.DataFrame({"commune": ["A", "A"], "value": [5.0, None], "status": ["known", "secret"],
    ...                       "low": [None, 0.0], "high": [None, 4.0]})
    >>> add_counts(parts, ["commune"], "value").reset_index().values.tolist()
    [['A', nan, 'secret', 5.0, 9.0]]
    """
    names = beside(frame, column)
    values = _known(frame, column)
    sums = {column: _whole_sum(values, frame, by)}
    if "status" in names:
        sums[names["status"]] = _binding_status(frame[names["status"]], frame, by)
    bounds = [names[part] for part in ("low", "high") if part in names]
    # a known value without bounds is its own bounds; a group of them has none to show
    shown = pd.DataFrame(frame[bounds]).notna().any(axis=1) | values.isna()
    is_shown = shown.groupby([frame[name] for name in by]).any()
    for name in bounds:
        sums[name] = _whole_sum(frame[name].astype("float64").fillna(values), frame, by).where(is_shown)
    return pd.DataFrame(sums)


def _known(frame: pd.DataFrame, column: str) -> pd.Series:
    """Values that are known: one withheld by its status never adds to a sum."""
    values, names = frame[column].astype("float64"), beside(frame, column)
    return values.where(frame[names["status"]] == "known") if "status" in names else values


def _whole_sum(values: pd.Series, frame: pd.DataFrame, by: list[str]) -> pd.Series:
    """Sum of each group, missing where one of its values is."""
    groups = values.groupby([frame[name] for name in by])
    return groups.sum().where(groups.count() == groups.size())


def _binding_status(status: pd.Series, frame: pd.DataFrame, by: list[str]) -> pd.Series:
    order = {name: rank for rank, name in enumerate((*_BINDING, "known"))}
    ranks = status.map(order).groupby([frame[name] for name in by]).min()
    return ranks.map({rank: name for name, rank in order.items()}).astype("str")


def mean_rates(frame: pd.DataFrame, by: list[str], rate: str, denominator: str) -> pd.DataFrame:
    """Rate of each group: the numerators found again by the denominators, summed, then divided.

    Parameters
    ----------
    frame : pandas.DataFrame
        The columns ``by``, the rate and its denominator.
    by : list of str
        Columns of the groups.
    rate, denominator : str
        The rate, in any unit, and what it is a rate of.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: the rate (missing where a part is not known or the denominator is zero), and its
        companions: bounds are not carried over.

    Examples
    --------
    >>> parts = pd.DataFrame({"commune": ["A", "A"], "rate": [10.0, 40.0], "children": [100, 50]})
    >>> mean_rates(parts, ["commune"], "rate", "children").loc["A", "rate"]
    np.float64(20.0)
    """
    names = beside(frame, rate)
    below = _known(frame, denominator)
    total = _whole_sum(below, frame, by)
    found = {rate: _whole_sum(_known(frame, rate) * below, frame, by) / total.where(total > 0)}
    if "status" in names:
        status = _binding_status(frame[names["status"]], frame, by)
        lost = found[rate].isna() & (status == "known")
        found[names["status"]] = status.mask(lost, "missing")
    missing = pd.Series(float("nan"), index=total.index)
    return pd.DataFrame(found | {names[part]: missing for part in ("low", "high") if part in names})
