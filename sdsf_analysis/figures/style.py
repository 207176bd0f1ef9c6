"""The look of every figure: page sizes, typeface, colours that everyone tells apart, saving.

A figure has the size of its page, whatever is on it, and the same figure saved twice gives the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

MM_PER_INCH = 25.4
A4_MM = (297.0, 210.0)
SLIDE_MM = (338.7, 190.5)
SCREEN_DPI = 150
PRINT_DPI = 300

INK = "#22303C"
MUTED = "#5B6770"
RULE = "#B8C0C6"
PAPER = "#FFFFFF"
ACCENT = "#2F6F9F"
WARNING = "#A34700"
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "sdsf",
    "pdf.fonttype": 42,
    "savefig.bbox": None,
    "figure.facecolor": PAPER,
    "axes.unicode_minus": True,
}
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None, "ModDate": None},
}
# larger by a sixth than at the usual level, and twice as fast to write
_OPTIONS: dict[str, dict[str, Any]] = {".png": {"pil_kwargs": {"compress_level": 3}}}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save under the style of the house, whatever the user's own settings.

    Examples
    --------
    >>> with house_style():
    ...     mpl.rcParams["font.family"]
    ['DejaVu Sans']
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


class Page(Figure):
    """A figure of a fixed size, with the sentence that says it to who cannot see it.

    Parameters
    ----------
    size_mm : tuple of float
        Width and height of the page in millimetres.

    Examples
    --------
    >>> Page(A4_MM).get_size_inches().round(2).tolist()
    [11.69, 8.27]
    """

    def __init__(self, size_mm: tuple[float, float] = A4_MM) -> None:
        super().__init__(figsize=(size_mm[0] / MM_PER_INCH, size_mm[1] / MM_PER_INCH))
        FigureCanvasAgg(self)
        self.size_mm = size_mm
        self.alt_text = ""

    def png(self, dpi: int = SCREEN_DPI) -> bytes:
        """Picture of the whole page, never cropped."""
        buffer = BytesIO()
        with house_style():
            self.savefig(buffer, format="png", dpi=dpi, metadata=_METADATA[".png"], **_OPTIONS[".png"])
        return buffer.getvalue()

    def _ipython_display_(self) -> None:
        # Jupyter's own display of a figure crops it, and has no place for the alternative text
        from IPython.display import Image, display

        display(Image(data=self.png(), format="png", alt=self.alt_text))  # type: ignore[no-untyped-call]


def save(page: Figure, path: Path, dpi: int = PRINT_DPI) -> Path:
    """Save a figure at the size of its page: the same bytes each time.

    Parameters
    ----------
    page : matplotlib.figure.Figure
    path : pathlib.Path
        The ending says the format: .png, .svg or .pdf.
    dpi : int
        Resolution of a .png, dots per inch.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    ValueError
        If the ending is another.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save(Page(), Path(folder) / "carte.svg").name
    'carte.svg'
    """
    if path.suffix not in _METADATA:
        raise ValueError(f"Format « {path.suffix} » inconnu pour une figure. Choisir .png, .svg ou .pdf.")
    with house_style():
        page.savefig(path, dpi=dpi, metadata=_METADATA[path.suffix], **_OPTIONS.get(path.suffix, {}))
    return path
