"""What the Caf pays: one nature per answer, nothing lost, nothing invented."""

import pandas as pd
import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

CRECHES = "c1 01001 eaje_collective\nm1 01004 micro_creche\n"


def tables_of(funds, services=CRECHES, areas=(), children=None):
    """Tables of the example with other money; an amount written « - » is not known."""
    rows = [line.split() for line in funds.strip().splitlines()]
    paid = pd.DataFrame(rows, columns=["service", "year", "fund", "nature", "amount_eur"], dtype="str")
    paid = paid.replace("-", None).astype({"year": "int64", "amount_eur": "float64"})
    homes = pd.DataFrame(
        [line.split() for line in services.strip().splitlines()], columns=["service", "commune", "kind"]
    ).replace("-", None)
    known = example_tables()
    frames = {
        "funds": table("funds").conform(paid),
        "offer": table("offer").conform(homes.assign(valid_from=pd.Timestamp("2020-01-01"), stage="open")),
        "service_area": table("service_area").conform(pd.DataFrame(areas, columns=["service", "commune"])),
    }
    if children is not None:
        frames["families"] = children
    return Tables(lambda name: frames[name] if name in frames else getattr(known, name))


def total(tables, on="2023-12-31", **more):
    found = sdsf.funds_by(tables, on, **{"age": "0_2"} | more)
    return found[found["measure"] == "total"].set_index("territory")


def test_the_three_natures_of_a_year_are_never_added():
    tables = tables_of(
        "c1 2023 prestation_service forecast 100\nc1 2023 prestation_service updated 110\n"
        "c1 2023 prestation_service actual 120"
    )
    assert total(tables).loc["E1", "numerator"] == 120
    assert total(tables, nature="forecast").loc["E1", "numerator"] == 100
    assert "Montants réels de 2023." in sdsf.funds_by(tables, "2023-12-31").attrs["remark"]
    history = sdsf.funds_history(tables, "2024-12-31")
    assert history.loc[history["territory"] == "E1", "amount_eur"].tolist() == [120, 120]


def test_the_year_is_the_latest_not_after_the_date_and_a_nature_may_choose_an_older_one():
    tables = tables_of(
        "c1 2022 prestation_service actual 10\nc1 2023 prestation_service forecast 20\n"
        "c1 2025 prestation_service forecast 30"
    )
    found = sdsf.funds_by(tables, "2024-12-31")
    assert (found.attrs["year"], found.attrs["nature"]) == (2023, "forecast")
    assert sdsf.funds_by(tables, "2024-12-31", nature="actual").attrs["year"] == 2022


def test_what_was_promised_and_is_not_in_the_accounts_is_missing_not_zero():
    tables = tables_of("c1 2023 prestation_service actual 100\nm1 2023 prestation_service forecast 50")
    found = total(tables)
    assert found.loc["E1", ["numerator", "status"]].tolist() == [100, "known"]
    assert found.loc["E2", "status"] == "missing" and pd.isna(found.loc["E2", "numerator"])
    assert "m1" in sdsf.funds_by(tables, "2023-12-31").attrs["remark"]


def test_an_amount_that_is_withheld_gives_a_low_bound_and_no_value():
    tables = tables_of("c1 2023 prestation_service actual 90\nc1 2023 bonus_territoire actual -")
    found = total(tables).loc["E1"]
    assert found["status"] == "missing" and pd.isna(found["value"])
    assert found["low"] == 90 / 45 and pd.isna(found["high"])
    history = sdsf.funds_history(tables, "2023-12-31")
    assert history.loc[history["fund"] == "total", "amount_low"].tolist()[0] == 90


def test_money_taken_back_lowers_the_sum():
    tables = tables_of("c1 2023 prestation_service actual 90\nc1 2023 bonus_territoire actual -180\n")
    assert total(tables).loc["E1", ["numerator", "value"]].tolist() == [-90, -2]


def test_a_territory_without_a_paid_service_has_a_true_zero_and_no_file_is_no_zero():
    tables = tables_of("c1 2023 prestation_service actual 90")
    assert total(tables).loc["E2", ["numerator", "status"]].tolist()[0] == 0
    nothing = tables_of("")
    found = sdsf.funds_by(nothing, "2023-12-31")
    assert set(found["status"]) == {"missing"}
    assert "recette funding" in found.attrs["remark"]
    assert sdsf.funds_history(nothing, "2023-12-31").empty
    early = sdsf.funds_by(tables, "2019-12-31")
    assert set(early["status"]) == {"missing"} and "Années connues : 2023" in early.attrs["remark"]


def test_money_without_a_territory_is_said_and_a_service_of_a_whole_territory_is_in_it():
    services = f"{CRECHES}h1 - home_help\nx1 69001 evs\n"
    tables = tables_of(
        "h1 2023 prestation_service actual 40\nx1 2023 prestation_service actual 7\n"
        "nulle 2023 prestation_service actual 3",
        services,
        [("h1", "01001"), ("h1", "01002")],
    )
    found = sdsf.funds_by(tables, "2023-12-31")
    assert found.set_index(["territory", "measure"]).loc[("E1", "total"), "numerator"] == 40
    assert "10 € (nulle, x1)" in found.attrs["remark"]
    by_commune = sdsf.funds_by(tables, "2023-12-31", by="commune")
    assert by_commune.loc[by_commune["measure"] == "total", "numerator"].sum() == 0
    assert "50 € (h1, nulle, x1)" in by_commune.attrs["remark"]


def test_a_service_is_divided_by_the_children_that_it_is_for():
    tables = tables_of("c1 2023 prestation_service actual 90\na1 2023 prestation_service actual 60",
                       f"{CRECHES}a1 01001 alsh\n")  # fmt: skip
    found = sdsf.funds_by(tables, "2023-12-31").set_index(["territory", "measure"])
    assert found.loc[("E1", "for_0_2"), ["numerator", "denominator", "value"]].tolist() == [90, 45, 2]
    assert found.loc[("E1", "for_3_11"), "numerator"] == 60
    assert found.loc[("E1", "for_12_17"), "status"] == "missing"
    assert sdsf.funds_by(tables, "2023-12-31", kinds=["eaje"]).attrs["age"] == "0_2"
    assert sdsf.funds_by(tables, "2023-12-31").attrs["age"] == "0_17"


def test_an_exceptional_aid_is_shown_only_when_it_is_asked_by_its_name():
    tables = tables_of("c1 2023 prestation_service actual 90\nc1 2023 exceptional_aid actual 500")
    found = sdsf.funds_by(tables, "2023-12-31")
    assert "exceptional_aid" not in set(found["measure"])
    assert total(tables).loc["E1", "numerator"] == 90
    assert "aides exceptionnelles" in found.attrs["remark"].lower()
    assert total(tables, funds=["exceptional_aid"]).loc["E1", "numerator"] == 500


def test_a_territory_without_children_has_no_rate():
    known = example_tables().families
    children = known.assign(value=known["value"].mask(known["commune"].isin(["01001", "01002"]), 0.0))
    found = total(tables_of("c1 2023 prestation_service actual 90", children=children), kinds=["eaje"])
    assert found.loc["E1", "status"] == "not_applicable" and pd.isna(found.loc["E1", "value"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kinds": ["eajes"]}, "Type de service inconnu"),
        ({"funds": ["bonus_teritoire"]}, "Le plus proche : bonus_territoire"),
        ({"nature": "réel"}, "actual, updated, forecast"),
        ({"age": "0_3"}, "0_2, 3_11, 12_17, 0_17"),
        ({"by": "epcis"}, "Le plus proche : epci"),
    ],
)
def test_what_is_not_known_is_answered_by_what_is(options, words):
    with pytest.raises(QuestionError, match=words):
        sdsf.funds_by(example_tables(), "2023-12-31", **options)
