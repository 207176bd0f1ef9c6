"""A few hundred broken files of every format: each is read, or refused with one sentence."""

import importlib.util
import io
import random
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables

PROJECT = Path(__file__).parents[2]
FILES_A_MUTATION = 20
HTML_WITHOUT_LABELS = (
    b"<html><body><table><tr><th>C<mmune</th><th>Places</th></<r>\xb6tr>"
    b"ltd rowspan=2>Gex</td5<td>20</td></tr>"
    b"<tr><td rowspan=2>Gex</td><td>2\x81</td></tr><tr>\xc8td rowspaX=2\xb3Gex</td><td\x0b20</td></tr>"
    b"<tr><td rowspan=2>Ge\t</td><t\xde>20</td>\xaf/tr><tr><td rowspan=2>Ge\x8e</td\xb2<td\x0f20</td></tr>"
    b"</table></body></html>"
)
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


def mutated_part(content, name, old, new):
    """An archive, one text of one of its parts replaced."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(made, "w") as copy:
        for part in archive.infolist():
            data = archive.read(part)
            assert part.filename != name or re.search(old, data)
            copy.writestr(part.filename, re.sub(old, new, data, count=1) if part.filename == name else data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", rb'uniqueCount="\d+"', b'uniqueCount="4294967295"'),
        ("xl/sharedStrings.xml", rb' count="\d+"', b' count="4294967295"'),
        ("xl/worksheets/sheet1.xml", rb'r="C3"', b'r="C4294967295"'),
        ("xl/worksheets/sheet1.xml", rb'r="C3"', b'r="C9999999"'),
        ("xl/worksheets/sheet1.xml", rb'<row r="3"', b'<row r="4294967295"'),
    ],
)
def test_room_is_never_made_for_a_number_that_a_part_only_says(tmp_path, seeds, part, old, new):
    path = tmp_path / "demesure.xlsx"
    path.write_bytes(mutated_part(seeds[".xlsx"], part, old, new))
    # in a process of its own: an allocation that fails ends it
    code = (
        "import sys; from pathlib import Path; from sdsf_analysis.errors import ReadingError\n"
        "from sdsf_analysis.reading.files import open_file\n"
        "try: open_file(Path(sys.argv[1]))\nexcept ReadingError: pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=False, cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-300:]


def test_a_line_without_any_label_above_values_is_no_header(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(HTML_WITHOUT_LABELS)
    for sheet in open_file(path).sheets:
        find_tables(sheet)
