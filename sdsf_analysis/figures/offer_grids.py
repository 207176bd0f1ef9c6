"""The offer as a director reads it: services and places of a territory, communes without a service."""

import pandas as pd

from sdsf_analysis.figures.territory_grid import Row, bounded
from sdsf_analysis.indicators.services.white import STATES
from sdsf_analysis.model.french import NO_VALUE, capital, number, percent
from sdsf_analysis.model.lists import choices

_NOTHING = "–"


def services_grid(found: pd.DataFrame) -> pd.DataFrame:
    """Lay out the services of one territory: one row per kind, family, operator or funding.

    Parameters
    ----------
    found : pandas.DataFrame
        Result of `services_by`, for one territory.

    Returns
    -------
    pandas.DataFrame
        Texts: Services, Capacité with its unit, Professionnels; a dash where the question has no sense.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.services.grouped import services_by
    >>> found = services_by(example_tables(), "2024-06-30")
    >>> list(services_grid(found[found["territory"] == "E1"]).columns)
    ['Services', 'Capacité', 'Professionnels']
    """
    units = choices("capacity_unit")
    rows = found.to_dict("records")
    columns = {
        "Services": [_services(row) for row in rows],
        "Capacité": [_amount(row, "capacity", units.get(str(row["capacity_unit"]), "")) for row in rows],
        "Professionnels": [_amount(row, "units", "") for row in rows],
    }
    return pd.DataFrame(columns, index=_capitalised(found["label"]))


def zones_grid(zones: pd.DataFrame) -> pd.DataFrame:
    r"""Sum up the communes by what they have within reach: communes, children, share of the children.

    Parameters
    ----------
    zones : pandas.DataFrame
        Result of `white_zones` with the communes that have a service.

    Returns
    -------
    pandas.DataFrame
        Texts: Communes, Enfants, Part des enfants; children that are not known are not summed.

    Examples
    --------
    >>> zones = pd.DataFrame({"state": ["served", "white"], "label": ["un service", "aucun service"],
    ...                       "children": [90.0, 10.0]})
    >>> zones_grid(zones).loc["Aucun service"].str.replace("\u202f", " ").tolist()
    ['1', '10', '10,0 %']
    """
    found = zones.groupby("state").agg(
        label=("label", "first"), size=("label", "size"), sum=("children", "sum"), count=("children", "count")
    )
    found = found.reindex([state for state in STATES if state in found.index])
    known = found["sum"].sum()
    rows = [
        (number(size), number(children), percent(100 * children / known) if known else NO_VALUE)
        if count
        else (number(size), NO_VALUE, NO_VALUE)
        for _, size, children, count in found.itertuples(index=False)
    ]
    return pd.DataFrame(
        rows, index=_capitalised(found["label"]), columns=["Communes", "Enfants", "Part des enfants"]
    )


def white_grid(zones: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """List the communes without any service within reach, those with most children first.

    Parameters
    ----------
    zones : pandas.DataFrame
        Result of `white_zones`.
    names : pandas.Series
        Name of each EPCI, by its code.

    Returns
    -------
    pandas.DataFrame
        Texts: EPCI, Enfants, Service le plus proche.

    Examples
    --------
    >>> zones = pd.DataFrame({"name": ["Seuil"], "epci": ["E1"], "state": ["white"], "children": [12.4],
    ...                       "nearest_km": [11.26], "nearest_commune_name": ["Bourg"]})
    >>> white_grid(zones, pd.Series({"E1": "CC du Test"})).loc["Seuil"].tolist()
    ['CC du Test', '12', 'Bourg, à 11,3 km']
    """
    found = zones[zones["state"] == "white"].sort_values(["children", "name"], ascending=[False, True])
    nearest = [NO_VALUE if pd.isna(row["nearest_km"]) else _nearest(row) for row in found.to_dict("records")]
    columns = {
        "EPCI": [str(names.get(code, code)) for code in found["epci"]],
        "Enfants": [number(children) for children in found["children"]],
        "Service le plus proche": nearest,
    }
    return pd.DataFrame(columns, index=found["name"].tolist())


def _capitalised(labels: pd.Series) -> list[str]:
    return [capital(label) for label in labels]


def _nearest(row: Row) -> str:
    return f"{row['nearest_commune_name']}, à {number(row['nearest_km'], 1)} km"


def _services(row: Row) -> str:
    """Those who work alone are no services: they are counted as professionals."""
    return _NOTHING if pd.isna(row["services"]) or row["group"] == "childminders" else number(row["services"])


def _amount(row: Row, name: str, unit: str) -> str:
    if row[f"{name}_status"] == "not_applicable":
        return _NOTHING
    parts: Row = {part: row[f"{name}_{part}"] for part in ("low", "high", "status")}
    return f"{bounded({'value': row[name], **parts}, 'effectif')} {unit}".strip()
