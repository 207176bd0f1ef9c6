from datetime import date

import pytest

from sdsf_analysis.figures import labels


def test_every_month_is_written():
    written = [labels.french_date(date(2025, month, 2)) for month in range(1, 13)]
    assert written[1] == "2 février 2025"
    assert written[7] == "2 août 2025"
    assert len(set(written)) == 12
    assert labels.french_date(date(2025, 8, 1)) == "1er août 2025"


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 commune"), (1, "1 commune"), (1.5, "1 commune"), (2, "2 communes")]
)
def test_the_plural_begins_at_two(count, written):
    if count == 1.5:
        assert labels.plural(count, "commune").endswith("commune")
    else:
        assert labels.plural(count, "commune") == written


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
    assert labels.of_name(name) == written


def test_a_name_is_broken_between_words_only():
    assert labels.wrapped("CC Bugey Sud") == "CC Bugey Sud"
    assert labels.wrapped("CA Villefranche Beaujolais Saône", 18).splitlines() == [
        "CA Villefranche",
        "Beaujolais Saône",
    ]
    assert labels.wrapped("Saint-Remy-en-Bouzemont-Saint-Genest") == "Saint-Remy-en-Bouzemont-Saint-Genest"
