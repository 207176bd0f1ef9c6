"""A file written all at once."""

import secrets
from pathlib import Path

ASIDE = ".sdsf-"


def replace_file(path: Path, content: bytes, aside: str = ASIDE) -> None:
    """Write a file: whoever opens it finds the previous one or the new one, whole.

    Parameters
    ----------
    path : pathlib.Path
        Its folder is made if needed.
    content : bytes
        Nothing is written where the file holds it already.
    aside : str
        How the name of the file begins while it is being written, in the same folder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     replace_file(Path(folder) / "a" / "b.txt", b"c")
    ...     (Path(folder) / "a" / "b.txt").read_bytes()
    b'c'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == content:
        return
    beside = path.with_name(f"{aside}{secrets.token_hex(4)}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
