import json
import shutil
from hashlib import sha256

import nbformat
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.publish import pictures, reports
from sdsf_analysis.publish.pictures import FORMATS, MANIFEST, PICTURES
from sdsf_analysis.workspace import Workspace

PIECES = {f"{picture.file}{ending}" for picture in PICTURES for ending in FORMATS}


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


@pytest.fixture
def quick(ready, monkeypatch):
    """The same, with the first two figures alone."""
    for module in (reports, pictures):
        monkeypatch.setattr(module, "PICTURES", PICTURES[:2])
    return ready


def draw_nothing(monkeypatch, error=None):
    def draw(*_, **__):
        if error:
            raise error
        raise QuestionError("Pas de carte.")

    monkeypatch.setattr(pictures, "ctg_map", draw)


def without_sheets(paths):
    return [path.name for path in paths if "fiches" not in path.parts]


def test_everything_is_made_and_named(ready):
    told = []
    made = ready.report(progress=told.append)
    assert made.failures == ()
    others = ["01_essai.ipynb", MANIFEST, "fiches de territoire", "sdsf.xlsx"]
    assert sorted(told) == sorted([picture.name for picture in PICTURES] + others)
    assert set(without_sheets(made.paths)) == PIECES | {MANIFEST, "sdsf.xlsx", "01_essai.html"}
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
def test_a_piece_that_fails_says_so_and_the_others_are_made(quick, monkeypatch, error, words):
    folder = quick.folders.reports / "figures"
    folder.mkdir(parents=True)
    (folder / "carte_ctg.png").write_bytes(b"ancienne")
    draw_nothing(monkeypatch, error)
    made = quick.report()
    (failure,) = made.failures
    assert words in failure
    assert "Zéphyrine" not in failure
    left = {f"calendrier_ctg{ending}" for ending in FORMATS}
    assert set(without_sheets(made.paths)) == left | {MANIFEST, "sdsf.xlsx", "01_essai.html"}
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


def test_the_manifest_says_what_the_figures_were_made_of(ready):
    ready.report(only=["figures"])
    folder = ready.folders.reports / "figures"
    told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert [one["figure"] for one in told["figures"]] == [picture.file for picture in PICTURES]
    written = {name: digest for one in told["figures"] for name, digest in one["fichiers"].items()}
    assert written == {name: sha256((folder / name).read_bytes()).hexdigest() for name in PIECES}
    assert all(one["texte"] for one in told["figures"])
    received = [(one["source"], one["sha256"]) for one in ready.manifest["inputs"]]
    assert [(one["fichier"], one["sha256"]) for one in told["fichiers_recus"]] == received


def test_the_same_figures_twice_have_the_same_bytes(quick):
    folder = quick.folders.reports / "figures"
    quick.report(only=["figures"])
    first = (folder / MANIFEST).read_bytes()
    quick.report(only=["figures"])
    assert (folder / MANIFEST).read_bytes() == first
