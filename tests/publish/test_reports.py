import shutil

import nbformat
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.publish import reports
from sdsf_analysis.workspace import Workspace

PIECES = {"carte_ctg.png", "carte_ctg.svg", "carte_ctg.pdf"}


@pytest.fixture
def ready(small):
    """A small workspace, built, with one quick notebook."""
    workspace = small({})
    workspace.build()
    workspace.folders.notebooks.mkdir()
    v4 = nbformat.v4
    cell = v4.new_code_cell("workspace = '..'", metadata={"tags": ["parameters"]})
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Essai"), cell])
    nbformat.write(notebook, workspace.folders.notebooks / "01_essai.ipynb")
    return workspace


def draw_nothing(monkeypatch, error=None):
    def draw(*_, **__):
        if error:
            raise error
        raise QuestionError("Pas de carte.")

    monkeypatch.setattr(reports, "ctg_map", draw)


def without_sheets(paths):
    return [path.name for path in paths if "fiches" not in path.parts]


def test_everything_is_made_and_named(ready):
    told = []
    made = ready.report(progress=told.append)
    assert made.failures == ()
    assert sorted(told) == ["01_essai.ipynb", "carte des CTG", "fiches de territoire", "sdsf.xlsx"]
    assert set(without_sheets(made.paths)) == PIECES | {"sdsf.xlsx", "01_essai.html"}
    assert {path.suffix for path in made.paths if "fiches" in path.parts} == {".html", ".pdf"}
    assert all(path.stat().st_size > 1000 for path in made.paths)
    assert (ready.folders.reports / "figures" / "carte_ctg.txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (QuestionError("Pas de carte."), "Pas de carte."),
        (PermissionError(13, "Permission denied", "carte_ctg.pdf"), "Le fermer, puis relancer"),
        (ValueError("Zéphyrine"), "Le logiciel a échoué sur « carte des CTG » (ValueError, draw"),
    ],
)
def test_a_piece_that_fails_says_so_and_the_others_are_made(ready, monkeypatch, error, words):
    folder = ready.folders.reports / "figures"
    folder.mkdir(parents=True)
    (folder / "carte_ctg.png").write_bytes(b"ancienne")
    draw_nothing(monkeypatch, error)
    made = ready.report()
    (failure,) = made.failures
    assert words in failure
    assert "Zéphyrine" not in failure
    assert without_sheets(made.paths) == ["sdsf.xlsx", "01_essai.html"]
    assert not (folder / "carte_ctg.png").exists()


def test_without_any_file_the_shipped_notebooks_and_the_map_are_made(ready):
    from sdsf_analysis.scaffold import shipped_notebooks

    shutil.rmtree(ready.folders.notebooks)
    shutil.copytree(shipped_notebooks(), ready.folders.notebooks)
    made = Workspace(ready.folders).report()
    assert made.failures == ()
    pages = {path.stem: path.read_text(encoding="utf-8") for path in made.paths if path.suffix == ".html"}
    assert "n. d." in pages["02_territoires_et_ctg"]
    assert "Aucun fichier n'a été reçu." in pages["01_donnees_recues"].replace("&#39;", "'")
    assert "Suivi des conventions territoriales globales" in pages["01_donnees_recues"]
    assert "Il faut le fichier de suivi des CTG." in pages["06_requetes"]
