"""Several communes in one cell: the names that were joined come back, the doubtful ones are asked about."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.epcis import epcis_of
from sdsf_analysis.territories.names import CommuneIndex
from sdsf_analysis.territories.several import communes_named

YEAR = 2026
FRANCE = atlas(YEAR)
SURE = (", ", ",", "\n", "\r\n", " ; ", ";", "\n- ", " ainsi que ", ",\n", " • ")
PERHAPS = (" et ", " / ", "/", " - ", " & ")


@cache
def index(departement="01"):
    return CommuneIndex(departement, YEAR)


def codes(text, departement="01"):
    return [named.codes for named in communes_named(text, index(departement))]


def unread(text, departement="01"):
    return [
        (named.text, named.problem) for named in communes_named(text, index(departement)) if not named.codes
    ]


@cache
def names_of_one_commune(departement):
    """Communes whose name alone is enough, the only ones that a list may be expected to give back."""
    known = [code for code, own in FRANCE.departements.items() if own == departement and code in FRANCE.names]
    return sorted(c for c in known if index(departement).resolve(None, FRANCE.names[c]).code == c)


@st.composite
def lists(draw, separators):
    departement = draw(st.sampled_from(["01", "06", "16", "2A", "42", "67", "974"]))
    names = st.sampled_from(names_of_one_commune(departement))
    chosen = draw(st.lists(names, min_size=1, max_size=12, unique=True))
    text = FRANCE.names[chosen[0]]
    for code in chosen[1:]:
        text += draw(st.sampled_from(separators)) + FRANCE.names[code]
    return departement, chosen, text


@settings(max_examples=200, deadline=None)
@given(lists(SURE))
def test_names_joined_by_sure_separators_come_back(given_list):
    departement, chosen, text = given_list
    assert sorted(code for one in codes(text, departement) for code in one) == sorted(chosen)


@settings(max_examples=200, deadline=None)
@given(lists(SURE + PERHAPS))
def test_names_joined_by_any_separators_come_back_or_are_asked_about(given_list):
    departement, chosen, text = given_list
    found = {code for one in codes(text, departement) for code in one}
    # « Champagne - Mouton » may be one commune or two: it is asked about, and nothing else is lost
    asked = [left for left, problem in unread(text, departement) if problem == "served_unclear"]
    lost = {FRANCE.names[code] for code in set(chosen) - found}
    assert found <= set(chosen)
    assert all(any(name in left for left in asked) for name in lost)


def test_every_name_of_the_ain_in_one_cell():
    text = ", ".join(FRANCE.names[code] for code in names_of_one_commune("01"))
    assert {code for one in codes(text) for code in one} == set(names_of_one_commune("01"))


@pytest.mark.parametrize(
    "text",
    [
        "Gex, Cessy et Ornex",
        "GEX / CESSY / ORNEX",
        "Gex\nCessy\r\nOrnex",
        "- Gex\n- Cessy\n- Ornex",
        "• Gex • Cessy • Ornex",
        "Gex - Cessy - Ornex.",
        "01173 - Gex ; 01071 - Cessy ; 01281 - Ornex",
        "Gex (01173), Cessy (01071), Ornex (01281)",
    ],
)
def test_ways_of_writing_three_communes(text):
    assert sorted(code for one in codes(text) for code in one) == ["01071", "01173", "01281"]
    assert unread(text) == []


def test_a_name_cut_by_the_end_of_a_line_is_one_name():
    assert codes("Saint-Julien-\nsur-Reyssouze\nGex") == [("01367",), ("01173",)]


def test_an_epci_gives_all_its_communes_whatever_its_name_holds():
    inside = epcis_of(YEAR).communes("200029999", "01")
    assert codes("CC Rives de l'Ain - Pays du Cerdon et Gex") == [inside, ("01173",)]
    assert codes("toutes les communes de la CC Bresse et Saône") == [
        epcis_of(YEAR).communes("200071371", "01")
    ]


def test_an_epci_beyond_the_departement_gives_its_communes_inside():
    communes = reference.communes(YEAR)
    beyond = communes.groupby("epci")["departement"].nunique()
    for siren in beyond[beyond > 1].index[:20]:
        name = epcis_of(YEAR).names[siren]
        for departement in communes[communes["epci"] == siren]["departement"].unique():
            found = [code for one in codes(name, departement) for code in one]
            assert all(FRANCE.departements[code] == departement for code in found)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gexx, Cessy", [("Gexx", "commune_unknown")]),
        ("Cessy et Lyon", [("Lyon", "commune_outside")]),
        ("Pays de Gex, Cessy", [("Pays de Gex", "commune_unknown")]),
        ("CC du Pays de Gex, Cessy", [("CC du Pays de Gex", "served_unclear")]),
        ("CC Bugey Sud hors Belley ; Cessy", [("CC Bugey Sud hors Belley", "served_unclear")]),
        ("Cessy, etc.", [("etc", "commune_unknown")]),
        ("Cessy et communes limitrophes", [("communes limitrophes", "commune_unknown")]),
        ("Gex Ornex, Cessy", [("Gex Ornex", "commune_unknown")]),
    ],
)
def test_what_is_not_found_leaves_the_others_alone(text, left):
    assert unread(text) == left
    assert [one for one in codes(text) if one] == [("01071",)]


@pytest.mark.parametrize(
    ("departement", "text"),
    [("16", "Champagne - Mouton"), ("06", "Châteauneuf - Grasse"), ("25", "Flagey - Rigney")],
)
def test_a_list_that_is_also_one_name_is_asked_about(departement, text):
    assert unread(text, departement) == [(text, "served_unclear")]
    # said without doubt, both are read
    for sign in (", ", "\n", " ; "):
        assert len([one for one in codes(text.replace(" - ", sign), departement) if one]) == 2
    assert len([one for one in codes(text.replace(" - ", "-"), departement) if one]) == 1


def test_two_readings_of_the_same_communes_are_one():
    assert set(codes("Champdor - Corcelles")) == {("01080",)}


def test_a_hyphen_that_parts_names_at_the_end_of_a_line():
    assert codes("Gex -\nCessy") == [("01173",), ("01071",)]


def test_a_cell_of_thousands_of_parts_is_no_list():
    (named,) = communes_named(", ".join(["Gex"] * 5000), index())
    assert named.codes == () and named.problem == "served_unclear" and len(named.text) < 50


def test_a_long_list_takes_no_time_to_cut():
    text = " - ".join(["01173", "Gex"] * 150)
    assert {code for one in codes(text) for code in one} == {"01173"}
