import pandas as pd
import pytest

import sdsf_analysis as sdsf
from sdsf_analysis.errors import WorkspaceError
from sdsf_analysis.model.tables import tables
from sdsf_analysis.paths import PREVIOUS, find_workspace

SECTORS = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;{}\n"


def test_tables_read_back_are_those_of_the_build(ain, ain_result):
    for name in tables():
        pd.testing.assert_frame_equal(getattr(ain.tables, name), ain_result.frames[name])


def test_problems_read_back_are_those_of_the_build(ain, ain_result):
    assert [p.record() for p in ain.problems()] == [p.record() for p in ain_result.problems]


def test_the_manifest_says_what_the_build_was_made_of(ain):
    assert (ain.manifest["departement"], ain.manifest["geography_year"]) == ("01", 2026)
    sources = {entry["source"]: entry for entry in ain.manifest["inputs"]}
    received = {path.name for path in ain.folders.raw.glob("*.*")} - {"decisions.csv", "demandes.csv"}
    assert set(sources) == received
    assert all(len(entry["sha256"]) == 64 and entry["recipes"] for entry in sources.values())
    assert {"python", "pandas", "pyarrow"} <= set(ain.manifest["versions"])
    assert str(ain.folders.root) not in str(ain.manifest)
    assert ain.fictitious


def test_a_workspace_that_is_not_built_says_so(small):
    workspace = small({})
    for ask in (lambda: workspace.tables.ctg, lambda: workspace.manifest, workspace.problems):
        with pytest.raises(WorkspaceError, match="lancer « sdsf build »"):
            ask()


def test_tables_are_read_anew_after_a_build(small):
    workspace = small({"Secteurs.csv": SECTORS.format("Nord")})
    workspace.build()
    assert "Nord" in set(workspace.tables.membership["territory"])
    (workspace.folders.raw / "Secteurs.csv").write_text(SECTORS.format("Sud"), encoding="utf-8")
    workspace.build()
    assert "Nord" not in set(workspace.tables.membership["territory"])
    assert not workspace.fictitious


def test_two_builds_of_the_same_files_are_the_same_bytes(small):
    workspace = small({"Secteurs.csv": SECTORS.format("Nord")})
    workspace.build()
    first = {path.name: path.read_bytes() for path in workspace.folders.processed.iterdir()}
    workspace.build()
    assert {path.name: path.read_bytes() for path in workspace.folders.processed.iterdir()} == first


def test_readers_see_the_previous_tables_after_a_kill_between_two_folders(small):
    workspace = small({"Secteurs.csv": SECTORS.format("Nord")})
    workspace.build()
    processed = workspace.folders.processed
    processed.rename(processed.with_name(PREVIOUS))
    reopened = sdsf.open_workspace(workspace.folders.root)
    assert "Nord" in set(reopened.tables.membership["territory"])
    reopened.build()
    assert not processed.with_name(PREVIOUS).exists()


def test_open_workspace_from_inside(ain):
    assert sdsf.open_workspace(ain.folders.raw).folders.root == ain.folders.root
    assert "Schéma départemental" in repr(sdsf.open_workspace(str(ain.folders.root)))


def test_a_sentence_names_the_command_as_the_user_starts_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SDSF_COMMAND", "py run.py")
    with pytest.raises(WorkspaceError, match=r"py run\.py new DÉPARTEMENT DOSSIER"):
        find_workspace(tmp_path)
