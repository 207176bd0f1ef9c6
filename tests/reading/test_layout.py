"""Tables of a sheet: no row lost, no total counted as a row, no row taken for a label."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Range, Sheet


def tables(rows, merged=()):
    return find_tables(Sheet("Feuille", rows, tuple(Range(*m) for m in merged)))


def only(rows, merged=()):
    (table,) = tables(rows, merged)
    return table


HEADER = ["Nom", "Commune", "Places"]


def test_title_header_body_total_notes():
    table = only(
        [
            ["ALSH, situation au 31/12/2024"],
            [],
            HEADER,
            ["A", "Gex", 12],
            ["B", "Gex", 8],
            ["Total", None, 20],
            [],
            ["Source : Caf"],
            ["* estimation"],
        ]
    )
    assert (table.title_rows, table.header_rows, table.body_rows, table.total_rows) == (
        (1,),
        (3,),
        (4, 5),
        (6,),
    )
    assert table.note_rows == (8, 9) and table.range == "A3:C6"


def test_a_service_named_ensemble_or_total_something_is_a_row():
    header = ["Nom", "Gestionnaire", "Commune", "Places"]
    table = only([header, ["Ensemble scolaire", None, "Gex", 12], ["Total Crèche", "SAS", "Gex", 8],
                  ["Ensemble", None, None, 20]])  # fmt: skip
    assert (table.body_rows, table.total_rows) == ((2, 3), (4,))


def test_totals_of_other_shapes():
    rows = [
        ["Canton", "Commune", "Places"],
        ["Gex", "Gex", 3],
        ["Gex", "Total", 3],
        ["Sous-total canton", None, 3],
        ["TOTAL GÉNÉRAL", None, 3],
        ["S/Total", None, 3],
        ["France entière", None, 3],
    ]
    assert only(rows).total_rows == (3, 4, 5, 6, 7)


def test_a_single_data_row_is_a_row():
    assert only([HEADER, ["A", "Gex", 12]]).body_rows == (2,)
    assert only([HEADER, ["A", "Gex", "nd"]]).body_rows == (2,)


def test_all_text_tables_keep_every_row():
    table = only([["N° CTG", "Partenaire", "Signataire"], ["01-1", "CC A", "oui"], ["01-2", "CC B", "non"]])
    assert (table.header_rows, table.body_rows) == ((1,), (2, 3))


def test_templates_have_a_header_and_no_row():
    table = only([["Titre"], HEADER])
    assert (table.header_rows, table.body_rows, table.range) == ((2,), (), "A2:C2")


def test_two_rows_of_labels_over_numbers():
    rows = [
        ["Code", "Libellé", "Population"],
        ["CODGEO", "LIBGEO", "P22_POP"],
        ["01004", "Gex", 12.5],
        ["01005", "Oyonnax", 8.5],
    ]
    table = only(rows)
    assert (table.header_rows, table.body_rows) == ((1, 2), (3, 4))


def test_merged_labels_stand_over_their_columns():
    rows = [["Nom", "Périscolaire", None, "Âge"], [None, "Places", "Heures", None], ["A", 12, 300, "3-5"]]
    table = only(rows, [(1, 2, 1, 3), (1, 1, 2, 1), (1, 4, 2, 4)])
    assert [column.path for column in table.columns] == [
        ("Nom",),
        ("Périscolaire", "Places"),
        ("Périscolaire", "Heures"),
        ("Âge",),
    ]
    assert table.body_rows == (3,)


def test_a_label_merged_for_looks_does_not_swallow_the_first_row():
    for first in (["A", "1 rue", None, 12], ["A", "1 rue", None, "nc"]):
        table = only([["Nom", "Adresse", None, "Places"], first, ["B", "2 rue", None, 8]], [(1, 2, 1, 3)])
        assert table.body_rows == (2, 3)


def test_a_tall_merge_beside_the_table_is_not_its_header():
    rows = [["Canton", "Commune", "Places"]] + [[None, f"C{i}", i] for i in range(30)]
    table = only(rows, [(1, 1, 31, 1)])
    assert len(table.body_rows) == 30


def test_merged_cantons_are_filled_inside_their_range_only():
    rows = [["Canton", "Commune", "Places"], ["Gex", "A", 1], [None, "B", 2], [None, "C", 3]]
    table = only(rows, [(2, 1, 3, 1)])
    assert [table.cell(row, 1) for row in (2, 3, 4)] == ["Gex", "Gex", None]
    assert [table.repeats(row, 1) for row in (2, 3, 4)] == [False, True, False]


def test_two_tables_one_under_the_other_with_their_titles():
    rows = [
        ["Centres sociaux 2024"],
        HEADER,
        ["A", "Gex", 1],
        [],
        ["Espaces de vie sociale 2024"],
        HEADER,
        ["B", "Gex", 2],
        [],
        ["Note de bas de page sans deux-points"],
    ]
    first, second = tables(rows)
    assert (first.titles, first.body_rows) == (("Centres sociaux 2024",), (3,))
    assert (second.titles, second.body_rows, second.note_rows) == (
        ("Espaces de vie sociale 2024",),
        (7,),
        (9,),
    )


def test_notes_that_touch_the_body_stay_with_it():
    rows = [
        HEADER,
        ["A", "Gex", 1],
        ["Lecture de la première ligne ici"],
        ["suite"],
        [],
        HEADER,
        ["B", "Gex", 2],
    ]
    first, second = tables(rows)
    assert first.body_rows == (2,) and second.titles == ()
    assert first.note_rows == (3, 4)


def test_blank_rows_in_a_body_are_layout_and_repeated_headers_no_rows():
    table = only([HEADER, ["A", "Gex", 1], [], ["B", "Gex", 2], HEADER, ["C", "Gex", 3]])
    assert table.body_rows == (2, 4, 6)


def test_a_column_without_a_label_is_a_column_and_says_so():
    rows = [["Nom", "Places"]] + [["A", 1]] * 60 + [["B", 2, "fermée 06/24"]]
    table = only(rows)
    assert [(c.letter, c.label) for c in table.columns][2:] == [("C", "sans intitulé")]


def test_a_sheet_of_documentation_has_no_table():
    assert tables([["Notice"], ["Ce fichier décrit les données."], [], ["Contact : Caf"]]) == []


@pytest.mark.parametrize("years", [[2023, 2024], ["2023", "Exercice 2024"]])
def test_a_row_of_years_belongs_to_the_labels_it_touches(years):
    labels, row = ["Nom", "Heures", "Heures"], ["A", 1950, 2010]
    above = only([["Suivi"], [None, *years], labels, row, row])
    assert (above.header_rows, above.body_rows, above.titles) == ((2, 3), (4, 5), ("Suivi",))
    assert [column.path[0] for column in above.columns[1:]] == [str(year) for year in years]
    under = only([labels, [None, *years], row, row])
    assert (under.header_rows, under.body_rows) == ((1, 2), (3, 4))


def test_a_row_of_numbers_that_look_like_years_is_data():
    table = only([["Code", "Foyers"], [2001, 1950], [2003, 2010]])
    assert (table.header_rows, table.body_rows) == ((1,), (2, 3))
