"""A service that a file speaks of and another one lists, as the row names it: a number, a name, a commune."""

import re
from dataclasses import dataclass

from sdsf_analysis.reading.text import normalise

_NO_COMMUNE = "commune non dite"
_WRITTEN = re.compile(rf"(?:([^«]*) )?« (.*) » \((\d[\dAB]\d\d\d|{_NO_COMMUNE})\)")


@dataclass(frozen=True)
class ServiceNamed:
    """What a row says of a service, as one text until the services of all files are known.

    Attributes
    ----------
    number : str
        Number that the sender gives it, empty for none.
    name : str
        Its name as written.
    commune : str
        Official code, empty where the row does not say it.

    Examples
    --------
    >>> str(ServiceNamed("", "Les Loups", "01173"))
    '« Les Loups » (01173)'
    >>> ServiceNamed.read("0100105 « Les Loups » (commune non dite)")
    ServiceNamed(number='0100105', name='Les Loups', commune='')
    """

    number: str
    name: str
    commune: str

    def __str__(self) -> str:
        said = f"« {self.name} » ({self.commune or _NO_COMMUNE})"
        return f"{self.number} {said}" if self.number else said

    @classmethod
    def read(cls, text: str) -> "ServiceNamed":
        """Read it back; a text that is no such name is a number."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            return cls(text, "", "")
        number, name, commune = match.groups()
        return cls(number or "", name, "" if commune == _NO_COMMUNE else commune)

    @property
    def key(self) -> str:
        """Name without case, accents nor punctuation."""
        return normalise(self.name)
