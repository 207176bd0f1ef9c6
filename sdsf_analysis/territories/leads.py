"""Where the bearers of a name lead, each asked once."""

from functools import lru_cache

from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.bearers import Bearer, names_of
from sdsf_analysis.territories.events import Lead, lead
from sdsf_analysis.territories.since_1943 import STILL


@lru_cache(maxsize=200_000)
def led(code: str, year: int, since: int | None = None) -> Lead:
    """Communes of a year that a code leads to: itself where it is in force and no sender's year is said.

    Examples
    --------
    >>> led("01004", 2026).codes, led("01091", 2026).codes
    (('01004',), ('01033',))
    """
    if since is None and code in atlas(year).names:
        return Lead((code,))
    return lead(code, year, since)


def lead_of(bearer: Bearer, year: int, since: int | None = None) -> Lead:
    """Communes of a year that a name leads to.

    Parameters
    ----------
    bearer : Bearer
        Code and name.
    year : int
        Geography of the answer.
    since : int, optional
        Geography of the sender; without it, the last year in which the commune bore the name.

    Examples
    --------
    >>> from sdsf_analysis.territories.bearers import bearers_in
    >>> lead_of(bearers_in("01").named("bellegarde sur valserine")[0], 2026).event.date
    '2019-01-01'
    """
    if since is not None:
        borne = min(max(since, bearer.first), bearer.last)
        whole = led(bearer.code, year, since) if since != borne else Lead(())
        # under another name then, but whole: what the sender counted is in several communes today
        return whole if len(whole.codes) > 1 else led(bearer.code, year, borne)
    if bearer.is_commune and bearer.bears_in(year):
        return led(bearer.code, year)
    return led(bearer.code, year, _last_year_of_its_own(bearer))


def _last_year_of_its_own(bearer: Bearer) -> int | None:
    """Last year in which a commune bore the name in its own right; the seat of a new one keeps its code."""
    own = [b.last for b in names_of(bearer.code) if b.is_commune and b.key == bearer.key and b.last != STILL]
    return max(own, default=None)
