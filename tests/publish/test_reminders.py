"""Whom to chase, and what the message says."""

import json
from datetime import date

import pandas as pd
import pytest

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.publish.reminders import Letterhead, reminders
from sdsf_analysis.publish.returns.remarks import advice_of

HEAD = Letterhead("Plan", date(2024, 12, 31))


def test_the_demo_has_late_received_twice_and_never_received(ain):
    found = ain.requests().set_index("request")
    assert found["state"].value_counts().to_dict() == {
        "received": 8, "received_late": 2, "late": 1, "awaited": 1, "undated": 1
    }  # fmt: skip
    assert found.loc["D-11", "versions"] == 2
    assert found.loc["D-05", "source"] == "ALSH.xlsx"


def test_the_message_names_what_is_late_and_cites_the_cells(ain):
    text = ain.reminders()["Caf de l'Ain"]
    assert "« Activité des EAJE » (prévisionnel 2025) : demandé le 2 décembre 2024, attendu le 20" in text
    assert "feuille « CTG », cellules F10, F11, I14 : date écrite comme du texte." in text
    assert "données fictives" in text.splitlines()[0]
    assert "agréments 2025" not in text


def test_no_value_of_a_cell_is_in_a_message(ain):
    """Names, codes and counts stay in the files: the message says where they are."""
    problems = [p for p in ain.problems() if len(p.found) > 2]
    texts = "\n".join(ain.reminders().values())
    advice = "\n".join(advice_of(p.code) for p in ain.problems())
    assert len(problems) > 20
    assert [p.found for p in problems if p.found in texts and p.found not in advice] == []


def test_at_an_earlier_date_more_is_late(ain):
    at = {
        on: set(ain.requests(on).query("state == 'late'")["request"]) for on in ("2024-12-01", "2025-02-01")
    }
    assert at == {"2024-12-01": {"D-02", "D-09"}, "2025-02-01": {"D-04", "D-08"}}


ONE = """\
Objet : Plan – fichier attendu|le fichier suivant, qui ne nous est pas parvenu au 31 décembre 2024 :|\
nous l'avez adressé entre-temps|nous pourrons le recevoir"""
TWO = """\
Objet : Plan – fichiers attendus|les fichiers suivants, qui ne nous sont pas parvenus au 31 décembre 2024 :|\
nous les avez adressés entre-temps|nous pourrons les recevoir"""


@pytest.mark.parametrize(("count", "said"), [(1, ONE), (2, TWO)])
def test_one_file_or_several(count, said):
    row = {
        "partner": "Caf",
        "kind": "ctg",
        "version": None,
        "asked_on": None,
        "state": "late",
        "source": None,
    }
    row |= {"due_on": pd.Timestamp(2024, 12, 1)}
    text = reminders(pd.DataFrame([row] * count), [], HEAD)["Caf"]
    assert [part for part in said.split("|") if part not in text] == []


def test_many_cells_of_one_cause_are_counted():
    row = {"partner": "Caf", "kind": "ctg", "version": None, "state": "received", "source": "a.csv"}
    problems = [Problem("a.csv", "", f"B{n}", "commune_unknown", "…", f"nom {n}") for n in range(2, 22)]
    text = reminders(pd.DataFrame([row]), problems, HEAD)["Caf"]
    assert "– cellules B2, B3, B4, B5, B6, B7, B8, B9 et 12 autres : commune inconnue." in text
    assert "nom 2" not in text


def test_who_was_asked_nothing_is_not_written_to(ain):
    assert set(ain.reminders()) == {"Caf de l'Ain", "Conseil départemental de l'Ain", "MSA de l'Ain"}


class TestCommand:
    def test_by_partner_says_what_is_late_and_the_message(self, ask):
        status, out, _ = ask("problems", "--by", "partner")
        assert status == 0
        said = "3 demandes, 2 fichiers reçus, 0 en retard, 2 autres reçus sans avoir été demandés"
        assert f"Conseil départemental de l'Ain : {said}" in out
        assert "en retard : Activité des EAJE, prévisionnel 2025" in out
        assert "reçu sans avoir été demandé : « INSEE population par âge.xlsx »" in out
        assert "\nMadame, Monsieur,\n" in out

    def test_by_partner_in_json_counts_and_gives_the_message(self, ask, ain):
        rows = {
            row["partner"]: row
            for row in json.loads(ask("problems", "--by", "partner", "--format", "json")[1])
        }
        assert rows["Caf de l'Ain"]["late"] == 1
        assert rows["Caf de l'Ain"]["reminder"] == ain.reminders()["Caf de l'Ain"]
        assert rows["INSEE"]["reminder"] is None
        counted = sum(row[s] for row in rows.values() for s in ("question", "error", "warning", "journal"))
        assert counted == len([p for p in ain.problems() if p.source != "demandes.csv"])

    def test_by_source_and_by_code_count_every_problem(self, ask, ain):
        by = {
            name: json.loads(ask("problems", "--by", name, "--format", "json")[1])
            for name in ("source", "code")
        }
        severities = ("question", "error", "warning", "journal")
        assert sum(row[s] for row in by["source"] for s in severities) == len(ain.problems())
        assert sum(row["problems"] for row in by["code"]) == len(ain.problems())

    def test_another_grouping_is_refused_in_french(self, ask):
        status, _, err = ask("problems", "--by", "commune")
        assert status == 2
        assert "partner, source, code" in err

    def test_without_a_register_files_are_still_shared_by_sender(self, small, sdsf):
        workspace = small({"Secteurs.csv": "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n"})
        workspace.build()
        status, out, _ = sdsf("--workspace", workspace.folders.root, "problems", "--by", "partner")
        assert status == 0
        assert "Caf : aucune demande inscrite dans demandes.csv" in out
        assert "Personne à relancer." in out
