"""Columns of official codes, asked of the reference: lost zeros put back, codes and names that disagree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from sdsf_analysis.reading.layout import Table
from sdsf_analysis.reading.sheet import Place
from sdsf_analysis.reading.text import normalise
from sdsf_analysis.reading.typed.readers import traits_of
from sdsf_analysis.reading.typed.roles import code_text
from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.recipes.padding import is_postal, padded_codes
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.keys import name_key

# Most codes of a column are known before an unknown one is doubted.
_KNOWN_SHARE = 0.6
# Names agree by chance with no code at all: fewer are enough to tell which column bears them.
_NAMED_SHARE = 0.4
_SAMPLE = 200
_FLOAT = re.compile(r"(\d{4,5})[.,]0+")
_EXPONENT = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_OLD_CORSICA = "20"
_CORSICA = re.compile(r"(?:20([ABab])|2([ab]))(\d{3})?")
_DEPARTEMENT = re.compile(r"\b(?:code )?(?:dep|dept|dpt|departement|departements|num dep)\b")
_COMMUNE = re.compile(r"\b(?:communes?|com|insee|codgeo|depcom|code geo\w*)\b")
# These labels leave no doubt about what their codes should be.
_SAID = re.compile(
    r"(?:code )?(?:insee|codgeo|depcom)(?: (?:de la |de )?communes?)?|code (?:de la )?communes?(?: insee)?"
)
_SAID_NAME = re.compile(r"(?:(?:nom|libelle)s? (?:de la |des )?)?communes?|libgeo")
_CITIES = {"75056": "751", "69123": "6938", "13055": "132"}


class Finding(NamedTuple):
    """What is said of one cell: the code of the problem, its sentence, what replaced the cell."""

    place: Place
    code: str
    message: str
    repaired_to: str = ""
    suggestion: str = ""
    found: str = ""


@dataclass
class Codes:
    """Official codes of a table.

    Attributes
    ----------
    repaired : dict
        Place → code put right.
    findings : list of Finding
    """

    repaired: dict[Place, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def repair(self, place: Place, code: str, problem: str, message: str) -> None:
        """Keep a code put right, and say so."""
        self.repaired[place] = code
        self.findings.append(Finding(place, problem, message, code))


def check_codes(table: Table, kinds: dict[int, str]) -> Codes:
    """Check the codes of communes and of départements of a table against the reference.

    A lost zero is put back where the name of the commune, or the other codes of its column, confirm it.

    Parameters
    ----------
    table : Table
    kinds : dict of int to str
        Kind of each column by its index.
    """
    codes = Codes()
    communes = _commune_column(table, kinds)
    departements = _departement_columns(table, kinds)
    if communes is not None:
        names = _name_column(table, kinds, communes) or _column_of_names(table, kinds)
        _check_communes(codes, table, communes, names)
    for column in departements:
        _check_departements(codes, table, column)
    is_damaged = any(finding.code == "code_lost_zero" for finding in codes.findings)
    for padding in padded_codes(table, kinds, is_damaged=is_damaged):
        place, first = next(iter(padding.repaired.items()))
        codes.repaired |= padding.repaired
        codes.findings.append(Finding(place, "codes_padded", padding.message, first))
    if communes is not None and departements:
        codes.findings += _contradictions(codes, table, communes, departements[0])
    return codes


@cache
def known_communes() -> frozenset[str]:
    """Codes of the communes since 1943."""
    # Corsica's codes of before 1976 lead to two départements: they are asked about
    return frozenset(code for code in reference.commune_codes() if not code.startswith(_OLD_CORSICA))


@cache
def _names() -> dict[str, set[str]]:
    names, known = reference.names_by_code(), known_communes()
    for code in names.keys() - known:
        del names[code]
    return names


@cache
def _keys_of(code: str) -> frozenset[str]:
    return frozenset(map(name_key, _names().get(code, ())))


@lru_cache(maxsize=100_000)
def _bears(code: str, name: str) -> bool:
    """Say whether a commune has borne a name, however it is spelt."""
    return name in _names().get(code, ()) or name_key(name) in _keys_of(code)


@cache
def _known_departements() -> frozenset[str]:
    return frozenset(reference.departements()["code"])


def _column_texts(table: Table, column: int, rows: Sequence[int]) -> list[str]:
    if rows is table.body_rows:
        return table.column(column).texts
    return [clean_text(cell) for cell in table.cells_of(column, rows)]


def _commune_column(table: Table, kinds: dict[int, str]) -> int | None:
    """First column of codes of communes, their zero lost or not: its label, its codes or names say so."""
    sample = table.body_rows[:: max(1, len(table.body_rows) // _SAMPLE)]
    for column, kind in kinds.items():
        if kind != "code" or is_postal(_label(table, column)):
            continue
        texts = {text for text in _codes_in(table, column, sample) if text}
        shaped = {text for text in texts if len(_bare(text)) in (4, 5)}
        if len(shaped) > _KNOWN_SHARE * len(texts) and _are_communes(table, kinds, column, texts):
            return column
    return None


def _codes_in(table: Table, column: int, rows: Sequence[int]) -> list[str]:
    """Codes as written, without their blanks: « 01 004 »."""
    return [text.replace(" ", "") for text in _column_texts(table, column, rows)]


def _column_of_names(table: Table, kinds: dict[int, str]) -> int | None:
    """Column whose label says that it names the communes."""
    said = (c for c, kind in kinds.items() if kind == "text" and _SAID_NAME.fullmatch(_label(table, c)))
    return next(said, None)


def _are_communes(table: Table, kinds: dict[int, str], column: int, texts: set[str]) -> bool:
    if _SAID.fullmatch(_label(table, column)):
        return True
    known = known_communes()
    whole = sum(text in known for text in texts)
    if sum(_bare(text).rjust(5, "0") in known for text in texts) <= _KNOWN_SHARE * len(texts):
        return False
    is_said = whole > _KNOWN_SHARE * len(texts) or bool(_COMMUNE.search(_label(table, column)))
    return is_said or _name_column(table, kinds, column) is not None


def _label(table: Table, column: int) -> str:
    path = next((c.path for c in table.columns if c.index == column), ())
    return normalise(" ".join(path))


def _bare(text: str) -> str:
    return code_text(text) if _EXPONENT.fullmatch(text) else _FLOAT.sub(r"\1", text)


def _departement_columns(table: Table, kinds: dict[int, str]) -> list[int]:
    said = (c for c, kind in kinds.items() if kind == "code" and traits_of(kind).role in ("", "departement"))
    return [c for c in said if traits_of(kinds[c]).role or _DEPARTEMENT.search(_label(table, c))]


def _name_column(table: Table, kinds: dict[int, str], communes: int) -> int | None:
    """Column of texts that agrees best with the codes: the names of the communes."""
    texts = _column_texts(table, communes, table.body_rows)
    rows = [row for row, text in zip(table.body_rows, texts, strict=True) if text]
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    codes = [_bare(text).rjust(5, "0") for text in _codes_in(table, communes, sample)]
    best, share = None, _NAMED_SHARE
    for column, kind in kinds.items():
        if kind != "text":
            continue
        names = _column_texts(table, column, sample)
        agreed = sum(_bears(code, name) for code, name in zip(codes, names, strict=True))
        if agreed > share * len(codes):
            best, share = column, agreed / len(codes)
    return best


def _check_communes(codes: Codes, table: Table, column: int, names: int | None) -> None:
    known = known_communes()
    rows = table.body_rows
    texts = _codes_in(table, column, rows)
    named = _column_texts(table, names, rows) if names is not None else [""] * len(rows)
    for row, text, name in zip(rows, texts, named, strict=True):
        if not text or (text in known and (not name or _bears(text, name))):
            continue
        _check_commune(codes, (row, column), text, name, is_named=names is not None)
    codes.findings += _arrondissements_mixed(table, column)


def _check_commune(codes: Codes, place: Place, text: str, name: str, *, is_named: bool) -> None:
    known = known_communes()
    code = _put_right(text)
    if code != text and code in known:
        if is_named and _bears(code, name):
            codes.repair(place, code, _repair_of(text, code), f"« {text} » est relu {code}, {name}.")
        else:
            codes.findings.append(_unconfirmed(place, text, code))
    elif code in known and (other := _namesake(code, name)):
        message = f"Le code « {text} » et le nom « {name} » ne sont pas ceux de la même commune."
        suggestion, found = f"{name} : {other}.", f"{text} {name}"
        codes.findings.append(Finding(place, "commune_conflict", message, "", suggestion, found))
    elif code not in known and departement_of(code) in {*_known_departements(), _OLD_CORSICA}:
        codes.findings.append(_unknown(place, text, name))


def _repair_of(text: str, code: str) -> str:
    if _CORSICA.fullmatch(_bare(text)):
        return "code_corsica"
    is_lost_zero = code == f"0{_bare(text)}" and not _EXPONENT.fullmatch(text)
    return "code_lost_zero" if is_lost_zero else "code_as_float"


def _put_right(text: str) -> str:
    """Code with its zero, without decimals, Corsica in capitals."""
    bare = _bare(text)
    if match := _CORSICA.fullmatch(bare):
        return f"2{(match[1] or match[2]).upper()}{match[3] or ''}"
    return f"0{bare}" if len(bare) == 4 and bare.isdigit() else bare


def _unconfirmed(place: Place, text: str, code: str) -> Finding:
    message = f"« {text} » est peut-être {code}, mais aucun nom ne le confirme."
    return Finding(place, "code_unconfirmed", message)


def _unknown(place: Place, text: str, name: str) -> Finding:
    """Question on a code that no commune has borne: a postal code, or one of the old Corsica."""
    other = _namesake(text, name)
    message = f"« {text} » n'est le code d'aucune commune ; un code postal n'est pas un code de l'INSEE."
    if text.startswith(_OLD_CORSICA):
        message = f"« {text} » est un ancien code de Corse : la commune est aujourd'hui en 2A ou en 2B."
    return Finding(
        place, "commune_unknown", message, suggestion=f"Peut-être {name} ({other})." if other else ""
    )


def _namesake(code: str, name: str) -> str:
    """Code of another commune of the département that bears a name, empty without one alone."""
    found = _codes_by_name(departement_of(code)).get(name_key(name), []) if name else []
    return found[0] if len(found) == 1 and found[0] != code else ""


@cache
def _codes_by_name(departement: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in known_communes():
        if departement_of(code) == departement:
            for key in _keys_of(code):
                found.setdefault(key, []).append(code)
    return found


def _arrondissements_mixed(table: Table, column: int) -> Iterator[Finding]:
    """Cities given with their arrondissements: their rows must never be added up."""
    rows = table.body_rows
    texts = _column_texts(table, column, rows)
    for city, start in _CITIES.items():
        parts = [code for code in reversed(texts) if code.startswith(start) and code != city]
        if parts and city in texts:
            message = f"La ville {city} et ses arrondissements ({parts[0]}…) sont dans le même tableau."
            yield Finding((rows[texts.index(city)], column), "arrondissement_mixed", message)


def _check_departements(codes: Codes, table: Table, column: int) -> None:
    known = _known_departements()
    rows = table.body_rows
    for row, text in zip(rows, _column_texts(table, column, rows), strict=True):
        code = _put_departement_right(text)
        if code != text and code in known:
            problem = "departement_lost_zero" if text.isdigit() else "code_corsica"
            codes.repair((row, column), code, problem, f"« {text} » est relu {code}.")


def _put_departement_right(text: str) -> str:
    if match := _CORSICA.fullmatch(text):
        return f"2{(match[1] or match[2]).upper()}"
    return text.rjust(2, "0") if text.isdigit() else text


def _contradictions(codes: Codes, table: Table, communes: int, departements: int) -> Iterator[Finding]:
    """Rows whose commune is of another département than the one written beside it."""
    known = _known_departements()
    rows = table.body_rows
    places = ([(row, column) for row in rows] for column in (communes, departements))
    texts = (_column_texts(table, column, rows) for column in (communes, departements))
    read = (map(codes.repaired.get, *pair) for pair in zip(places, texts, strict=True))
    for row, code, departement in zip(rows, *read, strict=True):
        if departement in known and (own := departement_of(code)) != departement and own in known:
            message = f"La commune {code} est du département {own}, mais la ligne dit {departement}."
            yield Finding((row, communes), "departement_conflict", message)
