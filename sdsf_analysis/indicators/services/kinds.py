"""The kinds of service that a question names: one by one, by family, or the crèches together."""

from collections.abc import Sequence

import pandas as pd

from sdsf_analysis.build.periods import COMING
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.offer import NOT_RECEIVED
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.model.lists import choices, entries

EAJE = ("eaje_collective", "eaje_family", "eaje_parental", "micro_creche", "jardin_enfants")
# one row per commune, and no structure: professionals are counted, not services
INDIVIDUAL = ("childminders", "home_care")
_FEW = 3


def kinds_of(named: Sequence[str]) -> list[str]:
    """Codes of ``offer_kind`` that some names stand for, in the order of the list.

    Parameters
    ----------
    named : sequence of str
        Kinds, families of ``offer_family``, or ``eaje`` for every crèche. None: every kind.

    Raises
    ------
    QuestionError
        If a name is none of them; the message lists them, with the nearest.

    Examples
    --------
    >>> kinds_of(["eaje"])
    ['eaje_collective', 'eaje_family', 'eaje_parental', 'micro_creche', 'jardin_enfants']
    >>> kinds_of(["community_life", "rpe"])
    ['rpe', 'centre_social', 'evs']
    """
    known = entries("offer_kind")
    groups: dict[str, tuple[str, ...]] = {"eaje": EAJE}
    for family in choices("offer_family"):
        groups[family] = tuple(kind for kind, said in known.items() if said.family == family)
    groups |= {kind: (kind,) for kind in known}
    names = [check_choice("Type de service inconnu (kinds)", name, [*known, *groups]) for name in named]
    wanted = {kind for name in names for kind in groups[name]} if names else set(known)
    return [kind for kind in known if kind in wanted]


def received(offer: pd.DataFrame) -> set[str]:
    """Kinds on which a list was received; projects alone tell nothing of what is open.

    The crèches come together: where one of their kinds is told, another that is not has no service.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> sorted(received(example_tables().offer)) == sorted(EAJE)
    True
    """
    found = set(offer.loc[~is_in(offer["stage"], pd.Series(COMING)), "kind"].dropna().unique())
    return found | set(EAJE) if found & set(EAJE) else found


def lacking(offer: pd.DataFrame, kinds: Sequence[str]) -> list[str]:
    """Say which of the kinds no list has brought, and which file would.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> lacking(example_tables().offer, ["laep"])[0][:53]
    "Rien de reçu sur « lieu d'accueil enfants-parents » :"
    """
    if offer.empty:
        return [NOT_RECEIVED]
    labels, known = choices("offer_kind"), received(offer)
    missing = [kind for kind in kinds if kind not in known]
    if set(EAJE) <= set(missing):
        others = [kind for kind in missing if kind not in EAJE]
        return [file_lacking("offer", "eaje_collective", "les crèches"), *_each(others, labels)]
    return _each(missing, labels)


def _each(kinds: list[str], labels: dict[str, str]) -> list[str]:
    if len(kinds) > _FEW:
        return [listed("Rien de reçu sur", [labels[kind] for kind in kinds])]
    return [file_lacking("offer", kind, f"« {labels[kind]} »") for kind in kinds]
