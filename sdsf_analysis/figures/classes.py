"""Classes of a map: where they are cut, how they are said, and in which one a value falls.

A value on a border is in the upper class, as the legend says: « de 20 à moins de 35 ». A cut is moved, by a
hundredth of the range at most, to a number with few digits, and values are placed by the cut as written.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

import numpy as np

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model.french import number
from sdsf_analysis.model.lists import unknown_name

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
Places = np.ndarray[tuple[int], np.dtype[np.intp]]
_Q6 = (0.05, 0.275, 0.5, 0.725, 0.95)
_DEVIATIONS = (-1.5, -0.5, 0.5, 1.5)
_DIGITS = 6
# a cut may move by this part of the range, for a number that is easy to say
_NEAR = 0.01
# and pass this part of the values
_FEW = 0.02
# the library takes the square of this in steps of Python
_EXACT_JENKS = 500


@dataclass(frozen=True)
class Classes:
    """Classes of values, from the lowest to the highest.

    Attributes
    ----------
    edges : tuple of float
        Lower end of each class, then the upper end of the last one.
    method : str
        How they were cut.
    """

    edges: tuple[float, ...]
    method: str

    def __len__(self) -> int:
        return max(len(self.edges) - 1, 0)

    def place(self, values: Sequence[float] | Numbers) -> Places:
        """Place of the class of each value, from 0; -1 for what is not a number.

        Examples
        --------
        >>> Classes((0, 20, 35, 60), "fixed").place([5, 20, 60, float("nan"), 90]).tolist()
        [0, 1, 2, -1, 2]
        """
        given = np.asarray(values, "float64")
        found = np.searchsorted(np.asarray(self.edges[1:-1], "float64"), given, side="right")
        return np.where(np.isnan(given), -1, found)

    def labels(self, unit: str = "") -> list[str]:
        r"""Say each class in French.

        Examples
        --------
        >>> Classes((3, 20, 35, 60), "fixed").labels()
        ['de 3 à moins de 20', 'de 20 à moins de 35', 'de 35 à 60']
        >>> Classes((4, 4), "quantile").labels("%")
        ['4\u202f%']
        """
        decimals = max(map(_decimals, self.edges[1:-1] or self.edges), default=0)
        end = f"\u202f{unit}" if unit == "%" else f" {unit}" if unit else ""
        said = [number(edge, decimals) for edge in self.edges]
        if len(self) == 1:
            return [f"{said[0]}{end}" if said[0] == said[1] else f"de {said[0]} à {said[1]}{end}"]
        if not said:
            return []
        below = [f"de {low} à moins de {high}{end}" for low, high in pairwise(said[:-1])]
        last = said[-1] if said[-2] == said[-1] else f"de {said[-2]} à {said[-1]}"
        return [*below, f"{last}{end}"]


def classify(
    values: Sequence[float] | Numbers,
    method: str = "quantile",
    classes: int = 5,
    breaks: Sequence[float] = (),
) -> Classes:
    """Cut values into classes.

    Parameters
    ----------
    values : sequence of float
        What is not a number is left out.
    method : {"quantile", "jenks", "equal", "deviation", "nested_means", "q6", "fixed"}
        Quantiles; Fisher-Jenks (beyond 500 values, on 500 at even ranks); equal ranges; mean and standard
        deviation (cuts at ±0.5 and ±1.5); nested means; quantiles at 5, 27.5, 50, 72.5 and 95 % (« Q6 »); the
        breaks given.
    classes : int
        Classes wanted; fewer come back where the values have no more. Nested means give the nearest power of
        two, « deviation » 5 and « q6 » 6.
    breaks : sequence of float
        The inner cuts of ``fixed``, for instance those of the baseline, so that two maps compare.

    Returns
    -------
    Classes
        None for no value, one for values that are all alike.

    Raises
    ------
    QuestionError
        If the method is unknown, fewer than one class is wanted, or ``fixed`` has no break or breaks that do
        not increase.

    Examples
    --------
    >>> classify([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], classes=5).edges
    (1.0, 3.0, 5.0, 7.0, 9.0, 10.0)
    >>> classify([0, 0, 0, 0, 7], classes=5).labels()
    ['de 0 à moins de 7', '7']
    """
    if method not in (*_CUTS, "fixed"):
        raise QuestionError(unknown_name("La méthode de discrétisation", method, (*_CUTS, "fixed")))
    if classes < 1:
        raise QuestionError(f"Nombre de classes : {classes}. En demander une au moins.")
    known = np.sort(np.asarray(values, "float64"))
    known = known[np.isfinite(known)]
    if method == "fixed":
        return _fixed(known, breaks)
    if not len(known):
        return Classes((), method)
    cuts = _CUTS[method](known, classes)
    rounded, exact = (_edges(known, [_roundest(known, cut, near) for cut in cuts]) for near in (_NEAR, 0.0))
    # a rounder cut never empties a class
    chosen = rounded if _empty(known, rounded) <= _empty(known, exact) else exact
    return Classes(chosen, method)


def _edges(known: Numbers, cuts: Sequence[float]) -> tuple[float, ...]:
    inner = sorted({cut for cut in cuts if known[0] < cut <= known[-1]})
    return (float(known[0]), *inner, float(known[-1]))


def _empty(known: Numbers, edges: tuple[float, ...]) -> int:
    """Classes without any value."""
    places = Classes(edges, "").place(known)
    return len(edges) - 1 - len(np.unique(places))


def _fixed(known: Numbers, breaks: Sequence[float]) -> Classes:
    inner = [float(cut) for cut in breaks]
    if not inner or any(low >= high for low, high in pairwise(inner)):
        raise QuestionError("Bornes de classes : en donner une au moins, de la plus petite à la plus grande.")
    # the outer classes reach as far as the values
    low = min([*known[:1], inner[0]])
    high = max([*known[-1:], inner[-1]])
    start = low if low < inner[0] else inner[0] - (inner[1] - inner[0] if len(inner) > 1 else 1)
    return Classes((float(start), *inner, float(high)), "fixed")


def _quantiles(known: Numbers, classes: int) -> Numbers:
    return _upper(known, np.quantile(known, np.arange(1, classes) / classes))


def _q6(known: Numbers, _: int) -> Numbers:
    return _upper(known, np.quantile(known, _Q6))


def _upper(known: Numbers, cuts: Numbers) -> Numbers:
    """The value that opens the class above each cut, the cut itself being the top of the class below."""
    places = np.searchsorted(known, cuts, side="right")
    opening: Numbers = known[places[places < len(known)]]
    return opening


def _equal(known: Numbers, classes: int) -> Numbers:
    return np.linspace(known[0], known[-1], classes + 1)[1:-1]


def _deviation(known: Numbers, _: int) -> Numbers:
    spread = float(known.std(ddof=1)) if len(known) > 1 else 0.0
    return float(known.mean()) + spread * np.asarray(_DEVIATIONS)


def _nested_means(known: Numbers, classes: int) -> Numbers:
    depth = max(round(log10(classes) / log10(2)), 0)
    return np.asarray(_means(known, depth), "float64")


def _means(known: Numbers, depth: int) -> list[float]:
    if not depth or not len(known):
        return []
    mean = float(known.mean())
    return [*_means(known[known < mean], depth - 1), mean, *_means(known[known >= mean], depth - 1)]


def _jenks(known: Numbers, classes: int) -> Numbers:
    distinct = len(np.unique(known))
    if distinct <= classes:
        return np.unique(known)[1:]
    if len(known) > _EXACT_JENKS:
        # values at even ranks, the extremes among them: the same at every run
        known = known[np.linspace(0, len(known) - 1, _EXACT_JENKS).round().astype("intp")]
    with warnings.catch_warnings():
        # says that it would be faster with another library
        warnings.simplefilter("ignore")
        # loads a large library, which no other method needs
        from mapclassify import FisherJenks

        found = FisherJenks(known, k=classes)
    return _upper(known, np.asarray(found.bins[:-1], "float64"))


_CUTS: dict[str, Callable[[Numbers, int], Numbers]] = {
    "quantile": _quantiles,
    "jenks": _jenks,
    "equal": _equal,
    "deviation": _deviation,
    "nested_means": _nested_means,
    "q6": _q6,
}


def _roundest(known: Numbers, cut: float, nearness: float) -> float:
    """The number with fewest digits that leaves every value on its side of a cut, or nearly at its place."""
    below, above = known[known < cut], known[known >= cut]
    if not len(below) or not len(above):
        return float(cut)
    near = nearness * (known[-1] - known[0])
    # nor past more than a few of the values
    few = int(len(known) * _FEW)
    lowest, highest = float(below[max(-1 - few, -len(below))]), float(above[min(few, len(above) - 1)])
    low, high = (
        min(float(below[-1]), max(cut - near, lowest)),
        max(float(above[0]), min(cut + near, highest)),
    )
    scale = ceil(log10(max(abs(low), abs(high), 1e-9)))
    for decimals in range(-scale, _DIGITS + 1):
        step = 10.0**-decimals
        found = round(floor(high / step) * step, max(decimals, 0))
        if low < found <= high:
            return float(found)
    return float(high)


def _decimals(edge: float) -> int:
    """Decimals that a cut needs, two at most."""
    return next((count for count in range(2) if abs(edge - round(edge, count)) < 1e-9), 2)
