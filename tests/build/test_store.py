import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from sdsf_analysis.build import store
from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.paths import MANIFEST, PREVIOUS, Folders

FRAMES = {"ctg": pd.DataFrame({"ctg": ["A"]})}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no fork nor SIGKILL on Windows")


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path / "été")


def write(folders, mark="1"):
    store.write_tables(FRAMES, {"mark": mark}, folders.processed)


def mark_of(folder):
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["mark"]


@posix_only
@pytest.mark.parametrize("way", ["exchange", "fallback"])
def test_killed_at_any_event_of_the_file_system_the_tables_are_whole(tmp_path, way):
    script = Path(__file__).with_name("killed_store.py")
    command = [sys.executable, str(script), str(tmp_path), way]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout)
    killed = [state for was_killed, state in answers if was_killed]
    assert len(killed) >= 10
    assert set(killed) == {"old", "new"}
    assert {state for was_killed, state in answers if not was_killed} == {"new", "old again"}
    assert killed == sorted(killed, reverse=True), "once new, never old again"


@posix_only
def test_a_build_killed_half_way_leaves_the_earlier_one(small):
    workspace = small({"Secteurs.csv": "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n"})
    workspace.build()
    processed = workspace.folders.processed
    before = {path.name: path.read_bytes() for path in processed.iterdir()}
    raw = workspace.folders.raw / "Secteurs.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace("Nord", "Sud"), encoding="utf-8")
    code = (
        "import os, signal, pandas as pd, sdsf_analysis as s\n"
        "write, left = pd.DataFrame.to_parquet, [5]\n"
        "def to_parquet(*a, **k):\n"
        "    left[0] -= 1\n"
        "    left[0] or os.kill(os.getpid(), signal.SIGKILL)\n"
        "    write(*a, **k)\n"
        "pd.DataFrame.to_parquet = to_parquet\n"
        f"s.open_workspace({str(workspace.folders.root)!r}).build()"
    )
    assert subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=False).returncode == -9
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before
    manifest = json.loads((processed / MANIFEST).read_text(encoding="utf-8"))
    for name, rows in manifest["tables"].items():
        assert len(pd.read_parquet(processed / f"{name}.parquet")) == rows


def test_writing_twice_gives_the_same_bytes_and_leaves_nothing_beside(folders):
    write(folders)
    first = {path.name: path.read_bytes() for path in folders.processed.iterdir()}
    write(folders)
    assert {path.name: path.read_bytes() for path in folders.processed.iterdir()} == first
    assert [path.name for path in folders.processed.parent.iterdir()] == ["processed"]


def test_without_exchange_the_previous_tables_are_replaced(folders, monkeypatch):
    monkeypatch.setattr(store, "_exchange", lambda one, two: False)
    for mark in ("1", "2", "3"):
        write(folders, mark)
        assert mark_of(folders.processed) == mark
    assert [path.name for path in folders.processed.parent.iterdir()] == ["processed"]


def test_between_two_folders_readers_find_the_previous_one(folders):
    write(folders)
    folders.processed.rename(folders.processed.with_name(PREVIOUS))
    assert mark_of(folders.tables) == "1"
    store.recover(folders.processed)
    assert folders.tables == folders.processed
    assert mark_of(folders.processed) == "1"


def test_a_previous_folder_left_behind_does_not_stop_the_next_build(folders, monkeypatch):
    write(folders)
    folders.processed.with_name(PREVIOUS).mkdir()
    (folders.processed.with_name(PREVIOUS) / MANIFEST).write_text('{"mark": "0"}', encoding="utf-8")
    monkeypatch.setattr(store, "_exchange", lambda one, two: False)
    assert mark_of(folders.tables) == "1"
    write(folders, "2")
    assert mark_of(folders.processed) == "2"


def test_unfinished_folders_are_thrown_away_once_old(folders):
    write(folders)
    old, young = (folders.processed.with_name(f".processed-{name}") for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    write(folders, "2")
    assert (old.exists(), young.exists()) == (False, True)


def test_a_file_in_the_place_of_the_folder_is_refused_and_kept(folders):
    folders.processed.parent.mkdir(parents=True)
    folders.processed.write_text("mes notes", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="est un fichier"):
        write(folders)
    assert folders.processed.read_text(encoding="utf-8") == "mes notes"


@pytest.mark.parametrize(
    ("error", "words"),
    [(PermissionError(13, "x"), "lecture seule"), (OSError(28, "No space left on device"), "place libre")],
)
def test_what_cannot_be_written_is_a_sentence_and_the_earlier_tables_stay(folders, monkeypatch, error, words):
    def refuse(*_, **__):
        raise error

    write(folders)
    with monkeypatch.context() as patch:
        patch.setattr(pd.DataFrame, "to_parquet", refuse)
        with pytest.raises(WorkspaceError, match=words):
            write(folders, "2")
    assert mark_of(folders.processed) == "1"
    assert [path.name for path in folders.processed.parent.iterdir()] == ["processed"]


@posix_only
def test_colleagues_may_read_the_folder_as_the_umask_says(folders):
    write(folders)
    assert folders.processed.stat().st_mode & 0o777 == folders.processed.parent.stat().st_mode & 0o777


def test_the_note_of_the_repository_is_the_one_that_a_build_writes():
    note = Path(__file__).parents[2] / "data" / "processed" / store.README
    assert note.read_text(encoding="utf-8") == store.README_TEXT
