import pytest

from sdsf_analysis.errors import WorkspaceError

ONE = "Code INSEE;Commune;Secteur Caf\n90010;Belfort;Nord\n"
TWO = ONE + "90008;Bavilliers;Nord\n"
OTHER = "Code INSEE;Commune;Secteur Caf\n90033;Delle;Sud\n"


def sectors(result):
    frame = result.frames["membership"].query("level == 'caf_sector'")
    return sorted(frame["commune"])


def test_two_files_that_say_the_same_thing_count_for_nothing_and_are_asked_about(small):
    result = small({"Secteurs.csv": ONE, "Copie de Secteurs.csv": TWO, "Delle.csv": OTHER}).build()
    (problem,) = result.problems
    assert (problem.code, problem.source, problem.found) == (
        "duplicate_claim",
        "Secteurs.csv",
        "Copie de Secteurs.csv",
    )
    assert 'zoning = "Secteurs.csv"' in problem.suggestion
    assert sectors(result) == ["90033"]
    assert set(result.frames["ledger"]["source"]) == {"Delle.csv"}


def test_the_settings_say_which_one_counts(small):
    files = {"Secteurs.csv": ONE, "Secteurs V2.csv": TWO, "Secteurs V3.csv": TWO}
    result = small(files, sources='zoning = "Secteurs V2.csv"').build()
    assert sorted((p.source, p.code) for p in result.problems) == [
        ("Secteurs V3.csv", "source_set_aside"),
        ("Secteurs.csv", "source_set_aside"),
    ]
    assert sectors(result) == ["90008", "90010"]


@pytest.mark.parametrize(
    ("sources", "words"),
    [('zonage = "a.csv"', "la recette « zonage »"), ('zoning = "b.csv"', "le fichier « b.csv »")],
)
def test_settings_that_name_something_unknown_are_refused(small, sources, words):
    with pytest.raises(WorkspaceError, match=words):
        small({"a.csv": ONE}, sources=sources).build()
