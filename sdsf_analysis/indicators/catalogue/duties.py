"""The duties of those who organise the public service for young children."""

from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.indicators.duties.authorities import organising_authorities
from sdsf_analysis.indicators.duties.cofinanced import cofinanced_places

_AUTHORITIES = Indicator(
    name="organising_authorities",
    label="Autorités organisatrices et leurs obligations",
    measures=(
        Measure("authority", "Autorité organisatrice", "texte"),
        Measure("kind", "Nature : commune, EPCI ou syndicat", "choix"),
        Measure("communes", "Communes pour lesquelles elle organise", "communes"),
        Measure("inhabitants", "Habitants de ces communes", "habitants"),
        Measure("population_year", "Année de la population municipale", "année"),
        Measure("has_skills_3_4", "Compétences 3° et 4° (plus de 3 500 habitants)", "oui ou non"),
        Measure("must_have_scheme", "Schéma pluriannuel dû (plus de 10 000 habitants)", "oui ou non"),
        Measure("must_have_rpe", "RPE dû (plus de 10 000 habitants, depuis 2026)", "oui ou non"),
        Measure("rpe", "RPE : all (toutes ses communes), part, none, unknown", "choix"),
        Measure("rpe_communes", "Communes desservies par un RPE", "communes", "up"),
        Measure("rpe_names", "RPE qui les desservent", "noms"),
        Measure("finding", "Constat", "texte"),
    ),
    levels=(),
    source="Préfecture, compétence petite enfance ; Caf, RPE ; Insee, populations légales",
    diffusion="public",
    function=organising_authorities,
    formula=(
        "Σ habitants des communes qui ont transféré le service à l'autorité, comparée aux seuils : au-dessus "
        "de 3 500, compétences 3° et 4° ; au-dessus de 10 000, schéma pluriannuel et RPE. Une commune est "
        "desservie si un RPE ouvert la cite, ou y a son siège quand sa liste manque."
    ),
    reference=(
        "Loi 2023-1196 du 18 décembre 2023, article L. 214-1-3 du code de l'action sociale et des familles ; "
        "décret 2025-253 du 20 mars 2025 pour le schéma pluriannuel"
    ),
    limits=(
        "La population à retenir (totale ou municipale, et son année) et l'égalité exacte au seuil sont à "
        "vérifier dans les textes. D'une autorité à cheval sur deux départements, seules les communes du "
        "département sont sommées. Aucun fichier ne dit quels schémas sont adoptés."
    ),
    is_list=True,
)
_COFINANCED = Indicator(
    name="cofinanced_places",
    label="Places de crèche cofinancées et bonus « trajectoire de développement »",
    measures=(
        Measure("signatory", "Signataire de CTG qui cofinance", "texte"),
        Measure("kind", "Nature : commune, EPCI ou syndicat", "choix"),
        Measure("ctg", "CTG signées, en vigueur à la date", "codes"),
        Measure("services", "EAJE en PSU cofinancés", "services"),
        Measure("places_start", "Places cofinancées au départ", "places", "up"),
        Measure("places_end", "Places cofinancées à la date", "places", "up"),
        Measure("growth", "Évolution", "places", "up"),
        Measure("growth_percent", "Évolution en pourcentage", "%", "up"),
        Measure("bonus_eur", "Bonus du palier atteint", "€ par place", "up"),
        Measure("next_step_percent", "Palier suivant", "%"),
        Measure("places_needed", "Places qui manquent pour le palier suivant", "places", "down"),
        Measure("next_bonus_eur", "Bonus du palier suivant", "€ par place"),
        Measure("places_planned", "Places en projet, cofinancées, en PSU", "places", "up"),
        Measure("finding", "Constat", "texte"),
    ),
    levels=(),
    source="Caf, activité des EAJE, financements, projets, suivi des CTG",
    diffusion="partenaires",
    function=cofinanced_places,
    formula=(
        "Places ouvertes des EAJE en PSU dont le cofinanceur a signé une CTG en vigueur, à la date et au "
        "départ ; places qui manquent : départ × (1 + palier), arrondi au-dessus, moins les places à la date."
    ),
    reference=(
        "Cnaf, bonus « trajectoire de développement » (novembre 2025) : + 4, + 8, + 12 % de places "
        "cofinancées entre 2023 et 2027 donnent 100, 200, 300 € de plus par place PSU avec bonus territoire"
    ),
    limits=(
        "À vérifier auprès de la Cnaf : la date de départ, les places retenues et le compte par signataire ; "
        "d'où les options start, steps et amounts. Le cofinanceur connu le plus récent vaut pour les deux "
        "dates. Deux cofinanceurs d'un même service ne sont pas partagés."
    ),
    is_list=True,
)
ENTRIES: tuple[Indicator, ...] = (_AUTHORITIES, _COFINANCED)
