"""Children with AEEH in each territory, beside the services that welcome them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.indicators.publics.findings import FINDINGS, findings
from sdsf_analysis.indicators.ratios import ratio
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed, remark
from sdsf_analysis.indicators.services.kinds import EAJE, kinds_of, lacking
from sdsf_analysis.indicators.services.standing import capacities, located, standing
from sdsf_analysis.indicators.sums import BOUNDED, family_count, sums_by, sums_placed
from sdsf_analysis.indicators.territories import commune_codes, members
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.tables import Tables

MEASURE = "aeeh_children"
_SPECIALISED = ("disability_hub", "inclusive_care")
COLUMNS = (
    *("territory", "aeeh_children", "aeeh_children_status", "aeeh_children_low", "aeeh_children_high"),
    *("services", "services_told", "services_welcoming", "places_welcoming", "specialised"),
    *("welcomed", "welcomed_status", "welcomed_low", "welcomed_high"),
    *("share", "share_status", "share_low", "share_high", "finding", "label"),
)
_TWICE = (
    "Un enfant accueilli par deux services est compté deux fois, et un service accueille aussi des enfants "
    "d'ailleurs : ce rapport n'est pas la part des enfants accueillis."
)


def aeeh_welcome(
    tables: Tables, on: Day, by: str = "epci", *, kinds: Sequence[str] = ("eaje", "alsh")
) -> pd.DataFrame:
    """Set the children who have the AEEH against the services that welcome them, territory by territory.

    Formula: Σ children with AEEH (Caf) of the communes; open services of some kinds, those that say how many
    AEEH children they welcome, those that welcome one or more and their places; Σ children welcomed by the
    services that say it; share: 100 · welcomed / children. Finding: see
    `sdsf_analysis.indicators.publics.findings.findings`.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
        Services of that day; children, and activity of each kind, of the latest year not after it.
    by : str
        Level of the territories, one of those of ``membership``, or ``commune``.
    kinds : sequence of str
        Kinds of ``offer_kind``, families of ``offer_family``, or ``eaje`` for all crèches.

    Returns
    -------
    pandas.DataFrame
        One row per territory, sorted: territory, aeeh_children, services, services_told, services_welcoming,
        places_welcoming, specialised (pôles ressources and accueils inclusifs), welcomed, share, each number
        that may be withheld with status, low and high; finding and label (in words).

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or the level or a kind is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.publics.example import publics_example
    >>> found = aeeh_welcome(publics_example(), "2024-12-31", kinds=["eaje"])
    >>> found[["territory", "aeeh_children", "services", "welcomed", "finding"]].values.tolist()
    [['E1', 12.0, 2, 2.0, 'as_many'], ['E2', 8.0, 0, 0.0, 'no_service']]
    """
    day = read_date(on)
    wanted = kinds_of(kinds)
    zones = members(tables.membership, commune_codes(tables.territories), by, day)
    count = family_count(tables, MEASURE, day.year, ("caf",))
    told, years = welcomed_by(tables, wanted, day.year)
    held = standing(tables, day, [*wanted, *_SPECIALISED]).held
    services = _services(tables, held, told)
    pairs, nowhere = located(tables, held, zones)
    placed = pairs.merge(services, left_on="row", right_index=True, validate="many_to_one")
    children = sums_by(count.rows, zones)
    welcomed = _welcomed(placed, zones, bool(years))
    share = ratio(welcomed, children)
    frame = _counts(placed, children.index).assign(
        **_columns("aeeh_children", children), **_columns("welcomed", welcomed), **_columns("share", share)
    )
    usual = services[services["is_told"] & ~services["is_specialised"]]
    found = findings(children, welcomed, frame, float(usual["is_welcoming"].mean()) if len(usual) else 0.0)
    frame = frame.assign(finding=found, label=found.map(FINDINGS).astype("str"))
    left = listed("Services sans commune connue, comptés dans aucun territoire", nowhere)
    said = [*_said(count.year, years), *lacking(tables.offer, wanted), left, _TWICE]
    return remark(frame.reset_index()[list(COLUMNS)], said)


def welcomed_by(tables: Tables, kinds: Sequence[str], last: int) -> tuple[pd.DataFrame, dict[str, int]]:
    """AEEH children that each service says it welcomes, in the latest year of its kind, crèches together.

    Returns
    -------
    tuple of (pandas.DataFrame, dict of str to int)
        Indexed by service: value, status, low, high; then the year of each kind, ``eaje`` for all crèches.

    Examples
    --------
    >>> from sdsf_analysis.indicators.publics.example import publics_example
    >>> found, years = welcomed_by(publics_example(), ["eaje_collective"], 2024)
    >>> found["value"].to_dict(), years
    ({'c1': 2.0}, {'eaje': 2024})
    """
    activity = tables.activity
    is_told = (activity["measure"] == MEASURE) & (activity["nature"] == "actual") & (activity["year"] <= last)
    rows = activity[is_told.to_numpy(bool, na_value=False)]
    kind_of = tables.offer[["service", "kind"]].drop_duplicates("service").set_index("service")["kind"]
    kind = kind_of.reindex(rows["service"]).to_numpy(object)
    rows = rows.assign(kind=pd.array(["eaje" if one in EAJE else one for one in kind], dtype="str"))
    rows = rows[pd.Series(kind, index=rows.index).isin(list(kinds))]
    years = rows.groupby("kind")["year"].max()
    latest = rows[rows["year"].to_numpy() == years.reindex(rows["kind"]).to_numpy()]
    return latest.set_index("service")[BOUNDED], {str(one): int(year) for one, year in years.items()}


def _services(tables: Tables, held: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Open services, with what they welcome and their places; the specialised ones are apart."""
    found = told.reindex(held["service"]).reset_index(drop=True)
    high = found["high"].fillna(found["value"])
    size = capacities(tables.offer, held)
    return found.assign(
        is_told=found["status"].notna(),
        # one that is withheld is of one child or more
        is_welcoming=(found["value"] > 0) | (found["low"] > 0) | (found["value"].isna() & (high > 0)),
        is_specialised=held["kind"].isin(_SPECIALISED).to_numpy(),
        places=size["value"].where(size["unit"] == "places").to_numpy(),
    )


def _welcomed(placed: pd.DataFrame, zones: pd.DataFrame, is_received: bool) -> pd.DataFrame:
    """Children welcomed by the services that say it; missing where no file says it of any service."""
    sums = sums_placed(placed[placed["is_told"]], zones)
    return sums if is_received else sums.assign(value=np.nan, status="missing", low=np.nan, high=np.nan)


def _counts(placed: pd.DataFrame, territories: pd.Index) -> pd.DataFrame:
    usual = ~placed["is_specialised"]
    welcoming = usual & placed["is_welcoming"]
    counted = {
        "services": usual.astype("int64"),
        "services_told": (usual & placed["is_told"]).astype("int64"),
        "services_welcoming": welcoming.astype("int64"),
        "places_welcoming": placed["places"].where(welcoming, 0).fillna(0),
        "specialised": placed["is_specialised"].astype("int64"),
    }
    sums = pd.DataFrame(counted).groupby(placed["territory"]).sum()
    return sums.reindex(territories, fill_value=0)


def _columns(name: str, sums: pd.DataFrame) -> dict[str, pd.Series]:
    """A number with its status, and its bounds where it is not exact."""
    exact = sums["low"] == sums["high"]
    bounds = {f"{name}_{end}": sums[end].mask(exact) for end in ("low", "high")}
    return {name: sums["value"], f"{name}_status": sums["status"], **bounds}


def _said(year: int | None, years: dict[str, int]) -> list[str]:
    labels = {**choices("offer_kind"), "eaje": "crèches"}
    told = " ; ".join(f"{labels[kind]} : {one}" for kind, one in years.items())
    return [
        f"Enfants bénéficiaires de l'AEEH : Caf, {year}."
        if year
        else file_lacking("families", MEASURE, "les enfants bénéficiaires de l'AEEH"),
        f"Accueils dits par les services ({told})."
        if told
        else file_lacking("activity", MEASURE, "les enfants bénéficiaires de l'AEEH accueillis"),
    ]
