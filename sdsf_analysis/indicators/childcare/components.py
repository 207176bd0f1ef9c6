"""The places of a commune for its children under three, component by component, as the Cnaf counts them.

Reference: Cnaf, Dossier d'étude n° 203 (2019): crèches (PSU and others), assistants maternels who work, care
at the family's home, schooling at two. The capacity that the PMI licenses to assistants maternels is no
component; the places of a MAM are those of its assistants maternels again.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.childcare.childminders import childminder_places
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables

EAJE_KINDS = ("eaje_collective", "eaje_family", "eaje_parental", "micro_creche", "jardin_enfants")
COMPONENTS = ("eaje_psu", "eaje_other", "childminders", "home_care", "preschool")
LABELS = {
    "eaje_psu": "les places d'EAJE en PSU",
    "eaje_other": "les places d'EAJE hors PSU",
    "childminders": "les assistants maternels qui travaillent",
    "home_care": "la garde à domicile",
    "preschool": "la préscolarisation à 2 ans",
}
_BRINGING = {"eaje_psu": "psu", "eaje_other": "paje", "home_care": "home_care", "preschool": "preschool"}
_REAL_STAGES = ("open", "frozen", "closed")
_COLUMNS = ["commune", *BOUNDED]


class Component(NamedTuple):
    """Places of one component by commune.

    Attributes
    ----------
    rows : pandas.DataFrame
        commune, value, status, low, high: as many rows per commune as there are services. Where the component
        is not known, each commune also has a row that says ``missing``.
    lacking : str
        Why it is not known, in French; empty where it is.
    """

    rows: pd.DataFrame
    lacking: str = ""


def components(
    tables: Tables, day: pd.Timestamp, children_per_childminder: float
) -> tuple[dict[str, Component], list[str]]:
    """Places of each component on a day, and what must be said of how they were counted.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    children_per_childminder : float
        Children under three per assistant maternel who works, where the children are not counted.

    Returns
    -------
    dict of str to Component
        By name, in the order of `COMPONENTS`. Received and without a service in a commune: a true zero.
    list of str
        Sentences in French.

    Raises
    ------
    QuestionError
        If the children per assistant maternel are not above zero.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found, _ = components(childcare_example(), pd.Timestamp("2023-12-31"), 2.0)
    >>> found["eaje_psu"].rows.values.tolist()
    [['01001', 24.0, 'known', nan, nan]]
    >>> found["home_care"].lacking
    "Rien de reçu sur la garde à domicile, et aucune recette ne l'apporte."
    """
    if not children_per_childminder > 0:
        raise QuestionError(
            f"Enfants par assistant maternel (children_per_childminder) : {children_per_childminder}. "
            "Donner un nombre supérieur à 0, par exemple 2.2."
        )
    communes = departement_communes(tables.territories)["commune"]
    offer = tables.offer
    creches = offer[offer["kind"].isin(EAJE_KINDS)]
    is_psu = creches["funding"].eq("psu")
    minders, said, lacking = childminder_places(tables, day, children_per_childminder)
    found = {
        "eaje_psu": _places(creches[is_psu], day, communes, "eaje_psu"),
        "eaje_other": _places(creches[~is_psu], day, communes, "eaje_other"),
        "childminders": Component(minders, lacking) if not lacking else _unknown(minders, communes, lacking),
        "home_care": _places(offer[offer["kind"] == "home_care"], day, communes, "home_care"),
        "preschool": _places(offer[offer["kind"] == "preschool"], day, communes, "preschool"),
    }
    unsaid = _funding_unsaid(creches, day)
    if unsaid and found["eaje_psu"].lacking and not found["eaje_other"].lacking:
        reason = "Le financement des EAJE n'est pas dit : PSU et hors PSU ne se distinguent pas."
        found["eaje_other"] = _unknown(found["eaje_other"].rows, communes, reason)
    sentences = (said, unsaid, _capacity_unsaid(offer, day))
    return found, [sentence for sentence in sentences if sentence]


def _places(services: pd.DataFrame, day: pd.Timestamp, communes: pd.Series, name: str) -> Component:
    """Open places of some services; unknown where no list of them reaches back to the day."""
    rows = as_rows(services[is_held(services, day) & services["stage"].eq("open")])
    real = services[services["stage"].isin(_REAL_STAGES)]
    if (real["valid_from"] <= day).any():
        return Component(rows)
    if real.empty:
        return _unknown(rows, communes, file_lacking("offer", _BRINGING[name], LABELS[name]))
    since = french_date(real["valid_from"].min())
    return _unknown(rows, communes, f"{LABELS[name].capitalize()} : rien de connu avant le {since}.")


def as_rows(services: pd.DataFrame) -> pd.DataFrame:
    """Capacity of some services of the offer: commune, value, status, low, high.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> as_rows(childcare_example().offer[:1]).values.tolist()
    [['01001', 30.0, 'known', nan, nan]]
    """
    capacities = {
        "value": services["capacity"],
        "status": services["capacity_status"].fillna("missing"),
        "low": services["capacity_low"],
        "high": services["capacity_high"],
    }
    return pd.DataFrame({"commune": services["commune"], **capacities}).reset_index(drop=True)


def _unknown(rows: pd.DataFrame, communes: pd.Series, lacking: str) -> Component:
    unknown = pd.DataFrame({"commune": communes, "value": np.nan, "status": "missing"})
    unknown = unknown.assign(low=np.nan, high=np.nan)
    return Component(stacked([rows, unknown]), lacking)


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Rows of several components, one below the other.

    Examples
    --------
    >>> stacked([])["commune"].tolist()
    []
    """
    kept = [frame[_COLUMNS] for frame in frames if len(frame)]
    if not kept:
        empty = pd.DataFrame({name: pd.Series(dtype="float64") for name in _COLUMNS})
        return empty.astype({"commune": "str", "status": "str"})
    numbers = dict.fromkeys(("value", "low", "high"), "float64")
    return pd.concat([frame.astype(numbers) for frame in kept], ignore_index=True)


def _capacity_unsaid(offer: pd.DataFrame, day: pd.Timestamp) -> str:
    """Name the open services whose capacity is missing or was refused: sums that hold them have bounds."""
    counted = offer[offer["kind"].isin([*EAJE_KINDS, "home_care", "preschool"]) & offer["stage"].eq("open")]
    unsaid = counted[is_held(counted, day) & counted["capacity"].isna()]
    words = "Services dont la capacité n'est pas connue (le total n'a alors qu'une borne basse)"
    return listed(words, sorted(unsaid["service"]))


def _funding_unsaid(creches: pd.DataFrame, day: pd.Timestamp) -> str:
    """Say that some crèches are counted as « hors PSU » because no file tells how they are funded."""
    unsaid = creches[is_held(creches, day) & creches["stage"].eq("open") & creches["funding"].isna()]
    if unsaid.empty:
        return ""
    return (
        f"EAJE dont aucun fichier de la Caf ne dit le financement ({len(unsaid)}) : comptés hors PSU, pour "
        "leur capacité autorisée."
    )
