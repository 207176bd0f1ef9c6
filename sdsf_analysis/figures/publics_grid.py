"""Children with a handicap beside the services that welcome them, as a director reads it."""

import pandas as pd

from sdsf_analysis.figures.grids import SECRECY_THRESHOLD
from sdsf_analysis.figures.territory_grid import Row, bounded
from sdsf_analysis.model.french import number


def aeeh_grid(found: pd.DataFrame, names: pd.Series, threshold: int = SECRECY_THRESHOLD) -> pd.DataFrame:
    """Lay out the welcome of children with a handicap: one row per territory, the most children first.

    Parameters
    ----------
    found : pandas.DataFrame
        Result of `aeeh_welcome`.
    names : pandas.Series
        Name of each territory, by its code.
    threshold : int
        Children fewer than this are not written, nor what is divided by them.

    Returns
    -------
    pandas.DataFrame
        Texts: Enfants avec AEEH, Services qui en accueillent (out of those that say so), Places de ces
        services, Accueils pour 100 enfants, Constat.

    Examples
    --------
    >>> row = {"territory": "E1", "aeeh_children": 20.0, "aeeh_children_status": "known", "services": 6,
    ...        "services_told": 5, "services_welcoming": 4, "places_welcoming": 90.0, "share": 35.0,
    ...        "share_status": "known", "label": "autant qu'ailleurs"}
    >>> none = ["aeeh_children_low", "aeeh_children_high", "share_low", "share_high"]
    >>> frame = pd.DataFrame([row | dict.fromkeys(none, float("nan"))])
    >>> aeeh_grid(frame, pd.Series({"E1": "CC du Test"})).loc["CC du Test"].tolist()
    ['20', '4 sur 5', '90', '35', "autant qu'ailleurs"]
    """
    order = found["aeeh_children"].fillna(found["aeeh_children_high"])
    rows = found.assign(_order=order).sort_values(["_order", "territory"], ascending=[False, True])
    texts = [_row(row, threshold) for row in rows.to_dict("records")]
    columns = [
        "Enfants avec AEEH",
        "Services qui en accueillent",
        "Places de ces services",
        "Accueils pour 100 enfants",
        "Constat",
    ]
    index = [str(names.get(code, code)) for code in rows["territory"]]
    return pd.DataFrame(texts, columns=columns, index=index)


def _row(row: Row, threshold: int) -> tuple[str, ...]:
    counts = (row["aeeh_children"], row["aeeh_children_high"])
    is_small = any(0 < float(count) < threshold for count in counts if not pd.isna(count))
    children, share = _part(row, "aeeh_children"), _part(row, "share")
    welcoming = f"{number(row['services_welcoming'])} sur {number(row['services_told'])}"
    small = f"moins de {threshold}"
    return (
        small if is_small else children,
        welcoming,
        number(row["places_welcoming"]),
        small if is_small else share,
        str(row["label"]),
    )


def _part(row: Row, name: str) -> str:
    """Whole numbers: neither a child nor a ratio of few is known to a decimal."""
    columns = {"value": name, "low": f"{name}_low", "high": f"{name}_high"}
    numbers: Row = {part: _whole(row[column]) for part, column in columns.items()}
    return bounded({**numbers, "status": row[f"{name}_status"]}, "enfants")


def _whole(value: float) -> float:
    return value if pd.isna(value) else float(round(value))
