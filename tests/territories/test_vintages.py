"""The geography year of a file, and the EPCI of each year."""

import pandas as pd
import pytest

from sdsf_analysis.errors import TerritoryError
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.extents import communes_of
from sdsf_analysis.territories.vintages import epci_conflicts, epci_of, infer_year


@pytest.mark.parametrize("year", reference.YEARS)
def test_the_year_of_all_the_communes_is_found(year):
    told = infer_year(communes_of(year))
    # nothing moved on 1 January 2026
    assert told.years == ((2025, 2026) if year >= 2025 else (year,))
    assert told.certainty == ("same" if year >= 2025 else "sure")
    assert told.n_known == told.n_codes == len(communes_of(year))


def test_a_departement_is_told_from_what_it_has_no_more():
    told = infer_year(reference.communes(2023, "01")["code"])
    assert told.years == (2023, 2024)
    assert infer_year([*reference.communes(2023, "01")["code"], "01039"]).years == (2019, 2021, 2022)


def test_codes_that_speak_against_are_named():
    told = infer_year([*reference.communes(2022, "01")["code"], "42217", "42072", "01033", "01205"])
    assert told.years == (2019, 2021, 2022)
    assert told.certainty == "unsure"
    assert told.against == ("01205",)
    assert "01205" in told.message


def test_communes_that_are_lacking_are_named():
    told = infer_year(reference.communes(2022, "01")["code"].iloc[:-2])
    assert (told.certainty, told.absent) == ("unsure", ("01456", "01457"))


def test_without_codes_the_year_is_unknown():
    assert infer_year(["", "XX", "69999"]).certainty == "unknown"


def test_a_commune_in_the_epci_of_another_year_is_shown_with_both():
    written = pd.DataFrame({"commune": ["06054", "06054"], "epci": ["240600593", epci_of(2026)["06054"]]})
    found = epci_conflicts(written, 2026)
    assert found[["row", "epci", "years"]].to_numpy().tolist() == [[0, "240600593", (2019, 2021)]]
    assert found["message"].tolist() == [
        "Drap (06054) : CC du Pays des Paillons (240600593) est son EPCI de 2019 et 2021 ; en 2026, elle est "
        "dans Métropole Nice Côte d'Azur (200030195)."
    ]


def test_an_epci_in_which_a_commune_never_was_is_another_fault():
    assert epci_conflicts(pd.DataFrame({"commune": ["01004"], "epci": ["200030195"]}), 2026).empty


def test_a_merged_commune_is_asked_through_its_parts():
    """The EPCI of a part counts as that of the commune it is now in."""
    moved = [
        (code, whole)
        for code, whole in reference.former_communes(2026)[["code", "chef_lieu"]].to_numpy()
        if code in epci_of(2019) and epci_of(2019)[code] != epci_of(2026).get(whole)
    ]
    code, whole = moved[0]
    found = epci_conflicts(pd.DataFrame({"commune": [whole], "epci": [epci_of(2019)[code]]}), 2026)
    assert 2019 in found["years"][0]


def test_a_year_or_a_column_that_is_not_there_is_refused():
    frame = pd.DataFrame({"commune": [], "epci": []})
    with pytest.raises(TerritoryError, match="2020"):
        epci_conflicts(frame, 2020)
    with pytest.raises(TerritoryError, match="siren"):
        epci_conflicts(frame, 2026, epci="siren")
