"""The analyst's rulings: read as Excel saves them, replayed at each build, reported where they do nothing."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sdsf_analysis.build.decisions import read_decisions
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.rulings import COLUMNS, Decision, ruling_line, template

HEADER = ";".join(COLUMNS)
SECTORS = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n{}"
LIST = "N° CTG;Nom de la CTG;Date de signature;Début;Fin;Statut;Jeunesse\n{}"
GOOD_CTG = "A;CTG A;01/06/2022;01/01/2022;31/12/2026;signée;x\n"


def decisions(*lines):
    return "\n".join([HEADER, *lines]) + "\n"


def codes(result):
    return [problem.code for problem in result.problems]


def sectors(result):
    rows = result.frames["membership"].query("level == 'caf_sector'")
    return dict(zip(rows["commune"], rows["territory"], strict=True))


UNKNOWN = SECTORS.format(";Belfor;Est\n").replace("90010;Belfort;Nord\n", "")
PLACE = "Secteurs.csv;;B3;commune_unknown;Belfor"


def test_a_commune_is_replaced_by_its_code_and_the_file_is_untouched(small):
    workspace = small({"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(f"{PLACE};remplacer;90010;lu;;")})
    result = workspace.build()
    assert sectors(result) == {"90008": "Sud", "90010": "Est"}
    (problem,) = result.problems
    assert (problem.code, str(problem.severity), problem.cell) == ("decision_applied", "journal", "B3")
    assert (problem.found, problem.repaired_to) == ("Belfor", "remplacer : 90010")
    assert "Belfor;" in (workspace.folders.raw / "Secteurs.csv").read_text(encoding="utf-8")


def test_the_ledger_says_what_is_written_and_that_it_was_ruled(small):
    workspace = small({"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(f"{PLACE};remplacer;90010;lu;;")})
    workspace.build()
    (line,) = workspace.trace("membership", level="caf_sector", commune="90010", column="commune").to_dict(
        "records"
    )
    assert (line["cell"], line["found"], line["origin"]) == ("B3", "Belfor", "décision")


def test_the_only_suggestion_is_accepted(small):
    files = {"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(f"{PLACE};accepter;;lu;;")}
    result = small(files).build()
    assert sectors(result)["90010"] == "Est"
    assert codes(result) == ["decision_applied"]


def test_the_name_rules_where_code_and_name_disagree(small):
    text = SECTORS.format("90001;Belfort;Est\n").replace("90010;Belfort;Nord\n", "")
    (asked,) = small({"Secteurs.csv": text}).build().problems
    assert asked.code == "commune_conflict"
    for value in ("90010", "90001"):
        line = f"Secteurs.csv;;{asked.cell};commune_conflict;{asked.found};remplacer;{value};vu;;"
        result = small({"decisions.csv": decisions(line)}).build()
        assert sectors(result)[value] == "Est"
        assert codes(result) == ["decision_applied"]


def test_a_line_left_out_leaves_the_other_of_a_pair(small):
    text = LIST.format(GOOD_CTG + GOOD_CTG.replace("31/12/2026", "31/12/2027"))
    (asked,) = small({"Suivi.csv": text}).build().problems
    assert asked.code == "row_repeated"
    line = ruling_line(asked).removesuffix(";;;;") + ";;reprise;;"
    assert ";écarter;" in line
    result = small({"decisions.csv": decisions(line)}).build()
    assert result.frames["ctg"]["ends_on"].dt.year.tolist() == [2026]
    assert codes(result) == ["decision_applied"]


def test_a_problem_that_only_the_whole_shows_is_ruled_at_its_cell(small):
    text = LIST.format(GOOD_CTG.replace("31/12/2026", "31/12/2021"))
    (asked,) = small({"Suivi.csv": text}).build().problems
    assert (asked.code, asked.cell, asked.found) == ("dates_reversed", "E2", "31/12/2021")
    line = "Suivi.csv;;E2;dates_reversed;31/12/2021;remplacer;31/12/2025;avenant;M.;02/01/2025"
    workspace = small({"decisions.csv": decisions(line)})
    result = workspace.build()
    assert f"{result.frames['ctg']['ends_on'][0]:%d/%m/%Y}" == "31/12/2025"
    assert codes(result) == ["decision_applied"]
    assert "du 02/01/2025" in result.problems[0].message
    (line,) = workspace.trace("ctg", ctg="A", column="ends_on").to_dict("records")
    assert (line["cell"], line["found"]) == ("E2", "31/12/2021")


def test_what_is_kept_as_read_is_no_longer_asked(small):
    files = {"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(f"{PLACE};Garder;;sans suite;;")}
    result = small(files).build()
    assert sectors(result) == {"90008": "Sud"}
    assert codes(result) == ["decision_applied"]


def test_a_word_outside_the_list_is_replaced(small):
    text = LIST.format(GOOD_CTG.replace("signée;x", "sinée;x"))
    (asked,) = small({"Suivi.csv": text}).build().problems
    assert asked.code == "choice_unknown"
    line = f"Suivi.csv;;{asked.cell};choice_unknown;{asked.found};remplacer;signée;appel;;"
    result = small({"decisions.csv": decisions(line)}).build()
    assert result.frames["ctg"]["stage"].tolist() == ["signed"]
    assert codes(result) == ["decision_applied"]


def test_one_of_two_files_that_say_the_same_is_left_out(small):
    files = {"a.csv": SECTORS.format(""), "b.csv": SECTORS.format("").replace("Nord", "Est")}
    (asked,) = small(files).build().problems
    assert (asked.code, asked.source) == ("duplicate_claim", "b.csv")
    line = f"b.csv;;;duplicate_claim;{asked.found};écarter;;ancienne;;"
    result = small(files | {"decisions.csv": decisions(line)}).build()
    assert sectors(result)["90010"] == "Nord"
    assert codes(result) == ["decision_applied"]
    assert (result.examined, result.read, result.unused) == (2, 1, 1)


def test_a_file_is_left_out_whole_without_a_cause(small):
    line = "Secteurs.csv;;;;;écarter;;Fichier périmé.;;05/01/2025"
    workspace = small({"Secteurs.csv": SECTORS.format(""), "decisions.csv": decisions(line)})
    for _ in range(2):
        result = workspace.build()
        assert sectors(result) == {} and codes(result) == ["decision_applied"]
    (problem,) = result.problems
    assert (problem.source, problem.cell) == ("Secteurs.csv", "")
    words = "Le fichier est écarté par la décision du 05/01/2025 (ligne 2) : Fichier périmé."
    assert problem.message == words


def test_a_sheet_is_left_out_whole_without_a_cause(small):
    book = Workbook()
    book.active.title = "Nord"
    other = book.create_sheet("Sud")
    for sheet, row in ((book.active, ("90010", "Belfort", "Nord")), (other, ("90008", "Bavilliers", "Sud"))):
        sheet.append(("Code INSEE", "Commune", "Secteur Caf"))
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    lines = ["Secteurs.xlsx;Sud;;;;écarter;;x;;", "Secteurs.xlsx;Est;;;;écarter;;x;;"]
    files = {"Secteurs.xlsx": stream.getvalue(), "decisions.csv": decisions(*lines)}
    result = small(files).build()
    assert sectors(result) == {"90010": "Nord"}
    assert [(p.code, p.message) for p in result.problems] == [
        ("decision_applied", "La feuille « Sud » est écartée par la décision (ligne 2) : x."),
        ("decision_without_effect", "La décision « écarter » ne trouve plus Secteurs.xlsx!Est."),
    ]


def test_a_file_left_out_whole_that_is_not_there_is_reported(small):
    line = "Parti.csv;;;;;écarter;;Fichier périmé;;"
    result = small({"Secteurs.csv": SECTORS.format(""), "decisions.csv": decisions(line)}).build()
    assert codes(result) == ["decision_without_effect"]
    assert "ne trouve plus Parti.csv." in result.problems[0].message


@pytest.mark.parametrize(
    ("code", "cell", "more", "decision"),
    [
        ("scale_mixed", "G12", {"found": "72 %", "repaired_to": "0,72"}, "remplacer"),
        ("number_doubtful", "D9", {"found": "12+3", "repaired_to": "erreur dans le fichier"}, "remplacer"),
        ("text_struck", "B10", {}, "garder"),
        ("header_missing", "A1:C9", {}, "garder"),
        ("zero_or_blank", "AF159", {}, "garder"),
        ("code_unconfirmed", "A3", {"message": "Peut-être 01004.", "repaired_to": "01004"}, "accepter"),
        ("code_unconfirmed", "A3", {"message": "Code douteux.", "repaired_to": "01004"}, "remplacer"),
        ("row_repeated", "A3", {}, "écarter"),
    ],
)
def test_only_a_value_that_the_sentence_shows_is_proposed_to_be_accepted(code, cell, more, decision):
    problem = Problem("a.xlsx", "S", cell, code, more.pop("message", "…"), **more)
    assert f";{decision};" in ruling_line(problem)


def test_a_ruling_uncovers_a_problem_that_another_settles(small):
    text = UNKNOWN + "90010;Belfort;Est\n"
    lines = [f"{PLACE};accepter;;lu;;"]
    (_, asked) = small({"Secteurs.csv": text, "decisions.csv": decisions(*lines)}).build().problems[::-1]
    assert asked.code == "row_repeated"
    lines.append(f"Secteurs.csv;;{asked.cell};row_repeated;{asked.found};écarter;;deux fois;;")
    result = small({"decisions.csv": decisions(*lines)}).build()
    assert codes(result) == ["decision_applied", "decision_applied"]
    assert sectors(result)["90010"] == "Est"


def test_a_ruling_without_its_fault_is_reported(small):
    lines = [f"{PLACE}t;accepter;;lu;;", "parti.csv;;A2;commune_unknown;Gex;garder;;x;;"]
    result = small({"Secteurs.csv": SECTORS.format(""), "decisions.csv": decisions(*lines)}).build()
    assert codes(result) == ["decision_without_effect"] * 2
    assert [(p.source, p.cell) for p in result.problems] == [("decisions.csv", "A2"), ("decisions.csv", "A3")]
    assert "parti.csv!A2" in result.problems[1].message


def test_a_value_that_mends_nothing_is_reported_and_the_problem_stands(small):
    text = SECTORS.format("").replace("Nord", "Nord;de trop")
    asked = small({"Secteurs.csv": text}).build().problems
    line = "Secteurs.csv;;A2;value_refused;4;remplacer;90010;essai;;"
    result = small({"decisions.csv": decisions(line)}).build()
    assert codes(result) == [*(problem.code for problem in asked), "decision_without_effect"]


@pytest.mark.parametrize(
    ("line", "words", "cell"),
    [
        (f"{PLACE};oublier;;x;;", "« oublier » n'est pas une décision", "F2"),
        (f"{PLACE};garder;;;;", "decisions.csv, ligne 2. La raison manque", "H2"),
        ("Secteurs.csv;;B3;;;écarter;;x;;", "La cause manque", "D2"),
        ("Secteurs.csv;;;;;garder;;x;;", "La cause manque", "D2"),
        (f"{PLACE};remplacer;;x;;", "la valeur à mettre", "G2"),
        (f"{PLACE};garder;;x;;hier", "« hier » n'est pas une date", "J2"),
        ("Secteurs.csv;;B3;commune_inconnue;Belfor;garder;;x;;", "« commune_inconnue » n'existe pas", "D2"),
        (";;B3;commune_unknown;Belfor;garder;;x;;", "n'est pas nommé", "A2"),
    ],
)
def test_a_faulty_line_is_reported_at_its_cell_and_not_applied(small, line, words, cell):
    result = small({"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(line)}).build()
    assert codes(result) == ["commune_unknown", "decision_faulty"]
    assert (result.problems[1].cell, words in result.problems[1].message) == (cell, True)
    assert (result.examined, result.refused) == (1, 0)


def test_accepting_what_has_no_single_suggestion_is_refused(small):
    text = UNKNOWN.replace("Belfor;", "Zzzzz;")
    line = "Secteurs.csv;;B3;commune_unknown;Zzzzz;accepter;;x;;"
    result = small({"Secteurs.csv": text, "decisions.csv": decisions(line)}).build()
    assert codes(result) == ["commune_unknown", "decision_faulty"]
    assert "écrire « remplacer »" in result.problems[1].message


def test_two_rulings_of_one_problem_are_not_both_applied(small):
    lines = [f"{PLACE};garder;;x;;", f"{PLACE};accepter;;x;;"]
    result = small({"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(*lines)}).build()
    assert codes(result) == ["decision_applied", "decision_faulty"]


def test_a_file_without_its_columns_stops_nothing(small):
    result = small(
        {"Secteurs.csv": SECTORS.format(""), "decisions.csv": "Ville;Choix\nBelfort;oui\n"}
    ).build()
    assert codes(result) == ["decision_faulty"]
    assert "source, code, decision, reason" in result.problems[0].message
    assert len(sectors(result)) == 2


@pytest.mark.parametrize("text", ["", HEADER, template()])
def test_a_file_without_a_ruling_says_nothing(small, text):
    workspace = small({"Secteurs.csv": SECTORS.format(""), "decisions.csv": text})
    assert codes(workspace.build()) == []


def test_excel_may_have_saved_the_file(small):
    """cp1252 without BOM, its own delimiter, zeros lost, dates of France."""
    text = SECTORS.format("1004;;Est\n")
    lines = [
        "SOURCE,sheet,Cell,code,found,decision,value,reason,decided_by,decided_on",
        "Secteurs.csv,,a4,commune_unknown,1004.0,écarter,,relevé à Gex,É. D.,05/01/2025",
    ]
    files = {"Secteurs.csv": text, "decisions.csv": "\r\n".join(lines).encode("cp1252")}
    assert codes(small(files).build()) == ["decision_applied"]


def test_a_personal_cell_is_never_copied(small):
    header = "CTG;Nom;Prénom;ETP réels;Thématique\n"
    text = header + "A;Zéphyr et Yvon;;1;Pilotage\nA;Xavier;;1;Pilotage\n"
    (asked,) = [p for p in small({"Charges.csv": text}).build().problems if p.code == "several_persons"]
    assert asked.found == ""
    line = f"Charges.csv;;{asked.cell};several_persons;;remplacer;Zéphyr;Yvon est parti;;"
    workspace = small({"decisions.csv": decisions(line)})
    result = workspace.build()
    assert codes(result) == ["decision_applied"]
    assert len(result.frames["officers"]) == 2
    written = "".join(path.read_bytes().decode("latin-1") for path in workspace.folders.processed.iterdir())
    for word in ("Yvon", "Zéphyr", "Zéphyr".encode().decode("latin-1")):
        assert word not in written
        assert word not in result.frames["problems"].to_csv() + result.frames["ledger"].to_csv()


def test_a_build_replays_rulings_to_the_same_bytes(small):
    workspace = small({"Secteurs.csv": UNKNOWN, "decisions.csv": decisions(f"{PLACE};accepter;;lu;;")})
    workspace.build()
    first = {path.name: path.read_bytes() for path in workspace.folders.processed.iterdir()}
    workspace.build()
    assert {path.name: path.read_bytes() for path in workspace.folders.processed.iterdir()} == first


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@settings(max_examples=30)
@given(source=TEXTS, cell=st.sampled_from(["A2", "ZZ12"]), found=TEXTS, reason=TEXTS)
def test_the_line_proposed_is_the_ruling_read_back(tmp_path_factory, source, cell, found, reason):
    asked = Problem(source, "", cell, "choice_unknown", "…", found)
    folder = tmp_path_factory.mktemp("raw")
    line = ruling_line(asked).removesuffix("remplacer;;;;") + 'garder;;"' + reason.replace('"', '""') + '";;'
    (folder / "decisions.csv").write_text(template() + line + "\r\n", encoding="utf-8", newline="")
    rulings, problems = read_decisions(folder)
    assert problems == []
    (ruling,) = rulings
    assert (ruling.cell, ruling.decision) == (cell, Decision.KEEP)
