"""Kind 13, « PMI assistants maternels »: one sheet a year, cantons merged over their communes."""

from collections.abc import Sequence

from sdsf_analysis.demo.cells import Cell, Row, Value, plain
from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.setting import Commune, Setting, by_epci

YEARS = ("2023", "2024")
CANTON_SIZE = 14
PLACES_PER_CHILD = 0.42
PLACES_EACH = 3.2
COMMUNE, AGREED, PLACES = 1, 2, 5
Line = list[Value | Cell]


def rows(setting: Setting) -> dict[str, list[Row]]:
    """Communes by canton, each canton followed by its total, for each year.

    Examples
    --------
    >>> rows(Setting("75"))["2024"][-1].cells[0]
    'TOTAL GÉNÉRAL'
    """
    known = cantons(setting.communes)
    return {year: _year(known, year, setting) for year in YEARS}


def cantons(communes: Sequence[Commune]) -> list[tuple[str, list[Commune]]]:
    """Fictitious cantons, neighbours by their postal codes, each with its communes.

    Examples
    --------
    >>> cantons(Setting("75").communes)[0][0]
    'Paris'
    """
    found: list[tuple[str, list[Commune]]] = []
    for neighbours in by_epci(communes).values():
        members = sorted(neighbours, key=lambda commune: (commune.postal_code, commune.code))
        for start in range(0, len(members), CANTON_SIZE):
            group = members[start : start + CANTON_SIZE]
            found.append((max(group, key=lambda commune: commune.population).name, group))
    return found


def _year(known: list[tuple[str, list[Commune]]], year: str, setting: Setting) -> list[Row]:
    dice = setting.dice("pmi", year)
    groups = [(name, [_line(name, commune, dice) for commune in group]) for name, group in known]
    every = [line for _, lines in groups for line in lines]
    totals = {name: _total(f"Total {name}", lines) for name, lines in groups}
    total = _total("TOTAL GÉNÉRAL", every)
    if year == YEARS[-1]:
        _plant(groups, totals, setting)
    body = [
        row
        for name, lines in groups
        for row in (*(Row(tuple(line)) for line in lines), Row(tuple(totals[name]), "subtotal"))
    ]
    return [*body, Row(tuple(total), "total")]


def _line(canton: str, commune: Commune, dice: Dice) -> Line:
    agreed = int(commune.children * PLACES_PER_CHILD / PLACES_EACH * dice.around(1, 0.45) + 0.5)
    older = int(agreed * dice.around(0.31, 0.15) + 0.5)
    active = int(agreed * dice.around(0.78, 0.12) + 0.5)
    shared = dice.between(2, 6) if agreed > 8 and dice.chance(0.45) else 0
    places = int(agreed * PLACES_EACH * dice.around(1, 0.06) + 0.5)
    return [canton, commune.name, agreed, older, active, places, shared]


def _total(label: str, lines: list[Line]) -> Line:
    columns = list(zip(*lines, strict=True))[AGREED:]
    return [label, None, *(sum(_count(value) for value in column) for column in columns)]


def _count(value: Value | Cell) -> int:
    number = plain(value)
    return number if isinstance(number, int) else 0


def _plant(groups: list[tuple[str, list[Line]]], totals: dict[str, Line], setting: Setting) -> None:
    dice = setting.dice("pmi", "faults")
    order = dice.shuffled(groups)
    wrong, wrong_lines = order[0]
    right = totals[wrong][PLACES]
    if len(groups) > 1:
        remark = f"total faux : {_count(right)} attendu"
        totals[wrong][PLACES] = Cell(_count(right) + dice.between(3, 9), "", "total_mismatch", remark)
    noted = next((lines for _, lines in order[1:] if _largest(lines)[AGREED]), wrong_lines)
    labelled = _largest(wrong_lines)
    labelled[COMMUNE] = Cell(
        f"{plain(labelled[COMMUNE])} (1)", "", "note_mark", "appel de note derrière un nom"
    )
    line = _largest(noted)
    line[AGREED] = Cell(f"{line[AGREED]}*", "text", "note_mark", "appel de note « * »")


def _largest(lines: list[Line]) -> Line:
    return max(lines, key=lambda line: _count(line[AGREED]))
