"""Counters and coverage under every reading, through time, and what is said beside them."""

import copy
import pickle
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.conventions import BASES, covered_communes, ctg_at
from sdsf_analysis.indicators.ctg import (
    ctg_counters,
    ctg_coverage,
    ctg_gaps,
    ctg_history,
    ctg_partners_matrix,
    ctg_renewals,
    explain_difference,
    network_meetings,
    officers_by,
)
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table

COMMUNES = ["01001", "01002", "01004", "01005"]
DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))
quick = settings(max_examples=12, deadline=None, derandomize=True)


def changed(**frames):
    example = example_tables()
    return Tables(
        lambda name: table(name).conform(frames[name]) if name in frames else getattr(example, name)
    )


def empty(*names):
    return changed(**{name: table(name).empty() for name in names})


@st.composite
def conventions(draw):
    """Some conventions over the four communes of the example, some signed late or never."""
    rows, perimeters = [], []
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.dates(date(2019, 1, 1), date(2026, 1, 1)))
        signed = draw(st.none() | st.dates(date(2019, 1, 1), date(2027, 1, 1)))
        end = start.replace(year=start.year + 4, day=1)
        rows.append({"ctg": str(number), "starts_on": start, "ends_on": end, "signed_on": signed})
        for commune in draw(st.sets(st.sampled_from(COMMUNES), max_size=4)):
            perimeters.append({"level": "ctg", "territory": str(number), "commune": commune})
    return rows, perimeters


def tables_of(rows, perimeters):
    membership = example_tables().membership
    frames = [membership[membership["level"] != "ctg"], pd.DataFrame(perimeters, columns=membership.columns)]
    members = pd.concat([frame for frame in frames if len(frame)])
    dated = pd.DataFrame(rows).astype({"signed_on": "object"}).assign(stage="signed")
    return changed(ctg=dated, membership=members)


def inhabitants(tables, on, **reading):
    frame = ctg_coverage(tables, on, **reading)
    return frame[frame["measure"] == "population"]


@quick
@given(conventions(), DAYS, st.sampled_from(BASES))
def test_the_counters_are_the_sum_of_the_coverage(drawn, on, basis):
    tables = tables_of(*drawn)
    row = ctg_counters(tables, on, basis=basis).set_index("measure").loc["population_covered"]
    for by in ("epci", "commune"):
        parts = inhabitants(tables, on, by=by, basis=basis)
        if row["status"] == "known":
            assert parts["numerator"].sum() == row["numerator"]
        else:
            assert parts["numerator"].isna().all()
        assert parts["denominator"].sum() == row["denominator"]


@quick
@given(conventions(), conventions(), DAYS)
def test_one_more_convention_never_lowers_the_coverage(drawn, more, on):
    rows, perimeters = drawn
    added = [row | {"ctg": f"new-{row['ctg']}"} for row in more[0]]
    members = [row | {"territory": f"new-{row['territory']}"} for row in more[1]]
    before = covered_communes(tables_of(rows, perimeters), on)
    after = covered_communes(tables_of(rows + added, perimeters + members), on)
    assert set(before) <= set(after)


@quick
@given(conventions(), DAYS)
def test_signed_is_at_most_effective(drawn, on):
    tables = tables_of(*drawn)
    signed = covered_communes(tables, on, basis="signed")
    assert set(signed) <= set(covered_communes(tables, on))


@quick
@given(conventions(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(drawn, on, random):
    rows, perimeters = drawn
    expected = ctg_coverage(tables_of(rows, perimeters), on)
    random.shuffle(rows)
    random.shuffle(perimeters)
    pd.testing.assert_frame_equal(ctg_coverage(tables_of(rows, perimeters), on), expected)


@quick
@given(conventions(), DAYS)
def test_the_communes_covered_are_those_that_the_map_shows(drawn, on):
    tables = tables_of(*drawn)
    shown = ctg_at(tables, on)
    assert (
        sorted(set(shown.loc[shown["state"] == "in_force", "commune"]))
        == covered_communes(tables, on).tolist()
    )


def test_a_date_before_the_first_ctg_is_a_true_zero():
    row = ctg_counters(example_tables(), "1998-01-01").set_index("measure").loc["population_covered"]
    assert (row["value"], row["status"], row["numerator"]) == (0.0, "known", 0.0)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2029-01-01", "la dernière CTG connue finit le 31 décembre 2028"),
        ("2026-06-30", "la dernière délibération, signature ou prise d'effet connue est du 1er juin 2024"),
    ],
)
def test_a_date_beyond_the_data_is_answered_and_said(on, words):
    for frame in (ctg_counters(example_tables(), on), ctg_coverage(example_tables(), on)):
        assert words in frame.attrs["remark"]
        assert (frame["status"] == "known").any()


def test_a_date_after_that_of_an_old_list_is_said():
    problem = {"code": "situation_older", "severity": "warning", "found": "2024-03-31"}
    tables = changed(problems=pd.DataFrame([problem]))
    assert "la liste des CTG est au 31 mars 2024" in ctg_counters(tables, "2024-06-30").attrs["remark"]
    assert "remark" not in ctg_counters(tables, "2024-03-31").attrs


def test_without_the_file_of_the_ctg_every_answer_names_it_and_none_says_zero():
    tables = changed(ctg=table("ctg").empty())
    on = "2024-06-30"
    long = [ctg_coverage(tables, on), ctg_history(tables, on, on), officers_by(tables, on, "departement")]
    lists = [ctg_renewals(tables, on), ctg_gaps(tables, on), ctg_partners_matrix(tables, on)]
    for frame in [*long, *lists]:
        assert "« Suivi CTG.xlsx » (recette ctg)" in frame.attrs["remark"]
    for frame in long[:2]:
        assert frame.loc[frame["measure"] != "cog_target", "value"].isna().all()
    assert all(frame.empty for frame in lists)


def test_without_any_perimeter_received_the_coverage_is_missing_and_said():
    rows = example_tables().membership
    tables = changed(membership=rows[rows["level"] != "ctg"])
    assert set(ctg_coverage(tables, "2024-06-30")["status"]) == {"missing"}
    assert "CTG en vigueur sans commune connue" in ctg_coverage(tables, "2024-06-30").attrs["remark"]
    # before the first convention, nothing is covered, whatever the perimeters
    assert set(inhabitants(tables, "1998-01-01")["value"]) == {0.0}


def test_without_any_partner_received_the_signatories_are_missing():
    tables = empty("ctg_partners")
    assert set(ctg_coverage(tables, "2024-06-30", of="signatories")["status"]) == {"missing"}


def test_a_convention_without_signature_date_is_not_signed_and_it_is_said():
    rows = example_tables().ctg
    rows.loc[rows["ctg"] == "A", "signed_on"] = pd.NaT
    frame = ctg_counters(changed(ctg=rows), "2024-06-30", basis="signed")
    values = frame.set_index("measure")["value"]
    assert values[["ctg_in_force", "ctg_signature_unknown"]].tolist() == [2, 1]
    assert frame.attrs["remark"] == "CTG en vigueur sans date de signature, non comptées : A."


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda tables: ctg_counters(tables, "2024-06-30", basis="signe"),
            "effective, signed. Le plus proche : signed",
        ),
        (lambda tables: ctg_coverage(tables, "2024-06-30", of="signataires"), "perimeter, signatories"),
        (
            lambda tables: ctg_coverage(tables, "2024-06-30", population_year=1999),
            "Années disponibles : 2023",
        ),
        (lambda tables: ctg_history(tables, "2024-01-01", "2025-01-01", "years"), "Le plus proche : year"),
        (lambda tables: ctg_history(tables, "2025-01-01", "2024-01-01"), "précède le début"),
        (
            lambda tables: ctg_history(tables, "2024-01-01", "2025-01-01", territory="E3"),
            "Le plus proche : E2",
        ),
        (
            lambda tables: ctg_partners_matrix(tables, "2024-06-30", ctg="B3"),
            "A, B1, B2, C, D. Le plus proche",
        ),
        (lambda tables: ctg_renewals(tables, "2024-06-30", "un an"), "n'est pas un nombre de mois"),
        (lambda tables: officers_by(tables, "2024-06-30", "ctgs"), "Le plus proche : ctg"),
        (lambda tables: network_meetings(tables, network="reseau"), "Le plus proche : réseau"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(ask, words):
    with pytest.raises(QuestionError) as refused:
        ask(example_tables())
    assert words in str(refused.value)


def test_the_curve_keeps_one_population_and_the_trajectory_its_own_years():
    legal = example_tables().families.assign(
        measure="legal_population", year=2018, value=1000.0, status="known", low=None, high=None
    )
    tables = changed(families=pd.concat([example_tables().families, legal]))
    curve = ctg_history(tables, "2017-12-31", "2024-12-31", population_year=2018)
    wide = curve.pivot(index="date", columns="measure", values="value")
    assert wide["population"].tolist() == [0, 0, 0, 25, 50, 75, 75, 75]
    assert wide["cog_target"].dropna().tolist() == [20, 35, 55, 75, 85]
    assert set(curve.loc[curve["measure"] == "population", "denominator"]) == {4000.0}
    assert curve.attrs["population_year"] == [2018]


def test_the_steps_of_the_curve_stay_at_ends_of_months():
    days = ctg_history(example_tables(), "2024-02-29", "2024-12-31", "quarter")["date"].unique()
    assert [str(day.date()) for day in days] == ["2024-02-29", "2024-05-31", "2024-08-31", "2024-11-30"]
    days = ctg_history(example_tables(), "2024-01-15", "2024-03-14", "month")["date"].unique()
    assert [str(day.date()) for day in days] == ["2024-01-15", "2024-02-15"]


def test_families_and_households_are_counted_apart():
    rows = example_tables().families.assign(value=10.0, status="known", low=None, high=None)
    every = pd.concat([rows, rows.assign(measure="households", regime="caf", value=20.0)])
    frame = ctg_coverage(changed(families=every), "2024-06-30")
    assert frame.loc[frame["measure"] == "households", "numerator"].tolist() == [40.0, 20.0]
    assert frame.attrs["households"] == {"year": 2023, "regime": "caf"}
    assert "families" not in set(frame["measure"])


def test_a_renewal_without_its_new_convention_is_named_as_such():
    rows = example_tables().ctg
    alone = rows[rows["ctg"] != "B2"]
    found = ctg_renewals(changed(ctg=alone), "2024-03-01").set_index("ctg")
    assert found.loc["B1", "situation"] == "ended_successor_missing"
    followed = ctg_renewals(example_tables(), "2024-03-01").set_index("ctg").loc["B1"]
    assert followed[["situation", "successor", "gap_days"]].tolist() == ["ended_under_way", "B2", 152]
    assert followed["uncovered_inhabitants"] == 500


def test_a_commune_without_population_leaves_the_inhabitants_unknown():
    rows = example_tables().territories
    rows.loc[rows["territory"] == "01004", "population"] = None
    found = ctg_renewals(changed(territories=rows), "2025-09-30").set_index("ctg")
    assert found["inhabitants"].isna().to_dict() == {"A": False, "C": True}


def test_gaps_tell_an_island_from_a_commune_without_outline():
    # no commune has the code 01003: it has no outline
    rows = example_tables().territories
    rows.loc[rows["territory"] == "01005", "territory"] = "01003"
    found = ctg_gaps(changed(territories=rows), "2024-06-30").set_index("commune")
    assert found["neighbours"].isna().tolist() == [True]
    pairs = pd.DataFrame({"commune": ["01003"], "neighbour": [None]}, dtype="str")
    island = ctg_gaps(changed(territories=rows), "2024-06-30", pairs).iloc[0]
    assert island[["neighbours", "covered_neighbours", "neighbour_ctg"]].tolist() == [0, 0, ""]


def test_what_partners_and_themes_a_convention_lacks_is_missing_where_nothing_was_received():
    tables = empty("ctg_themes", "ctg_partners")
    found = ctg_partners_matrix(tables, "2024-06-30")
    assert found.drop(columns=["ctg", "name"]).isna().all(axis=None)
    one = ctg_partners_matrix(example_tables(), "2024-06-30", ctg="D")
    assert one["ctg"].tolist() == ["D"]
    assert pd.isna(one["commune"].iloc[0])


def test_meetings_between_two_days_keep_the_one_before_for_the_change():
    found = network_meetings(example_tables(), "2023-06-01")
    assert found[["attendance", "previous", "change"]].values.tolist() == [[36, 40, -4]]


def test_the_question_beside_an_answer_bears_what_pandas_does_to_it(tmp_path):
    one, two = (ctg_coverage(example_tables(), on) for on in ("2024-06-30", "2024-06-30"))
    both = pd.concat([one, two])
    assert both.attrs["question"] == one.attrs["question"]
    assert copy.deepcopy(one.attrs)["question"].tables is one.attrs["question"].tables
    assert type(pickle.loads(pickle.dumps(one)).attrs["question"]) is str  # noqa: S301
    one.to_parquet(tmp_path / "answer.parquet")
    again = pd.read_parquet(tmp_path / "answer.parquet")
    with pytest.raises(QuestionError, match="donner aussi les tables"):
        explain_difference(50, again, territory="E2")
    assert "Vous avez 50" in explain_difference(50, again, territory="E2", tables=example_tables())


@pytest.mark.parametrize(
    ("mine", "on", "words"),
    [
        (93.3, "2024-06-30", "À cet arrondi, il n'y a pas de différence"),
        (93, "2024-06-30", "À cet arrondi, il n'y a pas de différence"),
        (75.0, "2024-06-30", "si l'on décide de compter les communes au lieu des habitants"),
        (40.0, "2021-02-01", "À cet arrondi"),
        (13.3, "2021-02-01", "de ne compter que les CTG déjà signées"),
        (93.3, "2024-03-01", "de compter les CTG échues dont le renouvellement est en cours"),
        (1.5, "2024-06-30", "Aucune des"),
    ],
)
def test_each_reading_explains_its_own_difference(mine, on, words):
    assert words in explain_difference(mine, ctg_counters(example_tables(), on))


def test_late_communes_explain_a_difference():
    rows = example_tables().membership
    late = rows[rows["territory"] == "C"].assign(commune="01005", starts_on=pd.Timestamp("2025-01-01"))
    tables = changed(membership=pd.concat([rows, late]))
    text = explain_difference(100, ctg_counters(tables, "2024-06-30"))
    assert "compter les communes entrées plus tard ou sorties" in text
    assert "\n" not in text


def test_a_share_is_explained_for_one_territory():
    ours = ctg_coverage(example_tables(), "2024-06-30")
    with pytest.raises(QuestionError, match=r"\(territory\)\. Choisir parmi : E1, E2"):
        explain_difference(50, ours)
    assert "compter les communes" in explain_difference(50, ours, territory="E2")


@pytest.mark.parametrize("mine", [-1, 101, True, "73,2", float("nan")])
def test_what_is_no_percentage_is_refused(mine):
    with pytest.raises(QuestionError, match="n'est pas un pourcentage"):
        explain_difference(mine, ctg_counters(example_tables(), "2024-06-30"))


def test_what_is_no_answer_on_the_coverage_is_refused():
    with pytest.raises(QuestionError, match="résultat de ctg_counters"):
        explain_difference(50, pd.DataFrame())
