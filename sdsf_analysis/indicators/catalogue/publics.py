"""The publics that a plan names: children with a disability, single-parent and low-income families."""

from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure
from sdsf_analysis.indicators.publics.aeeh import aeeh_welcome
from sdsf_analysis.indicators.publics.families_access import families_access

_PLACES, _FOR = "places pour 100 enfants", "places accessibles pour 100 enfants"
_CAF = "Caf, allocataires par commune"
_AEEH = Indicator(
    name="aeeh_welcome",
    label="Enfants bénéficiaires de l'AEEH et services qui les accueillent",
    measures=(
        Measure("territory", "Code du territoire", "code"),
        Measure("aeeh_children", "Enfants bénéficiaires de l'AEEH", "enfants"),
        Measure("aeeh_children_status", "Statut de ce nombre", "statut"),
        Measure("aeeh_children_low", "Enfants, borne basse", "enfants"),
        Measure("aeeh_children_high", "Enfants, borne haute", "enfants"),
        Measure("services", "Services ouverts", "services", "up"),
        Measure("services_told", "Services qui disent combien ils en accueillent", "services", "up"),
        Measure("services_welcoming", "Services qui en accueillent", "services", "up"),
        Measure("places_welcoming", "Places de ces services", "places", "up"),
        Measure("specialised", "Pôles ressources et accueils inclusifs", "services", "up"),
        Measure("welcomed", "Enfants accueillis, d'après les services", "enfants", "up"),
        Measure("welcomed_status", "Statut de ce nombre", "statut"),
        Measure("welcomed_low", "Enfants accueillis, borne basse", "enfants"),
        Measure("welcomed_high", "Enfants accueillis, borne haute", "enfants"),
        Measure("share", "Accueils pour 100 enfants bénéficiaires", "pour 100 enfants", "up"),
        Measure("share_status", "Statut de ce rapport", "statut"),
        Measure("share_low", "Accueils pour 100 enfants, borne basse", "pour 100 enfants"),
        Measure("share_high", "Accueils pour 100 enfants, borne haute", "pour 100 enfants"),
        Measure("finding", "Constat", "choix"),
        Measure("label", "Constat en toutes lettres", "texte"),
    ),
    levels=LEVELS,
    source=f"{_CAF} ; Caf, activité des crèches et des accueils de loisirs ; listes de services",
    diffusion="partenaires",
    function=aeeh_welcome,
    is_list=True,
    formula=(
        "Σ enfants bénéficiaires de l'AEEH des communes ; services ouverts à la date, ceux qui disent "
        "combien ils en accueillent, ceux qui en accueillent au moins un, et leurs places ; 100 × Σ accueils "
        "dits / Σ enfants. Le constat compare la part des services qui en accueillent, parmi ceux qui le "
        "disent, à celle du département : les enfants sont trop souvent retenus pour comparer le rapport."
    ),
    reference="Caf, allocation d'éducation de l'enfant handicapé (AEEH)",
    limits=(
        "L'AEEH va jusqu'à 20 ans, et ces services à 11 ou 17 ans : le rapport compare des territoires, il "
        "ne dit pas quelle part des enfants est accueillie. Un enfant de deux services compte deux fois, et "
        "des enfants viennent d'ailleurs. Un service qui ne dit rien en accueille peut-être. "
        "L'école et les établissements médico-sociaux n'y sont pas, ni les allocataires de la MSA."
    ),
)
_SORTS = {"all": "tous les foyers", "single_parent": "familles monoparentales", "low_income": "bas revenus"}
_ACCESS = Indicator(
    name="families_access",
    label="Accès des familles monoparentales et à bas revenus",
    measures=(
        *(
            Measure(f"places_{name}", f"{_FOR.capitalize()} : {sort}", _PLACES, "up")
            for name, sort in _SORTS.items()
        ),
        *(
            Measure(f"km_{name}", f"Distance moyenne au plus proche : {sort}", "km", "down")
            for name, sort in _SORTS.items()
        ),
        Measure(
            "places_gap_single_parent",
            "Places accessibles : écart des familles monoparentales",
            "points",
            "up",
        ),
        Measure(
            "places_gap_low_income", "Places accessibles : écart des familles à bas revenus", "points", "up"
        ),
        Measure("km_gap_single_parent", "Distance : écart des familles monoparentales", "km", "down"),
        Measure("km_gap_low_income", "Distance : écart des familles à bas revenus", "km", "down"),
    ),
    levels=LEVELS,
    source=f"Listes de services des partenaires ; {_CAF} ; enfants : Insee ; points des communes : IGN",
    diffusion="partenaires",
    function=families_access,
    formula=(
        "Places accessibles de chaque commune (voir accessible_places) et distance au service le plus proche "
        "(voir nearest_service), en moyenne pondérée par les familles : Σ familles × accès / Σ familles, "
        "pour tous les foyers allocataires, puis les familles monoparentales, puis celles à bas revenus. "
        "Écart : la moyenne de ces familles moins celle de tous."
    ),
    reference="Luo et Qi 2009 (E2SFCA)",
    limits=(
        "L'écart dit où vivent ces familles, non si elles obtiennent une place : dans une même commune, "
        "toutes ont le même accès, et ni la voiture ni les horaires ne sont connus. Foyers allocataires de "
        "la Caf seulement, arrondis à 5. Distances à vol d'oiseau. Une famille peut être des deux sortes."
    ),
)
ENTRIES: tuple[Indicator, ...] = (_AEEH, _ACCESS)
