"""Errors with a French sentence that says what to do."""

import errno
import os

_SYSTEM = {
    errno.ENOENT: "introuvable",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EEXIST: "existe déjà",
    errno.ENOTDIR: "une partie du chemin n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EROFS: "lecture seule",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EBUSY: "occupé par un autre logiciel",
    errno.ENOTEMPTY: "dossier non vide",
}


def command_name() -> str:
    """How the user starts a command here: ``sdsf``, or what ``run.py`` says of itself.

    Examples
    --------
    >>> command_name()
    'sdsf'
    """
    return os.environ.get("SDSF_COMMAND", "sdsf")


def why(error: OSError) -> str:
    """Say in French what the system refuses.

    Examples
    --------
    >>> why(OSError(28, "No space left on device")), why(OSError(5, "Input/output error"))
    ('plus de place sur le disque', 'erreur 5 du système')
    """
    return _SYSTEM.get(error.errno or 0, f"erreur {error.errno} du système")


class SdsfError(Exception):
    """Base of every error that the analyst is meant to read.

    The message is one French sentence or two: what stands in the way, then what to do.
    """


class WorkspaceError(SdsfError):
    """The workspace or its ``sdsf.toml`` cannot be used as it is."""


class TerritoryError(SdsfError):
    """A département, a year or a code is not in the embedded reference."""


class ReadingError(SdsfError):
    """A file cannot be read as a table.

    Parameters
    ----------
    code : str
        Code of the problem to report, one of the catalogue of ``model.problems``.
    message : str
        The French sentence.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RecipeError(SdsfError):
    """A recipe (.toml) is not written as a recipe must be."""


class QuestionError(SdsfError):
    """A question to the tables names something unknown: a level, a date, an indicator."""
