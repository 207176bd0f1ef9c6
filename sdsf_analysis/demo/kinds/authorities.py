"""Kind 25, « Compétence petite enfance »: who organises the care of young children in each commune."""

from collections.abc import Mapping
from datetime import date

from sdsf_analysis.demo.cells import Cell, Row, Value
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.kinds.codes import lost_zero
from sdsf_analysis.demo.kinds.zonings import syndicats
from sdsf_analysis.demo.names import of_place
from sdsf_analysis.demo.setting import Commune, Epci, Setting, by_epci

# since the law of 18 December 2023 every commune is an authority, unless it gave the task away
LAW = date(2025, 1, 1)
BY_EPCI = 0.5


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune.

    Examples
    --------
    >>> len(rows(Setting("01"))["Compétence"])
    391
    """
    dice = setting.dice("authorities")
    syndicat = syndicats(setting)
    given = {c.code: held for epci, group in by_epci(setting.communes).items()
             for c, held in _group(epci, group, dice, syndicat).items()}  # fmt: skip
    lines: list[list[Value | Cell]] = [[c.code, c.name, *given[c.code]] for c in setting.communes]
    _plant(lines, dice)
    return {"Compétence": [Row(tuple(line)) for line in lines]}


def _group(
    epci: Epci, communes: list[Commune], dice: Dice, syndicat: Mapping[str, str]
) -> dict[Commune, tuple[str, str, date]]:
    draw, since = dice.share(), date(dice.between(2004, 2020), 1, 1)
    if epci.name and draw < BY_EPCI:
        return dict.fromkeys(communes, (epci.name, "EPCI", since))
    return {
        commune: (syndicat[commune.code], "Syndicat", since)
        if commune.code in syndicat
        else (f"Commune {of_place(commune.name)}", "Commune", LAW)
        for commune in communes
    }


def _plant(lines: list[list[Value | Cell]], dice: Dice) -> None:
    bare, in_text, *_ = dice.shuffled(range(len(lines))) * 2
    if str(lines[bare][0]).startswith("0"):
        lines[bare][0] = lost_zero(str(lines[bare][0]))
    if in_text != bare:
        day = lines[in_text][-1]
        lines[in_text][-1] = Cell(f"{day:%d/%m/%Y}", "text", "date_as_text", "date saisie comme du texte")
