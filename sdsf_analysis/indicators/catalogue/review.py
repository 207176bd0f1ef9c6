"""The plan: actions, calendar, indicators from the baseline to the target."""

from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.indicators.plan.actions import actions_at, actions_by
from sdsf_analysis.indicators.plan.progress import plan_progress
from sdsf_analysis.indicators.plan.states import STATES
from sdsf_analysis.model.french import capital
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import table

_SOURCE = "Caf, plan d'actions du schéma et des CTG"
_REFERENCE = (
    "Code de l'action sociale et des familles, art. L. 214-1 et suivants (schéma départemental des services "
    "aux familles, plan d'actions)"
)
_GOOD, _BAD = ("done",), ("not_begun", "late", "dropped")


def _direction(state: str) -> str:
    return "up" if state in _GOOD else "down" if state in _BAD else "neutral"


_ACTIONS_AT = Indicator(
    name="actions_at",
    label="Actions du plan à une date",
    measures=(
        *(
            Measure(column.name, capital(column.label), column.unit or "texte ou code")
            for column in table("actions").columns
        ),
        Measure("state", "État à la date", "choix"),
        Measure("days_late", "Jours de retard", "jours", "down"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="partenaires",
    function=actions_at,
    formula=(
        "Achevée ou abandonnée : comme le fichier l'écrit. Sinon, échéance dépassée après le dernier jour de "
        "l'action, qu'elle soit commencée ou non ; pas commencée alors qu'elle aurait dû après son premier "
        "jour ; à venir avant. Sans échéance, le retard est inconnu : l'action n'est jamais dite « dans les "
        "délais ». Jours de retard : depuis l'échéance, ou depuis le début pour ce qui n'a pas commencé."
    ),
    reference=_REFERENCE,
    limits=(
        "L'avancement est celui du fichier reçu, quelle que soit la date demandée : seul le calendrier est "
        "lu à cette date."
    ),
    is_list=True,
)
_ACTIONS_BY = Indicator(
    name="actions_by",
    label="Actions du plan par orientation, groupe de travail ou pilote",
    measures=(
        Measure("actions", "Actions", "actions"),
        *(
            Measure(state, capital(choices("action_state")[state]), "actions", _direction(state))
            for state in STATES
        ),
        Measure("behind_share", "Part des actions en retard", "%", "down"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="partenaires",
    function=actions_by,
    formula=(
        "Nombre d'actions dans chaque état ; part en retard : 100 × (échéance dépassée + pas commencées "
        "alors qu'elles auraient dû) / actions dont on peut dire si elles sont en retard."
    ),
    reference=_REFERENCE,
    limits=(
        "Une action en vaut une autre, quels que soient ses moyens. Celles qui n'ont pas d'échéance, dont "
        "l'avancement n'est pas dit ou qui sont abandonnées ne comptent pas dans la part."
    ),
)
_PROGRESS = Indicator(
    name="plan_progress",
    label="Indicateurs du plan, du départ à la cible",
    measures=(
        *(
            Measure(name, label, unit)
            for name, label, unit in (
                ("plan", "Plan", "SDSF, indicateurs communs ou numéro de CTG"),
                ("orientation", "Orientation", "texte"),
                ("action", "Numéro de l'action", "code"),
                ("title", "Action", "texte"),
                ("indicator", "Indicateur", "texte"),
                ("unit", "Unité", "texte"),
                ("direction", "Sens souhaité", "choix"),
                ("baseline_on", "Date de la valeur de départ", "date"),
                ("baseline", "Valeur de départ", "celle de l'indicateur"),
                ("measured_on", "Date de la mesure", "date"),
                ("value", "Valeur mesurée", "celle de l'indicateur"),
                ("status", "Statut de la valeur mesurée", "choix"),
                ("low", "Valeur mesurée, borne basse", "celle de l'indicateur"),
                ("high", "Valeur mesurée, borne haute", "celle de l'indicateur"),
                ("target_on", "Date de la cible", "date"),
                ("target", "Cible", "celle de l'indicateur"),
            )
        ),
        Measure("progress", "Chemin parcouru vers la cible", "%", "up"),
        Measure("progress_low", "Chemin parcouru, borne basse", "%", "up"),
        Measure("progress_high", "Chemin parcouru, borne haute", "%", "up"),
        Measure("expected_progress", "Part du temps écoulée à la date de la mesure", "%"),
        Measure("expected", "Valeur attendue à la date de la mesure", "celle de l'indicateur"),
        Measure("gap", "Écart à la valeur attendue", "celle de l'indicateur"),
        Measure("gap_low", "Écart, borne basse", "celle de l'indicateur"),
        Measure("gap_high", "Écart, borne haute", "celle de l'indicateur"),
        Measure("state", "État", "choix"),
    ),
    levels=(),
    source=_SOURCE,
    diffusion="partenaires",
    function=plan_progress,
    formula=(
        "Chemin parcouru = 100 × (mesure − départ) / (cible − départ) ; valeur attendue = départ + part du "
        "temps écoulée × (cible − départ) ; écart = mesure − valeur attendue. Le temps va de la date de la "
        "valeur de départ à celle de la cible ; il s'arrête à la date de la mesure. La mesure est la "
        "dernière connue à la date demandée. La même comparaison sert à mi-parcours, à la fin, ou "
        "entre deux dates (option start)."
    ),
    reference=_REFERENCE,
    limits=(
        "Un chemin régulier est une hypothèse : une formation ou une ouverture de crèche avance par à-coups. "
        "Une cible égale à la valeur de départ n'a pas de chemin : l'indicateur est « à maintenir ». Une "
        "cible dépassée n'est pas ramenée à 100 %. Une mesure plus ancienne que la date est comparée à ce "
        "qui était attendu à sa propre date. S'il y a plusieurs cibles, la dernière compte."
    ),
    is_list=True,
)
ENTRIES = (_ACTIONS_AT, _ACTIONS_BY, _PROGRESS)
