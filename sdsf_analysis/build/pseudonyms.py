"""Pseudonyms of persons: an HMAC under a key that never leaves ``data/raw``."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sdsf_analysis.errors import WorkspaceError

KEY_FILE = ".pseudonym-key"
_LENGTH = 10
_KEY_BYTES = 32


@dataclass(frozen=True)
class Pseudonyms:
    """Pseudonyms of a workspace.

    Parameters
    ----------
    raw : pathlib.Path
        Folder ``data/raw``; the key is made there for the first person of a real file.
    demo_seed : int or None
        Seed of a fictitious workspace; its files, and they alone, take their key from it: the same
        pseudonyms everywhere.
    """

    raw: Path
    demo_seed: int | None = None

    def for_file(self, *, is_fictitious: bool) -> Callable[[str], str]:
        """Give the function that turns a name of one file into its pseudonym."""

        def pseudonym(name: str) -> str:
            key = self._demo_key if is_fictitious and self.demo_seed is not None else self._stored_key
            return "p-" + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:_LENGTH]

        return pseudonym

    @cached_property
    def _demo_key(self) -> bytes:
        return hashlib.sha256(f"demo {self.demo_seed}".encode()).digest()

    @cached_property
    def _stored_key(self) -> bytes:
        path = self.raw / KEY_FILE
        try:
            if not path.exists():
                _write_key(path)
            key = bytes.fromhex(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            key = b""
        if len(key) < _KEY_BYTES:
            raise WorkspaceError(
                f"La clé des pseudonymes {path} ne peut pas être lue ou écrite. Rendre le dossier "
                "accessible ; un fichier abîmé est à restaurer, ou à supprimer (les pseudonymes changeront)."
            )
        return key


def _write_key(path: Path) -> None:
    """Write a new key that its owner alone may read, whole or not at all."""
    aside = path.with_name(f"{KEY_FILE}-{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_KEY_BYTES))
    aside.replace(path)
