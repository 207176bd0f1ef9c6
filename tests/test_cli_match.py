"""``sdsf match``: what other programs rely on."""

import json

import pytest

from sdsf_analysis import cli

KEYS = ["id", "text", "status", "code", "name", "rule", "own_code", "event", "suggestions"]


@pytest.fixture
def match(capsys, tmp_path):
    """Match the cells of a file written with some bytes: exit status, lines of the answer, sentence."""

    def run(content, *options):
        path = tmp_path / "cellules.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(SystemExit) as leave:
            cli.main(["match", str(path), *options])
        captured = capsys.readouterr()
        return leave.value.code, captured.out.splitlines(), captured.err

    return run


def objects(found):
    status, lines, err = found
    assert (status, err) == (0, "")
    return [json.loads(line) for line in lines]


def test_one_object_a_line_with_what_the_row_says_first(match):
    text = "text;id;departement;year\nGex;a;01;\nBellegarde-sur-Valserine;b;1;2018\n14712;;14;2019\nXX;;99;\n"
    found = objects(match(text, "--departement", "42", "--format", "json"))
    assert [list(one) for one in found] == [KEYS] * 4
    assert [one["id"] for one in found] == ["a", "b", "4", "5"]
    assert [one["code"] for one in found] == ["01173", "01033", None, None]
    assert found[1]["event"] == {"kind": "merger", "date": "2019-01-01"} and found[1]["own_code"] == "01033"
    assert found[2]["status"] == "ambiguous" and set(found[2]["suggestions"][0]) == {"code", "name", "reason"}
    assert found[0]["event"] is None and found[0]["suggestions"] == []


def test_plain_lines_are_cells_whatever_they_hold(match):
    found = objects(match("Gex\nHavre, Le\n\nL'Abergement-de-Varey\n".encode("cp1252"), "--format", "json"))
    assert [(one["id"], one["code"]) for one in found] == [
        ("1", "01173"), ("2", "76351"), ("3", None), ("4", "01002"),
    ]  # fmt: skip


def test_any_encoding_and_delimiter(match):
    for text in ("id\ttext\n7\tAmbérieu-en-Bugey\n", 'text,id\n"Ambérieu-en-Bugey",7\n'):
        for encoding in ("cp1252", "utf-8-sig", "utf-16"):
            found = objects(match(text.encode(encoding), "--departement", "Ain", "--format", "json"))
            assert [(one["id"], one["code"]) for one in found] == [("7", "01004")]


def test_the_answer_may_be_of_another_year_or_level(match):
    found = objects(match("text\n01039\n", "--target-year", "2022", "--format", "json"))
    assert found[0]["code"] == "01039"
    found = objects(match("text\nCOM COM BUGEY SUD\n", "--level", "epci", "--format", "json"))
    assert (found[0]["code"], found[0]["rule"]) == ("200040350", "epci_name")


def test_a_table_by_default(match):
    status, lines, _ = match("text\nAmbérieux-en-Bugey\n", "--departement", "01")
    assert status == 0 and lines[0].split() == KEYS
    assert "Ambérieu-en-Bugey (01004), à une lettre près" in lines[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--level", "comune"], "Le plus proche : commune. Choisir parmi : commune, epci."),
        (["--target-year", "2020"], "Choisir parmi : 2019, 2021"),
        (["--year", "20x"], "Choisir de 1943 à 2026."),
        (["--departement", "Loirre"], "Le plus proche : 42 (loire)"),
    ],
)
def test_what_does_not_exist_is_refused_in_one_sentence(match, options, words):
    status, lines, err = match("text\nGex\n", *options)
    assert (status, lines, len(err.splitlines())) == (2, [], 1) and words in err


def test_a_year_that_is_none_is_refused_with_its_line(match):
    status, _, err = match("text;year\nGex;2019\nGex;hier\n")
    assert status == 2 and err.startswith("Ligne 3 :")
