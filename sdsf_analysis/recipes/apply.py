"""A recipe applied to a table: tidy rows, the ledger of the cells they come from, the problems."""

from collections.abc import Iterator
from typing import Any

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.recipes.account import Account, added_columns, open_account, reasons
from sdsf_analysis.recipes.areas import Areas, find_areas
from sdsf_analysis.recipes.epcis import epci_of_other_years
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.natures_said import natures_said
from sdsf_analysis.recipes.parse import Context, Parsed, parse
from sdsf_analysis.recipes.persons import several_persons
from sdsf_analysis.recipes.places import PlaceColumns, Places, find_places
from sdsf_analysis.recipes.recipe import COMMUNE
from sdsf_analysis.recipes.recognise import PLACE, Recognition
from sdsf_analysis.recipes.rows import Applied
from sdsf_analysis.recipes.ruled import Ruled, say_communes
from sdsf_analysis.recipes.scales import refuse_mixed_scales
from sdsf_analysis.recipes.schooling import school_columns
from sdsf_analysis.recipes.served import parse_lists
from sdsf_analysis.recipes.sources import RowMaker
from sdsf_analysis.recipes.totals import check_totals
from sdsf_analysis.recipes.upper import find_upper
from sdsf_analysis.recipes.writing import Writer
from sdsf_analysis.territories.names import CommuneIndex

_NOTHING_RULED = Ruled()


def apply_recipe(
    recognition: Recognition,
    context: Context,
    index: CommuneIndex,
    maker_options: dict[str, Any],
    ruled: Ruled = _NOTHING_RULED,
) -> Applied:
    """Turn a recognised table into tidy rows.

    Parameters
    ----------
    recognition : Recognition
        The recipe and the columns it knows.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département.
    maker_options : dict
        ``situation`` (date or None), ``pseudonym`` (callable), and optionally ``said``, ``says`` and
        ``year``, see `RowMaker`.
    ruled : Ruled
        What the analyst's rulings change in the table.
    """
    matches = {match.name: match for match in recognition.matches}
    columns = PlaceColumns(*(matches.get(part) for part in PLACE))
    parsed = [_parse(match, context, index) for match in recognition.matches if match.name not in PLACE]
    refuse_mixed_scales(parsed, context)
    places = _places(columns, recognition, context, index, ruled)
    account = open_account(context)
    account.refused |= dict.fromkeys(ruled.rows, "decision_applied")
    account.refused |= reasons(places.refused - ruled.rows, places.problems)
    places.refused |= ruled.rows
    met = [*places.problems, *(problem for one in parsed for problem in one.problems)]
    applied = Applied(problems=met, account=account)
    doubts = list(check_totals(parsed, context))
    account.added = added_columns(parsed, recognition.part.outputs, context, doubts)
    if columns.code:
        applied.codes = {places.former.get(row, today) for row, today in places.communes.items()}
    applied.problems += [*doubts, *epci_of_other_years(recognition, context, places, index.year)]
    applied.problems += [_undated(match, context) for match in recognition.undated]
    applied.problems += school_columns(recognition, context)
    by_name = _by_name(parsed)
    areas = find_areas(recognition.part.outputs, by_name, context, index)
    applied.problems += _refuse(several_persons(recognition, context), areas, places, account)
    natures = natures_said(_natured(parsed, recognition), context.table, context.source)
    applied.is_forecast = natures.is_forecast
    maker = RowMaker(by_name, places, context.table, areas=areas.found, natures=natures, **maker_options)
    writer = Writer(context, maker, places, parsed, columns.code or columns.name, applied, account)
    for output in recognition.part.outputs:
        writer.write(output)
    applied.problems = [problem for problem in applied.problems if not ruled.settles(problem)]
    return applied


def _natured(parsed: list[Parsed], recognition: Recognition) -> list[Parsed]:
    natures = recognition.part.natures
    return [one for one in parsed if one.match.name in natures]


def _refuse(crowded: dict[int, Problem], areas: Areas, places: Places, account: Account) -> Iterator[Problem]:
    """Set aside the lines of several persons, and those whose territory is not known."""
    account.refused |= {row: problem.code for row, problem in crowded.items() if row not in account.refused}
    account.refused |= reasons(areas.refused - account.refused.keys(), areas.problems)
    places.refused |= {*crowded, *areas.refused}
    yield from (*crowded.values(), *areas.problems)


def _places(
    columns: PlaceColumns, recognition: Recognition, context: Context, index: CommuneIndex, ruled: Ruled
) -> Places:
    part = recognition.part
    if part.place is None or (columns.code is None and columns.name is None):
        return Places()
    if part.place.level != COMMUNE:
        return find_upper(part.place.level, columns, context, index, ruled.cells)
    places = find_places(columns, context, index, is_several=part.scope == "several")
    say_communes(places, [one for one in columns[:2] if one], context.table, index, ruled)
    return places


def _parse(match: ColumnMatch, context: Context, index: CommuneIndex) -> Parsed:
    if match.recipe.type == "communes":
        return parse_lists(match, context, index)
    return parse(match, context)


def _undated(match: ColumnMatch, context: Context) -> Problem:
    cell = address(context.table.header_rows[-1], match.column.index)
    message = f"La colonne « {match.column.label} » ne dit pas son année, alors que d'autres la disent."
    sheet = context.table.sheet.name or ""
    return Problem(context.source, sheet, cell, "year_unlabelled", message, match.column.label)


def _by_name(parsed: list[Parsed]) -> dict[str, Parsed]:
    """Columns by name; of one that repeats by date, the latest stands for the others, a forecast for none."""
    ordered = sorted((p for p in parsed if not p.match.is_expected), key=lambda p: p.match.year or 0)
    return {one.match.name: one for one in ordered}
