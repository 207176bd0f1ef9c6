"""Tables taken from one geography year to another."""

import pandas as pd
import pytest

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.model.french import percent
from sdsf_analysis.territories.extents import communes_of, leads
from sdsf_analysis.territories.vintages import Columns, convert, shares

ONE = Columns(counts=["value"])
CULOZ = pd.DataFrame(
    {
        "commune": ["01039", "01138"],
        "value": [4.0, None],
        "status": ["known", "secret"],
        "low": [None, 0.0],
        "high": [None, 4.0],
    }
)


def counted(**values):
    return pd.DataFrame({"commune": list(values), "value": [float(value) for value in values.values()]})


def known(**communes):
    return counted(**{code[1:]: value for code, value in communes.items()})


def test_counts_are_summed_when_communes_merge():
    done = convert(known(c01039=4, c01138=31, c01004=7), 2026, since=2022, columns=ONE)
    assert done.table.to_dict("list") == {"commune": ["01004", "01138"], "value": [7.0, 35.0]}
    assert done.questions.empty
    assert done.refused.empty


def test_a_sum_with_a_withheld_part_is_not_known_and_its_bounds_add_up():
    table = convert(CULOZ, 2026, since=2022, columns=ONE).table
    assert table.drop(columns="value").to_dict("records") == [
        {"commune": "01138", "status": "secret", "low": 4.0, "high": 8.0}
    ]
    assert table["value"].isna().all()


def test_a_value_withheld_by_its_status_never_enters_a_sum():
    written = CULOZ.assign(value=[4.0, 3.0])
    assert convert(written, 2026, since=2022, columns=ONE).table["value"].isna().all()


def test_a_merger_that_lacks_a_member_is_refused_unless_absent_is_zero():
    lone = CULOZ.head(1)
    done = convert(lone, 2026, since=2022, columns=ONE)
    assert done.table[["status", "low"]].to_numpy().tolist() == [["missing", 4.0]]
    assert done.table[["value", "high"]].isna().all(axis=None)
    assert done.refused["reason"].tolist() == ["incomplete"]
    zero = convert(lone, 2026, since=2022, columns=Columns(counts=["value"], absent="zero"))
    assert zero.table["value"].tolist() == [4.0]


def test_a_part_beside_its_whole_is_refused():
    done = convert(known(c01033=30, c01091=5), 2026, since=2023, columns=ONE)
    assert done.table["value"].isna().all()
    assert done.refused[["commune", "reason"]].to_numpy().tolist() == [["01033", "overlap"]]


def test_older_codes_go_through_the_events():
    parts = known(c01033=30, c01091=5, c01205=2)
    assert convert(parts, 2026, since=2018, columns=ONE).table["value"].tolist() == [37.0]


def test_a_split_is_a_question_with_shares_of_population():
    done = convert(known(c14712=10, c01004=1), 2026, since=2019, columns=ONE)
    assert done.table["commune"].tolist() == ["01004"]
    assert done.questions[["row", "commune", "part"]].to_numpy().tolist() == [
        [0, "14712", "14666"],
        [0, "14712", "14712"],
    ]
    assert done.questions["share"].sum() == pytest.approx(1)
    assert f"Sannerville (14666, {percent(36, 0)})" in done.questions["message"][0]


def test_backwards_a_merged_commune_is_a_question():
    done = convert(known(c01138=10), 2019, since=2026, columns=ONE)
    assert done.table.empty
    assert done.questions["part"].tolist() == ["01039", "01138"]


def test_backwards_a_restored_commune_is_summed():
    done = convert(known(c14666=10, c14712=20), 2019, since=2026, columns=ONE)
    assert done.table.to_dict("list") == {"commune": ["14712"], "value": [30.0]}


def test_a_rate_is_refused_without_denominator_and_divided_with_one():
    rates = pd.DataFrame(
        {
            "commune": ["01004", "01039", "01138"],
            "rate": [50.0, 10.0, 40.0],
            "children": [8.0, 100.0, 50.0],
        }
    )
    without = convert(rates, 2026, since=2022, columns=Columns(rates={"rate": None}))
    assert without.table["rate"].tolist()[0] == 50.0
    assert without.table["rate"].isna().tolist() == [False, True]
    assert without.refused["reason"].tolist() == ["rate"]
    columns = Columns(counts=["children"], rates={"rate": "children"})
    assert convert(rates, 2026, since=2022, columns=columns).table["rate"].tolist() == [50.0, 20.0]


def test_unknown_codes_are_said():
    done = convert(known(c99999=1), 2026, since=2022, columns=ONE)
    assert done.table.empty
    assert done.refused["reason"].tolist() == ["unknown"]


def test_keys_tell_rows_apart():
    years = pd.concat([known(c01039=4, c01138=31).assign(year=year) for year in (2020, 2021)])
    columns = Columns(counts=["value"], keys=["year"])
    table = convert(years.reset_index(drop=True), 2026, since=2022, columns=columns).table
    assert table.to_dict("list") == {"commune": ["01138"] * 2, "year": [2020, 2021], "value": [35.0, 35.0]}
    with pytest.raises(TerritoryError, match="même clé"):
        convert(years, 2026, since=2022, columns=ONE)


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(TerritoryError, match="places"):
        convert(known(c01004=1), 2026, since=2022, columns=Columns(counts=["places"]))


def test_shares_are_unknown_when_a_population_is():
    assert shares(("97611", "97608"), 2019)["share"].isna().all()


@pytest.mark.parametrize(
    ("since", "to"), [(2019, 2026), (2026, 2019), (2022, 2023), (2023, 2022), (2024, 2025), (2025, 2024)]
)
def test_what_is_counted_is_conserved_between_any_two_years(since, to):
    everywhere = pd.DataFrame({"commune": sorted(communes_of(since))}).assign(value=1.0)
    done = convert(everywhere, to, since=since, columns=ONE)
    asked = done.questions["row"].nunique()
    missing = done.table["value"].isna()
    withheld = sum(len(leads(to, since).get(code, ())) for code in done.table.loc[missing, "commune"])
    assert done.table["value"].sum() + asked + withheld >= len(everywhere)
    assert done.table["value"].sum() + asked <= len(everywhere)
    assert set(done.table["commune"]) | set(done.questions["part"]) == communes_of(to)


def test_codes_older_than_the_events_are_refused():
    table = pd.DataFrame({"commune": ["01004"], "births": [4.0]})
    with pytest.raises(TerritoryError, match="1942 ne sont pas suivis"):
        convert(table, 2026, since=1942, columns=Columns(counts=["births"]))
    assert len(convert(table, 2026, since=1943, columns=Columns(counts=["births"])).table) == 1
