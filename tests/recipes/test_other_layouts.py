"""Agreements, officers, lists of the PMI, plans, published rates: another sender's words, the same rows."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from sdsf_analysis.reading.layout import find_tables
from sdsf_analysis.reading.sheet import Sheet
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe, shipped_recipes
from sdsf_analysis.recipes.recognise import recognise

SITUATION = ["Situation au 31/12/2024"]


def day(text):
    """A date as a cell of a workbook holds it."""
    return datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007


@dataclass(frozen=True)
class Layout:
    """A table as one sender lays it out: rows under a title, cells merged in its header."""

    title: list
    rows: list
    merged: tuple = ()

    def sheet(self):
        return [self.title, [], *self.rows]


def two_rows(title, labels, *rows):
    """A header of two rows: « above > below », equal labels above share one cell, others stand over both."""
    paths = [label.split(" > ") for label in labels]
    above = [path[0] for path in paths]
    below = [path[-1] for path in paths]
    first, merged = 3, []
    start = 0
    for end in range(1, len(above) + 1):
        if end == len(above) or above[end] != above[start] or len(paths[start]) == 1:
            merged.append((first, start + 1, first + (len(paths[start]) == 1), end))
            start = end
    return Layout(title, [above, below, *rows], tuple(merged))


@dataclass(frozen=True)
class Kind:
    """One table of one recipe, as two senders lay it out, and some of the rows that both give."""

    recipe: str
    part: str
    usual: Layout
    other: Layout
    expected: dict = field(default_factory=dict)


CTG_TITLE = ["Suivi des CTG, situation au 31/12/2024"]
KINDS = [
    Kind(
        "ctg",
        "conventions",
        two_rows(
            CTG_TITLE,
            ["N° CTG", "Nom de la CTG", "Collectivités signataires", "EPCI", "Date de délibération",
             "Date de signature", "Début", "Fin", "Avenant > Date", "Avenant > Nouvelle fin", "Statut",
             "Champs de la convention > Petite enfance", "Champs de la convention > Parentalité",
             "Champs de la convention > AVS", "Champs de la convention > Handicap", "Population couverte"],
            ["12", "CTG de Gex", "CA, Gex", "CA du Pays de Gex", day("01/03/2021"), day("01/06/2021"),
             day("01/01/2021"), day("31/12/2024"), day("02/09/2024"), day("31/12/2025"), "signée",
             "x", None, "x", None, 102345],
            ["13", "CTG de la Dombes", "CC", "CC de la Dombes", None, None, day("01/01/2025"),
             day("31/12/2029"), None, None, "en projet", "x", "x", None, "x", 40123],
        ),
        two_rows(
            CTG_TITLE,
            ["Convention > N°", "Convention > Intitulé", "Convention > Collectivité porteuse",
             "Convention > Signataires", "Période > Du", "Période > Au", "Avenant > Date de signature",
             "Avenant > Prolongée jusqu'au", "Signature > Délibération du",
             "Signature > Signée le", "État d'avancement",
             "Thématiques > Petite enfance (0-3 ans)", "Thématiques > Soutien à la parentalité",
             "Thématiques > Animation de la vie sociale", "Thématiques > Inclusion et handicap",
             "Nombre d'habitants couverts"],
            ["13", "CTG de la Dombes", "CC de la Dombes", "CC", day("01/01/2025"), day("31/12/2029"), None,
             None, None, None, "en négociation", "O", "O", "N", "O", 40123],
            ["12", "CTG de Gex", "CA du Pays de Gex", "CA, Gex", day("01/01/2021"), day("31/12/2024"),
             day("02/09/2024"), day("31/12/2025"), day("01/03/2021"), day("01/06/2021"), "en vigueur",
             "O", "N", "O", "N", 102345],
        ),
        {"ctg": {("12", "signed", date(2025, 12, 31)), ("13", "project", date(2029, 12, 31))}},
    ),
    Kind(
        "ctg",
        "communes",
        Layout(
            ["Périmètre des CTG"],
            [["N° CTG", "Code INSEE", "Commune", "Entrée", "Sortie"],
             ["12", "01173", "Gex", day("01/01/2021"), None],
             ["12", "01071", "Cessy", day("01/01/2021"), day("31/12/2023")]],
        ),
        two_rows(
            ["Communes des conventions"],
            ["Commune > Nom", "Commune > INSEE", "Numéro de la convention", "Adhésion > Du", "Adhésion > Au"],
            ["Cessy", "01071", "12", day("01/01/2021"), day("31/12/2023")],
            ["Gex", "01173", "12", day("01/01/2021"), None],
        ),
        {"membership": {("12", "01173", None), ("12", "01071", date(2023, 12, 31))}},
    ),
    Kind(
        "ctg",
        "partenaires",
        Layout(
            ["Partenaires des CTG"],
            [["N° CTG", "Partenaire", "Type", "Signataire"],
             ["12", "CA du Pays de Gex", "EPCI", "oui"],
             ["12", "MSA Ain-Rhône", "MSA", "non"],
             ["12", "Gex", "commune", "oui"]],
        ),
        Layout(
            ["Signataires et partenaires associés"],
            [["Organisme", "Nature du partenaire", "Qualité", "Numéro de convention"],
             ["Gex", "Mairie", "Signataire", "12"],
             ["CA du Pays de Gex", "Communauté d'agglomération", "Signataire", "12"],
             ["MSA Ain-Rhône", "Organisme de sécurité sociale", "Associé", "12"]],
        ),
        {"ctg_partners": {("Gex", "commune", "signatory"), ("MSA Ain-Rhône", "other", "associated"),
                          ("CA du Pays de Gex", "epci", "signatory")}},
    ),
    Kind(
        "officers",
        "postes",
        Layout(
            ["Chargés de coopération, situation au 31/12/2024"],
            [["CTG", "Nom", "Prénom", "Courriel", "Employeur", "ETP conventionnés", "ETP financés",
              "ETP réels", "Thématique", "Prise de poste", "Fin"],
             ["12", "Zyxwvut", "Ada", "a@example.org", "CA du Pays de Gex", 1, 1, "0,8 ETP",
              "coordination", day("01/09/2021"), None],
             ["13", "Qponml", "Bob", "b@example.org", "CC de la Dombes", 0.5, 0.5, "mi-temps",
              "jeunesse", day("01/09/2022"), day("31/08/2024")]],
        ),
        two_rows(
            ["Postes de coopération financés, situation au 31/12/2024"],
            ["Collectivité employeur", "Numéro de CTG", "Agent > Nom et prénom", "Agent > Adresse mail",
             "Agent > Téléphone", "Poste > Champ d'intervention", "Poste > Date d'arrivée",
             "Poste > Date de départ", "ETP > Conventionnés", "ETP > Financés", "ETP > Pourvus"],
            ["CC de la Dombes", "13", "Qponml Bob", "b@example.org", "0400000000", "Jeunesse",
             day("01/09/2022"), day("31/08/2024"), 0.5, 0.5, 0.5],
            ["CA du Pays de Gex", "12", "Zyxwvut Ada", "a@example.org", "0400000001", "Pilotage",
             day("01/09/2021"), None, 1, 1, 0.8],
        ),
        {"officers": {("12", "pilotage", 0.8), ("13", "jeunesse", 0.5)}},
    ),
    Kind(
        "officers",
        "reseau",
        Layout(
            ["Réseau des chargés de coopération – rencontres"],
            [["Date", "Lieu", "Présents", "Ordre du jour"],
             [day("16/05/2023"), "Montracol", 40, "Les CTG"],
             [day("05/10/2023"), "Gex", 38, "Les bilans"]],
        ),
        Layout(
            ["Rencontres du réseau"],
            [["Thème abordé", "Nombre de participants", "Lieu de la rencontre", "Réunion du"],
             ["Les bilans", 38, "Gex", day("05/10/2023")],
             ["Les CTG", 40, "Montracol", day("16/05/2023")]],
        ),
        {"meetings": {(date(2023, 5, 16), "Montracol", 40), (date(2023, 10, 5), "Gex", 38)}},
    ),
    Kind(
        "pmi_eaje",
        "etablissements",
        Layout(
            SITUATION,
            [["Nom", "Commune", "Type d'accueil", "Capacité autorisée", "Date d'autorisation",
              "Date d'ouverture", "Date de fermeture", "Gestionnaire"],
             ["Les Loups", "Gex", "multi-accueil", 20, day("01/08/2015"), day("01/09/2015"), None, "CA"],
             ["Bulle", "Cessy", "micro-crèche", 12, day("01/06/2020"), None, day("31/07/2024"), "SARL B"]],
        ),
        two_rows(
            SITUATION,
            ["Localisation > Commune d'implantation", "Localisation > Code INSEE",
             "Établissement > Dénomination", "Établissement > Catégorie d'établissement",
             "Établissement > Nom du gestionnaire", "Arrêté > Date de l'arrêté",
             "Arrêté > Nombre de places autorisées", "Activité > Ouvert le", "Activité > Fermé le"],
            ["Cessy", "01071", "Bulle", "Micro-crèche", "SARL B", day("01/06/2020"), 12, None,
             day("31/07/2024")],
            ["Gex", "01173", "Les Loups", "Crèche collective", "CA", day("01/08/2015"), 20,
             day("01/09/2015"), None],
        ),
        {"offer": {("Les Loups", "eaje_collective", 20), ("Bulle", "micro_creche", 12)}},
    ),
    Kind(
        "pmi_eaje",
        "etablissements_sans_type",
        Layout(
            SITUATION,
            [["Nom", "Commune", "Capacité autorisée", "Date d'autorisation", "Gestionnaire"],
             ["Les Loups", "Gex", 20, day("01/08/2015"), "CA"]],
        ),
        Layout(
            SITUATION,
            [["Autorisé le", "Code INSEE", "Capacité maximale autorisée", "Nom de la structure",
              "Nom du gestionnaire"],
             [day("01/08/2015"), "01173", 20, "Les Loups", "CA"]],
        ),
        {"offer": {("Les Loups", "eaje_collective", 20)}},
    ),
    Kind(
        "action_plan",
        "actions",
        Layout(
            ["Plan d'actions des CTG"],
            [["CTG", "Orientation", "N°", "Fiche-action", "Pilote", "Copilotes", "Groupe de travail", "Début",
              "Échéance", "Avancement", "Intitulé", "Unité", "Sens", "Valeur initiale (31/12/2022)",
              "Mi-parcours (30/06/2024)", "Cible (31/12/2025)"],
             ["12", "Offre", "1.1", "Ouvrir un accueil", "Caf", "MSA", "Jeunesse", day("01/01/2023"),
              day("31/12/2025"), "en cours", "Places", "places", "à augmenter", 10, 12, 20],
             ["12", "Qualité", "2.1", "Former", "MSA", None, "Qualité", day("01/01/2024"), day("31/12/2025"),
              "non commencée", "Refus", "refus", "à réduire", 9, None, 3]],
        ),
        two_rows(
            ["Feuille de route des conventions"],
            ["Fiche > N° de la CTG", "Fiche > Numéro de l'action", "Fiche > Libellé de l'action",
             "Fiche > Axe", "Suivi > État d'avancement",
             "Suivi > Date de lancement", "Suivi > Date d'échéance", "Suivi > Institution pilote",
             "Suivi > GT", "Suivi > Co-pilotes", "Indicateur > Libellé", "Indicateur > Unité",
             "Indicateur > Évolution souhaitée", "Indicateur > Valeur de référence au 31/12/2022",
             "Indicateur > Résultat au 30/06/2024", "Indicateur > Cible au 31/12/2025"],
            ["12", "2.1", "Former", "Qualité", "Non démarrée", day("01/01/2024"), day("31/12/2025"), "MSA",
             "Qualité", None, "Refus", "refus", "baisse", 9, None, 3],
            ["12", "1.1", "Ouvrir un accueil", "Offre", "Engagée", day("01/01/2023"),
             day("31/12/2025"), "Caf",
             "Jeunesse", "MSA", "Places", "places", "hausse", 10, 12, 20],
        ),
        {"actions": {("12", "1.1", "under_way"), ("12", "2.1", "not_started")}},
    ),
    Kind(
        "action_plan",
        "indicateurs",
        Layout(
            ["Indicateurs des CTG"],
            [["N° CTG", "N° de fiche", "Indicateur", "Unité", "Sens", "Nature de la valeur",
             "Date", "Valeur"],
             ["12", "1.1", "Places", "places", "à augmenter", "initiale", day("31/12/2022"), 10],
             ["12", "1.1", "Places", "places", "à augmenter", "cible", day("31/12/2025"), 20]],
        ),
        Layout(
            ["Tableau de bord des conventions"],
            [["Valeur relevée", "Relevée le", "Étape", "Libellé de l'indicateur", "Réf. action",
              "Évolution souhaitée", "Unité de mesure", "Convention"],
             [20, day("31/12/2025"), "Objectif", "Places", "1.1", "hausse", "places", "12"],
             [10, day("31/12/2022"), "Départ", "Places", "1.1", "hausse", "places", "12"]],
        ),
        {"action_measures": {("1.1", "baseline", 10), ("1.1", "target", 20)}},
    ),
    Kind(
        "action_plan",
        "groupes",
        Layout(
            ["Groupes de travail"],
            [["Groupe de travail", "Date", "Lieu", "Présents", "Ordre du jour"],
             ["Jeunesse", day("17/03/2023"), "Gex", 64, "Les FJT"],
             ["Handicap", day("18/03/2025"), None, None, None]],
        ),
        Layout(
            ["Calendrier des groupes"],
            [["Date de réunion", "Nom du groupe", "Sujets", "Nombre de participants", "Lieu de la réunion"],
             [day("18/03/2025"), "Handicap", None, None, None],
             [day("17/03/2023"), "Jeunesse", "Les FJT", 64, "Gex"]],
        ),
        {"meetings": {(date(2023, 3, 17), "Gex", 64), (date(2025, 3, 18), None, None)}},
    ),
    Kind(
        "published_rates",
        "communes",
        Layout(
            [],
            [["Date référence", "Numéro commune", "Nom commune", "Numéro EPCI", "Nom EPCI",
              "Taux de couv EAJE PSU", "Taux de couv hors EAJE PSU", "Taux de couv EAJE - ensemble",
              "Taux de couv préscolarisation", "Taux de couv assistantes maternelles",
              "Taux de couv salarié à domicile", "Taux de couv accueil individuel - ensemble",
              "Taux de couv global"],
             [2021, "01053", "Bourg-en-Bresse", "200071751", "CA", 28.5, 1.6, 30.1, 5.2, 24.6, 0.6, 25.2,
              60.6],
             [2021, "01173", "Gex", "240100750", "CA", 20, 3, 23, 1, 26, 1, 27, 51]],
        ),
        two_rows(
            ["Source : Cnaf, data.caf.fr"],
            ["Commune > Nom", "Commune > Numéro", "Année", "Taux de couverture > Global",
             "Taux de couverture > Accueil individuel", "Taux de couverture > Assistants maternels",
             "Taux de couverture > Garde à domicile", "Taux de couverture > EAJE",
             "Taux de couverture > EAJE PSU", "Taux de couverture > EAJE hors PSU",
             "Taux de couverture > Préscolarisation"],
            ["Gex", "01173", 2021, 51, 27, 26, 1, 23, 20, 3, 1],
            ["Bourg-en-Bresse", "01053", 2021, 60.6, 25.2, 24.6, 0.6, 30.1, 28.5, 1.6, 5.2],
        ),
    ),
]  # fmt: skip
SHOWN = {
    "ctg": ("ctg", "stage", "ends_on"),
    "membership": ("territory", "commune", "ends_on"),
    "ctg_partners": ("partner", "kind", "role"),
    "officers": ("ctg", "theme", "fte_actual"),
    "meetings": ("date", "place", "attendance"),
    "offer": ("name", "kind", "capacity"),
    "actions": ("plan", "action", "stage"),
    "action_measures": ("action", "role", "value"),
}
IDS = [f"{kind.recipe}-{kind.part}" for kind in KINDS]


def read_layout(read, layout):
    return read(layout.sheet(), merged=layout.merged)


def tidy(result):
    """All rows by table, without their cells, in an order that does not hang on the sheet."""
    return {
        table: sorted(
            sorted(
                (name, value) for name, value in row.items() if not name.startswith("_") and value is not None
            )
            for row in rows
        )
        for table, rows in result.applied.rows.items()
    }


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_two_senders_give_the_same_rows(read, kind):
    usual, other = (read_layout(read, layout) for layout in (kind.usual, kind.other))
    for result in (usual, other):
        found = result.recognition
        assert (found.recipe.name, found.part.name) == (kind.recipe, kind.part)
        assert [column.label for column in found.unmapped] == [] and found.is_complete
    assert tidy(usual) == tidy(other) != {}
    assert {code for _, code in usual.codes + other.codes} <= {"number_as_text"}
    for table, rows in kind.expected.items():
        assert set(usual.rows(table, *SHOWN[table])) == rows


def test_who_holds_a_post_never_leaves_the_file(read):
    layout = next(kind.other for kind in KINDS if kind.part == "postes")
    said = repr(read_layout(read, layout).applied).casefold()
    assert not [word for word in ("zyxwvut", "qponml", "example.org", "040000000") if word in said]


def test_an_amendment_is_not_signed_on_the_day_of_the_agreement(read):
    layout = next(kind.other for kind in KINDS if kind.part == "conventions")
    assert set(read_layout(read, layout).rows("ctg", "ctg", "signed_on")) == {
        ("12", date(2021, 6, 1)),
        ("13", None),
    }


@pytest.mark.parametrize(
    "header",
    [
        ["Code INSEE", "Commune", "Année", "Taux de couverture global"],
        ["Code INSEE", "Commune", "Année", "Taux de couverture EAJE"],
        ["Organisme", "Catégorie", "Qualité"],
        ["Commune", "Date de la réunion", "Lieu de la réunion"],
        ["Libellé de l'indicateur", "Unité", "Valeur relevée", "Date de mesure"],
        ["Nom de la structure", "Commune d'implantation", "Type de structure", "Ouvert le"],
    ],
    ids=["rates", "components", "organisations", "meetings", "indicators", "structures"],
)
def test_words_of_many_files_are_not_enough(header):
    """Rates that a département has computed are not the Cnaf's; organisations alone sign no agreement."""
    (table,) = find_tables(Sheet("Feuil1", [header, ["x"] * len(header)]))
    found = recognise(table, shipped_recipes())
    assert found is None or not found.is_complete


UNSEEN = {
    ("ctg", "conventions"): (
        """Tableau des CTG du département, état au 31/12/2024

Réf. de la convention;Nom de la convention CTG;Collectivité chef de file;Date de signature CTG;\
Date de début CTG;Date de fin CTG;Thème petite enfance;Statut de la CTG
12;CTG de Gex;CA du Pays de Gex;01/06/2021;01/01/2021;31/12/2025;x;signée
13;CTG de la Dombes;CC de la Dombes;01/07/2022;01/01/2022;31/12/2026;;signée
14;CTG du Bugey;CC Bugey Sud;13/05/2025;01/01/2025;31/12/2029;x;signée
""",
        {
            "name": "Nom de la convention CTG",
            "signed_on": "Date de signature CTG",
            "starts_on": "Date de début CTG",
            "ends_on": "Date de fin CTG",
            "stage": "Statut de la CTG",
        },
    ),
    ("ctg", "communes"): (
        """Numéro de CTG actuelle;Code INSEE commune;Nom commune;Date d'entrée CTG;Date de sortie CTG
12;01173;Gex;01/01/2021;31/12/2025
12;01071;Cessy;01/01/2021;31/12/2025
13;01283;Oyonnax;01/01/2022;31/12/2026
""",
        {"starts_on": "Date d'entrée CTG", "ends_on": "Date de sortie CTG"},
    ),
    ("ctg", "partenaires"): (
        """Convention n°;Nom des partenaires;Types de partenaire;Signataires (oui/non)
12;CA du Pays de Gex;EPCI;oui
12;MSA;MSA;non
13;Département de l'Ain;Département;oui
""",
        {"partner": "Nom des partenaires", "kind": "Types de partenaire", "role": "Signataires (oui/non)"},
    ),
    ("officers", "postes"): (
        """Postes de coopération (données fictives), état au 31/12/2024

CTG concernée;Nom du coopérateur;Prénom du coopérateur;Courriels;Employeurs;Nb ETP conventionnés;\
Nb ETP financés;Thématiques;Date prise de poste
12;Zyxwvut;Ada;a@example.org;CA du Pays de Gex;1;1;jeunesse;01/09/2021
13;Qponml;Bob;b@example.org;CC de la Dombes;0,5;0,5;enfance;01/09/2022
14;Lkjihg;Eve;e@example.org;CC Bugey Sud;0,8;0,5;logement;01/09/2023
""",
        {
            "employer": "Employeurs",
            "fte_agreed": "Nb ETP conventionnés",
            "fte_funded": "Nb ETP financés",
            "theme": "Thématiques",
        },
    ),
    ("officers", "reseau"): (
        """Dates des rencontres;Lieux;Nb de présents;Ordres du jour
16/05/2023;Montracol;40;Les CTG
05/10/2023;Gex;38;Les bilans
11/04/2024;Belley;41;Les avenants
""",
        {"date": "Dates des rencontres", "place": "Lieux", "attendance": "Nb de présents"},
    ),
    ("pmi_eaje", "etablissements"): (
        """Structures suivies par la PMI, situation au 31/12/2024

Nom de l'établissement EAJE;Lieu d'implantation;Type d'établissement;Capacité d'accueil autorisée (places);\
Date d'autorisation PMI;Organismes gestionnaires
Les Loups;Gex;multi-accueil;20;01/08/2015;CA
Bulle;Cessy;micro-crèche;12;01/06/2020;SARL B
Les Ours;Oyonnax;multi-accueil;30;01/09/2018;CC
""",
        {
            "name": "Nom de l'établissement EAJE",
            "kind": "Type d'établissement",
            "authorised_capacity": "Capacité d'accueil autorisée (places)",
            "authorised_on": "Date d'autorisation PMI",
            "operator": "Organismes gestionnaires",
        },
    ),
    ("action_plan", "indicateurs"): (
        """Suivi des indicateurs du SDSF

N° de fiche action;Indicateurs;Unités;Nature de valeur;Date de valeur;Valeurs
1.1;Places;places;initiale;31/12/2022;10
1.1;Places;places;cible;31/12/2025;20
2.1;Refus;refus;cible;31/12/2025;5
""",
        {"indicator": "Indicateurs", "value": "Valeurs", "role": "Nature de valeur"},
    ),
    ("published_rates", "communes"): (
        """NUM_COM;NOM_COM;DATEREF;TAUXCOUV_COMM;TAUXCOUV_EPCI;TXCOUV_EAJE_COMM
01053;Bourg-en-Bresse;2021;60,6;61,2;30,1
01173;Gex;2021;51,0;52,3;23,0
01283;Oyonnax;2021;35,9;40,1;20,2
""",
        {"coverage_eaje": "TXCOUV_EAJE_COMM"},
    ),
}


@pytest.mark.parametrize("kind", UNSEEN, ids=["-".join(kind) for kind in UNSEEN])
def test_a_layout_never_seen_is_refused_and_ends_in_a_useful_draft(small, kind):
    text, mapped = UNSEEN[kind]
    workspace = small({"Envoi.csv": text}, departement="01")
    result = workspace.build()
    assert {p.code for p in result.problems} & {"file_unrecognised", "column_missing"}
    draft = propose(workspace.folders.raw / "Envoi.csv")
    part = load_recipe(draft, "brouillon.toml").tables[0]
    assert f"({kind[0]})" in draft and part.name == kind[1]
    assert {name: c.headers[0] for name, c in part.columns.items()}.items() >= mapped.items()
    assert "Zyxwvut" not in draft and "example.org" not in draft
