"""Tidy, dirtied, read, tidy again: every fault found where it stands, no clean cell accused."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdsf_analysis.demo.faults import draw, faults, is_refusal, try_out
from sdsf_analysis.recipes.inspection import read
from sdsf_analysis.territories.names import CommuneIndex

SEEDS = ["a", "b", "c"]
# Faults that the reader does not treat yet as the catalogue says, and why.
GAPS: dict[str, str] = {}
ALONE = [
    pytest.param(number, marks=pytest.mark.xfail(strict=True, reason=GAPS[number]))
    if number in GAPS
    else number
    for number in faults()
]
# Faults that are found alone and not beside some others, and why.
LONELY: dict[str, str] = {}
TOGETHER = [
    number
    for number, fault in faults().items()
    if fault.judge == "read" and not is_refusal(fault) and number not in GAPS | LONELY
]


@cache
def communes(departement):
    return CommuneIndex(departement, 2026)


def verdict_of(numbers, seed, folder):
    planted, verdict = try_out(numbers, seed, folder, read, lambda code: communes(code).resolve)
    return planted, verdict, [*verdict.missed, *verdict.misread, *verdict.accused]


@pytest.mark.parametrize("number", ALONE)
def test_each_fault_is_found_and_nothing_else(tmp_path, number):
    for seed in SEEDS:
        planted, verdict, wrong = verdict_of([number], seed, tmp_path)
        assert wrong == []
        assert len(verdict.outcomes) >= len(planted)


def test_a_clean_file_is_read_without_a_word(tmp_path):
    for seed in "abcdefghij":
        _, verdict, wrong = verdict_of([], seed, tmp_path)
        assert verdict.clean > 0
        assert wrong == []


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(numbers=st.sets(st.sampled_from(TOGETHER), min_size=2, max_size=6), seed=st.integers(0, 100_000))
def test_any_faults_together_are_found_and_nothing_else(tmp_path, numbers, seed):
    assert verdict_of(numbers, str(seed), tmp_path)[2] == []


@pytest.mark.parametrize("seed", range(10))
def test_the_draw_of_the_benchmark_holds_several_readable_faults(seed):
    drawn = draw(str(seed))
    assert len(set(drawn)) == len(drawn) >= 2
    assert not any(is_refusal(faults()[number]) for number in drawn)
