"""Pseudonyms of persons: an HMAC under a key that never leaves ``data/raw``."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

KEY_FILE = ".pseudonym-key"
_LENGTH = 10


def pseudonymiser(raw: Path, demo_seed: int | None) -> Callable[[str], str]:
    """Give the function that turns a name into its pseudonym.

    Parameters
    ----------
    raw : pathlib.Path
        Folder ``data/raw``; the key is made there at the first use.
    demo_seed : int or None
        Seed of a fictitious workspace, whose key comes from it: the same pseudonyms everywhere.
    """
    key = hashlib.sha256(f"demo {demo_seed}".encode()).digest() if demo_seed is not None else _stored_key(raw)

    def pseudonym(name: str) -> str:
        return "p-" + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:_LENGTH]

    return pseudonym


def _stored_key(raw: Path) -> bytes:
    path = raw / KEY_FILE
    if not path.exists():
        raw.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
