"""Official codes asked of the reference: repaired where a name confirms them, questioned otherwise."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.codes import check_codes

HEADER = ["Code", "Commune", "Dép.", "Places"]
CLEAN = [
    ["01033", "Valserhône", "01", 12.0],
    ["01053", "Bourg-en-Bresse", "01", 40.0],
    ["01283", "Oyonnax", "01", 25.0],
    ["42218", "Saint-Étienne", "42", 90.0],
]
KINDS = {1: "code", 2: "text", 3: "code", 4: "number"}


def checked(*rows, header=HEADER, kinds=KINDS):
    (table,) = find_tables(Sheet("CTG", [list(header), *map(list, CLEAN), *map(list, rows)]))
    codes = check_codes(table, kinds)
    return codes, [(finding.place, finding.code) for finding in codes.findings]


def test_clean_codes_raise_nothing():
    codes, found = checked()
    assert codes.repaired == {} and found == []


@pytest.mark.parametrize(
    ("written", "code", "problem"),
    [
        ("1004", "01004", "code_lost_zero"),
        (1004.0, "01004", "code_lost_zero"),
        ("01004.0", "01004", "code_as_float"),
        ("1.004E+03", "01004", "code_as_float"),
        ("1 004", "01004", "code_lost_zero"),
    ],
)
def test_a_code_put_right_with_its_name(written, code, problem):
    codes, found = checked([written, "Ambérieu-en-Bugey", "01", 3.0])
    assert codes.repaired == {(6, 1): code}
    assert found == [((6, 1), problem)]


def test_a_lost_zero_that_no_name_confirms_is_asked_about():
    codes, found = checked(["1004", "Belley", "01", 3.0])
    assert codes.repaired == {}
    assert found == [((6, 1), "code_unconfirmed")]


def test_corsica_in_small_letters():
    codes, found = checked(["2a004", "Ajaccio", "2A", 3.0])
    assert codes.repaired == {(6, 1): "2A004"}
    assert [code for _, code in found] == ["code_corsica"]


def test_a_code_and_the_name_of_another_commune():
    codes, found = checked(["01004", "Belley", "01", 3.0])
    assert codes.repaired == {}
    assert found == [((6, 1), "commune_conflict")]


def test_a_name_written_otherwise_accuses_nothing():
    _, found = checked(["01004", "AMBERIEU EN BUGEY", "01", 3.0])
    assert found == []


def test_departement_without_its_zero_and_corsica_of_old():
    codes, found = checked(["01004", "Ambérieu-en-Bugey", "1", 3.0], ["2A004", "Ajaccio", "20A", 3.0])
    assert codes.repaired == {(6, 3): "01", (7, 3): "2A"}
    assert [code for _, code in found] == ["departement_lost_zero", "code_corsica"]


def test_a_commune_of_another_departement_than_its_row_says():
    _, found = checked(["01004", "Ambérieu-en-Bugey", "42", 3.0])
    assert found == [((6, 1), "departement_conflict")]


def test_a_city_given_with_its_arrondissements():
    _, found = checked(
        ["75056", "Paris", "75", 9.0], ["75101", "Paris 1er Arrondissement", "75", 3.0], header=HEADER
    )
    assert found == [((6, 1), "arrondissement_mixed")]


def test_codes_of_something_else_are_left_alone():
    rows = [[str(1000 + n), f"Structure {n}", "01", 3.0] for n in range(20)]
    codes, found = checked(*rows)
    assert codes.repaired == {} and found == []


@pytest.mark.parametrize(("code", "name"), [("01500", "Ambérieu-en-Bugey"), ("20004", "Ajaccio")])
def test_a_code_that_no_commune_bears_is_asked_about(code, name):
    codes, found = checked([code, name, "", 3.0])
    assert codes.repaired == {}
    assert found == [((6, 1), "commune_unknown")]


def test_postal_codes_under_a_label_of_insee_are_asked_about():
    rows = [["01100", "Oyonnax", 6.0], ["01300", "Belley", 4.0], ["01000", "Bourg-en-Bresse", 5.0]]
    (table,) = find_tables(Sheet("CTG", [["Code INSEE", "Commune", "Places"], *rows]))
    codes = check_codes(table, {1: "code", 2: "text", 3: "number"})
    assert codes.repaired == {}
    assert [(f.place[0], f.code) for f in codes.findings] == [
        (2, "commune_conflict"),
        (3, "commune_conflict"),
        (4, "commune_unknown"),
    ]
    assert codes.findings[-1].suggestion == "Peut-être Bourg-en-Bresse (01053)."


def test_a_code_cut_by_a_blank_is_no_unknown_commune():
    assert checked(["01 004", "Ambérieu-en-Bugey", "01", 3.0])[1] == []


ZONES = ["Code", "Commune", "Dép.", "ZE2020", "UU2020"]
ZONE_KINDS = {1: "code", 2: "text", 3: "code", 4: "code", 5: "code"}


def test_other_codes_of_a_file_that_lost_its_zeros():
    rows = [["1004", "Ambérieu-en-Bugey", "1", "59", "1302"], ["01283", "Oyonnax", "01", "8217", "01402"]]
    (table,) = find_tables(Sheet("COM", [ZONES, *[[*row[:3], "8217", "42501"] for row in CLEAN], *rows]))
    codes = check_codes(table, ZONE_KINDS)
    assert codes.repaired == {(6, 1): "01004", (6, 3): "01", (6, 4): "0059", (6, 5): "01302"}
    assert [f.code for f in codes.findings][-2:] == ["codes_padded", "codes_padded"]


def test_other_codes_are_left_alone_where_no_commune_lost_its_zero():
    rows = [["01004", "Ambérieu-en-Bugey", "01", "59", "1302"]]
    (table,) = find_tables(Sheet("COM", [ZONES, *[[*row[:3], "8217", "42501"] for row in CLEAN], *rows]))
    assert check_codes(table, ZONE_KINDS).repaired == {}
