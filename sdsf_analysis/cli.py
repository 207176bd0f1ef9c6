"""Commands of the terminal: names in English, help and messages in French."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdsf_analysis import __version__
from sdsf_analysis.errors import SdsfError

if TYPE_CHECKING:
    import pandas as pd

    from sdsf_analysis.model.problems import Problem
    from sdsf_analysis.workspace import Workspace

DONE, LEFT_OUT, REFUSED = 0, 1, 2
FORMATS = click.Choice(["table", "csv", "json"])


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")


class FrenchGroup(click.Group):
    """A group whose help is in French, its commands in the order of their declaration."""

    command_class = FrenchCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] COMMANDE …", prefix="Usage : ")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order of an analyst's work."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commandes"):
            formatter.write_dl(
                [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
            )


CONTEXT = {"help_option_names": ["--help"], "max_content_width": 110}


@click.group(cls=FrenchGroup, context_settings=CONTEXT, add_help_option=False)
@click.option(
    "--workspace", "folder", type=click.Path(path_type=Path), help="Dossier de l'espace de travail."
)
@click.version_option(__version__, "--version", help="Affiche la version.", message="sdsf %(version)s")
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_context
def sdsf(context: click.Context, folder: Path | None) -> None:
    """Des fichiers des partenaires aux tables, aux cartes et aux notebooks du schéma."""
    context.obj = folder


@sdsf.command(add_help_option=False)
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_obj
def run(folder: Path | None) -> int:
    """Tout refaire : lire data/raw, écrire les tables, publier dans reports."""
    workspace = _open(folder)
    status = max(_build(workspace), _report(workspace))
    _print_counters(workspace)
    click.echo()
    _print_problems(workspace.problems(), full=False)
    return status


@sdsf.command(add_help_option=False)
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_obj
def build(folder: Path | None) -> int:
    """Lire data/raw, écrire data/processed et grouper les problèmes par cause."""
    workspace = _open(folder)
    status = _build(workspace)
    click.echo()
    _print_problems(workspace.problems(), full=True)
    return status


@sdsf.command(add_help_option=False)
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_obj
def report(folder: Path | None) -> int:
    """Exécuter les notebooks et dessiner les figures dans reports."""
    return _report(_open(folder))


@sdsf.command(add_help_option=False)
@click.option("--format", "form", type=FORMATS, default="table", help="Forme de la réponse.")
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_obj
def problems(folder: Path | None, form: str) -> int:
    """Relire le registre des problèmes de la dernière construction."""
    workspace = _open(folder)
    if form == "table":
        _print_problems(workspace.problems(), full=True)
    else:
        _print_frame(workspace.tables.problems, form)
    return DONE


@sdsf.command(add_help_option=False)
@click.option("--on", "day", help="Date de la question (AAAA-MM-JJ) ; par défaut celle de sdsf.toml.")
@click.option("--by", "level", help="Niveau de territoire (epci, arrondissement…) ; sans lui, les compteurs.")
@click.option("--format", "form", type=FORMATS, default="table", help="Forme de la réponse.")
@click.help_option("--help", help="Affiche cette aide.")
@click.pass_obj
def coverage(folder: Path | None, day: str | None, level: str | None, form: str) -> int:
    """Compteurs des CTG à une date, ou part couverte de chaque territoire."""
    from sdsf_analysis.indicators.ctg import ctg_counters, ctg_coverage

    workspace = _open(folder)
    on = day or workspace.settings.reference_date
    tables = workspace.tables
    _print_frame(ctg_coverage(tables, on, by=level) if level else ctg_counters(tables, on), form)
    return DONE


@sdsf.command(add_help_option=False)
@click.argument("departement", metavar="DÉPARTEMENT")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.help_option("--help", help="Affiche cette aide.")
def new(departement: str, target: Path) -> int:
    """Créer un espace de travail vide pour un département, avec les modèles de fichiers."""
    from sdsf_analysis.scaffold import TEMPLATES, new_workspace

    folders = new_workspace(departement.upper(), target)
    click.echo(f"Espace de travail créé : {folders.root}")
    click.echo(f"  Modèles à envoyer aux partenaires : {folders.root / TEMPLATES}")
    click.echo(f"  Déposer les fichiers reçus dans : {folders.raw}")
    click.echo(f'  Puis lancer : sdsf --workspace "{folders.root}" run')
    return DONE


@sdsf.command(add_help_option=False)
@click.argument("departement", metavar="DÉPARTEMENT")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--faults",
    type=click.Choice(["usual", "all"]),
    default="usual",
    help="Fautes semées : usual (que l'outil répare ou demande), all (d'autres qu'il refuse).",
)
@click.help_option("--help", help="Affiche cette aide.")
def demo(departement: str, target: Path, faults: str) -> int:
    """Créer un espace de travail rempli de fichiers de partenaires fictifs."""
    from sdsf_analysis.scaffold import demo_workspace

    folders = demo_workspace(departement.upper(), target, "all" if faults == "all" else "usual")
    click.echo(f"Démonstration créée (données fictives) : {folders.root}")
    click.echo(f'  Lancer : sdsf --workspace "{folders.root}" run')
    return DONE


def _open(folder: Path | None) -> "Workspace":
    from sdsf_analysis.paths import find_workspace
    from sdsf_analysis.workspace import Workspace

    return Workspace(find_workspace(folder))


def _build(workspace: "Workspace") -> int:
    from sdsf_analysis.model.problems import Severity

    click.echo("Lecture de data/raw…", err=True)
    result = workspace.build()
    made = [name for name, frame in result.frames.items() if len(frame)]
    files = len(result.manifest["inputs"])
    click.echo(f"{files} fichiers lus, {len(made)} tables écrites dans {workspace.folders.processed}")
    return LEFT_OUT if any(p.severity is Severity.ERROR for p in result.problems) else DONE


def _report(workspace: "Workspace") -> int:
    click.echo("Publication…", err=True)
    made = workspace.report(progress=lambda name: click.echo(f"  {name}", err=True))
    click.echo(f"Publié dans {workspace.folders.reports} :")
    for path in made.paths:
        click.echo(f"  {path.relative_to(workspace.folders.reports).as_posix()}")
    for failure in made.failures:
        click.echo(failure, err=True)
    return LEFT_OUT if made.failures else DONE


def _print_counters(workspace: "Workspace") -> None:
    from sdsf_analysis.indicators.ctg import ctg_counters
    from sdsf_analysis.publish.terminal import counters_text

    on = workspace.settings.reference_date
    fictitious = " (données fictives)" if workspace.fictitious else ""
    click.echo(f"\n{workspace.settings.schema_name}, au {on:%d/%m/%Y}{fictitious}")
    click.echo(counters_text(ctg_counters(workspace.tables, on)))


def _print_problems(found: "Iterable[Problem]", *, full: bool) -> None:
    from sdsf_analysis.publish.terminal import problem_report

    click.echo(problem_report(found, full=full))


def _print_frame(frame: "pd.DataFrame", form: str) -> None:
    if form == "json":
        click.echo(frame.to_json(orient="records", force_ascii=False, date_format="iso", indent=1))
    elif form == "csv":
        click.echo(frame.to_csv(index=False, date_format="%Y-%m-%d"), nl=False)
    else:
        click.echo(frame.to_string(index=False))


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its status: 0 done, 1 something left out, 2 refused."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = sdsf.main(arguments, prog_name="sdsf", standalone_mode=False)
    except click.ClickException as error:
        status = _refuse(_in_french(error))
    except SdsfError as error:
        status = _refuse(str(error))
    except (click.Abort, KeyboardInterrupt):
        status = _refuse("Interrompu : les tables précédentes sont intactes.")
    sys.exit(status or DONE)


def _refuse(message: str) -> int:
    click.echo(message, err=True)
    return REFUSED


def _in_french(error: click.ClickException) -> str:
    """Give the French sentence of a misuse of the command line."""
    ask = "« sdsf --help » donne la liste."
    if isinstance(error, click.NoSuchOption):
        return f"L'option {error.option_name} n'existe pas. {ask}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"Il manque {name}. {ask}"
    if isinstance(error, click.BadParameter) and isinstance(getattr(error.param, "type", None), click.Choice):
        choices = ", ".join(str(choice) for choice in error.param.type.choices)  # type: ignore[union-attr]
        return f"Cette valeur de {error.param.opts[0]} n'existe pas. Choisir parmi : {choices}."  # type: ignore[union-attr]
    words = error.format_message().split("'")
    if isinstance(error, click.UsageError) and "No such command" in error.format_message():
        return f"La commande « {words[1]} » n'existe pas. {ask}"
    return f"Commande mal écrite ({error.format_message()}). {ask}"


if __name__ == "__main__":
    main()
