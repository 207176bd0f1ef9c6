"""Kind 22 again, « Zonages »: cantons, syndicats and France ruralités revitalisation, a column each."""

from sdsf_analysis.demo.cells import Row
from sdsf_analysis.demo.conventions import conventions
from sdsf_analysis.demo.kinds.childminders import cantons
from sdsf_analysis.demo.names import words
from sdsf_analysis.demo.setting import Commune, Setting, by_epci

RURAL, MOST_RURAL = 1_500, 600
SMALL_EPCI = 25_000


def rows(setting: Setting) -> dict[str, list[Row]]:
    """One row per commune.

    Examples
    --------
    >>> rows(Setting("01"))["Zonages"][0].cells[:2]
    ('01001', "L'Abergement-Clémenciat")
    """
    canton = {commune.code: name for name, group in cantons(setting.communes) for commune in group}
    syndicat, frr = syndicats(setting), _frr(setting)
    return {
        "Zonages": [
            Row((c.code, c.name, canton[c.code], syndicat.get(c.code), frr.get(c.code, "non")))
            for c in setting.communes
        ]
    }


def syndicats(setting: Setting) -> dict[str, str]:
    """Syndicat of a commune by its code: one that signs a CTG has its communes, the others some elsewhere.

    Examples
    --------
    >>> len(set(syndicats(Setting("01")).values()))
    3
    """
    signing = [convention for convention in conventions(setting) if convention.syndicat]
    held = {commune.code: c.syndicat for c in signing for commune in c.perimeter.communes}
    free = [[c for c in group if c.code not in held] for group in by_epci(setting.communes).values()]
    names = [name for name in words("syndicats") if name not in held.values()]
    for name, group in zip(names, [group for group in free if len(group) > 1][::-1], strict=False):
        held |= {commune.code: name for commune in group[: max(2, len(group) // 3)]}
    return held


def _frr(setting: Setting) -> dict[str, str]:
    """Small communes of small EPCI; the smallest are aided more."""
    small = [
        commune
        for group in by_epci(setting.communes).values()
        if sum(member.population for member in group) < SMALL_EPCI
        for commune in group
        if commune.population < RURAL
    ]
    return {commune.code: _zone(commune) for commune in small}


def _zone(commune: Commune) -> str:
    return "FRR+" if commune.population < MOST_RURAL else "FRR"
