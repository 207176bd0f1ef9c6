"""Where children and services are: the points of the communes, and the services open on a day."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.indicators.codes import Codes, Flags, is_in, places_in
from sdsf_analysis.indicators.offer import offer_at
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.kinds import kinds_of, lacking, received
from sdsf_analysis.indicators.sums import Count, family_count
from sdsf_analysis.indicators.territories import departement_communes
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.territories.distances import Numbers, Vectors, inner_km, vectors

# one row per commune, where a row of nobody is no service
_BY_COMMUNE = ("childminders", "home_care", "preschool")
WITHIN = ("disc", "zero")
CROW = "Distances à vol d'oiseau entre les points des communes, et non des temps de trajet."
BORDER = (
    "Les services des départements voisins ne sont pas connus : près des limites du département, "
    "l'accès peut être meilleur qu'il n'est dit."
)


class Ground(NamedTuple):
    """The communes of the département, in the order of ``territories``, and the services of a day.

    Attributes
    ----------
    communes : pandas.Series
        Codes.
    has_point : numpy.ndarray
        Whether each commune has a point; the vectors of the others are zero.
    points : numpy.ndarray
        As `sdsf_analysis.territories.distances.vectors` gives them.
    inside_km : numpy.ndarray
        Mean distance to a service of the commune itself.
    services : pandas.DataFrame
        Open services that can be placed: rows of ``offer``.
    sites : numpy.ndarray
        Points of these services.
    homes : numpy.ndarray
        Place of the commune of each service, -1 outside the département.
    is_known : bool
        Whether a list of these services was received: no service is then a true zero.
    said : list of str
        What must stand beside the answer.
    """

    communes: pd.Series
    has_point: Flags
    points: Vectors
    inside_km: Numbers
    services: pd.DataFrame
    sites: Vectors
    homes: Codes
    is_known: bool
    said: list[str]


def ground(tables: Tables, day: pd.Timestamp, kinds: Sequence[str], within: str = "disc") -> Ground:
    """Place the communes and the services open on a day.

    A service stands at its own longitude and latitude, or else at the point of its commune.

    Parameters
    ----------
    tables : Tables
    day : pandas.Timestamp
    kinds : sequence of str
        As for `sdsf_analysis.indicators.services.kinds.kinds_of`.
    within : {"disc", "zero"}
        Distance to a service of one's own commune: the mean distance to the centre of a disc of its area,
        or zero.

    Raises
    ------
    QuestionError
        If a kind or ``within`` is unknown; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = ground(example_tables(), pd.Timestamp("2024-06-30"), ["eaje"])
    >>> found.services["service"].tolist(), found.inside_km.round(1).tolist(), found.is_known
    (['c1', 'm1'], [2.0, 2.0, 2.0, 2.0], True)
    """
    check_choice("Distance dans la commune inconnue (within)", within, WITHIN)
    wanted = kinds_of(kinds)
    communes = departement_communes(tables.territories)
    longitude, latitude = _degrees(communes)
    has_point = ~np.isnan(longitude) & ~np.isnan(latitude)
    points = vectors(np.where(has_point, longitude, 0), np.where(has_point, latitude, 0))
    area = communes["area_km2"].to_numpy("float64", na_value=np.nan)
    inside = np.zeros(len(communes)) if within == "zero" else np.nan_to_num(inner_km(area))
    listed_open = offer_at(tables, pd.Timestamp(day), kinds=wanted)
    services, sites, homes = _placed(_are_services(listed_open), communes["commune"], has_point, points)
    known = received(tables.offer) & set(wanted)
    is_known = bool(known) and _was_told(tables.offer, wanted, day)
    said = [
        *([] if known else lacking(tables.offer, wanted)),
        str(listed_open.attrs.get("remark", "")) if known else "",
        _not_placed(listed_open, services),
        _without_point(communes[~has_point]),
        _without_area(within, area, has_point),
    ]
    return Ground(
        communes["commune"],
        has_point,
        points,
        inside,
        services,
        sites,
        homes,
        is_known,
        list(filter(None, said)),
    )


def people(tables: Tables, of: str, day: pd.Timestamp) -> tuple[Count, str]:
    """Take the count that distances are weighted by, with the sentence that says which it is.

    Raises
    ------
    QuestionError
        If ``families`` has no such measure in its list; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> people(example_tables(), "children_0_2", pd.Timestamp("2024-06-30"))[1]
    'Enfants de 0 à 2 ans : tous régimes, 2023.'
    """
    labels = choices("families_measure")
    check_choice("Population inconnue (of)", of, labels)
    count = family_count(tables, of, day.year)
    label = labels[of]
    if count.year is None:
        return count, file_lacking("families", of, f"« {label} »")
    lacking_here = count.rows.loc[count.rows["status"].isin(["missing", "error"]), "commune"]
    unknown = listed(f"{label.capitalize()} : communes sans chiffre, non comptées", sorted(lacking_here))
    said = f"{label.capitalize()} : {choices('regime')[str(count.regime)]}, {count.year}."
    return count, " ".join(filter(None, [said, unknown]))


def counted(count: Count, has_point: Flags) -> Flags:
    """Whether each commune enters the sums: it has a point, and its count is known or withheld.

    Examples
    --------
    >>> rows = pd.DataFrame({"status": ["known", "secret", "missing"]})
    >>> counted(Count(rows, 2023, "all"), np.array([True, True, True])).tolist()
    [True, True, False]
    """
    is_told = ~count.rows["status"].isin(["missing", "error"]).to_numpy(bool)
    return has_point & is_told if count.year is not None else has_point


def check_km(name: str, given: Sequence[float]) -> list[float]:
    """Give back distances that rise, all above zero.

    Raises
    ------
    QuestionError
        If they do not.

    Examples
    --------
    >>> check_km("thresholds_km", ["10", 15])
    [10.0, 15.0]
    """
    try:
        values = [float(one) for one in given]
    except (TypeError, ValueError):
        values = []
    if not values or not all(low < high < np.inf for low, high in zip([0.0, *values], values, strict=False)):
        raise QuestionError(
            f"L'option {name} attend des kilomètres croissants, au-dessus de zéro, par exemple 10,15,20 : "
            f"« {', '.join(map(str, given))} »."
        )
    return values


def _degrees(rows: pd.DataFrame) -> tuple[Numbers, Numbers]:
    return tuple(rows[name].to_numpy("float64", na_value=np.nan) for name in ("longitude", "latitude"))  # type: ignore[return-value]


def _are_services(offer: pd.DataFrame) -> pd.DataFrame:
    """Open services, without the communes where nobody works."""
    size = offer["units"].astype("float64").fillna(offer["capacity"].astype("float64"))
    return offer[~(offer["kind"].isin(_BY_COMMUNE) & (size == 0))]


def _placed(
    offer: pd.DataFrame, communes: pd.Series, has_point: Flags, points: Vectors
) -> tuple[pd.DataFrame, Vectors, Codes]:
    homes = places_in(offer["commune"], communes)
    longitude, latitude = _degrees(offer)
    is_own = ~np.isnan(longitude) & ~np.isnan(latitude)
    at_home = (homes >= 0) & np.append(has_point, False)[homes]
    own = vectors(np.where(is_own, longitude, 0), np.where(is_own, latitude, 0))
    where = np.where(is_own[:, None], own, np.vstack([points, np.zeros(3)])[homes])
    kept = is_own | at_home
    return offer[kept].reset_index(drop=True), where[kept], homes[kept]


def _was_told(offer: pd.DataFrame, kinds: Sequence[str], day: pd.Timestamp) -> bool:
    """Whether some file speaks of these kinds on the day or before."""
    return bool((offer["kind"].isin(list(kinds)) & (offer["valid_from"] <= day)).any())


def _not_placed(opened: pd.DataFrame, placed: pd.DataFrame) -> str:
    lost = _are_services(opened)
    lost = lost[~is_in(lost["service"], placed["service"])]
    return listed("Services sans commune ni point connus, non comptés", sorted(lost["service"]))


def _without_point(communes: pd.DataFrame) -> str:
    return listed("Communes sans point connu, non comptées", sorted(communes["commune"]))


def _without_area(within: str, area: Numbers, has_point: Flags) -> str:
    unknown = int((np.isnan(area) & has_point).sum())
    if within == "zero" or not unknown:
        return ""
    return f"Superficie inconnue de {plural(unknown, 'commune')} : distance intérieure comptée pour zéro."
