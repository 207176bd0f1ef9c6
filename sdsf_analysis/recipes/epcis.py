"""The EPCI that a file writes beside a commune, compared with that of the geography year."""

from collections.abc import Iterator

from sdsf_analysis.model.problems import Problem
from sdsf_analysis.reading.sheet import address
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.matching import columns_named
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.recipes.places import Places
from sdsf_analysis.recipes.recognise import Recognition
from sdsf_analysis.territories.vintages import epci_written_of_other_year

HEADERS = (
    "EPCI",
    "Code EPCI",
    "Numéro EPCI",
    "SIREN EPCI",
    "Nom EPCI",
    "Nom de l'EPCI",
    "Libellé EPCI",
    "EPCI de rattachement",
    "Intercommunalité",
    "numepci",
    "nomepci",
)


def epci_of_other_years(
    recognition: Recognition, context: Context, places: Places, year: int
) -> Iterator[Problem]:
    """Ask about the communes that a table puts in an EPCI of another year, with both.

    Parameters
    ----------
    recognition : Recognition
        Columns that the recipe understands in another way are left alone.
    context : Context
        File and table.
    places : Places
        Communes of the rows.
    year : int
        Geography asked.

    Yields
    ------
    Problem
        At the cell that names the EPCI; the row is kept, in its EPCI of the year asked.
    """
    known = {match.column.index for match in recognition.matches}
    left = [column for column in context.table.columns if column.index not in known]
    for column in sorted(columns_named(left, HEADERS)):
        for row, commune in places.communes.items():
            written = clean_text(context.table.cell(row, column))
            message = epci_written_of_other_year(commune, written, year) if written else ""
            if message and row not in places.refused:
                where = (context.source, context.table.sheet.name or "", address(row, column))
                yield Problem(*where, "epci_of_other_year", message, written)
