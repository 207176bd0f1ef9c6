"""A file in the layout of another sender gives the same tables: recipes know both, for every kind of file."""

from pathlib import Path

import pandas as pd
import pytest

from sdsf_analysis.demo.generator import ROWS, WRITERS
from sdsf_analysis.demo.kinds.plan import planned_ctg
from sdsf_analysis.demo.layouts import document, filled, variants
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.model.tables import tables
from sdsf_analysis.paths import SETTINGS_FILE, Folders
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.workspace import Workspace

WORDS = {
    "of": "du Territoire de Belfort",
    "date": "31/12/2024",
    "population_year": "2023",
    "baseline": "31/12/2022",
    "midterm": "30/06/2024",
    "target": "31/12/2025",
    "ctg": f"{planned_ctg(Setting('90')).number} (CTG)",
}
SETTINGS = (
    '[workspace]\ndepartement = "90"\nschema = "Essai"\ngeography_year = 2026\nreference_date = 2024-12-31\n'
    "[options]\ndemo_seed = 1\n"
)
# of which nobody may make up the content, see demo/generator.py
WITHOUT_ROWS = {"common_indicators"}
# the other list of leisure centres is of a school year, that of the schools says the day when it counted;
# that of the young has ticks and no figures
OTHERWISE_DATED, TICKED = ("alsh", "preschool"), ("ps_jeunes", "paej", "promeneurs_du_net", "fjt")
FILES = {"problems", "ledger"}


def build(folder, layout):
    folders = Folders(folder)
    folders.raw.mkdir(parents=True)
    (folder / SETTINGS_FILE).write_text(SETTINGS, encoding="utf-8")
    for kind, rows in ROWS.items():
        made = filled(document(kind, WORDS, layout(kind)), rows(Setting("90")))
        WRITERS[Path(made.name).suffix](made, folders.raw)
    return Workspace(folders).build()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mots")
    layouts = {"first": lambda _: 0, "last": lambda kind: variants(kind) - 1}
    return [build(folder / name, layout) for name, layout in layouts.items()]


def headers(kind, variant):
    made = document(kind, WORDS, variant)
    return [[column.path for column in table.columns] for sheet in made.sheets for table in sheet.tables]


def places(kind):
    """Where the layout puts the cells of a row, table by table, and how many columns it has."""
    made = document(kind, WORDS, variants(kind) - 1)
    return [(table.order, len(table.columns)) for sheet in made.sheets for table in sheet.tables]


@pytest.mark.parametrize("kind", ROWS)
def test_the_other_layout_has_other_words_and_another_order_or_structure(kind):
    assert variants(kind) > 1
    one, two = (headers(kind, variant) for variant in (0, variants(kind) - 1))
    labels = [{path for table in made for path in table} for made in (one, two)]
    assert len(labels[1] - labels[0]) >= min(3, len(labels[0])), kind
    moved = [order for order, count in places(kind) if order and order != tuple(range(count))]
    assert moved or [len(table) for table in one] != [len(table) for table in two], kind


def test_every_recipe_reads_a_file_of_both(both):
    recipes = {recipe.name for recipe in shipped_recipes()} - WITHOUT_ROWS
    for result in both:
        assert {name for entry in result.manifest["inputs"] for name in entry["recipes"]} >= recipes


def told(result, name):
    """Rows of a table, without what two layouts say differently and mean to."""
    frame = result.frames[name]
    if "service" not in frame:
        return frame
    frame = frame.astype("object")
    dated = [column for column in ("year", "valid_from") if column in frame]
    frame.loc[frame["service"].str.startswith(OTHERWISE_DATED), dated] = None
    offer = result.frames["offer"]
    is_ticked = frame["service"].isin(offer.loc[offer["kind"].isin(TICKED), "service"])
    if name == "offer":
        frame.loc[is_ticked, ["units", "units_status"]] = None
    else:
        frame = frame[~is_ticked]
    return frame.sort_values(list(frame.columns), ignore_index=True, key=lambda column: column.astype(str))


@pytest.mark.parametrize("name", sorted(tables().keys() - FILES))
def test_the_tables_are_the_same(both, name):
    usual, other = (told(result, name) for result in both)
    assert len(usual) or name == "requests"
    pd.testing.assert_frame_equal(usual, other)


def test_so_are_the_problems(both):
    apart = ("ALSH.xlsx", "Jeunesse.xlsx")
    usual, other = (
        sorted((p.source, p.code) for p in result.problems if p.source not in apart) for result in both
    )
    assert usual == other
