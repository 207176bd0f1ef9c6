"""What a query may ask, what it never reaches, what it is answered."""

import os
from datetime import date

import pandas as pd
import pytest

from sdsf_analysis import query
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators import registry
from sdsf_analysis.indicators.ctg import ctg_coverage
from sdsf_analysis.indicators.example import example_options, example_tables
from sdsf_analysis.indicators.registry import INDICATORS
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables, table, tables

DAY = "2024-06-30"


@pytest.fixture
def ask():
    return lambda text, **more: query.sql(example_tables(), text, DAY, **more)


@pytest.fixture
def refusal(ask):
    def refused(text, **more):
        with pytest.raises(QuestionError) as caught:
            ask(text, **more)
        return str(caught.value)

    return refused


class TestTables:
    @pytest.mark.parametrize("name", tables())
    def test_every_table_is_a_view_with_its_columns_even_empty(self, name):
        nothing = Tables(lambda one: table(one).empty())
        found = query.sql(nothing, f'from "{name}"', DAY)
        assert list(found.columns) == list(table(name).names)
        assert found.empty
        assert {k: str(v) for k, v in found.dtypes.items() if str(v) != "Int64"} == {
            k: str(v) for k, v in table(name).empty().dtypes.items() if str(v) != "Int64"
        }

    def test_a_table_comes_back_as_it_is(self, ask):
        for name in ("ctg", "families", "officers", "membership"):
            pd.testing.assert_frame_equal(
                ask(f"from {name}"), getattr(example_tables(), name), check_dtype=False
            )

    def test_codes_are_texts_dates_are_dates_and_missing_is_null(self, ask):
        found = ask(
            "select ctg, replaces, signed_on, date_diff('day', starts_on, ends_on) as days "
            "from ctg where ctg in ('A', 'D')"
        )
        assert found["ctg"].tolist() == ["A", "D"]
        assert found["replaces"].isna().all()
        assert found["signed_on"].dtype == "datetime64[us]"
        assert found["signed_on"].tolist()[0] == pd.Timestamp("2021-03-01")
        assert found["days"].tolist() == [1825, pd.NA]
        assert len(ask("from ctg where ends_on < '2024-01-01'")) == 1

    def test_a_leading_zero_stays(self, ask):
        assert ask("select distinct commune from membership order by 1")["commune"].iloc[0] == "01001"

    def test_only_the_tables_that_are_named_are_read(self):
        read = []
        base = example_tables()
        watched = Tables(lambda name: read.append(name) or getattr(base, name))
        query.sql(watched, 'select 1 from CTG join "officers" using (ctg)', DAY)
        assert read == ["ctg", "officers"]
        assert set(query.sql(watched, "show tables", DAY)["name"]) == {*tables(), "lists"}

    def test_a_withheld_count_stays_null_in_a_sum(self, ask):
        found = ask(
            "select commune, value, status, low, high from families "
            "where commune = '01005' and measure = 'children_0_2'"
        )
        assert found.iloc[0].tolist()[2:] == ["secret", 1.0, 4.0]
        assert found["value"].isna().all()

    def test_labels_of_the_codes(self, ask):
        found = ask("select label from ctg join lists on list = 'ctg_stage' and code = stage where ctg = 'D'")
        assert found["label"].tolist() == [choices("ctg_stage")["project"]]


class TestTypes:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("sum(n) from (values (1), (null), (2)) as t(n)", 3),
            ("count(*) from ctg", 5),
            ("1 / 0", pd.NA),
            ("1.0 / 0", pd.NA),
            ("1.5::decimal(4, 2)", 1.5),
            ("true", True),
            ("list(ctg order by ctg) from ctg", "A, B1, B2, C, D"),
            ("{'a': 1}", "{'a': 1}"),
            ("timestamp '2024-01-01 10:30'", "2024-01-01 10:30:00"),
            ("time '10:30'", "10:30:00"),
            ("null", pd.NA),
        ],
    )
    def test_a_value(self, ask, expression, expected):
        (value,) = ask(f"select {expression}").iloc[0].tolist()
        assert (pd.isna(value) and expected is pd.NA) or value == expected

    def test_numbers_that_are_null_in_one_piece_only_keep_one_type(self, ask):
        found = ask("select case when i = 90000 then null else i end as n from range(100000) as t(i)")
        assert found["n"].dtype == "Int64"
        assert found["n"].isna().sum() == 1
        assert found["n"].iloc[-1] == 99999

    def test_two_columns_of_one_name_are_both_there(self, ask):
        assert ask("select a.ctg, b.ctg from ctg a join ctg b using (ctg)").shape == (5, 2)


class TestReach:
    """No file, no network, no setting, no Python variable."""

    @pytest.mark.parametrize(
        "text",
        [
            "select * from read_csv('{path}')",
            "select * from '{path}'",
            "select * from read_text('{path}')",
            "select * from read_blob('{path}')",
            "select * from read_json('{path}')",
            "select * from read_parquet('{path}')",
            "select * from sniff_csv('{path}')",
            "select * from parquet_metadata('{path}')",
            "select * from glob('{folder}/*')",
            "select * from 'http://127.0.0.1:9/a.parquet'",
            "select * from read_csv('http://127.0.0.1:9/a.csv')",
            "select * from query('from read_text(''{path}'')')",
            "select * from sqlite_scan('{path}', 'a')",
            "select * from duckdb_secrets()",
            "with t as (from read_csv('{path}')) select * from t",
            "pivot (select * from read_csv('{path}')) on a using count(*)",
        ],
    )
    def test_what_lies_outside_is_refused(self, refusal, tmp_path, text):
        secret = tmp_path / "secret.csv"
        secret.write_text("a\nconfidentiel\n", encoding="utf-8")
        said = refusal(text.format(path=secret.as_posix(), folder=tmp_path.as_posix()))
        assert said.startswith("DuckDB répond : ")
        assert "confidentiel" not in said
        assert "Tables et colonnes :" in said

    @pytest.mark.parametrize(
        "text",
        [
            "copy ctg to '{path}'",
            "copy (select 1) to '{path}' (format parquet)",
            "export database '{path}'",
            "attach '{path}' as other",
            "install httpfs",
            "load httpfs",
            "set enable_external_access = true",
            "reset enable_external_access",
            "pragma database_list",
            "call pragma_version()",
            "create table t as select 1",
            "create table t as pivot ctg on stage using count(*)",
            "create macro f() as 1",
            "insert into ctg values ('x')",
            "delete from ctg",
            "update ctg set name = 'x'",
            "drop view ctg",
            "explain analyze select 1",
            "begin",
            "checkpoint",
            "prepare p as select 1",
            "import database '{path}'",
            "use memory",
        ],
    )
    def test_what_is_no_question_is_refused_in_one_sentence(self, refusal, tmp_path, text):
        path = tmp_path / "sortie.parquet"
        said = refusal(text.format(path=path.as_posix()))
        assert said.startswith("Une requête pose une question et ne change rien : ")
        assert text.split()[0].upper() in said
        assert not path.exists()

    def test_one_question_at_a_time(self, refusal, ask):
        assert "2 instructions" in refusal("select 1; drop view ctg")
        assert "La requête est vide" in refusal("  -- rien\n")
        assert len(ask("select 1;")) == 1

    def test_the_environment_and_the_variables_of_python_are_out_of_reach(self, refusal, monkeypatch):
        monkeypatch.setenv("SDSF_SECRET", "confidentiel")
        secret = pd.DataFrame({"a": ["confidentiel"]})
        assert "confidentiel" not in refusal("select getenv('SDSF_SECRET')")
        assert "confidentiel" not in refusal("from secret")
        assert len(secret)
        assert os.environ["SDSF_SECRET"]

    def test_a_query_that_would_run_for_ever_is_stopped(self, refusal):
        endless = "with recursive t(n) as (select 1 union all select 1 from t) select count(*) from t"
        assert "La requête a été arrêtée" in refusal(endless, timeout_s=0.3)

    def test_an_answer_too_long_to_be_read_is_refused(self, refusal, monkeypatch):
        monkeypatch.setattr(query, "MAX_ROWS", 50_000)
        assert "La réponse dépasse 50" in refusal("from range(1000000000)")

    def test_memory_is_bounded(self, refusal, monkeypatch):
        monkeypatch.setitem(query._LIMITS, "memory_limit", "50MB")
        assert "Out of Memory" in refusal("select list(i) from range(100000000) as t(i)")


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "near", "first"),
        [
            ("from offre", "offer", "offer : service"),
            ("select comune from families", "commune", "families : commune"),
            ("select f.valeu from families f", "value", "families : commune"),
            ("from ctg_coverge", "ctg_coverage", "territories : level"),
        ],
    )
    def test_the_message_the_nearest_name_the_columns(self, refusal, text, near, first):
        lines = refusal(text).splitlines()
        assert lines[0].startswith("DuckDB répond : ")
        assert f"Le nom le plus proche : {near}." in lines
        start = lines.index("Tables et colonnes :")
        assert lines[start + 1].strip().startswith(first)
        told = {line.split()[0].partition("(")[0] for line in lines[start + 1 :] if line.startswith("  ")}
        assert told == {*tables(), *INDICATORS}

    def test_what_it_is_not_understood_is_quoted(self, refusal):
        assert "LINE 1: selct 1" in refusal("selct 1")


class TestIndicators:
    @pytest.mark.parametrize("name", INDICATORS)
    def test_every_indicator_is_a_view_and_a_function(self, ask, name):
        view, call = ask(f"from {name}"), ask(f"from {name}()")
        entry = INDICATORS[name]
        expected = entry.function(example_tables(), **example_options(entry))
        assert list(call.columns)[-len(expected.columns) :] == list(expected.columns)
        assert list(view.columns) == list(call.columns)
        assert len(call) == len(expected)

    def test_a_call_answers_as_python_does(self, ask):
        found = ask("from ctg_coverage('2024-03-01', 'epci')")
        expected = ctg_coverage(example_tables(), "2024-03-01", by="epci")
        assert found.pop("level").unique().tolist() == ["epci"]
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)

    def test_the_view_has_every_level_at_the_date_of_reference(self, ask):
        found = ask("from ctg_coverage")
        assert found["level"].unique().tolist() == ["commune", "ctg", "epci"]
        expected = ctg_coverage(example_tables(), DAY, by="epci")
        epci = found[found["level"] == "epci"].drop(columns="level").reset_index(drop=True)
        pd.testing.assert_frame_equal(epci, expected, check_dtype=False)

    def test_a_date_of_sql_a_named_option_and_a_column_of_dates(self, ask):
        by_name = ask("from ctg_coverage(by := 'epci', \"on\" := date '2024-03-01')")
        pd.testing.assert_frame_equal(by_name, ask("from ctg_coverage('2024-03-01', 'epci')"))
        curve = ask(
            "select day, c.value from (values (date '2023-06-30'), (date '2024-03-01')) as days(day), "
            "ctg_counters(day) as c where measure = 'ctg_in_force' order by day"
        )
        assert curve["value"].tolist() == [3.0, 2.0]
        assert ask("select distinct date from ctg_counters")["date"].tolist() == [pd.Timestamp(DAY)]

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            ("ctg_coverage('31/12/2024')", "« 31/12/2024 » n'est pas une date"),
            ("ctg_coverage('2024-12-31', 'epcii')", "Le plus proche : epci"),
            ("ctg_coverage('2024-12-31', 'epci', 3)", "Années disponibles : 2023"),
            ("ctg_counters('2024-12-31', 'effective', 2023, 'perimeter', 5)", "ctg_counters(on, basis"),
        ],
    )
    def test_a_faulty_option_is_said_as_in_python(self, refusal, call, words):
        assert words in refusal(f"from {call}")

    def test_an_indicator_is_computed_once_for_one_question(self, ask, monkeypatch):
        asked = []

        def counted(tables, on, by="epci"):
            asked.append((on, by))
            return ctg_coverage(tables, on, by=by)

        entry = registry.Indicator(**{**vars(INDICATORS["ctg_coverage"]), "function": counted})
        monkeypatch.setitem(INDICATORS, "ctg_coverage", entry)
        ask("select * from ctg_coverage() a, ctg_coverage() b, range(3)")
        assert (date(2024, 6, 30), "epci") in asked
        assert len(asked) == len(set(asked))

    def test_the_date_of_reference_is_a_function(self, ask):
        assert ask("select reference_date() as day")["day"].tolist() == [pd.Timestamp(DAY)]
        before = ask("from ctg_counters(reference_date() - interval 1 year)")
        pd.testing.assert_frame_equal(before, ask("from ctg_counters('2023-06-30')"))


def test_a_history_is_asked_with_its_dates_or_goes_back_five_years(ask):
    query = "select date, value from ctg_history{} where measure = 'population'"
    assert ask(query.format("('2023-12-31', '2024-12-31')"))["value"].round(1).tolist() == [93.3, 93.3]
    assert ask(query.format(""))["date"].dt.year.tolist() == [2019, 2020, 2021, 2022, 2023, 2024]
