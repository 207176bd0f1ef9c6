"""Every indicator, on tables that lack what it rests on, and asked for what does not exist."""

import warnings

import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asking import DAY, LEVEL, indicator, options_of
from sdsf_analysis.indicators.example import example_options, example_tables
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.tables import Tables, table

NOT_RATES = {"known", "secret", "missing", "not_applicable", "not_significant", "masked", "error"}


def tables_with(**others):
    """Tables of the example, some of them replaced."""
    known = example_tables()
    return Tables(lambda name: others[name] if name in others else getattr(known, name))


def of_geography(*communes):
    """Tables where nothing was received: the communes, their EPCI, and no file."""
    known = example_tables()
    kept = {
        "territories": known.territories[known.territories["territory"].isin(communes)],
        "membership": known.membership[
            known.membership["commune"].isin(communes) & (known.membership["level"] == "epci")
        ],
    }
    return Tables(lambda name: kept[name] if name in kept else table(name).empty())


def changed(name, **columns):
    """A table of the example with other values in some columns."""
    return {name: table(name).conform(getattr(example_tables(), name).assign(**columns))}


CASES = {
    "nothing at all": Tables(lambda name: table(name).empty()),
    "no file received": of_geography("01001", "01002", "01004", "01005"),
    "a single commune": of_geography("01001"),
    "no population": tables_with(**changed("territories", population=None)),
    "no children": tables_with(**changed("families", value=0.0, status="known", low=None, high=None)),
    "no families": tables_with(families=table("families").empty()),
    "no offer": tables_with(offer=table("offer").empty()),
    "no point on the map": tables_with(**changed("territories", longitude=None, latitude=None)),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", INDICATORS)
def test_an_answer_or_a_sentence_and_never_a_warning(name, case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = indicator(name, CASES[case], **example_options(INDICATORS[name]))
        except QuestionError as error:
            assert str(error).endswith((".", "?")) and len(str(error)) > 20
            return
    if not INDICATORS[name].is_list:
        assert list(found.columns)[1:] == ["measure", *VALUE_COLUMNS]
        assert set(found["status"].dropna()) <= NOT_RATES
        assert found.loc[found["status"] == "known", "value"].notna().all()
        assert found.loc[found["status"] != "known", "value"].isna().all()
        assert not found[["value", "low", "high"]].isin([float("inf"), float("-inf")]).any(axis=None)
    if case in ("nothing at all", "no file received") and len(found):
        assert "known" not in set(found.get("status", [])) or name in _KNOWN_WITHOUT_FILES


# what the embedded geography alone answers
_KNOWN_WITHOUT_FILES = {"ctg_counters", "ctg_history"}


@pytest.mark.parametrize("name", INDICATORS)
def test_a_level_or_a_day_that_does_not_exist_is_answered_with_those_that_do(name):
    options, usual = options_of(INDICATORS[name]), example_options(INDICATORS[name])
    if LEVEL in options:
        with pytest.raises(QuestionError, match=r"Le plus proche : (epci|epci\.)"):
            indicator(name, example_tables(), **usual | {LEVEL: "epcii"})
    for day in [one for one in (DAY, "start", "end") if one in usual]:
        with pytest.raises(QuestionError, match="2024-06-30"):
            indicator(name, example_tables(), **usual | {day: "30/06/2024"})
    with pytest.raises(QuestionError, match="n'existe pas"):
        indicator(name, example_tables(), **usual, inconnue=1)
