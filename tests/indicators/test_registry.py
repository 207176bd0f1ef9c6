import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators import registry
from sdsf_analysis.indicators.example import example_tables


@pytest.mark.parametrize("name", registry.INDICATORS)
def test_every_measure_that_a_function_gives_is_registered_and_the_reverse(name):
    entry = registry.indicator(name)
    frame = entry.function(example_tables(), "2024-06-30")
    optional = {"children_0_17"}
    assert set(frame["measure"]) <= {measure.name for measure in entry.measures}
    assert {measure.name for measure in entry.measures} - set(frame["measure"]) <= optional
    assert all(measure.unit and measure.label for measure in entry.measures)
    assert entry.diffusion in ("public", "partenaires", "interne")


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(QuestionError, match="ctg_counters, ctg_coverage"):
        registry.indicator("ctg")
    with pytest.raises(QuestionError, match="communes, population"):
        registry.indicator("ctg_coverage").measure("habitants")
