"""The dictionary of the tables, ``docs/dictionary.md``, made from their declarations.

``python -m sdsf_analysis.model.dictionary`` writes it anew; a test holds the file to the declarations.
"""

from collections.abc import Iterable
from pathlib import Path

from sdsf_analysis.model.declaration import Column, Table
from sdsf_analysis.model.lists import Choice, choices, entries, list_names
from sdsf_analysis.model.tables import tables

PATH = Path(__file__).parents[2] / "docs" / "dictionary.md"
DTYPE_LABELS = {"str": "texte", "float": "nombre", "int": "entier", "date": "date", "bool": "oui ou non"}
INTRODUCTION = """\
# Dictionnaire des tables

Ce document est produit par `python -m sdsf_analysis.model.dictionary` : ne pas le modifier à la main.

Chaque table est un fichier de `data/processed/`. Les colonnes **en gras** forment la clé : deux lignes \
n'ont jamais la même. Une colonne obligatoire n'est jamais vide. La diffusion dit qui peut voir une \
colonne : `public`, `partenaires` (membres du comité départemental et signataires) ou `interne` ; \
un code d'une liste peut être plus strict que sa colonne, comme la trésorerie d'un service.

Un nombre ne va jamais seul : son statut dit s'il est connu, secret, manquant… La valeur n'est remplie \
que si le statut est « connu » ; les bornes sont données quand elles sont connues. Le signe écrit \
dans le fichier reçu (`nd`, `s`, `<5`…) reste dans la table `ledger`.

Une liste « ouverte » donne le libellé des codes habituels et en accepte d'autres, comme un zonage \
apporté par l'espace de travail."""


def render() -> str:
    """Write the dictionary from the declarations.

    Returns
    -------
    str
        French text in Markdown: the tables and their columns, then the closed lists.

    Examples
    --------
    >>> render().splitlines()[0]
    '# Dictionnaire des tables'
    """
    parts = [INTRODUCTION, "## Tables", *map(_table_section, tables().values())]
    parts += ["## Listes", *map(_list_section, list_names())]
    return "\n\n".join(parts) + "\n"


def _table_section(table: Table) -> str:
    rows = _markdown(
        ("colonne", "libellé", "type", "unité", "liste", "obligatoire", "diffusion"),
        map(_column_row, table.columns),
    )
    return f"### `{table.name}` : {table.label}\n\n{table.row}\n\n{rows}"


def _column_row(column: Column) -> tuple[str, ...]:
    name = f"`{column.name}`"
    return (
        f"**{name}**" if column.is_key else name,
        column.label,
        DTYPE_LABELS[column.dtype],
        column.unit or "",
        _list_link(column),
        "oui" if column.is_required else "",
        column.diffusion,
    )


def _list_link(column: Column) -> str:
    if column.choices is None:
        return ""
    return f"[`{column.choices}`](#{column.choices})" + (" (ouverte)" if column.is_open else "")


def _list_section(name: str) -> str:
    found = entries(name).values()
    families = choices("offer_family")
    extra = {
        "famille": [families.get(choice.family or "", "") for choice in found],
        "unité": [choice.unit or "" for choice in found],
        "diffusion": [choice.diffusion or "" for choice in found],
    }
    kept = {title: values for title, values in extra.items() if any(values)}
    rows = [_choice_row(choice, cells) for choice, *cells in zip(found, *kept.values(), strict=True)]
    return f"### {name}\n\n{_markdown(('code', 'libellé', *kept), rows)}"


def _choice_row(choice: Choice, extra: Iterable[str]) -> tuple[str, ...]:
    return (f"`{choice.code}`", choice.label, *extra)


def _markdown(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(titles)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8", newline="\n")
