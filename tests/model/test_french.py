from datetime import date

import pytest

from sdsf_analysis.model import french


def test_every_month_is_written():
    written = [french.french_date(date(2025, month, 2)) for month in range(1, 13)]
    assert written[1] == "2 février 2025"
    assert written[7] == "2 août 2025"
    assert len(set(written)) == 12
    assert french.french_date(date(2025, 8, 1)) == "1er août 2025"


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 commune"), (1, "1 commune"), (1.5, "1 commune"), (2, "2 communes")]
)
def test_the_plural_begins_at_two(count, written):
    if count == 1.5:
        assert french.plural(count, "commune").endswith("commune")
    else:
        assert french.plural(count, "commune") == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ambérieu-en-Bugey", "d'Ambérieu-en-Bugey"),
        ("Échallon", "d'Échallon"),
        ("Le Poizat-Lalleyriat", "du Poizat-Lalleyriat"),
        ("Les Neyrolles", "des Neyrolles"),
        ("La Boisse", "de La Boisse"),
        ("L'Abergement-Clémenciat", "de L'Abergement-Clémenciat"),
        ("Hauteville-Lompnes", "de Hauteville-Lompnes"),
    ],
)
def test_de_before_a_name(name, written):
    assert french.of_name(name) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1\u202f234,5"),
        (1234567, 0, "1\u202f234\u202f567"),
        (-12.34, 1, "\N{MINUS SIGN}12,3"),
        (0, 0, "0"),
        (None, 0, "n. d."),
        (float("nan"), 2, "n. d."),
    ],
)
def test_numbers_are_written_as_in_french(value, decimals, written):
    assert french.number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (60.93, "60,9 %"),
        (99.96, "99,96 %"),
        (0.04, "0,04 %"),
        (100, "100 %"),
        (100 - 1e-13, "100 %"),
        (0, "0 %"),
        (None, "n. d."),
    ],
)
def test_what_is_not_quite_everything_never_reads_as_everything(value, written):
    assert french.percent(value).replace("\u202f", " ") == written
