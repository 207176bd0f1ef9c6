"""The support to structures in difficulty (IDA)."""

from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.indicators.support.watch import watch_list

_WATCH = Indicator(
    name="watch_list",
    label="Structures à suivre",
    measures=(
        Measure("service", "Service", "code"),
        Measure("name", "Nom", "texte"),
        Measure("kind", "Type de service", "choix"),
        Measure("commune", "Commune", "code"),
        Measure("epci", "EPCI", "code"),
        Measure("alerts", "Alertes de la structure", "alertes", "down"),
        Measure("rule", "Règle, ou aid pour une aide versée", "choix"),
        Measure("label", "L'alerte en toutes lettres", "texte"),
        Measure("year", "Année du chiffre", "année"),
        Measure("value", "Chiffre qui déclenche l'alerte", "selon la règle"),
        Measure("unit", "Unité du chiffre", "texte"),
        Measure("threshold", "Seuil de la règle", "selon la règle"),
        Measure("figures", "Chiffres, année par année", "texte"),
        Measure("reported_on", "Date de l'alerte écrite par la Caf", "date"),
        Measure("reason", "Motif", "texte"),
        Measure("support", "Accompagnement", "texte"),
        Measure("follow_up", "Suite donnée", "texte"),
        Measure("aid_eur", "Aide exceptionnelle (lignes aid seulement)", "€"),
        Measure("outcome", "Ce que la structure est devenue", "choix"),
        Measure("outcome_label", "Ce qu'elle est devenue, en toutes lettres", "texte"),
        Measure("outcome_on", "Date de fermeture ou de déménagement", "date"),
    ),
    levels=(),
    source="Caf, activité des EAJE, financements, démarche IDA ; listes de services",
    diffusion="interne",
    function=watch_list,
    is_list=True,
    formula=(
        "Sur les chiffres réels de la dernière année connue : taux d'occupation sous occupancy_min (60 %) ; "
        "taux de facturation (heures facturées / heures réalisées) au-dessus de billing_max (117 %) ; "
        "déficit de plus de deficit_max (5 %) des charges, qui sont le budget, à défaut les heures "
        "réalisées × le prix de revient horaire ; trésorerie de moins de cash_min (15 jours). Tendances, "
        "sur years (3) années toutes connues : occupation en baisse, ou facturation en hausse, chaque année "
        "et de fall (5) points au moins ; résultat négatif chaque année ; trésorerie en baisse chaque "
        "année, jusqu'à moins de deux fois cash_min. S'y ajoutent les alertes écrites par la Caf, et les "
        "aides exceptionnelles."
    ),
    reference="Caf, démarche IDA (informer, détecter, accompagner) ; seuils : aucun texte trouvé",
    limits=(
        "Document interne : les structures sont nommées. Les seuils sont un point de départ, à fixer avec "
        "la Caf. Une alerte n'est pas un jugement : une crèche peut occuper peu parce que des places sont "
        "gelées. Une structure dont un chiffre manque ou est retenu n'est pas jugée sur ce chiffre. "
        "« Toujours ouverte » est le dernier état connu : une structure absente de la dernière liste y reste "
        "tant que personne ne dit qu'elle a fermé."
    ),
)
ENTRIES: tuple[Indicator, ...] = (_WATCH,)
