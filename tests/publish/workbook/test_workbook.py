"""The workbook opened again: what is written, how it is shown, what is nowhere in it."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from defusedxml import ElementTree

from sdsf_analysis.errors import QuestionError, WorkspaceError
from sdsf_analysis.indicators.coverage import ctg_coverage
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.publish import workbook as room
from sdsf_analysis.publish.workbook import Edition, workbook, write_workbook
from sdsf_analysis.workspace import Workspace

AUDIENCES = ("public", "partenaires", "interne")
CASH, RESULT = 8675309, -4217733
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ON = date(2024, 6, 30)


def edition_of(workspace, audience="partenaires"):
    return Edition(
        workspace.settings.schema_name,
        workspace.settings.reference_date,
        audience=audience,
        fictitious=workspace.fictitious,
        inputs=workspace.manifest["inputs"],
        recipes=workspace.recipes,
    )


def replaced(tables, **frames):
    return Tables(lambda name: frames.get(name, getattr(tables, name)))


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def forms(number):
    """A number as machines, the English and the French write it."""
    english = f"{abs(number):,}"
    return {str(abs(number)), english, english.replace(",", " "), english.replace(",", ".")}


def found_in(content, words):
    texts = []
    for text in members(content).values():
        spaced = text.replace("\u202f", " ").replace("\xa0", " ")
        letters = unicodedata.normalize("NFKD", spaced)
        texts.append("".join(c for c in letters if not unicodedata.combining(c)).lower())
    return {word for word in words if any(word in text for text in texts)}


@pytest.fixture(scope="module")
def space(ain_folders, ain_result):
    return Workspace(ain_folders)


@pytest.fixture(scope="module")
def secrets(space):
    """The tables of the demo, where a named structure has a cash and a deficit that one cannot miss."""
    activity = space.tables.activity.copy()
    service = activity.loc[activity["measure"] == "cash", "service"].iloc[0]
    for measure, value in {"cash": CASH, "result": RESULT}.items():
        activity.loc[(activity["measure"] == measure) & (activity["service"] == service), "value"] = value
    return replaced(space.tables, activity=activity)


@pytest.fixture(scope="module")
def made(space, secrets):
    """The workbook of each audience, made once."""
    return {audience: workbook(secrets, edition_of(space, audience)) for audience in AUDIENCES}


@pytest.fixture(scope="module")
def content(made):
    return made["partenaires"]


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def public(made):
    return openpyxl.load_workbook(io.BytesIO(made["public"]))


def cell_under(sheet, title, territory):
    """Cell of a territory in the column of a title, in the table that has both."""
    for name in sheet.tables:
        rows = sheet[sheet.tables[name].ref]
        titles = [cell.value for cell in rows[0]]
        if title in titles:
            return next(row[titles.index(title)] for row in rows if row[1].value == territory)
    raise AssertionError(title)


def test_a_share_is_a_percentage_of_excel_beside_the_name_and_code_of_its_epci(book, space):
    answer = ctg_coverage(space.tables, space.settings.reference_date)
    row = answer[(answer["measure"] == "population") & (answer["territory"] == "200040350")].iloc[0]
    cell = cell_under(book["CTG"], "Habitants couverts (%)", "200040350")
    assert cell.value == pytest.approx(row["value"] / 100)
    assert cell.number_format == "0.0 %"
    assert book["CTG"].cell(cell.row, 1).value == "CC Bugey Sud"


def test_what_is_withheld_is_said_by_its_bounds_in_the_cell(book):
    cell = cell_under(book["CTG"], "Foyers allocataires couverts (%)", "200040350")
    assert re.fullmatch(r"entre [\d,]+\u202f% et [\d,]+\u202f%", cell.value)


def test_every_sheet_prints_and_scrolls(book):
    for sheet in book:
        setup, footer = sheet.page_setup, sheet.oddFooter
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0), sheet.title
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert "31 décembre 2024" in footer.right.text, sheet.title
        assert "données fictives" in footer.right.text, sheet.title
        top = [str(cell.value) for row in sheet["A1:B3"] for cell in row]
        assert "données fictives" in top, sheet.title
        assert sheet.column_dimensions["A"].width >= 30, sheet.title


def test_each_table_has_its_filter_under_its_own_name(book):
    tables = [(sheet.title, name, sheet.tables[name]) for sheet in book for name in sheet.tables]
    assert all(table.autoFilter.ref == table.ref for _, _, table in tables)
    names = [name for _, name, _ in tables]
    assert len(names) == len(set(names)) > 30
    assert "donnees" in names


def test_every_link_leads_to_a_sheet_that_is_there(book):
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 40
    targets = {link.location.rpartition("!")[0].strip("'").replace("''", "'") for link in links}
    assert targets <= set(book.sheetnames)
    contents = {c.hyperlink.location for row in book["Sommaire"].iter_rows() for c in row if c.hyperlink}
    assert len(contents) == len(book.sheetnames) - 1


def test_nothing_is_a_formula(content):
    sheets = {name: text for name, text in members(content).items() if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) > 20
    assert [name for name, text in sheets.items() if "<f>" in text or "<f " in text] == []


def test_a_chart_holds_what_its_cells_hold_and_nothing_else(content, book):
    charts = [text for name, text in members(content).items() if name.startswith("xl/charts/chart")]
    assert len(charts) >= 6
    for text in charts:
        for reference in ElementTree.fromstring(text).iter():
            if reference.tag not in (f"{CHART}numRef", f"{CHART}strRef"):
                continue
            name, _, area = reference.find(f"{CHART}f").text.rpartition("!")
            cells = book[name.strip("'")][area.replace("$", "")]
            flat = [c for row in cells for c in row] if isinstance(cells, tuple) else [cells]
            for point in reference.iter(f"{CHART}pt"):
                held, cached = flat[int(point.get("idx"))].value, point.find(f"{CHART}v").text
                if isinstance(held, int | float):
                    assert float(cached) == pytest.approx(held)
                elif isinstance(held, str):
                    assert cached == held


def test_the_bars_are_ranked_and_hold_known_values_only(book):
    sheet = book["Couverture"]
    rows = sheet[sheet.tables["childcare_coveragelocal"].ref]
    at = [cell.value for cell in rows[0]].index("Somme des composantes connues")
    values = [row[at].value for row in rows[1:]]
    known = [value for value in values if isinstance(value, float)]
    assert known == sorted(known, reverse=True) == values[: len(known)]
    assert len(known) < len(values)


def test_the_same_tables_give_the_same_bytes():
    first, second = (workbook(example_tables(), Edition("Schéma d'essai", ON)) for _ in range(2))
    assert first == second


def test_the_files_received_have_their_dates(book):
    rows = {row[0]: row for row in book["Fichiers reçus"].iter_rows(min_row=5, values_only=True)}
    assert rows["Suivi CTG.xlsx"][1] == "Caf"
    assert rows["Suivi CTG.xlsx"][4].date() == date(2024, 11, 26)


def test_each_indicator_shown_has_its_source_its_formula_and_its_limits(book):
    rows = {row[0]: row for row in book["Sources et méthodes"].iter_rows(min_row=5, values_only=True)}
    source, formula, _, limits, diffusion = rows["Couverture par les modes d'accueil"][2:7]
    assert source.startswith("Cnaf")
    assert "Σ places" in formula
    assert "Offre théorique" in limits
    assert diffusion == "public"


@pytest.mark.parametrize("audience", ["public", "partenaires"])
def test_the_cash_of_a_structure_is_nowhere(made, audience):
    assert found_in(made[audience], forms(CASH) | forms(RESULT)) == set()
    names = openpyxl.load_workbook(io.BytesIO(made[audience]), read_only=True).sheetnames
    assert "Structures à suivre" not in names


def test_for_internal_use_it_is_there_or_the_search_is_blind(made):
    assert found_in(made["interne"], forms(RESULT))
    names = openpyxl.load_workbook(io.BytesIO(made["interne"]), read_only=True).sheetnames
    assert {"Structures à suivre", "Si cette crèche ferme"} <= set(names)


def test_for_the_public_neither_amounts_nor_named_services(public):
    hidden = {"Financements", "Liste des services", "Mouvements de places", "Actions du plan", "Accès"}
    assert hidden.isdisjoint(public.sheetnames)
    assert {"CTG", "Couverture", "Autorités organisatrices"} <= set(public.sheetnames)
    assert "officers_by" not in public["CTG"].tables
    last = [str(row[0]) for row in public["Sommaire"].iter_rows(values_only=True) if row[0]][-1]
    assert last.startswith("Hors de cette diffusion : ")
    assert "Structures à suivre" in last


def test_childminders_of_a_commune_who_are_few_are_not_shown(book, space):
    rows = book["Liste des services"].iter_rows(min_row=1, values_only=True)
    kept = {row[1]: row for row in rows if row[1] and str(row[1]).startswith("am-")}
    few = space.tables.offer.query("kind == 'childminders' and 0 < units < 5")["service"]
    many = space.tables.offer.query("kind == 'childminders' and units >= 5")["service"]
    shown = {service: (kept[service][9], kept[service][11]) for service in [*few, *many] if service in kept}
    assert {shown[service] for service in few if service in shown} == {("masqué", "masqué")}
    assert all(isinstance(shown[service][1], int | float) for service in many if service in shown)


def test_tables_without_a_row_give_a_workbook_that_says_what_would_fill_it():
    empty = Tables(lambda name: table(name).empty())
    book = openpyxl.load_workbook(io.BytesIO(workbook(empty, Edition("Schéma d'essai", ON))))
    texts = " ".join(str(cell.value) for cell in book["Offre"]["A"] if cell.value)
    assert "Rien de reçu" in texts
    assert "Aucun fichier n'a été reçu" in book["Fichiers reçus"]["A5"].value


def test_outside_the_demo_nothing_says_fictitious():
    made = workbook(example_tables(), Edition("Schéma d'essai", ON))
    assert found_in(made, {"fictives"}) == set()


def test_a_text_that_looks_like_a_formula_stays_a_text():
    tables = example_tables()
    ctg = tables.ctg.assign(name='=HYPERLINK("http://x";"ici")', lead="@SOMME(A1)")
    made = workbook(replaced(tables, ctg=ctg), Edition("+Schéma", date(2025, 9, 30)))
    cells = [
        c for row in openpyxl.load_workbook(io.BytesIO(made))["CTG à renouveler"].iter_rows() for c in row
    ]
    kept = [c for c in cells if str(c.value).startswith(("=", "@"))]
    assert len(kept) >= 2
    assert {(c.data_type, c.quotePrefix) for c in kept} == {("s", True)}


def test_a_workbook_open_elsewhere_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "sdsf.xlsx"
    path.write_bytes(b"ancien")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(room, "replace_file", refuse)
    with pytest.raises(WorkspaceError, match="est ouvert dans un autre logiciel, ou protégé : le fermer"):
        write_workbook(path, example_tables(), Edition("Schéma d'essai", ON))
    assert path.read_bytes() == b"ancien"


def test_an_unknown_audience_is_refused_with_those_that_exist():
    with pytest.raises(QuestionError, match="public, partenaires, interne"):
        replace(Edition("Schéma d'essai", ON), audience="tous")


def test_what_the_data_hold_is_what_the_tables_show(book):
    rows = book["Données"].iter_rows(min_row=4, values_only=True)
    frame = pd.DataFrame(rows, columns=next(rows))
    found = frame[(frame["Mesure"] == "Habitants couverts") & (frame["Code"] == "200040350")].iloc[0]
    assert found["Valeur"] == pytest.approx(found["Numérateur"] / found["Dénominateur"], abs=1e-6)
