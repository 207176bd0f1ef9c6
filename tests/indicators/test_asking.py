import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asking import indicator
from sdsf_analysis.indicators.example import example_options, example_tables
from sdsf_analysis.indicators.registry import INDICATORS, Indicator, Measure

DAY = "2024-06-30"


@pytest.fixture
def probe(monkeypatch):
    """An indicator that answers what it was asked."""

    def probe(
        tables,
        year: int,
        *,
        by: str = "epci",
        share: float | None = None,
        whole: bool = False,
        kinds: tuple[str, ...] = (),
    ):
        return pd.DataFrame([{"year": year, "by": by, "share": share, "whole": whole, "kinds": kinds}])

    entry = Indicator("probe", "Essai", (Measure("m", "m", "u"),), ("epci",), "personne", "public", probe)
    monkeypatch.setitem(INDICATORS, "probe", entry)
    return lambda **given: indicator("probe", example_tables(), **given).iloc[0].to_dict()


@pytest.mark.parametrize("name", INDICATORS)
def test_asking_by_name_is_calling_the_function(name):
    options = example_options(INDICATORS[name])
    expected = INDICATORS[name].function(example_tables(), **options)
    pd.testing.assert_frame_equal(indicator(name, example_tables(), **options), expected)


def test_texts_take_the_type_that_the_function_asks_for(probe):
    found = probe(year="2023", share="1.5", whole="oui", kinds="rpe, laep")
    assert found == {"year": 2023, "by": "epci", "share": 1.5, "whole": True, "kinds": ["rpe", "laep"]}
    assert probe(year=2023)["share"] is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "probe attend aussi year. Options : year, by (sinon epci)"),
        ({"year": "deux mille"}, "L'option year vaut « deux mille » ; écrire un nombre entier."),
        ({"year": 1, "share": "x"}, "écrire un nombre."),
        ({"year": 1, "whole": "peut-être"}, "écrire oui ou non."),
        ({"yeer": 1}, "La plus proche : year. Choisir parmi : year, by, share, whole, kinds."),
        ({"year": 1, "by": "EPCIS"}, "Le plus proche : epci. Choisir parmi : epci, ctg."),
    ],
)
def test_what_does_not_exist_is_answered_with_the_nearest_and_the_others(probe, given, words):
    with pytest.raises(QuestionError) as caught:
        probe(**given)
    assert words in str(caught.value)


def test_an_unknown_indicator():
    with pytest.raises(
        QuestionError, match=r"Le plus proche : ctg_counters\. Choisir parmi : ctg_counters, "
    ):
        indicator("ctg_counter", example_tables())


def test_an_option_that_is_a_table_is_refused_as_a_text():
    with pytest.raises(QuestionError, match="neighbours est un tableau : elle ne se donne qu'en Python"):
        indicator("ctg_gaps", example_tables(), on="2024-06-30", neighbours="x")
