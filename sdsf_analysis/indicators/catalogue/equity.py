"""The inequalities between territories, and rates that rest on few cases."""

from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure
from sdsf_analysis.indicators.equity.few_cases import smoothed_rates
from sdsf_analysis.indicators.equity.inequality import inequality, lorenz_points

_SOURCE = "Caf et Département, listes de services ; INSEE ou Caf, enfants"
_LIMITS = (
    "Les places sont comptées là où elles sont, sans ce que les familles vont chercher ailleurs : par "
    "commune, l'indice dit surtout que les petites communes n'ont pas de structure. "
    "of=accessible_places compare ce que les enfants peuvent atteindre, à vol d'oiseau."
)
_INEQUALITY = Indicator(
    name="inequality",
    label="Inégalité de l'offre entre territoires",
    measures=(
        Measure("gini", "Indice de Gini", "de 0 (égalité) à 1", "down"),
        Measure("theil", "Indice de Theil", "indice, 0 pour l'égalité", "down"),
        Measure("theil_between", "Theil, part entre EPCI", "indice", "down"),
        Measure("theil_within", "Theil, part à l'intérieur des EPCI", "indice", "down"),
        Measure("d1", "Premier décile des enfants", "places pour 100 enfants", "up"),
        Measure("d9", "Dernier décile des enfants", "places pour 100 enfants"),
        Measure("d9_d1", "Rapport du dernier au premier décile", "rapport", "down"),
        Measure("extremes_ratio", "Rapport officiel des extrêmes", "rapport", "down"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="public",
    function=inequality,
    formula=(
        "Places pour 100 enfants de chaque territoire, qui pèse autant que ses enfants ; Gini, Theil "
        "(décomposé entre EPCI et à l'intérieur) et déciles. Le rapport officiel compare la moyenne simple "
        "du cinquième des territoires le mieux servi à celle du cinquième le moins bien servi."
    ),
    reference=(
        "Theil 1967 ; R acid::weighted.gini ; programmes de qualité et d'efficience (PQE) de la sécurité "
        "sociale pour le rapport des extrêmes, qui y compare 20 départements à 20 autres"
    ),
    limits=_LIMITS,
)
_LORENZ = Indicator(
    name="lorenz_points",
    label="Courbe de Lorenz de l'offre",
    measures=(
        Measure("territory", "Territoire", "code"),
        Measure("rate", "Places pour 100 enfants", "places pour 100 enfants", "up"),
        Measure("offer", "Places", "places"),
        Measure("children", "Enfants", "enfants"),
        Measure("population_share", "Part cumulée des enfants", "de 0 à 1"),
        Measure("offer_share", "Part cumulée des places", "de 0 à 1"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="public",
    function=lorenz_points,
    is_list=True,
    formula="Territoires rangés du moins au mieux servi ; parts cumulées des enfants et des places.",
    reference="Lorenz 1905",
    limits=_LIMITS,
)
_SMOOTHED = Indicator(
    name="smoothed_rates",
    label="Part des familles ou des enfants concernés, brute et lissée",
    measures=(
        Measure("raw", "Part brute", "%"),
        Measure("smoothed", "Part lissée", "%"),
        Measure("poisson_low", "Part brute, limite basse à 95 %", "%"),
        Measure("poisson_high", "Part brute, limite haute à 95 %", "%"),
    ),
    levels=LEVELS,
    source="Caf, allocataires par commune",
    diffusion="partenaires",
    function=smoothed_rates,
    formula=(
        "Part brute : 100 × cas / effectif. Limites : loi de Poisson, exactes, à 95 %. Part lissée : la part "
        "brute est ramenée vers la moyenne d'autant plus que l'effectif est petit (bayésien empirique "
        "global, variance jamais négative)."
    ),
    reference="Marshall 1991 ; R spdep::EBest ; Garwood 1936",
    limits=(
        "Part des allocataires de la Caf, non de toutes les familles. La part lissée sert à comparer, "
        "jamais à publier l'effectif d'une commune. Elle ne s'applique pas à des places, que le hasard ne "
        "tire pas."
    ),
)
ENTRIES = (_INEQUALITY, _LORENZ, _SMOOTHED)
