"""Accounts that balance: every line read is in the tables or refused with its reason, every sum is found."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.build.accounts import Fates, accounts
from sdsf_analysis.build.assemble import assemble_tables
from sdsf_analysis.build.intake import Reader
from sdsf_analysis.build.pseudonyms import Pseudonyms
from sdsf_analysis.paths import Settings
from sdsf_analysis.publish.accounts import accounts_report
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.territories.names import CommuneIndex

CRECHES = "Nom;Gestionnaire;Adresse;CP;Ville;Places;Ouverture;Fermeture\n"
FAMILIES = "MSA – situation au 31/12/2023\n\nCommune;Familles;Enfants 0-2\n{}Total;{};{}\n"
INDEX = CommuneIndex("90", 2026)
SETTINGS = Settings.model_validate(
    {
        "workspace": {
            "departement": "90",
            "schema": "s",
            "geography_year": 2026,
            "reference_date": "2024-12-31",
        }
    }
)


def account(result, source):
    (entry,) = [entry for entry in result.manifest["accounts"] if entry["source"] == source]
    return entry


def is_balanced(entry):
    return entry["lines"] == entry["given"] + sum(entry["refused"].values()) + sum(entry["left_out"].values())


def gaps(entry):
    return [c["sheet_sum"] - c["table_sum"] - c["refused_sum"] for c in entry["columns"]]


class TestDemo:
    def test_every_line_and_every_sum_is_accounted_for(self, ain_result):
        entries = ain_result.manifest["accounts"]
        assert len(entries) > 20
        assert all(is_balanced(entry) for entry in entries)
        assert [gap for entry in entries for gap in gaps(entry) if abs(gap) > 0.01] == []
        assert {entry["source"] for entry in entries} == {e["source"] for e in ain_result.manifest["inputs"]}

    def test_refused_lines_are_those_that_the_register_names(self, ain_result):
        refused = {(e["source"], code) for e in ain_result.manifest["accounts"] for code in e["refused"]}
        assert refused == {
            ("Allocataires par commune 2022-2024.xlsx", "commune_conflict"),
            ("MSA familles communes.xlsx", "commune_unknown"),
            ("Secteurs.xlsx", "commune_outside"),
            ("Parentalité 2024.ods", "commune_unknown"),
            ("Aide à domicile.xlsx", "epci_unknown"),
            ("Liste PMI des établissements d'accueil.xlsx", "structure_near"),
            ("IDA 2023.xlsx", "service_unknown"),
            ("Micro-crèches Paje (données fictives).csv", "commune_conflict"),
            ("Financements 2022-2024.xlsx", "service_other_number"),
            ("txcouv_pe_dep (données fictives).csv", "territory_unnamed"),
            ("txcouv_pe_epci (données fictives).csv", "territory_unnamed"),
        }
        assert {(p.source, p.code) for p in ain_result.problems} >= refused

    def test_the_manifest_keeps_it(self, ain, ain_result):
        assert ain.manifest["accounts"] == json.loads(json.dumps(ain_result.manifest["accounts"]))

    def test_the_only_wrong_total_is_the_planted_one(self, ain_result):
        wrong = [(e["source"], e["sheet"]) for e in ain_result.manifest["accounts"] if e["totals_wrong"]]
        assert wrong == [("PMI assistants maternels.xlsx", "2024")]

    def test_the_build_prints_one_small_table(self, ain_result):
        lines = accounts_report(ain_result.manifest["accounts"]).splitlines()
        assert len({len(line) for line in lines[: lines.index("")]} - {len(lines[0])}) <= 1
        assert lines[0].split("  ")[0] == "Fichier"
        assert any(line.startswith("Ensemble") for line in lines)
        assert "Secteurs.xlsx : 1 ligne refusée (commune hors du département : 1)." in lines


def test_reasons_of_a_file_where_much_is_wrong(small):
    lines = [
        "Les Ours;A;;90000;BELFORT;10;01/01/2020;",
        "Les Loups;A;;90000;BELFORT;11;01/01/2020;31/12/2019",
        "Les Lynx;A;;90000;NULLE PART;12;01/01/2020;",
        "Les Oies;A;;90000;BELFORT;13;01/01/2020;",
        "Les Oies;B;;90000;BELFORT;14;01/01/2020;",
        "Les Rats;A;;90000;BELFORT;-5;01/01/2020;",
    ]
    entry = account(small({"a.csv": CRECHES + "\n".join(lines) + "\n"}).build(), "a.csv")
    assert entry["refused"] == {"commune_unknown": 1, "dates_reversed": 1, "row_repeated": 2}
    assert (entry["lines"], entry["given"]) == (6, 2)
    (places,) = entry["columns"]
    assert (places["sheet_sum"], places["table_sum"], places["refused_sum"]) == (60, 10, 50)


def test_a_line_that_a_decision_leaves_out_and_a_file_set_aside_have_their_reason(small):
    good = "Les Ours;A;;90000;BELFORT;10;01/01/2020;\nLes Lynx;A;;90000;BELFOR;12;01/01/2020;\n"
    ruling = "source;sheet;cell;code;found;decision;value;reason\na.csv;;{cell};{code};{found};écarter;;vu\n"
    workspace = small({"a.csv": CRECHES + good})
    (problem,) = [p for p in workspace.build().problems if "BELFOR" in p.found]
    text = ruling.format(cell=problem.cell, code=problem.code, found=problem.found)
    entry = account(small({"a.csv": CRECHES + good, "decisions.csv": text}).build(), "a.csv")
    assert (entry["given"], entry["refused"]) == (1, {"decision_applied": 1})
    result = small({"a.csv": CRECHES + good, "b.csv": CRECHES + good}).build()
    assert account(result, "b.csv")["left_out"] == {"source_set_aside": 1}
    assert is_balanced(account(result, "b.csv"))


def test_a_total_that_counts_a_refused_line_is_right_on_the_sheet_and_explained(small):
    lines = "Belfort;100;10\nNulle-Part;7;3\n"
    entry = account(small({"MSA.csv": FAMILIES.format(lines, 107, 13)}).build(), "MSA.csv")
    assert (entry["totals"], entry["totals_wrong"]) == (2, 0)
    assert [(c["table_sum"], c["refused_sum"]) for c in entry["columns"]] == [(100, 7), (10, 3)]


def test_a_negative_number_is_asked_about_and_the_rest_of_the_line_stands(small):
    officers = "CTG;Nom;Prénom;ETP conventionnés;ETP réels\n12;Martin;Ida;0,5;-0,5\n12;Petit;Léo;1;1\n"
    result = small({"Postes.csv": officers}).build()
    assert [(p.cell, p.code) for p in result.problems if p.found == "-0,5"] == [("E2", "value_negative")]
    posts = result.frames["officers"]
    assert posts["fte_actual"].isna().tolist() == [True, False]
    assert posts["fte_agreed"].tolist() == [0.5, 1.0]


def read(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(text, encoding="utf-8")
        return Reader(shipped_recipes(), INDEX, Pseudonyms(Path(folder), 1)).read(path, "a.csv")


GOOD = CRECHES + "Les Ours;A;;90000;BELFORT;10;01/01/2020;\nLes Lynx;A;;90000;BELFORT;12;01/01/2020;\n"


def test_a_row_that_vanishes_is_an_error():
    intake = read(GOOD)
    names = [row["_row"] for row in intake.rows["offer"]]
    assert accounts([intake], Fates(set(names)))[1] == []
    (problem,) = [p for p in accounts([intake], Fates(set(names[:1])))[1] if ":" in p.cell]
    assert (problem.code, str(problem.severity)) == ("rows_unaccounted", "error")


def test_a_value_that_changes_on_the_way_is_an_error():
    intake = read(GOOD)
    intake.rows["offer"][0]["capacity"] += 1
    entries, problems = accounts([intake], Fates({row["_row"] for row in intake.rows["offer"]}))
    assert gaps(entries[0]) == [-1]
    assert [problem.cell for problem in problems] == ["F1"]


DIRT = ["", "x", "-4", "12,5", "nd", "<5", "31/02/2024", "01/01/2019", "BELFORT", "Paris", "1 200", "#N/A"]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 7), st.sampled_from(DIRT)), max_size=14))
def test_in_is_out_and_refused_whatever_the_cells_hold(dirt):
    rows = [f"Crèche {n};A;rue;90000;BELFORT;{n + 9};01/01/20{n:02d};".split(";") for n in range(1, 13)]
    for row, column, text in dirt:
        rows[row - 1][column] = text
    intake = read(CRECHES + "\n".join(";".join(row) for row in [*rows, rows[0]]) + "\n")
    _, _, fates = assemble_tables([intake], SETTINGS, INDEX)
    entries, problems = accounts([intake], fates)
    assert problems == []
    assert all(is_balanced(entry) for entry in entries)
    assert sum(entry["lines"] for entry in entries) in (0, 13)
