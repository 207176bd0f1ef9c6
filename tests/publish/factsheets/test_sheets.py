"""What a fact sheet says: beside the département, without what is withheld, with the analyst's words."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from sdsf_analysis.figures.ground import ground
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables
from sdsf_analysis.publish.factsheets.facts import Line
from sdsf_analysis.publish.factsheets.page import as_html
from sdsf_analysis.publish.factsheets.paper import SIZE_MM, as_pages
from sdsf_analysis.publish.factsheets.sections import Section
from sdsf_analysis.publish.factsheets.sheet import Sheet, sheets, territories

DAY = pd.Timestamp("2024-06-30")


def with_departement(tables):
    """The example, with the level that the sheets compare to."""
    communes = tables.territories.loc[tables.territories["level"] == "commune", "territory"]
    first = tables.membership[tables.membership["level"] == "epci"].drop_duplicates("commune")
    whole = first.assign(level="departement", territory="01")
    membership = pd.concat([tables.membership, whole[whole["commune"].isin(communes)]])
    return Tables(lambda name: membership if name == "membership" else getattr(tables, name))


def made(level="epci", **options):
    asked = {
        "schema": "SDSF",
        "threshold": 5,
        "audience": "partenaires",
        "texts": {},
        "fictitious": False,
    } | options
    return {sheet.code: sheet for sheet in sheets(with_departement(example_tables()), DAY, level, **asked)}


def lines(sheet, title):
    section = next(section for section in sheet.sections if section.title.startswith(title))
    return {line.label: (line.here, line.whole) for line in section.lines}


def test_each_territory_has_its_sheet_beside_the_departement():
    found = made()
    assert set(found) == set(territories(example_tables(), DAY, "epci"))
    here, whole = lines(found["E1"], "Le territoire")["Communes"]
    assert int(here) < int(whole) == 4


def test_sections_without_anything_known_are_left_out():
    titles = [section.title for section in made()["E1"].sections]
    assert "Plan d'actions de la CTG" not in titles


def test_fewer_persons_than_the_threshold_are_not_written():
    few = made(threshold=1000)["E1"]
    said = [line.here for section in few.sections for line in section.lines]
    assert "moins de 1000" in said


def test_the_words_of_the_analyst_come_in_their_order():
    texts = {"E1": {"vigilances": ["Des départs."], "atouts": ["Un relais."]}}
    assert made(texts=texts)["E1"].words == [
        ("Atouts", ["Un relais."]),
        ("Points de vigilance", ["Des départs."]),
    ]


def sheet(**changes):
    label = "Une ligne au libellé plutôt long, la numéro"
    rows = [Line(f"{label} {n}", "entre 1 234 et 5 678", "au moins 12 345") for n in range(9)]
    base = Sheet(
        code="E1",
        name="CC du Test",
        kind="EPCI",
        on=date(2024, 12, 31),
        schema="SDSF",
        communes=("90010",),
        sections=[Section(f"Section {n}", rows, "Une note.") for n in range(6)],
        texts={},
        notes=["Source."],
        fictitious=True,
    )
    return replace(base, **changes)


def test_texts_on_paper_do_not_touch_and_stay_on_the_page():
    for page in as_pages(sheet(), ground("90")):
        page.png(60)
        texts = [text for axes in page.axes for text in axes.texts if text.get_text()]
        boxes = [text.get_window_extent().shrunk(0.98, 0.8) for text in texts]
        touching = [
            (texts[i].get_text(), texts[j].get_text())
            for i, box in enumerate(boxes) for j, other in enumerate(boxes[:i]) if box.overlaps(other)
        ]  # fmt: skip
        assert not touching
        assert all(page.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))


@pytest.mark.parametrize(("sections", "count"), [(2, 1), (6, 2)])
def test_a_sheet_takes_the_pages_that_it_needs(sections, count):
    full = sheet()
    pages = as_pages(replace(full, sections=full.sections[:sections]), ground("90"))
    assert len(pages) == count and pages[0].size_mm == SIZE_MM


def test_a_page_escapes_what_it_is_given_and_loads_nothing():
    texts = {"atouts": ["<script>alert(1)</script> & co"]}
    html = as_html(sheet(texts=texts, name='CC "du" <b>Test</b>'), b"png")
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "http" not in html and "données fictives" in html


def test_a_text_of_no_territory_is_told_once_the_sheets_are_written(small):
    workspace = small({})
    workspace.build()
    folder = workspace.folders.raw / "textes"
    folder.mkdir()
    (folder / "CC Inconnue.md").write_text("# Atouts\nRien", encoding="utf-8")
    made = workspace.report(only=["fiches"])
    assert made.failures == (
        "Fiches publiées, mais 1 texte de fiche n'est d'aucun territoire : CC Inconnue.md. Nommer le fichier "
        "comme l'EPCI ou la CTG, ou par son code (dossier data/raw/textes).",
    )
    assert list((workspace.folders.reports / "fiches" / "epci").glob("*.pdf"))


def test_for_the_public_what_partners_alone_may_see_is_left_out():
    titles = {
        audience: {section.title for section in made(audience=audience)["E1"].sections}
        for audience in ("public", "partenaires")
    }
    assert titles["public"] < titles["partenaires"]
