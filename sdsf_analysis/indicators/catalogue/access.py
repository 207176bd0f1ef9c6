"""The access to services: distances, accessible places."""

from sdsf_analysis.indicators.access.accessible import accessible_places
from sdsf_analysis.indicators.access.nearest import nearest_service
from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure

_SOURCE = (
    "Listes de services des partenaires ; enfants et familles : Insee, Caf, MSA ; points des communes : IGN"
)
_CROW = (
    "Distances à vol d'oiseau entre les points des communes (un point intérieur au contour, non la "
    "mairie), et non temps de trajet : le relief et les routes n'y sont pas. "
)
_BORDER = (
    "Les services des départements voisins ne sont pas connus : l'accès peut être meilleur près des limites."
)
_NEAREST = Indicator(
    name="nearest_service",
    label="Distance au service le plus proche",
    measures=(
        Measure("mean_km", "Distance moyenne au service le plus proche", "km", "down"),
        Measure("beyond_1", "Enfants au-delà du premier seuil (10 km par défaut)", "%", "down"),
        Measure("beyond_2", "Enfants au-delà du deuxième seuil (15 km par défaut)", "%", "down"),
        Measure("beyond_3", "Enfants au-delà du troisième seuil (20 km par défaut)", "%", "down"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=nearest_service,
    formula=(
        "Somme des enfants × distance de leur commune au service ouvert le plus proche / somme des enfants ; "
        "100 × enfants dont la distance dépasse le seuil / enfants. Dans la commune qui a le service : "
        "2/3 × √(superficie / π), distance moyenne au centre d'un disque de même superficie."
    ),
    reference="Distance au service le plus proche, pondérée par la population",
    limits=(
        f"{_CROW}Les enfants d'une commune sont tous comptés à son point. "
        f"Une place proche peut être prise. {_BORDER}"
    ),
)
_ACCESSIBLE = Indicator(
    name="accessible_places",
    label="Places accessibles",
    measures=(
        Measure("accessible_places", "Places accessibles pour 100 enfants", "places pour 100 enfants", "up"),
        Measure("out_of_reach", "Enfants sans aucun service à portée", "%", "down"),
        Measure("places_out_of_reach", "Places hors portée de tout enfant", "%", "down"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=accessible_places,
    formula=(
        "Chaque place est partagée entre les enfants à sa portée, les plus proches comptant davantage : "
        "R = places / Σ enfants × poids(distance) ; puis chaque commune additionne 100 × R × "
        "poids(distance). Pour un territoire : moyenne pondérée par les enfants. Poids par défaut : "
        "1, 0,68 et 0,22 dans les "
        "trois tiers du rayon (15 km)."
    ),
    reference="Luo et Qi 2009 (E2SFCA) ; Dai 2010 (poids gaussien) ; Drees, APL",
    limits=(
        f"{_CROW}Le rayon et les poids sont des conventions : "
        f"les changer pour éprouver le résultat. {_BORDER}"
    ),
)
ENTRIES: tuple[Indicator, ...] = (_NEAREST, _ACCESSIBLE)
