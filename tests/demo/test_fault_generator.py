"""The fault generator: what it plants is in the file, at the address said, and nothing else is touched."""

import csv
import io
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.demo.faults import dirtied, faults, write_draft
from sdsf_analysis.demo.faults.clean import clean_draft
from sdsf_analysis.demo.faults.showing import shown
from sdsf_analysis.model.problems import catalogue

SEVERITIES = {"S": {"journal", "warning"}, "R": {"warning", "journal"}, "A": {"question"}, "X": {"error"}}
NUMBERS = list(faults())
IN_BOOKS = [n for n, fault in faults().items() if fault.formats[0] == "xlsx" and fault.level != "F"]
SEEDS = ["1", "2", "3"]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_fault_can_be_planted(number):
    planted = [fault.number for seed in SEEDS for fault in dirtied([number], seed)[1]]
    assert planted.count(number) >= 2


@pytest.mark.parametrize("number", NUMBERS)
def test_a_planted_fault_says_where_it_is(number):
    draft, planted = dirtied([number], "1")
    plants = [*draft.plants, *(p for page in draft.pages for p in page.plants)]
    plants += [spot.plant for page in draft.pages for _, _, spot in page.spots() if spot.plant]
    assert {plant.fault for plant in plants} == {fault.number for fault in planted}


EXPECTED = [number for number, fault in faults().items() if fault.codes]


@pytest.mark.parametrize("number", EXPECTED)
def test_the_problem_expected_is_in_the_catalogue_with_its_severity(number):
    fault = faults()[number]
    assert {catalogue()[code].severity for code in fault.codes} <= SEVERITIES[fault.behaviour]


def test_numbers_of_the_catalogue_are_all_there():
    bare = {number.rstrip("abcdef") for number in NUMBERS}
    elsewhere = {"38", "39"}
    assert {str(number) for number in range(1, 53)} - bare == elsewhere


@pytest.mark.parametrize("departement", ["01", "2A", "75", "976"])
@pytest.mark.parametrize("coded", [True, False])
def test_a_clean_table_bears_no_fault(departement, coded):
    page = clean_draft(departement, "a", coded=coded).page
    spots = [spot for _, role, spot in page.spots() if role == "body"]
    assert spots
    assert all(spot.reading and spot.plant is None for spot in spots)
    assert {spot.reading.kind for spot in spots} <= {"code", "text", "number", "percent", "date", "empty"}


@given(numbers=st.sets(st.sampled_from(IN_BOOKS), max_size=6), seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_workbook_holds_every_spot_at_its_address(tmp_path_factory, numbers, seed):
    draft, _ = dirtied(numbers, str(seed))
    if draft.format != "xlsx" or draft.damages:
        return
    path = write_draft(draft, tmp_path_factory.mktemp("classeur"))
    book = openpyxl.load_workbook(path)
    for page in draft.pages:
        for address, _, spot in page.spots():
            held = book[page.name][address].value
            assert (held.date() if hasattr(held, "date") else held) == spot.value, address


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_holds_every_spot_on_its_line(tmp_path, seed):
    draft, _ = dirtied(["12a"], seed)
    text = write_draft(draft, tmp_path).read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    lines = [line for line in draft.page.lines if line.role != "continued"]
    assert rows == [[shown(spot) for spot in line.spots] for line in lines]
    assert len(text.splitlines()) == len(draft.page.lines)


def test_cell_faults_never_share_a_row():
    numbers = [n for n, fault in faults().items() if fault.level == "C" and "xlsx" in fault.formats]
    for seed in SEEDS:
        draft, planted = dirtied(numbers, seed)
        assert len(planted) > 8
        for line in draft.page.lines:
            assert len({spot.plant.fault for spot in line.spots if spot.plant}) <= 1


def test_another_process_draws_the_same_file():
    script = "from sdsf_analysis.demo.faults import dirtied; print(dirtied({'29', '45'}, '7')[0].pages)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == str(dirtied({"29", "45"}, "7")[0].pages)


def test_formats_and_departements_vary():
    drafts = [dirtied(["45"], str(seed))[0] for seed in range(40)]
    assert set(Counter(draft.format for draft in drafts)) == {"xlsx", "ods", "csv", "html"}
    assert len({draft.departement for draft in drafts}) > 3


def test_the_document_has_a_line_for_every_fault():
    text = (Path(__file__).parents[2] / "docs" / "faults.md").read_text(encoding="utf-8")
    lines = [line.split(" | ")[:2] for line in text.splitlines() if line.startswith("| ")]
    told = {number.removeprefix("| "): name for number, name in lines}
    assert {number: fault.name for number, fault in faults().items()}.items() <= told.items()
