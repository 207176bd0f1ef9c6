"""The coverage by childcare: the published rates, the local estimate, what changed."""

from sdsf_analysis.indicators.childcare.coverage import childcare_coverage
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
ENTRIES: tuple[Indicator, ...] = (_COVERAGE,)
