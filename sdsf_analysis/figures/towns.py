"""The main towns of a département: a dot and a name, for who reads a map by them."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sdsf_analysis.figures.beside import place_beside
from sdsf_analysis.figures.ground import Ground
from sdsf_analysis.figures.style import INK, PAPER
from sdsf_analysis.territories import outlines, reference


def draw_towns(axes: Axes, here: Ground, count: int, taken: Iterable[Bbox] = ()) -> list[Text]:
    """Mark and name the communes with most inhabitants.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    here : Ground
    count : int
        How many.
    taken : iterable of matplotlib.transforms.Bbox
        Where nothing may be written, in pixels of the page.

    Returns
    -------
    list of matplotlib.text.Text
        The names written; the dot of a town whose name finds no place is not drawn.

    Examples
    --------
    >>> from sdsf_analysis.figures.ground import draw_ground, ground
    >>> from sdsf_analysis.figures.style import Page
    >>> page = Page()
    >>> axes = draw_ground(page, ground("90"), 120.0)
    >>> [text.get_text() for text in draw_towns(axes, ground("90"), 2)]
    ['Belfort', 'Delle']
    """
    names = reference.communes(outlines.OUTLINE_YEAR, here.departement["code"])[["code", "name"]]
    known = here.communes.merge(names, on="code", validate="one_to_one")
    known = known.sort_values(["population", "code"], ascending=[False, True]).head(count)
    points = known.representative_point()
    places = list(zip(points.x, points.y, strict=True))
    texts = place_beside(axes, places, known["name"].tolist(), gap_pt=3.0, taken=taken, size=6)
    written = [text.xy for text in texts]  # type: ignore[attr-defined]
    if written:
        across, up = zip(*written, strict=True)
        axes.plot(across, up, "o", ms=2.4, mfc=INK, mec=PAPER, mew=0.5, ls="", zorder=5.8)
    return texts
