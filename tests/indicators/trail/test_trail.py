"""From an indicator to the rows that it reads: what they sum to is what the indicator says."""

import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.evidence import TRACED
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.needs.example import needs_example
from sdsf_analysis.indicators.publics.example import publics_example
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.indicators.support.example import support_example
from sdsf_analysis.indicators.trail.rows import rows_read
from sdsf_analysis.indicators.trail.sources import SOURCES
from sdsf_analysis.model.tables import Tables, table

ON = "2024-12-31"
# lists and counters of the conventions, which are rows of `ctg` and `officers` themselves
OF_CTG = {name for name in INDICATORS if name.startswith("ctg_")} | {"officers_by", "network_meetings"}


def test_every_indicator_leads_somewhere():
    untraced = set(INDICATORS) - set(SOURCES) - set(TRACED) - OF_CTG
    assert untraced == {"offer_at", "if_closed"}
    assert set(SOURCES) <= set(INDICATORS)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("territory", [None, "E1"])
def test_every_indicator_is_answered_whatever_the_tables(name, territory):
    for tables in (example_tables(), needs_example(), support_example(), publics_example()):
        for rows in rows_read(name, tables, ON, territory=territory).values():
            assert len(rows)


@pytest.mark.parametrize("name", SOURCES)
def test_empty_tables_lead_nowhere(name):
    assert rows_read(name, Tables(lambda one: table(one).empty()), ON) == {}


def test_the_money_of_the_rows_is_that_of_the_indicator():
    tables = example_tables()
    for on in ("2023-12-31", ON):
        for territory in ("E1", "E2"):
            rows = rows_read("funds_by", tables, on, territory=territory)
            total = sdsf.funds_by(tables, on).query(f"territory == '{territory}' and measure == 'total'")
            assert rows["funds"]["amount_eur"].sum() == total["numerator"].iloc[0]
    one = rows_read("funds_by", tables, "2023-12-31", territory="E1", narrowed={"fund": "bonus_territoire"})
    assert list(one) == ["funds"] and one["funds"]["amount_eur"].tolist() == [9000.0]


def test_places_and_children_of_the_rows_are_those_of_the_rate():
    tables = example_tables()
    rows = rows_read("places_per_100", tables, ON, territory="E1")
    (rate,) = (
        sdsf.places_per_100(tables, ON).query("territory == 'E1' and measure == 'eaje'").to_dict("records")
    )
    assert rows["offer"]["capacity"].sum() == rate["numerator"]
    assert rows["families"]["value"].sum() == rate["denominator"]


def test_what_is_reached_lies_around_too_and_what_stands_far_does_not():
    tables = example_tables()
    around = rows_read("accessible_places", tables, "2024-06-30", "commune", "01002")
    assert around["offer"]["service"].tolist() == ["c1", "m1"]
    first = rows_read("accessible_places", tables, "2024-06-30", "commune", "01001")
    assert first["offer"]["service"].tolist() == ["c1"]
    nearest = rows_read("nearest_service", tables, "2024-06-30", "commune", "01005")
    assert nearest["offer"]["service"].tolist() == ["m1"]


def test_an_alert_leads_to_the_figures_that_triggered_it():
    rows = rows_read("watch_list", support_example(), ON, narrowed={"service": "m1"})
    assert set(rows) == {"activity", "alerts", "funds", "offer"}
    assert rows["funds"]["amount_eur"].tolist() == [20000.0]
    c1 = rows_read(
        "watch_list", support_example(), ON, narrowed={"service": "c1", "measure": "occupancy_rate"}
    )
    assert c1["activity"]["value"].tolist() == [70, 66, 58]


def test_an_unknown_column_is_answered_by_the_known_ones():
    with pytest.raises(QuestionError, match=r"pas par lubie.*fund.*service"):
        rows_read("funds_by", example_tables(), ON, narrowed={"lubie": "x"})
