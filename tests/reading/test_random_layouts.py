"""Tables laid out at random, as institutions do: every row and every label is found, whatever the mixture."""

import random
from dataclasses import dataclass, field
from itertools import groupby

import pytest

from sdsf_analysis.reading.layout import find_layout
from sdsf_analysis.reading.sheet import Range, Sheet

COMMUNES = ["Gex", "Ornex", "Cessy", "Thoiry", "Viriat", "Belley", "Nantua", "Péronnas", "Lagnieu", "Trévoux"]
COMMUNES += ["Miribel", "Montluel", "Meximieux", "Oyonnax", "Bourg-en-Bresse", "Saint-Genis-Pouilly"]
EPCI = ["CA du Pays de Gex", "Haut-Bugey Agglomération", "CC de la Dombes", "CC Bugey Sud"]
LABELS = [
    ["Accueil collectif", "Accueil individuel", "Jeunesse", "Parentalité"],
    ["Crèches", "Micro-crèches", "MAM", "ALSH", "LAEP"],
    ["Agréés", "En activité", "En projet"],
    ["Places", "Heures réalisées", "Enfants", "ETP", "Taux d'occupation (%)", "Familles"],
]
TITLES = ["Offre d'accueil des jeunes enfants", "Tableau 3 – Places au 31 décembre 2023", "Caf de l'Ain"]
NOTES = ["Source : Caf de l'Ain", "* donnée provisoire", "(1) y compris micro-crèches", "nd : non disponible"]
BESIDE = ["Rappel 2022", "Évolution (%)", "Part dans le département"]
MARKS = ["nd", "s", "<5", "-", None]
ROWS = ("title", "header", "section", "body", "total", "note")


@dataclass
class Drawing:
    """Cells being laid out from a first column, and what a right reading of each row is."""

    draw: random.Random
    column: int
    row: int
    cells: dict = field(default_factory=dict)
    merged: list = field(default_factory=list)
    paths: list = field(default_factory=list)
    rows: dict = field(default_factory=lambda: {kind: [] for kind in ROWS})
    sums: list = field(default_factory=list)

    def put(self, kind, label, values=()):
        self.cells[self.row, self.column] = label
        self.cells |= {(self.row, self.column + 1 + k): v for k, v in enumerate(values) if v is not None}
        self.rows[kind].append(self.row)
        self.row += 1

    def blank(self, chance):
        self.row += self.draw.random() < chance


def draw_header(table):
    draw, depth = table.draw, table.draw.randint(1, 4)
    levels = LABELS[-1:] if depth == 1 else [*LABELS[: depth - 1], LABELS[-1]]
    paths = [()]
    for level, labels in enumerate(levels):
        least = 2 if level in (0, len(levels) - 1) else 1
        paths = [(*path, label) for path in paths for label in draw.sample(labels, draw.randint(least, 2))]
    top, is_merged = table.row, draw.random() < 0.5
    for level in range(depth):
        runs = groupby(enumerate(paths, start=table.column + 1), key=lambda one: one[1][: level + 1])
        for path, run in runs:
            columns = [column for column, _ in run]
            table.cells[top + level, columns[0]] = path[-1]
            if is_merged and len(columns) > 1:
                table.merged.append(Range(top + level, columns[0], top + level, columns[-1]))
    at = draw.choice([top, top + depth - 1])
    if depth > 1 and draw.random() < 0.5:
        at = top
        table.merged.append(Range(top, table.column, top + depth - 1, table.column))
    table.cells[at, table.column] = "Commune"
    table.paths = [("Commune",), *paths]
    table.row = top + depth
    table.rows["header"] = list(range(top, table.row))


def draw_records(table, names):
    records = []
    for name in names:
        values = [float(table.draw.randint(5, 900)) for _ in table.paths[1:]]
        shown = [value if k == 0 or table.draw.random() > 0.1 else table.draw.choice(MARKS)
                 for k, value in enumerate(values)]  # fmt: skip
        table.put("body", name, shown)
        records.append([value if value == cell else 0.0 for value, cell in zip(values, shown, strict=True)])
    table.sums += records
    return [sum(column) for column in zip(*records, strict=True)]


def draw_body(table):
    draw, names = table.draw, table.draw.sample(COMMUNES, len(COMMUNES))
    is_headed = draw.random() < 0.5
    for group in draw.sample(EPCI, draw.choice([0, 0, 2, 3])):
        if is_headed:
            table.put("section", group)
        taken, names = names[:3], names[3:]
        table.put("total", f"{draw.choice(['Total', 'Sous-total'])} {group}", draw_records(table, taken))
    if not table.rows["total"]:
        draw_records(table, names[: draw.randint(3, 9)])
    if draw.random() < 0.6:
        total = [sum(column) for column in zip(*table.sums, strict=True)]
        table.put("total", draw.choice(["Total", "TOTAL :", "Ensemble", "Total général"]), total)
        for label in draw.sample(BESIDE, draw.choice([0, 0, 1, 2])):
            table.put("total", label, [float(draw.randint(1, 99)) for _ in total])


def drawn(draw, column, row):
    table = Drawing(draw, column, row)
    for title in draw.sample(TITLES, draw.randint(0, 2)):
        table.put("title", title)
    table.blank(0.7 if table.rows["title"] else 0)
    draw_header(table)
    table.blank(0.1)
    draw_body(table)
    table.blank(0.7)
    for note in draw.sample(NOTES, draw.randint(0, 2)):
        table.put("note", note)
    return table


def read(cells, merged):
    height, width = max(row for row, _ in cells), max(column for _, column in cells)
    rows = [[cells.get((r, c)) for c in range(1, width + 1)] for r in range(1, height + 1)]
    return find_layout(Sheet("F", rows, merged=tuple(merged))).tables


def check(found, wanted):
    assert {kind: list(getattr(found, f"{kind}_rows")) for kind in ROWS} == wanted.rows
    assert [column.path for column in found.columns] == wanted.paths


@pytest.mark.parametrize("seed", range(60))
def test_a_table_anywhere_on_a_sheet(seed):
    draw = random.Random(seed)  # noqa: S311
    wanted = drawn(draw, draw.randint(1, 4), draw.randint(1, 4))
    (table,) = read(wanted.cells, wanted.merged)
    check(table, wanted)


@pytest.mark.parametrize("seed", range(40))
def test_one_table_under_another(seed):
    draw = random.Random(seed)  # noqa: S311
    first = drawn(draw, 2, 1)
    second = drawn(draw, 2, first.row + 2)
    tables = read(first.cells | second.cells, [*first.merged, *second.merged])
    assert len(tables) == 2
    for found, wanted in zip(tables, (first, second), strict=True):
        check(found, wanted)
