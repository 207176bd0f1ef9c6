"""Levels and layouts that the field expects (calibration of the partners' files)."""

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sdsf_analysis.demo.kinds.beneficiaries import rounded
from sdsf_analysis.demo.kinds.codes import misspelt
from sdsf_analysis.demo.kinds.eaje import creches
from sdsf_analysis.demo.setting import Setting, census_populations
from sdsf_analysis.territories import reference


def test_creches_of_the_ain():
    setting = Setting("01")
    known = creches(setting)
    assert len(known) > 135
    assert 17 < 100 * sum(creche.places for creche in known) / setting.children < 22
    assert len({creche.number for creche in known}) == len({creche.name for creche in known}) == len(known)


def test_rates_are_shares_one_year_and_points_another(ain):
    rows = ain.body("EAJE activité 2022-2024.xlsx", "Activité", 7)
    rates = [(row[11], row[19]) for row in rows if isinstance(row[11], float)]
    assert len(rates) > 100
    assert all(30 < points < 100 and 0.3 < share < 1 for points, share in rates)


def test_some_creches_keep_a_few_places_frozen(ain):
    rows = [row for row in ain.body("EAJE activité 2022-2024.xlsx", "Activité", 7) if row[4]]
    frozen = [(row[7], row[8]) for row in rows if row[8]]
    assert 3 <= len(frozen) < len(rows) / 5
    assert all(0 < closed < places for places, closed in frozen if isinstance(places, int))


def test_most_communes_have_no_creche():
    setting = Setting("01")
    assert len({creche.commune for creche in creches(setting)}) < len(setting.communes) / 2


def test_three_header_rows_of_the_creches(ain):
    sheet = ain.book("EAJE activité 2022-2024.xlsx")["Activité"]
    assert [sheet["A4"].value, sheet["J4"].value] == ["Structure", "Exercice"]
    assert [sheet[f"{letter}5"].value for letter in ("J", "R", "Z")] == ["2022", "2023", "2024"]
    assert [sheet[f"{letter}6"].value for letter in ("J", "AG")] == [
        "Heures réalisées",
        "Enfants AEEH accueillis",
    ]


@pytest.mark.parametrize("departement", ["01", "75", "974", "977"])
def test_micro_creches_point_to_one_commune(demo, departement):
    communes = reference.communes(2026, departement)
    header, *lines = demo(departement).lines("Micro-crèches Paje (données fictives).csv")
    labels = ("CP", "Ville") if "CP" in header else ("Code postal", "Commune")
    postal, town = (header.index(label) for label in labels)
    assert lines
    for line in lines:
        held = communes[
            communes["postal_codes"].str.split(";").map(lambda codes, code=line[postal]: code in codes)
        ]
        assert line[town] == line[town].upper()
        assert line[town].isascii()
        assert len(held) >= 1


def test_posts_and_people(first_ain):
    rows = first_ain.body("Chargés de coopération.xlsx", "Chargés de coopération", 4)
    by_person = {}
    for row in rows:
        by_person.setdefault(row[3], []).append(row[0])
    assert len(by_person.pop(None)) == 2
    assert {row[1] for row in rows if row[3] is None} == {"vacant", "poste vacant"}
    assert sorted(map(len, by_person.values()))[-2:] == [1, 2]
    assert all(address.endswith(".example") for address in by_person)
    assert len(rows) > 30
    assert len(first_ain.body("Chargés de coopération.xlsx", "Réseau", 4)) == 4


def test_six_sheets_of_parenting_in_an_ods(ain):
    book = CalamineWorkbook.from_path(ain.raw / "Parentalité 2024.ods")
    assert book.sheet_names == ["LAEP", "CLAS", "Reaap", "Médiation", "Espaces rencontre", "Ludothèques"]
    clas = book.get_sheet_by_name("CLAS").to_python(skip_empty_area=False)
    assert clas[2] == ["Structure porteuse", "Commune", "Nombre de groupes", "Nombre d'enfants inscrits"]
    assert isinstance(clas[3][2], float)
    assert "année scolaire 2023-2024" in clas[0][0] and clas[-1][0] == "* chiffre provisoire"


def test_two_tables_on_one_sheet(ain):
    column = [row[0].value for row in ain.book("AVS.xlsx")["AVS"]]
    second = column.index("Espaces de vie sociale")
    assert column[2] == "Centres sociaux"
    assert column[second - 1] is None
    assert column[3] == column[second + 1] == "Nom"


@pytest.mark.parametrize(
    ("departement", "ages"), [("01", "-6 / +6"), ("75", "mat./élém."), ("977", "3-5, 6-11")]
)
def test_age_bands_are_text_each_sender_in_her_own_way(demo, departement, ages):
    texts = {value for sheet in demo(departement).book("ALSH.xlsx") for row in sheet.values for value in row}
    assert {ages, "primaire"} <= texts


def test_beneficiaries_are_rounded(ain):
    rows = ain.body("Allocataires par commune 2022-2024.xlsx", "Allocataires", 6)
    counts = {value for row in rows for value in row[3:]}
    assert {"s", "<5"} <= counts
    assert all(value % 5 == 0 for value in counts - {"s", "<5"})
    assert len(rows) == 3 * 391


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (7, 5), (8, 10), (12, 10)]
)
def test_rounded(count, shown):
    assert rounded(count) == shown


def test_census_is_real_for_the_whole_and_decimal_for_the_parts(first_ain):
    rows = first_ain.body("INSEE population par âge.xlsx", "COM", 6)
    assert sum(row[6] for row in rows) == sum(census_populations("01").values()) == 671289
    assert 0.031 < sum(row[2] for row in rows) / 671289 < 0.035
    assert any(row[2] != int(row[2]) for row in rows)


def test_cantons_are_merged_over_their_communes(ain):
    sheet = ain.book("PMI assistants maternels.xlsx")["2024"]
    columns = {area.min_col for area in sheet.merged_cells.ranges if area.min_row > 3}
    assert columns == {1}


def test_published_rates_cover_several_departements_and_years(first_ain):
    header, *lines = first_ain.lines("txcouv_pe_com (données fictives).csv")
    assert len(header) == 15
    assert {line[0] for line in lines} == {"2021", "2022", "2023"}
    assert {line[5] for line in lines} == {"1", "3", "7"}
    own = {line[1] for line in lines if line[5] == "1"}
    large = reference.communes(2026, "01").query("population > 10000")["code"]
    assert own == {code.removeprefix("0") for code in large}
    assert all(0 < float(line[14]) < 120 for line in lines)


def test_published_rates_of_a_departement_are_of_the_order_of_those_of_its_communes(first_ain):
    header, *lines = first_ain.lines("txcouv_pe_dep (données fictives).csv")
    assert len(header) == 11
    own = {line[0]: [float(cell) for cell in line[3:]] for line in lines if line[1] == "1"}
    assert own.keys() == {"2021", "2022", "2023"}
    for psu, other, eaje, school, minders, home, individual, total in own.values():
        assert 55 < total < 62 and abs(psu + other + school + minders + home - total) < 0.3
        assert abs(psu + other - eaje) < 0.15 and abs(minders + home - individual) < 0.15


@pytest.mark.parametrize(("departement", "count"), [("01", 17), ("42", 11), ("90", 3), ("977", 0)])
def test_published_rates_have_every_epci_each_year_and_those_of_others(first, departement, count):
    _, *lines = first(departement).lines("txcouv_pe_epci (données fictives).csv")
    communes = reference.communes(2026, departement)
    own = [(line[0], line[1]) for line in lines if line[1] in set(communes["epci"].dropna())]
    assert len(own) == len(set(own)) == 3 * count
    assert {line[1] for line in lines} - {siren for _, siren in own} >= {"XX"}
    assert all(30 < float(line[10]) < 100 for line in lines)


def test_published_rates_without_epci(demo):
    lines = demo("977").lines("txcouv_pe_com (données fictives).csv")
    assert {tuple(line[3:5]) for line in lines if line[1] == "97701"} == {("XX", "XX")}


@pytest.mark.parametrize(("departement", "count"), [("01", 3), ("42", 4), ("974", 3)])
def test_orientations_and_sectors(first, departement, count):
    made = first(departement)
    plan = made.book("Plan d'actions SDSF.xlsx")["Plan d'actions"]
    orientations = [area for area in plan.merged_cells.ranges if area.min_row > 4 and area.max_col == 1]
    assert len(orientations) == count
    sectors = {row[2] for row in made.body("Secteurs.xlsx", "Secteurs", 4)}
    assert len(sectors) == count


def test_plan_headers_bear_their_dates(first_ain):
    sheet = first_ain.book("Plan d'actions SDSF.xlsx")["Plan d'actions"]
    assert [sheet.cell(4, column).value for column in (13, 14, 15)] == [
        "Valeur initiale (31/12/2022)",
        "Mi-parcours (30/06/2024)",
        "Cible (31/12/2025)",
    ]


def test_progress_is_said_in_words(first_ain):
    rows = first_ain.body("Plan d'actions SDSF.xlsx", "Plan d'actions", 5)
    assert {row[8] for row in rows} == {"non démarrée", "en cours", "réalisée", "abandonnée"}
    assert {row[11] for row in rows} == {"à la hausse", "à la baisse"}


def test_misspelt_changes_one_letter():
    wrong = misspelt("Gex", {"GEX", "GEK"})
    assert len(wrong) == 3
    assert sum(a != b for a, b in zip(wrong, "Gex", strict=True)) == 1
    assert wrong.upper() not in {"GEX", "GEK"}


def test_workbooks_open_on_their_first_sheet(ain):
    for path in ain.raw.glob("*.xlsx"):
        assert openpyxl.load_workbook(path).active.title == openpyxl.load_workbook(path).sheetnames[0]


def test_births_of_five_years_go_down(first_ain):
    rows = first_ain.body("INSEE naissances.xlsx", "COM", 5)
    totals = [sum(row[column] for row in rows) for column in range(2, 7)]
    assert len(rows) == 391 and totals == sorted(totals, reverse=True)
    assert all(0.008 < total / Setting("01").population < 0.012 for total in totals)
