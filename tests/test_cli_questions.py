"""The commands that ask the tables: ``indicator``, ``indicators``, ``sql``."""

import csv
import io
import json
from math import isnan

import pandas as pd
import pytest

from sdsf_analysis.indicators.ctg import ctg_coverage
from sdsf_analysis.indicators.registry import INDICATORS, Indicator, Measure


class TestIndicator:
    def test_as_json_it_is_the_frame_of_python(self, ask, ain):
        status, out, err = ask(
            "indicator", "ctg_coverage", "--by", "epci", "--on", "2023-12-31", "--format", "json"
        )
        frame = ctg_coverage(ain.tables, "2023-12-31", by="epci")
        rows = json.loads(out)
        assert (status, err) == (0, "")
        assert [list(row) for row in rows] == [list(frame.columns)] * len(frame)
        assert [row["value"] for row in rows] == [None if isnan(value) else value for value in frame["value"]]

    def test_the_date_of_the_settings_and_the_names_in_a_table(self, ask):
        status, table, _ = ask("indicator", "ctg_coverage")
        assert status == 0
        assert "CC Bugey Sud" in table
        _, out, _ = ask("indicator", "ctg_coverage", "--format", "csv")
        given = list(csv.DictReader(io.StringIO(out)))
        assert "name" not in given[0]
        assert given == list(
            csv.DictReader(
                io.StringIO(ask("indicator", "ctg_coverage", "--on", "2024-12-31", "--format", "csv")[1])
            )
        )

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["ctg_coverag"], "Le plus proche : ctg_coverage."),
            (["ctg_coverage", "--by", "epic"], "Le plus proche : epci. Choisir parmi : commune,"),
            (["ctg_coverage", "--on", "31/12/2024"], "année-mois-jour"),
            (["ctg_coverage", "--year", "2023"], "L'option « year » de ctg_coverage n'existe pas."),
            (["ctg_counters", "--by", "epci"], "Choisir parmi : on, basis,"),
            (["ctg_coverage", "epci"], "« epci » n'est pas compris"),
            (["ctg_coverage", "--year"], "« --year » n'est pas compris"),
            ([], "Il manque NOM."),
        ],
    )
    def test_a_question_without_meaning_is_one_sentence(self, ask, arguments, words):
        status, out, err = ask("indicator", *arguments)
        assert (status, out) == (2, "")
        assert words in err
        assert len(err.splitlines()) == 1

    def test_options_of_its_own_and_a_remark_beside_the_answer(self, ask, monkeypatch):
        def probe(tables, *, service_year: int, kind: str = "rpe"):
            frame = pd.DataFrame({"year": [service_year], "kind": [kind]})
            frame.attrs["remark"] = "Chiffres provisoires."
            return frame

        entry = Indicator("probe", "Essai", (Measure("m", "m", "u"),), (), "personne", "public", probe)
        monkeypatch.setitem(INDICATORS, "probe", entry)
        status, out, err = ask(
            "indicator", "probe", "--service-year", "2023", "--kind=laep", "--format", "json"
        )
        assert (status, json.loads(out), err) == (
            0,
            [{"year": 2023, "kind": "laep"}],
            "Chiffres provisoires.\n",
        )


def test_the_list_of_indicators_needs_no_workspace(sdsf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = sdsf("indicators", "--format", "json")
    assert (status, err) == (0, "")
    rows = json.loads(out)
    assert [row["name"] for row in rows] == list(INDICATORS)
    assert set(rows[0]) == {"name", "label", "levels", "source", "diffusion"}


class TestSql:
    def test_an_answer_in_three_forms(self, ask, ain):
        question = "select territory, name from territories where level = 'epci' order by territory"
        status, out, err = ask("sql", question, "--format", "json")
        rows = json.loads(out)
        assert (status, err) == (0, "")
        expected = ain.tables.territories.query("level == 'epci'")["territory"].sort_values().tolist()
        assert [row["territory"] for row in rows] == expected
        assert list(csv.DictReader(io.StringIO(ask("sql", question, "--format", "csv")[1]))) == rows
        assert [line.split()[0] for line in ask("sql", question)[1].splitlines()[1:]] == expected

    def test_dates_are_iso_and_none_is_null(self, ask):
        out = ask("sql", "select date '2024-12-31' as d, null as n, 1 / 0 as q", "--format", "json")[1]
        assert json.loads(out) == [{"d": "2024-12-31", "n": None, "q": None}]

    def test_a_refusal_goes_beside_with_status_2(self, ask):
        status, out, err = ask("sql", "select * from ofer")
        assert (status, out) == (2, "")
        assert "Le nom le plus proche : offer." in err
        assert ask("sql", "drop view offer")[0] == 2

    def test_without_a_build_it_asks_for_it(self, sdsf, small):
        root = small({}).folders.root
        for command in (["sql", "from offer"], ["indicator", "ctg_counters"]):
            status, out, err = sdsf("--workspace", root, *command)
            assert (status, out) == (2, "")
            assert "lancer « sdsf build »" in err
