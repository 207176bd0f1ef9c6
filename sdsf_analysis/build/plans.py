"""Action plans once all files are read: whose plan each is, and what in it does not hold together."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sdsf_analysis.build.cells import Cells
from sdsf_analysis.build.finish import problem_at, unknown_conventions
from sdsf_analysis.model.french import number
from sdsf_analysis.model.plans import COMMON, SDSF
from sdsf_analysis.model.problems import Problem
from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.text import normalise

_PLANS = ("actions", "action_measures")
_FORMS = ("convention territoriale globale", "ctg")
_SMALL_WORDS = {"de", "du", "des", "d", "la", "le", "les", "l"}
_SHARES = 1.0


def check_plans(frames: dict[str, pd.DataFrame], listed: set[str], cells: Cells) -> list[Problem]:
    """Give each plan of a CTG the number of its convention, and check the plans.

    Parameters
    ----------
    frames : dict
        Tidy tables; ``actions`` and ``action_measures`` are replaced.
    listed : set of str
        Numbers of the conventions that lists write.
    cells : Cells
        Cells of the rows.

    Returns
    -------
    list of Problem
        Plans of no known convention, numbers and scales that leave a doubt, targets that go the wrong way.
    """
    problems: list[Problem] = []
    for name in _PLANS:
        frames[name], unclear = _named(frames[name], frames["ctg"])
        problems += [cells.at(problem, row, "plan") for row, problem in unclear]
    of_ctg = pd.concat([frames[name] for name in _PLANS], ignore_index=True)
    is_asked = {problem.found for problem in problems}
    of_ctg = of_ctg[~of_ctg["plan"].isin([SDSF, COMMON, *is_asked])]
    problems += unknown_conventions(of_ctg, "plan", listed)
    problems += _repeated_numbers(frames["actions"], cells)
    problems += _orphans(frames["action_measures"], frames["actions"], cells)
    frames["action_measures"], mixed = _one_scale(frames["action_measures"], cells)
    return _once([*problems, *mixed, *_contrary(frames["action_measures"], cells)])


def _named(frame: pd.DataFrame, ctg: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, Problem]]]:
    """Number of the convention in place of its name; a name that several bear is asked about."""
    numbers = {normalise(code): code for code in ctg["ctg"].dropna()}
    by_name: dict[str, set[str]] = {}
    for code, name in ctg[["ctg", "name"]].dropna().itertuples(index=False):
        by_name.setdefault(_core(name), set()).add(code)
    plans, unclear = {SDSF: SDSF}, []
    for row in frame.dropna(subset=["plan"]).drop_duplicates("plan").to_dict("records"):
        text = str(row["plan"])
        found = by_name.get(_core(text), set())
        plans[text] = numbers.get(normalise(text)) or (next(iter(found)) if len(found) == 1 else text)
        if plans[text] == text and len(found) > 1:
            message = f"« {text} » est le nom de plusieurs conventions : {', '.join(sorted(found))}."
            unclear.append((row["_row"], problem_at(row, "plan_unclear", message, text)))
    plans = {text: SDSF if normalise(text) == normalise(SDSF) else plan for text, plan in plans.items()}
    return frame.assign(plan=frame["plan"].map(plans).astype(frame["plan"].dtype)), unclear


def _core(name: str) -> str:
    """Words of the name of a convention that tell it from the others.

    Examples
    --------
    >>> _core("CTG de la Dombes") == _core("Convention territoriale globale Dombes")
    True
    """
    plain = normalise(name)
    for form in _FORMS:
        plain = plain.removeprefix(form)
    return " ".join(word for word in plain.split() if word not in _SMALL_WORDS)


def _repeated_numbers(actions: pd.DataFrame, cells: Cells) -> Iterator[Problem]:
    """Ask about a number that two orientations of a plan give to two actions."""
    for _, same in actions.groupby(["plan", "action"], sort=False):
        first, *others = same.drop_duplicates("orientation").to_dict("records")
        for row in others:
            message = (
                f"Le numéro {row['action']} désigne deux fiches du plan {row['plan']} : "
                f"« {first['title']} » et « {row['title']} »."
            )
            problem = problem_at(row, "action_number_repeated", message, str(row["action"]))
            yield cells.at(problem, row["_row"], "action")


def _orphans(measures: pd.DataFrame, actions: pd.DataFrame, cells: Cells) -> Iterator[Problem]:
    """Name the indicators of an action that the plan has not; a plan without any action says nothing."""
    known = set(zip(actions["plan"], actions["action"], strict=True))
    planned = measures[measures["plan"].isin(actions["plan"])]
    for row in planned.drop_duplicates(["plan", "action"]).to_dict("records"):
        if (row["plan"], row["action"]) not in known:
            message = f"Le plan {row['plan']} n'a pas de fiche-action {row['action']}."
            problem = problem_at(row, "action_unknown", message, str(row["action"]))
            yield cells.at(problem, row["_row"], "action")


def _one_scale(measures: pd.DataFrame, cells: Cells) -> tuple[pd.DataFrame, list[Problem]]:
    """Set aside the shares of an indicator whose other values are percentages: 0,82 among 58 and 70."""
    problems, doubtful = [], []
    is_share = measures["unit"].fillna("").str.contains("%", regex=False)
    per_cent = measures[is_share & measures["value"].notna()]
    for _, same in per_cent.groupby(["plan", "action", "indicator"], sort=False):
        sizes = same["value"].abs()
        if sizes.max() > _SHARES:
            doubtful += same.index[(sizes > 0) & (sizes <= _SHARES)].tolist()
    for row in measures.loc[doubtful].to_dict("records"):
        found = f"{row['value']:.12g}".replace(".", ",")
        message = f"« {found} » : les autres valeurs de « {row['indicator']} » sont en pour cent."
        problems.append(cells.at(problem_at(row, "scale_mixed", message, found), row["_row"], "value"))
    kept = measures.copy()
    kept.loc[doubtful, ["value", "low", "high"]] = float("nan")
    kept.loc[doubtful, "status"] = str(Status.ERROR)
    return kept, problems


def _contrary(measures: pd.DataFrame, cells: Cells) -> Iterator[Problem]:
    """Name the targets that lie on the wrong side of the first value."""
    for _, same in measures.dropna(subset=["value"]).groupby(["plan", "action", "indicator"], sort=False):
        first, last = (same[same["role"] == role].to_dict("records") for role in ("baseline", "target"))
        if first and last and _goes_back(first[0], last[-1]):
            row = last[-1]
            start, end = (
                number(one["value"], 0 if float(one["value"]).is_integer() else 1) for one in (first[0], row)
            )
            sense = "à la hausse" if row["direction"] == "increase" else "à la baisse"
            message = f"« {row['indicator']} » est souhaité {sense}, mais la cible ({end}) suit {start}."
            yield cells.at(problem_at(row, "direction_doubtful", message, end), row["_row"], "value")


def _goes_back(first: dict[Any, Any], last: dict[Any, Any]) -> bool:
    change = last["value"] - first["value"]
    return bool(
        (last["direction"] == "increase" and change < 0) or (last["direction"] == "decrease" and change > 0)
    )


def _once(problems: list[Problem]) -> list[Problem]:
    """Say once what the actions and the indicators of a plan both raise at one cell."""
    return list(dict.fromkeys(problems))
