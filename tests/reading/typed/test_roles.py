"""What labels and shapes say of a column: codes, places, phones, days."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.reading.typed.columns import column_kinds
from sdsf_analysis.reading.typed.roles import are_phones, code_role, code_text, is_rounded_code


def kind_of(label, *cells):
    rows = [
        [name, cell, "12"]
        for name, cell in zip(("Gex", "Thoiry", "Ornex", "Péron", "Ségny"), cells, strict=False)
    ]
    (table,) = find_tables(Sheet(None, [["Commune", label, "Enfants"], *rows]))
    return column_kinds(table)[2]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("NumReg", ("region", True)),
        ("coddep", ("departement", True)),
        ("num_com", ("commune", False)),
        ("insee_com", ("commune", False)),
        ("codepostal", ("other", True)),
        ("Codepos", ("other", True)),
        ("id_fs", ("other", True)),
        ("DEPNAIS", ("departement", False)),
        ("Numérique", ("", False)),
        ("Codage", ("", False)),
    ],
)
def test_words_glued_to_the_place_they_name(label, role):
    assert code_role((label,)) == role


@pytest.mark.parametrize(
    ("label", "cells", "kind"),
    [
        ("NumReg", ["84", "27", "101"], "code"),
        ("REGDEP_MAR", ["1175", "2418", "942A", "971"], "code"),
        ("Dénomination", ["0700786Z", "0710098W"], "code"),
        ("result_housenumber", ["9", "22", "10 bis", "12", "4"], "code"),
        ("Téléphone", ["0450415263", "04 50 20 30 40", "450203040"], "text"),
        ("Contact", ["+33 4 50 20 30 40", "06.12.34.56.78"], "text"),
        ("Places", ["450415263", "450203040"], "number"),
        ("Départs", ["12", "30", "5"], "number"),
        ("Taux (pour mille)", ["11,2 ‰", "9,6 ‰"], "number"),
    ],
)
def test_kind_of_a_column(label, cells, kind):
    assert kind_of(label, *cells) == kind


def test_days_under_a_label_that_speaks_of_codes_are_days():
    assert kind_of("idBank", "2018-12", "2018-11", "2018-10") == "date"


def test_a_code_of_which_a_spreadsheet_kept_the_first_digits_is_no_code():
    assert is_rounded_code("2,17003E+13") and code_text("2,17003E+13") == ""
    assert not is_rounded_code("1,004E+03") and code_text("1,004E+03") == "1004"
    assert not is_rounded_code("3E12") and code_text("3E12") == "3E12"


def test_phones_need_all_their_digits():
    assert are_phones(("Tél.",), ["04 50 41 52 63"])
    assert not are_phones(("Tél.",), ["04 50 41"])
    assert not are_phones(("Tél.",), [])
