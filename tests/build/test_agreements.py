"""A centre whose agreement has ended leaves the offer, and it is said."""

import pytest

HEADER = "Centres sociaux, année 2024\n\nNom;Commune;Agrément du;au;Habitants de la zone\n"


def built(small, *lines):
    result = small({"AVS.csv": HEADER + "\n".join(lines) + "\n"}).build()
    return result.frames["offer"], [(p.cell, p.code, str(p.severity)) for p in result.problems]


def test_an_agreement_that_ended_before_the_reference_date_is_named(small):
    offer, problems = built(small, "Le Lac;Belfort;01/01/2020;31/12/2023;4200")
    assert problems == [("D4", "agreement_expired", "warning")]
    assert f"{offer['valid_to'].iloc[0]:%Y-%m-%d}" == "2023-12-31"


@pytest.mark.parametrize("end", ["31/12/2024", "31/12/2027", ""])
def test_one_that_holds_or_has_no_end_is_not(small, end):
    assert built(small, f"Le Lac;Belfort;01/01/2021;{end};4200")[1] == []


@pytest.mark.parametrize(("start", "rows"), [("01/01/2024", 1), ("01/07/2024", 2)])
def test_a_new_agreement_carries_on_the_offer_or_opens_it_again_after_a_gap(small, start, rows):
    old = HEADER + "Le Lac;Belfort;01/01/2020;31/12/2023;4200\n"
    new = HEADER.replace("2024", "2025") + f"Le Lac;Belfort;{start};31/12/2027;4300\n"
    result = small({"AVS 2024.csv": old, "AVS 2025.csv": new}).build()
    offer = result.frames["offer"]
    assert (len(offer), offer["service"].nunique()) == (rows, 1) and result.problems == []
    assert f"{offer['valid_to'].iloc[-1]:%Y-%m-%d}" == "2027-12-31"


def test_an_agreement_that_ends_before_it_begins_is_asked_about(small):
    offer, problems = built(small, "Le Lac;Belfort;01/01/2025;31/12/2021;4200")
    assert problems == [("D4", "dates_reversed", "question")] and offer.empty
