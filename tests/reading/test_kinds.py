"""Columns and cells typed: kinds by labels and cells together, doubts at their cells, clean cells alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.reading.kinds import column_kinds, read_cell, read_column
from sdsf_analysis.reading.sheet import Marks, Sheet
from sdsf_analysis.reading.table import Column, Table
from sdsf_analysis.reading.typed.legends import read_legend

NAMES = ["Gex", "Thoiry", "Divonne-les-Bains", "Ferney-Voltaire", "Ornex", "Prévessin-Moëns"]


def table_of(label, cells, *, marks=None, name="Feuille", path=None):
    rows = [["Commune", label], *([NAMES[i % 6], cell] for i, cell in enumerate(cells))]
    columns = (Column(1, ("Commune",)), Column(2, path if path is not None else (label,)))
    last = len(rows)
    body = tuple(range(2, last + 1))
    return Table(Sheet(name, rows, marks=marks or Marks()), (1,), body, (), columns, {})


def typed(label, cells, **options):
    """Kind of a column, and its cells."""
    legend = options.pop("legend", None)
    table = table_of(label, cells, **options)
    kind = column_kinds(table, legend)[2]
    return str(kind), [read_cell(table, row, 2, kind, legend) for row in table.body_rows]


@pytest.mark.parametrize(
    ("label", "cells", "kind"),
    [
        ("Code INSEE", [1004.0, 1173.0, 1419.0], "code"),
        ("CODGEO", ["01004", "2A004", "97105"], "code"),
        ("codgeo_2021", ["69123", "75056", "13055"], "code"),
        ("Commune", ["01004", "01173", "01419"], "code"),
        ("COM", ["69123", "69266", "69029"], "code"),
        ("DEP", ["01", "69D", "2A"], "code"),
        ("Département", [1.0, 38.0, 69.0], "code"),
        ("Région", [84.0, 27.0, 84.0], "code"),
        ("SIREN de l'EPCI", ["200 069 193", "240 100 750"], "code"),
        ("EPCI", [200069193.0, 240100750.0], "code"),
        ("N° équipement", [200100023.0, 200100024.0], "code"),
        ("N°", ["1.1", "1.2", "2.1"], "code"),
        ("Numéro", ["CTG-01", "CTG-02", "CTG-03"], "code"),
        ("Quartier", ["QP001001", "QP001002"], "code"),
        ("IRIS", ["010040101", "010040102"], "code"),
        ("AAV2020", ["016", "002", "440"], "code"),
        ("Code postal", ["01170", "1710", "01220"], "code"),
        ("", ["01", "02", "2A"], "code"),
        ("Nombre de communes", [12.0, 27.0, 8.0], "number"),
        ("NB_COM", [12.0, 27.0, 8.0], "number"),
        ("Communes", [12.0, 27.0, 8.0], "number"),
        ("Population Insee", ["12504", "6100", "10150"], "number"),
        ("P22_POP", ["12504", "6100", "10150"], "number"),
        ("Année", [2021.0, 2022.0, 2023.0], "number"),
        ("Année", ["2021", "2022", "2023"], "number"),
        ("Places", [20.0, "nd", "<5"], "number"),
        ("Places", ["nd", "nd", "s"], "number"),
        ("Montant", ["1 234,50 €", "12 €", "0 €"], "number"),
        ("Taux d'occupation", ["71 %", "45,7 %", "nd"], "percent"),
        ("Commune", ["Gex", "Thoiry", "Ornex"], "text"),
        ("Code", ["Gex", "Thoiry", "Ornex"], "text"),
        ("Tranche d'âge", ["3-5", "6-11", "12-17"], "text"),
        ("Tranche d'âge", ["3-5 ans", "6-11 ans", "moins de 3 ans"], "text"),
        ("Public", ["-6 ans", "6-11 ans", "+6 ans"], "text"),
        ("Date de signature", [date(2024, 1, 1), "31/12/2024", None], "date"),
        ("Ouverture", ["01/09/2021", "nd", "1er janvier 2024"], "date"),
        ("Début", [45292.0, 45658.0], "date"),
        ("Places ouvertes", [45292.0, 45658.0], "number"),
        ("Mois", ["janv.-24", "févr.-24"], "date"),
        ("Observations", [None, None], "text"),
        ("Petite enfance", ["x", None, "X"], "text"),
    ],
)
def test_the_kind_of_a_column(label, cells, kind):
    assert typed(label, cells)[0] == kind


@pytest.mark.parametrize(
    ("label", "cells", "values"),
    [
        ("Code région", [84.0, 1.0], ["84", "1"]),
        ("Code INSEE", ["1004.0", "2a004", "01173"], ["1004", "2A004", "01173"]),
        ("SIREN", ["200 069 193", 240100750.0], ["200069193", "240100750"]),
        ("EPCI", ["200069193", "ZZZZZZZZZ", "240100750"], ["200069193", "ZZZZZZZZZ", "240100750"]),
        ("N° fiche", [1.0, 1.1, "2bis"], ["1", "1.1", "2bis"]),
    ],
)
def test_a_code_is_a_string_and_never_a_number(label, cells, values):
    kind, readings = typed(label, cells)
    assert kind == "code" and {reading.kind for reading in readings} == {"code"}
    assert [reading.value for reading in readings] == values


@pytest.mark.parametrize(
    ("cell", "kind", "value", "code"),
    [
        ("12,5", "number", 12.5, "number_as_text"),
        ("343 500*", "number", 343_500, "note_mark"),
        ("25 dont 2 AVIP", "number", 25, "number_with_remark"),
        ("12+3", "error", None, "number_doubtful"),
        ("n", "error", None, "value_refused"),
        ("nd", "missing", None, "mark_unexplained"),
        ("ns", "not_significant", None, "mark_unexplained"),
        ("Non disponible", "missing", None, ""),
        ("Confidentiel (secret statistique)", "secret", None, ""),
        ("<5", "secret", None, ""),
        ("1-4", "secret", None, ""),
        ("#N/D", "error", None, "value_error"),
        ("", "empty", None, ""),
        (None, "empty", None, ""),
        (0.0, "number", 0, ""),
        (date(2024, 5, 3), "error", None, "value_refused"),
        (True, "text", "VRAI", ""),
    ],
)
def test_a_cell_of_a_column_of_numbers(cell, kind, value, code):
    _, readings = typed("Places", [20.0, 12.0, 5.0, cell])
    assert (readings[-1].kind, readings[-1].value, readings[-1].code) == (kind, value, code)
    assert {reading.code for reading in readings[:-1]} == {""}


def test_every_number_of_a_text_file_is_a_text_and_none_is_accused():
    kind, readings = typed(
        "Places", ["12", "3,5", "nd"], name=None, legend=read_legend(["nd : non disponible"])
    )
    assert kind == "number" and [(r.kind, r.code) for r in readings] == [
        ("number", ""), ("number", ""), ("missing", "")]  # fmt: skip


def test_a_masked_cell_shows_what_is_shown_and_keeps_its_bounds():
    _, (first, second, _) = typed("Places", ["<5", "", 12.0], marks=Marks(masked={(2, 2): "<5", (3, 2): ""}))
    assert (first.kind, first.raw, first.value, first.low, first.high) == ("secret", "<5", None, 0, 4)
    assert (second.kind, second.raw, second.code) == ("secret", "", "value_masked_by_format")


def test_a_stored_share_is_never_rescaled_and_a_text_keeps_its_points():
    kind, readings = typed(
        "Taux", [0.457, 0.71, 0.5], marks=Marks(percents=frozenset({(2, 2), (3, 2), (4, 2)}))
    )
    assert kind == "percent" and (readings[0].kind, readings[0].value) == ("percent", 0.457)
    assert typed("Taux", ["45,7 %", "71 %"])[1][0].value == 45.7


@pytest.mark.parametrize(
    ("cells", "percents", "doubtful"),
    [
        ([0.71, 0.65, 0.8, "45,7 %"], (2, 3, 4), [3]),
        ([0.71, 0.65, 0.8, 45.7], (2, 3, 4), [3]),
        (["71 %", "65 %", "45,7 %", 0.31], (), [3]),
        ([0.71, 0.65, 0.8, "45,7 %"], (), [3]),
        ([0.71, 0.65, 0.8, 0.9, 60.0], (), [4]),
        ([71.0, 65.0, 80.0, 0.31], (), [3]),
        ([0.71, 0.65, 0.8, 0.31], (2, 3, 4), []),
        ([0.71, 0.65, 0.8, 0.0], (2, 3, 4), []),
        (["71 %", "65 %", 80.0, "0,4 %"], (), []),
        ([20.9, 3.1, 12.0, 0.6], (), []),
        ([12.0, 1.2, 0.9, 0.3], (), []),
    ],
)
def test_the_rate_of_another_scale_than_its_column_is_a_question(cells, percents, doubtful):
    _, readings = typed(
        "Taux d'occupation", cells, marks=Marks(percents=frozenset((row, 2) for row in percents))
    )
    assert [i for i, reading in enumerate(readings) if reading.code == "scale_mixed"] == doubtful


def test_small_counts_beside_large_ones_are_no_mixed_scale():
    assert {reading.code for reading in typed("Places", [60.0, 48.0, 1.0, 72.0])[1]} == {""}


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,234", "2,500", "980"], [None, None, 980]),
        (["1.234", "2.500", "980"], [None, None, 980]),
        (["1,234", "2,5", "980"], [1.234, 2.5, 980]),
        (["0,294", "0,301", "1,204"], [0.294, 0.301, 1.204]),
    ],
)
def test_a_separator_that_no_cell_shows_to_be_decimal_is_a_question(cells, values):
    _, readings = typed("Places", cells)
    assert [reading.value for reading in readings] == values
    assert [reading.code for reading in readings if reading.value is None] == [
        "number_doubtful"
    ] * values.count(None)


def test_ages_that_became_dates_are_refused():
    november = date(2024, 11, 6)
    for label, cells in (("Tranche d'âge", ["3-5", november]), ("Accueil", ["3-5", "12-17", november])):
        kind, readings = typed(label, cells)
        assert kind == "text" and (readings[-1].kind, readings[-1].code) == ("error", "age_band_as_date")


def test_dates_come_out_in_iso_form_and_keep_what_is_written():
    cells = [date(2024, 1, 1), "31/12/2024", 45292.0, "juin-20*", "nd", "bientôt"]
    _, readings = typed("Date de signature", cells)
    assert [(r.kind, r.value, r.code) for r in readings] == [
        ("date", "2024-01-01", ""),
        ("date", "2024-12-31", "date_as_text"),
        ("date", "2024-01-01", "date_as_serial"),
        ("date", "2020-06", "date_without_day"),
        ("missing", None, "mark_unexplained"),
        ("error", None, "value_refused"),
    ]


def test_a_number_among_dates_is_refused_unless_it_is_a_day():
    _, read = typed("Date de signature", [date(2024, 5, 3), "12/06/2024", 45292.0, 20231231.0, 2023.0])
    assert [(cell.kind, cell.code) for cell in read[2:]] == [
        ("date", "date_as_serial"),
        ("error", "value_refused"),
        ("error", "value_refused"),
    ]


def test_words_and_names_are_no_signs_in_a_column_of_texts():
    _, readings = typed("Secteur", ["C", "S", "en cours", "Gex nord", "nd", "-"])
    assert [reading.kind for reading in readings] == ["text"] * 4 + ["missing", "not_applicable"]


def test_a_row_that_says_it_is_confidential_withholds_the_number_it_leaves_blank():
    rows = [
        ["Statut", "Valeur"],
        ["Confidentiel (secret statistique)", ""],
        ["Diffusable", "12"],
        ["Diffusable", ""],
    ]
    table = Table(
        Sheet(None, rows), (1,), (2, 3, 4), (), (Column(1, ("Statut",)), Column(2, ("Valeur",))), {}
    )
    kind = column_kinds(table)[2]
    assert [read_cell(table, row, 2, kind).kind for row in (2, 3, 4)] == ["secret", "number", "empty"]


def test_full_time_equivalents_are_read_in_words():
    _, readings = typed("ETP", [1.0, 0.5, "mi-temps", "2 x 0,5", "28 h"])
    assert [reading.value for reading in readings] == [1.0, 0.5, 0.5, 1.0, 0.8]


def test_an_unlabelled_column_of_departements_is_one_of_codes():
    rows = [[None, None], [971.0, "Guadeloupe"], [972.0, "Martinique"], [974.0, "La Réunion"]]
    table = Table(Sheet("1998", rows), (1,), (2, 3, 4), (), (Column(1, ()), Column(2, ())), {})
    assert column_kinds(table)[1] == "code"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["nd", "s", "<5", "1 à 4", "12*", "45,7 %", "0,31", "1 234,5", "", "#N/A", "Gex",
                     "31/12/2024", "1,234", "12+3", "01004", "XX"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-10, 99_999),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.booleans(),
    st.text(max_size=8),
)  # fmt: skip


@given(
    st.lists(CELLS, min_size=1, max_size=12),
    st.sampled_from(["Places", "Taux", "Code INSEE", "Date", "Nom", "ETP", ""]),
    st.sampled_from([None, "Feuille"]),
    st.sets(st.integers(2, 13)),
)
def test_a_column_read_at_once_says_what_its_cells_say_one_by_one(cells, label, name, percents):
    table = table_of(label, cells, name=name, marks=Marks(percents=frozenset((row, 2) for row in percents)))
    kind = column_kinds(table)[2]
    whole = read_column(table, 2, kind)
    for row, value in zip(table.body_rows, whole.values, strict=True):
        one = read_cell(table, row, 2, kind)
        assert value == one.value
        assert (whole.others.get(row) or one._replace(kind=kind)).kind == (
            kind if one.kind == "empty" else one.kind
        )
        assert (whole.others[row].code if row in whole.others else "") == one.code


@given(
    st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(["Places", "Taux", "Code INSEE", "Date", "Nom"])
)
def test_a_value_stands_only_beside_a_kind_that_has_one(cells, label):
    for reading in typed(label, cells)[1]:
        has_value = reading.kind in ("text", "code", "number", "percent", "date")
        assert (reading.value is not None) == has_value


def test_the_bounds_of_a_legend_are_those_of_counts_not_of_rates():
    legend = read_legend(["<5 : de 1 à 4 ; s : moins de 11"])
    _, counts = typed("Places", [12.0, 30.0, "<5", "s"], legend=legend)
    assert [(c.low, c.high) for c in counts[2:]] == [(1, 4), (0, 10)]
    kind, rates = typed("Taux (%)", ["12 %", "30,5 %", "s", "8 %"], legend=legend)
    assert kind == "percent" and (rates[2].kind, rates[2].low, rates[2].high) == ("secret", None, None)


@pytest.mark.parametrize(
    ("label", "cells", "high"),
    [
        ("Places", [12.0, 20.0, "<5"], 4),
        ("Taux d'activité", [12.0, 20.0, "<5"], 5),
        ("Enfants", [12.4, 20.0, "<5"], 5),
        ("Revenu", ["12,4 %", "20 %", "moins de 5"], 5),
    ],
)
def test_what_is_under_five_is_four_at_most_only_where_one_counts(label, cells, high):
    _, readings = typed(label, cells)
    assert (readings[-1].kind, readings[-1].low, readings[-1].high) == ("secret", 0, high)


def test_a_masked_rate_under_five_may_be_more_than_four():
    _, readings = typed("Taux", [12.5, 20.1, "<5"], marks=Marks(masked=frozenset({(4, 2)})))
    assert (readings[-1].kind, readings[-1].high) == ("secret", 5)


def test_bounds_that_the_legend_gives_are_those_of_a_rate_too():
    legend = read_legend(["<5 : de 1 à 4"])
    _, readings = typed("Taux", [12.5, 20.1, "<5"], legend=legend)
    assert (readings[-1].low, readings[-1].high) == (1, 4)


def test_working_times_written_in_words_are_numbers():
    kind, readings = typed("ETP", ["80 %", "28 h", "17,5/35e", "2 x 0,5", "mi-temps", "nd"])
    assert kind == "number"
    assert [read.value for read in readings] == [80, 0.8, 0.5, 1, 0.5, None]
    assert [read.kind for read in readings][:2] == ["percent", "number"] and readings[-1].kind == "missing"


def test_a_number_withheld_in_words_says_nothing_of_the_others_of_its_row():
    rows = [["Commune", "Familles", "Enfants"], ["Gex", 12.0, 20.0], ["Thoiry", "Secret statistique", None]]
    table = Table(
        Sheet("F", rows), (1,), (2, 3), (), tuple(Column(i, (rows[0][i - 1],)) for i in (1, 2, 3)), {}
    )
    assert read_cell(table, 3, 2, "number").kind == "secret"
    assert read_cell(table, 3, 3, "number").kind == "empty"
    assert not read_column(table, 3, "number").others


def test_a_row_withheld_by_its_status_withholds_its_numbers():
    said = "Confidentiel (secret statistique)"
    rows = [["Commune", "Statut", "Valeur"], ["Gex", "Valeur normale", 20.0], ["Thoiry", said, None]]
    table = Table(
        Sheet("F", rows), (1,), (2, 3), (), tuple(Column(i, (rows[0][i - 1],)) for i in (1, 2, 3)), {}
    )
    assert read_cell(table, 3, 3, "number").kind == "secret"


@pytest.mark.parametrize(
    "cells", [["<5"] * 6, ["1 à 4"] * 5, ["1 à 4", "1 à 4", "1 à 4", 12.0, 15.0], ["<5", "nd", "<5", "<10"]]
)
def test_a_count_withheld_nearly_everywhere_is_a_count(cells):
    kind, readings = typed("AEEH", cells)
    assert kind == "number"
    assert {read.kind for read in readings} <= {"secret", "number", "missing"}


def test_bands_of_ages_that_nothing_names_stay_texts():
    assert typed("Public", ["3-5", "6-11", "12-17", "3-5"])[0] == "text"
    assert typed("Tranche d'âge", ["3-5", "3-5"])[0] == "text"
