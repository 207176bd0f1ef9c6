import pytest

import sdsf_analysis
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators import registry
from sdsf_analysis.indicators.example import example_options, example_tables
from sdsf_analysis.indicators.measures import VALUE_COLUMNS


@pytest.mark.parametrize("name", registry.INDICATORS)
def test_every_measure_that_a_function_gives_is_registered_and_the_reverse(name):
    entry = registry.indicator(name)
    frame = entry.function(example_tables(), **example_options(entry))
    optional = {"children_0_17", "families", "households"}
    names = [measure.name for measure in entry.measures]
    if entry.is_list:
        assert frame.columns.tolist() == names
    else:
        assert set(frame["measure"]) <= set(names)
        assert set(names) - set(frame["measure"]) <= optional
        assert frame.columns.tolist()[1:] == ["measure", *VALUE_COLUMNS]
    assert all(measure.unit and measure.label for measure in entry.measures)
    assert entry.diffusion in ("public", "partenaires", "interne")


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(QuestionError, match="ctg_counters, ctg_coverage"):
        registry.indicator("ctg")
    with pytest.raises(QuestionError, match="communes, population"):
        registry.indicator("ctg_coverage").measure("habitants")


def test_every_indicator_is_exported_by_its_name():
    for name, entry in registry.INDICATORS.items():
        assert getattr(sdsf_analysis, name) is entry.function
