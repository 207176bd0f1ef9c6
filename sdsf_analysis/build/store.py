"""Write the tidy tables all at once: whatever happens, ``data/processed`` is whole."""

import ctypes
import json
import os
import secrets
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from sdsf_analysis.errors import WorkspaceError, why
from sdsf_analysis.paths import MANIFEST, PREVIOUS

README = "LISEZMOI.txt"
README_TEXT = (
    "Tables produites par la commande build à partir de data/raw.\n"
    "Ne rien modifier ni ajouter ici : le dossier entier est réécrit à chaque fois.\n"
    "Chaque colonne est décrite dans docs/dictionary.md ; manifest.json dit de quels fichiers tout vient.\n"
)
_ASIDE = ".processed-"
_STALE_SECONDS = 3600
_AT_CWD, _LINUX_EXCHANGE, _MAC_SWAP = -100, 2, 2


def write_tables(frames: dict[str, pd.DataFrame], manifest: dict[str, Any], processed: Path) -> None:
    """Write every table and the manifest in a folder aside, then put it in place at once.

    Parameters
    ----------
    frames : dict
        Table name → frame.
    manifest : dict
        What the build was made of.
    processed : pathlib.Path
        The folder ``data/processed``.

    Raises
    ------
    WorkspaceError
        If the folder is a file, is in use by another program, or cannot be written; the previous tables
        are then untouched.
    """
    aside = processed.with_name(f"{_ASIDE}{secrets.token_hex(4)}")
    try:
        _refuse_file(processed)
        processed.parent.mkdir(parents=True, exist_ok=True)
        recover(processed)
        # not tempfile: its folders are closed to the colleagues of a shared disk
        aside.mkdir()
        _fill(aside, frames, manifest)
        _put_in_place(aside, processed)
    except PermissionError:
        raise WorkspaceError(
            f"Le dossier {processed} ne peut pas être remplacé : un de ses fichiers est ouvert dans un autre "
            f"logiciel, ou {processed.parent} est en lecture seule. Y remédier, puis relancer."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            f"Les tables n'ont pas pu être écrites dans {processed.parent} ({why(error)}). "
            "Vérifier la place libre sur le disque, puis relancer. Les tables précédentes sont intactes."
        ) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def recover(processed: Path) -> None:
    """Mend what a killed build left: put the previous tables back, throw the unfinished ones away."""
    previous = processed.with_name(PREVIOUS)
    if previous.is_dir() and not (processed / MANIFEST).is_file():
        shutil.rmtree(processed, ignore_errors=True)
        previous.rename(processed)
    shutil.rmtree(previous, ignore_errors=True)
    for left in processed.parent.glob(f"{_ASIDE}*"):
        # a younger one may be another build at work
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _refuse_file(processed: Path) -> None:
    if processed.exists() and not processed.is_dir():
        raise WorkspaceError(
            f"{processed} est un fichier, et les tables vont dans un dossier de ce nom : le déplacer."
        )


def _fill(folder: Path, frames: dict[str, pd.DataFrame], manifest: dict[str, Any]) -> None:
    for name, frame in frames.items():
        frame.to_parquet(folder / f"{name}.parquet", engine="pyarrow", index=False)
    (folder / README).write_text(README_TEXT, encoding="utf-8", newline="\n")
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _put_in_place(aside: Path, processed: Path) -> None:
    if not processed.exists():
        aside.rename(processed)
    elif not _exchange(aside, processed):
        # No exchange on this system: for an instant there is no folder; readers then find the previous one.
        previous = processed.with_name(PREVIOUS)
        processed.rename(previous)
        aside.rename(processed)
        shutil.rmtree(previous, ignore_errors=True)


def _exchange(one: Path, two: Path) -> bool:
    """Swap two folders in one step of the file system, where it has such a step."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            status = library.renameat2(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(two), _LINUX_EXCHANGE)
        elif sys.platform == "darwin":
            status = library.renamex_np(os.fsencode(one), os.fsencode(two), _MAC_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):
        return False
    return int(status) == 0
