"""A file of one row per child is refused on sight, and nothing of it is written anywhere."""

import json

CHILDREN = "Nom;Prénom;Né(e) le;Code INSEE;Commune;Secteur Caf\n" + "".join(
    f"Durandal;Zélie;{day:02}/03/2022;90010;Belfort;Nord\n" for day in range(1, 6)
)


def test_nothing_of_the_file_is_kept(small):
    result = small({"inscrits.csv": CHILDREN}).build()
    (problem,) = result.problems
    assert (problem.code, str(problem.severity), problem.found) == ("rows_of_children", "error", "")
    (entry,) = result.manifest["inputs"]
    assert (entry["rows"], entry["shapes"]) == ({}, [])
    said = json.dumps(result.manifest, ensure_ascii=False) + repr(problem.record())
    said += "".join(result.frames[name].to_csv() for name in ("problems", "ledger", "membership", "families"))
    assert not any(word in said for word in ("Durandal", "Zélie", "03/2022", "Prénom", "Né(e)"))


def test_a_zoning_without_names_is_read(small):
    counts = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n90008;Bavilliers;Sud\n"
    assert small({"secteurs.csv": counts}).build().problems == []
