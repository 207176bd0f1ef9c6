"""Services on a map: none lost, none on another, those without a place said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.figures.service_map import service_map
from sdsf_analysis.figures.symbols import spread
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables

ON = "2024-12-31"


def changed(**frames):
    tables = example_tables()
    return Tables(lambda name: frames[name] if name in frames else getattr(tables, name))


def notes(page):
    return "\n".join(text.get_text() for text in page.texts).replace("\u202f", " ")


def test_every_service_is_counted_once():
    page = service_map(example_tables(), ON)
    counts = [int(part.rsplit(" : ", 1)[1].rstrip(".")) for part in page.alt_text.split(". ")[2].split(" ; ")]
    assert sum(counts) == 2


def test_services_of_a_kind_in_a_commune_are_one_symbol_with_their_number():
    offer = example_tables().offer
    offer = offer.assign(commune="01004", kind="micro_creche")
    page = service_map(changed(offer=offer), ON)
    assert [text.get_text() for text in page.axes[0].texts if text.get_text().isdigit()] == ["2"]


def test_services_without_a_commune_of_the_map_are_said():
    offer = example_tables().offer
    lost = offer.index[offer["service"] == "c1"]
    offer = offer.assign(commune=offer["commune"].where(~offer.index.isin(lost), "99999"))
    assert "Hors carte, faute de commune connue ici : 1 service" in notes(
        service_map(changed(offer=offer), ON)
    )


def test_an_address_far_from_the_departement_is_not_followed():
    offer = example_tables().offer.assign(longitude=2.35, latitude=48.85)
    assert "services placés au milieu de leur commune" in notes(service_map(changed(offer=offer), ON))
    near = example_tables().offer.assign(longitude=5.35, latitude=45.95)
    assert "2 services à leur adresse" in notes(service_map(changed(offer=near), ON))


def test_no_service_is_a_strip_that_says_which_file_is_lacking():
    page = service_map(changed(offer=example_tables().offer.iloc[:0]), ON)
    assert page.alt_text.startswith("Pas de carte des services. ")


@pytest.mark.parametrize(
    ("kinds", "said"), [(["childminders"], "en personnes"), (["creche"], "micro_creche")]
)
def test_what_cannot_be_drawn_is_said(kinds, said):
    with pytest.raises(QuestionError, match=said):
        service_map(example_tables(), ON, kinds=kinds)


def test_every_kind_at_once_is_drawn_by_family():
    assert "Petite enfance : 3" in service_map(_of_all_kinds(), ON, kinds=[]).alt_text


def _of_all_kinds():
    offer = example_tables().offer
    one = offer[offer["service"] == "c1"]
    kinds = ["rpe", "mam", "laep", "clas", "alsh", "paej", "fjt", "evs"]
    more = [one.assign(service=kind, kind=kind) for kind in kinds]
    return changed(offer=pd.concat([one, *more], ignore_index=True))


def test_the_same_map_twice_has_the_same_bytes():
    first, second = (service_map(example_tables(), ON).png(60) for _ in range(2))
    assert first == second


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)), min_size=1, max_size=30))
def test_symbols_move_a_little_and_come_apart(points):
    found = spread(np.array(points))
    assert np.hypot(*(found - np.array(points)).T).max() <= 9.01
    far = np.hypot(*(found[:, None] - found[None, :]).transpose(2, 0, 1))
    assert far[~np.eye(len(far), dtype=bool)].min(initial=9) > 1
