"""The money that the Caf pays to the services."""

from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure
from sdsf_analysis.indicators.money.funds_by import funds_by
from sdsf_analysis.indicators.money.history import funds_history
from sdsf_analysis.indicators.money.paid import open_funds
from sdsf_analysis.model.french import capital
from sdsf_analysis.model.lists import choices

_SOURCE = "Caf, financements des structures ; enfants : Insee, à défaut Caf"
_UNIT = "€ par enfant"
_REFERENCE = "Caf, prestations de service et bonus versés aux gestionnaires"
_LIMITS = (
    "Ce que reçoivent les services du territoire, non ce que reçoivent ses habitants : une crèche accueille "
    "aussi des enfants d'ailleurs. Les prestations versées aux familles n'y sont pas, ni ce que la Caf verse "
    "aux collectivités pour d'autres postes. Un montant retenu ou illisible compte au moins pour zéro. Une "
    "structure dont seul un montant moins définitif est connu n'a pas de montant, et non zéro."
)
_FUNDS = tuple(Measure(fund, f"{capital(choices('fund')[fund])}, par enfant", _UNIT) for fund in open_funds())
_BY = Indicator(
    name="funds_by",
    label="Ce que la Caf verse aux services, par enfant",
    measures=(
        Measure("total", "Ensemble des financements, par enfant", _UNIT),
        *_FUNDS,
        Measure("for_0_2", "Services aux moins de 3 ans, par enfant de cet âge", _UNIT),
        Measure("for_3_11", "Accueils de loisirs, par enfant de 3 à 11 ans", _UNIT),
        Measure("for_12_17", "Services aux jeunes, par enfant de 12 à 17 ans", _UNIT),
        Measure("for_all", "Autres services, par enfant de moins de 18 ans", _UNIT),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=funds_by,
    formula=(
        "Σ montants versés aux services du territoire dans l'année / Σ enfants. Une seule nature : le réel "
        "de l'année, à défaut l'actualisé, à défaut le prévisionnel ; ils ne s'additionnent jamais. Les "
        "montants négatifs (reprises) sont gardés."
    ),
    reference=_REFERENCE,
    limits=_LIMITS,
)
_HISTORY = Indicator(
    name="funds_history",
    label="Ce que la Caf verse aux services, par année et financement",
    measures=(
        Measure("territory", "Code du territoire", "code"),
        Measure("year", "Année", "année"),
        Measure("nature", "Nature des montants : réel, actualisé ou prévisionnel", "choix"),
        Measure("fund", "Financement, ou total", "choix"),
        Measure("label", "Financement, en toutes lettres", "texte"),
        Measure("structures", "Structures qui le reçoivent", "structures"),
        Measure("amount_eur", "Montant", "€"),
        Measure("amount_status", "Statut du montant", "statut"),
        Measure("amount_low", "Montant, borne basse", "€"),
        Measure("amount_high", "Montant, borne haute", "€"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=funds_history,
    is_list=True,
    formula="Σ montants des services du territoire, par année et financement, dans une seule nature par an.",
    reference=_REFERENCE,
    limits=(
        f"{_LIMITS} D'une année à l'autre la nature peut changer : comparer un réel à un prévisionnel est "
        "trompeur (nature=actual ne garde que les années closes)."
    ),
)
ENTRIES: tuple[Indicator, ...] = (_BY, _HISTORY)
