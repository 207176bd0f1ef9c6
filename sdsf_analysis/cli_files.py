"""Commands on one file, which need no workspace."""

import json
from pathlib import Path

import click

from sdsf_analysis.console import DONE, LEFT_OUT, REFUSED, FrenchCommand, format_option, help_option
from sdsf_analysis.errors import ReadingError

file_argument = click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path))


@click.command(cls=FrenchCommand, add_help_option=False)
@file_argument
@click.option(
    "--cell", "cells", metavar="ADRESSE", multiple=True, help="Cellule à détailler : C12, ou 'Feuille!C12'."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Forme de la réponse ; sans elle, un texte.",
)
@help_option
def read(path: Path, cells: tuple[str, ...], form: str) -> int:
    """Montrer ce qui est compris d'un fichier : tableaux, intitulés, totaux, notes, problèmes."""
    from sdsf_analysis.recipes.answer import places_asked, unreadable

    asked = places_asked(cells)
    try:
        return _read(path, asked, form)
    except ReadingError as error:
        if form != "json":
            raise
        click.echo(json.dumps(unreadable(path.name, error), ensure_ascii=False, indent=1))
        return REFUSED


@click.command(cls=FrenchCommand, add_help_option=False)
@file_argument
@help_option
def propose(path: Path) -> int:
    """Écrire le brouillon d'une recette pour un fichier qu'aucune recette ne reconnaît."""
    from sdsf_analysis.recipes.propose import propose as draft

    click.echo(draft(path))
    return DONE


@click.command(cls=FrenchCommand, add_help_option=False)
@file_argument
@click.option("--departement", metavar="CODE", default="", help="Département de l'expéditeur : 01, 2A, 974…")
@click.option(
    "--level", metavar="NIVEAU", default="commune", help="Ce que disent les cellules : commune ou epci."
)
@click.option("--year", metavar="ANNÉE", help="Année de la géographie de l'expéditeur.")
@click.option(
    "--target-year", metavar="ANNÉE", help="Année de la géographie des réponses ; sans elle, la dernière."
)
@format_option
@help_option
def match(path: Path, form: str, level: str, **said: str | None) -> int:
    """Donner le code officiel de noms ou de codes de communes ou d'EPCI, ou dire pourquoi il manque."""
    from sdsf_analysis.publish.matches import matches_text
    from sdsf_analysis.recipes.cells_to_match import cells_to_match, match_cells
    from sdsf_analysis.territories.matching import Question, asked_departement, asked_year, sender_year

    year, departement = said["year"], asked_departement(said["departement"] or "")
    question = Question(
        level, departement, sender_year(year) if year else None, asked_year(said["target_year"])
    )
    if text := matches_text(match_cells(cells_to_match(path), question), form):
        click.echo(text)
    return DONE


def _read(path: Path, asked: list[tuple[str | None, tuple[int, int]]], form: str) -> int:
    from sdsf_analysis.model.problems import Severity
    from sdsf_analysis.publish.reading import reading_text
    from sdsf_analysis.recipes.answer import answer
    from sdsf_analysis.recipes.inspection import read as read_file

    reading = read_file(path)
    if form == "json":
        click.echo(json.dumps(answer(reading, asked), ensure_ascii=False, indent=1))
    else:
        click.echo(reading_text(reading, asked))
    return LEFT_OUT if any(p.severity is Severity.ERROR for p in reading.problems) else DONE
