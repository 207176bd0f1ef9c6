"""A draft recipe: it loads, says what it is sure of, never shows a person, and builds once reviewed."""

import re
import tomllib

import pytest

from sdsf_analysis.errors import ReadingError
from sdsf_analysis.reading.layout import Column
from sdsf_analysis.recipes.drafts.guess import TO_CHECK
from sdsf_analysis.recipes.drafts.likeness import fits, series_pattern
from sdsf_analysis.recipes.drafts.sampling import Sample, place_role
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import ColumnRecipe, load_recipe, shipped_recipes
from sdsf_analysis.recipes.recognise import CODE, NAME
from sdsf_analysis.territories import reference
from sdsf_analysis.territories.atlas import atlas

MICRO = """\
Liste des structures (données fictives), situation au 31/12/2024

Structure : nom;Organisme gestionnaire;Secteur;Nombre de places;Date d'ouverture au public;\
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


def uncommented(text):
    """The draft once the analyst has taken the dashes away from its rows."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("# [[tables.outputs]]"))
    is_line = re.compile(r"# (\[|[a-z_]+ = )")
    return "\n".join([*lines[:start], *(line[2:] if is_line.match(line) else line for line in lines[start:])])


def part(text):
    recipe = load_recipe(text, "brouillon.toml")
    return recipe.tables[0]


class TestDraft:
    def test_an_unseen_layout_of_a_known_kind_is_understood_and_every_doubt_said(self, draft):
        text = draft(MICRO)
        table = part(text)
        near = "Recette la plus proche : « Micro-crèches financées par la Paje » (micro_creches)."
        assert near in said(text)
        assert table.place and table.place.name == ("Secteur",)
        headers = {name: column.headers for name, column in table.columns.items()}
        assert headers == {
            "name": ("Structure : nom",),
            "operator": ("Organisme gestionnaire",),
            "places": ("Nombre de places",),
            "opened_on": ("Date d'ouverture au public",),
            "closed_on": ("Date de fermeture définitive",),
        }
        text = said(text)
        assert text.count(f"{TO_CHECK} : l'intitulé ressemble") == 3
        assert f"{TO_CHECK} : les cellules sont des noms de communes." in text
        assert "4 colonnes à vérifier (« À VÉRIFIER »), 1 colonne non comprise" in text
        assert "« Nombre de places » : nombre, par exemple 10 ; 12 ; 11." in text
        assert "Il y manque" not in text

    def test_labels_of_other_ages_are_near_none_however_they_are_spelt(self, draft):
        text = draft(FAMILIES)
        assert '# enfants_de_moins_de_3_ans = { headers = ["Enfants de moins de 3 ans"]' in text
        assert "children" not in part(text).columns

    def test_a_column_not_understood_is_named_in_a_comment(self, draft):
        text = draft(MICRO)
        assert '# couleur = { headers = ["Couleur"] }' in text and "bleu ; rouge" in said(text)
        assert "Couleur" not in str(part(text))

    def test_labels_of_several_rows_and_years_are_known_again(self, draft):
        text = draft(
            "Commune;Élèves 2023;Élèves 2024;MARD22;MARD23\n"
            "Gex;4;5;1;2\nOyonnax;7;8;3;4\nDivonne-les-Bains;1;2;5;6\n"
        )
        lines = "\n".join(line.removeprefix("# ") for line in text.splitlines() if "_par_annee" in line)
        read = {name: ColumnRecipe(**entry) for name, entry in tomllib.loads(lines).items()}
        assert [column.by for column in read.values()] == ["year", "year"]
        assert [column.headers for column in read.values()] == [("Élèves",), (r"re:MARD(?P<year>\d\d)",)]

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
            "phone",
            "adresse",
            "referente",
            "suivi",
        }

    def test_read_and_propose_hold_the_same_columns_personal(self, draft):
        text = draft("Structure;Responsable;Places\nLes Loups;Zoé Zyx;12\nLes Ours;Ada Zyx;11\n")
        assert part(text).columns["responsable"].personal and "Zyx" not in text

    def test_what_names_a_person_never_goes_out_of_the_draft(self, draft):
        text = draft(
            "Nom;Prénom;Ville;Places;Ouverture\nZyx;Ada;Gex;10;01/01/2020\nZyw;Zoé;Gex;9;01/01/2021\n"
        )
        assert part(text).columns["name"].personal
        assert '= "name"' not in text and "{name}" not in text


FAMILIES = """\
Familles allocataires, situation au 31/12/2024 (données fictives)

Code INSEE;Commune;Familles allocataires;Enfants de moins de 3 ans
01173;Gex;1450;150
01283;Oyonnax;2250;220
01053;Bourg-en-Bresse;4150;410
"""


class TestBuild:
    def test_rows_that_no_column_dates_are_dated_by_the_situation_once_checked(self, small):
        workspace = small({"Familles.csv": FAMILIES}, departement="01")
        workspace.folders.recipes.mkdir()
        text = propose(workspace.folders.raw / "Familles.csv")
        assert '# year = "@year"' in text.splitlines()
        (workspace.folders.recipes / "familles.toml").write_text(uncommented(text), encoding="utf-8")
        families = workspace.build().frames["families"].query("regime == 'caf'")
        assert families[["commune", "year", "measure", "value"]].values.tolist() == [
            ["01053", 2024, "households", 4150],
            ["01173", 2024, "households", 1450],
            ["01283", 2024, "households", 2250],
        ]

    def test_once_reviewed_the_draft_gives_the_rows(self, small):
        workspace = small({"Structures.csv": MICRO}, departement="01")
        assert workspace.build().read == 0
        text = propose(workspace.folders.raw / "Structures.csv")
        reviewed = uncommented(re.sub(r"(?m)^# structure_nom = \{ headers", "name = { headers", text))
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

    def test_a_draft_without_a_gap_builds_once_its_identity_is_confirmed(self, small):
        text = MICRO.replace("Structure : nom", "Nom de la micro-crèche")
        workspace = small({"Structures.csv": text}, departement="01")
        assert workspace.build().read == 0
        workspace.folders.recipes.mkdir()
        draft = propose(workspace.folders.raw / "Structures.csv")
        recipe = workspace.folders.recipes / "structures.toml"
        recipe.write_text(draft, encoding="utf-8")
        assert workspace.build().frames["offer"].empty
        recipe.write_text(uncommented(draft), encoding="utf-8")
        assert workspace.build().frames["offer"]["capacity"].tolist() == [11, 9, 10, 12]

    def test_every_file_of_the_demo_gives_a_draft_that_loads(self, ain_folders):
        ours = {ain_folders.raw / name for name in ("decisions.csv", "demandes.csv")}
        for path in sorted(set(ain_folders.raw.glob("*.*")) - ours):
            text = propose(path)
            recipe = load_recipe(text, path.name)
            assert recipe.tables and "Elle lit déjà" in said(text), path.name


CRECHES = """\
Offre d'accueil du jeune enfant

;Structure;;Capacité;Activité 2023;Activité 2024
N°;Nom;Commune;Places;Heures;Heures
7;Les Loups;Gex;20;41200;42100
8;Les Ours;Oyonnax;30;52300;51900
9;Les Lynx;Belley;25;30400;31500
"""
RELAIS = """\
Relais petite enfance – situation au 31/12/2024

Nom du RPE;Gestionnaire;Siège (commune);ETP animateurs;Responsable
RPE du Lac;CA du Pays de Gex;Divonne-les-Bains;1,5;Zacharie Tremblevif
RPE Bleu;Commune;Gex;0,8;Yvonne Quatresous
RPE perdu;CC;Gexx;1;Marc Rienfaire
"""


class TestNoMisleading:
    """Nothing that the file does not say goes into the tables unless the analyst says so."""

    def test_creches_are_no_toy_libraries(self, draft):
        text = draft(CRECHES)
        assert "ludotheque" not in text and "Elle lit déjà" not in said(text)
        assert part(text).outputs == () and not part(text).titled
        # two columns of one label, a number of another kind of file: none of them is guessed
        assert set(part(text).columns) == {"name", "places"}
        assert "6 colonnes" not in said(text) and "3 colonnes non comprises" in said(text)

    @pytest.mark.parametrize("text", [CRECHES, MICRO, RELAIS], ids=["creches", "micro", "relais"])
    def test_constants_of_another_recipe_stay_in_comments_and_are_marked(self, draft, text):
        lines = draft(text).splitlines()
        constants = [line for line in lines if re.match(r'(# )?\w+ = "=', line)]
        assert all(line.startswith("# ") and line.endswith(f"# {TO_CHECK}") for line in constants)
        assert part("\n".join(lines)).outputs == ()

    def test_a_recipe_that_asks_for_another_title_is_only_near(self, draft):
        text = draft(
            "Nom;Commune;Gestionnaire;Heures d'ouverture\nLes Loups;Gex;Asso;12\nLes Ours;Gex;Asso;14\n",
            recipes=[recipe for recipe in shipped_recipes() if recipe.name == "parenting"],
        )
        assert "Elle lit déjà" not in said(text) and "que ce tableau n'a pas" in said(text)
        assert "4 colonnes à vérifier" in said(text) and part(text).titled == ()
        known = f"{TO_CHECK} : intitulé connu d'une recette qui demande un autre titre."
        assert said(text).count(known) == 4
        assert load_recipe(uncommented(text), "x").tables[0].outputs

    def test_with_its_title_it_is_read_already(self, draft):
        rows = "Nom;Commune;Gestionnaire;Heures d'ouverture\nLes Loups;Gex;Asso;12\nLes Ours;Gex;Asso;14\n"
        text = draft(f"Ludothèques, situation au 31/12/2024\n\n{rows}")
        assert "Elle lit déjà" in said(text) and len(part(text).outputs) == 2
        assert "0 colonne à vérifier" in said(text)

    def test_a_label_known_elsewhere_keeps_its_meaning_and_the_place_is_found_by_its_cells(self, draft):
        text = draft(RELAIS, recipes=[recipe for recipe in shipped_recipes() if recipe.name != "rpe"])
        table = part(text)
        assert table.place and table.place.name == ("Siège (commune)",)
        assert table.columns["operator"].headers == ("Gestionnaire",)
        assert "recettes, où il va en offer.operator." in said(text)
        assert "2 colonnes à vérifier" in said(text)

    def test_a_meaning_of_another_recipe_goes_to_the_column_it_fills_there(self, draft):
        rows = "A;B;Gex;10;01/01/2020;;association\nC;D;Gex;9;01/01/2020;;association\n"
        text = draft(f"Nom;Gestionnaire;Ville;Places;Ouverture;Fermeture;Statut juridique\n{rows}")
        assert "À VÉRIFIER : intitulé connu de la recette « Activité des EAJE »" in said(text)
        line = 'operator_kind = "operator_kind"'
        assert f"\n# {line}  # À VÉRIFIER\n" in text
        chosen = load_recipe(text.replace(f"# {line}", line), "x").tables[0].outputs[0]
        assert chosen.columns["operator_kind"] == "operator_kind"

    def test_a_column_of_two_of_one_label_is_to_be_checked(self, draft):
        rows = "Les Loups;Asso;Gex;10;11;01/01/2020\nLes Ours;Asso;Gex;8;9;01/01/2021\n"
        text = draft(f"Nom;Gestionnaire;Ville;Places;Places;Ouverture\n{rows}")
        assert f"{TO_CHECK} : plusieurs colonnes portent cet intitulé" in said(text)

    @pytest.mark.parametrize("text", ["Une seule colonne\nun\ndeux\n", "Bonjour\n"])
    def test_a_file_without_a_table_is_refused(self, draft, text):
        with pytest.raises(ReadingError, match="Aucun tableau"):
            draft(text)

    def test_the_draft_says_how_to_replace_the_recipe_it_comes_from(self, draft):
        text = draft(MICRO)
        assert (
            'qu\'il remplace « Micro-crèches financées par la Paje », écrire name="micro_creches".'
            in said(text)
        )

    def test_a_comment_is_never_broken_beside_a_guillemet_nor_a_colon(self, draft):
        lines = draft(CRECHES).splitlines()
        comments = [line.strip("# ") for line in lines if line.startswith("# ") or line.startswith("#   ")]
        assert not [line for line in comments if line.endswith("«") or line.startswith(("»", ":", ";"))]
        assert "%" not in "".join(comments)


@pytest.mark.parametrize(
    ("label", "cells", "expected"),
    [
        ("Siège (commune)", ("Gex", "Oyonnax", "Gexx"), NAME),
        ("Siège (commune)", ("Gex", "Gexx", "Oyonax"), ""),
        ("Repère", ("Gex", "Oyonnax", "Gexx"), ""),
        ("Repère", ("Gex", "Oyonnax", "Belley"), NAME),
        ("Repère", ("Gex",), ""),
    ],
)
def test_a_column_of_communes_is_known_by_its_cells_the_sooner_under_a_label_of_place(label, cells, expected):
    places = atlas(max(reference.YEARS))
    assert place_role(Sample(Column(1, (label,)), "text", cells), places) == expected
    assert place_role(Sample(Column(1, (label,)), "code", ("01173", "01283")), places) == CODE


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
    assert "« Chats » (chats)" in said(text) and set(part(text).columns) == {"cats", "dogs"}


class TestWords:
    @pytest.mark.parametrize(
        "header",
        [
            "Établissement (type);Appellation;Localité;Nb places autorisées;Date de l'avis PMI",
            "Type de l'établissement;Libellé;Commune;Places agréées PMI;Arrêté d'autorisation",
            "Type d'accueil collectif;Libellé établissement;Commune;Capacité d'accueil;Date agrément",
            "Nature de l'établissement;Établissement / service;Commune;Capacité autorisée;Autorisation du",
        ],
    )
    def test_a_column_of_types_is_never_taken_for_the_names(self, draft, header):
        rows = ["Multi-accueil;Les Loups;Gex;20;01/02/2015", "Micro-crèche;Les Ours;Oyonnax;10;01/02/2018"]
        text = draft("\n".join([header, *rows, "Multi-accueil;Les Chats;Belley;30;01/02/2011\n"]))
        assert "(pmi_eaje)" in said(text)
        columns = part(text).columns
        labels = header.split(";")
        assert columns["kind"].headers == (labels[0],)
        assert columns["name"].headers == (labels[1],)
        assert "les cellules sont des mots de « Type d'établissement »" in said(text)

    def test_words_that_no_recipe_near_lists_are_no_names_either(self, draft):
        text = draft("Établissement;Teinte\nMulti-accueil;bleu\nMicro-crèche;vert\nMulti-accueil;bleu\n")
        assert "name" not in part(text).columns
