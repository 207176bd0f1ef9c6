"""Number formats: what a reader of the sheet sees in place of a value."""

from datetime import date, timedelta

import pytest

from sdsf_analysis.reading.workbooks.formats import is_percent, may_hide, shown_instead

ACCOUNTING = '_-* #,##0\\ "€"_-;\\-* #,##0\\ "€"_-;_-* "-"\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('"<5"', 3.0, "<5"),
        ('"<5"', 0.0, "<5"),
        ("\\<5", 3.0, "<5"),
        (";;;", 7.0, ""),
        (";;;", "Ain", ""),
        ('"***"', 4, "***"),
        ("**;**;**;**", 4, ""),
        ('[<5]"<5";0', 3.0, "<5"),
        ('[<5]"<5";[>=100]"plus de 100";0', 120.0, "plus de 100"),
        ('[Red][<=4]"s";General', 4.0, "s"),
        ("[$<5]", 3.0, "<5"),
        ('0;"négatif"', -3.0, "négatif"),
        ('0;;;"caché"', "vrai nom", "caché"),
        ('"<"0', 5.0, "<5"),
        ('"moins de "0', 5.0, "moins de 5"),
        ('0;0;"<5"', 0.0, "<5"),
        ('"<5";@', 3.0, "<5"),
        ('"<5"', date(2024, 1, 1), "<5"),
        ('[<5]"a";[>10]"b"', 7.0, "####"),
        (";;;", True, ""),
    ],
)
def test_a_hidden_value_gives_what_is_shown(code, value, shown):
    assert may_hide(code)
    assert shown_instead(code, value) == shown


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("General", 3.0),
        ("# ##0,00", 1234.5),
        ("00000", 1004.0),
        ("[h]", timedelta(hours=36)),
        ("[mm]:ss", timedelta(minutes=90)),
        ("#,##0 [$€-40C]", 12.0),
        ("dd/mm/yyyy", date(2024, 1, 1)),
        ('[<5]"<5";0', 12.0),
        ('[<5]"<5"', 12.0),
        ('0" places"', 12.0),
        ('0"*"', 12.0),
        ('"<5"', "nd"),
        ('"<5"', None),
        (ACCOUNTING, 12.0),
        (ACCOUNTING, -12.0),
    ],
)
def test_a_value_that_is_shown_is_left_alone(code, value):
    assert shown_instead(code, value) is None


@pytest.mark.parametrize("code", [ACCOUNTING, "0;-0;;@", '#,##0;-#,##0;"-"', '[=0]"-";0'])
def test_a_zero_shown_as_a_dash_or_nothing_is_a_zero(code):
    assert shown_instead(code, 0.0) is None


def test_percent_sign_counts_outside_quotes_only():
    assert is_percent("0%") and is_percent("# ##0,0 %") and not is_percent('0" %"') and not is_percent("0\\%")
