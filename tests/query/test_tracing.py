"""An indicator leads to the cells of the files, or says that it leads nowhere."""

import pytest

from sdsf_analysis.errors import QuestionError

FAMILIES = "Code;Commune;Année;Foyers;Familles monoparentales\n90010;Belfort;2023;100;<5\n"
DAY = "2024-06-30"


@pytest.fixture
def workspace(small):
    workspace = small({"Familles.csv": FAMILIES})
    workspace.build()
    return workspace


def test_a_share_leads_to_the_cells_of_both_its_parts(workspace):
    found = workspace.trace("smoothed_rates", by="commune", territory="90010", on=DAY)
    cells = found[["column", "source", "cell", "found"]].values.tolist()
    assert cells == [["value", "Familles.csv", "D2", "100"], ["value", "Familles.csv", "E2", "<5"]]
    narrowed = workspace.trace("smoothed_rates", on=DAY, measure="households", column="status")
    assert narrowed[["column", "value", "cell"]].values.tolist() == [["status", "known", "D2"]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "funds_by"}, "aucune cellule"),
        ({"name": "smoothed_rates", "lubie": "x"}, "pas par lubie"),
        ({"name": "smoothed_rates", "territory": "nulle"}, "n'a le code"),
        ({"name": "smoothed_rate"}, "smoothed_rates"),
    ],
)
def test_what_leads_nowhere_is_said(workspace, given, words):
    name = given.pop("name")
    with pytest.raises(QuestionError, match=words):
        workspace.trace(name, on=DAY, **given)
