"""The page of methods, ``docs/methods.md``, made from what the indicators say of themselves.

``python -m sdsf_analysis.indicators.methods_page`` writes it anew; a test holds the file to the registry.
"""

from collections.abc import Iterable
from inspect import Parameter
from pathlib import Path

from sdsf_analysis.indicators.asking import options_of
from sdsf_analysis.indicators.declaration import Indicator, Measure
from sdsf_analysis.indicators.registry import THEMES
from sdsf_analysis.model.lists import choices

PATH = Path(__file__).parents[2] / "docs" / "methods.md"
DIRECTIONS = {"up": "plus est mieux", "down": "moins est mieux", "neutral": ""}
INTRODUCTION = """\
# Méthodes des indicateurs

Ce document est produit par `python -m sdsf_analysis.indicators.methods_page` : ne pas le modifier à la main.

Un taux se calcule toujours en sommant d'abord le numérateur et le dénominateur, puis en divisant : jamais \
comme une moyenne de taux. Il voyage avec ses deux parties. Une valeur secrète ou manquante n'est pas un \
zéro : le résultat est alors donné par ses bornes (`low`, `high`) quand elles sont connues ; son statut dit \
pourquoi il manque. Ce qu'il faut dire à côté d'un résultat est dans sa remarque.

Chaque indicateur se demande en Python (`sdsf.indicator("nom", tables, …)`), par la commande \
(`sdsf indicator nom`) ou en SQL."""


def render() -> str:
    """Write the page from the registry.

    Examples
    --------
    >>> render().splitlines()[0]
    '# Méthodes des indicateurs'
    """
    parts = [INTRODUCTION]
    for theme, entries in THEMES.items():
        parts += [f"## {theme}", *map(_section, entries)] if entries else []
    return "\n\n".join(parts) + "\n"


def _section(entry: Indicator) -> str:
    levels = choices("level")
    facts = {
        "Calcul": entry.formula,
        "Référence": entry.reference,
        "Limites": entry.limits,
        "Niveaux": ", ".join(levels.get(level, level) for level in entry.levels),
        "Source": entry.source,
        "Diffusion": entry.diffusion,
        "Options": ", ".join(map(_option, options_of(entry).values())),
    }
    told = "\n".join(f"- **{name}** : {text}" for name, text in facts.items() if text)
    return f"### `{entry.name}` : {entry.label}\n\n{told}\n\n{_measures(entry.measures, entry.is_list)}"


def _option(parameter: Parameter) -> str:
    is_needed = parameter.default in (Parameter.empty, None)
    return f"`{parameter.name}`" if is_needed else f"`{parameter.name}={parameter.default}`"


def _measures(measures: Iterable[Measure], is_list: bool) -> str:
    first = "colonne" if is_list else "mesure"
    rows = [(f"`{one.name}`", one.label, one.unit, DIRECTIONS[one.direction]) for one in measures]
    lines = [(first, "libellé", "unité", "sens"), ("---",) * 4, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8", newline="\n")
