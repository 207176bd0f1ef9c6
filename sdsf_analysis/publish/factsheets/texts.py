"""The analyst's own words on a territory, kept in ``data/raw/textes``, on its sheet at every run."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sdsf_analysis.errors import SdsfError, why
from sdsf_analysis.territories.keys import name_key

HEADINGS = {"atouts": "Atouts", "vigilances": "Points de vigilance", "commentaires": "Commentaires"}
_STARTS = {"atout": "atouts", "point": "vigilances", "vigilance": "vigilances", "comment": "commentaires"}
_LARGEST = 20_000


class Texts(NamedTuple):
    """Paragraphs of the analyst, by heading (`HEADINGS`), and the files that name no territory."""

    of: Mapping[str, Mapping[str, list[str]]]
    strangers: tuple[str, ...]


def read_texts(folder: Path, names: Mapping[str, str]) -> Texts:
    r"""Read the analyst's texts: one file by territory, named by its code or its name.

    Parameters
    ----------
    folder : pathlib.Path
        ``data/raw/textes``; it may not exist.
    names : mapping of str to str
        Name of each territory, by its code.

    Returns
    -------
    Texts

    Raises
    ------
    SdsfError
        If a file cannot be read, or is no text.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "CC du Test.md"
    ...     count = file.write_text("# Atouts\n- Un relais actif", encoding="utf-8")
    ...     read_texts(Path(folder), {"E1": "CC du Test"}).of["E1"]
    {'atouts': ['Un relais actif']}
    """
    codes = {name_key(name): code for code, name in names.items()} | {name_key(code): code for code in names}
    found: dict[str, Mapping[str, list[str]]] = {}
    strangers = []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        code = codes.get(name_key(path.stem))
        if code is None:
            strangers.append(path.name)
        else:
            found[code] = _parts(_read(path).splitlines())
    return Texts(found, tuple(strangers))


def _read(path: Path) -> str:
    try:
        return path.read_bytes()[:_LARGEST].decode("utf-8-sig")
    except OSError as error:
        raise SdsfError(f"Le texte « {path.name} » ne peut pas être lu ({why(error)}).") from error
    except UnicodeDecodeError:
        # a Windows editor's own encoding, where every byte is a letter
        return path.read_bytes()[:_LARGEST].decode("cp1252", errors="replace")


def _parts(lines: Iterable[str]) -> dict[str, list[str]]:
    """Paragraphs under each heading; what stands before any heading is a comment."""
    parts: dict[str, list[str]] = {}
    heading, is_open = "commentaires", False
    for line in lines:
        text = line.strip()
        if text.startswith("#"):
            title = text.lstrip("# ").casefold()
            heading = next((key for start, key in _STARTS.items() if title.startswith(start)), "commentaires")
            is_open = False
        elif not text:
            is_open = False
        elif is_open and not text.startswith(("-", "*")):
            parts[heading][-1] += f" {text}"
        else:
            parts.setdefault(heading, []).append(text.lstrip("-* "))
            is_open = True
    return parts
