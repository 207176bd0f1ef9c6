"""Names that communes of several départements bear: within one département no doubt, in a wider file one."""

from collections.abc import Collection, Iterable

from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.names import CommuneIndex, Match, name_key


def departements_named(found: Iterable[tuple[Match, str]], index: CommuneIndex) -> frozenset[str]:
    """Other départements that a file surely covers: a code says so, or a name that one commune alone bears.

    Parameters
    ----------
    found : iterable of (Match, str)
        What each row of another département gave, and its name where no code goes with it.
    index : CommuneIndex
        Communes of the workspace's département.
    """
    known = atlas(index.year).codes_by_key
    return frozenset(match.departement for match, text in found if len(known.get(name_key(text), ())) <= 1)


def with_namesakes(match: Match, text: str, index: CommuneIndex, covered: Collection[str]) -> Match:
    """Doubt a commune found by its name alone, where another that the file may speak of bears it too.

    Parameters
    ----------
    match : Match
        What the name gave inside the département.
    text : str
        The name as written, empty where a code goes with it.
    index : CommuneIndex
        Communes of the workspace's département.
    covered : collection of str
        Other départements that the file covers; all of France where none is known.

    Returns
    -------
    Match
        The same, or a ``commune_ambiguous`` whose suggestions are the candidates.

    Examples
    --------
    >>> index = CommuneIndex("42", 2026)
    >>> with_namesakes(index.resolve(None, "Bully"), "Bully", index, {"69"}).suggestions
    ('Bully (42027)', 'Bully (69032)')
    """
    others = _namesakes(text, index, covered) if match.code and text else []
    if not others:
        return match
    candidates = (f"{match.name} ({match.code})", *others)
    return Match(
        problem="commune_ambiguous",
        message=f"« {text} » est le nom de plusieurs communes, et le fichier couvre plusieurs départements : "
        f"{', '.join(candidates)}.",
        found=text,
        suggestions=candidates[:3],
    )


def _namesakes(text: str, index: CommuneIndex, covered: Collection[str]) -> list[str]:
    known = atlas(index.year)
    codes = known.codes_by_key.get(name_key(text), ())
    others = [code for code in codes if known.departements[code] != index.departement]
    return [
        f"{known.names[code]} ({code})"
        for code in others
        if not covered or known.departements[code] in covered
    ]
