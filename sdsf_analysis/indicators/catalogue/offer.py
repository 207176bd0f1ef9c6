"""The indicators of the service offer."""

from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.indicators.services.balance import places_balance
from sdsf_analysis.indicators.services.grouped import services_by
from sdsf_analysis.indicators.services.movements import places_movements
from sdsf_analysis.indicators.services.rates import places_per_100
from sdsf_analysis.indicators.services.white import white_zones
from sdsf_analysis.model.tables import table

_SOURCE = "Caf, MSA, Département, listes de services"
_BEFORE_THE_LISTS = (
    "Avant la première liste reçue, les services fermés depuis ne sont connus "
    "de personne ; un service sans date "
    "d'ouverture n'est compté qu'à partir de la première liste qui le cite."
)
_OFFER = Indicator(
    name="offer_at",
    label="Offre de services à une date",
    measures=tuple(
        Measure(column.name, column.label.capitalize(), column.unit or "texte ou code")
        for column in table("offer").columns
    ),
    levels=(),
    source=_SOURCE,
    diffusion="partenaires",
    function=offer_at,
    formula="Services dont la période contient la date : premier et dernier jours compris.",
    is_list=True,
)
_SERVICES = Indicator(
    name="services_by",
    label="Services et capacité par territoire",
    measures=(
        Measure("territory", "Territoire", "code"),
        Measure("group", "Type, famille, gestionnaire ou financement", "code"),
        Measure("label", "Libellé", "texte"),
        Measure("services", "Services", "services", "up"),
        Measure("services_status", "Statut du nombre de services", "code"),
        Measure("not_dated", "Services peut-être déjà là, que rien ne date", "services"),
        Measure("capacity_unit", "Unité de la capacité", "code"),
        Measure("capacity", "Capacité", "selon l'unité", "up"),
        Measure("capacity_status", "Statut de la capacité", "code"),
        Measure("capacity_low", "Capacité, borne basse", "selon l'unité"),
        Measure("capacity_high", "Capacité, borne haute", "selon l'unité"),
        Measure("units", "Professionnels", "personnes", "up"),
        Measure("units_status", "Statut du nombre de professionnels", "code"),
        Measure("units_low", "Professionnels, borne basse", "personnes"),
        Measure("units_high", "Professionnels, borne haute", "personnes"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=services_by,
    formula=(
        "Nombre de services et Σ capacité des services de la date dont la commune "
        "est dans le territoire. Une "
        "capacité inconnue, en erreur ou secrète rend la somme inconnue : la borne "
        "basse est ce qui est connu."
    ),
    limits=(
        f"{_BEFORE_THE_LISTS} Un service sans commune compte là où sont toutes les "
        "communes qu'il dessert. Les "
        "places des MAM sont aussi dans celles des assistants maternels : hors du "
        "regroupement par type, elles "
        "ne sont pas ajoutées."
    ),
    is_list=True,
)
_RATES = Indicator(
    name="places_per_100",
    label="Places pour 100 enfants",
    measures=(
        Measure("eaje", "Places de crèche pour 100 enfants de moins de 3 ans", "places", "up"),
        Measure("alsh", "Places d'accueil de loisirs pour 100 enfants de 3 à 11 ans", "places", "up"),
    ),
    levels=LEVELS,
    source=f"{_SOURCE} ; Insee ou Caf, enfants par âge",
    diffusion="public",
    function=places_per_100,
    formula="100 × Σ places / Σ enfants, sur les communes du territoire qui sont dans le département.",
    limits=(
        f"{_BEFORE_THE_LISTS} Ce n'est pas le taux de couverture de la Cnaf, qui compte aussi l'accueil "
        "individuel. Plus de 100 est possible : un service reçoit des enfants "
        "d'ailleurs. De 3 à 10 ans quand "
        "seules les tranches de l'Insee sont connues."
    ),
)
_MOVED = "places ou services"
_BALANCE = Indicator(
    name="places_balance",
    label="Solde des places entre deux dates",
    measures=(
        Measure("start", "Au départ", _MOVED),
        Measure("created", "Créations", _MOVED, "up"),
        Measure("reopened", "Réouvertures", _MOVED, "up"),
        Measure("extended", "Extensions", _MOVED, "up"),
        Measure("moved_in", "Venues d'un autre territoire", _MOVED),
        Measure("not_dated", "Vues d'abord dans une liste, sans date d'ouverture", _MOVED),
        Measure("reduced", "Réductions (en moins)", _MOVED),
        Measure("moved_out", "Parties vers un autre territoire (en moins)", _MOVED),
        Measure("frozen", "Gels (en moins)", _MOVED),
        Measure("closed", "Fermetures (en moins)", _MOVED),
        Measure("left", "Sorties des listes, sans date de fermeture (en moins)", _MOVED),
        Measure("end", "À l'arrivée", _MOVED),
        Measure("balance", "Solde des mouvements datés", _MOVED, "up"),
        Measure("planned", "En projet à l'arrivée", _MOVED),
        Measure("granted", "Financement accordé à l'arrivée", _MOVED),
        Measure("building", "En travaux à l'arrivée", _MOVED),
        Measure("frozen_stock", "Services gelés à l'arrivée", _MOVED, "down"),
        Measure("frozen_declared", "Places gelées déclarées par les services", "places", "down"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="public",
    function=places_balance,
    formula=(
        "Départ + créations + réouvertures + extensions + venues + non datées + "
        "réductions + départs + gels + "
        "fermetures + sorties = arrivée, exactement ; ce qui est perdu est négatif."
    ),
    limits=f"{_BEFORE_THE_LISTS} Il n'est jamais compté comme une création.",
)
_MOVEMENTS = Indicator(
    name="places_movements",
    label="Mouvements de places entre deux dates, service par service",
    measures=(
        Measure("date", "Premier jour du changement", "date"),
        Measure("territory", "Territoire", "code"),
        Measure("movement", "Mouvement", "code"),
        Measure("label", "Mouvement, en toutes lettres", "texte"),
        Measure("service", "Identifiant du service", "code"),
        Measure("name", "Nom du service", "texte"),
        Measure("kind", "Type de service", "code"),
        Measure("commune", "Commune", "code"),
        Measure("value", "Places (négatif : en moins)", _MOVED),
        Measure("status", "Statut", "code"),
        Measure("low", "Borne basse", _MOVED),
        Measure("high", "Borne haute", _MOVED),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="partenaires",
    function=places_movements,
    formula="Chaque changement de l'offre après la première date et jusqu'à la seconde, comprise.",
    limits=_BEFORE_THE_LISTS,
    is_list=True,
)
_WHITE = Indicator(
    name="white_zones",
    label="Communes sans service",
    measures=(
        Measure("commune", "Commune", "code"),
        Measure("name", "Nom", "texte"),
        Measure("epci", "EPCI", "code"),
        Measure("state", "Situation", "code"),
        Measure("label", "Situation, en toutes lettres", "texte"),
        Measure("children", "Enfants", "enfants"),
        Measure("children_status", "Statut du nombre d'enfants", "code"),
        Measure("children_year", "Année du nombre d'enfants", "année"),
        Measure("nearest_km", "Distance au service le plus proche, à vol d'oiseau", "km", "down"),
        Measure("nearest_commune", "Commune du service le plus proche", "code"),
        Measure("nearest_commune_name", "Nom de cette commune", "texte"),
    ),
    levels=(),
    source=f"{_SOURCE} ; Insee ou Caf, enfants par âge ; IGN, contours",
    diffusion="partenaires",
    function=white_zones,
    formula=(
        "Dans l'ordre : un service dans la commune, ou qui la dessert ; sinon un "
        "service à la distance dite au "
        "plus ; sinon moins d'enfants que le seuil ; sinon des enfants et rien. « "
        "On ne sait pas » où l'on ne "
        "peut trancher."
    ),
    limits=(
        "Distances à vol d'oiseau entre points des communes, et non par la route. "
        "Les services des départements "
        "voisins ne sont pas connus : une commune de la lisière peut paraître plus "
        "loin qu'elle n'est. Rayon et "
        "seuil sont ceux de l'analyste."
    ),
    is_list=True,
)
ENTRIES = (_OFFER, _SERVICES, _RATES, _BALANCE, _MOVEMENTS, _WHITE)
