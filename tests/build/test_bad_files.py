"""Each bad file gets its own sentence; the good one beside them is read."""

from pathlib import Path

import pytest

from sdsf_analysis.errors import ReadingError, RecipeError, TerritoryError, WorkspaceError

DATA = Path(__file__).parents[1] / "data"
GOOD = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n"
BAD = {
    "sans année.csv": (
        "Code;Commune;Foyers;Bas revenus\n90010;Belfort;10;5\n",
        "situation_missing",
        "ne dit la date des lignes de « Familles et enfants »",
    ),
    "inconnu.csv": ("Fruit;Couleur\npomme;rouge\n", "file_unrecognised", "« Fruit », « Couleur »"),
    "vide.xlsx": (b"", "file_empty", "0 octet ;"),
    "coupé.xlsx": (b"PK\x03\x04coupe", "file_unreadable", "abîmé ou incomplet"),
    "note.pdf": (b"%PDF-1.7 rien", "file_not_a_table", "PDF"),
    "protégé.xlsx": (DATA / "mot_de_passe.xlsx", "file_password", "mot de passe"),
}


@pytest.fixture
def problems(small):
    contents = {name: content for name, (content, _, _) in BAD.items()}
    workspace = small({"bon.csv": GOOD, "~$bon.xlsx": b"verrou", "Thumbs.db": b"\x00", **contents})
    result = workspace.build()
    sectors = result.frames["membership"].query("level == 'caf_sector'")
    assert sorted(sectors["commune"]) == ["90008", "90010"]
    return result.problems


def test_every_bad_file_is_said_once_with_its_reason(problems):
    found = {problem.source: problem for problem in problems if problem.severity == "error"}
    assert set(found) == set(BAD)
    for name, (_, code, words) in BAD.items():
        assert (found[name].code, words in found[name].message) == (code, True), found[name]
        assert found[name].record()["suggestion"].endswith(".")


def test_the_build_counts_the_files_it_read_and_those_it_refused(small):
    files = {"bon.csv": GOOD, "inconnu.csv": "Fruit;Couleur\npomme;rouge\n", "vide.xlsx": b""}
    files |= {"ailleurs.csv": "Code INSEE;Commune;Secteur Caf\n01004;Ambérieu-en-Bugey;Sud\n"}
    result = small(files).build()
    assert (result.examined, result.read, result.refused, result.unused) == (4, 1, 2, 1)
    assert repr(result) == f"BuildResult(examined=4, tables={filled(result)}, problems=3)"


def filled(result):
    return sum(len(frame) > 0 for frame in result.frames.values())


def test_an_unrecognised_file_names_the_nearest_recipe_and_a_mapping(small):
    (problem,) = small({"a.csv": "Secteur Caf;Fruit;Couleur\nNord;pomme;rouge\n"}).build().problems
    assert problem.code == "file_unrecognised"
    assert "La plus proche : « Secteurs" in problem.message
    assert "on y lirait « Secteur Caf » ; il manquerait « Code INSEE »" in problem.message


def test_a_locked_file_stops_no_other(small, monkeypatch):
    from sdsf_analysis.build import intake

    def locked(path):
        if path.name == "ouvert.csv":
            raise ReadingError("file_locked", "Le fichier est ouvert dans un autre logiciel.")
        return "0"

    monkeypatch.setattr(intake, "_sha256", locked)
    result = small({"bon.csv": GOOD, "ouvert.csv": GOOD}).build()
    assert [p.code for p in result.problems] == ["file_locked"]
    assert len(result.frames["membership"].query("level == 'caf_sector'")) == 2


def test_a_failure_of_the_software_quotes_no_cell(small, monkeypatch):
    from sdsf_analysis.build import intake

    def fail(*_):
        raise ValueError("Zéphyrine")

    monkeypatch.setattr(intake, "apply_recipe", fail)
    (problem,) = small({"bon.csv": GOOD}).build().problems
    assert problem.code == "internal_error"
    assert "ValueError" in problem.message
    assert "Zéphyrine" not in problem.message


def test_a_commune_outside_is_a_question_and_the_others_are_kept(small):
    result = small({"bon.csv": GOOD + "01004;Ambérieu-en-Bugey;Sud\n"}).build()
    (problem,) = result.problems
    assert (problem.code, problem.cell, str(problem.severity)) == ("commune_outside", "A4", "question")
    assert len(result.frames["membership"].query("level == 'caf_sector'")) == 2


def test_no_folder_of_files_is_refused_and_an_empty_one_is_built(small):
    workspace = small({})
    frames = workspace.build().frames
    assert len(frames["ctg"]) == 0
    assert len(frames["territories"].query("level == 'commune'")) == 101
    workspace.folders.raw.rmdir()
    with pytest.raises(WorkspaceError, match=r"data.raw n'existe pas : le créer"):
        workspace.build()


@pytest.mark.parametrize(
    ("change", "words"),
    [(('"90"', '"99"'), "« 99 » n'existe pas"), (("= 2026", "= 2020"), "2020 n'est pas fournie")],
)
def test_an_unknown_departement_or_year_is_refused(small, change, words):
    workspace = small({"bon.csv": GOOD})
    path = workspace.folders.root / "sdsf.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(TerritoryError, match=words):
        type(workspace)(workspace.folders).build()


def test_a_faulty_recipe_of_the_workspace_is_refused_by_its_name(small):
    workspace = small({"bon.csv": GOOD})
    workspace.folders.recipes.mkdir()
    (workspace.folders.recipes / "mienne.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(RecipeError, match=r"mienne\.toml"):
        workspace.build()
