"""The access to services: distances, accessible places."""

from sdsf_analysis.indicators.access.accessible import accessible_places
from sdsf_analysis.indicators.access.closing import if_closed
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
_IF_CLOSED = Indicator(
    name="if_closed",
    label="Si cette crèche ferme",
    measures=(
        Measure("service", "Service", "code"),
        Measure("name", "Nom", "texte"),
        Measure("commune", "Commune", "code"),
        Measure("capacity", "Places du service", "places"),
        Measure("services_left", "Autres services dans le rayon", "services", "up"),
        Measure("places_left", "Places des autres services dans le rayon", "places", "up"),
        Measure("nearest_left_km", "Distance au plus proche des autres (0 : même commune)", "km", "down"),
        Measure("children_around", "Enfants de moins de 3 ans dans le rayon", "enfants"),
        Measure("accessible_before", "Places accessibles pour 100 de ces enfants", "places pour 100 enfants"),
        Measure("accessible_after", "Les mêmes sans ce service", "places pour 100 enfants"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="interne",
    function=if_closed,
    is_list=True,
    formula=(
        "Autres services ouverts à moins de radius_km (20 par défaut), leurs places, enfants des communes de "
        "ce rayon ; places accessibles de ces enfants avec le service, puis sans lui."
    ),
    reference="Luo et Qi 2009 (E2SFCA)",
    limits=f"{_CROW}Ce n'est pas une prévision : aucune fermeture n'est annoncée par ce tableau. {_BORDER}",
)
ENTRIES: tuple[Indicator, ...] = (_NEAREST, _ACCESSIBLE, _IF_CLOSED)
