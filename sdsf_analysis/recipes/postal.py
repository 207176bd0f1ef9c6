"""A postal code beside the name of a commune: it confirms the name, or contradicts one of elsewhere."""

from sdsf_analysis.reading.text import is_blank
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.matching import ColumnMatch
from sdsf_analysis.recipes.parse import Context
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.names import CommuneIndex, Match

CODE_LENGTH = 5


def with_postal_codes(
    matches: dict[int, Match], name: ColumnMatch, postal: ColumnMatch, context: Context, index: CommuneIndex
) -> dict[int, Match]:
    """Communes of the rows that a name alone says, once their postal codes are heard.

    Parameters
    ----------
    matches : dict of int to Match
        Commune by row, from the name alone.
    name, postal : ColumnMatch
        Columns of the names and of the postal codes.
    context : Context
        File and table.
    index : CommuneIndex
        Communes of the département.
    """
    heard = {}
    for row, match in matches.items():
        written, digits = (context.table.cell(row, one.column.index) for one in (name, postal))
        is_said = not is_blank(written) and not is_blank(digits)
        heard[row] = _heard(match, clean_text(written), clean_text(digits), index) if is_said else match
    return heard


def _heard(match: Match, name: str, digits: str, index: CommuneIndex) -> Match:
    if not match.code or not _is_of_others(digits.zfill(CODE_LENGTH), match.code, index.year):
        return match
    message = f"Le code postal « {digits} » n'est pas celui de {match.name} ({match.code})."
    by_name = (f"{match.name} ({match.code}), par le nom",)
    return Match(problem="commune_conflict", message=message, found=f"{digits} {name}", suggestions=by_name)


def _is_of_others(digits: str, commune: str, year: int) -> bool:
    """Whether a postal code is one of other communes; that of a post office (CEDEX) contradicts nothing."""
    known = atlas(year)
    holders = known.communes_of_postal_code.get(digits, [])
    cities = {known.city_of(code) for code in holders if code in known.arrondissements}
    return bool(holders) and commune not in {*holders, *cities}
