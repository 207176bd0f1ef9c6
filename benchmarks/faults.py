"""What the reader finds, repairs and wrongly accuses: ``python benchmarks/faults.py [--runs N] [--write]``.

Each fault is planted alone in clean files of drawn formats and départements, then several at once. The
answers are those of `sdsf read`; for faults of names, those of the match of each row to a commune.
``--write`` puts the table in docs/faults.md; ``--show`` tells what was missed or accused, ``--show 29 30``
for these faults only.
"""

import argparse
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from sdsf_analysis.demo.faults import Verdict, draw, faults, try_out
from sdsf_analysis.recipes.inspection import read
from sdsf_analysis.territories.names import CommuneIndex

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENT = PROJECT / "docs" / "faults.md"
GEOGRAPHY = 2026
RUNS, COMBINED = 20, 200
BEHAVIOURS = {"S": "réparée sans bruit", "R": "réparée et dite", "A": "demandée", "X": "refusée"}
COUNTS = ("tried", "found", "right", "clean", "misread", "accused")
HEAD = """# Les fautes des tableurs, et ce que le lecteur en fait

Écrit par `python benchmarks/faults.py --write` : ne pas modifier à la main.

Chaque faute du catalogue est plantée dans des fichiers propres (communes réelles, chiffres fictifs) de
formats et de départements tirés au sort, puis plusieurs à la fois. Une faute est *trouvée* quand elle est
dite à sa cellule, sous le nom attendu ; elle est *bien traitée* quand la valeur est rétablie (fautes
réparées) ou laissée telle quelle (fautes demandées ou refusées). Une cellule saine est *accusée* quand un
problème y est dit à tort, *mal lue* quand sa valeur n'est pas la sienne. Les fautes qui tiennent au nom
d'une commune (37, 40 à 42, D7) sont jugées sur le rapprochement de chaque ligne avec les communes du
département. Une faute réparée sans bruit est trouvée quand sa valeur est juste.

Les numéros sont ceux du catalogue, suivis d'une lettre où une faute prend plusieurs formes ; D : fautes à
décider avec les utilisateurs ; F : autres formes de feuilles ; H : habitudes des expéditeurs. Ne sont pas
plantées ici : les fautes 38 et 39 et l'année dite par le seul nom du fichier, qui sont l'affaire de la
construction et que ses tests éprouvent ; le tableau de 65 536 lignes (D6), trop long pour être écrit tant de
fois, que les tests du lecteur éprouvent.

| n° | faute | elle est | essayées | trouvées | bien traitées | cellules saines lues | mal lues | accusées |
|---|---|---|--:|--:|--:|--:|--:|--:|
"""


@cache
def communes(departement: str) -> CommuneIndex:
    """Communes of a département, built once."""
    return CommuneIndex(departement, GEOGRAPHY)


def verdict_of(numbers: list[str], seed: str, folder: Path) -> Verdict:
    """Try some faults out on this reader."""
    return try_out(numbers, seed, folder, read, lambda departement: communes(departement).resolve)[1]


def tally(verdicts: list[Verdict]) -> Counter[str]:
    """Count what became of the faults and of the clean cells."""
    counts: Counter[str] = Counter()
    for verdict in verdicts:
        counts["tried"] += len(verdict.outcomes)
        counts["found"] += sum(one.found for one in verdict.outcomes)
        counts["right"] += sum(one.right for one in verdict.outcomes)
        counts["clean"] += verdict.clean
        counts["misread"] += len(verdict.misread)
        counts["accused"] += len(verdict.accused)
    return counts


def line(number: str, name: str, treatment: str, counts: Counter[str]) -> str:
    """One line of the table."""
    return f"| {number} | {name} | {treatment} | {' | '.join(str(counts[key]) for key in COUNTS)} |"


def in_order(number: str) -> tuple[bool, int, str]:
    """Place of a fault in the table: the numbers of the catalogue first."""
    digits = int("".join(letter for letter in number if letter.isdigit()))
    return not number[0].isdigit(), digits * number[0].isdigit(), number


def show(title: str, verdicts: list[Verdict]) -> None:
    """Tell what was missed, misread or accused."""
    for verdict in verdicts:
        for outcome in verdict.missed:
            print(f"{title} {'' if outcome.found else 'MISSED '}{'' if outcome.right else 'WRONG '}{outcome}")
        for text in verdict.misread:
            print(f"{title} MISREAD {text}")
        for text in verdict.accused:
            print(f"{title} ACCUSED {text}")


def main() -> None:
    """Measure, print, write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--combined", type=int, default=COMBINED)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", nargs="*", default=None, metavar="NUMBER")
    options = parser.parse_args()
    everything: Counter[str] = Counter()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for number in sorted(faults(), key=in_order):
            fault = faults()[number]
            if options.show and number not in options.show:
                continue
            verdicts = [verdict_of([number], str(run), Path(folder)) for run in range(options.runs)]
            everything += (counts := tally(verdicts))
            lines.append(line(number, fault.name, BEHAVIOURS[fault.behaviour], counts))
            if options.show is not None:
                show(number, verdicts)
        combined = [verdict_of(draw(str(run)), str(run), Path(folder)) for run in range(options.combined)]
    if options.show == []:
        show("combined", combined)
    everything += (counts := tally(combined))
    lines.append(line("—", f"{options.combined} fichiers de plusieurs fautes", "selon la faute", counts))
    lines.append(line("", "**Ensemble**", "", everything))
    text = HEAD + "\n".join(lines) + "\n"
    print(text)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
