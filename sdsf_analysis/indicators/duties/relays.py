"""The communes that a relais petite enfance (RPE) serves on a day."""

from typing import NamedTuple

import pandas as pd

from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.offer import is_held
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.model.french import french_date
from sdsf_analysis.model.tables import Tables

ALL, PART, NONE, UNKNOWN = "all", "part", "none", "unknown"
_RPE = "rpe"


class Relays(NamedTuple):
    """Communes served by a relay, with the names of their relays joined by « ; ».

    Attributes
    ----------
    communes : pandas.DataFrame
        commune, relays.
    is_known : bool
        Whether some list of relays reaches back to the day.
    said : list of str
        What must be said, in French.
    """

    communes: pd.DataFrame
    is_known: bool
    said: list[str]


def served_communes(tables: Tables, day: pd.Timestamp) -> Relays:
    """Communes that an open RPE serves on a day: those of its list, else that of its seat.

    Examples
    --------
    >>> from sdsf_analysis.indicators.duties.example import duties_example
    >>> served_communes(duties_example(), pd.Timestamp("2026-06-30")).communes.values.tolist()
    [['01001', 'Relais Un']]
    """
    relays = tables.offer[tables.offer["kind"] == _RPE]
    held = relays[is_held(relays, day)]
    held = held[held["stage"] == "open"]
    area = tables.service_area[is_in(tables.service_area["service"], held["service"])]
    seated = held[~is_in(held["service"], area["service"])]
    named = held.assign(name=held["name"].fillna(held["service"]))[["service", "name"]].drop_duplicates(
        "service"
    )
    pairs = pd.concat([area[["service", "commune"]], seated[["service", "commune"]]], ignore_index=True)
    pairs = pairs.merge(named, on="service", validate="many_to_one").sort_values(["commune", "name"])
    names = pairs.groupby("commune")["name"].agg(lambda texts: " ; ".join(dict.fromkeys(texts)))
    said = [
        _unknown(relays, day),
        listed("RPE dont les communes ne sont pas dites, comptés pour leur siège", sorted(seated["service"])),
    ]
    is_known = bool((relays["valid_from"] <= day).any())
    return Relays(names.rename("relays").reset_index().astype("str"), is_known, said)


def _unknown(relays: pd.DataFrame, day: pd.Timestamp) -> str:
    if relays.empty:
        return file_lacking("offer", _RPE, "les RPE")
    since = relays["valid_from"].min()
    return f"RPE : rien de connu avant le {french_date(since)}." if since > day else ""
