"""Names written on figures."""

from textwrap import wrap


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
