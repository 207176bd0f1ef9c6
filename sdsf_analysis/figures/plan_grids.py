"""The plan as a committee reads it: calendar, what is late, a table per orientation, the dates to come."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from sdsf_analysis.figures.plan_words import quantity
from sdsf_analysis.indicators.asked import Day, read_date
from sdsf_analysis.model.french import NO_VALUE, french_date, number, percent, plural
from sdsf_analysis.model.lists import choices

_UNNAMED = "sans orientation"
_LATE = ("late", "not_begun")


def calendar_words(actions: pd.DataFrame, on: Day) -> str:
    r"""Say from when to when a plan runs, and where its calendar is at a date.

    Parameters
    ----------
    actions : pandas.DataFrame
        Result of `actions_at`.
    on : str or datetime.date

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.actions import actions_at
    >>> calendar_words(actions_at(example_tables(), "2024-12-31", plan="SDSF"), "2024-12-31").split(" : ")[0]
    'Le plan compte 4 actions en 2 orientations, du 1er janvier 2022 au 31 décembre 2027'
    """
    if actions.empty:
        return ""
    counted = f"Le plan compte {plural(len(actions), 'action')} en {_n_orientations(actions)}"
    first, last = actions["starts_on"].min(), actions["ends_on"].max()
    if pd.isna(first) or pd.isna(last):
        return f"{counted}. Ses dates ne sont pas toutes connues."
    day = read_date(on)
    elapsed = 100 * (day - first).days / max((last - first).days, 1)
    where = (
        "il n'a pas commencé"
        if day < first
        else "son terme est passé"
        if day > last
        else f"{percent(elapsed, 0)} de sa durée est écoulée"
    )
    return f"{counted}, du {french_date(first)} au {french_date(last)} : au {french_date(day)}, {where}."


def _n_orientations(actions: pd.DataFrame) -> str:
    return plural(actions["orientation"].nunique(), "orientation")


def late_grid(actions: pd.DataFrame) -> pd.DataFrame:
    """Lay out what is late or should have begun, the latest first.

    Parameters
    ----------
    actions : pandas.DataFrame
        Result of `actions_at`.

    Returns
    -------
    pandas.DataFrame
        Texts, under the number of the action: Action, Pilote, Groupe de travail, Début, Échéance, État,
        Retard.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.actions import actions_at
    >>> late_grid(actions_at(example_tables(), "2024-06-30", plan="SDSF"))["Retard"].to_dict()
    {'1.2': '181 jours', '2.1': '30 jours'}
    """
    late = actions[actions["state"].isin(_LATE)].sort_values("days_late", ascending=False, kind="stable")
    late = late.reset_index(drop=True)
    grid = _action_texts(late)
    grid["Retard"] = [plural(days, "jour") for days in late["days_late"]]
    return grid


def no_late_words(actions: pd.DataFrame) -> str:
    """Say that nothing is late, or which file would tell it.

    Examples
    --------
    >>> no_late_words(pd.DataFrame({"action": ["1.1"]}))
    'Aucune action connue en retard.'
    """
    return "Aucune action connue en retard." if len(actions) else actions.attrs.get("remark", "")


def orientation_grids(actions: pd.DataFrame, progress: pd.DataFrame) -> dict[str, pd.DataFrame]:
    r"""Lay out the actions of each orientation, beside their indicators.

    Parameters
    ----------
    actions, progress : pandas.DataFrame
        Results of `actions_at` and `plan_progress`, of one plan.

    Returns
    -------
    dict of str to pandas.DataFrame
        By orientation, in the order of their actions; texts, under the number of the action.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.actions import actions_at
    >>> from sdsf_analysis.indicators.plan.progress import plan_progress
    >>> tables, day = example_tables(), "2024-06-30"
    >>> actions = actions_at(tables, day, plan="SDSF")
    >>> grids = orientation_grids(actions, plan_progress(tables, day, plan="SDSF"))
    >>> list(grids), grids["Offre"].loc["1.1", "Indicateur"]
    (['Offre', 'Qualité'], 'Couverture\xa0: 48 → 51 → 56\u202f%')
    """
    told = progress.assign(text=[_path(row) for row in progress.to_dict("records")])
    by_action = told.groupby("action", sort=False)["text"].agg(" ; ".join)
    named = actions["orientation"].astype("str").fillna(_UNNAMED)
    grids = {}
    for orientation in named.drop_duplicates():
        rows = actions[named == orientation].reset_index(drop=True)
        grid = _action_texts(rows)
        grid["Indicateur"] = [by_action.get(number, "aucun") for number in rows["action"]]
        grids[str(orientation)] = grid
    return grids


def _action_texts(actions: pd.DataFrame) -> pd.DataFrame:
    labels = choices("action_state")
    texts = {
        "Action": _words(actions["title"]),
        "Pilote": _words(actions["lead"]),
        "Groupe de travail": _words(actions["working_group"]),
        "Début": _days(actions["starts_on"]),
        "Échéance": _days(actions["ends_on"]),
        "État": [labels[state] for state in actions["state"]],
    }
    return pd.DataFrame(texts, dtype="str").set_axis(actions["action"].tolist(), axis=0)


def _path(row: Mapping[Hashable, Any]) -> str:
    unit = "" if pd.isna(row["unit"]) else str(row["unit"])
    values = [quantity(row["baseline"], ""), _measured(row), quantity(row["target"], unit)]
    return f"{row['indicator']}\N{NO-BREAK SPACE}: {' → '.join(values)}"


def _measured(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["value"]) and not pd.isna(row["low"]):
        return f"entre {quantity(row['low'], '')} et {quantity(row['high'], '')}"
    return quantity(row["value"], "")


def progress_grid(progress: pd.DataFrame) -> pd.DataFrame:
    r"""Lay out the indicators: first value, measure, target, share of the way, point expected.

    Parameters
    ----------
    progress : pandas.DataFrame
        Result of `plan_progress`.

    Returns
    -------
    pandas.DataFrame
        Texts, under the name of the indicator: Départ, Mesure, Mesuré le, Valeur attendue, Cible,
        Cible au, Chemin parcouru, État.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.progress import plan_progress
    >>> grid = progress_grid(plan_progress(example_tables(), "2024-06-30", plan="SDSF"))
    >>> grid.loc["1.1 Couverture", ["Mesure", "Valeur attendue", "Chemin parcouru"]].tolist()
    ['51\u202f%', '52,0\u202f%', '37,5\u202f%']
    """
    labels = choices("progress_state")
    rows = progress.to_dict("records")
    units = ["" if pd.isna(row["unit"]) else str(row["unit"]) for row in rows]
    texts = {
        "Départ": [quantity(row["baseline"], "") for row in rows],
        "Mesure": [
            _measured(row) if pd.isna(row["value"]) else quantity(row["value"], unit)
            for row, unit in zip(rows, units, strict=True)
        ],
        "Mesuré le": _days(progress["measured_on"].where(progress["state"] != "no_value")),
        "Valeur attendue": [quantity(row["expected"], unit) for row, unit in zip(rows, units, strict=True)],
        "Cible": [quantity(row["target"], "") for row in rows],
        "Cible au": _days(progress["target_on"]),
        "Chemin parcouru": [_share(row) for row in rows],
        "État": [labels[str(row["state"])] for row in rows],
    }
    names = [f"{row['action']} {row['indicator']}" for row in rows]
    return pd.DataFrame(texts, dtype="str").set_axis(names, axis=0)


def _share(row: Mapping[Hashable, Any]) -> str:
    if not pd.isna(row["progress"]):
        return percent(row["progress"])
    if pd.isna(row["progress_low"]):
        return NO_VALUE if row["state"] in ("no_value", "no_baseline") else "sans objet"
    return f"entre {percent(row['progress_low'])} et {percent(row['progress_high'])}"


def groups_grid(meetings: pd.DataFrame, actions: pd.DataFrame, on: Day) -> pd.DataFrame:
    """Lay out the working groups of a plan: meetings held, attendance, last and next one.

    Parameters
    ----------
    meetings : pandas.DataFrame
        Table ``meetings``.
    actions : pandas.DataFrame
        Result of `actions_at`: its working groups are those that are shown.
    on : str or datetime.date

    Returns
    -------
    pandas.DataFrame
        Texts, under the name of the group: Actions, Rencontres tenues, Présents en moyenne, Dernière,
        Prochaine.
    """
    day = read_date(on)
    rows = {}
    for group, ours in actions.dropna(subset=["working_group"]).groupby("working_group", sort=True):
        met = meetings[meetings["network"] == group].sort_values("date")
        held, ahead = met[met["date"] <= day], met[met["date"] > day]
        attendance = held["attendance"].dropna()
        rows[str(group)] = {
            "Actions": number(len(ours)),
            "Rencontres tenues": number(len(held)),
            "Présents en moyenne": number(float(attendance.mean()), 0) if len(attendance) else NO_VALUE,
            "Dernière": _days(held["date"].tail(1))[0] if len(held) else "aucune connue",
            "Prochaine": _days(ahead["date"].head(1))[0] if len(ahead) else "aucune connue",
        }
    columns = ["Actions", "Rencontres tenues", "Présents en moyenne", "Dernière", "Prochaine"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def dates_grid(actions: pd.DataFrame, meetings: pd.DataFrame, on: Day, months: int = 12) -> pd.DataFrame:
    """Lay out the dates that come: actions to begin or to end, meetings of the working groups.

    Parameters
    ----------
    actions : pandas.DataFrame
        Result of `actions_at`.
    meetings : pandas.DataFrame
        Table ``meetings``.
    on : str or datetime.date
        The dates are after this day.
    months : int
        How far.

    Returns
    -------
    pandas.DataFrame
        Texts, under the date, the earliest first: Quoi, Qui.
    """
    day = read_date(on)
    going = actions[~actions["state"].isin(["done", "dropped"])]
    groups = actions["working_group"].dropna().unique()
    met = meetings[meetings["network"].isin(groups)]
    events = [
        going.assign(date=going["ends_on"], what="Échéance de l'action ", who=going["lead"]),
        going[going["state"] == "to_come"].assign(
            date=going["starts_on"], what="Début de l'action ", who=going["lead"]
        ),
    ]
    rows = pd.concat(events)
    named = rows["what"] + rows["action"] + " : " + rows["title"].fillna(NO_VALUE)
    told = pd.DataFrame({"date": rows["date"], "Quoi": named, "Qui": rows["who"]})
    together = met.groupby("date")["network"].agg(lambda names: ", ".join(sorted(names)))
    meeting = together.rename("Qui").reset_index().assign(Quoi="Rencontre des groupes de travail")
    every = pd.concat([told, meeting]).sort_values(["date", "Quoi", "Qui"], kind="stable")
    every = every[(every["date"] > day) & (every["date"] <= day + pd.DateOffset(months=months))]
    texts = every[["Quoi", "Qui"]].astype("str").fillna(NO_VALUE)
    return texts.set_axis(_days(every["date"]), axis=0)


def _days(days: pd.Series) -> list[str]:
    return [NO_VALUE if pd.isna(day) else f"{day:%d/%m/%Y}" for day in days]


def _words(texts: pd.Series) -> list[str]:
    return [NO_VALUE if pd.isna(text) else str(text) for text in texts]
