"""Names of fictitious structures, operators and persons, and French ways of writing places."""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdsf_analysis.demo.dice import Dice
from sdsf_analysis.demo.setting import Commune

VOWELS = "AEIOUYÀÂÉÈÊËÎÏÔÖÙÛÜŒÆ"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs a service, and what kind of body it is."""

    name: str
    kind: str


@cache
def words(name: str) -> tuple[str, ...]:
    """Words of a list of ``words.toml``.

    Examples
    --------
    >>> words("mutuals")[0]
    'Mutuelle Horizon Fictif'
    """
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name])


def of_place(name: str) -> str:
    """« de » before the name of a commune.

    Examples
    --------
    >>> of_place("Ambérieu-en-Bugey"), of_place("Le Mans"), of_place("Les Abymes"), of_place("Gex")
    ("d'Ambérieu-en-Bugey", 'du Mans', 'des Abymes', 'de Gex')
    """
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d'{name}" if name[0].upper() in VOWELS else f"de {name}"


def unaccented(text: str) -> str:
    """Capitals without accents nor ligatures, as the Cnaf writes names.

    Examples
    --------
    >>> unaccented("Communauté du Bœuf-d'Or")
    "COMMUNAUTE DU BOEUF-D'OR"
    """
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper()


def town(name: str) -> str:
    """Name of a town in capitals, without accents, hyphens nor apostrophes.

    Examples
    --------
    >>> town("Saint-Jean-de-l'Étang")
    'SAINT JEAN DE L ETANG'
    """
    return unaccented(name).replace("-", " ").replace("'", " ")


def structure_names(dice: Dice) -> Iterator[str]:
    """Endless distinct names of structures.

    Examples
    --------
    >>> names = structure_names(Dice("a"))
    >>> len({next(names) for _ in range(700)})
    700
    """
    pairs = [
        f"{first} {second}" for first in words("structure_first") for second in words("structure_second")
    ]
    yield from numbered(dice.shuffled(pairs))


def micro_creche_names(dice: Dice) -> Iterator[str]:
    """Endless distinct names of micro-crèches.

    Examples
    --------
    >>> next(micro_creche_names(Dice("a"))).startswith("Micro-crèche ")
    True
    """
    return numbered([f"Micro-crèche {name}" for name in dice.shuffled(words("micro_creches"))])


def numbered(names: list[str]) -> Iterator[str]:
    """Names in turn, then again with a number.

    Examples
    --------
    >>> from itertools import islice
    >>> list(islice(numbered(["A", "B"]), 3))
    ['A', 'B', 'A 2']
    """
    yield from names
    number = 2
    while True:
        yield from (f"{name} {number}" for name in names)
        number += 1


def operator(commune: Commune, dice: Dice) -> Operator:
    """Draw who runs a service of a commune.

    Examples
    --------
    >>> from sdsf_analysis.demo.setting import Epci
    >>> gex = Commune("01173", "Gex", "01", Epci("", ""), 1, "01170")
    >>> operator(gex, Dice("a")).kind != "EPCI"
    True
    """
    draw = dice.share()
    if draw < 0.35:
        return Operator(f"Commune {of_place(commune.name)}", "Commune")
    if draw < 0.55 and commune.epci.name:
        return Operator(commune.epci.name, "EPCI")
    if draw < 0.65:
        return Operator(f"CCAS {of_place(commune.name)}", "CCAS")
    if draw < 0.85:
        return Operator(dice.pick(words("associations")), "Association")
    if draw < 0.93:
        return Operator(dice.pick(words("companies")), "Entreprise")
    return Operator(dice.pick(words("mutuals")), "Mutuelle")


def email(first_name: str, surname: str) -> str:
    """Address of a fictitious person, in a domain that never exists.

    Examples
    --------
    >>> email("Maëlle", "Bellecombe-Vray")
    'maelle.bellecombe-vray@collectivite.example'
    """
    return f"{unaccented(first_name)}.{unaccented(surname)}@collectivite.example".lower()
