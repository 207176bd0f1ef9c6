"""How well cells are matched: thousands of them, real names and the damage that partners do to them.

Each cell's right answer is known by construction, from the reference alone and never from the engine. Run
``python benchmarks/names.py [--wrong]``: precision (right codes among the codes given), recall (codes given
among those that must be), and how often the right one is among the three suggestions of what is not applied.
"""

import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.matching import Question, match

YEAR = 2026
SIZE = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else 40
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Case:
    """A cell, what is said beside it, and the answer it must have (any of the statuses)."""

    kind: str
    text: object
    departement: str
    status: str
    code: str = ""
    own_code: str | None = None
    year: int | None = None
    level: str = "commune"


def plain(text: str) -> str:
    for ligature, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae")):
        text = text.replace(ligature, letters)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def key(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in plain(name).lower()).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(w, w) for w in words)


def bare(name: str) -> str:
    words = key(name).split()
    return " ".join(words[1:] if words[0] in ("le", "la", "les", "l") and len(words) > 1 else words)


COMMUNES = reference.communes(YEAR).assign(departement=lambda d: d["departement"].fillna(d["code"].str[:3]))
NAME = dict(zip(COMMUNES["code"], COMMUNES["name"], strict=True))
DEPARTEMENT = dict(zip(COMMUNES["code"], COMMUNES["departement"], strict=True))
POSTAL = {
    c: p.split(";")
    for c, p in zip(COMMUNES["code"], COMMUNES["postal_codes"], strict=True)
    if isinstance(p, str)
}
BY_POSTAL: dict[str, list[str]] = defaultdict(list)
for _code, _postal in POSTAL.items():
    for _one in _postal:
        BY_POSTAL[_one].append(_code)
BORNE = reference.names_by_code()
BEARERS: dict[str, set[str]] = defaultdict(set)
for _code, _names in BORNE.items():
    for _name in _names:
        BEARERS[bare(_name)].add(_code)
HELD = reference.former_communes(YEAR)
PARTS = reference.arrondissements(YEAR)
TOWNS = [code for code in NAME if code in POSTAL]
ARTICLED = [c for c, n in NAME.items() if n.startswith(("Le ", "La ", "Les ", "L'"))]
ALONE = [c for c, n in NAME.items() if len(BEARERS[bare(n)]) == 1]
# of one département, another bearer since 1943 makes a name doubtful
SURE = [c for c, n in NAME.items() if not any(o != c and o[:2] == c[:2] for o in BEARERS[bare(n)])]

SURE_SET = frozenset(SURE)


def capitals(name: str) -> str:
    return plain(name).upper().replace("-", " ").replace("'", " ")


def inverted(name: str) -> str:
    article, rest = ("L'", name[2:]) if name.startswith("L'") else name.split(" ", 1)
    return f"{rest} ({article})"


def unarticled(name: str) -> str:
    return name[2:] if name.startswith("L'") else name.split(" ", 1)[1]


def saint(name: str) -> str:
    return name.replace("Sainte-", "Ste-").replace("Saint-", "St-").replace("-sur-", " s/ ")


def strange(name: str, dice: random.Random) -> str:
    name = name.replace("'", dice.choice("’ʼ´`")).replace("-", dice.choice("‐‑–—−"))
    return f"  {name.replace(' ', '  ')}\u00a0"


def misspelt(name: str, dice: random.Random, times: int = 1) -> str:
    for _ in range(times):
        place = dice.choice([i for i, c in enumerate(name) if c.isalpha()])
        kind = dice.randrange(4)
        letter = dice.choice(LETTERS)
        if kind == 0:
            name = name[:place] + letter + name[place + 1 :]
        elif kind == 1:
            name = name[:place] + name[place + 1 :]
        elif kind == 2:
            name = name[:place] + letter + name[place:]
        else:
            name = name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]
    return name


SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "official": lambda n, d: n,
    "capitals": lambda n, d: capitals(n),
    "lower": lambda n, d: plain(n).lower(),
    "strange dashes": strange,
    "saint and sur": lambda n, d: saint(n),
    "ST AND S/": lambda n, d: capitals(saint(n)),
    "note": lambda n, d: n + d.choice(["*", " (1)", "¹", " *", " [1]", " **"]),
    "ligature": lambda n, d: n.replace("oe", "œ").replace("œ", "oe"),
    "decomposed": lambda n, d: unicodedata.normalize("NFD", n),
}


def spellings(dice: random.Random) -> Iterator[Case]:
    for kind, spell in SPELLINGS.items():
        for code in dice.sample(SURE, SIZE):
            yield Case(kind, spell(NAME[code], dice), DEPARTEMENT[code], "match", code)
        for code in dice.sample(ALONE, SIZE // 2):
            yield Case(f"{kind}, no département", spell(NAME[code], dice), "", "match", code)


def articles(dice: random.Random) -> Iterator[Case]:
    sure = [c for c in ARTICLED if c in SURE_SET]
    ways = {
        "article inverted": inverted,
        "ARTICLE INVERTED": lambda n: capitals(inverted(n)[:-1].replace(" (", " ")),
        "article after a comma": lambda n: inverted(n).replace(" (", ", ").rstrip(")"),
        "article missing": unarticled,
        "ARTICLE MISSING": lambda n: capitals(unarticled(n)),
    }
    for kind, way in ways.items():
        for code in dice.sample(sure, SIZE // 2):
            yield Case(kind, way(NAME[code]), DEPARTEMENT[code], "match", code)


def codes(dice: random.Random) -> Iterator[Case]:
    clear = [c for c in TOWNS if not set(BY_POSTAL.get(c, [])) - {c}]
    doubtful = [c for c in TOWNS if set(BY_POSTAL.get(c, [])) - {c}]
    for code in dice.sample(clear, SIZE):
        yield Case("code", code, dice.choice(["", DEPARTEMENT[code]]), "match", code)
    for code in dice.sample([c for c in clear if c.isdigit()], SIZE):
        yield Case("code as float", float(code), DEPARTEMENT[code], "match", code)
        yield Case("code as float text", f"{int(code)}.0", DEPARTEMENT[code], "match", code)
        mantissa = f"{int(code):d}"
        text = f"{mantissa[0]},{mantissa[1:]}E+0{len(mantissa) - 1}"
        yield Case("code as scientific", text, DEPARTEMENT[code], "match", code)
    low = [c for c in clear if c.startswith("0")]
    for code in dice.sample(low, SIZE):
        yield Case("lost zero", code[1:], DEPARTEMENT[code], "match", code)
        yield Case("lost zero and name", f"{code[1:]} - {NAME[code]}", "", "match", code)
        yield Case("lost zero alone", code[1:], "", "unknown", code)
    for code in dice.sample(doubtful, SIZE // 3):
        yield Case("code or postal code", code, dice.choice(["", DEPARTEMENT[code]]), "ambiguous", code)
    for code in dice.sample(clear, SIZE):
        other = dice.choice([d for d in set(DEPARTEMENT.values()) if d != DEPARTEMENT[code]])
        yield Case("code of another département", code, other, "conflict", code)
        yield Case("unrounded scientific", "6,91E+04", "69", "unknown")


def postal(dice: random.Random) -> Iterator[Case]:
    for code in dice.sample([c for c in POSTAL if POSTAL[c][0] not in BORNE], SIZE):
        alone = len(BY_POSTAL[POSTAL[code][0]]) <= 3
        yield Case("postal code", POSTAL[code][0], DEPARTEMENT[code], "unknown", code if alone else "")
    for code in dice.sample([c for c in POSTAL if c in SURE_SET], SIZE):
        first = POSTAL[code][0]
        yield Case("postal code and name", f"{first} {capitals(NAME[code])}", "", "match", code)
        yield Case("name and postal code", f"{NAME[code]} ({first})", DEPARTEMENT[code], "match", code)
        text = f"{first} {capitals(NAME[code])} CEDEX"
        yield Case("cedex", dice.choice([text, f"{text} 09", text[6:]]), DEPARTEMENT[code], "unknown", code)


def both(dice: random.Random) -> Iterator[Case]:
    shapes = [
        "{c} - {n}",
        "{n} ({c})",
        "{c} {n}",
        "{n} - {c}",
        "{c} : {n}",
        "{n} [{c}]",
        "{c}–{n}",
        "{n}, {c}",
    ]
    for code in dice.sample(list(NAME), SIZE * 2):
        text = dice.choice(shapes).format(c=code, n=dice.choice([NAME[code], capitals(NAME[code])]))
        yield Case("code and name", text, dice.choice(["", DEPARTEMENT[code]]), "match", code)
    for code in dice.sample(SURE, SIZE):
        shape = dice.choice(["{n} ({d})", "{d} - {n}", "{n} - {d}"])
        text = shape.format(n=NAME[code], d=DEPARTEMENT[code])
        if DEPARTEMENT[code] not in ("75",) and not NAME[code].startswith(("Lyon", "Marseille")):
            yield Case("name and département", text, "", "match", code)
    for code in dice.sample(ALONE, SIZE):
        near = [o for o in NAME if o[:2] == code[:2] and o != code]
        other = dice.choice(near or list(NAME))
        text = dice.choice(shapes).format(c=other, n=NAME[code])
        if other not in POSTAL.get(code, ()) and bare(NAME[other]) != bare(NAME[code]):
            yield Case("code and name disagree", text, dice.choice(["", DEPARTEMENT[code]]), "conflict", code)


def mistakes(dice: random.Random) -> Iterator[Case]:
    for kind, times in (("one letter", 1), ("two letters", 2)):
        for code in dice.sample([c for c in SURE if len(NAME[c]) > (4 if times == 1 else 8)], SIZE * 2):
            text = misspelt(NAME[code], dice, times)
            where = dice.choice([DEPARTEMENT[code], DEPARTEMENT[code], ""])
            if bare(text) not in BEARERS and bare(text).replace(" ", "") != bare(NAME[code]).replace(" ", ""):
                yield Case(f"{kind}{'' if where else ', no département'}", text, where, "unknown", code)
    for code in dice.sample([c for c in SURE if NAME[c].count("-") > 2], SIZE):
        parts = NAME[code].split("-")
        text = "-".join(parts[: len(parts) - dice.choice([1, 2])])
        if bare(text) not in BEARERS and parts[-2] not in ("de", "la"):
            yield Case("cut short", text, DEPARTEMENT[code], "unknown", code)
    for code in dice.sample([c for c in ALONE if len(NAME[c]) > 6], SIZE):
        other = dice.choice([d for d in set(DEPARTEMENT.values()) if d != DEPARTEMENT[code]])
        yield Case("name of another département", NAME[code], other, "unknown", code)


def homonyms(dice: random.Random) -> Iterator[Case]:
    by_key = defaultdict(list)
    for code, name in NAME.items():
        by_key[key(name)].append(code)
    many = [codes for codes in by_key.values() if len(codes) > 1]
    for same in dice.sample(many, SIZE):
        code = dice.choice(same)
        yield Case("homonym", NAME[code], "", "ambiguous", code if len(same) <= 3 else "")
        if code in SURE_SET:
            yield Case("homonym, département", NAME[code], DEPARTEMENT[code], "match", code)


def formers(dice: random.Random) -> Iterator[Case]:
    rows = HELD[HELD["chef_lieu"].isin(list(NAME))].to_dict("records")
    clear = [
        r for r in rows if {r["code"]} >= {o for o in BEARERS[bare(r["name"])] if o[:2] == r["code"][:2]}
    ]
    for row in dice.sample(clear, SIZE):
        if key(NAME[row["chef_lieu"]]) != key(row["name"]):
            yield Case("delegated", row["name"], row["departement"], "match", row["chef_lieu"], row["code"])
        if row["code"] != row["chef_lieu"] and not BY_POSTAL.get(row["code"]):
            yield Case("delegated, code", row["code"], "", "match", row["chef_lieu"], row["code"])
            yield Case(
                "delegated, both", f"{row['code']} {row['name']}", "", "match", row["chef_lieu"], row["code"]
            )
    history = reference.history()
    renamed = history[(history["raisonFin"] == "changement de nom") & history["code"].isin(list(NAME))]
    for code, name in dice.sample(list(zip(renamed["code"], renamed["nom"], strict=True)), SIZE):
        if not any(o != code and o[:2] == code[:2] for o in BEARERS[bare(name)]):
            yield Case("former name", name, DEPARTEMENT[code], "match", code)
    merged = history[(history["raisonFin"] == "fusion simple") & (history["type"] == "COM")]
    ends = dict(zip(history["id"], history["pole"], strict=True))
    for row in dice.sample(merged.to_dict("records"), SIZE):
        end = str(ends.get(row["successeur"])).split("@")[0].split("-")[-1]
        is_alone = BEARERS[bare(row["nom"])] == {row["code"]}
        if is_alone and end in NAME and row["code"] not in NAME:
            yield Case("merged", row["nom"], row["code"][:2], "match", end, row["code"])
    moved = history[history["raisonFin"] == "changement de département"].to_dict("records")
    for row in dice.sample(moved, SIZE):
        end = str(row["successeur"]).split("@")[0].split("-")[-1]
        if end in NAME and row["code"] not in NAME:
            yield Case("old département", f"{row['code']} {row['nom']}", "", "match", end, row["code"])
            if not row["code"].startswith("20") and row["code"] not in BY_POSTAL:
                yield Case("old département, code", row["code"], "", "match", end, row["code"])


def splits() -> Iterator[Case]:
    before = {y: set(reference.communes(y)["code"]) for y in reference.YEARS}
    names = {
        y: dict(reference.communes(y)[["code", "name"]].itertuples(index=False)) for y in reference.YEARS
    }
    holders = {
        y: dict(reference.former_communes(y)[["code", "chef_lieu"]].itertuples(index=False))
        for y in reference.YEARS
    }
    for year in reference.YEARS[:-1]:
        for code in sorted(before[YEAR] - before[year]):
            whole = holders[year].get(code)
            if whole and whole in before[YEAR] and whole != code:
                where = DEPARTEMENT[whole]
                yield Case("split, code", whole, where, "ambiguous", whole, year=year)
                yield Case("split, name", names[year][whole], where, "ambiguous", whole, year=year)
                yield Case(
                    "split, both", f"{whole} {names[year][whole]}", where, "ambiguous", whole, year=year
                )


def arrondissements(dice: random.Random) -> Iterator[Case]:
    cities = {"Paris": "75056", "Lyon": "69123", "Marseille": "13055"}
    for code, name in zip(PARTS["code"], PARTS["name"], strict=True):
        city = name.split()[0]
        rank = int("".join(c for c in name if c.isdigit()))
        where = DEPARTEMENT[cities[city]]
        texts = [
            name, f"{city} {rank}", f"{city.upper()} {rank:02d}", f"{city} {rank}e", f"{city} {rank}ème",
            f"{city.upper()} {rank}EME ARRONDISSEMENT", f"{code} - {name}",
            code if code not in BY_POSTAL else name,
            f"{where}0{rank:02d} {city}",
        ]  # fmt: skip
        for text in texts:
            yield Case("arrondissement", text, dice.choice(["", where]), "match", cities[city], code)


def epci(dice: random.Random) -> Iterator[Case]:
    frame = reference.epci(YEAR)
    names = dict(zip(frame["code"], frame["name"], strict=True))
    keys = [key(n) for n in names.values()]
    counts = Counter(keys)
    sure = [c for c, n in names.items() if counts[key(n)] == 1]
    forms = {
        "CC ": [
            "CC ",
            "C.C. ",
            "COM COM ",
            "Communauté de communes ",
            "COMMUNAUTE DE COMMUNES ",
            "Com. Com. ",
        ],
        "CA ": ["CA ", "C.A. ", "Communauté d'agglomération ", "COMMUNAUTE D'AGGLOMERATION "],
        "CU ": ["CU ", "Communauté urbaine ", "C.U. "],
    }
    for code in dice.sample(sure, SIZE * 3):
        name = names[code]
        form = name[:3] if name[:3] in forms else ""
        written = dice.choice(forms[form]) + name[3:] if form else name
        written += dice.choice(["", "", f" ({''.join(w[0] for w in name.split() if w[0].isupper())})"])
        if "(" in name:
            written = written.split(" (")[0]
        written = dice.choice([written, capitals(written) if "(" not in written else written.upper()])
        yield Case("epci name", written, "", "match", code, level="epci")
        spaced = f"{code[:3]} {code[3:6]} {code[6:]}"
        text: object = dice.choice(
            [code, f"{code}.0", spaced, float(code), f"{code} - {name}", f"{name} ({code})"]
        )
        yield Case("siren", text, "", "match", code, level="epci")
        if form and len(name) > 14:
            yield Case("epci without its form", name[3:], "", "unknown", code, level="epci")
            wrong = misspelt(name[3:], dice)
            if key(wrong) != key(name[3:]):
                yield Case("epci misspelt", form + wrong, "", "unknown", code, level="epci")
    for code in dice.sample([c for c in sure if names[c].startswith(("CC de", "CC du"))], SIZE):
        rest = names[code].split(" ", 2)[2].removeprefix("la ").removeprefix("l'")
        same = [k for k in keys if k.endswith(key(rest))]
        if len(same) == 1:
            yield Case("epci link left out", f"CC {rest}", "", "match", code, level="epci")
    older = pd.concat([reference.epci(year) for year in reference.YEARS])
    for code, name in sorted(set(zip(older["code"], older["name"], strict=True))):
        if code in names and key(name) not in counts:
            yield Case("epci former name", name, "", "match", code, level="epci")
        elif code not in names and key(name) not in counts:
            yield Case("epci ended", name, "", "unknown", level="epci")
            yield Case("epci ended, siren", code, "", "unknown", level="epci")
    ain = {
        "GBA": "",
        "HBA": "200042935",
        "Grand Bourg Agglomération": "",
        "Haut-Bugey Agglomération": "200042935",
    }
    for text, code in ain.items():
        yield Case("epci brand", text, "01", "unknown", code, level="epci")


def nonsense() -> Iterator[Case]:
    texts = [
        "",
        " ",
        "Total",
        "Ain",
        "XX",
        "99999",
        "XXXXX",
        "n.c.",
        "Hors département",
        "Étranger",
        "CC du Pays",
    ]
    texts += [
        "0",
        "12",
        "01",
        "123456",
        "-",
        "?",
        "Commune inconnue",
        "Canton de Gex",
        "Gex et Divonne",
        "#N/A",
    ]
    for text in texts:
        yield Case("nonsense", text, "01", "unknown")


def cases(seed: int = 1) -> list[Case]:
    dice = random.Random(seed)
    made = (spellings, articles, codes, postal, both, mistakes, homonyms, formers, arrondissements, epci)
    return [*(case for one in made for case in one(dice)), *splits(), *nonsense()]


def main() -> None:
    every = cases()
    start = perf_counter()
    answers = [match(case.text, Question(case.level, case.departement, case.year, YEAR)) for case in every]
    print(f"{len(every)} cellules en {perf_counter() - start:.1f} s")
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for case, found in zip(every, answers, strict=True):
        for one in (tally[case.kind], tally["ALL"]):
            one["cells"] += 1
            one["given"] += found.status == "match"
            is_right = found.status == case.status == "match" and found.code == case.code
            is_right = is_right and case.own_code in (None, found.own_code)
            one["right"] += is_right
            one["wanted"] += case.status == "match"
            if case.status != "match":
                one["status"] += found.status == case.status
                one["refused"] += 1
                if case.code:
                    one["to suggest"] += 1
                    one["suggested"] += case.code in [s.code for s in found.suggestions]
        is_good = is_right if case.status == "match" else found.status == case.status
        is_good = is_good and (
            case.status == "match" or not case.code or case.code in [s.code for s in found.suggestions]
        )
        if not is_good and "--wrong" in sys.argv:
            print(case, "→", found)
    print(f"{'':34}cells  precision  recall  status  top 3")
    for kind, one in tally.items():
        parts = [("right", "given"), ("right", "wanted"), ("status", "refused"), ("suggested", "to suggest")]
        shares = [f"{one[a] / one[b]:8.2%}" if one[b] else "       –" for a, b in parts]
        print(f"{kind:34}{one['cells']:5d} {'  '.join(shares)}")


if __name__ == "__main__":
    main()
