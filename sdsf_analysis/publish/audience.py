"""For whom a publication is made: what a level of diffusion lets be shown."""

from sdsf_analysis.indicators.asked import check_choice

AUDIENCES = ("public", "partenaires", "interne")
DEFAULT_AUDIENCE = "partenaires"


def check_audience(audience: str) -> str:
    """Give back an audience that exists.

    Raises
    ------
    QuestionError
        If it is not one of `AUDIENCES`; the message lists them.

    Examples
    --------
    >>> check_audience("publics")
    Traceback (most recent call last):
    sdsf_analysis.errors.QuestionError: Diffusion inconnue : « publics ». Choisir parmi : public,...
    """
    return check_choice("Diffusion inconnue", audience, AUDIENCES)


def may_see(audience: str, diffusion: str) -> bool:
    """Whether an audience may see what bears a level of diffusion.

    Examples
    --------
    >>> may_see("public", "partenaires"), may_see("partenaires", "public")
    (False, True)
    """
    return AUDIENCES.index(diffusion) <= AUDIENCES.index(audience)
