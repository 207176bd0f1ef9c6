"""A file that no recipe reads: each of its tables is named, and what it hides is said."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from sdsf_analysis.build.unread import unrecognised
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.recipe import ColumnRecipe, Recipe, TableRecipe
from sdsf_analysis.recipes.recognise import recognise

NURSERIES = (("Garderie", "Ville", "Bénévoles"), ("Les Lutins", "Gex", 20), ("Hibou", "Oyonnax", 30))
FRUIT = (("Fruit", "Couleur"), ("pomme", "rouge"), ("kiwi", "vert"))


def content(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def places(result):
    return {(problem.code, problem.sheet, problem.cell) for problem in result.problems}


def test_every_table_and_all_that_is_hidden_is_named(small):
    book = content(Places=NURSERIES, caché=FRUIT)
    book["caché"].sheet_state = "hidden"
    book["Places"].row_dimensions[2].hidden = True
    book["Places"]["A3"].font = Font(strike=True)
    result = small({"a.xlsx": saved(book)}).build()
    assert places(result) == {
        ("file_unrecognised", "", ""),
        ("table_unrecognised", "Places", "A1"),
        ("table_unrecognised", "caché", "A1"),
        ("rows_hidden", "Places", "2:2"),
        ("text_struck", "Places", "A3"),
        ("sheet_hidden", "caché", ""),
    }
    assert not [problem for problem in result.problems if "lues avec" in problem.message]


def test_a_hidden_sheet_that_is_left_out_of_a_file_that_is_read_is_said(small):
    sectors = (("Code INSEE", "Commune", "Secteur Caf"), ("90010", "Belfort", "Nord"))
    book = content(Secteurs=sectors, caché=FRUIT)
    book["caché"].sheet_state = "hidden"
    result = small({"a.xlsx": saved(book)}).build()
    assert places(result) == {("table_unrecognised", "caché", "A1"), ("sheet_hidden", "caché", "")}
    assert "rien n'en est repris" in result.problems[-1].message


def test_labels_of_a_wide_table_are_no_wall(small):
    wide = ";".join(f"Fruit {letter}" for letter in "ABCDEFGHIJKLM")
    (problem,) = small({"a.csv": f"{wide}\n{';'.join('x' * 13)}\n"}).build().problems
    assert "« Fruit H », …" in problem.message and "Fruit I" not in problem.message


def test_a_draft_without_outputs_is_said_in_plain_words():
    columns = {"kind": ColumnRecipe(headers=("Fruit",)), "colour": ColumnRecipe(headers=("Couleur",))}
    part = TableRecipe(name="fruits", columns=columns, outputs=())
    recipe = Recipe(name="fruits_2024", title="Fruits 2024", partner="Caf", tables=(part,))
    (table,) = find_tables(Sheet("F", [list(row) for row in FRUIT]))
    (problem,) = unrecognised("a.csv", [(table, recognise(table, [recipe]))])
    assert problem.code == "recipe_unfinished" and "«  »" not in problem.message
    words = "Le brouillon de recette « Fruits 2024 » (fruits_2024) ne dit pas encore où vont les lignes"
    assert problem.message.startswith(words)


def test_a_draft_that_is_only_the_nearest_misses_nothing_without_a_name():
    part = TableRecipe(name="fruits", columns={"kind": ColumnRecipe(headers=("Fruit",))}, outputs=())
    needs = part.model_copy(
        update={"columns": part.columns | {"taste": ColumnRecipe(headers=("Goût",), required=True)}}
    )
    recipe = Recipe(name="fruits_2024", title="Fruits 2024", partner="Caf", tables=(needs,))
    (table,) = find_tables(Sheet("F", [list(row) for row in FRUIT]))
    (problem,) = unrecognised("a.csv", [(table, recognise(table, [recipe]))])
    assert problem.message.endswith("on y lirait « Fruit » ; il manquerait « Goût ».")
