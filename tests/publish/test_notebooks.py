from datetime import date
from pathlib import Path

import nbformat
import pytest

from sdsf_analysis.errors import SdsfError
from sdsf_analysis.publish.notebooks import as_page, execute

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def written(folder, *sources, tags=("parameters",)):
    """Notebook of one heading, a cell of parameters, then the given code."""
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell("# Été & CTG"),
        v4.new_code_cell("on = None", metadata={"tags": list(tags)}),
    ]
    cells += [v4.new_code_cell(source) for source in sources]
    path = folder / "éssai n° 1.ipynb"
    nbformat.write(v4.new_notebook(cells=cells), path)
    return path


def test_a_page_has_the_answers_the_parameters_and_no_code(tmp_path):
    path = written(tmp_path, "import warnings\nwarnings.warn('bruit')\nprint(on, 6 * 7)", "workspace[-4:]")
    before = path.read_bytes()
    space = tmp_path / "Ain 01"
    space.mkdir()
    page = execute(path, tmp_path / "reports", {"on": date(2024, 12, 31)}, space)
    text = page.read_text(encoding="utf-8")
    assert page == tmp_path / "reports" / "éssai n° 1.html"
    assert "<title>Été &amp; CTG</title>" in text
    assert '<html lang="fr">' in text
    assert "2024-12-31 42" in text
    assert "n 01" in text
    for absent in ("print(", "bruit", "In&nbsp;[", str(tmp_path), "<script"):
        assert absent not in text
    assert path.read_bytes() == before
    assert [entry.name for entry in (tmp_path / "reports").iterdir()] == [page.name]


def test_a_picture_is_inside_the_page_with_its_alternative_text(tmp_path):
    draw = (
        "from sdsf_analysis.figures.style import Page\n"
        "page = Page((40, 20))\n"
        "page.alt_text = 'Une page blanche'\n"
        "page"
    )
    text = execute(written(tmp_path, draw), tmp_path, {}, tmp_path).read_text(encoding="utf-8")
    assert 'src="data:image/png;base64,' in text
    assert 'alt="Une page blanche"' in text


def test_an_error_is_told_in_french_and_the_notebook_kept_with_it(tmp_path):
    path = written(tmp_path, "raise ValueError('colonne absente')")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "éssai n° 1.html").write_text("d'avant", encoding="utf-8")
    with pytest.raises(
        SdsfError, match=r"s'est arrêté : colonne absente .* reports/éssai n° 1\.erreur\.ipynb"
    ):
        execute(path, reports, {}, tmp_path)
    kept = nbformat.read(reports / "éssai n° 1.erreur.ipynb", as_version=4)
    assert kept.cells[-1].outputs[0].evalue == "colonne absente"
    assert not (reports / "éssai n° 1.html").exists()


def test_a_notebook_without_parameters_or_unreadable_is_refused(tmp_path):
    with pytest.raises(SdsfError, match="étiquetée « parameters »"):
        execute(written(tmp_path, tags=()), tmp_path / "reports", {}, tmp_path)
    broken = tmp_path / "x.ipynb"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(SdsfError, match=r"x\.ipynb ne peut pas être lu"):
        execute(broken, tmp_path / "reports", {}, tmp_path)
    with pytest.raises(SdsfError, match=r"y\.ipynb n'existe pas"):
        execute(tmp_path / "y.ipynb", tmp_path / "reports", {}, tmp_path)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://a.fr/b.png">',
        '<script src="//a.fr/c.js"></script>',
        "<style>@import 'http://a'</style>",
    ],
)
def test_what_would_be_loaded_from_the_internet_is_refused(html):
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    with pytest.raises(SdsfError, match="d'internet"):
        as_page(content, "titre")


def test_a_link_to_follow_is_not_something_loaded():
    cell = nbformat.v4.new_markdown_cell("[Caf](https://www.caf.fr)")
    assert 'href="https://www.caf.fr"' in as_page(nbformat.v4.new_notebook(cells=[cell]), "titre")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_thin(path):
    content = nbformat.read(path, as_version=4)
    nbformat.validate(content)
    code = [cell for cell in content.cells if cell.cell_type == "code"]
    text = "\n".join(cell.source for cell in code)
    assert len(code) <= 20
    assert all(len(cell.source.splitlines()) <= 25 for cell in code)
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    for forbidden in ("def ", "lambda", "Path(", "os.path", "data/raw", "data/processed"):
        assert forbidden not in text


def test_a_french_sign_stays_with_its_word_in_what_is_read_alone():
    cell = nbformat.v4.new_markdown_cell('# Titre\n\nDes « zones » : 12 % ? <span title="a : b">oui</span>')
    page = as_page(nbformat.v4.new_notebook(cells=[cell]), "essai")
    assert "Des «\u00a0zones\u00a0»\u00a0: 12\u00a0%\u00a0?" in page
    assert 'title="a : b"' in page
