"""The page of methods is made from the registry, and says of every indicator how it is worked out."""

import pytest

from sdsf_analysis.indicators import methods_page
from sdsf_analysis.indicators.registry import INDICATORS


def test_the_page_is_fresh():
    if not methods_page.PATH.parent.is_dir():
        pytest.skip("pas de dossier docs/ : paquet installé hors du dépôt")
    written = methods_page.PATH.read_text(encoding="utf-8")
    assert written == methods_page.render(), "relancer python -m sdsf_analysis.indicators.methods_page"


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_says_its_formula_and_its_measures(name):
    entry = INDICATORS[name]
    section = methods_page.render().split(f"\n### `{name}` :", 1)[1].split("\n#", 1)[0]
    assert entry.formula and f"**Calcul** : {entry.formula}" in section
    for measure in entry.measures:
        assert f"| `{measure.name}` | {measure.label} |" in section
