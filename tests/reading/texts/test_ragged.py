"""Lines of one cell where two or more are expected: short records, or titles, headings and notes."""

import pytest

from sdsf_analysis.reading.texts.ragged import ragged_rows
from sdsf_analysis.reading.texts.textual import open_text

TWO = ["Commune;Places", "Gex;20", "Oyonnax;30", "Thoiry;12", "Divonne-les-Bains;45"]
WIDE = ["Commune;Places;Heures", "Gex;20;31", "Oyonnax;30;12", "Thoiry;12;8", "Ornex;45;20", "Péron;3;4"]


def short(lines):
    """Rows set apart for one cell, and the cells expected."""
    found = ragged_rows([line.split(";") for line in lines])
    return {row: line.expected for row, line in found.items() if line.size == 1 and not line.is_note}


@pytest.mark.parametrize(("table", "expected"), [(TWO, 2), (WIDE, 3)])
@pytest.mark.parametrize("place", [1, 2, 4, None])
def test_a_line_of_one_cell_is_refused_wherever_it_stands_in_the_body(table, expected, place):
    at = len(table) if place is None else place
    assert short([*table[:at], "Bourg-en-Bresse", *table[at:]]) == {at + 1: expected}


def test_several_short_records_one_after_the_other():
    assert short([*TWO[:3], "Belley", "Miribel", "Total;50"]) == {4: 2, 5: 2}
    assert short(["Places 2023", *TWO[:3], "Belley", *TWO[3:], "Miribel"]) == {5: 2, 8: 2}


@pytest.mark.parametrize(
    "note",
    [
        "Source : Caf",
        "Note de lecture",
        "* provisoire",
        "(1) y compris Mijoux",
        "(391 lignes)",
        "Communes de plus de mille habitants.",
        "Champ : Ain",
        "Les communes sans aucune place ne sont pas montrées",
        "Données au 31/12/2023",
    ],
)
@pytest.mark.parametrize("table", [TWO, WIDE])
def test_a_note_right_under_the_last_record_is_none(table, note):
    assert short([*table, note]) == {}
    assert short([*table, note, "Caf de l'Ain"]) == {}


@pytest.mark.parametrize("table", [TWO, WIDE])
def test_titles_and_what_a_blank_line_parts_are_none(table):
    assert short(["Caf de l'Ain", "Places par commune", *table]) == {}
    assert short([*table, "", "Caf de l'Ain"]) == {}
    assert short([*table, "", "Pays de Gex", *table[1:]]) == {}


def test_headings_over_groups_are_none_where_they_are_a_habit():
    cantons = ["Canton de Gex", WIDE[1], WIDE[3], "Canton d'Oyonnax", WIDE[2], "Canton de Thoiry", *WIDE[4:]]
    assert short([WIDE[0], *cantons]) == {}
    assert short([WIDE[0], *cantons[:3], "", *cantons[3:]]) == {}
    services = ["Collectif", "Crèches;20", "Micro-crèches;8", "Individuel", "Assistants maternels;90"]
    assert short(["Accueil;Places", *services]) == {}


def test_communes_over_communes_are_no_headings_in_two_columns():
    """Under « Commune », a lone name over others is a commune whose value is gone."""
    assert short([TWO[0], "Belley", *TWO[1:3], "Miribel", *TWO[3:]]) == {2: 2, 5: 2}


def test_the_title_of_a_second_table_is_none():
    assert short([*WIDE, "Heures par commune", "Commune;Heures;Taux", "Gex;31;4", "Thoiry;8;5"]) == {}


@pytest.mark.parametrize("lines", [["Gex", "Ornex"], ["Gex", "Oyonnax, le haut", "Thoiry", "Ornex", "Péron"]])
def test_a_list_of_names_is_no_table_of_short_lines(lines):
    assert ragged_rows([line.split(",") for line in lines]) == {}


def test_lines_without_their_last_blanks_are_no_fault():
    rows = [["Commune", "Places"], *([f"Commune {i}"] for i in range(20)), ["Gex", "12"], ["Thoiry", "3"]]
    assert ragged_rows(rows) == {}


def test_a_short_record_is_blank_and_said_at_its_line(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("\n".join([*TWO[:3], "Belley", *TWO[3:]]), encoding="utf-8")
    opened = open_text(path, "places.csv")
    (problem,) = opened.problems
    assert opened.sheets[0].rows[3] == [] and opened.sheets[0].rows[4] == ["Thoiry", "12"]
    assert (problem.code, problem.cell, problem.found) == ("row_ragged", "A4", "Belley")
    assert problem.message.startswith("La ligne 4 a 1 cellule au lieu de 2 (1 de moins)")


def test_a_line_that_lacks_a_cell_is_short_even_where_all_end_with_blanks():
    lines = ["Code;Commune;Places;Obs;;;", "01004;Gex;20;x;;;", "Ornex;12;;;;", "01006;Thoiry;8;;;;"]
    assert ragged_rows([line.split(";") for line in lines]) == {3: (6, 7, False)}
    # a total typed by hand has no blanks to end with
    assert ragged_rows([line.split(";") for line in [*lines[:2], "Total;;32", lines[3]]]).keys() == {3}
    assert ragged_rows([line.split(";") for line in [*lines[:2], "Total;;32;2", lines[3]]]) == {}
