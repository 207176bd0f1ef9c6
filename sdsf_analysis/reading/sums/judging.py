"""What each total adds up, and in which columns it differs: only where adding up makes sense."""

import re
from dataclasses import dataclass

import numpy as np

from sdsf_analysis.reading.sums.figures import Flags, Floats
from sdsf_analysis.reading.sums.scopes import Scope, Sums
from sdsf_analysis.reading.table import Table
from sdsf_analysis.reading.text import normalise

# A total within this share of a sum is meant as one; an unconfirmed row is doubted beyond the second.
_NEAR, _FAR = 0.2, 0.5
_MOST = 0.5
# Words of what does not add up.
RATE = re.compile(
    r"\b(taux|part|parts|moyen|moyenne|moyens|median|mediane|ratio|indice|densite|prix|proportion|rang|age|evolution"
    r"|pour (100|1 ?000|10 ?000)|par habitant|quotite|revenu median|niveau de vie|score)\b|%"
)
# A title that gives the unit of the whole table.
_IN_PERCENT = re.compile(r"\ben (%|pour cent|pourcentages?)", re.IGNORECASE)


@dataclass(frozen=True)
class Judgement:
    """One total: what it adds up, where it differs, where it gives a withheld cell away.

    Attributes
    ----------
    position : int
        Position among the totals.
    scope : Scope
        What it adds up.
    wrong, telling : ndarray of bool
        Columns where the total differs; where it and the other cells give the only withheld one.
    """

    position: int
    scope: Scope
    wrong: Flags
    telling: Flags


@dataclass(frozen=True)
class _Trial:
    """A total against the scope that suits it best.

    Attributes
    ----------
    judged, agreed, fits, like_sum, near : ndarray of bool
        Columns that can be compared; that nothing contradicts; that agree, be it on nothing at all; where the
        total looks like a sum; where it is close to it.
    parts : ndarray
        How many of the cells added up are neither zero nor empty.
    """

    position: int
    scope: Scope
    judged: Flags
    agreed: Flags
    fits: Flags
    like_sum: Flags
    near: Flags
    parts: Floats

    @property
    def is_plausible(self) -> bool:
        """Whether the total is meant as the sum of this scope."""
        count = self.judged.sum()
        seems = (self.like_sum & self.judged).sum() >= _MOST * count
        is_near = (self.agreed & self.judged).any() or (self.near & self.judged).sum() >= _MOST * count
        return bool(seems and is_near)


def judge_totals(table: Table, sums: Sums) -> list[Judgement]:
    """Judge each total of a table that is known by its figures alone.

    A column is taken to add up only if most of its totals look like sums; a mean, a rate or a rank does not.

    Parameters
    ----------
    table : Table
        Its labels tell rates.
    sums : Sums
        Records and totals.

    Returns
    -------
    list of Judgement
    """
    trials = [trial for trial in _trials(sums) if trial.is_plausible]
    if not trials:
        return []
    adds_up, is_proved = _additive(table, sums, trials)
    return [
        Judgement(
            trial.position,
            trial.scope,
            trial.judged & ~trial.agreed & adds_up & (trial.like_sum | is_proved),
            _telling(sums, trial) & adds_up,
        )
        for trial in trials
    ]


def judge_quantities(sums: Sums) -> list[Judgement]:
    """Judge each total of columns that are known to add up."""
    trials = _trials(sums)
    return [Judgement(t.position, t.scope, t.judged & ~t.agreed, _telling(sums, t)) for t in trials]


def _trials(sums: Sums) -> list[_Trial]:
    found = [_best(sums, position) for position in range(len(sums.totals.rows))]
    return [trial for trial in found if trial]


def _best(sums: Sums, position: int) -> _Trial | None:
    """The scope that agrees in most columns and contradicts fewest, the most natural of equals."""
    trials = [_try(sums, position, scope) for scope in sums.scopes(position)]
    if not any(_agreement(trial) > 0 for trial in trials):
        tried = sums.tried(position)
        trials += [_try(sums, position, tried)] if tried else []
    agreeing = [trial for trial in trials if trial.fits.any()]
    return max(agreeing or trials[:1], key=_agreement, default=None)


def _agreement(trial: _Trial) -> int:
    """How many more columns agree than differ."""
    return int(trial.fits.sum()) - int((trial.judged & ~trial.agreed).sum())


def _try(sums: Sums, position: int, scope: Scope) -> _Trial:
    low, high = sums.bounds(scope)
    gaps, total = sums.gaps(position, scope), sums.totals.low[position]
    figures, kept = sums.cells(scope)
    cells = figures.low[kept]
    is_open = np.isinf(high)
    size = np.maximum(np.abs(total), np.abs(low))
    closed = sums.totals.known[position] & figures.known[kept].any(axis=0) & ~(is_open & (low < 0))
    return _Trial(
        position,
        scope,
        closed & (~is_open | (gaps > 0)) & ((total != 0) | (low != 0)),
        gaps == 0,
        closed & ~is_open & (gaps == 0),
        (gaps == 0) | (total > cells.max(axis=0)) | (gaps <= _NEAR * size),
        gaps <= _FAR * size,
        (cells != 0).sum(axis=0),
    )


def _additive(table: Table, sums: Sums, trials: list[_Trial]) -> tuple[Flags, Flags]:
    """Columns whose totals look like sums in most rows, and those where some total proves it."""
    votes = np.array([trial.judged & (trial.parts > 1) for trial in trials])
    seems = (votes & np.array([trial.like_sum for trial in trials])).sum(axis=0)
    proves = (votes & np.array([trial.agreed for trial in trials])).sum(axis=0)
    count = votes.sum(axis=0)
    labels = {column.index: normalise(column.label) for column in table.columns}
    are_rates = any(_IN_PERCENT.search(text) for text in table.titles)
    is_rate = np.array(
        [are_rates or RATE.search(labels[column]) is not None for column in sums.totals.columns]
    )
    adds_up = (seems >= _MOST * count) & (~is_rate | ((proves > 0) & (proves >= _MOST * count)))
    return adds_up, proves > 0


def _telling(sums: Sums, trial: _Trial) -> Flags:
    """Columns where a single cell is withheld, and all that it takes to work it out is known to the unit."""
    figures, kept = sums.cells(trial.scope)
    hidden = kept[:, None] & figures.secret
    is_unsure = kept[:, None] & (figures.low != figures.high) & ~figures.secret
    total = sums.totals.low[trial.position]
    is_exact = (sums.rounding.steps < 1) & (sums.rounding.own[trial.position] < 1)
    is_telling = (hidden.sum(axis=0) == 1) & ~is_unsure.any(axis=0) & is_exact
    is_sum = total >= figures.low[kept].max(axis=0)
    return np.asarray(is_telling & is_sum & (trial.agreed) & sums.totals.known[trial.position])
