"""A few hundred broken files of every format: each is read, or refused with one sentence."""

import importlib.util
import random
from pathlib import Path

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables

PROJECT = Path(__file__).parents[2]
FILES_A_MUTATION = 20
# Bombs take seconds: benchmarks/hostile.py throws them
MILD = "bombe"


def load_mutations():
    spec = importlib.util.spec_from_file_location("mutations", PROJECT / "benchmarks" / "mutations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MUTATIONS = load_mutations()


@pytest.fixture(scope="module")
def seeds():
    return MUTATIONS.seeds()


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".zip", ".html"])
def test_the_files_that_are_broken_are_right_at_first(tmp_path, seeds, suffix):
    path = tmp_path / f"juste{suffix}"
    path.write_bytes(seeds[suffix])
    assert any(find_tables(sheet) for sheet in open_file(path).sheets)


@pytest.mark.parametrize("mutation", [name for name in MUTATIONS.MUTATIONS if MILD not in name])
def test_a_broken_file_is_read_or_refused_in_one_sentence(tmp_path, seeds, mutation):
    inside = tmp_path / "ici"
    inside.mkdir()
    for number in range(FILES_A_MUTATION):
        dice = random.Random(f"{mutation}-{number}")  # noqa: S311
        # Each .xls and .xlsb is first opened in another process: fewer of them
        suffix = dice.choice([".xlsx", ".xlsm", ".ods", ".csv", ".zip", ".html"] * 3 + [".xls", ".xlsb"])
        path = inside / f"fichier{number}{suffix}"
        path.write_bytes(MUTATIONS.MUTATIONS[mutation](seeds[suffix], dice))
        try:
            for sheet in open_file(path).sheets:
                find_tables(sheet)
        except ReadingError as error:
            assert error.code.startswith("file_") or error.code.startswith("text_")
            assert str(error) and "\n" not in str(error)
    assert [*tmp_path.iterdir()] == [inside]


def test_a_bomb_is_refused_before_it_is_unfolded(tmp_path, seeds):
    path = tmp_path / "bombe.xlsx"
    dice = random.Random(1)  # noqa: S311
    path.write_bytes(MUTATIONS.MUTATIONS["partie : bombe"](seeds[".xlsx"], dice))
    small = path.stat().st_size
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    assert caught.value.code in ("file_too_large", "file_unreadable") and small < 1_000_000


def test_an_external_entity_is_never_followed(tmp_path, workbook, rewrite):
    secret = tmp_path / "secret.txt"
    secret.write_text("ne-pas-lire", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    path = rewrite(
        workbook({"A1": "Commune", "A2": "Gex"}),
        "xl/worksheets/sheet1.xml",
        lambda xml: entity + xml.replace(b"Gex", b"&e;"),
    )
    with pytest.raises(ReadingError) as caught:
        open_file(path)
    assert "ne-pas-lire" not in str(caught.value)
