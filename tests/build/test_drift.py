"""A file that replaces another: what came, went or changed name is said, at each build."""

from pathlib import Path

import pytest

from sdsf_analysis import recipes
from sdsf_analysis.build.moved_codes import code_drift

FAMILIES = "Code;Commune;Année;Foyers;Enfants 0-2\n90010;Belfort;2023;100;24\n90008;Bavilliers;2023;50;24\n"
CONVENTIONS = (
    "N° CTG;Nom de la CTG;Date de signature;Début;Fin;Statut;Jeunesse\n"
    "A;CTG A;01/06/2022;01/01/2022;31/12/2026;signée;x\n"
    "B;CTG B;01/06/2022;01/01/2022;31/12/2026;signée;x\n"
)


def sectors(more="", rows="90008;Bavilliers;Sud\n"):
    """Sectors of two communes, with one more column where it is named."""
    lines = ["Code INSEE;Commune;Secteur Caf", "90010;Belfort;Nord", *rows.splitlines()]
    return "".join(f"{line};{more if line is lines[0] else 'x'}\n" if more else f"{line}\n" for line in lines)


def drift(result):
    codes = ("column_new", "column_lost", "column_renamed", "codes_new", "codes_lost")
    return [problem for problem in result.problems if problem.code in codes]


def said(result):
    return [(problem.code, problem.cell, problem.found) for problem in drift(result)]


def rebuilt(small, first, second):
    """Build with some files, then with others in their place."""
    workspace = small(first)
    assert drift(workspace.build()) == []
    for name in first:
        (workspace.folders.raw / name).unlink()
    return small(second)


@pytest.mark.parametrize("name", ["Secteurs.csv", "Secteurs V2.csv"])
def test_codes_that_came_and_went_are_counted_with_examples(small, name):
    workspace = rebuilt(small, {"Secteurs.csv": sectors()}, {name: sectors(rows="90001;Andelnans;Sud\n")})
    result = workspace.build()
    assert said(result) == [("codes_new", "", "90001"), ("codes_lost", "", "90008")]
    messages = [problem.message for problem in drift(result)]
    assert messages == [
        "1 commune de plus que dans « Secteurs.csv » : Andelnans (90001).",
        "1 commune de moins que dans « Secteurs.csv » : Bavilliers (90008).",
    ]
    assert {problem.source for problem in drift(result)} == {name}


def test_a_second_build_says_the_same(small):
    workspace = rebuilt(small, {"a.csv": sectors()}, {"a.csv": sectors("Remarque")})
    first = said(workspace.build())
    assert first == [("column_new", "D1", "Remarque")]
    assert said(workspace.build()) == first


def test_a_column_lost_is_a_warning_and_names_the_file_before(small):
    workspace = rebuilt(small, {"a.csv": sectors("Remarque")}, {"b.csv": sectors()})
    (problem,) = drift(workspace.build())
    assert (problem.code, str(problem.severity), problem.found) == ("column_lost", "warning", "Remarque")
    assert "« a.csv »" in problem.message


def test_a_column_that_the_recipe_knows_by_both_names_is_renamed_surely(small):
    new = sectors().replace("Code INSEE", "Code commune")
    (problem,) = drift(rebuilt(small, {"a.csv": sectors()}, {"a.csv": new}).build())
    assert (problem.code, problem.cell, problem.repaired_to) == ("column_renamed", "A1", "Code INSEE")


def test_a_column_of_a_near_name_is_renamed_likely(small):
    files = {"a.csv": sectors("Observations du secteur")}, {"a.csv": sectors("Observation du secteur")}
    (problem,) = drift(rebuilt(small, *files).build())
    assert (problem.code, problem.cell, problem.repaired_to) == ("column_renamed", "D1", "")
    assert "sans doute « Observations du secteur »" in problem.message


def test_a_label_to_which_words_were_added_is_renamed_likely(small):
    first = {
        "a.csv": sectors("Antenne")
        .replace("Secteur Caf;Antenne", "Secteur Caf;Ville;Antenne")
        .replace(";x\n", ";v;x\n")
    }
    second = {"a.csv": sectors("Antenne administrative")}
    found = said(rebuilt(small, first, second).build())
    assert found == [("column_renamed", "D1", "Antenne administrative"), ("column_lost", "", "Ville")]


def test_columns_of_two_meanings_are_not_one(small):
    files = {"a.csv": sectors("Téléphone")}, {"a.csv": sectors("Effectif 2024")}
    assert [code for code, *_ in said(rebuilt(small, *files).build())] == ["column_new", "column_lost"]


def test_a_column_of_the_same_place_and_content_is_renamed_likely(small):
    first = FAMILIES.replace("Enfants 0-2", "Agents de la petite enfance")
    second = first.replace("Agents de la petite enfance", "Effectif des crèches").replace("24", "25")
    (problem,) = drift(rebuilt(small, {"a.csv": first}, {"a.csv": second}).build())
    assert (problem.code, problem.cell) == ("column_renamed", "E1")
    assert "sans doute « Agents de la petite enfance »" in problem.message


def test_a_column_of_the_same_place_and_another_content_is_another(small):
    first = FAMILIES.replace("Enfants 0-2", "Agents de la petite enfance")
    second = first.replace("Agents de la petite enfance", "Effectif des crèches").replace("24", "2400")
    assert [code for code, *_ in said(rebuilt(small, {"a.csv": first}, {"a.csv": second}).build())] == [
        "column_new",
        "column_lost",
    ]


def test_a_file_that_lost_a_required_column_is_compared_and_names_what_replaces_it(small):
    new = CONVENTIONS.replace("Nom de la CTG", "Le nom de la CTG")
    result = rebuilt(small, {"a.csv": CONVENTIONS}, {"a.csv": new}).build()
    (missing,) = [problem for problem in result.problems if problem.code == "column_missing"]
    assert (
        "il manque « Nom de la CTG » ; « Le nom de la CTG » (B1) la remplace sans doute." in missing.message
    )
    assert missing.found == "Nom de la CTG"
    assert said(result) == [("column_renamed", "B1", "Le nom de la CTG")]


def test_a_file_of_which_nothing_was_read_is_not_what_the_next_one_replaces(small):
    broken = CONVENTIONS.replace("Nom de la CTG", "Le nom de la CTG")
    rebuilt(small, {"a.csv": CONVENTIONS}, {"a.csv": broken}).build()
    mended = small({"a.csv": CONVENTIONS.replace("\nA;CTG A", "\nC;CTG C")}).build()
    assert said(mended) == [("codes_new", "", "C"), ("codes_lost", "", "A")]
    assert ": CTG C (C)." in drift(mended)[0].message


def test_a_recipe_of_another_name_that_feeds_the_same_tables_reads_the_same_columns(small):
    workspace = small({"a.csv": sectors("Remarque")})
    workspace.build()
    shipped = Path(recipes.__file__).with_name("zoning.toml").read_text(encoding="utf-8")
    own = shipped.replace('name = "zoning"', 'name = "secteurs_2025"', 1)
    own = own.replace("Secteur Caf", "Zone de la Caf")
    workspace.folders.recipes.mkdir()
    (workspace.folders.recipes / "secteurs.toml").write_text(own, encoding="utf-8")
    result = small({"a.csv": sectors("Remarque").replace("Secteur Caf", "Zone de la Caf")}).build()
    assert [(p.code, p.cell) for p in drift(result)] == [("column_renamed", "C1")]


def test_many_codes_are_named_in_part_and_all_in_the_register():
    names = {f"s{n}": "" for n in range(7)}
    faces = [{"source": "a.csv", "names": {"service": some}} for some in (names, {"s0": "", "x": ""})]
    (came, went) = code_drift(*faces)
    assert came.message.endswith(
        "s5 et 1 autre (« sdsf problems --format csv » les donne tous, colonne found)."
    )
    assert came.found == "s1 s2 s3 s4 s5 s6" and went.found == "x"


def test_the_year_of_a_label_is_no_change(small):
    files = {"a.csv": sectors("Agents 2023")}, {"a.csv": sectors("Agents 2024")}
    assert said(rebuilt(small, *files).build()) == []


def test_of_two_periods_in_the_folder_the_newest_is_compared_with_the_one_before(small):
    line = "90010;Belfort;{year};10;5\n"
    header = "Code;Commune;Année;Foyers;Bas revenus\n"
    files = {
        "2022.csv": header
        + line.format(year=2022)
        + line.format(year=2022).replace("90010;Belfort", "90001;Andelnans"),
        "2023.csv": header + line.format(year=2023),
        "2024.csv": header.replace("Foyers", "Foyers;Note") + line.format(year=2024).replace(";10", ";10;x"),
    }
    result = small(files).build()
    assert {problem.source for problem in drift(result)} == {"2024.csv"}
    assert said(result) == [("column_new", "E1", "Note")]
    assert "« 2023.csv »" in drift(result)[0].message


def test_a_manifest_of_another_version_is_compared_with_nothing(small):
    workspace = small({"a.csv": sectors()})
    workspace.build()
    (workspace.folders.processed / "manifest.json").write_text(
        '{"inputs": [{"source": "a.csv"}]}', encoding="utf-8"
    )
    assert said(workspace.build()) == []


def test_the_demo_drifts_only_from_its_own_list_of_the_year_before(ain_result):
    assert {(found.source, found.code) for found in drift(ain_result)} == {
        ("EAJE activité 2022-2024.xlsx", "codes_new"),
        ("EAJE activité 2022-2024.xlsx", "codes_lost"),
    }
    inputs = ain_result.manifest["inputs"]
    assert all(entry["shapes"] for entry in inputs)
    replaced = {entry["source"]: entry["replaces"]["source"] for entry in inputs if entry["replaces"]}
    assert replaced == {"EAJE activité 2022-2024.xlsx": "EAJE activité 2021-2023.xlsx"}
