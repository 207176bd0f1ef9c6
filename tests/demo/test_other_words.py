"""A file under the labels of another sender gives the same tables: recipes know both."""

from pathlib import Path

import pandas as pd
import pytest

from sdsf_analysis.demo.generator import ROWS, WRITERS
from sdsf_analysis.demo.layouts import document, filled, variants
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.paths import SETTINGS_FILE, Folders
from sdsf_analysis.workspace import Workspace

WORDS = {"of": "du Territoire de Belfort", "date": "31/12/2024", "population_year": "2023"}
TABLES = (
    *("offer", "activity", "funds", "alerts", "authorities", "membership", "territories", "families"),
    *("ctg", "ctg_partners", "ctg_themes", "officers", "meetings", "published_rates"),
)
REWORDED = [
    *("financements", "ida", "zonages", "projets", "competences"),
    *("ctg", "officers", "allocataires", "msa", "pmi_eaje", "txcouv", "secteurs"),
]
SETTINGS = (
    '[workspace]\ndepartement = "90"\nschema = "Essai"\ngeography_year = 2026\nreference_date = 2024-12-31\n'
    "[options]\ndemo_seed = 1\n"
)


def build(folder, *, in_other_words):
    folders = Folders(folder)
    folders.raw.mkdir(parents=True)
    (folder / SETTINGS_FILE).write_text(SETTINGS, encoding="utf-8")
    for kind in ("eaje", *REWORDED):
        is_other = in_other_words and kind in REWORDED
        made = filled(document(kind, WORDS, variants(kind) - 1 if is_other else 0), ROWS[kind](Setting("90")))
        WRITERS[Path(made.name).suffix](made, folders.raw)
    return Workspace(folders).build()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mots")
    return [build(folder / str(other), in_other_words=other) for other in (False, True)]


def test_every_label_has_another_word_that_is_not_its_own():
    for kind in REWORDED:
        one, two = (document(kind, WORDS, variant) for variant in (0, variants(kind) - 1))
        paths = [[c.path for t in made.sheets[0].tables for c in t.columns] for made in (one, two)]
        changed = sum(before != after for before, after in zip(*paths, strict=True))
        assert changed >= 3, kind


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_the_same(both, name):
    usual, other = (result.frames[name] for result in both)
    assert len(usual)
    pd.testing.assert_frame_equal(usual, other)


def test_so_are_the_problems(both):
    usual, other = (sorted((p.place, p.code) for p in result.problems) for result in both)
    assert usual == other
