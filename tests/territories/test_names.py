"""From a cell to a commune: an exact name or code inside the département, or a question, never a guess."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.bearers import bearers_in, names_of
from sdsf_analysis.territories.events import lead
from sdsf_analysis.territories.keys import bare_key, name_key, name_keys
from sdsf_analysis.territories.names import CommuneIndex, epci_codes, epci_key

YEAR = 2026
FRANCE = atlas(YEAR)
HELD = reference.former_communes(YEAR).set_index("code")
DEPARTEMENTS = sorted(FRANCE.known_departements)
PLACES = st.sampled_from(sorted(FRANCE.names))
FORMER = st.sampled_from(sorted(FRANCE.held))
# the events are read once, before hypothesis counts the time of an example
LED = lead("01091", YEAR)


@cache
def index(departement, year=YEAR):
    return CommuneIndex(departement, year)


def borne(code):
    """Keys of the names that a code has borne since 1943, their article kept or not."""
    keys = {bearer.key for bearer in names_of(code)}
    return keys | {bare_key(key) for key in keys}


def capitals(name):
    """A name as old software prints it: capitals, no accent, no hyphen."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.upper().replace("-", " ").replace("'", " ")


def test_every_commune_of_france_answers_to_its_name_and_to_its_code():
    for code, name in FRANCE.names.items():
        departement = FRANCE.departements[code]
        for match in (index(departement).resolve(code, None), index(departement).resolve(None, name),
                      index(departement).resolve(code, name)):  # fmt: skip
            assert (match.code, match.name, match.problem) == (code, name, "")


@settings(deadline=None)
@given(PLACES)
def test_capitals_without_accents_nor_hyphens_are_the_same_name(code):
    name, departement = FRANCE.names[code], FRANCE.departements[code]
    assert index(departement).resolve(None, capitals(name)).code == code
    assert index(departement).resolve(code, capitals(name)).problem == ""


@settings(deadline=None)
@given(FORMER)
def test_a_former_commune_leads_to_the_one_that_holds_it(code):
    name, departement, today = HELD.loc[code, ["name", "departement", "chef_lieu"]]
    match = index(departement).resolve(None, name)
    namesakes = FRANCE.codes_by_key.get(name_key(name), ())
    is_current_name = departement in [FRANCE.departements[one] for one in namesakes]
    if match.problem == "commune_ambiguous":
        # two former communes of one name: Lahitte (65), Saint-Jean-du-Corail (50)
        assert any(today in one for one in match.suggestions) and len(match.suggestions) > 1
        return
    assert match.code == today or is_current_name
    assert match.problem == ("" if is_current_name else "commune_former")
    if code != today:
        match = index(departement).resolve(code, name)
        assert (match.code, match.problem, match.own_code) == (today, "commune_former", code)


@settings(deadline=None)
@given(PLACES, st.data())
def test_a_letter_changed_never_gives_a_code_unless_it_is_another_name(code, data):
    name, departement = FRANCE.names[code], FRANCE.departements[code]
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    changed = name[:place] + letter + name[place + 1 :]
    match = index(departement).resolve(None, changed)
    if match.code:
        assert name_key(changed) in borne(match.own_code or match.code)


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=8), st.sampled_from(["01", "2A", "974", "75"]))
def test_whatever_is_written_only_exact_words_give_a_code(name, code, departement):
    match = index(departement).resolve(code, name)
    if match.code:
        written = {name_key(name)} & (borne(match.code) | borne(match.own_code or match.code))
        assert written or code.strip().upper() in FRANCE.names


@pytest.mark.parametrize(
    ("departement", "code", "name", "expected", "problem"),
    [
        ("01", 1004.0, "Ambérieu-en-Bugey", "01004", "code_lost_zero"),
        ("01", "1004.0", "Ambérieu-en-Bugey", "01004", "code_lost_zero"),
        ("01", "01073.0", "Ceyzérieu", "01073", "code_as_float"),
        ("01", "1004", None, "", "commune_unknown"),
        ("01", "1004", "Gex", "", "commune_conflict"),
        ("01", "01004", "Gex", "", "commune_conflict"),
        ("01", "01004", "AMBERIEU EN BUGEY", "01004", ""),
        ("01", "01033", "Bellegarde-sur-Valserine", "01033", "commune_former"),
        ("01", "01091", None, "01033", "commune_former"),
        ("01", "42218", "Saint-Étienne", "", "commune_outside"),
        ("01", None, "Saint-Étienne", "", "commune_outside"),
        ("01", None, "L'ABERGEMENT DE VAREY", "01002", ""),
        ("01", None, "Abergement-de-Varey (L')", "01002", ""),
        ("01", "01700", "Miribel", "", "commune_unknown"),
        ("42", None, "St-Rambert s/ Loire", "42279", "commune_former"),
        ("42", None, "St Just St Rambert", "42279", ""),
        ("2A", "2a004", "Ajaccio", "2A004", ""),
        ("2A", None, "Ajacio", "", "commune_unknown"),
        ("2A", "20004", "Ajaccio", "", "commune_unknown"),
        ("974", 97411, "Saint-Denis", "97411", ""),
        ("976", "97608", "Mamoudzou", "", "commune_conflict"),
        ("75", "75101", None, "", "arrondissement_municipal"),
        ("75", "75056", "Paris", "75056", ""),
        ("69", None, "Lyon 3e Arrondissement", "", "arrondissement_municipal"),
        ("69", None, "LYON 03", "", "arrondissement_municipal"),
        ("13", "13201", "Marseille 1er", "", "arrondissement_municipal"),
        ("01", None, None, "", "commune_unknown"),
        ("01", " ", "", "", "commune_unknown"),
    ],
)
def test_rows_as_partners_write_them(departement, code, name, expected, problem):
    match = index(departement).resolve(code, name)
    assert (match.code, match.problem) == (expected, problem)
    assert match.problem == "" or match.message


def test_a_row_of_another_departement_says_so_but_never_one_that_names_ours():
    ain = index("01")
    assert ain.resolve("42218", "Saint-Étienne").departement == "42"
    assert ain.resolve("42999", "Inconnue").departement == "42"
    assert ain.resolve("42218", "Gex").departement == ""
    assert ain.resolve("42999", "Gex").departement == ""
    assert ain.resolve("99999", "Étranger").departement == ""
    assert index("2A").resolve("20004", "Ajaccio").departement == ""


def test_suggestions_are_near_and_never_applied():
    match = index("01").resolve(None, "Ambérieux-en-Bugey")
    assert match.code == "" and match.suggestions == ("Ambérieu-en-Bugey (01004), à une lettre près",)


def test_homonyms_of_one_departement_are_asked_about():
    # two former communes of the Cantal, in two communes of today
    match = index("15").resolve(None, "Saint-Bonnet")
    assert (match.code, match.problem) == ("", "commune_ambiguous")
    assert len({bearer.code for bearer in bearers_in("15").named("saint bonnet")}) == 2


def test_a_former_name_since_1943_leads_to_the_commune_of_today():
    match = index("51").resolve(None, "Châlons-sur-Marne")
    assert (match.code, match.problem) == ("51108", "commune_former")
    assert "ancien nom de Châlons-en-Champagne" in match.message


def test_keys_of_many_names_are_those_of_each():
    names = [*FRANCE.names.values(), "Abergement (L')", "St-Rambert s/ Loire", "a\nb"]
    assert name_keys(names) == [name_key(name) for name in names]


@pytest.mark.parametrize("year", reference.YEARS)
def test_every_year_knows_its_communes(year):
    match = CommuneIndex("01", year).resolve("01004", "Ambérieu-en-Bugey")
    assert match.code == "01004"
    assert all(isinstance(departement, str) for departement in atlas(year).departements.values())


def test_epci_by_name_whatever_the_legal_form():
    codes = epci_codes(YEAR)
    for name in ("CC Bugey-Sud", "Communauté de communes Bugey Sud (CCBS)", "C.C. BUGEY SUD"):
        assert codes[epci_key(name)] == "200040350"
    names = reference.epci(YEAR)["name"].map(epci_key)
    assert not set(names[names.duplicated(keep=False)]) & set(codes)
