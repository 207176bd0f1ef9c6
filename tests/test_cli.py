"""The commands as a user runs them: what goes to stdout, what goes to stderr, the exit status."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sdsf_analysis import cli
from sdsf_analysis.recipes.recipe import load_recipe

ROOT = Path(__file__).parents[1]
ENGLISH = re.compile(r"\b(Usage:|Options:|Commands|Error|Missing|Invalid|Show|requires|default|TEXT|PATH)\b")
SECTORS = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n"


def in_a_process(
    *arguments, code="import sys; from sdsf_analysis.cli import main; main(sys.argv[1:])", **more
):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("environment", {})}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, check=False, **more)


@pytest.mark.parametrize("command", [[], ["--help"], *([name, "--help"] for name in cli.sdsf.commands)])
def test_help_is_in_french(sdsf, command):
    status, out, err = sdsf(*command)
    assert (status, err) == (0, "")
    assert "Usage : sdsf" in out
    assert not ENGLISH.search(out)
    assert max(map(len, out.splitlines())) <= 110


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["buid"], "La commande « buid » n'existe pas. Le nom le plus proche : build."),
        (["coverage", "--formt", "json"], "L'option --formt n'existe pas."),
        (["coverage", "--on"], "L'option --on attend une valeur."),
        (["coverage", "--help=1"], "L'option --help n'attend pas de valeur."),
        (["coverage", "--format", "xml"], "Choisir parmi : table, csv, json."),
        (["build", "maintenant"], "De trop : maintenant."),
        (["demo", "01"], "Il manque DOSSIER. Usage : sdsf demo [OPTIONS] DÉPARTEMENT DOSSIER."),
        (["--workspace", "/n/existe/pas", "build"], "n'existe pas : vérifier le chemin"),
        (["demo", "99", "d"], "Le département « 99 » n'existe pas"),
    ],
)
def test_a_misuse_is_one_french_sentence_and_status_2(sdsf, arguments, words):
    status, out, err = sdsf(*arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert not ENGLISH.search(err)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--on", "31/12/2024"], ["--by", "comune"]])
def test_a_question_that_has_no_meaning_is_refused(ask, arguments):
    status, out, err = ask("coverage", *arguments)
    assert (status, out) == (2, "")
    assert arguments[1] in err


def test_json_is_an_array_of_objects_with_null_and_iso_dates(ask, ain):
    from sdsf_analysis.indicators.ctg import ctg_counters

    status, out, err = ask("coverage", "--format", "json")
    frame = ctg_counters(ain.tables, "2024-12-31")
    rows = json.loads(out)
    assert (status, err) == (0, "")
    assert [list(row) for row in rows] == [list(frame.columns)] * len(frame)
    assert {row["date"] for row in rows} == {"2024-12-31"}
    assert rows[0]["denominator"] is None
    assert [row["value"] for row in rows] == frame["value"].tolist()


def test_csv_and_table_say_the_same(ask):
    _, out, _ = ask("coverage", "--by", "epci", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len({row["territory"] for row in rows}) == 17
    _, table, _ = ask("coverage", "--by", "epci")
    lines = table.splitlines()
    assert len(lines) == len(rows) + 1
    assert [line.split()[0] for line in lines[1:]] == [row["territory"] for row in rows]


def test_problems_as_json_are_the_register(ask, ain):
    status, out, _ = ask("problems", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert len(rows) == len(ain.tables.problems)
    assert list(rows[0]) == list(ain.tables.problems.columns)


def test_a_build_without_error_leaves_with_0_and_says_progress_on_stderr(sdsf, small):
    workspace = small({"Secteurs.csv": SECTORS})
    status, out, err = sdsf("--workspace", workspace.folders.root, "build")
    assert (status, err) == (0, "Lecture de data/raw…\n")
    assert out.startswith("1 fichier lu, ")
    assert out.endswith("Aucun problème dans les fichiers.\n")


def test_a_file_left_out_leaves_with_1(sdsf, small):
    workspace = small({"Secteurs.csv": SECTORS, "vide.csv": ""})
    status, out, _ = sdsf("--workspace", workspace.folders.root, "build")
    assert status == 1
    assert "vide.csv" in out
    assert "Problèmes : 1 élément refusé." in out


def test_no_file_at_all_says_where_to_put_them(sdsf, small):
    workspace = small({})
    status, out, _ = sdsf("--workspace", workspace.folders.root, "build")
    assert status == 0
    assert f"Aucun fichier dans {workspace.folders.raw}" in out


@pytest.mark.parametrize("command", ["report", "problems", "coverage"])
def test_what_needs_a_build_asks_for_it(sdsf, small, command):
    status, out, err = sdsf("--workspace", small({}).folders.root, command)
    assert (status, out) == (2, "")
    assert "lancer « sdsf build »" in err


def test_report_makes_what_is_asked_for_whom_it_is_asked(sdsf, small):
    workspace = small({})
    workspace.build()
    root = workspace.folders.root
    status, out, err = sdsf("--workspace", root, "report", "--only", "classeur", "--for", "public")
    assert (status, err) == (0, "Publication…\n")
    assert out == f"Publié dans {workspace.folders.reports} :\n  sdsf.xlsx\n"
    assert [path.name for path in workspace.folders.reports.iterdir()] == ["sdsf.xlsx"]


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--for", "tous", "Choisir parmi : public, partenaires, interne"),
        ("--only", "diapos", "Choisir parmi : figures, classeur, fiches, notebooks"),
    ],
)
def test_report_refuses_what_it_does_not_know(sdsf, small, option, value, words):
    status, out, err = sdsf("--workspace", small({}).folders.root, "report", option, value)
    assert (status, out) == (2, "")
    assert words in err


def test_new_then_demo_say_what_to_run_next(sdsf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = sdsf("new", "2a", "à la Corse")
    assert (status, err) == (0, "")
    assert f'sdsf --workspace "{tmp_path / "à la Corse"}" run' in out
    status, out, _ = sdsf("demo", "90", "démo", "--faults", "all")
    assert status == 0
    assert "données fictives" in out
    status, out, _ = sdsf("--workspace", "démo", "build")
    assert status == 1
    assert "tranche d'âge transformée en date par Excel (1)" in out
    assert sdsf("demo", "90", "démo")[0] == 2


def test_a_console_of_another_encoding_loses_no_word(ain):
    done = in_a_process(
        "--workspace", ain.folders.root, "problems", environment={"PYTHONIOENCODING": "cp1252"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode("cp1252")
    assert "Décisions à prendre" in text
    assert "-> Corriger le mot" in text


def test_a_reader_that_leaves_early_gets_no_traceback(ain):
    code = (
        "import subprocess, sys\n"
        "command = [sys.executable, '-m', 'sdsf_analysis.cli', '--workspace', sys.argv[1], 'problems',"
        " '--format', 'json']\n"
        "one = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "one.stdout.close()\n"
        "sys.stdout.buffer.write(one.stderr.read())\n"
    )
    assert in_a_process(ain.folders.root, code=code).stdout == b""


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import sdsf_analysis, sys", {"pandas", "importlib.metadata", "numpy", "click"}),
        (
            "import sys, contextlib\nfrom sdsf_analysis.cli import main\n"
            "with contextlib.suppress(SystemExit):\n    main(['--help'])",
            {"pandas", "matplotlib", "duckdb", "pydantic", "geopandas", "numpy"},
        ),
    ],
)
def test_starting_is_light(code, absent):
    done = in_a_process(code=f"{code}\nimport json\nprint()\nprint(json.dumps(sorted(sys.modules)))")
    assert not absent & set(json.loads(done.stdout.splitlines()[-1]))


def test_the_workspace_may_be_named_after_the_command(ain, sdsf):
    for place in (["--workspace", ain.folders.root], [f"--workspace={ain.folders.root}"]):
        status, answer, _ = sdsf("coverage", *place, "--by", "epci")
        assert status == 0
        assert "CC Bugey Sud" in answer


class TestOneFile:
    @pytest.fixture
    def places(self, tmp_path):
        path = tmp_path / "Places été.csv"
        path.write_text("Commune;Places\nGex;20\nThoiry;3\nTotal;23\n", encoding="utf-8")
        return path

    def test_read_as_text(self, sdsf, places):
        status, out, err = sdsf("read", places)
        assert (status, err) == (0, "")
        assert "Tableau A1:B4 : 2 lignes" in out

    def test_read_as_json(self, sdsf, places):
        status, out, err = sdsf("read", places, "--format", "json", "--cell", "B2", "--cell", "A1")
        found = json.loads(out)
        assert (status, err, found["file"]) == (0, "", "Places été.csv")
        (table,) = found["sheets"][0]["tables"]
        assert table["cells"] == {
            "B2": {"raw": "20", "kind": "number", "value": 20.0},
            "A1": {"raw": "Commune", "kind": "text", "value": "Commune"},
        }

    def test_a_refused_cell_leaves_with_one(self, sdsf, tmp_path):
        lines = "".join(f"Commune {n};{n}\n" for n in range(30))
        (tmp_path / "a.csv").write_text(f"Commune;Places\n{lines}Gex;12;3\n", encoding="utf-8")
        assert sdsf("read", tmp_path / "a.csv")[0] == 1

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_an_unreadable_file_leaves_with_two(self, sdsf, tmp_path, form):
        (tmp_path / "note.pdf").write_bytes(b"%PDF-1.7 ...")
        status, out, err = sdsf("read", tmp_path / "note.pdf", "--format", form)
        assert status == 2
        if form == "text":
            assert (out, err.count("\n")) == ("", 1)
        else:
            found = json.loads(out)
            assert (found["sheets"], [p["code"] for p in found["problems"]]) == ([], ["file_not_a_table"])

    @pytest.mark.parametrize(
        ("name", "words"), [("absent.xlsx", "n'existe pas"), (".", "est un dossier"), ("a", "n'existe pas")]
    )
    def test_what_is_no_file(self, sdsf, tmp_path, name, words):
        status, out, err = sdsf("read", tmp_path / name)
        assert (status, out) == (2, "")
        assert words in err

    def test_an_address_that_is_none(self, sdsf, places):
        status, out, err = sdsf("read", places, "--cell", "12")
        assert (status, out) == (2, "")
        assert "« 12 » n'est pas une adresse" in err

    def test_propose_gives_a_recipe_that_loads(self, sdsf, places):
        status, out, err = sdsf("propose", places)
        assert (status, err) == (0, "")
        assert load_recipe(out, "places.toml").name


class TestTrace:
    def test_from_a_value_to_its_cell(self, ask, ain):
        service = ain.tables.offer["service"].iloc[0]
        status, out, err = ask("trace", "offer", f"service={service}", "--column", "name", "--format", "json")
        assert (status, err) == (0, "")
        found = json.loads(out)
        assert found and all(row["source"] and row["cell"] for row in found)

    def test_from_an_indicator(self, ask):
        status, out, _ = ask("trace", "ctg_coverage", "territory=200040350", "--format", "csv")
        assert status == 0
        assert len(out.splitlines()) > 1

    @pytest.mark.parametrize("question", [["offre"], ["offer", "service=rien"], ["offer", "mot=rien"]])
    def test_a_question_without_answer(self, ask, question):
        status, out, err = ask("trace", *question)
        assert (status, out) == (2, "")
        assert err.endswith(".\n")
