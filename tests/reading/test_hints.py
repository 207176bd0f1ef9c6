"""Texts that hold a word that totals bear, looked through at once."""

from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.reading.layouts.totals import hinted_texts, may_be_total

PIECES = st.sampled_from(
    ["total", "TOTAUX", "Dom", "drom", "Métropole", "12", "3,5", "-", "\n", " ", "Gex", "é", "."]
)
TEXTS = st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=8)


@given(TEXTS)
def test_texts_looked_through_at_once_are_those_found_one_by_one(texts):
    assert hinted_texts(texts) == {text for text in texts if may_be_total([text])}
