"""The analyst's own words: found by name or code, kept whole, and none lost in silence."""

import pytest

from sdsf_analysis.publish.factsheets.texts import read_texts

NAMES = {"200000001": "CC de l'Été", "CTG-1": "CTG du Test"}


def written(folder, name, content, encoding="utf-8"):
    (folder / name).write_bytes(content.encode(encoding))
    return read_texts(folder, NAMES)


@pytest.mark.parametrize("name", ["200000001.md", "CC de l'Été.md", "cc de l'ete.md", "CC DE L'ÉTÉ.md"])
def test_a_file_is_named_by_the_code_or_the_name(tmp_path, name):
    assert written(tmp_path, name, "# Atouts\n- Un relais").of == {"200000001": {"atouts": ["Un relais"]}}


def test_paragraphs_go_under_their_headings_and_a_broken_line_is_one_paragraph(tmp_path):
    text = (
        "Contexte.\n\n# Atouts\n- Un relais\n  actif\n- Deux crèches\n\n## Points de vigilance\nDes départs."
    )
    assert written(tmp_path, "CTG-1.md", text).of["CTG-1"] == {
        "commentaires": ["Contexte."],
        "atouts": ["Un relais actif", "Deux crèches"],
        "vigilances": ["Des départs."],
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_what_a_windows_editor_saves_is_read(tmp_path, encoding):
    assert written(tmp_path, "CTG-1.md", "# Atouts\nÉlus mobilisés", encoding).of["CTG-1"] == {
        "atouts": ["Élus mobilisés"]
    }


def test_a_text_of_no_territory_is_named(tmp_path):
    assert written(tmp_path, "CC Inconnue.md", "# Atouts\nRien").strangers == ("CC Inconnue.md",)


def test_without_the_folder_there_is_no_text(tmp_path):
    assert read_texts(tmp_path / "textes", NAMES) == ({}, ())
