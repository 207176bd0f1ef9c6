"""Faults of dates (51)."""

from dataclasses import replace
from datetime import date

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.faults.fault import Dirty, in_cell
from sdsf_analysis.demo.faults.page import Draft, Plant, Spot
from sdsf_analysis.model.french import french_date

EXCEL_DAY_ONE = date(1899, 12, 30)
BANDS_AS_DATES = (date(2024, 11, 6), date(2024, 5, 3), date(2024, 2, 1))


def in_words(spot: Spot, dice: Dice) -> Spot | None:
    """A date written as a text, in figures or in words."""
    day = spot.value
    if not isinstance(day, date):
        return None
    forms = (f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}", french_date(day))
    return replace(spot, value=dice.pick(forms), form="")


def serial(spot: Spot, _: Dice) -> Spot | None:
    """A date left as its serial number: 45292."""
    day = spot.value
    return replace(spot, value=(day - EXCEL_DAY_ONE).days, form="") if isinstance(day, date) else None


def band_as_date(_: Spot, dice: Dice) -> Spot:
    """An age band that Excel turned into a date: 6-11 become 6 November."""
    return Spot(dice.pick(BANDS_AS_DATES), form="d-mmm")


def mac_dates(draft: Draft, _: Dice, plant: Plant) -> Draft | None:
    """Dates counted from 1904, as old Macintosh workbooks do."""
    return replace(draft, mac_dates=True, plants=(*draft.plants, plant))


DIRTY: dict[str, Dirty] = {
    "51a": in_cell("opened", in_words),
    "51b": mac_dates,
    "51c": in_cell("opened", serial),
    "51d": in_cell("band", band_as_date),
}
