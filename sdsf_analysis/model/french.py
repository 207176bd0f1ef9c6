"""French numbers, dates and words, for whatever an analyst reads."""

import re
from datetime import date, timedelta
from math import isnan

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
NO_VALUE = "n. d."
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
_CLOSING, _OPENING = re.compile(" ([;:!?»%])"), re.compile("« ")
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


def number(value: float | None, decimals: int = 0) -> str:
    r"""Write a number as in French.

    Parameters
    ----------
    value : float or None
        A missing number is written « n. d. ».
    decimals : int

    Returns
    -------
    str

    Examples
    --------
    >>> number(1234.56, 1)
    '1\u202f234,6'
    >>> number(None)
    'n. d.'
    """
    if value is None or isnan(value):
        return NO_VALUE
    written = f"{value:,.{decimals}f}".replace(",", NARROW_SPACE).replace(".", ",")
    return written.replace("-", "\N{MINUS SIGN}")


def duration(value: timedelta) -> str:
    """Write a duration as a spreadsheet shows it, days counted as hours.

    Examples
    --------
    >>> duration(timedelta(days=40, hours=12)), duration(timedelta(minutes=5, seconds=7))
    ('972:00', '0:05:07')
    """
    total = round(abs(value).total_seconds())
    seconds = f":{total % 60:02d}" if total % 60 else ""
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{total // 3600}:{total // 60 % 60:02d}{seconds}"


def written(value: object) -> str:
    """Write what a cell holds as in French, nothing rounded: decimal comma, day/month/year.

    Examples
    --------
    >>> written(1004.0), written(0.5), written(date(2024, 1, 31)), written("nd"), written(None)
    ('1004', '0,5', '31/01/2024', 'nd', '')
    """
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, timedelta):
        return duration(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:.15g}".replace(".", ",")


def percent(value: float | None, decimals: int = 1) -> str:
    r"""Write a percentage as in French; what is not quite nothing or everything never reads 0 or 100.

    Parameters
    ----------
    value : float or None
        In per cent.
    decimals : int
        At least this many.

    Returns
    -------
    str

    Examples
    --------
    >>> percent(60.93)
    '60,9\u202f%'
    >>> percent(99.98, 0), percent(100, 0)
    ('99,98\u202f%', '100\u202f%')
    """
    if value is None or isnan(value):
        return NO_VALUE
    # sums of estimates carry the noise of floating point
    value = round(value, 9)
    if value in (0, 100):
        decimals = 0
    while decimals < 3 and round(value, decimals) in (0, 100) and value not in (0, 100):
        decimals += 1
    return f"{number(value, decimals)}{NARROW_SPACE}%"


def spaced(text: str) -> str:
    r"""Keep a French sign with its word: a line never begins with a colon, nor ends with an opening mark.

    Examples
    --------
    >>> spaced("« n. d. » : rien, 12 %").replace("\u00a0", "_")
    '«_n. d._»_: rien, 12_%'
    """
    return _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0\\1", text))


def capital(text: str) -> str:
    """Text that begins with a capital, the rest as it is: « CTG » stays in capitals.

    Examples
    --------
    >>> capital("bonus territoire CTG")
    'Bonus territoire CTG'
    """
    return text[:1].upper() + text[1:]
