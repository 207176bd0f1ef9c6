"""The needs: children to come, places for a target, departures of assistants maternels."""

from sdsf_analysis.indicators.declaration import GEOGRAPHIC_LEVELS, Indicator, Measure
from sdsf_analysis.indicators.needs.children import children_expected
from sdsf_analysis.indicators.needs.places import places_needed

_COHORTS = "Survie des cohortes, comme les projections de population de l'INSEE (Omphale) ; trois scénarios"
_SCENARIOS = (("low", "bas"), ("central", "central"), ("high", "haut"))
_CHILDREN = Indicator(
    name="children_expected",
    label="Enfants de moins de 3 ans attendus",
    measures=(
        Measure("children_now", "Enfants de moins de 3 ans, estimés à la date", "enfants"),
        *(
            Measure(f"children_{name}", f"Enfants de moins de 3 ans à l'horizon, scénario {label}", "enfants")
            for name, label in _SCENARIOS
        ),
    ),
    levels=("commune", *GEOGRAPHIC_LEVELS),
    source="INSEE, naissances domiciliées et population par âge",
    diffusion="public",
    function=children_expected,
    formula=(
        "Facteur de migration × naissances des trois dernières années. Le facteur est le nombre d'enfants de "
        "moins de 3 ans du recensement pour une naissance des trois années d'avant. Les naissances à venir "
        "sont celles de la dernière année connue, qui changent chaque année : la tendance du département "
        "continue, se réduit de moitié ou s'arrête, du scénario bas au scénario haut."
    ),
    reference=_COHORTS,
    limits=(
        "Une projection n'est pas une prévision : un lotissement ou un départ d'entreprise la dément. Le "
        "facteur suppose que les familles continuent d'arriver et de partir comme avant le recensement. Sous "
        "l'EPCI, les nombres sont petits : à lire comme un ordre de grandeur. Chaque territoire a son "
        "facteur : les lignes d'un niveau ne s'additionnent pas exactement."
    ),
)
_PLACES = Indicator(
    name="places_needed",
    label="Places d'accueil à créer pour une cible",
    measures=(
        Measure("childminders_active", "Assistants maternels en activité", "personnes", "up"),
        Measure(
            "childminders_leaving", "Assistants maternels qui partent d'ici l'horizon", "personnes", "down"
        ),
        Measure("places_eaje", "Places d'EAJE ouvertes", "places", "up"),
        Measure("places_childminders", "Places des assistants maternels en activité", "places", "up"),
        Measure(
            "places_childminders_left", "Places d'assistants maternels qui restent à l'horizon", "places"
        ),
        Measure("places_others", "Préscolarisation et garde à domicile", "places"),
        Measure("places_programmed", "Places d'EAJE en projet qui ouvrent d'ici l'horizon", "places", "up"),
        Measure("places_closing", "Places d'EAJE dont la fermeture est connue", "places", "down"),
        Measure("places_ahead", "Places à l'horizon, sans autre décision", "places"),
        *(
            Measure(f"need_{name}", f"Places à créer, scénario {label}", "places", "down")
            for name, label in _SCENARIOS
        ),
    ),
    levels=("commune", *GEOGRAPHIC_LEVELS),
    source="Caf, PMI, INSEE",
    diffusion="partenaires",
    function=places_needed,
    formula=(
        "Cible × enfants attendus / 100 − (places d'EAJE + places d'assistants maternels qui restent + "
        "autres + projets datés − fermetures connues), jamais moins que zéro. Les places des assistants "
        "maternels sont les places agréées × en activité / agréés. Partent d'ici l'horizon ceux de 55 ans et "
        "plus, répartis sur dix ans ; sans leur âge, 4 % par an (options exits, career). Numérateur d'un "
        "besoin : places voulues ; dénominateur : places à l'horizon."
    ),
    reference=f"Diagnostics des schémas départementaux. {_COHORTS}",
    limits=(
        "Les nouveaux agréments d'assistants maternels ne sont pas prévus : le besoin est celui d'un "
        "territoire qui n'en susciterait aucun. Un projet sans date, les places gelées et les projets de MAM "
        "ne comptent pas. Une place peut servir plusieurs enfants. Les familles font garder leurs enfants "
        "hors de leur commune : sous l'EPCI, le besoin ne dit pas où créer."
    ),
)
ENTRIES = (_CHILDREN, _PLACES)
