"""What the labels of a column announce and what the shape of its cells allows: codes, ages, rates, dates."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sdsf_analysis.reading.sheet import Cell
from sdsf_analysis.reading.text import normalise

_NUMERO = re.compile(r"\bn\s?[°º]", re.IGNORECASE)
_AGES = re.compile(r"\b(?:ages?|tranches?(?: d ages?)?|public|publics)\b")
_RATES = re.compile(r"\b(?:taux|part|parts|pourcentage|proportion|tx|pct)\b|%")
_DATES = re.compile(
    r"\b(?:date|dates|debut|fin|echeance|signature|ouverture|fermeture|agrement|naissance|du|au|depuis le)\b"
)
_FTE = re.compile(r"\betp\b|temps (?:plein|de travail)")
_PHONES = re.compile(r"\b(?:tel|telephones?|fax|telecopie|portable)\b")
_PHONE = re.compile(r"(?:\+33 ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d{2}){4}")
# Written as a number, a phone number has lost its zero.
_PHONE_WITHOUT_ZERO = re.compile(r"[1-9]\d{8}")
_AGE_BAND = re.compile(
    r"(?:de )?-?\d{1,2} ?(?:-|–|/|à|a) ?\+?\d{1,2}(?: ?ans?)?|[-+<>]? ?\d{1,2} ?ans?(?: .*)?", re.IGNORECASE
)
# Known départements; the collectivity of Corsica, the Rhône and the Métropole of Lyon apart from one another.
_DEPARTEMENTS = frozenset(str(n) for n in (*range(1, 96), *range(971, 990))) - {"20"}
_DEPARTEMENT_TEXT = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|20[ABR]?|69[DM]|9[78]\d", re.IGNORECASE)
_COMMUNE = re.compile(r"(?:\d{4,5}|2[AB]\d{3}|20[AB]?\d{2,3})", re.IGNORECASE)
_EPCI = re.compile(r"[12]\d{8}")
_FIRST_SIREN = 100_000_000
_ZERO_LED = re.compile(r"0\d{1,8}")
_TELLING = re.compile(r"2[AB](?:\d{3}|\d{7})?|Q[PN]\d{3,6}[A-Z]?|\d{2}[DMR]|\d{7}[A-Z]|Z{4,9}")
_PLAIN_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9._/-]{0,19}|[A-Z]{1,6}|Z{4,9}", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+)E\+?|E\+)(\d{1,2})", re.IGNORECASE)
# « numdep », « codcommune »: a word that says code, glued to the place that it names.
_GLUED = re.compile(r"(?:codes?|cod|numero|num|insee)(\w{3,})")
# Under a label that speaks of codes too: « Période », below the identifier of a series.
_DAY = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?|\d{1,2}/\d{1,2}/\d{4}")
_MOST = 0.8


@dataclass(frozen=True)
class _Words:
    """Words of labels: those of codes, of counts, those that name a place and its role, those that link."""

    code: frozenset[str]
    count: frozenset[str]
    links: frozenset[str]
    roles: Mapping[str, str]
    regions: frozenset[str]


@cache
def _words() -> _Words:
    words = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    roles = {word: role for role, named in words.pop("places").items() for word in named}
    return _Words(roles=roles, **{name: frozenset(found) for name, found in words.items()})


def code_role(path: Sequence[str]) -> tuple[str, bool]:
    """Kind of codes that the labels of a column announce, and whether they say « code » or « numéro ».

    Parameters
    ----------
    path : sequence of str
        Labels from top to bottom.

    Returns
    -------
    tuple of str and bool
        The role is commune, departement, region, epci, iris, qpv or other; empty for none.

    Examples
    --------
    >>> code_role(("Code géographique", "CODGEO")), code_role(("Département", "DEP"))
    (('commune', True), ('departement', False))
    >>> code_role(("N° équipement",)), code_role(("Nombre de communes", "NB_COM"))
    (('other', True), ('', False))
    """
    named = [found for label in reversed(path) if (found := _role_of_label(label))[0]]
    if any(
        normalise(label).split()[:1] and normalise(label).split()[0] in _words().count for label in path[-1:]
    ):
        return "", False
    return next((found for found in named if found[1]), named[0] if named else ("", False))


@lru_cache(maxsize=10_000)
def _role_of_label(label: str) -> tuple[str, bool]:
    words = [re.sub(r"\d+$", "", word) or word for word in normalise(label).split()]
    known = _words()
    if not words or words[0] in known.count:
        return "", False
    glued = [match[1] for word in words if (match := _GLUED.fullmatch(word)) and match[1] in known.roles]
    roles = [known.roles[word] for word in (*words, *glued) if word in known.roles]
    if glued or known.code.intersection(words) or _NUMERO.search(label):
        is_commune = words[0] in ("codgeo", "depcom", "codcom") or "geographique" in words
        return "commune" if is_commune else roles[-1] if roles else "other", True
    is_place = bool(roles) and all(w in known.roles or w in known.links or w.isdigit() for w in words)
    return (roles[0], False) if is_place else ("", False)


def speaks_of(subject: str, path: Sequence[str]) -> bool:
    """Say whether the labels of a column speak of ages, rates, dates or full-time equivalents.

    Examples
    --------
    >>> speaks_of("ages", ("Tranche d'âge",)), speaks_of("rates", ("Part (%)",)), speaks_of("dates", ("Nom",))
    (True, True, False)
    """
    return any(_speaks_of(subject, label) for label in path)


@lru_cache(maxsize=10_000)
def _speaks_of(subject: str, label: str) -> bool:
    pattern = {"ages": _AGES, "rates": _RATES, "dates": _DATES, "fte": _FTE}[subject]
    return pattern.search(normalise(label)) is not None


def are_phones(path: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Say whether the cells of a column are phone numbers: digits that count nothing.

    Examples
    --------
    >>> are_phones(("Contact",), ["0450415263", "04 50 20 30 40"]), are_phones(("Places",), ["450415263"])
    (True, False)
    """
    if _are_small_numbers(cells):
        return False
    texts = [str(cell).strip().removesuffix(".0") for cell in cells]
    is_said = any(_PHONES.search(normalise(label)) for label in path)
    found = sum(
        _PHONE.fullmatch(text) is not None or (is_said and _PHONE_WITHOUT_ZERO.fullmatch(text) is not None)
        for text in texts
    )
    return bool(texts) and found >= _MOST * len(texts)


def is_age_band(text: str) -> bool:
    """Say whether a text is a band of ages.

    Examples
    --------
    >>> is_age_band("3-5 ans"), is_age_band("6 - 11"), is_age_band("Gex")
    (True, True, False)
    """
    return _AGE_BAND.fullmatch(text.strip()) is not None


def code_text(cell: Cell) -> str:
    """Code that a cell holds, as text; empty where it can be none.

    Examples
    --------
    >>> [code_text(cell) for cell in (84.0, "1004.0", "1,004E+03", "200 069 193", "2a004", 12.5, "Gex-Sud")]
    ['84', '1004', '1004', '200069193', '2A004', '', '']
    """
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == cell // 1 and abs(cell) < 1e15 else ""
    return _code_of_text(cell.strip()) if isinstance(cell, str) else ""


@lru_cache(maxsize=100_000)
def _code_of_text(text: str) -> str:
    if match := re.fullmatch(r"(\d+)[.,]0+", text):
        return match[1]
    if match := _SCIENTIFIC.fullmatch(text):
        digits = match[2] or ""
        return match[1] + digits if len(digits) == int(match[3]) else ""
    if re.fullmatch(r"\d{3}\s\d{3}\s\d{3}(\s\d{5})?", text):
        return re.sub(r"\s", "", text)
    if not _PLAIN_CODE.fullmatch(text):
        return ""
    return text.upper() if re.fullmatch(r"2[ab](?:\d{3}|\d{7})?", text) else text


def is_rounded_code(text: str) -> bool:
    """Say whether a text is a long code of which a spreadsheet kept the first digits only.

    Examples
    --------
    >>> is_rounded_code("2,17003E+13"), is_rounded_code("1,004E+03"), is_rounded_code("200069193")
    (True, False, False)
    """
    match = _SCIENTIFIC.fullmatch(text)
    return match is not None and len(match[2] or "") < int(match[3])


def looks_like_codes(cells: Sequence[Cell], role: str, *, is_said: bool) -> bool:
    """Say whether the cells of a column have the shape of the codes that its labels announce.

    Parameters
    ----------
    cells : sequence
        Cells that show something and are no mark.
    role : str
        Role by the labels, empty for none: the cells alone must then leave no doubt.
    is_said : bool
        Whether the labels say « code » or « numéro ».

    Examples
    --------
    >>> looks_like_codes(["01", "02", "971"], "", is_said=False)
    True
    >>> looks_like_codes([12.0, 8.0, 8.0], "commune", is_said=False)
    False
    """
    if not role and _are_small_numbers(cells):
        return False
    texts = [code_text(cell) for cell in cells]
    if not texts:
        return False
    if _are_telling(texts):
        return True
    if not role:
        return False
    if is_said:
        # a numbering: « fiche 1.1 » is stored as a number
        numbered = sum(bool(text) or _numbers(cell) for cell, text in zip(cells, texts, strict=True))
        return numbered >= _MOST * len(texts) and not _are_words(cells) and not _are_days(cells)
    return _most(texts, role)


def _numbers(cell: Cell) -> bool:
    """A number with decimals, or a code that lost its last digits."""
    return isinstance(cell, float) or (isinstance(cell, str) and is_rounded_code(cell.strip()))


def _are_days(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) and _DAY.fullmatch(cell.strip()) for cell in cells)


def _are_small_numbers(cells: Sequence[Cell]) -> bool:
    """Stored numbers of less than nine digits: without a word of the labels, they are no codes."""
    return set(map(type, cells)) == {float} and max(cells) < _FIRST_SIREN  # type: ignore[type-var, operator]


def _are_words(cells: Sequence[Cell]) -> bool:
    """Letters only, in lower case: names under a label that speaks of codes."""
    return all(isinstance(cell, str) and cell.isalpha() and not cell.isupper() for cell in cells)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


_SHAPES: dict[str, Callable[[str], bool]] = {
    "commune": lambda text: _COMMUNE.fullmatch(text) is not None,
    "departement": lambda text: text in _DEPARTEMENTS or _DEPARTEMENT_TEXT.fullmatch(text) is not None,
    "region": lambda text: text.lstrip("0") in _words().regions,
    "epci": lambda text: _EPCI.fullmatch(text) is not None,
}


def _most(texts: list[str], role: str) -> bool:
    test = _SHAPES.get(role, _has_digit)
    # INSEE fills with Z what has no place
    named = [text for text in texts if text.strip("Z") or not text]
    return bool(named) and sum(test(text) for text in named) >= _MOST * len(named)


def _are_telling(texts: list[str]) -> bool:
    """Digits that no number is written with: led by a zero, of Corsica, of a neighbourhood, a SIREN."""
    known = [text for text in texts if text]
    if len(known) < _MOST * len(texts):
        return False
    zero_led = [len(text) for text in known if _ZERO_LED.fullmatch(text)]
    shortest = min(len(text) for text in known)
    if zero_led and min(zero_led) == shortest and len(known) > 1:
        return True
    telling = sum(_TELLING.fullmatch(text) is not None for text in known)
    return 2 * telling > len(known) or are_sirens(known)


def are_sirens(texts: Iterable[str]) -> bool:
    """Say whether texts are the numbers of legal bodies: nine digits, with their check digit.

    Examples
    --------
    >>> are_sirens(["200069193", "240100750"]), are_sirens(["200069194", "240100751"])
    (True, False)
    """
    known = list(texts)
    return bool(known) and sum(_is_siren(text) for text in known) >= _MOST * len(known)


def _is_siren(text: str) -> bool:
    if not _EPCI.fullmatch(text):
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(text))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def looks_like_commune_codes(cells: Iterable[Cell]) -> bool:
    """Say whether cells have the shape of INSEE codes of communes, their zeros kept or lost.

    Examples
    --------
    >>> looks_like_commune_codes([1004.0, "2A004", "97105"]), looks_like_commune_codes([84.0, 27.0])
    (True, False)
    """
    return _most([code_text(cell) for cell in cells if cell not in (None, "")] or [""], "commune")
