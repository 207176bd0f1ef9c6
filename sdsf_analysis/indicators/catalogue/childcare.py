"""The coverage by childcare: the published rates, the local estimate, what changed."""

from sdsf_analysis.indicators.childcare.change import coverage_change
from sdsf_analysis.indicators.childcare.coverage import childcare_coverage
from sdsf_analysis.indicators.childcare.gap import coverage_gap
from sdsf_analysis.indicators.childcare.pmi import pmi_capacity
from sdsf_analysis.indicators.declaration import LEVELS, Indicator, Measure

_RATE = "places pour 100 enfants"
_CNAF = "Cnaf, Dossier d'étude n° 203 (2019)"
_SOURCE = "Cnaf, taux publiés ; Caf, Département, Éducation nationale, Insee pour l'estimation locale"
_PUBLISHED = "Taux publié par la Cnaf"
_LOCAL = "Estimation locale"

_COVERAGE = Indicator(
    name="childcare_coverage",
    label="Couverture par les modes d'accueil",
    measures=(
        Measure("coverage_total", f"{_PUBLISHED} : global", _RATE, "up"),
        Measure("coverage_eaje", f"{_PUBLISHED} : ensemble des EAJE", _RATE, "up"),
        Measure("coverage_eaje_psu", f"{_PUBLISHED} : EAJE en PSU", _RATE, "up"),
        Measure("coverage_eaje_other", f"{_PUBLISHED} : EAJE hors PSU", _RATE, "up"),
        Measure("coverage_individual", f"{_PUBLISHED} : accueil individuel", _RATE, "up"),
        Measure("coverage_childminders", f"{_PUBLISHED} : assistants maternels", _RATE, "up"),
        Measure("coverage_home_care", f"{_PUBLISHED} : garde à domicile", _RATE, "up"),
        Measure("coverage_preschool", f"{_PUBLISHED} : préscolarisation à 2 ans", _RATE, "up"),
        Measure("local_known", f"{_LOCAL} : somme des composantes connues", _RATE, "up"),
        Measure("local_total", f"{_LOCAL} : taux de couverture, les quatre composantes", _RATE, "up"),
        Measure("local_eaje", f"{_LOCAL} : ensemble des EAJE", _RATE, "up"),
        Measure("local_eaje_psu", f"{_LOCAL} : EAJE en PSU", _RATE, "up"),
        Measure("local_eaje_other", f"{_LOCAL} : EAJE hors PSU", _RATE, "up"),
        Measure("local_childminders", f"{_LOCAL} : assistants maternels qui travaillent", _RATE, "up"),
        Measure("local_home_care", f"{_LOCAL} : garde à domicile", _RATE, "up"),
        Measure("local_preschool", f"{_LOCAL} : préscolarisation à 2 ans", _RATE, "up"),
        Measure("gap", "Écart : taux publié moins composantes connues", "points"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="public",
    function=childcare_coverage,
    formula=(
        "Le taux publié par la Cnaf d'abord, tel quel. L'estimation locale : 100 × Σ places au 31 décembre "
        "(EAJE en PSU et hors PSU, assistants maternels qui travaillent, garde à domicile, préscolarisation "
        "à 2 ans) / Σ enfants de moins de 3 ans."
    ),
    reference=_CNAF,
    limits=(
        "Offre théorique à une date : une place peut être vacante, ou servir à plusieurs enfants ; le taux "
        "peut dépasser 100. Les composantes publiées sont arrondies : leur somme n'est pas le taux global. "
        "Les places agréées par la PMI ne sont jamais une composante (voir pmi_capacity). Tant qu'une "
        "composante manque, local_total n'a qu'une borne basse. À la commune, le taux ne dit pas où les "
        "enfants sont gardés."
    ),
)
_GAP = Indicator(
    name="coverage_gap",
    label="Pourquoi ce taux n'est pas celui de la Cnaf ou de la PMI",
    measures=(
        Measure("territory", "Code du territoire", "code"),
        Measure("reading", "Comparé à : cnaf (taux publié) ou pmi (capacité agréée)", "choix"),
        Measure("component", "Composante", "choix"),
        Measure("theirs", "Leur chiffre", _RATE),
        Measure("ours", "Estimation locale", _RATE),
        Measure("difference", "Écart : le leur moins le nôtre", "points"),
        Measure("reason", "D'où vient l'écart", "texte"),
    ),
    levels=LEVELS,
    source=_SOURCE,
    diffusion="public",
    function=coverage_gap,
    formula=(
        "Par composante : leur chiffre moins l'estimation locale. Une composante inconnue ici y compte pour "
        "rien ; ce que laissent les arrondis de la Cnaf est une ligne à part : les lignes d'un territoire "
        "font son écart total."
    ),
    reference=_CNAF,
    limits=(
        "Les raisons sont celles des définitions ; elles ne disent pas si l'une des deux listes est fausse."
    ),
    is_list=True,
)
_CHANGE = Indicator(
    name="coverage_change",
    label="Évolution de la couverture : offre ou naissances",
    measures=(
        Measure("coverage_start", f"{_LOCAL} au début, composantes connues aux deux dates", _RATE, "up"),
        Measure("coverage_end", f"{_LOCAL} à la fin, composantes connues aux deux dates", _RATE, "up"),
        Measure("change", "Évolution", "points", "up"),
        Measure("offer_effect", "Effet de l'offre (numérateur : places gagnées)", "points", "up"),
        Measure("births_effect", "Effet des naissances (dénominateur : enfants gagnés)", "points"),
    ),
    levels=LEVELS,
    source="Caf, Département, Éducation nationale, Insee",
    diffusion="public",
    function=coverage_change,
    formula=(
        "Offre : 100 × (P1 − P0) × (1/K0 + 1/K1) / 2. Naissances : 100 × (1/K1 − 1/K0) × (P0 + P1) / 2. P : "
        "places, K : enfants de moins de 3 ans. Les deux effets font exactement l'évolution."
    ),
    reference="Kitagawa (1955), décomposition de la différence entre deux taux",
    limits=(
        "Seules les composantes connues aux deux dates sont comparées. Sans deux années d'enfants d'une même "
        "source, seul l'effet de l'offre est donné, à enfants constants. Avec les enfants de la Caf, les "
        "taux sont surestimés aux deux dates."
    ),
)
_PMI = Indicator(
    name="pmi_capacity",
    label="Capacité autorisée ou agréée par la PMI",
    measures=(
        Measure("pmi_eaje", "Capacité autorisée des EAJE", _RATE),
        Measure("pmi_childminders", "Places agréées des assistants maternels", _RATE),
        Measure("pmi_total", "Capacité autorisée ou agréée, ensemble", _RATE),
    ),
    levels=LEVELS,
    source="Département (PMI) ; Insee, à défaut Caf, pour les enfants",
    diffusion="public",
    function=pmi_capacity,
    formula="100 × Σ places autorisées ou agréées au 31 décembre / Σ enfants de moins de 3 ans.",
    reference=(
        "Code de la santé publique, L. 2324-1 (autorisation des établissements) ; code de l'action sociale "
        "et des familles, L. 421-1 et suivants (agrément des assistants maternels)"
    ),
    limits=(
        "Ce n'est pas un taux de couverture : les agréments mêlent les âges et comptent des assistants "
        "maternels sans activité. Les places des MAM sont dans celles des assistants maternels."
    ),
)
ENTRIES: tuple[Indicator, ...] = (_COVERAGE, _GAP, _CHANGE, _PMI)
