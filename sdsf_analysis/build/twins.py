"""One structure that two partners describe: found by commune and name, what they contradict shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.finish import other_place, problem_at
from sdsf_analysis.build.identities import Pair
from sdsf_analysis.build.ledger import LOAN, loans
from sdsf_analysis.build.listings import BY_COMMUNE, called, kind_group
from sdsf_analysis.build.periods import COMING, SEEN
from sdsf_analysis.build.structure_names import Likeness, likeness
from sdsf_analysis.model.french import written
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.recipes.rows import MARKS

PARTNER = "_partner"
# who counts where sdsf.toml does not say: who pays for the places
USUAL_ORDER = ("Caf", "MSA", "Département")
# what the partner that does not count may still tell where the other says nothing
_FILLED = (
    "operator",
    "operator_kind",
    "funding",
    "category",
    "audience",
    "opened_on",
    "longitude",
    "latitude",
)
_SAID = {"Caf": "la Caf", "MSA": "la MSA", "Département": "le Département"}
_COMPARED = {"capacity": "{} places", "opened_on": "ouverture le {}", "closed_on": "fermeture le {}"}
_NOTHING_LENT = pd.DataFrame(columns=list(LOAN), dtype="str")
Row = dict[Any, Any]


@dataclass
class Twins:
    """Services of two partners found to be one, those that wait for a ruling, and the questions."""

    pairs: list[Pair] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def partner_rank(partner: str, counts: str = "") -> tuple[bool, int, str]:
    """Order in which partners count: the one that is chosen, then the usual order.

    Examples
    --------
    >>> sorted(["Département", "Caf", "État"], key=partner_rank)
    ['Caf', 'Département', 'État']
    >>> min(["Département", "Caf"], key=lambda partner: partner_rank(partner, "Département"))
    'Département'
    """
    usual = USUAL_ORDER.index(partner) if partner in USUAL_ORDER else len(USUAL_ORDER)
    return partner != counts, usual, partner


def find_twins(offer: pd.DataFrame, distinct: frozenset[Pair], cells: Cells) -> Twins:
    """Find the services of two partners that are one structure: one commune, one name, no other candidate.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, each with its partner.
    distinct : frozenset of tuple of str
        Pairs that the analyst said to be two structures.
    cells : Cells
        Cells of the rows.

    Returns
    -------
    Twins
        Near names, and names with several candidates, are asked about: until then the structure of the
        partner that comes last is not taken up, so that no place counts twice.
    """
    twins = Twins()
    structures = offer[~offer["kind"].isin(BY_COMMUNE) & offer["name"].notna() & offer["commune"].notna()]
    # a project is no structure yet: one that is open under its name is another, or its list will say so
    structures = structures[~structures["stage"].isin(COMING)]
    latest = structures.sort_values(SEEN, kind="stable").drop_duplicates(["service", PARTNER], keep="last")
    # those that a ruling joined need no likeness
    latest = latest[~latest["service"].duplicated(keep=False)]
    bucket = latest["commune"] + "|" + latest["kind"].map(kind_group)
    several = latest.groupby(bucket)[PARTNER].transform("nunique") > 1
    buckets: dict[str, list[Row]] = {}
    for name, row in zip(bucket[several], latest[several].to_dict("records"), strict=True):
        buckets.setdefault(name, []).append(row)
    for _, rows in sorted(buckets.items()):
        ordered = sorted(rows, key=lambda row: (partner_rank(row[PARTNER]), row["service"]))
        _match(ordered, distinct, twins, cells)
    return twins


def _match(rows: list[Row], distinct: frozenset[Pair], twins: Twins, cells: Cells) -> None:
    found = {
        row["service"]: _candidates(row, rows, distinct) for row in rows if row[PARTNER] != rows[0][PARTNER]
    }
    exact = [same[0]["service"] for same, _ in found.values() if len(same) == 1]
    for row in rows:
        same, near = found.get(row["service"], ([], []))
        if len(same) == 1 and exact.count(same[0]["service"]) == 1:
            twins.pairs.append((same[0]["service"], row["service"]))
        elif same or near:
            twins.waiting.add(row["service"])
            twins.problems.append(_asked(row, [*same, *near], cells))


def _candidates(row: Row, rows: list[Row], distinct: frozenset[Pair]) -> tuple[list[Row], list[Row]]:
    """Structures of the partners that count before, of the same name and of a near one."""
    before = [
        other
        for other in rows
        if partner_rank(other[PARTNER]) < partner_rank(row[PARTNER])
        and (row["service"], other["service"]) not in distinct
    ]
    alike = [(other, likeness(row["name"], other["name"])) for other in before]
    same = [other for other, found in alike if found is Likeness.SAME]
    return same, [] if same else [other for other, found in alike if found is Likeness.NEAR]


def _asked(row: Row, others: list[Row], cells: Cells) -> Problem:
    named = " ou ".join(called(other) for other in others)
    message = f"{called(row)}, selon {_partner(row)}, est peut-être {named}, selon {_partner(others[0])}."
    asked = problem_at(row, "structure_near", message, row["service"])
    return cells.at(replace(asked, repaired_to=others[0]["service"]), row["_row"], "name")


def _partner(row: Row) -> str:
    return _SAID.get(row[PARTNER], str(row[PARTNER]))


@dataclass
class Settled:
    """The offer of one partner per structure, and what the others said of it.

    Attributes
    ----------
    offer : pandas.DataFrame
    lent : pandas.DataFrame
        Values that the others lent.
    opened : dict
        Rows that begin with an opening that another row told → that row.
    problems : list of Problem
        The contradictions.
    """

    offer: pd.DataFrame
    lent: pd.DataFrame
    opened: dict[str, str]
    problems: list[Problem]


def settle_twins(offer: pd.DataFrame, counts: str, cells: Cells) -> Settled:
    """Keep, of each structure, the rows of the partner that counts; show where the others contradict it.

    Parameters
    ----------
    offer : pandas.DataFrame
        Rows of the table ``offer`` as observed, each with its partner, one name per structure.
    counts : str
        Partner that counts, as sdsf.toml says; empty for the usual order.
    cells : Cells
        Cells of the rows.
    """
    shared = offer.groupby("service")[PARTNER].transform("nunique") > 1
    if not shared.any():
        return Settled(offer, _NOTHING_LENT, {}, [])
    partners = sorted(offer[PARTNER].unique(), key=lambda partner: partner_rank(partner, counts))
    told = offer[shared].assign(_rank=offer[PARTNER].map(partners.index))
    counting = told["_rank"] == told.groupby("service")["_rank"].transform("min")
    base, others = told[counting], told[~counting]
    completed, lent = _completed(base.drop(columns="_rank"), others)
    kept = pd.concat([offer[~shared], completed]).sort_index()
    openings = lent[lent["column"] == "opened_on"]
    opened = dict(zip(openings["_row"], openings["_lender"], strict=True))
    return Settled(kept, lent, opened, list(_contradictions(base, others, counts, cells)))


def _completed(base: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows that count, their blanks filled by the last row of the partner that comes next; what was lent."""
    ordered = others.sort_values(["_rank", SEEN], ascending=[False, True], kind="stable")
    lenders = ordered.drop_duplicates("service", keep="last").set_index("service")
    filled, lent = base, [_NOTHING_LENT]
    for name in _FILLED:
        given = base["service"].map(lenders[name])
        is_lent = base[name].isna() & given.notna()
        filled = filled.assign(**{name: base[name].mask(is_lent, given)})
        rows = base[is_lent]
        lent.append(loans(rows["_row"], rows["service"].map(lenders["_row"]), name, name))
    # a service is there since its opening, whoever tells it
    is_earlier = base["opened_on"].isna() & (filled["opened_on"] < base["valid_from"])
    filled = filled.assign(valid_from=base["valid_from"].mask(is_earlier, filled["opened_on"]))
    return filled, pd.concat(lent, ignore_index=True)


def _contradictions(base: pd.DataFrame, others: pd.DataFrame, counts: str, cells: Cells) -> Iterator[Problem]:
    """What the last row of each other partner says otherwise than the last one that counts."""
    own = base.sort_values(SEEN, kind="stable").drop_duplicates("service", keep="last").set_index("service")
    last = others.sort_values(SEEN, kind="stable").drop_duplicates(["service", PARTNER], keep="last")
    facing = own.loc[last["service"]].reset_index()
    differ = pd.DataFrame({name: _differ(facing, last.reset_index(drop=True), name) for name in _COMPARED})
    for place in differ.index[differ.any(axis=1)]:
        one, other = facing.iloc[place].to_dict(), last.iloc[place].to_dict()
        for column in differ.columns[differ.loc[place]]:
            yield _contradiction(one, other, column, counts, cells)


def _contradiction(base: Row, other: Row, column: str, counts: str, cells: Cells) -> Problem:
    cell = cells.at(problem_at(base, "sources_disagree", ""), base["_row"], column).cell
    marks = {f"{mark}_other": base[mark] for mark in MARKS} | {"_cell_other": cell}
    message = (
        f"{called(base)} : {_told(other, column)} selon {_partner(other)}, "
        f"{_told(base, column)} selon {_partner(base)} ({other_place(other | marks)})."
    )
    code = "sources_settled" if counts else "sources_disagree"
    asked = problem_at(other, code, message, written(other[column]))
    asked = replace(asked, suggestion="" if counts else _advice(base, other))
    return cells.at(asked, other["_row"], column)


def _told(row: Row, column: str) -> str:
    return _COMPARED[column].format(written(row[column])) if pd.notna(row[column]) else "rien"


def _differ(base: pd.DataFrame, other: pd.DataFrame, column: str) -> "pd.Series[bool]":
    """Whether both say something else; a closing may be told by one alone."""
    are_told = other[column].notna() & (base[column].notna() | (column == "closed_on"))
    return are_told & (base[column] != other[column])


def _advice(base: Row, other: Row) -> str:
    return (
        f"Demander lequel est juste. Pour choisir : dans sdsf.toml, sous [sources], écrire "
        f'offer = "{base[PARTNER]}" ou offer = "{other[PARTNER]}" ; sans choix, {_partner(base)} compte.'
    )


def waiting_out(frames: Mapping[str, pd.DataFrame], waiting: set[str]) -> dict[str, pd.DataFrame]:
    """Take out the structures that wait for a ruling, from every table that speaks of services.

    Parameters
    ----------
    frames : mapping
        Tables by name, each with the column ``service``.
    waiting : set of str
    """
    return {name: frame[~frame["service"].isin(waiting)] for name, frame in frames.items()}
