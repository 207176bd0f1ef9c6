"""Commands that ask the tables: one indicator, the list of indicators, any question in SQL."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from sdsf_analysis.console import (
    DONE,
    FrenchCommand,
    format_option,
    help_option,
    open_workspace,
    print_answer,
)
from sdsf_analysis.errors import QuestionError


@click.command(cls=FrenchCommand, add_help_option=False)
@click.option(
    "--on", "day", metavar="DATE", help="Date de la question (AAAA-MM-JJ) ; sans elle, celle de sdsf.toml."
)
@click.option(
    "--by", "level", metavar="NIVEAU", help="Territoires : epci, arrondissement… ; sans lui, les compteurs."
)
@click.option(
    "--basis",
    metavar="LECTURE",
    default="effective",
    help="effective (commencées et non échues) ou signed (aussi déjà signées) ; sans lui, effective.",
)
@click.option(
    "--of",
    metavar="HABITANTS",
    default="perimeter",
    help="perimeter (périmètres) ou signatories (collectivités signataires) ; sans lui, perimeter.",
)
@click.option("--population-year", metavar="ANNÉE", help="Année de la population ; sans elle, la dernière.")
@click.option("--explain", metavar="POURCENTAGE", help="Dire pourquoi ce pourcentage diffère du nôtre.")
@click.option("--territory", metavar="CODE", help="Avec --explain et --by, le territoire à comparer.")
@format_option
@help_option
@click.pass_obj
def coverage(folder: Path | None, /, day: str | None, level: str | None, form: str, **options: Any) -> int:
    """Compteurs des CTG à une date, ou part couverte de chaque territoire."""
    from sdsf_analysis.indicators.ctg import ctg_counters, ctg_coverage, explain_difference
    from sdsf_analysis.publish.terminal import with_names

    workspace = open_workspace(folder)
    on = day or workspace.settings.reference_date
    tables = workspace.tables
    mine, territory = options.pop("explain"), options.pop("territory")
    options["population_year"] = _number(options["population_year"])
    found = ctg_coverage(tables, on, by=level, **options) if level else ctg_counters(tables, on, **options)
    if mine is not None:
        click.echo(explain_difference(_number(mine), found, territory=territory))
        return DONE
    if form == "table":
        found = with_names(found, tables.territories, level)
    print_answer(found, form)
    return DONE


@click.command(cls=FrenchCommand, add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("name", metavar="NOM")
@click.option(
    "--by", metavar="NIVEAU", help="Territoires : epci, arrondissement… ; sans lui, le niveau usuel."
)
@click.option("--on", metavar="DATE", help="Date (AAAA-MM-JJ) ; sans elle, celle de sdsf.toml.")
@click.argument("more", metavar="[--OPTION VALEUR]", nargs=-1, type=click.UNPROCESSED)
@format_option
@help_option
@click.pass_obj
def indicator(folder: Path | None, /, name: str, more: tuple[str, ...], form: str, **usual: Any) -> int:
    """Donner un indicateur par territoire, avec numérateur, dénominateur, statut."""
    from sdsf_analysis.indicators.asking import DAY, LEVEL, known_indicator, options_of
    from sdsf_analysis.indicators.asking import indicator as ask
    from sdsf_analysis.publish.terminal import with_names

    options = options_of(known_indicator(name))
    workspace = open_workspace(folder)
    given: dict[str, Any] = {DAY: workspace.settings.reference_date} if DAY in options else {}
    given |= {option: text for option, text in usual.items() if text} | dict(_pairs(more))
    found = ask(name, workspace.tables, **given)
    if form == "table":
        level = given.get(LEVEL) or (options[LEVEL].default if LEVEL in options else None)
        found = with_names(found, workspace.tables.territories, level)
    print_answer(found, form)
    return DONE


@click.command(cls=FrenchCommand, add_help_option=False)
@format_option
@help_option
def indicators(form: str) -> int:
    """Donner la liste des indicateurs : nom, libellé, niveaux, source, diffusion."""
    import pandas as pd

    from sdsf_analysis.indicators.registry import INDICATORS

    rows = [
        (one.name, one.label, ", ".join(one.levels), one.source, one.diffusion) for one in INDICATORS.values()
    ]
    print_answer(pd.DataFrame(rows, columns=["name", "label", "levels", "source", "diffusion"]), form)
    return DONE


@click.command(cls=FrenchCommand, add_help_option=False)
@click.argument("query", metavar="REQUÊTE")
@format_option
@help_option
@click.pass_obj
def sql(folder: Path | None, query: str, form: str) -> int:
    """Répondre à une question en SQL (DuckDB) sur les tables et les indicateurs."""
    print_answer(open_workspace(folder).sql(query), form)
    return DONE


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Options that only the indicator knows: « --year 2023 » or « --year=2023 »."""
    left, pairs = list(words), []
    while left:
        word = left.pop(0)
        option, equals, value = word.partition("=")
        if not option.startswith("--") or not (equals or left):
            raise QuestionError(
                f"« {word} » n'est pas compris : une option s'écrit --OPTION VALEUR, comme --by epci."
            )
        pairs.append((option.removeprefix("--").replace("-", "_"), value if equals else left.pop(0)))
    return pairs


def _number(text: str | None) -> Any:
    """Give the number that an option writes, be it with a comma; the text itself where it is none."""
    for kind in (int, float):
        with suppress(ValueError):
            return None if text is None else kind(text.replace(",", "."))
    return text
