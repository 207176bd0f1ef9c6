"""Kind 20, « IDA »: crèches in difficulty, their support, the exceptional aids that share an envelope."""

from dataclasses import dataclass
from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import misspelt
from sdsf_analysis.demo.kinds.eaje import Creche, creches, results
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.demo.spread import shares

YEAR = 2023
# the Ain's envelope of 2023; elsewhere in proportion to the inhabitants, never less than 10,000 €
ENVELOPE, INHABITANTS, STEP, LEAST = 70_000, 679_344, 5_000, 10_000
AIDED = 3
ONE_ALERT_PER = 14
REASONS = {
    "Résultat": (
        "déficit de l'exercice précédent",
        "charges de personnel en hausse",
        "perte d'un marché public",
    ),
    "Trésorerie": ("moins de 30 jours de trésorerie", "retard de versement de la collectivité"),
    "Occupation": ("taux d'occupation inférieur à 60 %", "places gelées faute de personnel"),
    "Personnel": ("direction vacante depuis six mois", "rotation de l'équipe"),
}
SUPPORTS = (
    "plan de redressement",
    "suivi trimestriel",
    "appui d'un cabinet",
    "rencontre avec le gestionnaire",
)
OUTCOMES = ("situation rétablie", "suivi poursuivi en 2024", "changement de gestionnaire à l'étude", None)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert on a crèche and the aid that it was given in the year, zero for none."""

    creche: Creche
    rule: str
    on: date
    aid: int


def alerts(setting: Setting) -> list[Alert]:
    """Alerts of the year, by date: the crèches of the worst results, the first of them aided.

    Examples
    --------
    >>> sum(alert.aid for alert in alerts(Setting("01")))
    70000
    """
    known = creches(setting)
    told = {creche: results(creche, setting).get(YEAR) for creche in known}
    worst = sorted((creche for creche in known if told[creche] is not None), key=lambda one: told[one] or 0)
    worst = worst[: max(1, len(known) // ONE_ALERT_PER)]
    dice = setting.dice("ida")
    aids = _aids(setting, len(worst), dice)
    found = [
        Alert(creche, "Résultat" if aid else dice.pick(list(REASONS)), _day(dice), aid)
        for creche, aid in zip(worst, aids, strict=True)
    ]
    return sorted(found, key=lambda alert: (alert.on, alert.creche.number))


def _day(dice: Dice) -> date:
    return date(YEAR, dice.between(1, 12), dice.between(1, 28))


def _aids(setting: Setting, count: int, dice: Dice) -> list[int]:
    envelope = max(LEAST, STEP * round(ENVELOPE * setting.population / INHABITANTS / STEP))
    parts = shares([dice.around(1, 0.5) for _ in range(min(AIDED, count))], envelope // 1000)
    return [part * 1000 for part in parts] + [0] * (count - len(parts))


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per alert, then the total of the aids.

    Examples
    --------
    >>> rows(Setting("01"))["IDA 2023"][-1].cells[:2]
    ('TOTAL', None)
    """
    known = alerts(setting)
    lines = [_line(alert, setting.dice("ida", alert.creche.number)) for alert in known]
    _plant_name(lines, known, setting)
    total: list[Value] = ["TOTAL", *[None] * 6, sum(alert.aid for alert in known), None]
    return {"IDA 2023": [*(Row(tuple(line)) for line in lines), Row(tuple(total), "total")]}


def _line(alert: Alert, dice: Dice) -> list[Value | Cell]:
    creche = alert.creche
    return [
        creche.name, creche.commune.name, creche.kind, alert.rule, dice.pick(REASONS[alert.rule]), alert.on,
        dice.pick(SUPPORTS), alert.aid or None, dice.pick(OUTCOMES),
    ]  # fmt: skip


def _plant_name(lines: list[list[Value | Cell]], known: list[Alert], setting: Setting) -> None:
    """Misspell one name: no service bears it, and none is guessed."""
    without_aid = [index for index, alert in enumerate(known) if not alert.aid]
    for index in without_aid[-1:]:
        name = known[index].creche.name
        wrong = misspelt(name, {creche.name.upper() for creche in creches(setting)})
        lines[index][0] = Cell(wrong, "", "service_unknown", f"pour {name}, une lettre changée")
