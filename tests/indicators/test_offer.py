"""The offer of a day: first and last days included, open alone unless asked, what is undated said."""

import pandas as pd
import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

TABLES = example_tables()


def tables_of(*rows):
    columns = ["service", "valid_from", "valid_to", "stage", "opened_on", "closed_on"]
    frame = pd.DataFrame(rows, columns=columns).assign(kind="laep")
    frames = {"offer": table("offer").conform(table("offer").cast(frame))}
    return Tables(lambda name: frames.get(name, table(name).empty()))


@pytest.mark.parametrize(
    ("on", "places"),
    [
        ("2021-08-31", {}),
        ("2021-09-01", {"c1": 24}),
        ("2024-08-31", {"c1": 24, "m1": 12}),
        ("2024-09-01", {"c1": 30}),
        ("2024-12-31", {"c1": 30, "c2": 18}),
        ("2031-01-01", {"c1": 30, "c2": 18}),
    ],
)
def test_the_first_and_the_last_day_of_a_row_are_included(on, places):
    found = sdsf.offer_at(TABLES, on)
    assert dict(zip(found["service"], found["capacity"], strict=True)) == places


def test_other_stages_are_on_request_and_add_up_to_all():
    assert sdsf.offer_at(TABLES, "2024-06-30", stages=["building"])["service"].tolist() == ["p1"]
    both = sdsf.offer_at(TABLES, "2024-06-30", stages=["open", "building"])
    assert both["service"].tolist() == ["c1", "m1", "p1"]
    assert sdsf.offer_at(TABLES, "2024-06-30", kinds=["micro_creche"])["service"].tolist() == ["m1"]


def test_what_nobody_dates_is_said():
    tables = tables_of(
        ("a", "2024-12-31", None, "open", None, None),
        ("b", "2023-12-31", None, "open", None, None),
        ("c", "2020-12-31", None, "closed", None, None),
        ("d", "2020-12-31", None, None, None, None),
    )
    assert sdsf.offer_at(tables, "2022-06-30").attrs["remark"] == (
        "2 services ne sont datés que par des listes, la première du 31 décembre 2023, et manquent à cette "
        "date : a, b. Services dont l'état n'est pas dit : d. "
        "Services dits fermés, sans date de fermeture : c."
    )
    assert "remark" not in sdsf.offer_at(TABLES, "2024-12-31").attrs


def test_without_any_list_nobody_knows():
    assert "déposer les listes" in sdsf.offer_at(tables_of(), "2024-12-31").attrs["remark"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"on": "hier"}, "n'est pas une date"),
        ({"on": "2024-12-31", "stages": ["opened"]}, "État inconnu .* Le plus proche : open"),
        ({"on": "2024-12-31", "kinds": ["mams"]}, "Type de service inconnu .* Le plus proche : mam"),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(options, words):
    with pytest.raises(QuestionError, match=words):
        sdsf.offer_at(TABLES, **options)


def test_the_rows_of_the_demo_at_each_date_are_one_per_service(ain):
    tables = ain.tables
    for on in ("2012-06-30", "2018-01-01", "2024-06-30", "2024-12-31"):
        found = sdsf.offer_at(tables, on, stages=["open", "closed"])
        assert found["service"].is_unique
    assert sdsf.indicator("offer_at", tables, on="2024-12-31", stages="open,closed").equals(found)
