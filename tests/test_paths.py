import re

import pytest

from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.paths import MANIFEST, PREVIOUS, SETTINGS_FILE, Folders, find_workspace, read_settings

GOOD = """\
[workspace]
departement = "2A"
schema = "Schéma d'été"
geography_year = 2026
reference_date = 2024-12-31
"""


def settings(tmp_path, text):
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (tmp_path / SETTINGS_FILE).write_bytes(content)
    return read_settings(Folders(tmp_path))


def test_settings_are_read_with_their_defaults(tmp_path):
    read = settings(tmp_path, GOOD)
    assert (read.departement, read.schema_name, read.geography_year) == ("2A", "Schéma d'été", 2026)
    assert read.reference_date.isoformat() == "2024-12-31"
    assert (read.secrecy.threshold, read.sources, read.options.demo_seed) == (5, {}, None)


def test_a_byte_order_mark_of_notepad_is_no_obstacle(tmp_path):
    assert settings(tmp_path, b"\xef\xbb\xbf" + GOOD.encode("utf-8")).departement == "2A"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "La rubrique [workspace] manque."),
        ("[workspace]\n", "La clé « departement » de [workspace] manque."),
        (
            GOOD.replace("departement", "département"),
            "n'est pas écrit comme un fichier TOML (ligne 2, colonne 2)",
        ),
        (GOOD.replace("departement =", "departemnt ="), "voulait-on écrire « departement » ?"),
        (GOOD.replace('"2A"', "1"), 'vaut 1 ; écrire un code entre guillemets, comme "01"'),
        (GOOD.replace('"2A"', '"Corse"'), 'vaut "Corse" ; écrire un code entre guillemets'),
        (GOOD.replace("2026", '"cette année"'), "écrire une année, comme 2026"),
        (GOOD.replace("2024-12-31", "2024-13-31"), "ligne 5"),
        (GOOD.replace("2024-12-31", '"fin 2024"'), "écrire une date sans guillemets, comme 2024-12-31"),
        (GOOD + "[secret]\n", "La rubrique [secret] est inconnue ; voulait-on écrire « secrecy » ?"),
        (GOOD + "[zzz]\n", "rubriques possibles : workspace, sources, secrecy, priority, options"),
        (GOOD + "[secrecy]\nthreshold = -1\n", "vaut -1 ; écrire un nombre entier, 0 ou plus"),
        (GOOD + "[secrecy]\nseuil = 3\n", "clés possibles : threshold"),
        (GOOD + '[sources]\nctg = ["a", "b"]\n', "écrire le nom d'un fichier entre guillemets"),
        ('workspace = "01"\n', 'La rubrique [workspace] vaut "01" ; écrire [workspace] seul sur sa ligne'),
        (GOOD.encode("cp1252"), "n'est pas enregistré en UTF-8"),
        (GOOD.encode("utf-16"), "n'est pas enregistré en UTF-8"),
    ],
)
def test_a_faulty_file_is_refused_with_what_to_write(tmp_path, text, words):
    with pytest.raises(WorkspaceError, match=re.escape(words)) as error:
        settings(tmp_path, text)
    assert SETTINGS_FILE in str(error.value)
    assert "error" not in str(error.value).lower()


def test_every_fault_is_said_at_once(tmp_path):
    with pytest.raises(WorkspaceError) as error:
        settings(tmp_path, GOOD.replace("2026", "true") + "[secrecy]\nthreshold = 1.5\n[x]\n")
    assert all(word in str(error.value) for word in ("threshold", "[x]"))


def test_settings_that_cannot_be_opened_are_refused(tmp_path):
    (tmp_path / SETTINGS_FILE).mkdir()
    with pytest.raises(WorkspaceError, match="ne peut pas être ouvert"):
        read_settings(Folders(tmp_path))


def test_the_nearest_parent_is_found(tmp_path):
    (tmp_path / SETTINGS_FILE).write_text(GOOD, encoding="utf-8")
    inside = tmp_path / "data" / "raw"
    inside.mkdir(parents=True)
    assert find_workspace(start=inside).root == tmp_path.resolve()
    with pytest.raises(WorkspaceError, match="n'est pas un espace de travail"):
        find_workspace(given=inside)


def test_the_folder_of_run_py_comes_last(tmp_path, monkeypatch):
    home, here, empty = (tmp_path / name for name in ("maison", "ici", "vide"))
    for folder in (home, here, empty):
        folder.mkdir()
    for folder in (home, here):
        (folder / SETTINGS_FILE).write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("SDSF_HOME", str(home))
    monkeypatch.chdir(empty)
    assert find_workspace().root == home
    assert find_workspace(given=here).root == here
    monkeypatch.chdir(here)
    assert find_workspace().root == here
    with pytest.raises(WorkspaceError, match="Aucun espace de travail"):
        find_workspace(start=empty)


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    with pytest.raises(WorkspaceError, match="n'existe pas : vérifier le chemin"):
        find_workspace(given=tmp_path / "absent")


def test_tables_are_the_previous_ones_only_when_the_new_ones_are_not_whole(tmp_path):
    folders = Folders(tmp_path)
    previous = folders.processed.with_name(PREVIOUS)
    assert folders.tables == folders.processed
    previous.mkdir(parents=True)
    (previous / MANIFEST).touch()
    assert folders.tables == previous
    folders.processed.mkdir()
    (folders.processed / MANIFEST).touch()
    assert folders.tables == folders.processed
