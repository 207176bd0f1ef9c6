"""Errors with a French sentence that says what to do."""

import os


def command_name() -> str:
    """How the user starts a command here: ``sdsf``, or what ``run.py`` says of itself.

    Examples
    --------
    >>> command_name()
    'sdsf'
    """
    return os.environ.get("SDSF_COMMAND", "sdsf")


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
