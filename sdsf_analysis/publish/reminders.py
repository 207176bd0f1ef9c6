"""The message that reminds a partner of what is awaited: it quotes cells, never what they say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from sdsf_analysis.figures.answers import Words
from sdsf_analysis.indicators.requests import LATE
from sdsf_analysis.model.french import french_date, plural
from sdsf_analysis.model.problems import ORDER, Problem, cause
from sdsf_analysis.publish.returns.remarks import Remark, advice_of, remarks

_SHOWN = 8
_AWAITED = (
    "Pour {plan}, nous vous avons demandé le fichier suivant, qui ne nous est pas parvenu au {day} :",
    "Pour {plan}, nous vous avons demandé les fichiers suivants, qui ne nous sont pas parvenus au {day} :",
)
_ASKED_AGAIN = (
    "Si vous nous l'avez adressé entre-temps, merci de ne pas tenir compte de cette relance. Sinon, "
    "pourriez-vous nous l'envoyer dès que possible, ou nous dire quand nous pourrons le recevoir ?",
    "Si vous nous les avez adressés entre-temps, merci de ne pas tenir compte de cette relance. Sinon, "
    "pourriez-vous nous les envoyer dès que possible, ou nous dire quand nous pourrons les recevoir ?",
)
_RECEIVED = (
    "bien reçu le fichier ci-dessous et vous en remercions. Il reste quelques cellules à préciser ou à "
    "corriger :",
    "bien reçu les fichiers ci-dessous et vous en remercions. Il reste quelques cellules à préciser ou à "
    "corriger :",
)
_RETURNED = (
    "Une copie de ce fichier, où les cellules en cause sont colorées et commentées, est jointe à ce message. "
    "Pourriez-vous nous renvoyer le fichier corrigé, ou nous répondre sur ces points ?",
    "Une copie de chacun de ces fichiers, où les cellules en cause sont colorées et commentées, est jointe à "
    "ce message. Pourriez-vous nous renvoyer les fichiers corrigés, ou nous répondre sur ces points ?",
)
_END = "Nous restons à votre disposition pour toute précision.\n\nBien cordialement,"


@dataclass(frozen=True)
class Letterhead:
    """What every message says: the plan that files are for, the day, the French titles of the kinds."""

    schema_name: str
    on: date
    titles: Mapping[str, str] = field(default_factory=dict)
    fictitious: bool = False

    @property
    def plan(self) -> str:
        """The plan within a sentence."""
        name = self.schema_name
        is_plan = name.casefold().startswith("schéma")
        return f"le {name[:1].lower()}{name[1:]}" if is_plan else f"« {name} »"


def reminders(followed: pd.DataFrame, problems: Iterable[Problem], head: Letterhead) -> dict[str, str]:
    """Write the message to each partner who owes a file, or a file of whom has cells to correct.

    Parameters
    ----------
    followed : pandas.DataFrame
        As `requests_followed` gives.
    problems : iterable of Problem
        Problems of the last build.
    head : Letterhead

    Returns
    -------
    dict of str to str
        Partner → text; nobody is written to for a file that was not asked.

    Examples
    --------
    >>> row = {"partner": "Caf", "kind": "ctg", "version": None, "asked_on": pd.Timestamp(2024, 11, 4),
    ...        "due_on": pd.Timestamp(2024, 12, 13), "state": "late", "source": None}
    >>> head = Letterhead("Schéma", date(2024, 12, 31), {"ctg": "Suivi des CTG"})
    >>> print(reminders(pd.DataFrame([row]), [], head)["Caf"].splitlines()[5])
      – « Suivi des CTG » : demandé le 4 novembre 2024, attendu le 13 décembre 2024.
    """
    told = remarks(problems)
    texts = {}
    for partner, rows in followed.dropna(subset=["partner"]).groupby("partner", sort=True):
        late = rows[rows["state"] == LATE].to_dict("records")
        cells = {source: told[source] for source in dict.fromkeys(rows["source"].dropna()) if source in told}
        if late or cells:
            mark = " [données fictives]" if head.fictitious else ""
            parts = [
                f"Objet : {head.schema_name} – {_subject(late, cells)}{mark}",
                "Madame, Monsieur,",
                *_awaited(late, head),
                *_to_correct(cells, is_more=bool(late)),
                _END,
            ]
            texts[str(partner)] = "\n\n".join(parts)
    return texts


def reminder_words(texts: Mapping[str, str]) -> Words:
    """Lay out the messages for a notebook: one block to copy for each partner.

    Examples
    --------
    >>> print(reminder_words({"Caf": "Madame, Monsieur,"}))
    **À : Caf**
    <BLANKLINE>
    ```text
    Madame, Monsieur,
    ```
    >>> reminder_words({})
    'Personne à relancer.'
    """
    blocks = [f"**À : {partner}**\n\n```text\n{text}\n```" for partner, text in texts.items()]
    return Words("\n\n".join(blocks) or "Personne à relancer.")


def _subject(late: list[dict[Any, Any]], cells: Mapping[str, object]) -> str:
    awaited = _of_number(late, ("fichier attendu", "fichiers attendus"))
    received = _of_number(cells, ("précisions sur le fichier reçu", "précisions sur les fichiers reçus"))
    return " et ".join(filter(None, (awaited, received)))


def _of_number(some: "list[Any] | Mapping[str, Any]", forms: tuple[str, str]) -> str:
    """Singular or plural of a text, nothing for nothing."""
    return forms[len(some) > 1] if some else ""


def _awaited(late: list[dict[Any, Any]], head: Letterhead) -> Iterator[str]:
    """What was asked and did not come, and what we hope for."""
    if late:
        start = _of_number(late, _AWAITED).format(plan=head.plan, day=french_date(head.on))
        lines = " ;\n".join(f"  – {_said(row, head.titles)}" for row in late)
        yield f"{start}\n{lines}."
        yield _of_number(late, _ASKED_AGAIN)


def _said(row: Mapping[Any, Any], titles: Mapping[str, str]) -> str:
    version = f" ({row['version']})" if pd.notna(row["version"]) else ""
    asked = f"demandé le {french_date(row['asked_on'])}, " if pd.notna(row["asked_on"]) else ""
    title = titles.get(row["kind"], row["kind"]) if pd.notna(row["kind"]) else "fichier"
    return f"« {title} »{version} : {asked}attendu le {french_date(row['due_on'])}"


def _to_correct(cells: Mapping[str, list[Remark]], *, is_more: bool) -> Iterator[str]:
    """Cells of the files received that only their sender can mend."""
    if cells:
        start = "Par ailleurs, nous avons" if is_more else "Nous avons"
        yield f"{start} {_of_number(cells, _RECEIVED)}"
        for source, some in cells.items():
            yield "\n".join([f"« {source} »", *_lines(some)])
        yield _of_number(cells, _RETURNED)


def _lines(some: Iterable[Remark]) -> Iterator[str]:
    """One line for each sheet and cause, the gravest first, with the first cells in cause."""
    ordered = sorted(some, key=lambda one: (ORDER.index(one.severity), one.sheet, one.code, one.place))
    for (_, sheet, code), same in groupby(ordered, key=lambda one: (one.severity, one.sheet, one.code)):
        cells = list(dict.fromkeys(one.cell for one in same))
        more = len(cells) - _SHOWN
        shown = ", ".join(cells[:_SHOWN]) + (f" et {plural(more, 'autre', 'autres')}" if more > 0 else "")
        where = f"feuille « {sheet} », " if sheet else ""
        word = _of_number(cells, ("cellule", "cellules"))
        yield f"  – {where}{word} {shown} : {cause(code).title}. {advice_of(code)}"
