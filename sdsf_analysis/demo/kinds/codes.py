"""Faulty codes and names of communes, as partners write them."""

from sdsf_analysis.demo.cells import Cell
from sdsf_analysis.demo.names import unaccented
from sdsf_analysis.demo.setting import YEAR, Commune, Setting, communes_of
from sdsf_analysis.territories import reference


def lost_zero(code: str) -> Cell:
    """Code stored as a number: its first zero is lost.

    Examples
    --------
    >>> lost_zero("01004").value
    1004
    """
    return Cell(int(code), "general", "code_lost_zero", "code enregistré comme un nombre")


def neighbour(setting: Setting) -> Commune:
    """Name a commune of another département, of the same region where there is one.

    Its name is borne by no commune of the setting's own département.

    Examples
    --------
    >>> neighbour(Setting("01")).departement
    '03'
    """
    strangers = communes_of(reference.communes(YEAR, others(setting.departement)[0]))
    own = {unaccented(commune.name) for commune in setting.communes}
    return next(commune for commune in strangers if unaccented(commune.name) not in own)


def others(departement: str) -> list[str]:
    """Other départements: those of the region first, then in the order of the codes, around the circle.

    Examples
    --------
    >>> others("42")[:3], others("974")[0]
    (['43', '63', '69'], '975')
    """
    frame = reference.communes(YEAR)[["departement", "region"]].drop_duplicates("departement")
    region: dict[str, str] = dict(frame.itertuples(index=False))
    codes = sorted(region)
    start = codes.index(departement)
    around = codes[start + 1 :] + codes[:start]
    return sorted(around, key=lambda code: region[code] != region[departement])


def misspelt(name: str, known: set[str]) -> str:
    """Change one letter of a name so that no known name results.

    Parameters
    ----------
    name : str
        Name of a commune.
    known : set of str
        Names in capitals without accents.

    Examples
    --------
    >>> misspelt("Oyonnax", {"OYONNAX"})
    'Oyonnak'
    """
    for index in range(len(name) - 1, 0, -1):
        for letter in "kzwqj":
            changed = name[:index] + letter + name[index + 1 :]
            if name[index].isalpha() and name[index] != letter and unaccented(changed) not in known:
                return changed
    return f"{name}k"


def former_names(setting: Setting) -> dict[str, str]:
    """Old names by the code of the commune of today, where only one commune ever bore the name.

    Examples
    --------
    >>> former_names(Setting("01"))["01033"]
    'Châtillon-en-Michaille'
    """
    former = reference.former_communes(YEAR, setting.departement)
    former = former[former["chef_lieu"].isin({commune.code for commune in setting.communes})]
    taken = {unaccented(commune.name) for commune in setting.communes}
    bearers = _bearers(setting.departement)
    names: dict[str, str] = {}
    for code, name, holder in former[["code", "name", "chef_lieu"]].itertuples(index=False):
        key = unaccented(name)
        if code != holder and key not in taken and bearers.get(key, {code}) <= {code}:
            names.setdefault(holder, name)
    return names


def known_names(setting: Setting) -> set[str]:
    """Every name that a commune of the département bears or has borne, in capitals.

    Examples
    --------
    >>> {"OYONNAX", "CHATILLON-EN-MICHAILLE"} <= known_names(Setting("01"))
    True
    """
    former = reference.former_communes(YEAR, setting.departement)["name"]
    names = [commune.name for commune in setting.communes] + list(former)
    return {unaccented(name) for name in names} | set(_bearers(setting.departement))


def _bearers(departement: str) -> dict[str, set[str]]:
    past = reference.history()[["code", "nom"]].dropna()
    past = past[past["code"].str.startswith(departement)]
    bearers: dict[str, set[str]] = {}
    for code, name in past.itertuples(index=False):
        bearers.setdefault(unaccented(name), set()).add(code)
    return bearers
