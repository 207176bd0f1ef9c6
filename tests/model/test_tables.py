import copy
import pickle
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from sdsf_analysis.errors import QuestionError, SdsfError
from sdsf_analysis.model.lists import choices, list_names
from sdsf_analysis.model.status import Status
from sdsf_analysis.model.tables import Tables, table, tables

KEYS = {
    "territories": ("level", "territory"),
    "membership": ("level", "territory", "commune", "starts_on"),
    "ctg": ("ctg",),
    "ctg_partners": ("ctg", "partner"),
    "ctg_themes": ("ctg", "theme"),
    "officers": ("ctg", "post"),
    "meetings": ("network", "date"),
    "offer": ("service", "valid_from"),
    "service_area": ("service", "commune"),
    "activity": ("service", "year", "nature", "measure"),
    "funds": ("service", "year", "fund", "nature"),
    "alerts": ("service", "date", "rule"),
    "families": ("commune", "year", "regime", "measure"),
    "published_rates": ("level", "territory", "year", "indicator"),
    "actions": ("plan", "orientation", "action"),
    "action_measures": ("plan", "action", "indicator", "date", "role"),
    "authorities": ("commune", "starts_on"),
    "requests": ("request",),
    "problems": (),
    "ledger": (),
}
EVERY = pytest.mark.parametrize("name", list(KEYS))


def births(**changes):
    """One good row of `families`, with some columns changed; a list makes several rows."""
    row = {"commune": "01004", "year": 2022, "regime": "all", "measure": "births", "value": 171.0}
    row |= {"status": "known", **changes}
    size = max((len(value) for value in row.values() if isinstance(value, list)), default=1)
    return pd.DataFrame({k: v if isinstance(v, list) else [v] * size for k, v in row.items()})


def refusals(frame, name="families"):
    return list(table(name).failures(frame).itertuples(index=False, name=None))


def test_every_table_is_declared_with_its_key():
    assert {name: declared.key for name, declared in tables().items()} == KEYS


@EVERY
def test_declarations_are_complete(name):
    declared = table(name)
    assert declared.label
    assert declared.row.endswith(".")
    for column in declared.columns:
        assert column.dtype in {"str", "float", "int", "date", "bool"}, column.name
        assert column.diffusion in choices("diffusion"), column.name
        assert column.choices is None or column.choices in list_names(), column.name
        assert column.label, column.name


@EVERY
def test_every_number_has_a_unit(name):
    numbers = [column for column in table(name).columns if column.dtype in {"float", "int"}]
    assert [column.name for column in numbers if not column.unit] == []


@EVERY
def test_a_number_with_status_has_its_four_columns(name):
    for quantity in table(name).quantities:
        assert [table(name)[part].dtype for part in (quantity.value, quantity.low, quantity.high)] == [
            "float"
        ] * 3
        assert table(name)[quantity.status].dtype == "str"


def test_numbers_that_carry_a_status():
    values = {name: [q.value for q in declared.quantities] for name, declared in tables().items()}
    assert {name: found for name, found in values.items() if found} == {
        "offer": ["capacity", "units"],
        "activity": ["value"],
        "families": ["value"],
        "published_rates": ["value"],
        "action_measures": ["value"],
    }


def test_what_reaches_a_person_or_a_structure_in_difficulty_is_internal():
    assert table("officers")["officer"].diffusion == "interne"
    for name in ("alerts", "problems", "ledger"):
        assert {column.diffusion for column in table(name).columns} == {"interne"}


def test_only_dates_that_may_be_unknown_are_null_in_a_key():
    free = {(n, c.name) for n, t in tables().items() for c in t.columns if c.is_key and not c.is_required}
    assert free == {("membership", "starts_on"), ("authorities", "starts_on"), ("action_measures", "date")}


@EVERY
def test_an_empty_table_has_its_types_and_no_failure(name):
    declared = table(name)
    empty = declared.empty()
    assert list(empty.columns) == list(declared.names)
    assert list(declared.schema().columns) == list(declared.names)
    assert refusals(empty, name) == []
    assert_frame_equal(declared.conform(empty), empty)


def test_conform_completes_casts_orders_and_sorts():
    given_rows = pd.DataFrame(
        {"starts_on": ["2024-01-01", None], "ctg": ["01-B", "01-A"], "stage": "signed"}, index=[7, 3]
    )
    frame = table("ctg").conform(given_rows)
    assert list(frame.columns) == list(table("ctg").names)
    assert frame.index.tolist() == [0, 1]
    assert frame["ctg"].tolist() == ["01-A", "01-B"]
    assert frame["starts_on"].tolist() == [pd.NaT, pd.Timestamp("2024-01-01")]
    assert frame["name"].isna().all()
    assert frame.dtypes.astype(str).to_dict()["ends_on"] == "datetime64[us]"


def test_conform_leaves_the_given_frame_alone():
    frame = births(commune=["01033", "01004"])
    before = frame.copy()
    table("families").conform(frame)
    assert_frame_equal(frame, before)


def test_cast_keeps_the_index_by_which_rows_are_named():
    frame = births(commune=["01033", "01004"]).set_axis([12, 5])
    assert table("families").cast(frame)["commune"].to_dict() == {12: "01033", 5: "01004"}


def test_registers_without_a_key_keep_their_order():
    frame = pd.DataFrame(
        {"cell": ["A10", "A2"], "table": "ctg", "key": "01-A", "column": "name", "source": "x"}
    )
    assert table("ledger").conform(frame)["cell"].tolist() == ["A10", "A2"]


def test_an_undeclared_column_is_named_with_those_that_are():
    with pytest.raises(SdsfError, match=r"ctg_themes ne déclare pas : champ\..*ctg, theme"):
        table("ctg_themes").conform(pd.DataFrame({"ctg": ["01-A"], "champ": ["enfance"]}))


def test_a_column_given_twice_is_refused():
    twice = pd.DataFrame([["01-A", "01-B"]], columns=["ctg", "ctg"])
    with pytest.raises(SdsfError, match="deux fois : ctg"):
        table("ctg_themes").conform(twice)


@pytest.mark.parametrize(
    ("column", "values", "named"),
    [
        ("commune", [1004], "integer"),
        ("commune", ["01004", 1004.0], "mixed"),
        ("year", [2022.5], "2022.5"),
        ("year", ["2022"], "string"),
        ("value", ["171"], "string"),
        ("value", [1.0, float("inf")], "inf"),
    ],
)
def test_a_value_of_another_type_is_refused_never_guessed(column, values, named):
    with pytest.raises(SdsfError, match=f"La colonne {column} de la table families .*{named}"):
        table("families").conform(births(**{column: values}))


@pytest.mark.parametrize("written", ["01/02/2024", "rentrée 24", 45292])
def test_a_date_that_is_not_one_is_refused(written):
    with pytest.raises(SdsfError, match="attend des dates"):
        table("meetings").conform(pd.DataFrame({"network": ["CTG"], "date": [written]}))


def test_good_rows_pass():
    assert refusals(births(commune=["01004", "01033"])) == []


def test_a_rounded_number_keeps_its_bounds():
    assert refusals(births(value=25.0, low=23.0, high=29.0)) == []


def test_a_secret_number_has_bounds_and_no_value():
    assert refusals(births(value=None, status="secret", low=1.0, high=4.0)) == []


def test_every_refusal_names_its_row_and_column():
    frame = births(
        commune=["01004", None, "01033", "01053", "01053"],
        measure=["births", "births", "naissances", "births", "births"],
    ).set_axis(["a", "b", "c", "d", "e"])
    assert refusals(frame) == [
        ("b", "commune", "null"),
        ("c", "measure", "list"),
        ("d", "commune", "key"),
        ("e", "commune", "key"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "secret"}, (0, "status", "status")),
        ({"value": None}, (0, "status", "status")),
        ({"status": "nd", "value": None}, (0, "status", "list")),
        ({"low": 172.0}, (0, "value", "bounds")),
        ({"high": 170.0}, (0, "value", "bounds")),
        ({"value": None, "status": "secret", "low": 4.0, "high": 1.0}, (0, "value", "bounds")),
        ({"regime": None}, (0, "regime", "null")),
    ],
)
def test_one_fault_gives_one_refusal(changes, expected):
    assert refusals(births(**changes)) == [expected]


def test_each_number_of_an_offer_is_checked_for_itself():
    row = {"service": ["S1"], "valid_from": ["2023-12-31"], "kind": ["eaje_collective"]}
    capacity = {"capacity": [25.0], "capacity_status": ["known"]}
    assert refusals(pd.DataFrame(row | capacity), "offer") == []
    units = {"units": [3.0], "units_status": ["secret"], "units_low": [4.0]}
    assert refusals(pd.DataFrame(row | capacity | units), "offer") == [
        (0, "units", "bounds"),
        (0, "units_status", "status"),
    ]


def test_a_key_repeated_without_a_date_is_still_repeated():
    rows = pd.DataFrame(
        {"level": "ctg", "territory": "01-A", "commune": ["01004", "01004"], "starts_on": None}
    )
    assert refusals(rows, "membership") == [(0, "level", "key"), (1, "level", "key")]


def test_a_workspace_may_bring_its_own_level_but_not_its_own_rate():
    zoning = pd.DataFrame({"level": ["bassin"], "territory": ["B1"], "name": ["Bassin de vie"]})
    assert refusals(zoning, "territories") == []
    rate = {"level": ["bassin"], "territory": ["B1"], "year": [2021], "indicator": ["coverage_total"]}
    rate |= {"value": [60.6], "status": ["known"]}
    assert refusals(pd.DataFrame(rate), "published_rates") == [(0, "level", "list")]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[0-9]{5}", fullmatch=True),
            st.integers(2015, 2030),
            st.floats(0, 1e6) | st.none(),
            st.sampled_from(Status),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_conform_is_stable_and_blind_to_the_order_of_rows(rows, random):
    families = table("families")
    frame = pd.DataFrame(rows, columns=["commune", "year", "value", "status"])
    frame = frame.drop_duplicates(["commune", "year"])
    conformed = families.conform(frame)
    assert_frame_equal(families.conform(conformed), conformed)
    order = list(range(len(frame)))
    random.shuffle(order)
    assert_frame_equal(families.conform(frame.iloc[order]), conformed)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0, 99) | st.none(), st.sampled_from([*Status, None])),
        min_size=1,
        max_size=10,
    )
)
def test_a_value_is_present_exactly_when_it_is_known(rows):
    values, statuses = map(list, zip(*rows, strict=True))
    frame = births(commune=[f"{i:05d}" for i in range(len(rows))], value=values, status=statuses)
    expected = [
        i for i, (value, status) in enumerate(rows) if (value is not None) != (status == Status.KNOWN)
    ]
    assert [row for row, _, check in refusals(frame) if check == "status"] == expected


def test_tables_are_read_once_and_only_when_asked():
    asked = []

    def load(name):
        asked.append(name)
        return table(name).empty()

    read = Tables(load)
    assert asked == []
    assert read.offer is read.offer
    assert asked == ["offer"]
    assert "offer" in dir(read)
    assert tuple(read) == read.names == tuple(KEYS)


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(AttributeError, match=r"La table « family » n'existe pas.*families"):
        getattr(Tables(lambda name: table(name).empty()), "family")  # noqa: B009
    with pytest.raises(QuestionError, match="published_rates"):
        table("published_rate")
    with pytest.raises(QuestionError, match=r"Dans la table offer, la colonne « capacite ».*capacity"):
        table("offer")["capacite"]


def test_tables_can_be_copied_and_pickled():
    read = copy.deepcopy(Tables(pd.DataFrame))
    assert pickle.loads(pickle.dumps(read)).names == tuple(KEYS)  # noqa: S301


def test_declarations_do_not_import_pandas():
    code = (
        "import sys; from sdsf_analysis.model.tables import tables; tables();"
        "print({'pandas', 'pandera', 'pyarrow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
