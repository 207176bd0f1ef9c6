import sys

import pytest

from sdsf_analysis.build.pseudonyms import KEY_FILE, Pseudonyms
from sdsf_analysis.errors import WorkspaceError


def name_of(raw, seed=None, *, is_fictitious=False):
    return Pseudonyms(raw, seed).for_file(is_fictitious=is_fictitious)("quatrebarbes zephyrine")


def test_the_same_person_has_one_pseudonym_under_one_key(tmp_path):
    first = name_of(tmp_path)
    assert first == name_of(tmp_path)
    assert first.startswith("p-")
    assert "zephyrine" not in first
    (tmp_path / KEY_FILE).unlink()
    assert name_of(tmp_path) != first


def test_fictitious_files_share_a_key_and_real_ones_never_use_it(tmp_path):
    (tmp_path / "a").mkdir()
    fictitious = name_of(tmp_path, 1, is_fictitious=True)
    assert not (tmp_path / KEY_FILE).exists()
    assert fictitious == name_of(tmp_path / "a", 1, is_fictitious=True)
    assert fictitious != name_of(tmp_path, 2, is_fictitious=True)
    assert fictitious != name_of(tmp_path, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no group permissions")
def test_only_its_owner_reads_the_key(tmp_path):
    name_of(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("content", ["", "zz", "ab"])
def test_a_damaged_key_is_refused_never_replaced(tmp_path, content):
    (tmp_path / KEY_FILE).write_text(content, encoding="ascii")
    with pytest.raises(WorkspaceError, match="clé des pseudonymes"):
        name_of(tmp_path)
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == content
