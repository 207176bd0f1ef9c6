"""The indicators of the conventions territoriales globales."""

from sdsf_analysis.indicators.counters import ctg_counters
from sdsf_analysis.indicators.coverage import ctg_coverage
from sdsf_analysis.indicators.declaration import GEOGRAPHIC_LEVELS, LEVELS, Indicator, Measure
from sdsf_analysis.indicators.gaps import ctg_gaps
from sdsf_analysis.indicators.history import ctg_history
from sdsf_analysis.indicators.officers import network_meetings, officers_by
from sdsf_analysis.indicators.partners import ctg_partners_matrix
from sdsf_analysis.indicators.renewals import ctg_renewals
from sdsf_analysis.model.lists import choices

CTG_SOURCE = "Caf, suivi des conventions territoriales globales"
OFFICERS_SOURCE = "Caf, chargés de coopération"
_CIRCULAR = "Circulaire Cnaf 2020-01 du 16 janvier 2020"

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
        Measure("officer_fte_actual", "Temps de travail réel", "ETP"),
        Measure("communes_covered", "Communes couvertes par une CTG", "%", "up"),
        Measure("population_year", "Année de la population légale", "année"),
    ),
    levels=("departement",),
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_counters,
    formula=(
        "Conventions commencées et non finies à la date, jours de début et de fin compris ; personnes en "
        "poste dans ces conventions, chacune une fois ; 100 × habitants des communes couvertes / "
        "habitants du département."
    ),
    reference=_CIRCULAR,
)
_COVERAGE = Indicator(
    name="ctg_coverage",
    label="Couverture par une CTG",
    measures=(
        Measure("communes", "Communes couvertes", "%", "up"),
        Measure("population", "Habitants couverts", "%", "up"),
        Measure("children_0_2", "Enfants de moins de 3 ans couverts", "%", "up"),
        Measure("children_0_17", "Enfants de moins de 18 ans couverts", "%", "up"),
        Measure("families", "Familles couvertes", "%", "up"),
        Measure("households", "Foyers allocataires couverts", "%", "up"),
    ),
    levels=LEVELS,
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_coverage,
    formula=(
        "100 × Σ couverts / Σ total, sur les communes du territoire qui sont dans le département ; une "
        "commune de deux conventions compte une fois."
    ),
    reference=_CIRCULAR,
)
_HISTORY = Indicator(
    name="ctg_history",
    label="Couverture par une CTG au fil du temps",
    measures=(
        Measure("ctg_in_force", "CTG en vigueur", "conventions", "up"),
        Measure("communes", "Communes couvertes", "%", "up"),
        Measure("population", "Habitants couverts", "%", "up"),
        Measure("cog_target", "Trajectoire de la Cog 2018-2022 (habitants couverts)", "%"),
    ),
    levels=LEVELS,
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_history,
    formula="La couverture à chacune des dates demandées, avec la même année de population tout au long.",
    reference=f"{_CIRCULAR} ; trajectoire de la Cog 2018-2022 : Caf de la Loire, rapport d'activité 2022",
)
_OFFICERS = Indicator(
    name="officers_by",
    label="Chargés de coopération par territoire",
    measures=(
        Measure("officers", "Chargés de coopération en poste", "personnes", "up"),
        Measure("officer_posts", "Postes", "postes"),
        Measure("officer_posts_vacant", "Postes vacants", "postes", "down"),
        Measure("officer_fte_agreed", "Temps de travail conventionné", "ETP"),
        Measure("officer_fte_funded", "Temps de travail financé", "ETP"),
        Measure("officer_fte_actual", "Temps de travail réel", "ETP"),
        Measure("inhabitants_per_fte", "Habitants par équivalent temps plein", "habitants par ETP"),
        Measure("communes_per_fte", "Communes par équivalent temps plein", "communes par ETP"),
        Measure("ctg_without_officer", "CTG sans chargé de coopération en poste", "conventions", "down"),
    ),
    levels=("ctg", "theme", *GEOGRAPHIC_LEVELS),
    source=OFFICERS_SOURCE,
    diffusion="partenaires",
    function=officers_by,
    formula=(
        "Personnes, postes et équivalents temps plein des conventions en vigueur ; habitants et communes "
        "couverts divisés par les équivalents temps plein."
    ),
    reference=_CIRCULAR,
)
_RENEWALS = Indicator(
    name="ctg_renewals",
    label="CTG à renouveler",
    measures=(
        Measure("ctg", "Numéro de la CTG", "code"),
        Measure("name", "Nom", "texte"),
        Measure("lead", "Collectivité porteuse", "texte"),
        Measure("ends_on", "Dernier jour", "date"),
        Measure("situation", "Situation", "choix"),
        Measure("successor", "CTG qui suit", "code"),
        Measure("decided_on", "Suite délibérée ou signée le", "date"),
        Measure("successor_starts_on", "Début de la CTG qui suit", "date"),
        Measure("gap_days", "Jours sans CTG entre les deux", "jours", "down"),
        Measure("communes", "Communes du périmètre", "communes"),
        Measure("inhabitants", "Habitants du périmètre", "habitants"),
        Measure("uncovered_communes", "Communes sans suite connue", "communes", "down"),
        Measure("uncovered_inhabitants", "Habitants sans suite connue", "habitants", "down"),
        Measure("population_year", "Année de la population légale", "année"),
    ),
    levels=(),
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_renewals,
    formula=(
        "Conventions qui finissent avant l'échéance demandée, et ce qui les suit : délibération, "
        "signature, jours sans convention."
    ),
    reference=_CIRCULAR,
    is_list=True,
)
_GAPS = Indicator(
    name="ctg_gaps",
    label="Communes sans CTG",
    measures=(
        Measure("commune", "Code de la commune", "code"),
        Measure("name", "Commune", "texte"),
        Measure("epci", "EPCI", "code"),
        Measure("inhabitants", "Habitants", "habitants"),
        Measure("population_year", "Année de la population légale", "année"),
        Measure("state", "État", "choix"),
        Measure("neighbours", "Communes voisines dans le département", "communes"),
        Measure("covered_neighbours", "Communes voisines couvertes", "communes"),
        Measure("covered_neighbour_codes", "Codes des voisines couvertes", "codes"),
        Measure("neighbour_ctg", "CTG des voisines", "codes"),
    ),
    levels=(),
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_gaps,
    formula=(
        "Communes qu'aucune convention en vigueur ne couvre à la date ; voisines : communes dont les "
        "contours se touchent."
    ),
    reference=_CIRCULAR,
    is_list=True,
)
_PARTNERS = Indicator(
    name="ctg_partners_matrix",
    label="Signataires et champs des CTG",
    measures=(
        Measure("ctg", "Numéro de la CTG", "code"),
        Measure("name", "Nom", "texte"),
        *(Measure(kind, f"Signataires : {label}", "noms") for kind, label in choices("partner_kind").items()),
        Measure("associated", "Partenaires non signataires", "noms"),
        *(Measure(theme, label.capitalize(), "oui ou non") for theme, label in choices("ctg_theme").items()),
    ),
    levels=(),
    source=CTG_SOURCE,
    diffusion="public",
    function=ctg_partners_matrix,
    formula="Signataires par nature et champs de chaque convention en vigueur.",
    reference=_CIRCULAR,
    is_list=True,
)
_MEETINGS = Indicator(
    name="network_meetings",
    label="Rencontres des réseaux",
    measures=(
        Measure("network", "Réseau", "texte"),
        Measure("date", "Date", "date"),
        Measure("place", "Lieu", "texte"),
        Measure("attendance", "Présents", "personnes", "up"),
        Measure("status", "Statut", "choix"),
        Measure("previous", "Présents à la rencontre précédente", "personnes"),
        Measure("change", "Évolution", "personnes", "up"),
    ),
    levels=(),
    source=OFFICERS_SOURCE,
    diffusion="public",
    function=network_meetings,
    formula="Présents à chaque rencontre, moins ceux de la précédente du même réseau.",
    reference="Tableaux de suivi des Caf",
    is_list=True,
)
ENTRIES = (_COUNTERS, _COVERAGE, _HISTORY, _OFFICERS, _RENEWALS, _GAPS, _PARTNERS, _MEETINGS)
