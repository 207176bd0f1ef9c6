"""The command line in French: help, misuse, streams that never fail on a character."""

import codecs
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sdsf_analysis.errors import QuestionError, command_name
from sdsf_analysis.model.lists import unknown_name

if TYPE_CHECKING:
    import pandas as pd

    from sdsf_analysis.workspace import Workspace

DONE, LEFT_OUT, REFUSED = 0, 1, 2

help_option = click.help_option("--help", help="Affiche cette aide.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="Forme de la réponse ; sans elle, un tableau.",
)
_PLAIN = {"\u202f": "\u00a0", "→": "->", "−": "-", "≥": ">=", "≤": "<="}


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options."""
        write_options(self, ctx, formatter)


class FrenchGroup(click.Group):
    """A group whose help is in French, its commands in the order of their declaration."""

    command_class = FrenchCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] COMMANDE …", prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options, then of commands."""
        write_options(self, ctx, formatter)
        with formatter.section("Commandes "):
            formatter.write_dl([(name, one.get_short_help_str(90)) for name, one in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order of an analyst's work."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or say in French which is the nearest.

        Raises
        ------
        QuestionError
            If no command bears this name.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise QuestionError(unknown_name("La commande", args[0], self.commands))
        return super().resolve_command(ctx, args)


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of a command under their French heading."""
    records = [record for one in command.get_params(ctx) if (record := one.get_help_record(ctx))]
    with formatter.section("Options "):
        formatter.write_dl(records)


def workspace_first(arguments: list[str]) -> list[str]:
    """Put ``--workspace DOSSIER`` before the command, wherever the user wrote it.

    Examples
    --------
    >>> workspace_first(["problems", "--workspace", "loire", "--format", "csv"])
    ['--workspace', 'loire', 'problems', '--format', 'csv']
    """
    for position, argument in enumerate(arguments):
        if argument == "--workspace" or argument.startswith("--workspace="):
            end = position + (1 if "=" in argument else 2)
            return arguments[position:end] + arguments[:position] + arguments[end:]
    return arguments


def misuse(error: click.ClickException) -> str:
    """Give the French sentence of a misuse of the command line.

    Examples
    --------
    >>> misuse(click.NoSuchOption("--formta"))
    "L'option --formta n'existe pas. « sdsf --help » donne la liste."
    """
    context = getattr(error, "ctx", None)
    usage = context.get_usage() + "." if context else f"« {command_name()} --help » donne la liste."
    return f"{_fault(error)} {usage}"


def _fault(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    match error:
        case click.NoSuchOption():
            return f"L'option {error.option_name} n'existe pas."
        case click.MissingParameter() if parameter:
            return f"Il manque {parameter.metavar or parameter.opts[0]}."
        case click.BadOptionUsage():
            wants = "attend une valeur" if "requires" in error.message else "n'attend pas de valeur"
            return f"L'option {error.option_name} {wants}."
        case click.BadParameter() if parameter and isinstance(parameter.type, click.Choice):
            choices = ", ".join(map(str, parameter.type.choices))
            return f"Cette valeur de {parameter.opts[0]} n'existe pas. Choisir parmi : {choices}."
    extra = re.search(r"extra arguments? \((.*)\)", error.message)
    return f"De trop : {extra[1]}." if extra else "Commande mal écrite."


def open_workspace(folder: Path | None) -> "Workspace":
    """Open the workspace that the user names, or the nearest one."""
    from sdsf_analysis.paths import find_workspace
    from sdsf_analysis.workspace import Workspace

    return Workspace(find_workspace(folder))


def print_answer(frame: "pd.DataFrame", form: str) -> None:
    """Write an answer to the output, and its remark, if it bears one, beside."""
    from sdsf_analysis.publish.terminal import answer

    click.echo(answer(frame, form))
    if remark := frame.attrs.get("remark"):
        click.echo(str(remark), err=True)


def prepare_streams() -> None:
    """Write UTF-8, or the encoding that the user asks for; a character it lacks never stops a command."""
    codecs.register_error("sdsf-plain", _plain)
    asked = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=asked or "utf-8", errors="sdsf-plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in missing), error.end
