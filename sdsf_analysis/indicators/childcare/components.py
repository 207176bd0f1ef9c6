"""The places of a commune for its children under three, component by component, as the Cnaf counts them.

Reference: Cnaf, Dossier d'étude n° 203 (2019): crèches (PSU and others), assistants maternels who work, care
at the family's home, schooling at two. The capacity that the PMI licenses to assistants maternels is no
component; the places of a MAM are those of its assistants maternels again.
"""

from typing import NamedTuple

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.childcare.childminders import childminder_places
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.kinds import EAJE
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables

COMPONENTS = ("eaje_psu", "eaje_other", "childminders", "home_care", "preschool")
LABELS = {
    "eaje_psu": "les places d'EAJE en PSU",
    "eaje_other": "les places d'EAJE hors PSU",
    "childminders": "les assistants maternels qui travaillent",
    "home_care": "la garde à domicile",
    "preschool": "la préscolarisation à 2 ans",
}
_COLUMNS = ["commune", *BOUNDED]
_BRINGING = {"eaje_psu": "psu", "eaje_other": "paje", "home_care": "home_care", "preschool": "preschool"}
COUNTED_KINDS = dict.fromkeys(EAJE, "eaje_other") | {"home_care": "home_care", "preschool": "preschool"}
_REAL_STAGES = ("open", "frozen", "closed")


class Places(NamedTuple):
    """Places by component and commune.

    Attributes
    ----------
    rows : pandas.DataFrame
        component, commune, value, status, low, high: a row per service. Received and without a service in a
        commune: no row, which is a true zero, unless the component is among those that lack.
    lacking : dict of str to str
        Components that are not known, and why, in French.
    said : list of str
        What must be said of how the places were counted, in French.
    """

    rows: pd.DataFrame
    lacking: dict[str, str]
    said: list[str]


def components(tables: Tables, day: pd.Timestamp, children_per_childminder: float) -> Places:
    """Places of each component on a day.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    children_per_childminder : float
        Children under three per assistant maternel who works, where the children are not counted.

    Raises
    ------
    QuestionError
        If the children per assistant maternel are not above zero.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> found = components(childcare_example(), pd.Timestamp("2023-12-31"), 2.0)
    >>> found.rows.loc[found.rows["component"] == "eaje_psu", ["commune", "value"]].values.tolist()
    [['01001', 24.0]]
    >>> found.lacking["home_care"]
    "Rien de reçu sur la garde à domicile, et aucune recette ne l'apporte."
    """
    if not children_per_childminder > 0:
        raise QuestionError(
            f"Enfants par assistant maternel (children_per_childminder) : {children_per_childminder}. "
            "Donner un nombre supérieur à 0, par exemple 2.2."
        )
    offer = tables.offer[is_in(tables.offer["kind"], pd.Series(list(COUNTED_KINDS)))]
    component = offer["kind"].map(COUNTED_KINDS).mask(offer["funding"].eq("psu"), "eaje_psu")
    is_open = is_held(offer, day) & offer["stage"].eq("open")
    minders, counted, unknown = childminder_places(tables, day, children_per_childminder)
    lacking = {
        name: reason
        for name in COMPONENTS
        if (reason := unknown if name == "childminders" else _lacking(offer[component == name], name, day))
    }
    opened = offer[is_open]
    rows = [as_rows(opened).assign(component=component[is_open].to_numpy())]
    rows += [minders.assign(component="childminders")] if len(minders) else []
    unsaid = opened[opened["funding"].isna() & is_in(opened["kind"], pd.Series(EAJE))]
    if len(unsaid) and "eaje_psu" in lacking and "eaje_other" not in lacking:
        lacking["eaje_other"] = (
            "Le financement des EAJE n'est pas dit : PSU et hors PSU ne se distinguent pas."
        )
    said = [counted, _funding_unsaid(unsaid), _capacity_unsaid(opened)]
    return Places(pd.concat(rows, ignore_index=True)[["component", *_COLUMNS]], lacking, said)


def _lacking(services: pd.DataFrame, name: str, day: pd.Timestamp) -> str:
    """Why the places of a component are not known on a day: no list of them reaches back to it."""
    since = services.loc[services["stage"].isin(_REAL_STAGES), "valid_from"].min()
    if pd.isna(since):
        return file_lacking("offer", _BRINGING[name], LABELS[name])
    if since > day:
        return f"{LABELS[name].capitalize()} : rien de connu avant le {french_date(since)}."
    return ""


def as_rows(services: pd.DataFrame) -> pd.DataFrame:
    """Capacity of some services of the offer: commune, value, status, low, high.

    Examples
    --------
    >>> from sdsf_analysis.indicators.childcare.example import childcare_example
    >>> as_rows(childcare_example().offer[:1]).values.tolist()
    [['01001', 30.0, 'known', nan, nan]]
    """
    rows = services[["commune", "capacity", "capacity_status", "capacity_low", "capacity_high"]]
    rows = rows.set_axis(_COLUMNS, axis=1).reset_index(drop=True)
    return rows.fillna({"status": "missing"})


def _capacity_unsaid(opened: pd.DataFrame) -> str:
    """Name the services whose capacity is missing or was refused: sums that hold them have bounds."""
    words = "Services dont la capacité n'est pas connue (le total n'a alors qu'une borne basse)"
    return listed(words, sorted(opened.loc[opened["capacity"].isna(), "service"]))


def _funding_unsaid(unsaid: pd.DataFrame) -> str:
    """Say that some crèches are counted as « hors PSU » because no file tells how they are funded."""
    if unsaid.empty:
        return ""
    return (
        f"EAJE dont aucun fichier de la Caf ne dit le financement ({len(unsaid)}) : comptés hors PSU, pour "
        "leur capacité autorisée."
    )
