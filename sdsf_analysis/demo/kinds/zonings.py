"""Kind 22 again, « Zonages »: cantons, syndicats and France ruralités revitalisation, a column each."""

from sdsf_analysis.demo.cells import Row
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
    syndicat, frr = _syndicats(setting), _frr(setting)
    return {
        "Zonages": [
            Row((c.code, c.name, canton[c.code], syndicat.get(c.code), frr.get(c.code, "non")))
            for c in setting.communes
        ]
    }


def _syndicats(setting: Setting) -> dict[str, str]:
    """A syndicat for the first communes of each of the last EPCI."""
    groups = list(by_epci(setting.communes).values())[-len(words("syndicats")) :]
    named = zip(words("syndicats"), groups, strict=False)
    return {commune.code: name for name, group in named for commune in group[: max(2, len(group) // 3)]}


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
