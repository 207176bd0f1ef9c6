"""The chargés de coopération: posts, persons, time, what each serves; the meetings of their network."""

import pandas as pd

from sdsf_analysis.indicators.asked import Day, check_choice, read_date
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.conventions import members_of, running_conventions
from sdsf_analysis.indicators.counters import FTE_KINDS, count_row, is_vacant, post_rows, posts_at, time_rows
from sdsf_analysis.indicators.measures import VALUE_COLUMNS
from sdsf_analysis.indicators.populations import population_of
from sdsf_analysis.indicators.remarks import beyond_the_data, not_received, remark
from sdsf_analysis.indicators.territories import departement_communes, levels, members
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.tables import Tables

OWN_LEVELS = ("departement", "theme")
_UNKNOWN = float("nan")
_WHOLE = "all"


def officers_by(  # noqa: PLR0913 - what a reading is made of, each by its name
    tables: Tables,
    on: Day,
    by: str = "departement",
    *,
    fte: str = "fte_agreed",
    basis: str = "effective",
    population_year: int | None = None,
) -> pd.DataFrame:
    """Count the posts of the CTG in force, the persons, the full-time equivalents, and what each serves.

    A post belongs to its CTG, and to each territory that this CTG covers in part or in whole: the territories
    of a level do not add up where a CTG spans several (``attrs["remark"]`` says so). Inhabitants and communes
    per full-time equivalent: those of the whole perimeters of these CTG, over the time of their posts.

    Parameters
    ----------
    tables : Tables
    on : str or datetime.date
    by : str
        ``ctg``, ``departement``, ``theme`` of the posts, or a level of ``membership``.
    fte : {"fte_agreed", "fte_funded", "fte_actual"}
        Time that inhabitants and communes are divided by.
    basis : {"effective", "signed"}
        As for `ctg_counters`.
    population_year : int, optional
        Year of the legal population; that of ``territories`` without it.

    Returns
    -------
    pandas.DataFrame
        One row per territory and measure, sorted by territory: territory, measure (``officers``,
        ``officer_posts``, ``officer_posts_vacant``, ``officer_fte_agreed``, ``officer_fte_funded``,
        ``officer_fte_actual``, ``inhabitants_per_fte``, ``communes_per_fte``, ``ctg_without_officer``),
        numerator, denominator, value, status, low, high. ``ctg_without_officer`` counts the CTG without a
        person in post; its denominator is the CTG in force. Without any row in ``officers``: ``missing``.

    Raises
    ------
    QuestionError
        If ``on`` is not a day, or a level, a time, a basis or a year is unknown.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = officers_by(example_tables(), "2024-06-30", "ctg")
    >>> found = found.set_index(["territory", "measure"])["value"]
    >>> found["A"][["officer_fte_agreed", "inhabitants_per_fte"]].round(1).tolist()
    [1.5, 666.7]
    >>> found.xs("ctg_without_officer", level="measure").to_dict()
    {'A': 0.0, 'B2': 1.0, 'C': 0.0}
    """
    day = read_date(on)
    check_choice("Temps de travail inconnu (fte)", fte, FTE_KINDS)
    running = running_conventions(tables.ctg, day, basis)
    posts = posts_at(tables, day)
    posts = posts[is_in(posts["ctg"], running["ctg"])]
    perimeters = members_of(tables, running, day)
    perimeters = perimeters[is_in(perimeters["commune"], departement_communes(tables.territories)["commune"])]
    population, years = population_of(tables.territories, tables.families, population_year)
    places = perimeters.merge(population, on="commune", how="left", validate="many_to_one")
    links = _links(tables, day, by, running, posts)
    delivered = len(tables.officers) > 0 and len(tables.ctg) > 0
    frames = []
    for territory, linked in links.groupby("territory", sort=True):
        own = posts[posts["ctg"].isin(linked["ctg"])]
        own = own[own["theme"] == territory] if by == "theme" else own
        rows = _rows(own, places[places["ctg"].isin(linked["ctg"])], linked["ctg"], delivered, fte)
        frames.append(pd.DataFrame(rows).assign(territory=territory))
    frame = pd.concat(frames) if frames else pd.DataFrame(columns=["territory", "measure", *VALUE_COLUMNS])
    frame = frame[["territory", "measure", *VALUE_COLUMNS]].reset_index(drop=True)
    frame.attrs = {"population_year": years, "fte": fte, "basis": basis}
    missing = not_received(tables, "ctg", "officers")
    return remark(frame, [*missing, beyond_the_data(tables, day), _shared_said(links, by)])


def _links(
    tables: Tables,
    day: pd.Timestamp,
    by: str,
    running: pd.DataFrame,
    posts: pd.DataFrame,
) -> pd.DataFrame:
    """Pairs of a territory and a CTG in force: territory, ctg."""
    check_choice("Niveau inconnu", by, sorted({*levels(tables.membership), "ctg", *OWN_LEVELS}))
    if by == "ctg":
        return pd.DataFrame({"territory": running["ctg"], "ctg": running["ctg"]})
    if by == "theme":
        named = posts.dropna(subset=["theme"])[["theme", "ctg"]]
        return named.drop_duplicates().rename(columns={"theme": "territory"})
    communes = departement_communes(tables.territories)
    if by == "departement":
        codes = communes["departement"].dropna().unique()
        code = codes[0] if len(codes) == 1 else _WHOLE
        return pd.DataFrame({"territory": code, "ctg": running["ctg"]}, dtype="str")
    rows = members(tables.membership, communes["commune"], by, day)
    covered = members_of(tables, running, day)
    pairs = rows.merge(covered, on="commune", validate="many_to_many")[["territory", "ctg"]]
    return pairs.drop_duplicates()


def _rows(
    posts: pd.DataFrame, places: pd.DataFrame, conventions: pd.Series, delivered: bool, fte: str
) -> list[dict[str, object]]:
    held = posts.loc[~is_vacant(posts), "ctg"]
    idle = int((~conventions.isin(held)).sum())
    without = count_row("ctg_without_officer", idle if delivered else None)
    communes = places.drop_duplicates("commune")
    time = float(posts[fte].sum()) if delivered and posts[fte].notna().all() else None
    return [
        *post_rows(posts, delivered),
        *time_rows(posts, delivered),
        _per_time("inhabitants_per_fte", float(communes["value"].sum(skipna=False)), time),
        _per_time("communes_per_fte", float(len(communes)), time),
        without | {"denominator": float(len(conventions))},
    ]


def _per_time(measure: str, served: float, time: float | None) -> dict[str, object]:
    """What one full-time equivalent serves; without any time, the question has no answer."""
    row = count_row(measure, None) | {"numerator": served}
    if time is None or pd.isna(served):
        return row
    if not time:
        return row | {"denominator": 0.0, "status": "not_applicable"}
    return row | {"denominator": time, "value": served / time, "status": "known"}


def _shared_said(links: pd.DataFrame, by: str) -> str:
    if by in ("ctg", "theme"):
        return ""
    shared = int((links["ctg"].value_counts() > 1).sum())
    if not shared:
        return ""
    count = plural(shared, "CTG couvre", "CTG couvrent")
    return (
        f"{count} plusieurs territoires : leurs postes comptent dans chacun, "
        "les lignes ne s'additionnent pas."
    )


def network_meetings(
    tables: Tables, start: Day | None = None, end: Day | None = None, *, network: str | None = None
) -> pd.DataFrame:
    """List the meetings of the networks, with the attendance and how it changed since the one before.

    Parameters
    ----------
    tables : Tables
    start, end : str or datetime.date, optional
        First and last day, both included.
    network : str, optional
        One network.

    Returns
    -------
    pandas.DataFrame
        One row per meeting, sorted: network, date, place, attendance, status, previous, change. ``previous``
        is the attendance of the meeting before in the same network, be it earlier than ``start``.

    Raises
    ------
    QuestionError
        If a date is not a day, or no network has this name; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> network_meetings(example_tables())[["place", "attendance", "change"]].values.tolist()
    [['Montracol', 40, <NA>], ['Bourg', 36, -4]]
    """
    rows = tables.meetings.sort_values(["network", "date", "place"], ignore_index=True)
    if network is not None:
        check_choice("Réseau inconnu", network, sorted(rows["network"].dropna().unique()))
        rows = rows[rows["network"] == network]
    rows = rows.assign(attendance=rows["attendance"].astype("Int64"))
    previous = rows.groupby("network")["attendance"].shift()
    rows = rows.assign(
        status=rows["attendance"].notna().map({True: "known", False: "missing"}).astype("str"),
        previous=previous,
        change=rows["attendance"] - previous,
    )
    kept = pd.Series(True, index=rows.index)
    if start is not None:
        kept &= rows["date"] >= read_date(start)
    if end is not None:
        kept &= rows["date"] <= read_date(end)
    columns = ["network", "date", "place", "attendance", "status", "previous", "change"]
    frame = rows.loc[kept, columns].reset_index(drop=True)
    message = (
        "Aucune rencontre dans les tables : « Chargés de coopération.xlsx » (recette officers) les donne."
    )
    return remark(frame, [message if tables.meetings.empty else ""])
