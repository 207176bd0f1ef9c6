"""The public of a service: bands of ages in every spelling, levels of a school, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.model.lists import choices
from sdsf_analysis.recipes.ages import read_audience


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3-5", "age_3_5"),
        ("3–5 ans", "age_3_5"),
        ("de 6 à 11 ans", "age_6_11"),
        ("6/11", "age_6_11"),
        ("3-5, 6-11", "age_3_11"),
        ("6-11 ; 3-5", "age_3_11"),
        ("3-5/6-11/12-17", "age_3_17"),
        ("3-5 ans et 6-11 ans", "age_3_11"),
        ("3-6 / 6-11", "age_3_11"),
        ("-6", "under_6"),
        ("- de 6 ans", "under_6"),
        ("moins de 6 ans", "under_6"),
        ("+6", "over_6"),
        ("+ de 6 ans", "over_6"),
        ("6 ans et +", "over_6"),
        ("plus de 6 ans", "over_6"),
        ("-6 / +6", "under_and_over_6"),
        ("-6/+6", "under_and_over_6"),
        ("moins de 6 ans et plus de 6 ans", "under_and_over_6"),
        ("mat.", "nursery_school"),
        ("élém.", "primary_school"),
        ("Maternelle", "nursery_school"),
        ("mat./élém.", "nursery_primary"),
        ("mat./élém./ados", "nursery_to_teenagers"),
        ("Élémentaire et ados", "primary_teenagers"),
        ("ados", "teenagers"),
        # nothing of the list, or nothing sure
        ("3-5 et 12-17", None),
        ("6", None),
        ("mat./6-11", None),
        ("mat./ados", None),
        ("primaire", None),
        ("6-11 l'été", None),
        ("-6 / +7", None),
        ("2-9", None),
        ("11/6", None),
        ("", None),
    ],
)
def test_what_is_written_is_what_is_read(text, code):
    assert read_audience(text) == code


@given(st.text(alphabet="-+<>/ ,;.0123456789anselmétadopluigr", max_size=25))
def test_no_text_gives_a_code_outside_the_list_nor_an_error(text):
    assert read_audience(text) in (None, *choices("audience"))


@given(st.permutations(["3-5", "6-11", "12-17"]), st.sampled_from([", ", "/", " ; ", " et ", "\n", " & "]))
def test_bands_that_touch_are_one_in_any_order(bands, link):
    assert read_audience(link.join(bands)) == "age_3_17"
