"""What an indicator says of itself: French label, unit, levels, direction, source, diffusion, method."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sdsf_analysis.errors import QuestionError

GEOGRAPHIC_LEVELS = ("arrondissement", "departement", "epci", "region")
LEVELS = ("commune", "ctg", *GEOGRAPHIC_LEVELS)


@dataclass(frozen=True)
class Measure:
    """One line of an indicator: its French label, its unit, and whether more is better."""

    name: str
    label: str
    unit: str
    direction: str = "neutral"


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it measures, for which territories, from where, for whom, by which function.

    A list (``is_list``) has columns of its own instead of the long form: its measures are those columns.

    Attributes
    ----------
    formula : str
        How it is worked out, in French, as the page of methods shows it.
    reference : str
        Text, study or library that the method comes from.
    limits : str
        What the figure does not say, in French.
    """

    name: str
    label: str
    measures: tuple[Measure, ...]
    levels: tuple[str, ...]
    source: str
    diffusion: str
    function: Callable[..., pd.DataFrame]
    is_list: bool = False
    formula: str = ""
    reference: str = ""
    limits: str = ""

    def measure(self, name: str) -> Measure:
        """Find the measure of a name.

        Raises
        ------
        QuestionError
            If the indicator has no such measure.

        Examples
        --------
        >>> from sdsf_analysis.indicators.registry import indicator
        >>> indicator("ctg_coverage").measure("population").unit
        '%'
        """
        known = {measure.name: measure for measure in self.measures}
        if name not in known:
            raise QuestionError(
                f"« {self.label} » n'a pas de mesure « {name} ». Mesures connues : {', '.join(known)}."
            )
        return known[name]
