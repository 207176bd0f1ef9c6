"""The form under which two spellings of an authority are one: « Commune de Lagnieu » and « LAGNIEU »."""

import re

from sdsf_analysis.territories.keys import bare_epci_key, bare_key, epci_key

_COMMUNE = re.compile(r"(?:commune|ville|mairie) (?:(?:de la|de l|du|des|de|d) )?(?=.)")


def authority_key(name: str) -> str:
    """Bring the name of an authority to the form under which two spellings are the same.

    Examples
    --------
    >>> authority_key("Commune d'Ambérieu-en-Bugey") == authority_key("AMBERIEU EN BUGEY")
    True
    >>> authority_key("CC de la Dombes") == authority_key("Communauté de communes de la Dombes (CCD)")
    True
    """
    return bare_key(_COMMUNE.sub("", bare_epci_key(epci_key(name)), count=1))
