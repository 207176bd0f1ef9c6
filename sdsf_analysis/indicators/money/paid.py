"""What was paid to which services: the funds and kinds of a question, placed in territories."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from sdsf_analysis.indicators.asked import check_choice
from sdsf_analysis.indicators.codes import is_in
from sdsf_analysis.indicators.money.natures import NATURES, Amounts, amounts_of, best_natures
from sdsf_analysis.indicators.received import file_lacking
from sdsf_analysis.indicators.remarks import listed
from sdsf_analysis.indicators.services.ages import age_of
from sdsf_analysis.indicators.services.homes import known_near
from sdsf_analysis.indicators.services.kinds import kinds_of
from sdsf_analysis.indicators.services.standing import located
from sdsf_analysis.indicators.sums import BOUNDED
from sdsf_analysis.model.french import number, plural
from sdsf_analysis.model.lists import choices, entries
from sdsf_analysis.model.tables import Tables

_INTERNAL = (
    "Les aides exceptionnelles, internes, ne sont pas comptées (les demander par funds=exceptional_aid, ou "
    "voir watch_list)."
)


class Placed(NamedTuple):
    """Amounts in their territories.

    Attributes
    ----------
    rows : pandas.DataFrame
        territory, service, fund, age (of the children that the service is for), value, status, low, high.
    nowhere : str
        What is in no territory of the level, as a sentence; empty when all is.
    """

    rows: pd.DataFrame
    nowhere: str


def open_funds() -> list[str]:
    """Funds that may be shown to partners: all but those that tell of a structure in difficulty.

    Examples
    --------
    >>> "exceptional_aid" in open_funds(), open_funds()[:2]
    (False, ['prestation_service', 'bonus_territoire'])
    """
    return [code for code, said in entries("fund").items() if said.diffusion != "interne"]


def funds_asked(
    tables: Tables, kinds: Sequence[str], funds: Sequence[str], nature: str | None
) -> pd.DataFrame:
    """Take the rows of ``funds`` that a question is about.

    Parameters
    ----------
    tables : Tables
    kinds : sequence of str
        As for `sdsf_analysis.indicators.services.kinds.kinds_of`; every service without it.
    funds : sequence of str
        Codes of the list ``fund``; all those of `open_funds` without it.
    nature : str or None
        Checked only.

    Raises
    ------
    QuestionError
        If a kind, a fund or a nature is unknown; the message lists them.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> rows = funds_asked(example_tables(), ["eaje"], ["bonus_mixite"], None)
    >>> rows[["service", "year", "amount_eur"]].values.tolist()
    [['c1', 2023, 2000.0]]
    """
    if nature is not None:
        check_choice("Nature inconnue (nature)", nature, NATURES)
    wanted = [check_choice("Financement inconnu (funds)", fund, choices("fund")) for fund in funds]
    rows = tables.funds[is_in(tables.funds["fund"], pd.Series(wanted or open_funds(), dtype="str"))]
    if not kinds:
        return rows
    offer = tables.offer[["service", "kind"]]
    of_kinds = offer.loc[is_in(offer["kind"], pd.Series(kinds_of(kinds), dtype="str")), "service"]
    return rows[is_in(rows["service"], of_kinds)]


def year_asked(rows: pd.DataFrame, last: int, nature: str | None) -> Amounts:
    """Take the latest year not after one, in the nature that is asked or its most definite.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> found = year_asked(example_tables().funds, 2024, None)
    >>> found.year, found.nature
    (2024, 'updated')
    """
    natures = {year: one for year, one in best_natures(rows, nature).items() if year <= last}
    year = max(natures, default=None)
    return amounts_of(rows, year, natures[year] if year is not None else NATURES[0])


def placed(tables: Tables, amounts: pd.DataFrame, perimeters: pd.DataFrame, day: pd.Timestamp) -> Placed:
    r"""Put amounts in the territories of the services that receive them.

    Parameters
    ----------
    tables : Tables
    amounts : pandas.DataFrame
        As `Amounts.rows`.
    perimeters : pandas.DataFrame
        territory, commune.
    day : pandas.Timestamp
        A service is where it is known to be near this day.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> zones = pd.DataFrame({"territory": ["E1"], "commune": ["01001"]})
    >>> found = placed(tables, year_asked(tables.funds, 2023, None).rows, zones, pd.Timestamp("2023-12-31"))
    >>> found.nowhere
    'Versé à des services hors de tout territoire de ce niveau : 31\u202f300 € (m1).'
    """
    offer = tables.offer[["service", "valid_from", "kind", "commune"]]
    services = known_near(offer[is_in(offer["service"], amounts["service"])], day)
    pairs, _ = located(tables, services, perimeters)
    told = services[["service"]].assign(age=services["kind"].map(age_of))
    homes = pairs.merge(told, left_on="row", right_index=True, validate="many_to_one")
    rows = homes.merge(amounts, on="service", validate="many_to_many")
    lost = amounts[~is_in(amounts["service"], homes["service"])]
    return Placed(rows[["territory", "service", "fund", "age", *BOUNDED]], _nowhere(lost))


def ages_paid(tables: Tables, rows: pd.DataFrame) -> set[str]:
    """Ages of the children for whose services some file tells of money: of the others nothing is known.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> ages_paid(example_tables(), example_tables().funds)
    {'0_2'}
    """
    offer = tables.offer[["service", "kind"]]
    kinds = offer.loc[is_in(offer["service"], rows["service"]), "kind"]
    return set(map(age_of, kinds.unique()))


def _nowhere(lost: pd.DataFrame) -> str:
    if lost.empty:
        return ""
    amount = f"{number(float(lost['value'].sum()))} € ({', '.join(sorted(lost['service'].unique())[:5])}"
    others = lost["service"].nunique() - 5
    more = f" et {plural(others, 'autre')}" if others > 0 else ""
    return f"Versé à des services hors de tout territoire de ce niveau : {amount}{more})."


def said_of(tables: Tables, found: Amounts, asked: Sequence[str], last: int) -> list[str]:
    """Say which year and nature the answer is of, what it lacks, and what it leaves out.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> said_of(tables, year_asked(tables.funds, 2023, None), [], 2023)[0]
    'Montants réels de 2023.'
    """
    if found.year is None:
        return [_no_amount(tables, last)]
    words = {"actual": "réels", "updated": "actualisés", "forecast": "prévisionnels"}[found.nature]
    late = ", les derniers connus" if found.year < last else ""
    withheld = found.rows[(found.rows["status"] != "known") & ~found.rows["service"].isin(found.lacking)]
    return [
        f"Montants {words} de {found.year}{late}.",
        "" if asked else _INTERNAL,
        listed(f"Montants {words} inconnus, et promis seulement, pour ces services", found.lacking),
        listed("Montants illisibles, retenus ou non encore connus", sorted(withheld["service"].unique())),
    ]


def _no_amount(tables: Tables, last: int) -> str:
    if tables.funds.empty:
        return file_lacking("funds")
    years = ", ".join(map(str, sorted(map(int, tables.funds["year"].dropna().unique()))))
    return f"Aucun montant ne répond à cette question jusqu'en {last}. Années connues : {years}."
