"""Tables of a sheet: no row lost, no total counted as a row, no row taken for a label."""

from datetime import date

import pytest

from sdsf_analysis.model.status import Status
from sdsf_analysis.reading.checksums import check_sums
from sdsf_analysis.reading.layout import file_legend, find_layout, find_tables
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


def test_a_legend_is_read_above_the_codes_of_a_long_list_of_variables():
    codes = [["COM", "Libellé", f"{code:05d}"] for code in range(20_000)]
    rows = [["COD_VAR", "LIB_VAR", "COD_MOD"], ["s", "secret statistique", ""], *codes]
    sheet = Sheet(None, rows)
    layout = find_layout(sheet)
    assert layout.reason == "documentation"
    assert file_legend([sheet], [layout]) == {"s": Status.SECRET}


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


def test_provisional_years_are_labels_as_the_others():
    rows = [["Code", "Commune", 2021.0, "2022p", "2023 (provisoire)", "2024¹"]]
    rows += [[code, name, 3.0, 4.0, 5.0, 6.0] for code, name in (("01173", "Gex"), ("01034", "Belley"))]
    assert only(rows).header_rows == (1,)


def test_a_row_of_numbers_that_look_like_years_is_data():
    table = only([["Code", "Foyers"], [2001, 1950], [2003, 2010]])
    assert (table.header_rows, table.body_rows) == ((1,), (2, 3))


def paths(table):
    return [column.path for column in table.columns]


def test_labels_centred_across_a_selection_stand_over_the_labels_below_them():
    rows = [
        ["Code", "Commune", "Garçons", None, None, "Filles", None, None],
        [None, None, "3-5", "6-11", "12-17 ans", "3-5", "6-11", "12-17 ans"],
        ["01173", "Gex", 12, 30, 41, 10, 28, 39],
        ["01283", "Oyonnax", 22, 50, 71, 20, 58, 69],
    ]
    table = only(rows)
    assert (table.header_rows, table.body_rows) == ((1, 2), (3, 4))
    assert paths(table)[1:5] == [
        ("Commune",),
        ("Garçons", "3-5"),
        ("Garçons", "6-11"),
        ("Garçons", "12-17 ans"),
    ]
    assert paths(table)[7] == ("Filles", "12-17 ans")


def test_a_label_does_not_reach_over_columns_without_labels_under_it():
    table = only([["Nom", "Observations", None], ["A", "fermée", "voir Caf"], ["B", "", "x"]])
    assert table.header_rows == (1,) and paths(table) == [("Nom",), ("Observations",), ()]


def test_labels_that_begin_right_of_the_first_column_are_no_title():
    rows = [
        ["Crèches du Pays de Gex"],
        [],
        [None, None, "Accueil collectif", None, "Accueil familial", None],
        ["Code", "Commune", "Places", "Heures", "Places", "Heures"],
        ["01173", "Gex", 1, 2, 3, 4],
    ]
    table = only(rows)
    assert (table.title_rows, table.header_rows) == ((1,), (3, 4))
    assert paths(table)[3] == ("Accueil collectif", "Heures")


def test_four_rows_of_merged_labels():
    rows = [
        ["Commune", "Petite enfance", None, None, None],
        [None, "2022", None, "2023", None],
        [None, "Places", "Taux", "Places", "Taux"],
        [None, "nombre", "en %", "nombre", "en %"],
        ["Gex", 12, 45.5, 13, 46.1],
    ]
    table = only(rows, [(1, 1, 4, 1), (1, 2, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)])
    assert (table.header_rows, table.body_rows) == ((1, 2, 3, 4), (5,))
    assert paths(table)[4] == ("Petite enfance", "2023", "Taux", "en %")


def test_units_and_numbering_under_the_labels_are_header():
    units = only([["Commune", "Places", "Taux"], [None, "nombre", "(en %)"], ["Gex", 12, 45.5]])
    assert (units.header_rows, units.body_rows, paths(units)[2]) == ((1, 2), (3,), ("Taux", "(en %)"))
    lone = only([["Commune", "Places", "Prix"], [None, None, "€"], ["Gex", 12, 45.5]])
    assert (lone.header_rows, lone.body_rows) == ((1, 2), (3,))
    numbered = only(
        [["Commune", "Places", "Enfants", "Taux"], ["(1)", "(2)", "(3)", "(4) = (2)/(3)"], ["Gex", 1, 2, 3]]
    )
    assert (numbered.header_rows, numbered.body_rows) == ((1, 2), (3,))


def test_names_of_variables_under_their_labels_even_over_texts():
    table = only([["Code", "Nom", "Type"], ["CODGEO", "LIBGEO", "TYPE_EPCI"], ["01173", "Gex", "CA"]])
    assert (table.header_rows, table.body_rows) == ((1, 2), (3,))


def test_ages_and_months_as_labels():
    ages = only([["Code", "Commune", 0, 1, 2, "3 ou plus"], ["01173", "Gex", 41, 38, 55, 90]])
    assert (ages.header_rows, paths(ages)[3]) == ((1,), ("1",))
    months = [date(2024, 1, 31), date(2024, 2, 29)]
    table = only([["Commune", *months], ["Gex", 41, 38], ["Oyonnax", 12, 15]])
    assert (table.header_rows, paths(table)[1]) == ((1,), ("2024-01-31",))


def test_no_header_at_all_is_said_and_loses_no_row():
    table = only([["01173", "Gex", 12], ["01283", "Oyonnax", 8], ["01004", "Ambérieu", 7]])
    assert (table.header_rows, table.body_rows, table.range) == ((), (1, 2, 3), "A1:C3")
    assert paths(table) == [(), (), ()] and table.first_row == 1


def test_header_again_on_line_two_and_at_each_printed_page():
    page = [["A", "Gex", 1], ["B", "Gex", 2]]
    table = only(
        [["ALSH 2024"], HEADER, HEADER, *page, ["Page 1/2"], ["ALSH 2024"], HEADER, *page, ["Page 2/2"]]
    )
    assert (table.header_rows, table.body_rows) == ((2,), (4, 5, 9, 10))
    assert table.repeated_rows == (3, 6, 7, 8) and table.n_data_rows == 4
    assert table.note_rows == (11,)


def test_a_header_of_two_rows_printed_again():
    header = [["Nom", "Places", None], [None, 2022, 2023]]
    rows = [*header, ["A", 1, 2], ["B", 3, 4], [], *header, ["C", 5, 6]]
    table = only(rows, [(1, 2, 1, 3), (6, 2, 6, 3)])
    assert (table.body_rows, table.repeated_rows) == ((3, 4, 8), (6, 7))


def test_tables_one_under_the_other_without_a_blank_row():
    rows = [
        ["Commune", "Places", "Heures"],
        ["Gex", 12, 300],
        ["Oyonnax", 8, 120],
        ["Accueil familial"],
        ["EPCI", "Familles", "Enfants"],
        ["CA", 120, 310],
    ]
    first, second = tables(rows)
    assert (first.range, first.body_rows) == ("A1:C3", (2, 3))
    assert (second.range, second.titles, second.body_rows) == ("A5:C6", ("Accueil familial",), (6,))


def test_tables_side_by_side_are_parted_by_blank_columns():
    rows = [
        ["Crèches", None, None, None, "Relais", None],
        ["Commune", "Places", None, None, "Secteur", "ETP"],
        ["Gex", 12, None, None, "Nord", 1.5],
        ["Oyonnax", 8, None, None, "Sud", 2],
        ["Belley", 7, None, None, "Total", 3.5],
        ["Total", 27],
    ]
    first, second = tables(rows)
    assert (first.range, first.titles, first.total_rows) == ("A2:B6", ("Crèches",), (6,))
    assert (second.range, second.titles, second.total_rows) == ("E2:F5", ("Relais",), (5,))


def test_a_blank_column_inside_a_table_is_layout():
    rows = [["Code", "Commune", None, "Gestionnaire", "Places"], ["01173", "Gex", None, "Ville", 12],
            ["01283", "Oyonnax", None, "Ville", 8], ["Total", None, None, None, 20]]  # fmt: skip
    table = only(rows)
    assert (table.range, table.body_rows, table.total_rows) == ("A1:E4", (2, 3), (4,))


def test_a_blank_row_under_the_header_and_in_a_body_of_texts_is_layout():
    table = only(
        [
            ["Nom", "Commune", "Type"],
            [],
            ["A", "Gex", "EAJE"],
            ["B", "Gex", "MAM"],
            [],
            ["C", "Belley", "RPE"],
        ]
    )
    assert (table.header_rows, table.body_rows) == ((1,), (3, 4, 6))


def test_total_as_a_modality_of_long_data_is_a_record():
    header = ["Commune", "Sexe", "Effectif"]
    modalities = [[place, sex, 10] for place in ("Gex", "Oyonnax") for sex in ("Total", "Hommes", "Femmes")]
    assert only([header, *modalities]).total_rows == ()
    merged = [[place if sex == "Total" else None, sex, 10] for place, sex, _ in modalities]
    assert only([header, *merged], [(2, 1, 4, 1), (5, 1, 7, 1)]).n_data_rows == 6
    subtotals = [
        ["Gex", "Gex", 3],
        ["Gex", "Cessy", 2],
        ["Gex", "Total", 5],
        ["Belley", "Belley", 1],
        ["Belley", "Total", 1],
    ]
    assert only([["Canton", "Commune", "Places"], *subtotals]).total_rows == (4, 6)


def test_totals_at_the_top_in_the_middle_and_at_the_end():
    rows = [["Code", "Territoire", "Places"], ["", "Ensemble du département", 20], ["01173", "Gex", 12],
            [None, "Total CC du Pays de Gex", 12], ["01283", "Oyonnax", 8], [None, "S/total", 8],
            [None, "France métropolitaine", 9], [None, "DOM", 1], [None, "TOTAL DOM", 1],
            [None, "France*", 10]]  # fmt: skip
    table = only(rows)
    assert table.body_rows == (3, 5) and table.total_rows == (2, 4, 6, 7, 8, 9, 10)
    assert (table.first_data_row, table.last_data_row) == (3, 5)
    assert table.total_labels[:2] == ("Ensemble du département", "Total CC du Pays de Gex")


def test_places_whose_name_is_a_total_word_stay_records():
    header = ["Territoire", "Places"]
    assert only([header, ["Gex", 5], ["Drom", 3], ["Somme", 4], ["France services Gex", 2]]).total_rows == ()
    assert only([["Dep", *header], ["80", "Somme", 4], ["01", "Ain", 4]]).total_rows == ()
    assert only([header, ["Gex", 5], ["Belley", 3], ["Somme", 8]]).total_rows == (4,)


def test_headings_inside_a_body_are_no_records():
    rows = [["Commune", "Places", "Heures"], ["Canton de Gex"], ["Gex", 12, 300], ["Cessy", 2, 30],
            ["Canton de Belley"], ["Belley", 8, 120], ["Virieu"], ["Total", 22, 450]]  # fmt: skip
    table = only(rows, [(2, 1, 2, 3), (5, 1, 5, 3)])
    assert (table.section_rows, table.body_rows, table.total_rows) == ((2, 5), (3, 4, 6, 7), (8,))


def test_headings_between_blank_rows_do_not_end_a_table():
    rows = [
        ["Commune", "Places"],
        [],
        ["Canton de Gex"],
        ["Gex", 12],
        [],
        ["Canton de Belley"],
        ["Belley", 8],
    ]
    assert only(rows, [(3, 1, 3, 2), (6, 1, 6, 2)]).body_rows == (4, 7)


def test_lines_above_a_table_that_name_it_are_titles():
    rows = [["Caf :", "Ain"], ["Année :", 2024], [], ["Nom", "Commune", "Places"], ["A", "Gex", 12]]
    table = only(rows)
    assert (table.title_rows, table.header_rows) == ((1, 2), (4,))


def test_notes_of_several_cells_and_legends_of_marks():
    rows = [["Commune", "Places"], ["Gex", "nd"], ["Cessy", 3], [], ["Source :", "Caf de l'Ain"],
            ["nd", "non disponible"], ["(1)", "y compris Divonne"]]  # fmt: skip
    table = only(rows)
    assert (table.body_rows, table.note_rows) == ((2, 3), (5, 6, 7))
    assert "non disponible" in table.notes[1]


def test_notes_of_one_table_are_not_titles_of_the_next():
    notes = [["Source : Caf"], ["données arrêtées en mai"]]
    rows = [HEADER, ["A", "Gex", 1], [], *notes, [], ["MAM 2024"], ["Source : PMI"], HEADER, ["B", "Gex", 2]]
    first, second = tables(rows)
    assert (first.note_rows, second.title_rows) == ((4, 5), (7, 8))


def test_links_back_to_the_contents_do_not_count():
    rows = [["Tableau 1", None, None, "Retour au sommaire"], [], ["Commune", "Places"], ["Gex", 12]]
    assert only(rows).range == "A3:B4"


def test_text_under_a_merge_does_not_show():
    rows = [["Code", "Région", "espace", "Places"], ["84", "ARA", None, 12]]
    assert paths(only(rows, [(1, 2, 1, 3)]))[2:] == [("Places",)]


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("Sommaire", [["Tableau 1", "Places par commune"], ["Tableau 2", "Heures par commune"]], "contents"),
        ("Feuil1", [["Liste des tableaux"], ["Tab 1 - Places"], ["Tab 2 - Heures"]], "contents"),
        ("À savoir", [["Quelques remarques"], ["La population est estimée."]], "documentation"),
        ("Variables", [["VAR_ID", "VAR_LIB"], ["CODGEO", "Code géographique"]], "documentation"),
        (None, [["COD_VAR", "LIB_VAR", "LONG_VAR"], ["GEO", "Code", 5], ["LIB", "Nom", 4]], "documentation"),
        ("Historique", [["Date", "Contenu"], [date(2024, 1, 2), "Mise en ligne"]], "documentation"),
        ("Feuil3", [], "layout"),
        ("Feuil3", [[None, ""], [" "]], "layout"),
    ],
)  # fmt: skip
def test_sheets_that_are_no_data(name, rows, reason):
    layout = find_layout(Sheet(name, rows))
    assert (layout.is_data, layout.reason, layout.tables) == (False, reason, ())


def test_a_list_of_names_is_data_whatever_its_words():
    for name in ("Partenaires", "Présentation"):
        layout = find_layout(
            Sheet(name, [["N° CTG", "Partenaire", "Places"], ["01-1", "CC A", 4], ["01-2", "CC B", 5]])
        )
        assert layout.is_data and layout.tables[0].n_data_rows == 2


def test_thousands_of_declared_columns_and_blank_rows_hold_nothing():
    wide = [["Commune", "Places"] + [None] * 16_382, ["Gex", 12] + [None] * 16_382]
    assert only(wide).range == "A1:B2"
    assert only([["Commune", "Places"], ["Gex", 12], *[[None] * 10] * 20_000]).range == "A1:B2"


def test_a_header_merged_over_every_declared_column():
    table = only([["Crèches 2024"], ["Commune", "Places"], ["Gex", 12]], [(1, 1, 1, 16_384)])
    assert table.titles == ("Crèches 2024",)


def test_ticks_under_labels_are_data():
    table = only([["Nom", "Enfance", "Jeunesse"], ["x", "x", "x"], ["o", "x", "n"]])
    assert (table.header_rows, table.body_rows) == ((1,), (2, 3))


def test_years_without_a_merge_stand_over_their_own_column_only():
    """The year of the next column is asked about, never guessed."""
    rows = [
        [None, 2023, None, 2024, None],
        ["Nom", "Heures", "Places", "Heures", "Places"],
        ["A", 1, 2, 3, 4],
    ]
    assert paths(only(rows))[1:3] == [("2023", "Heures"), ("Places",)]


def test_a_total_that_names_its_territory_in_the_next_column():
    agreed = [["Gex", "Gex", 3], ["Gex", "Cessy", 2], ["Total", "Ain", 5]]
    assert only([["Canton", "Commune", "Places"], *agreed]).total_rows == (4,)


def test_bands_of_ages_are_labels_even_over_marks():
    rows = [["Commune", "Familles", "Enfants", None, None], [None, None, "0-2", "3-5", "moins de 12"],
            ["GEX", 120, "<5", 12, 33], ["DROM", 12, "nd", "nd", "nd"]]  # fmt: skip
    table = only(rows)
    assert (table.header_rows, table.body_rows) == ((1, 2), (3, 4))
    assert paths(table)[4] == ("Enfants", "moins de 12")


def test_headings_in_a_column_of_their_own_belong_to_the_range():
    rows = [
        [None, "Structure", 2022, 2023],
        ["Accueil collectif"],
        [None, "EAJE", 10, 11],
        [None, "MAM", 20, 22],
        ["Accueil individuel"],
        [None, "Assistants maternels", 30, 33],
        [None, "Garde", 1, 1],
    ]
    table = only(rows)
    assert (table.range, table.section_rows, table.body_rows) == ("A1:D7", (2, 5), (3, 4, 6, 7))


def test_two_tables_side_by_side_under_a_wide_one():
    rows = [
        ["EPCI", "Places", "Taux", "ETP", "Enfants"],
        ["CA", 10, 0.5, 1, 20],
        [],
        ["EAJE", None, None, "MAM"],
        ["Commune", "Places", None, "Commune", "Places"],
        ["Gex", 10, None, "Belley", 4],
    ]
    wide, left, right = tables(rows)
    assert [table.range for table in (wide, left, right)] == ["A1:E2", "A5:B6", "D5:E6"]
    assert (left.titles, right.titles) == (("EAJE",), ("MAM",))


def test_a_template_with_its_total_has_no_record_and_a_lone_total_is_one():
    assert only([["CTG"], ["Nom", "Places"], ["Total", 0]]).total_rows == (3,)
    lone = only([[None, 2022, 2023], ["TOTAL estimé France entière", 10, 11]])
    assert (lone.total_rows, lone.body_rows) == ((), (2,))


def test_numbered_names_are_no_form():
    rows = [["Nom", "Région"], ["Structure 84", 84.0], ["Structure 27", 27.0], ["Structure 101", 101.0]]
    (table,) = find_tables(Sheet("Liste", rows))
    assert (table.header_rows, table.body_rows) == ((1,), (2, 3, 4))


PIVOT = ["Étiquettes de lignes", "Somme de Places", "Moyenne de Taux"]


def test_heads_of_a_pivot_table_add_up_what_they_head_at_any_depth():
    two = only([PIVOT, ["CC A", 32, 0.5], ["Cessy", 12, 0.4], ["Gex", 20, 0.6], ["CC B", 30, 0.7],
                ["Oyonnax", 30, 0.7], ["Total général", 62, 0.6]])  # fmt: skip
    assert (two.total_rows, two.body_rows) == ((2, 5, 7), (3, 4, 6))
    heads = {"Ain": 62, "CC A": 32, "Cessy": 12, "Gex": 20, "CC B": 30, "Oyonnax": 30, "Viriat": 0,
             "Aisne": 7, "CC C": 7, "Laon": 7}  # fmt: skip
    three = only([PIVOT, *([name, places, 0] for name, places in heads.items())])
    assert (three.total_rows, three.body_rows) == ((2, 3, 6, 9, 10), (4, 5, 7, 8, 11))


def test_a_pivot_table_whose_rows_add_up_to_nothing_has_no_heads():
    rows = [
        PIVOT,
        ["Gex", 32, 0],
        ["Cessy", 12, 0],
        ["Thoiry", 21, 0],
        ["Ornex", 7, 0],
        ["Total général", 72, 0],
    ]
    assert (only(rows).total_rows, only(rows).n_data_rows) == ((6,), 4)


def test_places_that_add_up_others_by_chance_stay_records_outside_pivot_tables():
    rows = [["Commune", "Places", "Heures"], ["Gex", 32, 3], ["Cessy", 12, 1], ["Thoiry", 20, 2]]
    assert only(rows).total_rows == ()


def test_a_form_on_four_columns_is_no_table_of_four_labels():
    form = [["Nom", "Les Lutins", "Commune", "Gex"], ["Places", 20, "Type", "Micro-crèche"],
            ["Ouverture", date(2019, 9, 1), "Statut", "privé"]]  # fmt: skip
    assert (only(form).header_rows, only(form).body_rows) == ((), (1, 2, 3))
    table = [
        ["Nom", "Commune", "Type", "Places"],
        ["Les Lutins", "Gex", "EAJE", 20],
        ["Nom d'une Pipe", "Gex", "MAM", 8],
    ]
    assert only(table).header_rows == (1,)


def test_texts_beside_a_table_are_kept_with_its_notes():
    rows = [["EPCI", "Places", None, None, None, "Graphique 1 : places"], ["CC A", 12], ["CC B", 8],
            ["CC C", 7, None, None, None, "Lecture : 12 places."]]  # fmt: skip
    table = only(rows)
    assert (table.range, table.notes) == ("A1:B4", ("Graphique 1 : places", "Lecture : 12 places."))
    remarks = [["EPCI", "Places", None, None, None, "Notes"], *rows[1:]]
    assert only(remarks).range == "A1:F4"


@pytest.mark.parametrize(
    "label",
    [
        "T O T A L",
        "TOT.",
        "TTL",
        "S/T Gex",
        "France métro.",
        "Tous les EPCI",
        "Ensemble 01",
        "Moy.",
        "Hexagone",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_totals_in_short(label, is_first):
    records = [["Gex", 12.0], ["Ornex", 5.0], ["Cessy", 8.0]]
    total = [label, 25.0]
    rows = [["Commune", "Places"], *([total, *records] if is_first else [*records, total])]
    (table,) = find_tables(Sheet("EAJE", rows))
    assert (table.n_data_rows, table.total_labels) == (3, (label,))


def test_a_total_of_france_above_the_departements_is_no_record():
    rows = [["Dép.", "Places"], ["Total France", 25.0], ["Ain", 12.0], ["Aisne", 5.0], ["Allier", 9.0]]
    (table,) = find_tables(Sheet("EAJE", rows))
    assert table.total_rows == (2,)


def test_rows_beside_a_total_are_neither_records_nor_checked():
    rows = [["Commune", "Places"], ["Gex", 12.0], ["Ornex", 5.0], ["Total", 17.0], ["Rappel 2022", 16.0]]
    (table,) = find_tables(Sheet("EAJE", rows))
    assert (table.body_rows, table.total_rows, table.summing_rows) == ((2, 3), (4, 5), (4,))
    assert not check_sums(table, {1: "text", 2: "number"}, {})


def test_shares_in_a_table_of_indicators_stay_records():
    rows = [["Indicateur", "Ain"], ["Familles", 12.0], ["Part des monoparents", 25.0], ["dont couples", 9.0]]
    (table,) = find_tables(Sheet("EAJE", rows))
    assert table.n_data_rows == 3 and not table.total_rows


def test_the_total_of_last_year_under_this_year_s_is_not_checked():
    rows = [["Commune", "Places"], ["Gex", 12.0], ["Ornex", 5.0], ["TOTAL", 17.0], ["Total 2022", 15.0]]
    (table,) = find_tables(Sheet("EAJE", rows))
    assert (table.total_rows, table.summing_rows) == ((4, 5), (4,))
    assert not check_sums(table, {1: "text", 2: "number"}, {})


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (["Sigle", "Signification"], "documentation"),
        (["Terme", "Définition"], "documentation"),
        (["Onglet", "Contenu"], "contents"),
        (["Nom de l'onglet", "Titre", "Source"], "contents"),
        (["Sigle", "Libellé", "Ville"], ""),
        (["Feuille de route", "Pilote"], ""),
    ],
)
def test_lists_of_terms_and_of_sheets_are_no_data(header, reason):
    records = [[f"{label} {letter}" for label in header] for letter in "abc"]
    assert find_layout(Sheet("Feuil1", [header, *records])).reason == reason


def test_indicators_followed_by_their_parts_stay_records():
    labels = [
        "Ensemble des familles",
        "dont monoparents",
        "dont couples",
        "Ensemble des enfants",
        "dont bébés",
    ]
    rows = [["Indicateur", "Ain", "Loire"], *([label, 60.0 + k, 90.0 + k] for k, label in enumerate(labels))]
    (table,) = find_tables(Sheet("Portrait", rows))
    assert table.n_data_rows == 5 and not table.total_rows
