"""One engine for whatever a cell holds: only exact names and codes are applied, all else is suggested."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.atlas import atlas
from sdsf_analysis.territories.bearers import names_of
from sdsf_analysis.territories.communes import are_codes
from sdsf_analysis.territories.events import Event
from sdsf_analysis.territories.keys import bare_key, name_key
from sdsf_analysis.territories.matching import Question, asked_departement, match, sender_year
from sdsf_analysis.territories.since_1943 import FILE, names_since_1943

ATLAS = atlas(2026)
CODES = st.sampled_from(sorted(ATLAS.names))


def commune(text, departement="", year=None):
    return match(text, Question("commune", departement, year))


def epci(text, departement="", year=None):
    return match(text, Question("epci", departement, year))


@pytest.mark.parametrize(
    ("text", "departement", "code", "rule"),
    [
        ("01004", "", "01004", "code"),
        (1004.0, "01", "01004", "lost_zero"),
        ("1004.0", "01", "01004", "lost_zero"),
        ("1,004E+03", "01", "01004", "lost_zero"),
        ("01004.0", "01", "01004", "code_float"),
        ("2a 004", "", "2A004", "code"),
        ("01004 - AMBERIEU EN BUGEY", "", "01004", "code_and_name"),
        ("1004 Ambérieu-en-Bugey", "", "01004", "lost_zero"),
        ("Ambérieu-en-Bugey (01500)", "", "01004", "postal_code_and_name"),
        ("01500 AMBERIEU EN BUGEY", "", "01004", "postal_code_and_name"),
        ("AMBERIEU‑EN–BUGEY (1)", "01", "01004", "name"),
        ("Sainte-Colombe (Rhône)", "", "69189", "name"),
        ("Sainte Colombe", "69", "69189", "name"),
        ("Havre, Le", "76", "76351", "name"),
        ("ABERGEMENT DE VAREY L'", "01", "01002", "name"),
        ("Abergement-de-Varey", "01", "01002", "article"),
        ("St-Just St-Rambert", "42", "42279", "name"),
        ("Rosny s/ Bois", "93", "93064", "name"),
        ("Çaloire", "42", "42031", "name"),
        ("Chamboeuf", "42", "42043", "name"),
        ("20004 Ajaccio", "2A", "2A004", "former_code"),
        ("SAINT HILAIRE SS CHARLIEU", "42", "42236", "name"),
        ("Code INSEE : 01004", "01", "01004", "code"),
        # borne when Corsica and Seine-et-Oise were one département
        ("Montemaggiore", "2B", "2B167", "former_name"),
        ("Milly", "91", "91405", "former_name"),
        ("01004_Ambérieu-en-Bugey", "", "01004", "code_and_name"),
    ],
)
def test_exact_words_give_a_code(text, departement, code, rule):
    found = commune(text, departement)
    assert (found.status, found.code, found.rule, found.suggestions) == ("match", code, rule, ())


@pytest.mark.parametrize(
    ("text", "departement", "year", "status", "suggested"),
    [
        ("Sainte-Colombe", "", None, "ambiguous", None),
        ("1004", "", None, "unknown", "01004"),
        ("01500", "01", None, "unknown", "01004"),
        ("01200", "", None, "ambiguous", "01200"),
        ("6,91E+04", "69", None, "unknown", None),
        ("01004 - Gex", "", None, "conflict", "01004"),
        ("42218", "01", None, "conflict", "42218"),
        ("Gex (42)", "01", None, "conflict", None),
        ("01012 BOURG EN BRESSE CEDEX", "01", None, "unknown", "01053"),
        ("Ajacio", "2A", None, "unknown", "2A004"),
        ("Gex", "42", None, "unknown", "01173"),
        ("Villeneuve/Lot", "47", None, "unknown", "47323"),
        ("Saint-Genis", "01", None, "unknown", "01354"),
        ("Ville de Gex", "01", None, "unknown", "01173"),
        ("14712", "14", 2019, "ambiguous", "14712"),
        # its name then was that of a whole which was split in 1977, and bore another one
        ("Purgerot", "70", 1976, "ambiguous", "70025"),
        ("12 rue de la République", "42", None, "unknown", None),
        ("Chambon", "42", None, "unknown", "42044"),
        # the former name of one, the name of another but for its article
        ("Chaux", "25", None, "ambiguous", "25138"),
        ("75001", "", None, "ambiguous", "75056"),
        ("20167", "", None, "unknown", None),
        ("", "01", None, "unknown", None),
        ("#N/A", "01", None, "unknown", None),
    ],
)
def test_all_else_is_not_applied_but_suggested(text, departement, year, status, suggested):
    found = commune(text, departement, year)
    assert (found.status, found.code, found.name) == (status, "", "")
    assert len(found.suggestions) <= 3
    assert suggested is None or suggested in [one.code for one in found.suggestions]
    assert all(one.code and one.name and one.reason for one in found.suggestions)


def test_former_and_delegated_communes_lead_to_today_with_the_event():
    merger = Event("merger", "2019-01-01")
    for text in ("Bellegarde-sur-Valserine", "01033 Bellegarde-sur-Valserine"):
        found = commune(text, "01")
        assert (found.code, found.own_code, found.event) == ("01033", "01033", merger)
    found = commune("01091")
    assert (found.code, found.own_code, found.event) == ("01033", "01091", merger)


@pytest.mark.parametrize(
    "text", ["Lyon 3", "LYON 03", "Lyon 3e", "69383", "69003 LYON", "lyon 3eme arrondissement"]
)
def test_an_arrondissement_leads_to_its_city_and_keeps_its_code(text):
    found = commune(text)
    assert (found.code, found.own_code) == ("69123", "69383")


@settings(deadline=None)
@given(CODES, st.data())
def test_a_letter_changed_gives_no_code_unless_it_makes_another_name(code, data):
    name = ATLAS.names[code]
    place = data.draw(st.integers(0, len(name) - 1))
    changed = name[:place] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + name[place + 1 :]
    found = commune(changed, ATLAS.departements[code])
    if found.status == "match":
        keys = {bearer.key for bearer in names_of(found.own_code or found.code)}
        assert name_key(changed) in keys | {bare_key(key) for key in keys}
    elif found.status == "unknown":
        assert found.suggestions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CC de la Plaine de l'Ain", "240100883"),
        ("COM COM PLAINE DE L AIN", "240100883"),
        ("C.C. Plaine de l'Ain (CCPA)", "240100883"),
        ("Communauté de communes de la Plaine-de-l'Ain", "240100883"),
        ("240 100 883", "240100883"),
        (240100883.0, "240100883"),
        ("CA Haut - Bugey Agglomération", "200042935"),
        ("CC Bresse Revermont 71", "200042414"),
        ("CC Bresse & Saône", "200071371"),
    ],
)
def test_an_epci_however_its_legal_form_is_spelt(text, code):
    assert epci(text).code == code


@pytest.mark.parametrize(
    ("text", "departement", "suggested"),
    [
        ("Haut-Bugey Agglomération", "01", "200042935"),
        ("HBA", "01", "200042935"),
        ("Grand Bourg Agglomération", "01", "200071751"),
        ("GBA", "01", None),
        ("Bugey Sud", "01", "200040350"),
        ("CC de Bugey Sud", "01", "200040350"),
        ("CC de la Haute Somme", "", "200037059"),
        ("Oyonnax", "01", "200042935"),
        ("245900410", "", "200093201"),
        ("200036572", "", None),
    ],
)
def test_brands_acronyms_and_ended_epci_are_unknown(text, departement, suggested):
    found = epci(text, departement)
    assert (found.status, found.code) == ("unknown", "")
    assert suggested is None or suggested in [one.code for one in found.suggestions]


def test_every_epci_of_the_year_answers_to_its_siren_and_to_its_name():
    frame = reference.epci(2026)
    for siren, name in zip(frame["code"], frame["name"], strict=True):
        assert epci(siren).code == siren
        assert epci(name).code == siren or name == "CC des Quatre Rivières"
    assert epci("CC des Quatre Rivières").status == "ambiguous"
    assert epci("CC des Quatre Rivières", "74").code == "247400666"


def test_a_column_tells_codes_from_postal_codes():
    assert are_codes(["01004", "01053", "01173", "01200"], 2026)
    assert not are_codes(["01200", "01500", "01100", "01170"], 2026)
    assert not are_codes(["Gex", ""], 2026)


def test_a_column_of_names_and_numbers_is_none_of_codes():
    numbers = ["01004", "01053", "01173", "01200"]
    assert are_codes([*numbers, "", None], 2026)
    assert not are_codes([*numbers, "Gex", "Oyonnax"], 2026)


def test_readings_of_a_postal_code_are_each_said_once():
    for text in ("75001", "69003", "42170"):
        codes = [one.code for one in commune(text).suggestions]
        assert len(codes) == len(set(codes)) > 1


def test_what_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(QuestionError, match=r"Le plus proche : commune\. Choisir parmi : commune, epci"):
        match("Gex", Question("comune"))
    with pytest.raises(QuestionError, match="Choisir parmi : 2019, 2021"):
        match("Gex", Question(target_year=2020))
    with pytest.raises(QuestionError, match=r"Le plus proche : 42 \(loire\)"):
        asked_departement("Loirre")
    with pytest.raises(QuestionError, match="Choisir de 1943 à 2026"):
        sender_year("20x")


def test_the_names_kept_are_those_of_the_history_and_of_the_releases():
    kept = pd.read_parquet(reference.__file__.replace("reference.py", f"data/{FILE}"))
    pd.testing.assert_frame_equal(kept, names_since_1943(), check_dtype=False)
