import pytest

from sdsf_analysis.errors import TerritoryError, WorkspaceError
from sdsf_analysis.paths import read_settings
from sdsf_analysis.scaffold import TEMPLATES, demo_workspace, new_workspace, shipped_notebooks
from sdsf_analysis.workspace import Workspace


def test_a_new_workspace_is_empty_and_builds(tmp_path):
    folders = new_workspace("42", tmp_path / "la Loire")
    settings = read_settings(folders)
    assert settings.schema_name == "Schéma départemental des services aux familles de la Loire"
    assert {path.name for path in folders.raw.iterdir()} == {"decisions.csv", "demandes.csv"}
    assert "Suivi CTG.xlsx" in {path.name for path in (folders.root / TEMPLATES).iterdir()}
    assert {path.name for path in folders.notebooks.iterdir()} == {
        path.name for path in shipped_notebooks().glob("*.ipynb")
    }
    result = Workspace(folders).build()
    assert result.problems == []
    assert (len(result.frames["ctg"]), (result.frames["territories"]["level"] == "epci").sum()) == (0, 11)


def test_templates_are_recognised_as_they_are(tmp_path):
    folders = new_workspace("90", tmp_path / "w")
    for path in (folders.root / TEMPLATES).iterdir():
        if path.suffix != ".txt":
            path.rename(folders.raw / path.name)
    result = Workspace(folders).build()
    codes = {problem.code for problem in result.problems}
    assert not codes & {"file_unrecognised", "column_missing", "table_unrecognised", "column_unmapped"}
    assert all(entry["recipes"] for entry in result.manifest["inputs"])


@pytest.mark.parametrize("make", [new_workspace, demo_workspace])
def test_a_folder_that_holds_something_is_left_alone(tmp_path, make):
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    for target in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(WorkspaceError, match="n'est pas vide"):
            make("01", target)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("make", [new_workspace, demo_workspace])
@pytest.mark.parametrize("departement", ["20", "99", "1", ""])
def test_an_unknown_departement_makes_nothing(tmp_path, make, departement):
    with pytest.raises(TerritoryError, match="n'existe pas dans la géographie 2026"):
        make(departement, tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_an_empty_folder_may_be_used_and_a_place_that_refuses_is_said(tmp_path):
    (tmp_path / "w").mkdir()
    assert new_workspace("2A", tmp_path / "w").raw.is_dir()
    (tmp_path / "fichier").touch()
    with pytest.raises(WorkspaceError, match="choisir un dossier où l'on peut écrire"):
        new_workspace("2A", tmp_path / "fichier" / "w")
