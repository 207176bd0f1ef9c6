"""What a workbook shows beside its values: hidden rows, struck texts, colours, white ink, conditions."""

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.table import Table, TableStyleInfo

from sdsf_analysis.reading.facts import sheet_facts, table_facts
from sdsf_analysis.reading.files import open_file
from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Marks, Sheet
from sdsf_analysis.reading.workbooks.extras import workbook_extras

YELLOW = PatternFill("solid", fgColor="FFFFFF00")
WHITE = Font(color="FFFFFFFF")
ROWS = [["Commune", "Enfants"], ["Gex", 3], ["Thoiry", 12], ["Ornex", 8], ["Cessy", 9], ["Crozet", 7]]


def white(kind, **options):
    return Rule(type=kind, dxf=DifferentialStyle(font=WHITE), **options)


@pytest.fixture
def book(tmp_path):
    """Write the rows, changed by a function of the sheet; give the first sheet as read."""

    def write(change, name="a.xlsx"):
        workbook = openpyxl.Workbook()
        for row in ROWS:
            workbook.active.append(row)
        change(workbook.active)
        workbook.save(tmp_path / name)
        return open_file(tmp_path / name).sheets[0]

    return write


def codes(sheet):
    return [(fact.code, fact.cell) for fact in sheet_facts(sheet, "a.xlsx")]


def test_a_plain_sheet_has_nothing_to_say(book):
    sheet = book(lambda sheet: None)
    assert codes(sheet) == [] and [*table_facts(find_tables(sheet)[0], "a.xlsx")] == []


def test_hidden_rows_and_columns_are_read_and_said(book):
    def hide(sheet):
        for row in (3, 4, 900):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions.group("H", "XFD", hidden=True)

    sheet = book(hide)
    assert (sheet.marks.hidden_rows, sheet.marks.hidden_columns) == ({3, 4}, {2})
    assert codes(sheet) == [("rows_hidden", "3:4"), ("columns_hidden", "B:B")]
    assert sheet.cell(3, 2) == 12


def test_a_filter_that_hides_nothing_is_not_said(book):
    sheet = book(lambda sheet: setattr(sheet.auto_filter, "ref", "A1:B6"))
    assert sheet.marks.filter == "" and codes(sheet) == []


def test_a_filter_in_force_is_said_once_for_all_its_rows(book):
    def keep(sheet):
        sheet.auto_filter.ref = "A1:B6"
        sheet.auto_filter.add_filter_column(0, ["Gex"])
        for row in range(3, 7):
            sheet.row_dimensions[row].hidden = True

    sheet = book(keep)
    assert codes(sheet) == [("filter_active", "A1:B6")]
    assert [fact.found for fact in sheet_facts(sheet, "a.xlsx")] == ["4"]


def test_a_struck_row_is_a_question(book):
    def strike(sheet):
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        sheet["D9"].font = Font(strike=True)

    sheet = book(strike)
    assert sheet.marks.struck == {(3, 1), (3, 2)}
    assert codes(sheet) == [("text_struck", "A3:B3")]


def test_a_colour_on_few_rows_is_said_and_the_look_of_a_table_is_not(book):
    def some(sheet):
        sheet["A4"].fill = YELLOW

    def every_other(sheet):
        for row in (2, 4, 6):
            sheet.cell(row, 1).fill = sheet.cell(row, 2).fill = YELLOW

    sheet = book(some)
    assert sheet.marks.coloured == {(4, 1): "#FFFF00"}
    (fact,) = table_facts(find_tables(sheet)[0], "a.xlsx")
    assert (fact.code, fact.cell, fact.found) == ("colour_lost", "A4", "#FFFF00")
    assert [*table_facts(find_tables(book(every_other))[0], "a.xlsx")] == []


def test_a_number_in_white_ink_is_hidden_and_a_white_header_is_not(book):
    def whiten(sheet):
        sheet["A1"].font = sheet["B2"].font = WHITE
        sheet["B3"].font, sheet["B3"].fill = WHITE, YELLOW

    sheet = book(whiten)
    assert sheet.rows[:3] == [["Commune", "Enfants"], ["Gex", ""], ["Thoiry", 12]]
    assert sheet.marks.masked == {(2, 2): ""}


def test_white_ink_on_the_paint_of_a_table_is_seen(book):
    def style(sheet):
        sheet["B2"].font = WHITE
        sheet.add_table(Table(displayName="T", ref="A1:B6", tableStyleInfo=TableStyleInfo("TableStyleDark1")))

    assert book(style).cell(2, 2) == 3


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (CellIsRule(operator="lessThan", formula=["5"], font=WHITE), ["", 12, 8]),
        (CellIsRule(operator="between", formula=["5", "10"], font=WHITE), [3, 12, ""]),
        (CellIsRule(operator="lessThan", formula=["$Z$1"], font=WHITE), ["", "", ""]),
        (FormulaRule(formula=["B2<5"], font=WHITE), ["", "", ""]),
        (FormulaRule(formula=["ISERROR(B2)"], font=WHITE), [3, 12, 8]),
        (FormulaRule(formula=["ISBLANK(C2)"], font=WHITE), ["", "", ""]),
        (FormulaRule(formula=["ISBLANK(B2)=FALSE"], font=WHITE), ["", "", ""]),
        (white("containsText", text="nd"), [3, 12, 8]),
        (white("beginsWith", text="1"), ["", "", ""]),
        (white("notContainsText", text="nd"), ["", "", ""]),
        (
            CellIsRule(operator="lessThan", formula=["5"], font=WHITE, fill=PatternFill(bgColor="FFFF0000")),
            [3, 12, 8],
        ),
        (CellIsRule(operator="lessThan", formula=["5"], fill=YELLOW), [3, 12, 8]),
    ],
)
def test_a_conditional_format_that_hides_a_number_hides_it_here(book, rule, shown):
    sheet = book(lambda sheet: sheet.conditional_formatting.add("B2:B4", rule))
    assert [sheet.cell(row, 2) for row in (2, 3, 4)] == shown
    assert sheet.cell(5, 2) == 9


def test_macros_links_comments_and_pivots_are_said(tmp_path, book):
    from zipfile import ZipFile

    book(lambda sheet: None)
    with ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<a/>")
        archive.writestr(
            "xl/comments1.xml", "<comments><commentList><comment/><comment/></commentList></comments>"
        )
        archive.writestr("xl/pivotTables/pivotTable1.xml", "<a/>")
    said = workbook_extras(tmp_path / "a.xlsx", "a.xlsx", "xlsx")
    assert [(fact.code, fact.found) for fact in said] == [
        ("macros_present", ""),
        ("links_external", "1"),
        ("comments_unread", "2"),
        ("pivot_tables", "1"),
    ]


EXCEL_2010 = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b"<x14:conditionalFormattings><x14:conditionalFormatting"
    b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="cellIs"'
    b' operator="lessThan"><xm:f>%b</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>'
    b"</x14:cfRule><xm:sqref>B2:B3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)


@pytest.mark.parametrize(("limit", "shown"), [(b"5", ["", 12]), (b"Seuils!$A$1", ["", ""])])
def test_a_conditional_format_of_excel_2010_hides_too(tmp_path, book, rewrite, limit, shown):
    book(lambda sheet: None)
    part = "xl/worksheets/sheet1.xml"
    path = rewrite(
        tmp_path / "a.xlsx",
        part,
        lambda xml: xml.replace(b"</worksheet>", EXCEL_2010 % limit + b"</worksheet>"),
    )
    sheet = open_file(path).sheets[0]
    assert [sheet.cell(row, 2) for row in (2, 3, 4)] == [*shown, 8]


@pytest.mark.parametrize("count", [1, 2])
def test_comments_are_said_whatever_the_name_of_their_part(tmp_path, book, count):
    def comment(sheet):
        for cell in sheet["B"][:count]:
            cell.comment = Comment("à vérifier", "Caf")

    book(comment)
    (fact,) = workbook_extras(tmp_path / "a.xlsx", "a.xlsx", "xlsx")
    said = {1: "1 commentaire de cellule : son texte", 2: "2 commentaires de cellule : leur texte"}[count]
    assert (fact.code, fact.found) == ("comments_unread", str(count))
    assert fact.message == f"{said} n'est pas lu."


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_conditions_hide_and_comments_are_said_alike_in_every_format(data, suffix):
    opened = open_file(data / f"conditions{suffix}")
    assert opened.sheets[0].rows == [
        ["Commune", "Familles", "Enfants", "AEEH", "RSA"],
        ["Gex", 3, "", 3, ""],
        ["Thoiry", 12, 12, 12, ""],
        ["Ornex", "", 8, 8, ""],
    ]
    assert [(fact.code, fact.found) for fact in opened.problems] == [("comments_unread", "2")]


def test_dates_of_the_1904_system_are_right(tmp_path):
    from datetime import date

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active["A1"] = date(2024, 3, 1)
    workbook.save(tmp_path / "mac.xlsx")
    assert open_file(tmp_path / "mac.xlsx").sheets[0].cell(1, 1) == date(2024, 3, 1)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_one_workbook_is_seen_alike_in_every_format(data, suffix):
    sheet = open_file(data / f"marques{suffix}").sheets[0]
    assert [row[1] for row in sheet.rows] == ["Enfants", "", 12, 8, "<10", 7]
    assert sheet.marks == Marks(
        masked={(2, 2): "", (5, 2): "<10"},
        hidden_rows=frozenset({6}),
        hidden_columns=frozenset({3}),
        filter="A1:C6",
        struck=frozenset({(3, 1), (3, 2), (3, 3)}),
        coloured={(4, 1): "#FFFF00"},
    )


def test_a_filter_on_one_row_is_said_in_the_singular():
    sheet = Sheet("EAJE", [["Nom"], ["A"], ["B"]], marks=Marks(hidden_rows=frozenset({2}), filter="A1:A3"))
    assert [fact.message for fact in sheet_facts(sheet, "a.xlsx")] == [
        "Un filtre masque 1 ligne, lue avec les autres : 2."
    ]
