import csv
import datetime
import tomllib
import unicodedata
from pathlib import Path

import pytest

import sdsf_analysis.model
from sdsf_analysis.territories import reference

SEVERITIES = tomllib.loads(
    (Path(sdsf_analysis.model.__file__).parent / "problems.toml").read_text(encoding="utf-8")
)
ALL_CODES = {
    "code_lost_zero", "code_as_float", "commune_former", "commune_unknown", "commune_outside",
    "commune_conflict", "number_as_text", "date_as_text", "note_mark", "value_masked_by_format",
    "mark_unexplained", "total_mismatch", "choice_unknown", "rows_elsewhere", "encoding_guessed",
    "colour_lost", "text_struck", "filter_active", "header_repeated", "number_with_remark",
    "sheet_without_data", "school_year", "number_doubtful", "agreement_expired", "served_unclear",
    "epci_unknown", "situation_from_name", "direction_doubtful", "request_date_unread", "scale_mixed",
    "service_number_unknown", "service_other_number", "service_unknown", "sources_disagree", "structure_near",
    "service_unlisted", "decision_applied", "codes_new", "codes_lost",
    "departement_lost_zero", "territory_unnamed",
}  # fmt: skip
SAMPLE = ["01", "42", "75", "2A", "974", "976", "90", "977"]


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("œ", "oe"))
    return "".join(c for c in letters if c.isalnum()).lower()


def names(departement: str) -> dict[str, str]:
    return reference.communes(2026, departement).set_index("code")["name"].to_dict()


def test_the_ain_has_every_usual_fault(ain):
    assert {fault["code"] for fault in ain.faults} == ALL_CODES


@pytest.mark.parametrize("departement", SAMPLE)
def test_no_usual_fault_is_an_error(demo, departement):
    codes = {fault["code"] for fault in demo(departement).faults}
    assert {SEVERITIES[code]["severity"] for code in codes} <= {"journal", "warning", "question"}


@pytest.mark.parametrize("departement", SAMPLE)
def test_faults_are_listed_once_with_an_existing_source(demo, departement):
    made = demo(departement)
    # two kinds of codes may come or go in one file
    keys = [
        tuple(fault[name] for name in ("source", "sheet", "cell", "code", "remark")) for fault in made.faults
    ]
    assert len(set(keys)) == len(keys)
    assert all((made.raw / fault["source"]).is_file() for fault in made.faults)


def test_header_of_the_list(ain):
    with (ain.folder / "demo_faults.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream, delimiter=";")) == ["source", "sheet", "cell", "code", "remark"]


@pytest.mark.parametrize("departement", SAMPLE)
def test_texts_in_number_cells_hold_a_number(demo, departement):
    made = demo(departement)
    for fault in made.planted("number_as_text"):
        text = made.value(fault)
        assert isinstance(text, str)
        assert text == "mi-temps" or any(letter.isdigit() for letter in text)


def test_dates_as_text(ain):
    for fault in ain.planted("date_as_text"):
        assert isinstance(ain.value(fault), str)
        day, month, year = map(int, ain.value(fault).split("/"))
        assert datetime.date(year, month, day)


def test_codes_that_lost_their_zero(ain):
    communes = names("01")
    for fault in ain.planted("code_lost_zero"):
        value = ain.value(fault)
        assert f"0{value}" in communes
        if not fault["source"].endswith(".csv"):
            assert isinstance(value, int)
            assert ain.cell(fault).number_format == "General"


def test_every_published_row_of_the_departement_lost_its_zero(first_ain):
    name = "txcouv_pe_com (données fictives).csv"
    own = {f"B{line}" for line, row in enumerate(first_ain.lines(name), 1) if row[5] == "1"}
    assert own == {fault["cell"] for fault in first_ain.planted("code_lost_zero") if fault["source"] == name}


@pytest.mark.parametrize("departement", ["42", "2A", "974", "90"])
def test_no_zero_to_lose_elsewhere(demo, departement):
    assert demo(departement).planted("code_lost_zero") == []


@pytest.mark.parametrize(("departement", "start"), [("01", "01"), ("42", "42")])
def test_codes_as_decimals(demo, departement, start):
    (fault,) = demo(departement).planted("code_as_float")
    value = demo(departement).value(fault)
    assert value.startswith(start)
    assert value.removesuffix(".0") in names(departement)


@pytest.mark.parametrize("departement", SAMPLE)
def test_communes_outside_are_written_right(demo, departement):
    made = demo(departement)
    (fault,) = made.planted("commune_outside")
    code, name = made.value(fault), made.cell(fault).offset(0, 1).value
    everywhere = reference.communes(2026).set_index("code")
    assert everywhere.loc[code, "name"] == name
    assert everywhere.loc[code, "departement"] != departement


def test_conflicts_join_two_communes_of_the_departement(ain):
    (fault,) = (fault for fault in ain.planted("commune_conflict") if fault["source"].endswith(".xlsx"))
    communes = names("01")
    name = ain.cell(fault).offset(0, 1).value
    assert name in communes.values()
    assert communes[ain.value(fault)] != name


def test_former_communes_are_held_by_a_commune_of_today(ain):
    former = reference.former_communes(2026, "01").set_index("name")["chef_lieu"]
    written = {row[0] for row in ain.body("MSA familles communes.xlsx", "Familles", 4)}
    for fault in ain.planted("commune_former"):
        if fault["source"] != "MSA familles communes.xlsx":
            continue
        name = ain.value(fault)
        assert name not in names("01").values()
        assert names("01")[former[name]] not in written


@pytest.mark.parametrize("departement", ["01", "42", "2A", "974", "976", "90"])
def test_unknown_communes_are_unknown(demo, departement):
    made = demo(departement)
    (fault,) = (fault for fault in made.planted("commune_unknown") if fault["source"].endswith(".xlsx"))
    known = {plain(name) for name in names(departement).values()}
    known |= {plain(name) for name in reference.former_communes(2026, departement)["name"]}
    assert plain(made.value(fault)) not in known


@pytest.mark.parametrize("departement", SAMPLE)
def test_masked_cells_hide_a_small_number(demo, departement):
    made = demo(departement)
    for fault in made.planted("value_masked_by_format"):
        assert made.cell(fault).number_format == '"<5"'
        assert made.value(fault) in {1, 2, 3, 4}


def test_masks_are_all_listed(ain):
    sheet = ain.book("MSA familles communes.xlsx")["Familles"]
    masked = {cell.coordinate for row in sheet for cell in row if cell.number_format == '"<5"'}
    assert masked == {fault["cell"] for fault in ain.planted("value_masked_by_format")}
    assert len(masked) == 5


@pytest.mark.parametrize("departement", ["01", "42", "69"])
def test_a_mark_is_told_at_its_first_cell(demo, departement):
    made = demo(departement)
    faults = made.planted("mark_unexplained")
    assert {made.value(fault) for fault in faults} == {"s", "nd", "nc", "fermé", "à compléter"}
    for fault in faults:
        bearers = [
            (name, cell.coordinate)
            for name in made.book(fault["source"]).sheetnames
            for row in made.book(fault["source"])[name]
            for cell in row
            if cell.value == made.value(fault)
        ]
        assert bearers[0] == (fault["sheet"], fault["cell"])


@pytest.mark.parametrize("departement", SAMPLE)
def test_note_marks_have_their_note(demo, departement):
    made = demo(departement)
    faults = [fault for fault in made.planted("note_mark") if fault["source"].endswith(".xlsx")]
    assert {fault["source"] for fault in faults} == {"PMI assistants maternels.xlsx", "AVS.xlsx"}
    for fault in faults:
        mark = "*" if made.value(fault).endswith("*") else "(1)"
        assert made.value(fault).endswith(mark)
        sheet = made.book(fault["source"])[fault["sheet"]]
        assert any(str(row[0].value).startswith(f"{mark} ") for row in sheet)


@pytest.mark.parametrize("departement", SAMPLE)
def test_a_filter_hides_the_rows_that_it_does_not_show(first, departement):
    made = first(departement)
    sheet = made.book("Suivi CTG.xlsx")["Partenaires"]
    hidden = {row for row, look in sheet.row_dimensions.items() if look.hidden}
    assert hidden == {row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 3).value == "Autre"}
    (fault,) = made.planted("filter_active")
    assert fault["cell"] == sheet.auto_filter.ref == f"A3:D{sheet.max_row}"


@pytest.mark.parametrize("departement", SAMPLE)
def test_a_closed_creche_is_grey_and_a_closed_service_struck_through(demo, departement):
    made = demo(departement)
    for fault in made.planted("colour_lost"):
        row = made.cell(fault).row
        assert made.cell(fault).fill.fgColor.rgb == "FFD9D9D9"
        assert "fermé" in {cell.value for cell in made.book(fault["source"])[fault["sheet"]][row]}
    for fault in made.planted("text_struck"):
        cells = made.book(fault["source"])[fault["sheet"]][fault["cell"]][0]
        assert all(cell.font.strike for cell in cells if cell.value is not None)


def test_a_header_comes_again_on_the_second_printed_page(ain):
    (fault,) = ain.planted("header_repeated")
    sheet = ain.book(fault["source"])[fault["sheet"]]
    again = [cell.value for cell in sheet[ain.cell(fault).row]]
    assert again == [cell.value for cell in sheet[3]]


def test_rows_elsewhere_and_the_encoding_are_of_the_whole_file(ain):
    for code, count in (("rows_elsewhere", 4), ("encoding_guessed", 1), ("situation_from_name", 2)):
        places = [(fault["sheet"], fault["cell"]) for fault in ain.planted(code)]
        assert places == [("", "")] * count
    text = (ain.raw / "Micro-crèches Paje (données fictives).csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        text.decode("utf-8")


def test_age_bands_turned_into_dates_come_with_all_faults_only(ain, demo):
    assert ain.planted("age_band_as_date") == []
    everything = demo("01", faults="all")
    (fault,) = everything.planted("age_band_as_date")
    assert everything.value(fault).date() == datetime.date(2024, 11, 6)
    assert SEVERITIES["age_band_as_date"]["severity"] == "error"
