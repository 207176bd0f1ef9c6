"""What each indicator is, for whoever shows it: French label, unit, levels, direction, source, diffusion."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.ctg import ctg_counters, ctg_coverage

GEOGRAPHIC_LEVELS = ("arrondissement", "departement", "epci", "region")
CTG_SOURCE = "Caf, suivi des conventions territoriales globales"


@dataclass(frozen=True)
class Measure:
    """One line of an indicator: its French label, its unit, and whether more is better."""

    name: str
    label: str
    unit: str
    direction: str = "neutral"


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it measures, for which territories, from where, for whom, by which function."""

    name: str
    label: str
    measures: tuple[Measure, ...]
    levels: tuple[str, ...]
    source: str
    diffusion: str
    function: Callable[..., pd.DataFrame]

    def measure(self, name: str) -> Measure:
        """Find the measure of a name.

        Raises
        ------
        QuestionError
            If the indicator has no such measure.

        Examples
        --------
        >>> indicator("ctg_coverage").measure("population").unit
        '%'
        """
        known = {measure.name: measure for measure in self.measures}
        if name not in known:
            raise QuestionError(
                f"« {self.label} » n'a pas de mesure « {name} ». Mesures connues : {', '.join(known)}."
            )
        return known[name]


_COUNTERS = Indicator(
    name="ctg_counters",
    label="Compteurs des CTG",
    measures=(
        Measure("ctg_in_force", "CTG en vigueur", "conventions", "up"),
        Measure("officers", "Chargés de coopération en poste", "personnes", "up"),
        Measure("population_covered", "Habitants couverts par une CTG", "%", "up"),
        Measure("ctg_signed_in_force", "CTG en vigueur, déjà signées", "conventions"),
        Measure("ctg_retroactive", "CTG en vigueur, signées plus tard (effet rétroactif)", "conventions"),
        Measure("ctg_signature_unknown", "CTG en vigueur, date de signature inconnue", "conventions"),
        Measure("ctg_renewal", "CTG échues, renouvellement en cours", "conventions"),
        Measure("ctg_preparation", "CTG en préparation", "conventions"),
        Measure("ctg_undated", "CTG dont la période est incomplète (non comptées)", "conventions", "down"),
        Measure("officer_posts", "Postes dans les CTG en vigueur", "postes"),
        Measure("officer_posts_vacant", "Postes vacants dans les CTG en vigueur", "postes", "down"),
        Measure("officer_posts_elsewhere", "Postes rattachés à une CTG qui n'est pas en vigueur", "postes"),
        Measure("officer_fte_agreed", "Temps de travail conventionné", "ETP"),
        Measure("officer_fte_funded", "Temps de travail financé", "ETP"),
        Measure("communes_covered", "Communes couvertes par une CTG", "%", "up"),
        Measure("population_year", "Année de la population légale", "année"),
    ),
    levels=("departement",),
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_counters,
)
_COVERAGE = Indicator(
    name="ctg_coverage",
    label="Couverture par une CTG",
    measures=(
        Measure("communes", "Communes couvertes", "%", "up"),
        Measure("population", "Habitants couverts", "%", "up"),
        Measure("children_0_2", "Enfants de moins de 3 ans couverts", "%", "up"),
        Measure("children_0_17", "Enfants de moins de 18 ans couverts", "%", "up"),
    ),
    levels=GEOGRAPHIC_LEVELS,
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_coverage,
)
INDICATORS = {entry.name: entry for entry in (_COUNTERS, _COVERAGE)}


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
