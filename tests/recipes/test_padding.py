"""Postal codes and INSEE's other codes that lost their zeros with their column."""

import pytest

from sdsf_analysis.reading.kinds import column_kinds
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.codes import check_codes


def checked(header, *rows):
    (table,) = find_tables(Sheet(None, [header, *rows]))
    codes = check_codes(table, column_kinds(table))
    return codes.repaired, [(finding.place, finding.code) for finding in codes.findings]


@pytest.mark.parametrize("label", ["Code postal", "CP", "code_postal", "Codepos", "adresse_code_postal"])
def test_a_postal_code_has_five_digits(label):
    repaired, found = checked(["Nom", label], ["Lutins", "1170"], ["Doudou", "74100"], ["Crèche", "1220"])
    assert repaired == {(2, 2): "01170", (4, 2): "01220"}
    assert found == [((2, 2), "codes_padded")]


def test_postal_codes_that_some_communes_bear_are_no_codes_of_communes():
    rows = [["Lutins", "01200", "Valserhône"], ["Doudou", "01560", "Courtes"], ["Crèche", "01300", "Belley"]]
    assert checked(["Nom", "Code postal", "Ville"], *rows) == ({}, [])


def test_names_confirm_codes_that_some_rows_leave_blank():
    rows = [
        ["04170", "", "ALLONS"],
        ["04000", "4070", "DIGNE-LES-BAINS"],
        ["04100", "4112", "MANOSQUE"],
        ["04160", "", "L ESCALE"],
        ["04150", "", "BANON"],
    ]
    repaired, found = checked(["code_postal", "code_insee", "Commune"], *rows)
    assert repaired == {(3, 2): "04070", (4, 2): "04112"}
    assert {code for _, code in found} == {"code_lost_zero"}
