"""Every indicator, by name: what whoever shows it must know of it."""

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.catalogue import (
    access,
    childcare,
    ctg,
    duties,
    equity,
    money,
    needs,
    offer,
    publics,
    review,
    support,
)
from sdsf_analysis.indicators.declaration import Indicator, Measure

__all__ = ["INDICATORS", "THEMES", "Indicator", "Measure", "indicator"]
# themes in the order of a diagnosis, as the page of methods shows them
THEMES = {
    "Conventions territoriales globales": ctg.ENTRIES,
    "Offre de services": offer.ENTRIES,
    "Couverture par les modes d'accueil": childcare.ENTRIES,
    "Service public de la petite enfance": duties.ENTRIES,
    "Accès aux services": access.ENTRIES,
    "Équité entre territoires": equity.ENTRIES,
    "Publics spécifiques": publics.ENTRIES,
    "Financements": money.ENTRIES,
    "Accompagnement des structures (IDA)": support.ENTRIES,
    "Plan d'actions": review.ENTRIES,
    "Besoins": needs.ENTRIES,
}
INDICATORS = {entry.name: entry for entries in THEMES.values() for entry in entries}


def indicator(name: str) -> Indicator:
    """Find the indicator of a name.

    Parameters
    ----------
    name : str

    Returns
    -------
    Indicator

    Raises
    ------
    QuestionError
        If none bears this name; the message lists them.

    Examples
    --------
    >>> indicator("ctg_coverage").label
    'Couverture par une CTG'
    """
    if name not in INDICATORS:
        raise QuestionError(
            f"Indicateur inconnu : « {name} ». Indicateurs disponibles : {', '.join(INDICATORS)}."
        )
    return INDICATORS[name]
