"""Commands of the terminal: names in English, help and messages in French."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sdsf_analysis import __version__
from sdsf_analysis.cli_files import match, propose, read
from sdsf_analysis.cli_questions import coverage, indicator, indicators, sql
from sdsf_analysis.console import (
    DONE,
    LEFT_OUT,
    REFUSED,
    FrenchGroup,
    format_option,
    help_option,
    misuse,
    prepare_streams,
    workspace_first,
)
from sdsf_analysis.console import open_workspace as _open
from sdsf_analysis.console import print_answer as _print_answer
from sdsf_analysis.errors import QuestionError, ReadingError, SdsfError, WorkspaceError, command_name

if TYPE_CHECKING:
    from sdsf_analysis.model.problems import Problem
    from sdsf_analysis.publish.reports import Piece, Report
    from sdsf_analysis.workspace import Workspace

CONTEXT = {"help_option_names": ["--help"], "max_content_width": 110}

departement_argument = click.argument("departement", metavar="DÉPARTEMENT")
folder_argument = click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))


@click.group(cls=FrenchGroup, context_settings=CONTEXT, add_help_option=False, invoke_without_command=True)
@click.option(
    "--workspace",
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Dossier de l'espace de travail ; sans lui, le dossier courant ou le plus proche au-dessus.",
)
@click.version_option(__version__, "--version", help="Affiche la version.", message="sdsf %(version)s")
@help_option
@click.pass_context
def sdsf(context: click.Context, folder: Path | None) -> None:
    """Des fichiers des partenaires aux tables, aux cartes et aux notebooks du schéma."""
    context.obj = folder
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@sdsf.command(add_help_option=False)
@help_option
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
@help_option
@click.pass_obj
def build(folder: Path | None) -> int:
    """Lire data/raw, écrire data/processed et grouper les problèmes par cause."""
    workspace = _open(folder)
    status = _build(workspace)
    click.echo()
    _print_problems(workspace.problems(), full=True)
    return status


@sdsf.command(add_help_option=False)
@click.option(
    "--only",
    "only",
    type=click.Choice(["figures", "classeur", "fiches", "notebooks"]),
    multiple=True,
    help="Ne publier que cela ; peut être répété. Sans lui, tout.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["public", "partenaires", "interne"]),
    default="partenaires",
    help="Pour qui est le classeur : rien de plus restreint n'y entre ; sans lui, partenaires.",
)
@help_option
@click.pass_obj
def report(folder: Path | None, only: tuple[str, ...], audience: str) -> int:
    """Publier dans reports : figures, classeur sdsf.xlsx, notebooks."""
    return _report(_open(folder), only, audience)


sdsf.add_command(read)
sdsf.add_command(propose)
sdsf.add_command(match)


@sdsf.command(add_help_option=False)
@click.option(
    "--by",
    type=click.Choice(["partner", "source", "code"]),
    help="Par partenaire (demandes, retards, relance à copier), par fichier ou par cause.",
)
@click.option("--on", metavar="DATE", help="Date des retards (AAAA-MM-JJ) ; sans elle, celle de sdsf.toml.")
@format_option
@help_option
@click.pass_obj
def problems(folder: Path | None, by: str | None, on: str | None, form: str) -> int:
    """Relire le registre des problèmes de la dernière construction, ou dire qui relancer."""
    workspace = _open(folder)
    if by:
        _print_problems_by(workspace, by, on, form)
    elif form == "table":
        _print_problems(workspace.problems(), full=True)
    else:
        _print_answer(workspace.tables.problems, form)
    return DONE


@sdsf.command(add_help_option=False)
@click.argument("name", metavar="TABLE")
@click.argument("pairs", metavar="[COLONNE=VALEUR]", nargs=-1)
@click.option("--column", metavar="COLONNE", help="Colonne à expliquer ; sans elle, toutes.")
@click.option(
    "--on", metavar="DATE", help="Date d'un indicateur (AAAA-MM-JJ) ; sans elle, celle de sdsf.toml."
)
@format_option
@help_option
@click.pass_obj
def trace(folder: Path | None, /, name: str, pairs: tuple[str, ...], form: str, **options: Any) -> int:
    """Donner les cellules d'où vient une valeur d'une table, ou un indicateur."""
    given: dict[str, Any] = dict(pair.partition("=")[::2] for pair in pairs if "=" in pair)
    if len(given) < len(pairs):
        raise QuestionError(
            "Chaque condition s'écrit une fois, sous la forme COLONNE=VALEUR : service=0100101."
        )
    given |= {name: value for name, value in options.items() if value}
    _print_answer(_open(folder).trace(name, **given), form)
    return DONE


for command in (coverage, indicator, indicators, sql):
    sdsf.add_command(command)


@sdsf.command(add_help_option=False)
@departement_argument
@folder_argument
@help_option
def new(departement: str, target: Path) -> int:
    """Créer un espace de travail vide pour un département, avec les modèles de fichiers."""
    from sdsf_analysis.scaffold import TEMPLATES, new_workspace

    folders = new_workspace(departement.upper(), target)
    click.echo(f"Espace de travail créé : {folders.root}")
    click.echo(f"  Modèles à envoyer aux partenaires : {folders.root / TEMPLATES}")
    click.echo(f"  Déposer les fichiers reçus dans : {folders.raw}")
    click.echo(f'  Puis lancer : {command_name()} --workspace "{folders.root}" run')
    return DONE


@sdsf.command(add_help_option=False)
@departement_argument
@folder_argument
@click.option(
    "--faults",
    type=click.Choice(["usual", "all"]),
    default="usual",
    help="Fautes semées : usual (réparées ou demandées), all (d'autres aussi, que l'outil refuse).",
)
@help_option
def demo(departement: str, target: Path, faults: str) -> int:
    """Créer un espace de travail rempli de fichiers de partenaires fictifs."""
    from sdsf_analysis.scaffold import demo_workspace

    folders = demo_workspace(departement.upper(), target, "all" if faults == "all" else "usual")
    click.echo(f"Démonstration créée (données fictives) : {folders.root}")
    click.echo(f'  Lancer : {command_name()} --workspace "{folders.root}" run')
    return DONE


def _build(workspace: "Workspace") -> int:
    from sdsf_analysis.model.french import plural
    from sdsf_analysis.model.problems import Severity
    from sdsf_analysis.publish.accounts import accounts_report
    from sdsf_analysis.publish.terminal import files_read

    click.echo("Lecture de data/raw…", err=True)
    result = workspace.build()
    if not result.examined:
        click.echo(f"Aucun fichier dans {workspace.folders.raw} : y déposer ceux des partenaires.")
    made = plural(sum(len(frame) > 0 for frame in result.frames.values()), "table remplie", "tables remplies")
    click.echo(f"{files_read(result)}, {made} dans {workspace.folders.processed}")
    if result.manifest["accounts"]:
        click.echo(f"\n{accounts_report(result.manifest['accounts'])}\n")
    copied = _write_returns(workspace)
    is_whole = copied and all(p.severity is not Severity.ERROR for p in result.problems)
    return DONE if is_whole else LEFT_OUT


def _write_returns(workspace: "Workspace") -> bool:
    """Write the copies for the partners; the tables are done even where a copy is open elsewhere."""
    from sdsf_analysis.model.french import plural

    try:
        made = workspace.write_returns()
    except WorkspaceError as error:
        click.echo(str(error), err=True)
        return False
    if made:
        copies = plural(len(made), "copie annotée", "copies annotées")
        click.echo(f"{copies} à renvoyer aux partenaires dans {workspace.folders.returns}")
    return True


def _report(workspace: "Workspace", only: tuple[str, ...] = (), audience: str = "partenaires") -> int:
    pieces = workspace.pieces(only, audience)
    if not pieces:
        later = " Les fiches de territoire ne sont pas encore écrites par cette version."
        click.echo(f"Rien à publier ({', '.join(only)}).{later if 'fiches' in only else ''}", err=True)
        return LEFT_OUT
    click.echo("Publication…", err=True)
    made = _publish(pieces)
    if made.paths:
        click.echo(f"Publié dans {workspace.folders.reports} :")
    for path in made.paths:
        click.echo(f"  {path.relative_to(workspace.folders.reports).as_posix()}")
    for failure in made.failures:
        click.echo(failure, err=True)
    return LEFT_OUT if made.failures else DONE


def _publish(pieces: "list[Piece]") -> "Report":
    """Make the pieces under a bar of progress, which a file or another program never receives."""
    from tqdm import tqdm

    from sdsf_analysis.publish.reports import publish

    form = "{l_bar}{bar:24}| {n_fmt} sur {total_fmt}, {elapsed}"
    with tqdm(total=len(pieces), bar_format=form, disable=not sys.stderr.isatty(), leave=False) as bar:
        told: list[str] = []

        def say(name: str) -> None:
            # what was told before is done
            bar.update(1 if told else 0)
            told.append(name)
            bar.set_description_str(f"  {name} ")

        return publish(pieces, progress=say)


def _print_counters(workspace: "Workspace") -> None:
    from sdsf_analysis.indicators.ctg import ctg_counters
    from sdsf_analysis.model.french import french_date
    from sdsf_analysis.publish.terminal import counters_text

    on = workspace.settings.reference_date
    fictitious = " (données fictives)" if workspace.fictitious else ""
    click.echo(f"\n{workspace.settings.schema_name}, au {french_date(on)}{fictitious}")
    click.echo(counters_text(ctg_counters(workspace.tables, on)))


def _print_problems_by(workspace: "Workspace", by: str, on: str | None, form: str) -> None:
    from sdsf_analysis.publish.partners import causes_answer, partner_report, partners_answer, sources_answer

    if by == "source":
        sources = [entry["source"] for entry in workspace.manifest["inputs"]]
        _print_answer(sources_answer(workspace.tables.problems, sources), form)
    elif by == "code":
        _print_answer(causes_answer(workspace.tables.problems), form)
    else:
        files, texts = workspace.partner_files(on), workspace.reminders(on)
        if form == "table":
            click.echo(partner_report(files, texts, workspace.titles))
        else:
            _print_answer(partners_answer(files, texts), form)


def _print_problems(found: "Iterable[Problem]", *, full: bool) -> None:
    from sdsf_analysis.publish.terminal import problem_report

    click.echo(problem_report(found, full=full))


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its status: 0 done, 1 something left out, 2 refused."""
    prepare_streams()
    try:
        given = workspace_first(sys.argv[1:] if arguments is None else arguments)
        status = sdsf.main(given, prog_name=command_name(), standalone_mode=False)
    except click.ClickException as error:
        status = _refuse(misuse(error))
    except ReadingError as error:
        from sdsf_analysis.model.problems import cause

        # what is no table says itself what to ask for
        advice = "" if error.code == "file_not_a_table" else f" {cause(error.code).suggestion}"
        status = _refuse(f"{error}{advice}")
    except SdsfError as error:
        status = _refuse(str(error))
    except (click.Abort, KeyboardInterrupt):
        status = _refuse("Interrompu : les tables précédentes sont intactes.")
    sys.exit(status or DONE)


def _refuse(message: str) -> int:
    click.echo(message, err=True)
    return REFUSED


if __name__ == "__main__":
    main()
