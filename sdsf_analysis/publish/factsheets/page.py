"""A fact sheet as a page: two A4 when printed, nothing loaded, every text escaped."""

from base64 import b64encode
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from sdsf_analysis.publish.factsheets.sheet import Sheet


def as_html(sheet: Sheet, map_png: bytes) -> str:
    """Write the sheet of a territory as one HTML page.

    Parameters
    ----------
    sheet : Sheet
    map_png : bytes
        Picture that places the territory in the département.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> sheet = Sheet("E1", "CC <du> Test", "EPCI", date(2024, 12, 31), "SDSF", (), [], {}, [], False)
    >>> "<h1>CC &lt;du&gt; Test</h1>" in as_html(sheet, b"")
    True
    """
    text = (files(__package__) / "page.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    picture = b64encode(map_png).decode("ascii")
    return environment.from_string(text).render(sheet=sheet, picture=picture)
