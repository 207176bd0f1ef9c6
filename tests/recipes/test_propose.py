"""A draft recipe: it loads, says what it is sure of, never shows a person, and builds once reviewed."""

import re
import tomllib

import pytest

from sdsf_analysis.reading.layout import Column
from sdsf_analysis.recipes.drafts.guessing import TO_CHECK
from sdsf_analysis.recipes.drafts.likeness import fits, series_pattern
from sdsf_analysis.recipes.drafts.sampling import Sample, names_a_person
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import ColumnRecipe, load_recipe, shipped_recipes

MICRO = """\
Liste des structures (données fictives), situation au 31/12/2024

Structure : nom;Organisme gestionnaire;Localité;Nombre de places;Date d'ouverture au public;\
Date de fermeture définitive;Couleur
Les Loups;SARL Loups;Gex;10;01/09/2019;;bleu
Les Ours;SARL Ours;Oyonnax;12;01/09/2020;31/08/2023;rouge
Les Lynx;Asso Lynx;Bourg-en-Bresse;11;01/01/2021;;bleu
Les Chats;Asso Chats;Divonne-les-Bains;9;01/01/2021;;rouge
"""
PERSONS = """\
Commune;Nom;Prénom;Courriel;Tél. portable;Adresse;Référente;Suivi;Nombre d'heures
Gex;Zyxadam;Adazyx;ada@zyx.fr;06 12 34 56 78;3 rue des Zyx;Mme Zyxbob;Vu Mme Zyxcleo;12
Oyonnax;Zyxeve;Evezyx;eve@zyx.fr;06 12 34 56 79;4 rue des Zyx;Mme Zyxdan;RAS;11
Bourg-en-Bresse;Zyxfred;Fredzyx;fred@zyx.fr;06 12 34 56 70;5 rue des Zyx;M. Zyxguy;Vu M. Zyxguy;10
"""


@pytest.fixture
def draft(tmp_path):
    def write(text, name="Fichier 2025.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return propose(path, **options)

    return write


def said(text):
    """Comments of a draft as one text."""
    return " ".join(text.replace("#", "").split())


def part(text):
    recipe = load_recipe(text, "brouillon.toml")
    return recipe.tables[0]


class TestDraft:
    def test_an_unseen_layout_of_a_known_kind_is_understood_and_every_doubt_said(self, draft):
        text = draft(MICRO)
        table = part(text)
        assert "Recette la plus proche : « Micro-crèches financées par la Paje » (micro_creches)." in text
        assert table.place and table.place.name == ("Localité",)
        headers = {name: column.headers for name, column in table.columns.items()}
        assert headers == {
            "operator": ("Organisme gestionnaire",),
            "places": ("Nombre de places",),
            "opened_on": ("Date d'ouverture au public",),
            "closed_on": ("Date de fermeture définitive",),
        }
        assert text.count(f"# {TO_CHECK} : l'intitulé ressemble à") == 4
        assert f"# {TO_CHECK} : les cellules sont des noms de communes." in text
        assert "« Nombre de places » : nombre, par exemple 10 ; 12 ; 11." in text
        assert "Il y manque, obligatoire : « Nom » (name)." in said(text)

    def test_a_column_not_understood_is_named_in_a_comment(self, draft):
        text = draft(MICRO)
        assert '# couleur = { headers = ["Couleur"] }' in text and "bleu ; rouge" in text
        assert "Couleur" not in str(part(text))

    def test_labels_of_several_rows_and_years_are_known_again(self, draft):
        text = draft(
            "Commune;Élèves 2023;Élèves 2024;NAISD22;NAISD23\n"
            "Gex;4;5;1;2\nOyonnax;7;8;3;4\nDivonne-les-Bains;1;2;5;6\n"
        )
        lines = "\n".join(line.removeprefix("# ") for line in text.splitlines() if "_par_annee" in line)
        read = {name: ColumnRecipe(**entry) for name, entry in tomllib.loads(lines).items()}
        assert [column.by for column in read.values()] == ["year", "year"]
        assert [column.headers for column in read.values()] == [("Élèves",), (r"re:NAISD(?P<year>\d\d)",)]

    def test_without_any_likeness_the_columns_are_still_there(self, draft):
        text = draft("Teinte;Poids (kg)\nbleu;1,5\nvert;2\nbleu;3\nvert;4\n")
        assert "Aucune recette connue ne ressemble à ce tableau" in said(text)
        assert part(text).outputs == () and '# teinte = { headers = ["Teinte"] }' in text
        assert '# poids_kg = { headers = ["Poids (kg)"], type = "number" }' in text

    def test_a_file_that_is_read_already_says_so(self, draft):
        text = draft("Nom;Gestionnaire;Ville;Places;Ouverture;Fermeture\nA;B;Gex;10;01/01/2020;02/01/2024\n")
        assert "Elle lit déjà ce tableau" in said(text)

    def test_a_name_that_a_recipe_bears_is_left_to_it(self, draft):
        assert load_recipe(draft(MICRO, "ALSH 2025.csv"), "x").name == "alsh_bis"

    def test_codes_of_several_departements_are_said(self, draft):
        rows = [("01173", 1), ("01283", 2), ("69123", 3), ("38185", 4), ("42218", 5)]
        table = part(draft("Repère;Poids (kg)\n" + "".join(f"{code};{n}\n" for code, n in rows)))
        assert table.place and table.place.code == ("Repère",) and table.scope == "several"

    def test_labels_that_would_break_the_text_do_not(self, draft):
        text = draft('"Dit ""oui""\n[x] = 1";C:\\temp;Commune\n1;2;Gex\n3;4;Oyonnax\n')
        assert part(text).place


class TestPersons:
    def test_what_names_or_reaches_a_person_is_declared_and_never_shown(self, draft):
        text = draft(PERSONS)
        assert "zyx" not in text.casefold()
        personal = {name for name, column in part(text).columns.items() if column.personal}
        assert personal == {
            "last_name",
            "first_name",
            "email",
            "tel_portable",
            "adresse",
            "referente",
            "suivi",
        }

    @pytest.mark.parametrize(
        ("label", "cells", "kind", "expected"),
        [
            ("Nom", ("Zyx",), "text", True),
            ("Nom de l'équipement", ("Les Loups",), "text", False),
            ("Enfants 0-2", (4.0,), "number", False),
            ("Date de naissance", ("01/01/2020",), "date", True),
            ("Divers", ("06 12 34 56 78", "04.74.00.00.00"), "text", True),
            ("Divers", ("200040350", "244200770"), "code", False),
            ("Divers", ("ada@zyx.fr",), "text", True),
        ],
    )
    def test_by_its_label_or_by_its_cells(self, label, cells, kind, expected):
        assert names_a_person(Sample(Column(1, (label,)), kind, cells)) is expected


class TestBuild:
    def test_once_reviewed_the_draft_gives_the_rows(self, small):
        workspace = small({"Structures.csv": MICRO}, departement="01")
        assert workspace.build().read == 0
        text = propose(workspace.folders.raw / "Structures.csv")
        reviewed = re.sub(r"(?m)^# structure_nom = \{ headers", "name = { headers", text)
        head, mark, outputs = reviewed.partition("# [[tables.outputs]]")
        reviewed = head + re.sub(r"(?m)^# ", "", mark + outputs)
        reviewed = reviewed.replace("outputs = []\n", "")
        workspace.folders.recipes.mkdir()
        (workspace.folders.recipes / "structures.toml").write_text(reviewed, encoding="utf-8")
        result = workspace.build()
        offer = result.frames["offer"]
        assert offer[["name", "commune", "capacity"]].values.tolist() == [
            ["Les Lynx", "01053", 11],
            ["Les Chats", "01143", 9],
            ["Les Loups", "01173", 10],
            ["Les Ours", "01283", 12],
        ]
        assert [p.found for p in result.problems if p.code == "column_unmapped"] == ["Couleur"]

    def test_a_draft_without_a_gap_builds_as_it_is(self, small):
        text = MICRO.replace("Structure : nom", "Nom de la micro-crèche")
        workspace = small({"Structures.csv": text}, departement="01")
        assert workspace.build().read == 0
        workspace.folders.recipes.mkdir()
        draft = propose(workspace.folders.raw / "Structures.csv")
        (workspace.folders.recipes / "structures.toml").write_text(draft, encoding="utf-8")
        assert workspace.build().frames["offer"]["capacity"].tolist() == [11, 9, 10, 12]

    def test_every_file_of_the_demo_gives_a_draft_that_loads(self, ain_folders):
        for path in sorted(set(ain_folders.raw.glob("*.*")) - {ain_folders.raw / "decisions.csv"}):
            text = propose(path)
            recipe = load_recipe(text, path.name)
            assert recipe.tables and "Elle lit déjà" in said(text), path.name


def test_a_number_never_means_a_date_and_a_pattern_reads_any_year():
    dates = ColumnRecipe(headers=("Fin",), type="date")
    assert not fits(dates, "number") and fits(dates, "date")
    assert re.fullmatch(series_pattern("Places 2023 (fin)"), "Places 2024 (fin)")["year"] == "2024"


def test_the_recipes_of_a_workspace_are_tried_too(draft):
    own = load_recipe(
        'name = "chats"\ntitle = "Chats"\npartner = "Moi"\n[[tables]]\nname = "c"\noutputs = []\n'
        '[tables.columns]\ncats = { headers = ["Chats recensés"], type = "count" }\n'
        'dogs = { headers = ["Chiens recensés"], type = "count" }\n',
        "chats.toml",
    )
    text = draft("Chats recensés;Chiens recenses\n1;2\n3;4\n", recipes=(own, *shipped_recipes()))
    assert "« Chats » (chats)" in text and set(part(text).columns) == {"cats", "dogs"}
