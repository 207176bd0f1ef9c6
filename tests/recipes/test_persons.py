"""Which columns name or reach a person: one rule for the preview, the messages and the drafts."""

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.persons import names_a_person, personal_columns


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("responsable", ("Zacharie Zyx", "Ada Zyx")),
        ("responsable", ("ZYX", "nd", "vacant")),
        ("referente petite enfance", ("Mme Zyx",)),
        ("contact", ("Ada Zyx", "Caf")),
        ("directrice", ("Ada",)),
        ("coordinatrice ctg", ("Ada Zyx",)),
        ("chargee de cooperation", ("Ada Zyx",)),
        ("enfant", ("Ada Zyx", "Zoé Zyx")),
        ("date de naissance", (43_831.0,)),
        ("courriel", ()),
        ("tel portable", (612_345_678.0,)),
        ("tel", ("06 12 34 56 78",)),
        ("nom du responsable", ()),
        ("matricule", (12.0,)),
        ("divers", ("06 12 34 56 78", "04.74.00.00.00")),
        ("divers", ("ada@zyx.fr", "", "RAS")),
        ("suivi", ("Vu Mme Zyx", "RAS", "RAS", "RAS")),
        ("suivi", ("M. Zyx",)),
        ("", ("Madame Zyx",)),
    ],
)
def test_a_person_is_seen_by_the_label_or_by_the_cells(label, cells):
    assert names_a_person([label] if label else [], cells)


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("responsable", ("MSA", "Département", "Caf de l'Ain")),
        ("responsables", (2.0, 3.0)),
        ("referents", ("2", "3", "nd")),
        ("structure responsable", ("Les Loups",)),
        ("service referent", ("Petite enfance",)),
        ("date de contact", ("Mars 2024",)),
        ("commune du responsable", ("Gex",)),
        ("nombre de contacts", ("douze",)),
        ("animateur", ("oui", "non", "x")),
        ("signataire", ("Oui", "Non")),
        ("enfants 0 2", (4.0,)),
        ("beneficiaires", ("Personnes âgées", "Adultes")),
        ("beneficiaire", ("Personnes âgées", "Moins de 60 ans")),
        ("agent", (12.0,)),
        ("assistants maternels", (12.0, 4.0)),
        ("menages avec telephone portable", (81.2, 79.5)),
        ("nom", ("Les Loups", "Les Ours")),
        ("adresse", ("3 rue des Loups",)),
        ("operateur", ("S.I.V.O.M. de Gex",)),
        ("siret", ("20004035000012", "24420077000014")),
        ("finess", ("010780054", "010009132")),
        ("commune", ("Gex", "Mmes", "Monsieur-le-Grand")),
        ("mail", (0.0, 1.0)),
        ("", ()),
    ],
)
def test_what_names_nobody_is_shown(label, cells):
    assert not names_a_person([label] if label else [], cells)


def test_name_and_address_beside_a_first_name_are_those_of_a_person():
    rows = [
        ["Nom", "Prénom", "Adresse", "Places"],
        ["Zyx", "Ada", "3 rue Bleue", 4.0],
        ["Zyw", "Zoé", "2 rue Verte", 3.0],
    ]
    (table,) = find_tables(Sheet("Liste", rows))
    assert personal_columns(table) == {1, 2, 3}


def test_a_label_above_counts_too():
    head = [["Structure", "Responsable", None], ["Nom", "Identité", "Mail"]]
    (table,) = find_tables(
        Sheet("Liste", [*head, ["Les Loups", "Ada Zyx", "a@zyx.fr"], ["Les Ours", "Zoé Zyx", "z@zyx.fr"]])
    )
    assert personal_columns(table) == {2, 3}


def test_a_long_list_is_looked_at_all_along():
    rows = [["Poste", "Référent"], *([f"P{n}", "vacant" if n < 400 else "Ada Zyx"] for n in range(800))]
    (table,) = find_tables(Sheet("Liste", rows))
    assert personal_columns(table) == {2}


def test_a_cell_without_end_is_looked_at_from_its_beginning():
    assert not names_a_person(["divers"], ["x" * 300_000])
    assert names_a_person(["divers"], [f"ada@zyx.fr {'x' * 300_000}"])
