"""Who sends a kind of file, under the names that a register gives them."""

from sdsf_analysis.reading.text import normalise

# A recipe names its sender in one word; analysts write the institution, its service or its place.
_NAMES = {
    "Caf": ("allocations familiales",),
    "MSA": ("mutualite sociale agricole",),
    "Département": ("conseil departemental", "pmi", "protection maternelle"),
    "Éducation nationale": ("dsden", "academie", "inspection academique"),
    "Préfecture": ("prefet", "etat"),
}


def is_sender(text: str, sender: str) -> bool:
    """Say whether a text names the usual sender of a kind of file.

    Parameters
    ----------
    text : str
        As a register writes it.
    sender : str
        As a recipe names it.

    Examples
    --------
    >>> is_sender("CAF de l'Ain", "Caf"), is_sender("Conseil départemental, PMI", "Département")
    (True, True)
    >>> is_sender("MSA Ain-Rhône", "Caf"), is_sender("Cafés réunis", "Caf"), is_sender("Caf", "")
    (False, False, False)
    """
    words = f" {normalise(text)} "
    names = (normalise(sender), *_NAMES.get(sender, ()))
    return bool(sender) and any(f" {name} " in words for name in names)
