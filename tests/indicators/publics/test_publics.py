"""AEEH children beside the services that welcome them; access of families beside that of all."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdsf_analysis as sdsf
from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.indicators.measures import sum_parts
from sdsf_analysis.indicators.publics.example import publics_example
from sdsf_analysis.indicators.publics.means import bounded_means
from sdsf_analysis.model.tables import Tables, table

ON = "2024-12-31"


def changed(tables, **frames):
    ready = {name: table(name).conform(frame) for name, frame in frames.items()}
    return Tables(lambda name: ready[name] if name in ready else getattr(tables, name))


def with_families(tables, measure, commune, **columns):
    """The same tables, where one count is something else."""
    families = tables.families.copy()
    chosen = (families["measure"] == measure) & (families["commune"] == commune)
    for name, value in columns.items():
        families.loc[chosen, name] = value
    return changed(tables, families=families)


def with_welcome(tables, *rows):
    columns = ["service", "year", "value", "status"]
    frame = pd.DataFrame(rows, columns=columns).assign(nature="actual", measure="aeeh_children")
    return changed(tables, activity=frame)


def welcome(tables, by="epci", kinds=("eaje",), on=ON):
    return sdsf.aeeh_welcome(tables, on, by, kinds=kinds).set_index("territory")


class TestAeeh:
    def test_by_hand(self):
        found = welcome(publics_example()).loc["E1"]
        # c1 and c2 are open in E1, c1 alone says how many, and has 30 places
        assert found[["aeeh_children", "services", "services_told", "services_welcoming"]].tolist() == [
            12,
            2,
            1,
            1,
        ]
        assert found[["places_welcoming", "welcomed"]].tolist() == [30, 2]
        assert found["share"] == pytest.approx(100 * 2 / 12)

    @pytest.mark.parametrize(
        ("tables", "territory", "finding"),
        [
            (publics_example(), "01001", "as_many"),
            (publics_example(), "01004", "no_service"),
            (publics_example(), "01005", "few_children"),
            (with_families(publics_example(), "aeeh_children", "01002", value=9.0), "01002", "not_told"),
            (with_welcome(publics_example(), ("c1", 2024, 0.0, "known")), "01001", "none_seen"),
            (with_welcome(publics_example()), "01001", "unknown"),
            (example_tables(), "01001", "unknown"),
            (
                with_families(
                    with_welcome(publics_example(), ("c1", 2024, 0.0, "known"), ("c2", 2024, 3.0, "known")),
                    "aeeh_children",
                    "01002",
                    value=9.0,
                ),
                "01002",
                "as_many",
            ),
        ],
    )
    def test_each_finding(self, tables, territory, finding):
        assert welcome(tables, "commune").loc[territory, "finding"] == finding

    def test_fewer_services_than_in_the_departement(self):
        told = [("c1", 2024, 3.0, "known"), ("c2", 2024, 0.0, "known"), ("m1", 2024, 2.0, "known")]
        tables = with_welcome(publics_example(), *told)
        assert welcome(tables, on="2024-08-01").loc["E2", "finding"] == "as_many"
        assert welcome(tables).loc["E1", "finding"] == "as_many"
        offer = publics_example().offer
        third = offer[offer["service"] == "c2"].assign(service="c3", commune="01004")
        more = changed(tables, offer=pd.concat([offer, third]))
        tables = with_welcome(more, *told, ("c3", 2024, 1.0, "known"))
        assert welcome(tables)["finding"].tolist() == ["fewer", "as_many"]

    def test_a_withheld_count_gives_bounds(self):
        tables = with_families(
            publics_example(), "aeeh_children", "01002", value=None, status="secret", low=1.0, high=4.0
        )
        found = welcome(tables).loc["E1"]
        assert (found["aeeh_children_status"], found["share_status"]) == ("secret", "secret")
        assert found[["aeeh_children_low", "aeeh_children_high"]].tolist() == [11, 14]
        assert (found["share_low"], found["share_high"]) == pytest.approx((200 / 14, 200 / 11))

    def test_a_withheld_welcome_is_of_one_child_or_more(self):
        found = welcome(with_welcome(publics_example(), ("c1", 2024, None, "secret"))).loc["E1"]
        assert found["welcomed_status"] == "secret" and pd.isna(found["welcomed"])

    def test_the_latest_year_of_each_kind_counts_alone(self):
        tables = with_welcome(
            publics_example(),
            ("c1", 2023, 9.0, "known"),
            ("c1", 2024, 2.0, "known"),
            ("c2", 2023, 5.0, "known"),
        )
        assert welcome(tables).loc["E1", "welcomed"] == 2

    def test_nothing_received_is_said(self):
        said = sdsf.aeeh_welcome(example_tables(), ON).attrs["remark"]
        assert "recette caf_families" in said and "recette eaje" in said


def access(tables, **more):
    return sdsf.families_access(tables, "2024-06-30", **more).set_index(["territory", "measure"])


class TestFamiliesAccess:
    def test_the_mean_is_that_of_the_communes_weighted_by_families(self):
        tables = publics_example()
        places = sdsf.accessible_places(tables, "2024-06-30").query("measure == 'accessible_places'")["value"]
        found = access(tables)
        by_hand = np.average(places.to_numpy()[:2], weights=[20, 3])
        assert found.loc[("E1", "places_single_parent"), "value"] == pytest.approx(by_hand)
        gap = by_hand - np.average(places.to_numpy()[:2], weights=[100, 40])
        assert found.loc[("E1", "places_gap_single_parent"), "value"] == pytest.approx(gap)

    def test_families_spread_alike_have_no_gap(self):
        tables = publics_example()
        families = tables.families.copy()
        households = families[families["measure"] == "households"].set_index("commune")["value"]
        for measure in ("single_parent_families", "low_income_families"):
            chosen = families["measure"] == measure
            families.loc[chosen, "value"] = families.loc[chosen, "commune"].map(households) / 10
        found = access(changed(tables, families=families))
        gaps = found[found.index.get_level_values("measure").str.contains("gap")]
        assert gaps["value"].abs().max() == pytest.approx(0, abs=1e-9)

    def test_a_withheld_count_gives_bounds_and_one_without_any_is_at_most_all_households(self):
        tables = publics_example()
        withheld = {"value": None, "status": "secret", "low": None, "high": None}
        hidden = access(with_families(tables, "single_parent_families", "01002", **withheld))
        found = hidden.loc[("E1", "places_single_parent")]
        values = sdsf.accessible_places(tables, "2024-06-30").query("measure == 'accessible_places'")["value"]
        assert (found["status"], pd.isna(found["value"])) == ("secret", True)
        least, most = np.average(values[:2], weights=[20, 40]), values.iloc[0]
        assert (found["low"], found["high"]) == pytest.approx((least, most))

    def test_no_service_and_no_file_are_not_zero(self):
        tables = publics_example()
        none = access(changed(tables, offer=tables.offer.assign(stage="closed")))
        assert none.loc[("E1", "km_all"), "status"] == "not_applicable"
        assert none.loc[("E1", "places_all"), "value"] == 0
        found = sdsf.families_access(example_tables(), ON)
        assert set(found["status"]) == {"missing"} and "recette caf_families" in found.attrs["remark"]

    def test_a_commune_without_a_point_or_a_count_is_left_out_and_named(self):
        tables = publics_example()
        families = tables.families[tables.families["commune"] != "01002"]
        found = sdsf.families_access(changed(tables, families=families), "2024-06-30", by="commune")
        rows = found[found["territory"] == "01002"]
        assert set(rows["status"]) == {"missing"} and "01002" in found.attrs["remark"]

    def test_what_is_unknown_is_answered_by_what_is(self):
        with pytest.raises(QuestionError, match="Le plus proche : epci"):
            sdsf.families_access(publics_example(), ON, "epcis")


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
        max_size=5,
    )
)
def test_the_bounds_hold_every_mean_that_values_and_counts_allow(rows):
    sides = np.array([sorted(row[:2]) for row in rows], float)
    counts = np.array([sorted(row[2:]) for row in rows], float)
    counted = pd.DataFrame({"value": None, "status": "secret", "low": counts[:, 0], "high": counts[:, 1]})
    values = np.column_stack([np.full(len(rows), np.nan), sides])
    (found,) = bounded_means(values, sum_parts(counted), np.zeros(len(rows), np.intp), 1).to_dict("records")
    for side in (0, 1):
        for picked in (counts[:, 0], counts[:, 1], counts.mean(axis=1)):
            if picked.sum() > 0:
                mean = np.average(sides[:, side], weights=picked)
                assert found["low"] - 1e-9 <= mean <= found["high"] + 1e-9
