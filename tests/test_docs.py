"""What the pages say exists, and what exists is said."""

import re
from pathlib import Path

import pytest

from sdsf_analysis.cli import sdsf
from sdsf_analysis.paths import Settings
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.scaffold import demo_workspace

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    not (ROOT / "docs").is_dir(), reason="the package is installed without its pages"
)


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(sdsf.commands))
def test_the_guide_names_every_command(name):
    assert f"| `{name}` |" in page("docs/guide.md")


@pytest.mark.parametrize("recipe", [recipe.name for recipe in shipped_recipes()])
def test_the_guide_names_every_recipe(recipe):
    assert f"| `{recipe}` |" in page("docs/guide.md")


def test_the_guide_names_every_setting():
    guide = page("docs/guide.md")
    for section, field in Settings.model_fields.items():
        assert f"`[{section}]`" in guide
        for key, inner in getattr(field.annotation, "model_fields", {}).items():
            assert f"`{inner.alias or key}`" in guide


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/guide.md"])
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)\)", page(name)):
        assert ((ROOT / name).parent / target).exists(), target


def test_the_python_example_of_the_readme_runs(tmp_path, monkeypatch):
    demo_workspace("90", tmp_path / "démo")
    monkeypatch.chdir(tmp_path / "démo")
    (example,) = re.findall(r"```python\n(.*?)```", page("README.md"), re.DOTALL)
    names = {}
    exec(example, names)  # noqa: S102 - our own page
    assert list(names["counters"]["measure"][:3]) == ["ctg_in_force", "officers", "population_covered"]
    assert names["page"].alt_text
    assert len(names["doubts"])
