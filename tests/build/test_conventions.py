"""What a list of CTG leaves in doubt, from the file to the problems."""

from collections import Counter

import pytest

from sdsf_analysis.indicators.ctg import ctg_coverage
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.model.tables import table as declared

HEADER = "N° CTG;Nom de la CTG;Date de signature;Début;Fin;Statut;Jeunesse"
GOOD = "A;CTG A;01/06/2022;01/01/2022;31/12/2026;signée;x"
COMMUNES = "N° CTG;Code INSEE;Commune\nA;90010;Belfort\nB;90008;Bavilliers\n"
PARTNERS = "N° CTG;Partenaire;Type;Signataire\nA;MSA;msa;oui\nB;MSA;msa;oui\n"


@pytest.fixture
def built(small):
    """Build a list of CTG, one line each, beside its perimeters and partners."""

    def build(*lines, communes=COMMUNES, title="", header=HEADER):
        listed = "\n".join([*([title] if title else []), header, GOOD, *lines])
        files = {"Suivi.csv": listed + "\n", "Partenaires.csv": PARTNERS}
        return small(files | ({"Communes.csv": communes} if communes else {})).build()

    return build


def found(result):
    return [(p.code, p.source, p.cell) for p in result.problems]


@pytest.mark.parametrize(
    ("dates", "cell", "words"),
    [(";31/12/2026", "D3", "de début"), ("01/01/2022;", "E3", "de fin"), (";", "D3", "de début ni de fin")],
)
def test_a_convention_without_its_period_is_asked_about(built, dates, cell, words):
    result = built(f"B;CTG B;;{dates};signée;")
    assert found(result) == [("ctg_incomplete", "Suivi.csv", cell)]
    assert result.problems[0].message.endswith(f"n'a pas de date {words}.")


def test_a_project_may_have_neither_period_nor_perimeter(built):
    communes = COMMUNES.replace("B;90008;Bavilliers\n", "")
    assert found(built("B;CTG B;;;;en projet;", communes=communes)) == []


def test_a_convention_without_a_commune_is_asked_about_where_perimeters_were_received(built):
    line = "B;CTG B;;01/01/2023;31/12/2027;signée;"
    communes = COMMUNES.replace("B;90008;Bavilliers\n", "")
    assert found(built(line, communes=communes)) == [("ctg_without_perimeter", "Suivi.csv", "A3")]


def test_nothing_is_said_of_perimeters_that_were_not_received(built):
    assert found(built("B;CTG B;;01/01/2023;31/12/2027;signée;", communes=None)) == []


# the date of reference is 31 December 2024
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("B;CTG B;;01/01/2022;31/12/2024;terminée;", "sa période court jusqu'au 31/12/2024"),
        ("B;CTG B;;01/01/2022;31/12/2025;renouvelée;", "sa période court jusqu'au 31/12/2025"),
        ("B;CTG B;;01/01/2022;30/06/2025;échue, en renouvellement;", "sa période court jusqu'au 30/06/2025"),
        ("B;CTG B;05/05/2023;01/01/2023;30/06/2025;en projet;", "elle est signée depuis le 05/05/2023"),
        ("B;CTG B;;01/01/2020;31/12/2023;signée;", "sa période a fini le 31/12/2023"),
    ],
)
def test_a_stage_that_the_dates_contradict_is_warned_of(built, line, words):
    result = built(line)
    assert found(result) == [("ctg_status_doubtful", "Suivi.csv", "F3")]
    assert words in result.problems[0].message
    assert set(result.frames["ctg"]["ctg"]) == {"A", "B"}


@pytest.mark.parametrize(
    "line",
    [
        "B;CTG B;;01/01/2020;30/12/2024;terminée;",
        "B;CTG B;;01/01/2025;31/12/2029;signée;",
        "B;CTG B;;01/01/2025;31/12/2029;en projet;",
        "B;CTG B;05/05/2025;01/01/2024;31/12/2028;signée;",
    ],
)
def test_a_stage_that_the_dates_bear_out_is_left_alone(built, line):
    assert found(built(line)) == []


def test_a_list_later_than_the_reference_may_say_what_came_between(built):
    line = "B;CTG B;;01/01/2020;31/03/2025;terminée;"
    assert found(built(line, title="Situation au 30/06/2025;;;;;;")) == []


def test_a_list_older_than_the_reference_is_warned_of_once(built):
    result = built("B;CTG B;;01/01/2023;31/12/2027;signée;", title="Situation au 30/06/2023;;;;;;")
    (problem,) = result.problems
    assert (problem.code, problem.source, problem.cell) == ("situation_older", "Suivi.csv", "")
    assert "au 30/06/2023" in problem.message
    assert "31/12/2024" in problem.message


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["B;CTG B;;01/01/2023;31/12/2021;signée;x"], "dates_reversed"),
        (
            ["B;CTG B;;01/01/2023;31/12/2027;signée;x"] * 2,
            "row_repeated",
        ),
    ],
)
def test_a_refused_convention_leaves_nothing_behind_and_is_said_once(built, lines, code):
    result = built(*lines)
    assert Counter(problem.code for problem in result.problems) == {code: 1}
    for table, column in (("ctg", "ctg"), ("ctg_themes", "ctg"), ("ctg_partners", "ctg")):
        assert set(result.frames[table][column]) == {"A"}, table
    assert set(result.frames["membership"].query("level == 'ctg'")["territory"]) == {"A"}
    assert set(result.frames["territories"].query("level == 'ctg'")["territory"]) == {"A"}


def test_a_convention_that_no_list_writes_is_still_named(built):
    result = built()
    assert [(p.code, p.found) for p in result.problems] == [("ctg_unknown", "B"), ("ctg_unknown", "B")]


def test_a_list_that_another_replaces_names_no_convention(small):
    later = f"{HEADER}\n{GOOD}\nB;CTG B;;01/01/2023;31/12/2027;signée;\n"
    files = {"Suivi.csv": f"{HEADER}\n{GOOD}\n", "Suivi V2.csv": later, "Partenaires.csv": PARTNERS}
    result = small(files, sources='ctg = "Suivi.csv"').build()
    assert sorted(problem.code for problem in result.problems) == ["ctg_unknown", "source_set_aside"]


BOTH = COMMUNES + "B;90010;Belfort\n"


def test_a_commune_of_two_conventions_is_asked_about_and_counted_once(built):
    result = built("B;CTG B;;01/01/2023;31/12/2027;signée;", communes=BOTH)
    assert found(result) == [("perimeter_overlap", "Communes.csv", "B4")]
    frames = result.frames
    tables = Tables(lambda name: frames.get(name, declared(name).empty()))
    shares = ctg_coverage(tables, "2024-06-30", by="departement").set_index("measure")
    assert shares.loc["communes", "numerator"] == 2


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("B;CTG B;;01/01/2027;31/12/2031;signée;", BOTH),
        ("B;CTG B;;01/01/2023;31/12/2027;en projet;", BOTH),
        (
            "B;CTG B;;01/01/2026;31/12/2027;signée;",
            "N° CTG;Code INSEE;Commune;Sortie\nA;90010;Belfort;31/12/2025\nB;90010;Belfort;\n",
        ),
    ],
)
def test_a_renewal_that_follows_on_a_project_and_a_commune_that_left_overlap_nothing(built, line, entry):
    assert "perimeter_overlap" not in [code for code, *_ in found(built(line, communes=entry))]
