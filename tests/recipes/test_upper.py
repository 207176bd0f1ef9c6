"""Rates published by EPCI and by département: whose row it is, what is repaired, what is said."""

import pytest

from sdsf_analysis.recipes.upper_names import ELSEWHERE, Written, read_departement, read_epci
from sdsf_analysis.territories.names import CommuneIndex

AIN = CommuneIndex("01", 2026)
LONG = ["Taux de couv EAJE PSU", "Taux de couv global"]
EPCI = ["Date référence", "Numéro EPCI", "Nom EPCI", *LONG]
DEPARTEMENT = ["Date référence", "Numéro Département", "Nom Département", *LONG]
BUGEY, GEX, MACON = "200040350", "240100750", "200070308"


def totals(result):
    rows = result.rows("published_rates", "level", "territory", "year", "indicator", "value")
    return [row[:3] + row[4:] for row in rows if row[3] == "coverage_total"]


def test_every_epci_of_the_departement_is_kept_as_published_and_the_others_are_counted_once(read):
    result = read([
        EPCI,
        ["2022", BUGEY, "CC BUGEY SUD", "20.1", "59.5"],
        ["2023", BUGEY, "CC BUGEY SUD", "20.2", "104.0"],
        ["2023", MACON, "CA MACONNAIS BEAUJOLAIS AGGLOMERATION", "21.9", "64.4"],
        ["2023", "200072015", "CA ANNONAY RHONE AGGLO", "17.5", "52.2"],
        ["2023", "244200770", "CA SAINT ETIENNE METROPOLE", "17.5", "44.1"],
    ], text_file=True)  # fmt: skip
    assert (result.recognition.part.name, result.recognition.unmapped) == ("epci", ())
    # an EPCI astride two départements has communes here, a rate above 100 is one
    assert totals(result) == [
        ("epci", BUGEY, 2022, 59.5), ("epci", BUGEY, 2023, 104.0), ("epci", MACON, 2023, 64.4)
    ]  # fmt: skip
    (problem,) = result.applied.problems
    assert (problem.code, problem.found, problem.cell) == ("rows_elsewhere", "2", "")
    assert result.applied.codes == set()


def test_the_departement_without_its_zero(read):
    result = read([DEPARTEMENT, *([str(year), "1", "AIN", "18", "59"] for year in (2022, 2023)),
                   ["2023", "7", "ARDECHE", "19", "62"], ["2023", "XXX", "XXX", "19", "62"]],
                  text_file=True)  # fmt: skip
    assert totals(result) == [("departement", "01", 2022, 59.0), ("departement", "01", 2023, 59.0)]
    assert result.codes == [("B2", "departement_lost_zero"), ("B3", "departement_lost_zero"),
                            ("B5", "territory_unnamed"), ("", "rows_elsewhere")]  # fmt: skip


@pytest.mark.parametrize("suffix", ["epci", "dep"])
def test_the_codes_of_the_cnaf(read, suffix):
    key = {"epci": ["numepci", "nomepci"], "dep": ["numdep", "nomdep"]}[suffix]
    rates = ["psu_col_", "hors_psu_col_", "eaje_", "prescol_", "am_ind_", "gad_ind_", "ind_", ""]
    place = {"epci": [GEX, "CA DU PAYS DE GEX"], "dep": ["01", "AIN"]}[suffix]
    header = ["annee", *key, *(f"txcouv_{rate}{suffix}" for rate in rates)]
    result = read([header, [2023, *place, 20, 3, 23, 1, 26, 1, 27, 51.1]])
    assert result.recognition.unmapped == () and result.applied.problems == []
    rates = dict(result.rows("published_rates", "indicator", "value"))
    assert len(rates) == 8 and (rates["coverage_total"], rates["coverage_eaje_psu"]) == (51.1, 20)


def test_a_commune_file_whose_commune_is_not_recognised_is_not_taken_for_one_of_epci(small):
    text = "Date référence;Ville;Numéro EPCI;Nom EPCI;Taux de couv global\n2021;Gex;240100750;CA;51,0\n"
    result = small({"Taux.csv": text}, departement="01").build()
    assert result.frames["published_rates"].empty
    assert {problem.code for problem in result.problems} & {"file_unrecognised", "column_missing"}


def test_the_three_files_of_one_year_are_not_the_same_thing_said_twice(small):
    files = {
        "com.csv": "Date référence;Numéro commune;Nom commune;Taux de couv global\n2023;01173;Gex;51,0\n",
        "epci.csv": f"Date référence;Numéro EPCI;Nom EPCI;Taux de couv global\n2023;{GEX};CA DE GEX;52\n",
        "dep.csv": "Date référence;Numéro Département;Nom Département;Taux de couv global\n2023;01;AIN;59\n",
    }
    result = small(files, departement="01").build()
    rates = result.frames["published_rates"]
    assert dict(zip(rates["level"], rates["territory"], strict=True)) == {
        "commune": "01173", "epci": GEX, "departement": "01"
    }  # fmt: skip
    assert result.problems == []


@pytest.mark.parametrize("code", ["200040350.0", "200040350,0", "2.00040350E+08"])
def test_an_epci_saved_as_a_quantity_is_repaired(code):
    found = read_epci(Written(code, "CC BUGEY SUD"), AIN)
    assert (found.code, found.problem, found.repaired_to) == (BUGEY, "code_as_float", BUGEY)


@pytest.mark.parametrize(
    "written",
    [Written("", "CC Bugey Sud"), Written("200 040 350", ""), Written(BUGEY, "un nom mal écrit"),
     Written(BUGEY, "CC BUGEY SUD", "38")],
)  # fmt: skip
def test_an_epci_by_its_name_or_its_siren_alone(written):
    assert read_epci(written, AIN) == (BUGEY, "", "", "", "")


@pytest.mark.parametrize(
    ("written", "problem", "said"),
    [
        (Written("XX", "XX"), "territory_unnamed", "« XX » ne nomme aucun EPCI"),
        (Written("XX", "XX", "01"), "territory_unnamed", "aucun EPCI"),
        (Written("", ""), "territory_unnamed", "La ligne ne nomme aucun EPCI"),
        (Written("999999999", ""), "territory_unnamed", "« 999999999 »"),
        (Written("999999999", "", "01"), "epci_unknown", "n'est pas un EPCI du département"),
        (Written("999999999", "CC BUGEY SUD"), "epci_unknown", "n'est pas un EPCI du département"),
        (Written("", "CC Bugey Sudd"), "epci_unknown", "n'est pas un EPCI du département"),
        (Written(BUGEY, "CA DU PAYS DE GEX"), "territory_conflict", "CA du Pays de Gex (240100750)"),
    ],
)
def test_what_is_said_of_an_epci_that_is_not_found(written, problem, said):
    found = read_epci(written, AIN)
    assert (found.code, found.problem) == ("", problem) and said in found.message


def test_the_epci_that_a_misspelt_name_may_be_is_suggested():
    assert "CC Bugey Sud (200040350)" in read_epci(Written("", "CC Bugey Sudd"), AIN).suggestion
    assert "CC Bugey Sud (200040350)" in read_epci(Written("999999999", "CC BUGEY SUD"), AIN).suggestion


@pytest.mark.parametrize(
    "written",
    [Written("200072015", "CA ANNONAY RHONE AGGLO"), Written("XX", "XX", "977"),
     Written("999999999", "CC DES NEUF VALLEES", "42"), Written("", "CA ANNONAY RHONE AGGLO"),
     # ended, and none of its communes is here
     Written("245900410", "METROPOLE EUROPEENNE DE LILLE")],
)  # fmt: skip
def test_an_epci_of_another_departement(written):
    assert read_epci(written, AIN) == ELSEWHERE


def test_an_epci_that_ended_is_said_with_those_that_took_its_communes():
    found = read_epci(Written("245900410", "METROPOLE EUROPEENNE DE LILLE"), CommuneIndex("59", 2026))
    assert found[:2] == ("", "territory_unnamed") and "n'est plus un EPCI en 2026" in found.message
    assert "(200093201)" in found.suggestion


def test_a_name_that_two_epci_bear_is_told_by_the_departement_beside_it():
    index = CommuneIndex("70", 2026)
    asked = read_epci(Written("", "CC des Quatre Rivières"), index)
    assert asked.problem == "epci_unknown" and "le nom de plusieurs EPCI" in asked.message
    assert "(247000623)" in asked.suggestion and "(247400666)" not in asked.suggestion
    assert read_epci(Written("", "CC des Quatre Rivières", "70"), index).code == "247000623"
    assert read_epci(Written("", "CC des Quatre Rivières", "74"), index) == ELSEWHERE
    # a SIREN of another département is not ours for bearing the same name
    assert read_epci(Written("247400666", "CC DES QUATRE RIVIERES"), index) == ELSEWHERE


@pytest.mark.parametrize(
    ("departement", "written", "code", "problem"),
    [
        ("01", Written("01", "Ain"), "01", ""),
        ("01", Written("1.0", ""), "01", "code_as_float"),
        ("01", Written("", "AIN"), "01", ""),
        ("2A", Written("2a", "CORSE DU SUD"), "2A", ""),
        ("2A", Written("20R", "CORSE"), "", "territory_unnamed"),
        ("01", Written("1", "AISNE"), "", "territory_conflict"),
        ("02", Written("1", "AISNE"), "", "territory_conflict"),
        ("03", Written("1", "AISNE"), "", ""),
        ("01", Written("", ""), "", "territory_unnamed"),
        ("974", Written("974", "LA REUNION"), "974", ""),
        ("42", Written("13", "BOUCHES DU RHONE"), "", ""),
    ],
)
def test_departements(departement, written, code, problem):
    assert read_departement(written, CommuneIndex(departement, 2026))[:2] == (code, problem)


def test_a_ruling_on_the_code_wins_over_the_name_beside_it(small):
    text = f"Date référence;Numéro EPCI;Nom EPCI;Taux de couv global\n2023;{BUGEY};CA DU PAYS DE GEX;52\n"
    workspace = small({"epci.csv": text}, departement="01")
    (asked,) = workspace.build().problems
    assert (asked.code, asked.cell) == ("territory_conflict", "B2")
    header = "source;sheet;cell;code;found;decision;value;reason;decided_by;decided_on\n"
    for siren in (GEX, BUGEY):
        line = f"epci.csv;;B2;territory_conflict;{asked.found};remplacer;{siren};vu avec la Cnaf;;\n"
        result = small({"decisions.csv": header + line}, departement="01").build()
        assert result.frames["published_rates"]["territory"].tolist() == [siren]
        assert [problem.code for problem in result.problems] == ["decision_applied"]
