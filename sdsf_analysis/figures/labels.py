"""French words of the figures: dates, plurals, articles, wrapped names."""

from datetime import date
from textwrap import wrap

from sdsf_analysis.figures.style import number

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_VOWELS = "aàâäeéèêëiîïoôöuùûüyœ"


def french_date(day: date) -> str:
    """Write a date as in French.

    Parameters
    ----------
    day : datetime.date

    Returns
    -------
    str

    Examples
    --------
    >>> french_date(date(2024, 12, 31)), french_date(date(2025, 1, 1))
    ('31 décembre 2024', '1er janvier 2025')
    """
    return f"{day.day}{'er' if day.day == 1 else ''} {MONTHS[day.month - 1]} {day.year}"


def plural(count: float, singular: str, many: str = "") -> str:
    r"""Write a count and its noun; in French, the plural begins at two.

    Parameters
    ----------
    count : float
    singular : str
    many : str
        Plural, by default the singular and an « s ».

    Returns
    -------
    str

    Examples
    --------
    >>> plural(0, "commune"), plural(1234, "commune"), plural(2, "CTG", "CTG")
    ('0 commune', '1\u202f234 communes', '2 CTG')
    """
    return f"{number(count)} {singular if abs(count) < 2 else many or singular + 's'}"


def of_name(name: str) -> str:
    """Put « de » before a name, with its elision and contraction.

    Parameters
    ----------
    name : str
        Name of a commune, with its article if it has one.

    Returns
    -------
    str

    Examples
    --------
    >>> [of_name(name) for name in ("Oyonnax", "Gex", "Le Poizat", "Les Neyrolles", "Hauteville")]
    ["d'Oyonnax", 'de Gex', 'du Poizat', 'des Neyrolles', 'de Hauteville']
    """
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d'{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def wrapped(name: str, width: int = 20) -> str:
    """Break a name into lines, never inside a word.

    Parameters
    ----------
    name : str
    width : int
        Length of a line, in characters.

    Returns
    -------
    str

    Examples
    --------
    >>> wrapped("CA du Bassin de Bourg-en-Bresse").splitlines()
    ['CA du Bassin de', 'Bourg-en-Bresse']
    """
    return "\n".join(wrap(name, width, break_long_words=False, break_on_hyphens=False)) or name
