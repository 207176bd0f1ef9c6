"""The published rate first, the estimate beside it, and what lacks."""

import pandas as pd
import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.childcare.change import coverage_change
from sdsf_analysis.indicators.childcare.coverage import childcare_coverage
from sdsf_analysis.indicators.childcare.example import childcare_example
from sdsf_analysis.indicators.childcare.gap import coverage_gap
from sdsf_analysis.indicators.childcare.pmi import pmi_capacity
from sdsf_analysis.indicators.childcare.published import publication_said
from sdsf_analysis.model.tables import Tables, table


def tables_with(**others):
    """The example, with other rows in some tables."""
    usual = childcare_example()
    return Tables(lambda name: table(name).conform(others[name]) if name in others else getattr(usual, name))


def measures(frame, territory):
    return frame[frame["territory"] == territory].set_index("measure")


def with_home_care(places=3.0):
    offer = childcare_example().offer
    care = offer.iloc[[0]].assign(
        service="hc", kind="home_care", funding=None, commune="01004", capacity=places
    )
    early = offer["kind"].eq("preschool")
    offer = offer.assign(valid_from=offer["valid_from"].mask(early, pd.Timestamp("2023-09-01")))
    return tables_with(offer=pd.concat([offer, care], ignore_index=True))


def test_what_is_published_is_given_as_it_is_and_never_recomputed():
    found = measures(childcare_coverage(childcare_example(), "commune"), "01004")
    parts = found.loc[
        [f"coverage_{name}" for name in ("eaje", "preschool", "childminders", "home_care")], "value"
    ]
    assert found.loc["coverage_total", "value"] == 55.2
    assert parts.sum() == pytest.approx(55.1)
    assert found.loc["coverage_total", ["numerator", "denominator"]].isna().all()


def test_places_are_summed_then_divided_and_the_closed_the_projects_and_the_licensed_do_not_count():
    found = measures(
        childcare_coverage(childcare_example(), "epci", 2023, children_per_childminder=2.5), "E1"
    )
    known = found.loc["local_known"]
    # 24 PSU, 6 of unsaid funding, 4 assistants maternels at work × 2.5; 30 licensed places do not count
    assert (known["numerator"], known["denominator"]) == (24 + 6 + 10, 45)
    assert known["value"] == pytest.approx(100 * 40 / 45)
    commune = measures(childcare_coverage(childcare_example(), "commune", 2023), "01004")
    assert commune.loc["local_eaje_psu", "numerator"] == 0
    assert commune.loc["local_eaje_other", "numerator"] == 10


def test_a_component_that_is_not_known_is_missing_and_the_total_has_only_a_lower_bound():
    found = childcare_coverage(childcare_example(), "commune", 2023, children_per_childminder=2.5)
    total = measures(found, "01001").loc["local_total"]
    assert total["status"] == "missing" and pd.isna(total["value"]) and pd.isna(total["high"])
    assert total["low"] == pytest.approx(100 * 34 / 30)
    assert found.attrs["lacking"] == ["home_care", "preschool"]
    assert "n'est pas un taux de couverture" in found.attrs["remark"]
    assert "aucune recette ne l'apporte" in found.attrs["remark"]
    assert "La préscolarisation à 2 ans : rien de connu avant le 31 décembre 2024." in found.attrs["remark"]


def test_with_the_four_components_it_is_a_rate_of_coverage():
    found = childcare_coverage(with_home_care(), "commune", 2023, children_per_childminder=2.5)
    row = measures(found, "01004")
    # 10 + 6 × 2.5 + 3 + 5 places for 60 children
    assert row.loc["local_total", ["numerator", "value", "status"]].tolist() == [33, 55, "known"]
    assert row.loc["gap", "value"] == pytest.approx(0.2)
    assert "n'est pas un taux" not in found.attrs["remark"]
    assert measures(found, "01001").loc["local_home_care", ["value", "status"]].tolist() == [0, "known"]


def test_above_a_hundred_is_legitimate():
    found = measures(childcare_coverage(childcare_example(), "commune", children_per_childminder=3), "01001")
    assert found.loc["local_known", "value"] == 120


def test_children_withheld_give_bounds_and_no_value():
    found = measures(childcare_coverage(childcare_example(), "epci", children_per_childminder=2.5), "E2")
    known = found.loc["local_known"]
    assert known["status"] == "secret" and pd.isna(known["value"])
    assert known["low"] == pytest.approx(100 * 25 / 64) and known["high"] == pytest.approx(100 * 25 / 61)


def caf_children():
    families = childcare_example().families
    of_caf = families[families["measure"] == "children_0_2"].assign(regime="caf")
    return tables_with(families=of_caf)


@pytest.mark.parametrize(
    ("rounding", "low", "high"), [("nearest", 62, 58), ("floor", 64, 60), ("unknown", 64, 58)]
)
def test_children_of_the_caf_have_the_bounds_of_its_rounding(rounding, low, high):
    found = childcare_coverage(caf_children(), "commune", rounding=rounding, children_per_childminder=2.5)
    known = measures(found, "01004").loc["local_known"]
    assert known["value"] == pytest.approx(100 * 25 / 60)
    assert known["low"] == pytest.approx(100 * 25 / low) and known["high"] == pytest.approx(100 * 25 / high)
    assert "ceux des allocataires de la Caf seulement (2023)" in found.attrs["remark"]


def test_counts_of_the_insee_are_not_rounded():
    found = measures(childcare_coverage(childcare_example(), "commune", rounding="nearest"), "01004")
    assert found.loc["local_known", ["low", "high"]].isna().all()


def test_no_one_at_work_is_not_replaced_by_the_licensed():
    activity = childcare_example().activity
    licensed = tables_with(activity=activity[activity["measure"] != "childminders_active"])
    found = childcare_coverage(licensed, "commune", 2023)
    assert (found.loc[found["measure"] == "local_childminders", "status"] == "missing").all()
    assert "Les agréés de la PMI, reçus, ne les remplacent pas." in found.attrs["remark"]


def test_children_cared_for_win_over_an_average():
    activity = childcare_example().activity
    served = activity[activity["service"].eq("am2") & activity["year"].eq(2023)].assign(
        measure="children_served", value=11.0
    )
    found = childcare_coverage(tables_with(activity=pd.concat([activity, served])), "commune", 2023)
    assert measures(found, "01004").loc["local_childminders", "numerator"] == 11
    assert measures(found, "01001").loc["local_childminders", "numerator"] == pytest.approx(8.8)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"year": 1995}, "Rien de connu pour 1995. Années connues : 2023, 2024. La plus proche : 2023."),
        ({"rounding": "near"}, "Le plus proche : nearest."),
        ({"by": "epcis"}, "Le plus proche : epci."),
        ({"children_per_childminder": 0}, "Donner un nombre supérieur à 0"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(options, words):
    with pytest.raises(QuestionError) as caught:
        childcare_coverage(childcare_example(), **options)
    assert words in str(caught.value)


class TestGap:
    def test_the_lines_of_a_territory_add_up_to_its_total(self):
        found = coverage_gap(childcare_example(), children_per_childminder=2.5)
        lines = found[(found["territory"] == "01004") & (found["reading"] == "cnaf")].set_index("component")
        assert lines["difference"].drop("total").sum() == pytest.approx(lines.loc["total", "difference"])
        assert lines.loc["rounding", "difference"] == pytest.approx(0.1)
        assert lines.loc["home_care", "reason"] == "Pas connu ici : la garde à domicile."

    def test_the_pmi_is_another_reading(self):
        found = coverage_gap(childcare_example(), "epci", children_per_childminder=2.5)
        assert set(found["reading"]) == {"pmi"}
        line = found[(found["territory"] == "E1") & (found["component"] == "childminders")].iloc[0]
        assert (line["theirs"], line["ours"]) == (pytest.approx(100 * 30 / 45), pytest.approx(100 * 10 / 45))

    def test_the_capacity_of_the_pmi_is_beside_and_not_in_the_coverage(self):
        found = measures(pmi_capacity(childcare_example(), "commune", 2023), "01001")
        assert found["numerator"].tolist() == [26, 30, 56]
        assert "local_total" not in found.index


class TestChange:
    def test_without_two_years_of_children_the_births_are_not_known(self):
        found = measures(coverage_change(childcare_example(), "2023-12-31", "2024-12-31"), "E1")
        assert found.loc["births_effect", "status"] == "missing" and pd.isna(found.loc["change", "value"])
        assert found.loc["offer_effect", "numerator"] == pytest.approx(-2.2)

    def test_with_two_years_the_effects_are_the_change(self):
        families = childcare_example().families
        later = families[families["measure"] == "children_0_2"].assign(year=2024)
        later = later.assign(value=later["value"] - 3)
        both = tables_with(families=pd.concat([families, later]))
        found = measures(coverage_change(both, "2023-12-31", "2024-12-31"), "E1")["value"]
        assert found["change"] == pytest.approx(found["coverage_end"] - found["coverage_start"])
        assert found["offer_effect"] + found["births_effect"] == pytest.approx(found["change"], abs=1e-12)
        assert found["births_effect"] > 0 > found["offer_effect"]

    def test_only_what_is_known_at_both_dates_is_compared(self):
        found = coverage_change(childcare_example(), "2022-12-31", "2024-12-31")
        assert found.attrs["components"] == ["eaje_psu", "eaje_other"]
        assert "ne sont pas connus aux deux dates : les assistants maternels" in found.attrs["remark"]

    def test_dates_in_disorder_are_refused(self):
        with pytest.raises(QuestionError, match="les échanger"):
            coverage_change(childcare_example(), "2024-12-31", "2023-12-31")


def published_at(*rows):
    columns = ["level", "territory", "year", "indicator", "value"]
    frame = pd.DataFrame([(*row[:2], 2023, "coverage_total", row[2]) for row in rows], columns=columns)
    return pd.concat([childcare_example().published_rates, frame.assign(status="known")], ignore_index=True)


def test_the_rate_of_the_departement_and_of_its_epci_come_first_as_they_are_published():
    membership = childcare_example().membership
    whole = membership[membership["level"] == "epci"].assign(level="departement", territory="01")
    tables = tables_with(
        published_rates=published_at(("departement", "01", 58.7), ("epci", "E1", 61.2)),
        membership=pd.concat([membership, whole], ignore_index=True),
    )
    for by, territory, rate in (("departement", "01", 58.7), ("epci", "E1", 61.2)):
        found = childcare_coverage(tables, by, 2023)
        assert found.loc[0, ["territory", "measure", "value"]].tolist() == [territory, "coverage_total", rate]
        assert "Cnaf" not in found.attrs["remark"]
        gap = coverage_gap(tables, by, 2023).set_index(["territory", "reading", "component"])
        assert gap.loc[(territory, "cnaf", "total"), "theirs"] == rate


def test_a_rate_of_the_whole_epci_says_so_where_the_tables_hold_a_part_of_it():
    epci = {"level": "epci", "territory": ["E1", "E2"], "name": ["CC Une", "CC Deux"], "departement": "01"}
    epci |= {"communes": 2, "communes_whole": [2, 26]}
    territories = pd.concat([childcare_example().territories, pd.DataFrame(epci)], ignore_index=True)
    tables = tables_with(
        territories=territories, published_rates=published_at(("epci", "E1", 61.2), ("epci", "E2", 58.7))
    )
    assert publication_said(tables, "epci", 2023, pd.Index(["E1", "E2"])) == (
        "Le taux de la Cnaf est celui de l'EPCI entier, communes d'autres départements comprises, pour : "
        "CC Deux."
    )
    assert publication_said(tables, "epci", 2023, pd.Index(["E1"])) == ""
    # what is not published is not of the whole either
    one = tables_with(territories=territories, published_rates=published_at(("epci", "E1", 61.2)))
    assert publication_said(one, "epci", 2023, pd.Index(["E1", "E2"])) == ""


def test_a_level_that_the_cnaf_publishes_names_its_file_and_another_does_not():
    tables, one = childcare_example(), pd.Index(["01"])
    assert "« txcouv_pe_dep »" in publication_said(tables, "departement", 2023, one)
    assert "txcouv" not in publication_said(tables, "ctg", 2023, one)
