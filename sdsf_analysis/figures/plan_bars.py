"""The actions of a plan in their states: one bar per orientation, working group or lead."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sdsf_analysis.figures.frame import (
    KEYS,
    KEYS_MM,
    MARGIN_MM,
    add_notes,
    add_title,
    add_watermark,
    nothing_page,
    panel,
)
from sdsf_analysis.figures.labels import wrapped
from sdsf_analysis.figures.style import A4_MM, ACCENT, INK, PAPER, WARNING, Page, house_style
from sdsf_analysis.indicators.registry import indicator
from sdsf_analysis.model.french import plural
from sdsf_analysis.model.lists import choices

MISSING = "Il faut le plan d'actions (recette action_plan), avec l'avancement et les dates de chaque action."
# face, hatch, colour of the number: the hatch is enough in grey
FILLS: dict[str, tuple[str, str, str]] = {
    "done": (ACCENT, "", PAPER),
    "under_way": ("#A9CBE3", "", INK),
    "to_come": ("#E6EBEE", "", INK),
    "not_begun": ("#F3C15F", "////", INK),
    "late": (WARNING, "", PAPER),
    "undated": (PAPER, "....", INK),
    "unsaid": (PAPER, "xxxx", INK),
    "dropped": ("#8A949B", "", PAPER),
}
_HEADER_MM, _FOOTER_MM, _NAMES_MM = 42.0, 18.0, 74.0
_TALLEST_ROW_MM, _BAR = 16.0, 0.56


def actions_bars(counted: pd.DataFrame, *, fictitious: bool = False, width_mm: float = A4_MM[0]) -> Page:
    """Draw how many actions are in each state.

    Parameters
    ----------
    counted : pandas.DataFrame
        Result of `actions_by`.
    fictitious : bool
        Whether to say that the data are made up.
    width_mm : float
        Width of the page; its height follows the number of groups.

    Returns
    -------
    Page
        A matplotlib Figure; ``alt_text`` is the sentence for who cannot see it.

    Examples
    --------
    >>> from sdsf_analysis.indicators.example import example_tables
    >>> from sdsf_analysis.indicators.plan.actions import actions_by
    >>> actions_bars(actions_by(example_tables(), "2024-06-30")).alt_text.split(".")[0]
    '2 actions en retard sur 4'
    """
    counts = counted.pivot(index="group", columns="measure", values="value")
    counts = counts.reindex(counted["group"].drop_duplicates())
    if counts.empty:
        return nothing_page("Aucune action dans les tables", MISSING, (width_mm, 0.0))
    height = _HEADER_MM + _FOOTER_MM + _TALLEST_ROW_MM * len(counts)
    page = Page((width_mm, height))
    with house_style():
        subtitle = f"Actions du plan selon leur avancement et leur calendrier{_of(counted)}"
        add_title(page, _title(counts), subtitle)
        axes = panel(
            page, MARGIN_MM + _NAMES_MM, _FOOTER_MM, width_mm - 2 * MARGIN_MM - _NAMES_MM,
            height - _HEADER_MM - _FOOTER_MM,
        )  # fmt: skip
        axes.set_xlim(0, 1.005 * counts["actions"].max())
        axes.set_ylim(len(counts), 0)
        for place, (group, row) in enumerate(counts.iterrows()):
            _draw_row(axes, place, str(group), row)
        _draw_keys(page, counts)
        add_notes(page, _notes())
        if fictitious:
            add_watermark(page, axes)
    told = " ".join(f"{group} : {_told(row)}." for group, row in counts.iterrows())
    page.alt_text = f"{_title(counts)}. {told}{' Données fictives.' if fictitious else ''}"
    return page


def _of(counted: pd.DataFrame) -> str:
    words = {"orientation": "orientation", "working_group": "groupe de travail", "lead": "pilote"}
    of = counted.attrs.get("of")
    return f", par {words[of]}" if of in words else ""


def _title(counts: pd.DataFrame) -> str:
    behind = int(counts[["not_begun", "late"]].to_numpy().sum())
    total = int(counts["actions"].sum())
    words = plural(behind, "action en retard", "actions en retard") if behind else "Aucune action en retard"
    return f"{words} sur {total}"


def _told(row: pd.Series) -> str:
    labels = choices("action_state")
    return ", ".join(f"{labels[state]} {row[state]:.0f}" for state in FILLS if row[state])


def _draw_row(axes: Axes, place: int, group: str, row: pd.Series) -> None:
    left, middle = 0.0, place + 0.5
    name: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
    axes.annotate(wrapped(group, 42), (0, middle), (-6, 0), size=8.5, ha="right", va="center", **name)
    for state, (face, hatch, ink) in FILLS.items():
        count = float(row[state])
        if not count:
            continue
        box = (left, middle - _BAR / 2), count, _BAR
        axes.add_patch(Rectangle(*box, facecolor=face, hatch=hatch, edgecolor=INK, lw=0))
        axes.add_patch(Rectangle(*box, facecolor="none", edgecolor=INK, lw=0.6))
        label = axes.text(
            left + count / 2, middle, f"{count:.0f}", size=9, color=ink, ha="center", va="center"
        )
        if hatch:
            label.set_bbox({"facecolor": face, "edgecolor": "none", "pad": 1.5})
        left += count


def _draw_keys(page: Page, counts: pd.DataFrame) -> None:
    present = [state for state in FILLS if counts[state].sum()]
    handles = [
        Rectangle((0, 0), 1, 1, facecolor=FILLS[one][0], hatch=FILLS[one][1], edgecolor=INK, lw=0.5)
        for one in present
    ]
    labels = [choices("action_state")[one] for one in present]
    width, height = page.size_mm
    place = MARGIN_MM / width, (height - KEYS_MM) / height
    page.legend(handles, labels, ncols=4, loc="upper left", bbox_to_anchor=place, **KEYS)


def _notes() -> list[str]:
    source = indicator("actions_by")
    return [
        "En retard : échéance dépassée, ou pas commencée alors qu'elle aurait dû. L'avancement est celui du "
        "plan reçu.",
        f"Source : {source.source}. Niveau de diffusion : {source.diffusion}.",
    ]
