"""The register of requests: read as Excel saves it, linked to what came, its doubts at their cells."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.build.answers import answered
from sdsf_analysis.build.intake import Intake
from sdsf_analysis.build.register import read_register
from sdsf_analysis.model.requests import TITLES, requests_template
from sdsf_analysis.recipes.recipe import shipped_recipes

HEADER = ";".join(TITLES.values())
SECTORS = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n"
OTHERS = "Code INSEE;Commune;Secteur Caf\n90001;Andelnans;Nord\n"


def lines_of(*lines):
    with TemporaryDirectory() as folder:
        (Path(folder) / "demandes.csv").write_text(register(*lines), encoding="utf-8")
        return read_register(Path(folder), shipped_recipes())


def register(*lines, header=HEADER):
    return "\n".join([header, *lines]) + "\n"


def asked(result):
    return result.frames["requests"].set_index("request")


def cells(result):
    return [(p.cell, p.code) for p in result.problems if p.source == "demandes.csv"]


def test_a_request_is_linked_by_the_name_of_its_file(small):
    line = "D1;zoning;Caf de Belfort;04/11/2024;29/11/2024;27/11/2024;{};V1;deux envois"
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": register(line.format("secteurs.CSV"))}).build()
    row = asked(result).loc["D1"]
    assert (row["kind"], row["source"], row["version"]) == ("zoning", "Secteurs.csv", "V1")
    assert f"{row['asked_on']:%d/%m/%Y} {row['received_on']:%d/%m/%Y}" == "04/11/2024 27/11/2024"
    assert cells(result) == []


@pytest.mark.parametrize("name", ["Secteurs.csv", "Secteurs", "caf/secteurs.csv", "caf\\Secteurs.csv"])
def test_a_name_is_found_without_its_folder_or_ending(name):
    (one,), _ = lines_of(f"D1;zoning;Caf;;;;{name};;")
    register, problems = answered([one], [Intake("caf/Secteurs.csv")], shipped_recipes())
    assert (register.rows["requests"][0]["source"], problems) == ("caf/Secteurs.csv", [])


def test_the_only_file_of_a_kind_answers_its_usual_sender(small):
    line = "D1;Secteurs de la Caf et autres zonages;CAF du Territoire de Belfort;04/11/2024;29/11/2024;;;;"
    workspace = small({"Secteurs.csv": SECTORS, "demandes.csv": register(line)})
    assert asked(workspace.build()).loc["D1", "source"] == "Secteurs.csv"
    (said,) = workspace.trace("requests", request="D1", column="source").to_dict("records")
    assert (said["cell"], said["origin"]) == ("B2", "sorte de fichier et partenaire")


def test_several_files_that_may_answer_are_asked_about(small):
    line = "D1;zoning;{};04/11/2024;29/11/2024;;;;"
    files = {"Secteurs.csv": SECTORS, "sous-dossier/Bassins.csv": OTHERS}
    result = small(files | {"demandes.csv": register(line.format("Caf"))}).build()
    assert asked(result)["source"].isna().all()
    assert cells(result) == [("G2", "request_file_unclear")]


def test_the_file_of_an_unusual_sender_is_asked_about(small):
    line = "D1;zoning;Syndicat mixte;04/11/2024;29/11/2024;;;;"
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": register(line)}).build()
    assert asked(result)["source"].isna().all()
    assert cells(result) == [("G2", "request_file_unclear")]
    assert "Caf" in result.problems[0].message


def test_one_file_does_not_answer_two_requests(small):
    lines = [f"D{n};zoning;Caf;04/11/2024;29/11/2024;;;{year};" for n, year in ((1, 2023), (2, 2024))]
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": register(*lines)}).build()
    assert asked(result)["source"].isna().all()
    assert cells(result) == [("G2", "request_file_unclear"), ("G3", "request_file_unclear")]
    # once one line names it, the other is not received
    named = [lines[0].replace(";;;2023", ";;Secteurs.csv;2023"), lines[1]]
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": register(*named)}).build()
    assert asked(result)["source"].fillna("").to_dict() == {"D1": "Secteurs.csv", "D2": ""}
    assert cells(result) == []


def test_a_file_that_is_not_there_is_named_unless_a_later_version_came(small):
    lines = [
        "D1;zoning;Caf;04/11/2024;29/11/2024;27/11/2024;Secteurs V1.csv;V1;",
        "D2;zoning;Caf;02/12/2024;20/12/2024;18/12/2024;Secteur.csv;V2;",
    ]
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": register(*lines)}).build()
    assert cells(result) == [("G3", "request_file_absent")]
    assert "Secteurs.csv" in result.problems[-1].suggestion


DOUBTS = [
    ("1;secteur;Caf;;;;;;", ("B2", "request_kind_unknown")),
    ("2;;Caf;;;;;;", ("B3", "request_kind_unknown")),
    ("3;zoning;;;;;;;", ("C4", "request_partner_missing")),
    ("4;ctg;Caf;bientôt;;;;;", ("D5", "request_date_unread")),
    ("5;eaje;Caf;;31/02/2025;;;;", ("E6", "request_date_unread")),
    ("6;alsh;Caf;04/11/2024;03/11/2024;;;;", ("E7", "request_dates_reversed")),
    ("7;avs;Caf;04/11/2024;;03/11/2024;;;", ("F8", "request_dates_reversed")),
    ("7;officers;Caf;;;;;;", ("A9", "request_repeated")),
    ("9;ctg;Caf;bientôt;;;;;", ("A10", "request_repeated")),
]


def test_a_doubt_is_a_question_at_its_cell_and_the_request_is_kept(small):
    result = small({"demandes.csv": register(*(line for line, _ in DOUBTS))}).build()
    # the last line repeats the fourth: its date is not asked about twice
    assert sorted(cells(result)) == sorted(place for _, place in DOUBTS)
    assert {str(p.severity) for p in result.problems} == {"question"}
    assert asked(result).index.tolist() == ["1", "2", "3", "4", "5", "6", "7"]


def test_lines_without_a_number_repeat_each_other_by_what_they_ask(small):
    lines = [";zoning;Caf;;;;;V1;", ";zoning;Caf;;;;;V2;", ";zoning;Caf;;;;;V1;"]
    result = small({"demandes.csv": register(*lines)}).build()
    assert cells(result) == [("A4", "request_repeated")]
    assert asked(result).index.tolist() == ["zoning-caf-v1", "zoning-caf-v2"]


def test_an_unknown_kind_names_those_that_exist(small):
    result = small({"demandes.csv": register("D1;suivi ctgg;Caf;;;;;;")}).build()
    (problem,) = result.problems
    assert all(recipe.name in problem.message for recipe in shipped_recipes())


@pytest.mark.parametrize(
    "content",
    [
        register("D1;ctg;Caf;4-nov-24;29/11/24;;;;réponse d'été").encode("cp1252"),
        register("D1;ctg;Caf;4 nov. 2024;29-nov-24;;;;réponse d'été").replace(";", ",").encode(),
        register("D1;ctg;Caf;lundi 4 novembre 2024;2024-11-29;;;;réponse d'été").encode("utf-8-sig"),
        register("D1;ctg;Caf;45600;45625;;;;réponse d'été").replace("\n", "\r\n").encode(),
        ("\n;;;\n" + register("D1;ctg;Caf;04/11/2024;29/11/2024;;;;réponse d'été")).encode("utf-16"),
    ],
)
def test_what_excel_makes_of_it_is_read_alike(tmp_path, content):
    (tmp_path / "demandes.csv").write_bytes(content)
    (one,), problems = read_register(tmp_path, shipped_recipes())
    assert problems == []
    assert (str(one.values["asked_on"]), str(one.values["due_on"])) == ("2024-11-04", "2024-11-29")
    assert one.values["remark"] == "réponse d'été"


def test_other_usual_titles_in_another_order_are_understood(small):
    header = "Partenaire,Type de fichier,Échéance,N°"
    result = small({"demandes.csv": register("Caf,ctg,29/11/2024,7", header=header)}).build()
    assert asked(result).loc["7", "partner"] == "Caf"
    assert cells(result) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", None),
        (requests_template().encode(), None),
        (b"a;b\n1;2\n", "requests_faulty"),
        (b"PK\x03\x04 not a table", "requests_faulty"),
    ],
)
def test_an_empty_register_asks_nothing_and_a_faulty_one_is_said(small, content, code):
    result = small({"Secteurs.csv": SECTORS, "demandes.csv": content}).build()
    assert [p.code for p in result.problems] == ([code] if code else [])
    assert result.frames["requests"].empty
    assert len(result.frames["membership"].query("level == 'caf_sector'")) == 2


def test_the_register_is_no_file_received(ain_result):
    assert "demandes.csv" not in {entry["source"] for entry in ain_result.manifest["inputs"]}
    assert len(ain_result.frames["requests"]) == 13


words = st.text(st.characters(codec="utf-8", exclude_characters='";,\r\n\x00'), max_size=12)


@given(st.lists(st.tuples(*[words] * len(TITLES)), max_size=6))
def test_every_line_is_kept_or_said_to_repeat_another(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("raw")
    body = "\n".join([HEADER, *(";".join(("x", *line[1:])) for line in lines)])
    (folder / "demandes.csv").write_text(body, encoding="utf-8-sig")
    requests, problems = read_register(folder, shipped_recipes())
    repeated = [p for p in problems if p.code == "request_repeated"]
    assert len(requests) + len(repeated) == len(lines)


def test_excel_itself_writes_nothing_else():
    assert BytesIO(requests_template().encode("utf-8")).read(3) == b"\xef\xbb\xbf"
