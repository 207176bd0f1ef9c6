"""A clean table of a département: real communes, invented figures, nothing that a reader should doubt."""

from collections.abc import Callable
from datetime import date
from functools import cache

from sdsf_analysis.demo.cells import Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.page import Draft, Format, Line, Page, Reading, Spot
from sdsf_analysis.demo.names import operator
from sdsf_analysis.demo.setting import Commune, Setting

ROWS = 18
PERCENT, AMOUNT, DAY = "0.0%", "#,##0.00", "dd/mm/yyyy"
BANDS = ("3-5 ans", "6-11 ans", "12-17 ans")
LABELS = {
    "code": "Code INSEE",
    "commune": "Commune",
    "epci": "SIREN de l'EPCI",
    "operator": "Gestionnaire",
    "band": "Tranche d'âge",
    "places": "Places agréées",
    "children": "Enfants inscrits",
    "rate": "Taux d'occupation",
    "amount": "Dépenses (€)",
    "opened": "Date d'ouverture",
    "fte": "ETP",
    "result": "Résultat (€)",
    "remark": "Observations",
}
REMARKS = (
    "",
    "fermée 06/24",
    "reprise par la CC au 1/9",
    "2 places AVIP",
    "cf. courrier du 12/03/2024",
    "s.o. en août",
)
COUNTS = ("places", "children")
ADDITIVE = (*COUNTS, "amount")


def clean_draft(departement: str, seed: str, format_: Format = "xlsx", *, coded: bool = True) -> Draft:
    """A tidy file: one header row at A1, one row per commune, every figure known.

    Parameters
    ----------
    departement : str
        Code of a département.
    seed : str
        Seed of the draws.
    format_ : {"xlsx", "ods", "csv", "html"}
        Format of the file.
    coded : bool
        Whether communes have their code beside their name.

    Returns
    -------
    Draft

    Examples
    --------
    >>> page = clean_draft("01", "a").page
    >>> page.columns[:2], page.lines[1].spots[0].reading.kind
    (('code', 'commune'), 'code')
    """
    columns = tuple(name for name in LABELS if coded or name != "code")
    dice = Dice(f"{departement}/{seed}")
    header = Line("header", tuple(Spot(LABELS[name]) for name in columns))
    body = tuple(
        Line("body", tuple(SPOTS[name](commune, dice) for name in columns), commune=commune.code)
        for commune in dice.sample(communes(departement), ROWS)
    )
    return Draft(departement, (Page("Suivi fictif", columns, (header, *body)),), format_)


def number(value: float, form: str = "") -> Spot:
    """A count or an amount.

    Examples
    --------
    >>> number(12).reading
    Reading(kind='number', value=12, low=None, high=None)
    """
    return Spot(value, Reading("number", value), value, form)


def same(kind: str, value: Value) -> Spot:
    """A spot that reads as it is written.

    Examples
    --------
    >>> same("text", "Gex").reading.value
    'Gex'
    """
    return Spot(value, Reading(kind, value))


@cache
def communes(departement: str) -> tuple[Commune, ...]:
    """Communes of a département that belong to an EPCI, by code.

    Examples
    --------
    >>> communes("90")[0].name
    'Andelnans'
    """
    return tuple(commune for commune in Setting(departement).communes if commune.epci.siren)


def _day(dice: Dice) -> Spot:
    day = date(dice.between(2005, 2023), dice.between(1, 12), dice.between(1, 28))
    return Spot(day, Reading("date", day.isoformat()), form=DAY)


def _remark(dice: Dice) -> Spot:
    text = dice.pick(REMARKS)
    return same("text", text) if text else Spot(None, Reading("empty"))


def _rate(dice: Dice) -> Spot:
    share = dice.between(310, 960) / 1000
    return Spot(share, Reading("percent", share), form=PERCENT)


SPOTS: dict[str, Callable[[Commune, Dice], Spot]] = {
    "code": lambda commune, _: same("code", commune.code),
    "commune": lambda commune, _: same("text", commune.name),
    "epci": lambda commune, _: same("code", commune.epci.siren),
    "operator": lambda commune, dice: same("text", operator(commune, dice).name),
    "band": lambda _, dice: same("text", dice.pick(BANDS)),
    "places": lambda _, dice: number(dice.between(6, 90)),
    "children": lambda _, dice: number(dice.between(12, 1900)),
    "rate": lambda _, dice: _rate(dice),
    "amount": lambda _, dice: number(dice.between(1_000_000, 90_000_000) / 100, AMOUNT),
    "opened": lambda _, dice: _day(dice),
    "fte": lambda _, dice: number(dice.between(1, 24) / 8),
    "result": lambda _, dice: number(dice.between(-4_000_000, 9_000_000) / 100, AMOUNT),
    "remark": lambda _, dice: _remark(dice),
}
