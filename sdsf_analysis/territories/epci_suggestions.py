"""EPCI that a name which is none may mean: brand names, acronyms, misspellings, names of communes."""

from collections.abc import Iterator, Mapping

from sdsf_analysis.territories.answers import MAX_SUGGESTIONS, Suggestion
from sdsf_analysis.territories.atlas import Atlas
from sdsf_analysis.territories.bearers import bearers_in, bearers_of_france
from sdsf_analysis.territories.keys import epci_key, name_key
from sdsf_analysis.territories.leads import lead_of

_LETTERS = {1: "à une lettre près", 2: "à deux lettres près"}
_SMALL = frozenset(
    [
        "cc",
        "ca",
        "cu",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "sur",
        "aux",
        "au",
        "a",
        "communaute",
        "communes",
        "commune",
        "agglomeration",
        "agglo",
        "metropole",
        "pays",
        "grand",
        "grande",
        "val",
        "vallee",
    ]
)
_FORMS = ("cc ", "ca ", "cu ")
_LINKS = ("de la ", "de l ", "du ", "des ", "de ", "d ", "la ", "le ", "les ", "l ")
_ACRONYM = 7


def near(
    name: str, departement: str, names: Mapping[str, str], departements: Mapping[str, set[str]], places: Atlas
) -> tuple[Suggestion, ...]:
    """Suggest up to three EPCI for a name that is none.

    Parameters
    ----------
    name : str
        As written.
    departement : str
        Code of the sender's département, empty for unknown.
    names : mapping of str to str
        Names of the EPCI in force, by SIREN.
    departements : mapping of str to set of str
        Départements of their communes.
    places : Atlas
        Communes of the year.
    """
    key = epci_key(name)
    inside = {s: n for s, n in names.items() if not departement or departement in departements.get(s, set())}
    found = [*_of_commune(name, departement, places)]
    for siren, own in inside.items():
        rank, reason = _compared(key, own)
        if reason:
            found.append((rank, siren, reason))
    best: dict[str, tuple[float, str]] = {}
    for rank, siren, reason in sorted(found):
        best.setdefault(siren, (rank, reason))
    ordered = sorted((s for s in best if s in names), key=lambda s: (best[s][0], s))
    return tuple(Suggestion(s, names[s], best[s][1]) for s in ordered[:MAX_SUGGESTIONS])


def _compared(key: str, own: str) -> tuple[float, str]:
    from rapidfuzz.distance import OSA

    theirs = epci_key(own.partition(" (")[0])
    ours, core = _core(key), _core(theirs)
    if ours == core:
        return 0.0, "forme juridique différente ou manquante"
    distance = min(OSA.distance(key, theirs, score_cutoff=2), OSA.distance(ours, core, score_cutoff=2))
    if distance <= (2 if len(ours) > 6 else 1):
        return float(distance), _LETTERS[distance]
    if key.replace(" ", "") in _acronyms(own):
        return 1.5, "sigle possible"
    return _by_words(ours, core)


def _by_words(ours: str, theirs: str) -> tuple[float, str]:
    mine, own = set(ours.split()) - _SMALL, set(theirs.split()) - _SMALL
    common = mine & own
    if not common:
        return 9.0, ""
    return 2 + 2 * (1 - len(common) / len(mine | own)), "mots en commun : " + ", ".join(sorted(common))


def _core(key: str) -> str:
    """Name without its legal form nor the words that link them."""
    for form in _FORMS:
        key = key.removeprefix(form)
    for link in _LINKS:
        if key.startswith(link):
            return key[len(link) :]
    return key


def _acronyms(own: str) -> set[str]:
    """Acronyms that a name may have, with its legal form or without, and the one it says itself."""
    key = name_key(own.split("(", maxsplit=1)[0])
    words = [
        word
        for word in key.split()
        if word not in ("de", "du", "des", "la", "le", "les", "l", "d", "et", "en")
    ]
    form = words[0] if words and words[0] in ("cc", "ca", "cu") else ""
    initials = "".join(word[0] for word in (words[1:] if form else words))
    said = own.rpartition("(")[2].rstrip(")").replace(" ", "").lower() if own.endswith(")") else ""
    return {initials, form + initials, said} - {""}


def _of_commune(name: str, departement: str, places: Atlas) -> Iterator[tuple[float, str, str]]:
    """EPCI of the communes that bear the name."""
    known = bearers_in(departement) if departement else bearers_of_france()
    for bearer in known.named(name_key(name)):
        for code in lead_of(bearer, places.year).codes:
            yield 0.8, places.epci.get(code, ""), f"EPCI de la commune {places.names[code]}"
