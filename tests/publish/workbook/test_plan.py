"""What the workbook holds: nothing that does not exist, nothing twice, nothing forgotten."""

import pytest

from sdsf_analysis.indicators.registry import INDICATORS, THEMES
from sdsf_analysis.publish.workbook.plan import ListPart, TablePart, themes

PARTS = [(theme, part) for theme in themes() for part in theme.parts]
LISTS = [part for _, part in PARTS if isinstance(part, ListPart)]


def test_every_part_is_an_indicator_of_its_theme_in_its_form():
    for theme, part in PARTS:
        assert INDICATORS[part.name] in THEMES[theme.title]
        assert INDICATORS[part.name].is_list == isinstance(part, ListPart)


def test_every_indicator_in_long_form_is_there():
    told = {part.name for _, part in PARTS if isinstance(part, TablePart)}
    assert told == {name for name, entry in INDICATORS.items() if not entry.is_list}


def test_sheets_have_names_of_their_own_that_excel_takes():
    names = [theme.sheet for theme in themes()] + [part.sheet for part in LISTS]
    assert len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")] == []


@pytest.mark.parametrize("part", LISTS, ids=lambda part: part.name)
def test_the_columns_of_a_list_are_measures_and_have_their_words(part):
    known = {measure.name: measure for measure in INDICATORS[part.name].measures}
    assert set(part.columns) <= known.keys()
    assert {*part.words, *part.names} <= set(part.columns)
    # a code that the sheet would show as it is
    codes = {name for name in part.columns if known[name].unit == "choix"}
    assert codes - part.words.keys() - {"label"} == set()
