"""The fictitious conventions: which perimeter, which dates, and what has become of each."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.names import words
from sdsf_analysis.demo.perimeters import Perimeter, perimeters
from sdsf_analysis.demo.setting import Setting

REFERENCE = date(2024, 12, 31)
START_YEARS = (2020, 2021, 2021, 2022, 2022, 2023, 2024)


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention: its number, perimeter, dates, stage and what the Caf noted."""

    number: str
    perimeter: Perimeter
    stage: str
    decided_on: date | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    amended_on: date | None = None
    extended_to: date | None = None
    remark: str = ""
    syndicat: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether it covers its inhabitants at the reference date."""
        last = self.extended_to or self.ends_on
        return bool(self.starts_on and last and self.starts_on <= REFERENCE <= last)


def conventions(setting: Setting) -> list[Convention]:
    """Conventions of a département, by number; those that renew another come last.

    Examples
    --------
    >>> conventions(Setting("01"))[-1].remark
    'Renouvelle la CTG-01-013.'
    """
    units = perimeters(setting)
    known = [_convention(_number(setting, rank), unit, setting) for rank, unit in enumerate(units, 1)]
    renewed = [convention for convention in known if convention.stage == "renewed"]
    ranks = range(len(known) + 1, len(known) + len(renewed) + 1)
    return known + [
        _renewal(old, _number(setting, rank), setting) for rank, old in zip(ranks, renewed, strict=True)
    ]


def _number(setting: Setting, rank: int) -> str:
    return f"CTG-{setting.departement}-{rank:03d}"


def _convention(number: str, perimeter: Perimeter, setting: Setting) -> Convention:
    dice = setting.dice("ctg", number)
    blank = Convention(number, perimeter, "signed", syndicat=_syndicat(perimeter))
    match perimeter.life:
        case "project":
            return replace(blank, stage="project", remark="Diagnostic partagé en cours.")
        case "expired":
            return replace(_dated(blank, 2020, 4, dice), stage="expired", remark="Renouvellement en cours.")
        case "extended":
            ended = _dated(blank, 2020, 4, dice)
            return replace(
                ended, amended_on=date(2023, 11, dice.between(6, 24)), extended_to=date(2025, 12, 31)
            )
        case "renewed":
            return replace(_dated(blank, 2019, 4, dice), stage="renewed")
        case "current":
            return _dated(blank, dice.pick(START_YEARS), 5, dice)


def _renewal(old: Convention, number: str, setting: Setting) -> Convention:
    new = Convention(number, old.perimeter, "signed", remark=f"Renouvelle la {old.number}.")
    return _dated(new, 2023, 5, setting.dice("ctg", number))


def _dated(convention: Convention, year: int, years: int, dice: Dice) -> Convention:
    is_retroactive = dice.chance(0.5)
    month = dice.between(5, 12) if is_retroactive else dice.between(10, 12)
    signed = date(year if is_retroactive else year - 1, month, dice.between(3, 22))
    decided = signed - timedelta(days=dice.between(12, 60))
    return replace(
        convention,
        decided_on=decided,
        signed_on=signed,
        starts_on=date(year, 1, 1),
        ends_on=date(year + years - 1, 12, 31),
    )


def _syndicat(perimeter: Perimeter) -> str:
    return words("syndicats")[0] if perimeter.shape == "part" else ""
