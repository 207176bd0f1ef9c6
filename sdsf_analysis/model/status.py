"""The status that travels with every number."""

from enum import StrEnum

from sdsf_analysis.model.lists import choices


class Status(StrEnum):
    """What is known of a number: a true zero is ``known``, an empty cell is ``missing``.

    Examples
    --------
    >>> Status("secret").label
    "secret, retenu par l'expéditeur"
    >>> Status.KNOWN == "known"
    True
    """

    KNOWN = "known"
    SECRET = "secret"  # noqa: S105 - statistical secrecy, not a password
    MASKED = "masked"
    MISSING = "missing"
    NOT_SIGNIFICANT = "not_significant"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"

    @property
    def label(self) -> str:
        """French label, for legends and notes."""
        return choices("status")[self.value]
