"""Several communes named in one cell: names apart, whole EPCI, and what cannot be told without guessing.

A separator may also stand inside a name (« Saint-Germain et Mons », « CC Rives de l'Ain - Pays du Cerdon »):
parts are joined again where the whole is a known name, and asked about where both readings hold. A comma, a
semicolon or a line break parts two names whenever both can be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sdsf_analysis.territories.answers import Asked
from sdsf_analysis.territories.bearers import bearers_in
from sdsf_analysis.territories.cell import take_apart
from sdsf_analysis.territories.commune_names import readings
from sdsf_analysis.territories.epcis import Epcis, epcis_of
from sdsf_analysis.territories.keys import epci_key
from sdsf_analysis.territories.names import CommuneIndex

__all__ = ["Named", "communes_named"]

_SEPARATOR = re.compile(r"\r\n|[\r\n]|[,;|•·+&/]|\s[-–—]\s|\s(?:et|ainsi que)\s|\A\s*[-–—]\s", re.IGNORECASE)
_SURE = re.compile(r"[\r\n,;|•·+]|ainsi que", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[^\W\d_]-)(?:\r\n|[\r\n])\s*")
_FORMS = ("cc ", "ca ", "cu ")
_EDGES = " \t\r\n\N{NO-BREAK SPACE},;|•·+&/-–—.:"
_WHOLE = re.compile(
    r"(?:(?:toutes )?les communes|(?:l['’])?ensemble(?: des communes)?|(?:(?:tout )?le )?territoire)"
    r" (?:membres )?(?:de |du )(?:la |l['’])?",
    re.IGNORECASE,
)
# « CC Rives de l'Ain - Pays du Cerdon et Gex » has three separators inside or after a name
_MOST_JOINED = 4
_MOST_PARTS = 1000
_MOST_SHOWN = 3
Span = tuple[int, int]


@dataclass(frozen=True)
class Named:
    """One part of a cell, and the communes that it names; none where it has to be asked about.

    Attributes
    ----------
    text : str
        The part as written.
    codes : tuple of str
        Official codes, those of a whole EPCI where it names one.
    problem, message : str
        Code of the problem that the part raises, empty for none, and its French sentence.
    suggestions : tuple of str
        What the part may mean, never applied.
    """

    text: str
    codes: tuple[str, ...] = ()
    problem: str = ""
    message: str = ""
    suggestions: tuple[str, ...] = ()


def communes_named(text: str, index: CommuneIndex) -> list[Named]:
    r"""Communes that a cell names, part by part.

    Parameters
    ----------
    text : str
        The cell, its line breaks kept.
    index : CommuneIndex
        Communes of the département.

    Returns
    -------
    list of Named
        In the order of the cell. A part that is not found, or that may be read in two ways, has no code and
        leaves the others alone.

    Examples
    --------
    >>> index = CommuneIndex("01", 2026)
    >>> [named.codes for named in communes_named("Gex, Cessy et\nOrnex / Gexx", index)]
    [('01173',), ('01071',), ('01281',), ()]
    >>> len(communes_named("CC Bugey Sud", index)[0].codes)
    41
    """
    reader = _Reader(_BREAK.sub("", text), index, epcis_of(index.year))
    return reader.read()


@dataclass(frozen=True)
class _Reader:
    """The parts of one cell between separators, and the communes of any run of them."""

    text: str
    index: CommuneIndex
    epcis: Epcis

    def read(self) -> list[Named]:
        spans = list(self._spans())
        if len(spans) > _MOST_PARTS:
            message = f"La cellule a plus de {_MOST_PARTS} parties : ce n'est pas une liste de communes."
            return [Named(self._slice(0, spans[2][1]), (), "served_unclear", message)]
        sure = [self._is_sure(end, start) for (_, end), (start, _) in pairwise(spans)]
        joined = {
            (first, last): named
            for first in range(len(spans))
            for last in range(first + 1, min(first + _MOST_JOINED, len(spans)))
            if (named := self._whole_name(self._slice(spans[first][0], spans[last][1])))
        }
        found: list[Named] = []
        first = 0
        while first < len(spans):
            last = _end_of_run(first, joined)
            found += self._run(spans, (first, last), joined, sure)
            first = last + 1
        return found

    def _spans(self) -> Iterator[Span]:
        """Beginning and end of each part between two separators."""
        start = 0
        for separator in (*_SEPARATOR.finditer(self.text), None):
            end = separator.start() if separator else len(self.text)
            if self.text[start:end].strip(_EDGES):
                yield start, end
            start = separator.end() if separator else end

    def _is_sure(self, start: int, end: int) -> bool:
        """Whether what stands between two parts is never inside a name, but for a name cut by mistake."""
        return _SURE.search(self.text, start, end) is not None

    def _slice(self, start: int, end: int) -> str:
        return " ".join(re.sub(r"[\r\n,]", " ", self.text[start:end]).strip(_EDGES).split())

    def _whole_name(self, text: str) -> Named | None:
        """A run of parts that is one known name, separators included."""
        name = take_apart(text).name
        known = bearers_in(self.index.departement)
        if any(known.named(key) or known.named_but_for_article(key) for key in readings(name)):
            named = self._commune(text)
            return named if named.codes else None
        return self._epci(text)

    def _run(self, spans: list[Span], run: Span, joined: dict[Span, Named], sure: list[bool]) -> list[Named]:
        """Parts that some name joins: the reading that leaves the fewest out, if there is only one."""
        first, last = run
        parts = {(i, i): self._part(self._slice(*spans[i])) for i in range(first, last + 1)}
        best = _best_readings(first, last, parts | joined, sure)
        if len(best) == 1:
            return best[0]
        text = self._slice(spans[first][0], spans[last][1])
        ways = tuple(" et ".join(f"« {named.text} »" for named in one) for one in best)
        message = f"« {text} » peut se lire de plusieurs façons."
        return [Named(text, (), "served_unclear", message, ways)]

    def _part(self, text: str) -> Named:
        epci, commune = self._epci(text, is_alone=True), self._commune(text)
        if epci and epci.codes and commune.codes:
            message = f"« {text} » est le nom d'une commune et d'un EPCI."
            return Named(text, (), "served_unclear", message)
        return commune if commune.codes else epci or commune

    def _commune(self, text: str) -> Named:
        match = self.index.resolve(None, text)
        codes = (match.code,) if match.code else ()
        return Named(text, codes, match.problem, match.message, match.suggestions)

    def _epci(self, text: str, *, is_alone: bool = False) -> Named | None:
        """The communes of an EPCI in the département, where a name is that of one EPCI only."""
        whole = _WHOLE.match(text)
        name = text[whole.end() :] if whole else text
        if not self.epcis.knows(name) and not (is_alone and epci_key(name).startswith(_FORMS)):
            return None
        asked = Asked(self.index.departement)
        answer = self.epcis.answer(name, asked)
        if answer.code:
            return Named(text, self.epcis.communes(answer.code, self.index.departement))
        why = "désigne plusieurs EPCI" if answer.status == "ambiguous" else "n'est pas un EPCI du département"
        suggestions = tuple(f"{one.name} ({one.code}), {one.reason}" for one in answer.suggestions)
        return Named(text, (), "served_unclear", f"« {text} » {why}.", suggestions)


def _end_of_run(first: int, joined: dict[Span, Named]) -> int:
    """Last part of the run that begins at a part: runs are as short as the names that join them allow."""
    last = first
    while ends := [end for start, end in joined if first <= start <= last < end]:
        last = max(ends)
    return last


def _best_readings(first: int, last: int, named: dict[Span, Named], sure: list[bool]) -> list[list[Named]]:
    """Ways to cut a run of parts into names, one for each set of communes that they give.

    Those that leave the fewest parts unread, then those that join the fewest parts that are surely apart.
    """
    best: dict[int, tuple[tuple[int, int], dict[frozenset[str], list[Named]]]] = {
        first - 1: ((0, 0), {frozenset(): []})
    }
    for end in range(first, last + 1):
        ways = []
        for start in range(first, end + 1):
            if one := named.get((start, end)):
                (unread, joins), before = best[start - 1]
                cost = (unread + (not one.codes), joins + sum(sure[start:end]))
                ways += [(cost, codes | set(one.codes), [*done, one]) for codes, done in before.items()]
        least = min(cost for cost, _, _ in ways)
        kept: dict[frozenset[str], list[Named]] = {}
        for cost, codes, way in ways:
            if cost == least and len(kept) < _MOST_SHOWN:
                kept.setdefault(codes, way)
        best[end] = (least, kept)
    return list(best[last][1].values())
