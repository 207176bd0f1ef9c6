"""The indicators of the service offer."""

from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.model.tables import table

_OFFER = Indicator(
    name="offer_at",
    label="Offre de services à une date",
    measures=tuple(
        Measure(column.name, column.label.capitalize(), column.unit or "texte ou code")
        for column in table("offer").columns
    ),
    levels=(),
    source="Caf, MSA, Département, listes de services",
    diffusion="partenaires",
    function=offer_at,
    formula="Services dont la période contient la date : premier et dernier jours compris.",
    is_list=True,
)
ENTRIES = (_OFFER,)
