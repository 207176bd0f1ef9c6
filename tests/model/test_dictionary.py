import pytest

from sdsf_analysis.model import dictionary
from sdsf_analysis.model.lists import list_names
from sdsf_analysis.model.tables import tables


def section(title):
    """Text under a heading, up to the next one."""
    return dictionary.render().split(f"\n### {title}", 1)[1].split("\n#", 1)[0]


def test_the_dictionary_is_fresh():
    if not dictionary.PATH.parent.is_dir():
        pytest.skip("pas de dossier docs/ : paquet installé hors du dépôt")
    written = dictionary.PATH.read_text(encoding="utf-8")
    assert written == dictionary.render(), "relancer python -m sdsf_analysis.model.dictionary"


@pytest.mark.parametrize("name", list(tables()))
def test_every_column_is_described(name):
    text = section(f"`{name}` :")
    for column in tables()[name].columns:
        assert f"`{column.name}`" in text
        assert f"| {column.label} |" in text


@pytest.mark.parametrize("name", list_names())
def test_every_list_is_given_and_every_link_leads_somewhere(name):
    assert section(f"{name}\n").startswith("\n| code | libellé |")


def test_a_line_says_key_type_unit_list_and_diffusion():
    lines = section("`officers` :").splitlines()
    assert "| **`post`** | poste | texte |  |  | oui | partenaires |" in lines
    assert "| `officer` | pseudonyme de la personne | texte |  |  |  | interne |" in lines
    assert "| `fte_funded` | temps de travail financé | nombre | ETP |  |  | partenaires |" in lines


def test_rows_of_a_markdown_table_have_as_many_cells_as_titles():
    blocks = [block for block in dictionary.render().split("\n\n") if block.startswith("|")]
    for block in blocks:
        assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_lists_show_family_unit_and_diffusion_only_where_they_have_some():
    assert "| `cash` | trésorerie | jours | interne |" in section("activity_measure\n")
    assert "| `rpe` | relais petite enfance | petite enfance |" in section("offer_kind\n")
    assert "| `caf` | Caf |" in section("regime\n")
