"""Tables as a director reads them: French labels, French numbers, what is withheld or missing in words."""

from collections.abc import Iterable
from math import isnan

import pandas as pd

from sdsf_analysis.indicators.measures import Day, read_date
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import NO_VALUE, capital, french_date, number, percent
from sdsf_analysis.model.lists import choices
from sdsf_analysis.model.problems import ORDER, cause

CTG_TABLES = ("ctg", "ctg_partners", "ctg_themes", "membership", "officers")
_PER_CENT = "%"
SECRECY_THRESHOLD = 5
_N_EXAMPLES = 3


def banner(schema_name: str, on: Day, fictitious: bool) -> str:
    """Say at the top of a page which plan, which date, and whether the data are made up.

    Parameters
    ----------
    schema_name : str
    on : str or datetime.date
    fictitious : bool

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> banner("SDSF de l'Ain", "2024-12-31", False)
    "**SDSF de l'Ain** · situation au 31 décembre 2024"
    """
    text = f"**{schema_name}** · situation au {french_date(read_date(on).date())}"
    return f"{text} · **données fictives**, sur des territoires réels" if fictitious else text


def counters_grid(counters: pd.DataFrame) -> pd.DataFrame:
    """Lay out the counters of the CTG: what is counted, the number, what it is a part of.

    Parameters
    ----------
    counters : pandas.DataFrame
        Result of `ctg_counters`.

    Returns
    -------
    pandas.DataFrame
        Texts: one row per counter, one column for the date.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_counters
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> grid = counters_grid(ctg_counters(example_tables(), "2024-06-30"))
    >>> grid.loc["CTG en vigueur", "Au 30 juin 2024"]
    '3 conventions'
    """
    entry = indicator("ctg_counters")
    measures = [entry.measure(name) for name in counters["measure"]]
    written = [
        _written(row, measure.unit) for (_, row), measure in zip(counters.iterrows(), measures, strict=True)
    ]
    date = counters["date"].iloc[0].date()
    return pd.DataFrame({f"Au {french_date(date)}": written}, index=[measure.label for measure in measures])


def coverage_grid(
    coverage: pd.DataFrame, territories: pd.DataFrame, threshold: int = SECRECY_THRESHOLD
) -> pd.DataFrame:
    r"""Lay out a coverage: one row per territory, one column per measure, the least covered first.

    Parameters
    ----------
    coverage : pandas.DataFrame
        Result of `ctg_coverage`.
    territories : pandas.DataFrame
        Table ``territories``, for the names.
    threshold : int
        Children fewer than this, covered or not, are not written: an EPCI's part in the département, or
        its part under a CTG, may be one small commune.

    Returns
    -------
    pandas.DataFrame
        Texts: the share, with its parts; « entre … et … » when a count is withheld.

    Examples
    --------
    >>> from sdsf_analysis.indicators.ctg import ctg_coverage
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> tables = example_tables()
    >>> grid = coverage_grid(ctg_coverage(tables, "2024-06-30"), tables.territories)
    >>> grid.loc["E2", "Communes couvertes"].replace("\u202f", " ")
    '50,0 % (1 sur 2)'
    """
    entry = indicator("ctg_coverage")
    texts = coverage.assign(text=[_guarded_share(row, threshold) for _, row in coverage.iterrows()])
    order = coverage[coverage["measure"] == "population"].sort_values(["value", "territory"])["territory"]
    grid = texts.pivot(index="territory", columns="measure", values="text").reindex(order)
    measures = [measure for measure in entry.measures if measure.name in grid.columns]
    grid = grid[[measure.name for measure in measures]].set_axis(
        [measure.label for measure in measures], axis=1
    )
    names = territories.drop_duplicates("territory").set_index("territory")["name"]
    return grid.set_axis([names.get(code, code) for code in order], axis=0)


def problems_grid(
    problems: pd.DataFrame, ledger: pd.DataFrame, tables: Iterable[str] = CTG_TABLES
) -> pd.DataFrame:
    """Lay out what is doubtful in the files that some tables come from, the decisions to take first.

    Parameters
    ----------
    problems, ledger : pandas.DataFrame
        Tables of these names.
    tables : iterable of str
        Tables whose files matter.

    Returns
    -------
    pandas.DataFrame
        One row per cause: Cause, Gravité, Nombre, Où (three places at most), Que faire.

    Examples
    --------
    >>> problems = pd.DataFrame({"source": ["ctg.xlsx"], "sheet": ["CTG"], "cell": ["B4"],
    ...                          "code": ["commune_unknown"], "severity": ["question"]})
    >>> ledger = pd.DataFrame({"table": ["ctg"], "source": ["ctg.xlsx"]})
    >>> problems_grid(problems, ledger)["Où"].tolist()
    ['ctg.xlsx, feuille CTG, cellule B4']
    """
    sources = ledger.loc[ledger["table"].isin(list(tables)), "source"].unique()
    return causes_grid(problems[problems["source"].isin(sources)])


def causes_grid(problems: pd.DataFrame) -> pd.DataFrame:
    """Lay out problems by cause, the decisions to take first, then the most numerous.

    Parameters
    ----------
    problems : pandas.DataFrame
        Rows of the table ``problems``.

    Returns
    -------
    pandas.DataFrame
        As `problems_grid`: neither what was found nor the message, which are for the analyst alone.

    Examples
    --------
    >>> causes_grid(pd.DataFrame({"source": [], "sheet": [], "cell": [], "code": []})).empty
    True
    """
    rows = [_cause_row(str(code), group) for code, group in problems.groupby("code", sort=True)]
    grid = pd.DataFrame(rows, columns=["order", "Cause", "Gravité", "Nombre", "Où", "Que faire"])
    grid = grid.sort_values(["order", "Nombre"], ascending=[True, False], kind="stable")
    return grid.drop(columns="order").set_index("Cause").rename_axis(None)


def _cause_row(code: str, group: pd.DataFrame) -> tuple[int, str, str, int, str, str]:
    known = cause(code)
    places = [_place(row) for _, row in group.head(_N_EXAMPLES).iterrows()]
    where = " ; ".join(places) + (" ; …" if len(group) > _N_EXAMPLES else "")
    severity = choices("severity")[str(known.severity)]
    title = capital(known.title)
    return ORDER.index(known.severity), title, severity, len(group), where, known.suggestion


def _place(row: pd.Series) -> str:
    parts = [(row["source"], ""), (row["sheet"], "feuille "), (row["cell"], "cellule ")]
    return ", ".join(f"{word}{value}" for value, word in parts if pd.notna(value) and value)


def _written(row: pd.Series, unit: str) -> str:
    if unit == _PER_CENT:
        return _share(row)
    value, low = float(row["value"]), float(row["low"])
    if isnan(value):
        return f"au moins {_quantity(low, unit)}" if low > 0 else NO_VALUE
    return f"{value:.0f}" if unit == "année" else _quantity(value, unit)


def _quantity(value: float, unit: str) -> str:
    decimals = 1 if unit == "ETP" else 0
    singular = unit.removesuffix("s") if value < 2 else unit
    return f"{number(value, decimals)} {singular}"


def _guarded_share(row: pd.Series, threshold: int) -> str:
    covered, total = float(row["numerator"]), float(row["denominator"])
    is_small = any(0 < count < threshold for count in (covered, total - covered, total))
    if str(row["measure"]).startswith("children") and is_small:
        return f"effectif inférieur à {threshold}"
    return _share(row)


def _share(row: pd.Series) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if not isnan(value):
        return f"{percent(value)} ({number(row['numerator'])} sur {number(row['denominator'])})"
    if not isnan(low) and not isnan(high):
        return f"entre {percent(low)} et {percent(high)}"
    return "sans objet" if row["status"] == "not_applicable" else NO_VALUE
