"""The commune of a row of a partner's file, inside the workspace's département, or the problem to report.

The engine is that of ``sdsf match`` (`communes`): a code is applied alone only on an exact match, since a
wrong code is the one fault that must never happen. Here its answers become the problems of the build.
"""

from dataclasses import dataclass

from sdsf_analysis.reading.values import clean_text
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.answers import Answer, Asked, Suggestion
from sdsf_analysis.territories.atlas import Atlas
from sdsf_analysis.territories.cell import Cell, Number, plain, take_apart
from sdsf_analysis.territories.communes import Communes, communes_of, last_name
from sdsf_analysis.territories.departement import departement_of
from sdsf_analysis.territories.keys import epci_key, name_key

__all__ = ["CommuneIndex", "Match", "epci_codes", "epci_key", "name_key"]

_REPAIRS = {"lost_zero": "code_lost_zero", "code_float": "code_as_float"}
# Codes of Corsica before 1976: the commune is asked about, not replaced.
_OLD_CORSICA = "20"


@dataclass(frozen=True)
class Match:
    """Answer to one cell, or to a code and a name of one row.

    Attributes
    ----------
    code, name : str
        Official code and name, empty without a match.
    departement : str
        Département of the commune that was understood, even when it is not the workspace's.
    problem, message, found, repaired_to : str
        Code of the problem raised (empty for none), its French sentence, what was found, what replaced it.
    suggestions : tuple of str
        « Ajaccio (2A004), à une lettre près »; never applied.
    own_code : str
        Code of the former commune that the cell names, empty where it names one in force.
    """

    code: str = ""
    name: str = ""
    departement: str = ""
    problem: str = ""
    message: str = ""
    found: str = ""
    repaired_to: str = ""
    suggestions: tuple[str, ...] = ()
    own_code: str = ""


class CommuneIndex:
    """Communes of one département, asked by code and name.

    Parameters
    ----------
    departement : str
        Code of the département of the workspace.
    year : int
        Year of the geography that answers are given in.
    """

    def __init__(self, departement: str, year: int) -> None:
        self.departement = departement
        self.year = year
        self._communes: Communes = communes_of(year)
        self._atlas: Atlas = self._communes.atlas

    def resolve(self, code: object = None, name: object = None) -> Match:
        """Find the commune of a row.

        Parameters
        ----------
        code, name : object
            Cells of the row; a blank one counts as absent.

        Returns
        -------
        Match
            With a code only where there is no doubt.

        Examples
        --------
        >>> index = CommuneIndex("01", 2026)
        >>> index.resolve(1004.0, "Ambérieu en Bugey").problem
        'code_lost_zero'
        >>> index.resolve(None, "Bellegarde-sur-Valserine").code
        '01033'
        >>> index.resolve(None, "Ambérieux-en-Bugey").suggestions[0]
        'Ambérieu-en-Bugey (01004), à une lettre près'
        """
        code_text, name_text = clean_text(code).upper(), clean_text(name)
        if code_text:
            return self._by_code(code_text, name_text)
        if name_text:
            return self._by_name(name_text)
        return Match(problem="commune_unknown", message="La commune n'est pas indiquée.")

    def _by_code(self, text: str, name: str) -> Match:
        cell = take_apart(text)
        number = cell.numbers[0] if len(cell.numbers) == 1 and not cell.name else None
        code = self._communes.as_code(number.digits) if number else ""
        if not number or not code or code.startswith(_OLD_CORSICA):
            return self._unknown(text, name)
        if code in self._atlas.arrondissements:
            return self._arrondissement(code, text)
        found = self._asked(number, name)
        if found.rule == "code_and_name" and found.status == "conflict":
            return self._conflict(text, code, name)
        if found.rule == "lost_zero" and found.status == "unknown":
            return self._unconfirmed(text, code)
        if not found.code:
            return self._doubtful(text, found) if found.status == "ambiguous" else self._unknown(text, name)
        return self._understood(found, code, text, name)

    def _asked(self, number: Number, name: str) -> Answer:
        if name:
            # the column is one of codes: a postal code that agrees with the name is no code
            return self._communes.code_and_name(Cell(plain(name), (number,)), Asked(), is_code=True)
        return self._communes.code(number, Asked(), is_code=True)

    def _unconfirmed(self, text: str, code: str) -> Match:
        return Match(
            departement=departement_of(code),
            problem="commune_unknown",
            message=f"« {text} » a sans doute perdu son zéro, mais aucun nom ne le confirme.",
            found=text,
            suggestions=(f"{self._own_name(code)} ({code}), zéro rétabli",),
        )

    def _arrondissement(self, code: str, text: str) -> Match:
        return Match(
            departement=code[:2],
            problem="arrondissement_municipal",
            message=f"{self._atlas.arrondissements[code]} ({code}) est un arrondissement, pas une commune.",
            found=text,
        )

    def _understood(self, found: Answer, code: str, text: str, name_written: str) -> Match:
        """A commune found: whether it is inside the département, and what was put right."""
        if found.departement != self.departement:
            return Match(
                departement=found.departement,
                problem="commune_outside",
                message=f"{found.name} ({found.code}) est dans le département {found.departement}, "
                f"pas {self.departement}.",
                found=text,
            )
        is_former_name = bool(name_written) and name_key(name_written) != name_key(found.name)
        if found.code != code or is_former_name:
            return self._held(code, found, text if found.code != code else name_written)
        repair = _REPAIRS.get(found.rule, "")
        message = f"« {text} » est relu {code}, {found.name}." if repair else ""
        return Match(code, found.name, found.departement, repair, message, text, code if repair else "")

    def _held(self, own: str, found: Answer, text: str) -> Match:
        """A former name, or a commune that another one holds today."""
        former = self._own_name(own)
        written = f"« {text} »" if name_key(text) == name_key(former) else f"« {text} » ({former})"
        becomes = "fait aujourd'hui partie de"
        if own == found.code and not (found.event and found.event.kind == "merger"):
            written, becomes = f"« {text} »", "est un ancien nom de"
        message = f"{written} {becomes} {found.name} ({found.code})."
        return Match(
            found.code,
            found.name,
            found.departement,
            "commune_former",
            message,
            text,
            found.code,
            own_code=own,
        )

    def _own_name(self, code: str) -> str:
        if self._atlas.knows(code):
            return self._atlas.own_name(code)
        return last_name(code)

    def _conflict(self, text: str, code: str, name: str) -> Match:
        own = self._own_name(code)
        today = self._communes.of_code(code, Asked())
        other = self._by_name(name)
        by_name = (f"{other.name} ({other.code}), par le nom",) if other.code else other.suggestions[:2]
        return Match(
            # a name of the département is never left out as a row of another one
            departement="" if other.code else today.departement or departement_of(code),
            problem="commune_conflict",
            message=f"Le code « {text} » est celui de {own}, mais le nom écrit est « {name} ».",
            found=f"{text} {name}",
            suggestions=(f"{own} ({code}), par le code", *by_name),
        )

    def _by_name(self, name: str) -> Match:
        found = self._communes.answer(name, Asked(self.departement))
        if found.rule == "arrondissement":
            return self._arrondissement(found.own_code, name)
        if not found.code:
            return (
                self._doubtful(name, found) if found.status == "ambiguous" else self._unknown("", name, found)
            )
        if found.rule in ("former_name", "delegated", "former_code") or found.own_code:
            return self._held(found.own_code or found.code, found, name)
        return Match(found.code, found.name, found.departement)

    def _doubtful(self, text: str, found: Answer) -> Match:
        why = "est le nom de plusieurs communes"
        if found.rule == "split":
            why = "désigne une commune qui s'est scindée depuis"
        codes = ", ".join(one.code for one in found.suggestions)
        return Match(
            problem="commune_ambiguous",
            message=f"« {text} » {why} : {codes}.",
            found=text,
            suggestions=_texts(found.suggestions),
        )

    def _unknown(self, code: str, name: str, found: Answer | None = None) -> Match:
        key = name_key(name)
        elsewhere = self._atlas.codes_by_key.get(key, []) if name else []
        if elsewhere and not code:
            return self._outside(name, elsewhere)
        if found is None and name:
            found = self._communes.name(plain(name), Asked(self.departement))
        suggested = found.suggestions if found else ()
        if found and found.code:
            suggested = (Suggestion(found.code, found.name, "par le nom"),)
        written = " ".join(part for part in (code, name) if part)
        place = f"du département {self.departement} (géographie {self.year})"
        departement = departement_of(code)
        is_elsewhere = departement in self._atlas.known_departements and not (found and found.code)
        return Match(
            departement=departement if is_elsewhere else "",
            problem="commune_unknown",
            message=f"« {written} » n'est pas une commune {place}.",
            found=written,
            suggestions=_texts(suggested),
        )

    def _outside(self, name: str, codes: list[str]) -> Match:
        places = ", ".join(f"{self._atlas.name(code)} ({code})" for code in codes[:3])
        return Match(
            departement=self._atlas.departements[codes[0]],
            problem="commune_outside",
            message=f"« {name} » n'est pas dans le département {self.departement} : {places}.",
            found=name,
        )


def _texts(suggestions: tuple[Suggestion, ...]) -> tuple[str, ...]:
    return tuple(f"{one.name} ({one.code}), {one.reason}" for one in suggestions)


def epci_codes(year: int) -> dict[str, str]:
    """Codes of the EPCI of a year by normalised name; a name borne twice is left out.

    Examples
    --------
    >>> epci_codes(2026)[epci_key("Communauté de communes Bugey Sud")]
    '200040350'
    """
    frame = reference.epci(year)
    keys = frame["name"].map(epci_key)
    unique = ~keys.duplicated(keep=False)
    return dict(zip(keys[unique], frame.loc[unique, "code"], strict=True))
