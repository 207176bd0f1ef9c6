"""The files on the care of young children: two layouts that their recipe reads, a third that it does not."""

from datetime import date

import pytest

from sdsf_analysis.reading.sheet import Marks
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

SITUATION = ["Situation au 31/12/2024"]
RPE = ["Nom du RPE", "Gestionnaire", "Siège (commune)", "Communes couvertes", "ETP animateurs",
       "Assistants maternels du secteur", "Missions renforcées"]  # fmt: skip


def drafted(tmp_path, text, name="Envoi 2024.csv"):
    """The first table of the draft of a file, and the draft."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    draft = propose(path)
    return load_recipe(draft, "brouillon.toml").tables[0], draft


def relays(read, *rows, header=RPE):
    return read([SITUATION, [], header, *rows])


def served(result):
    return [commune for (commune,) in result.rows("service_area", "commune")]


def measured(result):
    return dict(result.rows("activity", "measure", "value"))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ([*RPE, "Animatrice", "Courriel"], ["Lac", "CA", "Gex", "Gex", 1, 40, None]),
        (["Nom", "Commune", "Assistants maternels", "Places", "Noms des assistants maternels", "Tél"],
         ["MAM B", "Gex", 2, 8]),
    ],
    ids=["rpe", "mam"],
)  # fmt: skip
def test_who_works_there_never_leaves_the_file(read, header, row):
    result = read([SITUATION, [], header, [*row, "Ada Zyxwvut", "zyxwvut@example.org"]])
    last = len(header)
    assert result.recognition.personal == {last - 1, last}
    assert result.recognition.unmapped == () and len(result.rows("offer", "service")) == 1
    assert "zyxwvut" not in repr(result.applied).casefold()


class TestRelays:
    def test_each_commune_of_the_cell_is_a_row_of_the_area_served(self, read):
        cell = "Gex, Cessy et\nOrnex / Divonne-les-Bains"
        result = relays(read, ["Relais du Lac", "CA", "Gex", cell, 1.5, 40, "guichet unique"])
        assert result.codes == []
        assert result.rows("offer", "service", "kind", "commune", "operator", "category", "stage") == [
            ("rpe-01173-relais-du-lac", "rpe", "01173", "CA", "guichet unique", "open")
        ]
        assert set(result.rows("service_area", "service", "commune")) == {
            ("rpe-01173-relais-du-lac", code) for code in ("01173", "01071", "01281", "01143")
        }
        assert measured(result) == {"staff_fte": 1.5, "childminders_in_area": 40.0}

    def test_a_header_of_two_rows_and_other_words(self, read):
        top = ["Relais", None, None, None, "Activité", None]
        header = ["Commune du siège", "Nom du relais", "Communes desservies", "Missions supplémentaires",
                  "Nombre d'assistants maternels", "Temps d'animation (ETP)"]  # fmt: skip
        merged = [(3, 1, 3, 4), (3, 5, 3, 6)]
        row = ["Gex", "Relais du Lac", "Gex ; Cessy", None, 40, "mi-temps"]
        result = read([["Relais petite enfance, 31/12/2024"], [], top, header, row], merged=merged)
        assert result.recognition.recipe.name == "rpe" and result.recognition.unmapped == ()
        assert served(result) == ["01173", "01071"]
        assert measured(result) == {"staff_fte": 0.5, "childminders_in_area": 40.0}

    def test_a_name_not_found_is_a_question_that_keeps_the_others(self, read):
        result = relays(read, ["Lac", "CA", "Gex", "Gex, Cessie, Ornex", 1, 40, None])
        (problem,) = result.applied.problems
        assert (problem.cell, problem.code, problem.found) == ("D4", "served_unclear", "Cessie")
        assert problem.repaired_to == "Gex, Cessy, Ornex" and "Cessy (01071)" in problem.suggestion
        assert "Les 2 autres communes de la cellule sont reprises." in problem.message
        assert served(result) == ["01173", "01281"]

    def test_two_doubtful_names_are_one_question(self, read):
        result = relays(read, ["Lac", "CA", "Gex", "Cessie, Lyon", 1, 40, None])
        (problem,) = result.applied.problems
        assert problem.found == "Cessie ; Lyon" and problem.repaired_to == ""
        assert served(result) == [] and len(result.rows("offer", "service")) == 1

    def test_a_whole_epci_and_a_commune_that_it_holds_are_each_told_once(self, read):
        result = relays(read, ["Sud", "CC", "Belley", "CC Bugey Sud, Belley", 1, 40, None])
        assert len(served(result)) == len(set(served(result))) == 41

    def test_a_former_commune_is_said_and_its_holder_served(self, read):
        result = relays(read, ["V", "CC", "Gex", "Châtillon-en-Michaille, Valserhône", 1, 40, None])
        assert result.codes == [("D4", "commune_former")] and served(result) == ["01033"]

    @pytest.mark.parametrize("cell", [None, "nc", "-", "sans objet"])
    def test_no_list_is_no_commune_and_no_question_about_communes(self, read, cell):
        result = relays(read, ["Lac", "CA", "Gex", cell, 1, 40, None])
        assert served(result) == [] and "served_unclear" not in dict(result.codes).values()
        assert len(result.rows("offer", "service")) == 1

    def test_a_list_that_its_format_hides_is_not_read(self, read):
        row = ["Lac", "CA", "Gex", "Gex, Cessy", 1, 40, None]
        result = read([SITUATION, [], RPE, row], marks=Marks(masked={(4, 4): ""}))
        assert result.codes == [("D4", "value_masked_by_format")] and served(result) == []

    def test_the_ledger_says_the_cell_of_each_commune(self, read):
        result = relays(read, ["Lac", "CA", "Gex", "Gex, Cessy", 1, 40, None])
        lines = [line for line in result.applied.ledger if line[1] == "commune" and "service_area" in line[0]]
        assert [(line[4], line[5]) for line in lines] == [("D4", "Gex, Cessy")] * 2

    def test_the_analyst_may_accept_the_list_put_right(self, small):
        text = ("RPE, situation au 31/12/2024\n\n" + ";".join(RPE[:5])
                + '\nLac;CA;Gex;"Gex, Cessie";1\nBois;CA;Oyonnax;Oyonnax;1\n')  # fmt: skip
        header = "source;sheet;cell;code;found;decision;value;reason;decided_by;decided_on"
        ruling = "RPE.csv;;D4;served_unclear;Cessie;accepter;;vu avec la Caf;;"
        result = small({"RPE.csv": text, "decisions.csv": f"{header}\n{ruling}\n"}, departement="01").build()
        assert [problem.code for problem in result.problems] == ["decision_applied"]
        assert result.frames["service_area"]["commune"].tolist() == ["01071", "01173", "01283"]

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
Les relais du département (données fictives), état au 31/12/2024

Nom du relais petite enfance;Collectivité gestionnaire;Commune siège du relais;Périmètre d'intervention;\
ETP animation;Nb d'assistants maternels
Relais du Lac;CA du Pays de Gex;Divonne-les-Bains;Divonne-les-Bains, Gex et Cessy;mi-temps;40
Relais Bleu;CC Bugey Sud;Belley;CC Bugey Sud;80 %;80
Relais des Bois;Commune d'Oyonnax;Oyonnax;Oyonnax / Bellignat / Arbent;1;60
Relais du Haut;Commune de Viriat;Viriat;Viriat, Polliat;0,5;33
"""
        table, draft = drafted(tmp_path, text)
        assert "« Relais petite enfance » (rpe)" in draft.replace("\N{NO-BREAK SPACE}", " ")
        assert table.place.name == ("Commune siège du relais",)
        assert {name: column.headers[0] for name, column in table.columns.items()} == {
            "name": "Nom du relais petite enfance",
            "operator": "Collectivité gestionnaire",
            "served": "Périmètre d'intervention",
            "staff_fte": "ETP animation",
            "childminders_in_area": "Nb d'assistants maternels",
        }
        assert table.columns["served"].type == "communes" and 'commune = "@each:served"' in draft


MAM = ["Nom", "Commune", "Assistants maternels", "Places", "Ouverture"]


class TestMam:
    def test_a_house_has_its_own_kind_and_its_people_are_units(self, read):
        rows = [["MAM Bleue", "Gex", 4, 16, "01/09/2019"], ["MAM Rose", "Cessy", 2, "8+4", None]]
        result = read([SITUATION, [], MAM, *rows])
        assert result.rows("offer", "service", "kind", "commune", "capacity", "units", "opened_on") == [
            ("mam-01173-mam-bleue", "mam", "01173", 16.0, 4.0, date(2019, 9, 1)),
            ("mam-01071-mam-rose", "mam", "01071", None, 2.0, None),
        ]
        assert ("D5", "number_doubtful") in result.codes
        assert result.rows("offer", "valid_from") == [(date(2019, 9, 1),), (date(2023, 12, 31),)]

    def test_other_words_in_another_order(self, read):
        header = [
            "Commune d'implantation",
            "Nom de la MAM",
            "Ouverte le",
            "Nombre d'AM",
            "Capacité d'accueil",
        ]
        result = read([["MAM au 31/12/2024"], [], header, ["Gex", "MAM Bleue", "01/09/2019", 4, 16]])
        assert result.recognition.recipe.name == "mam" and result.recognition.unmapped == ()
        assert result.rows("offer", "commune", "capacity", "units") == [("01173", 16.0, 4.0)]

    def test_a_house_that_says_it_is_closed_is_closed(self, read):
        result = read([SITUATION, [], MAM, ["MAM Bleue", "Gex", 4, "fermée", None]])
        assert result.rows("offer", "stage", "capacity") == [("closed", None)]

    def test_places_of_houses_and_of_childminders_are_never_one_row(self, small):
        pmi = "PMI, situation au 31/12/2024\n\nCommune;Agréés;Places;dont MAM\nGex;10;32;4\nCessy;5;15;0\n"
        mam = "MAM au 31/12/2024\n\n" + ";".join(MAM) + "\nMAM Bleue;Gex;4;16;01/09/2019\nMAM B;Cessy;2;8;\n"
        offer = small({"PMI.csv": pmi, "MAM.csv": mam}, departement="01").build().frames["offer"]
        places = offer.groupby("kind")["capacity"].sum().to_dict()
        assert places == {"childminders": 47, "mam": 24}

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
Maisons d'assistants maternels (données fictives), 31/12/2024

Dénomination de la MAM;Commune de la MAM;Nb d'assistants maternels exerçant;Nb de places;Date de l'ouverture
MAM Bleue;Gex;4;16;01/09/2019
MAM Rose;Cessy;2;8;01/09/2020
MAM Verte;Oyonnax;3;12;01/01/2021
"""
        table, draft = drafted(tmp_path, text)
        assert "(mam)" in draft and table.place.name == ("Commune de la MAM",)
        assert {name: column.headers[0] for name, column in table.columns.items()} == {
            "name": "Dénomination de la MAM",
            "childminders": "Nb d'assistants maternels exerçant",
            "places": "Nb de places",
            "opened_on": "Date de l'ouverture",
        }


class TestPreschool:
    def test_a_row_per_school(self, read):
        rows = [["Gex", "École des Lys", 7], ["Gex", "École du Lac", 5], ["Cessy", None, "<5"]]
        result = read([SITUATION, [], ["commune", "école", "enfants de 2 ans"], *rows])
        columns = ("service", "kind", "name", "capacity", "capacity_status", "capacity_high")
        assert result.rows("offer", *columns) == [
            ("preschool-01173-ecole-des-lys", "preschool", "École des Lys", 7.0, "known", None),
            ("preschool-01173-ecole-du-lac", "preschool", "École du Lac", 5.0, "known", None),
            ("preschool-01071", "preschool", "Préscolarisation à deux ans", None, "secret", 4.0),
        ]
        assert set(result.rows("offer", "capacity_unit")) == {("children",)}

    def test_a_row_per_commune_former_ones_added(self, read):
        header = ["Code INSEE", "Nom de la commune", "Élèves de deux ans", "Date du constat"]
        rows = [
            ["01033", "Valserhône", 9, "16/09/2024"],
            ["01091", "Châtillon-en-Michaille", 4, "16/09/2024"],
        ]
        result = read([header, *rows], situation=None)
        assert result.rows("offer", "service", "capacity", "valid_from") == [
            ("preschool-01033", 13.0, date(2024, 9, 16))
        ]

    def test_two_schools_of_one_name_in_a_commune_are_a_question(self, read):
        rows = [["Gex", "École publique", 7], ["Gex", "École publique", 5]]
        result = read([SITUATION, [], ["commune", "école", "enfants de 2 ans"], *rows])
        assert "row_repeated" in dict(result.codes).values() and "offer" not in result.applied.rows

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
Commune de l'école;Nom de l'école maternelle;Nb élèves de 2 ans;REP
Gex;École des Lys;7;non
Cessy;École du Lac;5;non
Oyonnax;École du Bugey;12;oui
"""
        table, draft = drafted(tmp_path, text, "Rentrée 2024.csv")
        assert "(preschool)" in draft and table.place.name == ("Commune de l'école",)
        headers = {name: column.headers[0] for name, column in table.columns.items()}
        assert headers == {"school": "Nom de l'école maternelle", "children": "Nb élèves de 2 ans"}


MICRO = ["Nom", "Gestionnaire", "CP", "Ville", "Places", "Ouverture", "Fermeture"]


def micro(read, *rows, departement="01", header=MICRO):
    return read([SITUATION, [], header, *rows], departement=departement)


def creche(postal, town, places=10, name="Bulle", closed=None):
    return [name, "SARL B", postal, town, places, date(2019, 9, 1), closed]


class TestMicroCreches:
    def test_a_name_and_its_postal_code_agree(self, read):
        rows = [creche("01170", "GEX"), creche(1500.0, "AMBERIEU EN BUGEY"), creche(None, "Cessy")]
        result = micro(read, *rows)
        assert result.codes == []
        assert result.rows("offer", "service", "commune", "funding", "stage") == [
            ("mc-01173-bulle", "01173", "paje", "open"),
            ("mc-01004-bulle", "01004", "paje", "open"),
            ("mc-01071-bulle", "01071", "paje", "open"),
        ]

    def test_a_postal_code_of_other_communes_is_a_question(self, read):
        result = micro(read, creche("01100", "GEX"))
        (problem,) = result.applied.problems
        assert (problem.cell, problem.code, problem.found) == ("D4", "commune_conflict", "01100 GEX")
        assert problem.message == "Le code postal « 01100 » n'est pas celui de Gex (01173)."
        assert "offer" not in result.applied.rows

    def test_the_code_of_a_post_office_contradicts_nothing(self, read):
        assert micro(read, creche("01012", "BOURG EN BRESSE")).codes == []

    def test_a_city_has_the_postal_codes_of_its_arrondissements(self, read):
        result = micro(read, creche("75011", "PARIS"), departement="75")
        assert result.codes == [] and result.rows("offer", "commune") == [("75056",)]

    def test_closed_ones_end_the_day_they_close(self, read):
        result = micro(read, creche("01170", "GEX", closed=date(2024, 7, 31)))
        assert result.rows("offer", "valid_from", "valid_to", "opened_on", "closed_on", "stage") == [
            (date(2019, 9, 1), date(2024, 7, 31), date(2019, 9, 1), date(2024, 7, 31), "open")
        ]

    @pytest.mark.parametrize(
        ("places", "capacity", "status", "code"),
        [
            ("10 dont 1 AVIP", 10.0, "known", "number_with_remark"),
            ("10+2", None, "error", "number_doubtful"),
            ("12 (10 en août)", None, "error", "number_doubtful"),
            ("nc", None, "missing", "mark_unexplained"),
        ],
    )
    def test_capacities_with_more_than_a_number(self, read, places, capacity, status, code):
        result = micro(read, creche("01170", "GEX", places))
        assert result.codes == [("E4", code)]
        assert result.rows("offer", "capacity", "capacity_status") == [(capacity, status)]

    def test_one_that_says_it_is_closed_is_closed(self, read):
        assert micro(read, creche("01170", "GEX", "fermé")).rows("offer", "stage") == [("closed",)]

    def test_the_stage_is_read_where_the_sender_gives_it(self, read):
        result = micro(read, [*creche("01170", "GEX"), "gelée"], header=[*MICRO, "État"])
        assert result.codes == [] and result.rows("offer", "stage") == [("frozen",)]

    def test_other_words_in_another_order(self, read):
        header = ["Organisme gestionnaire", "Dénomination", "Code postal", "Commune", "Date d'ouverture",
                  "Date de fermeture", "Capacité autorisée"]  # fmt: skip
        result = read(
            [header, ["SARL B", "Bulle", "01170", "GEX", date(2019, 9, 1), None, 12]], situation=None
        )
        assert result.recognition.recipe.name == "micro_creches" and result.recognition.unmapped == ()
        assert result.rows("offer", "service", "capacity") == [("mc-01173-bulle", 12.0)]

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
Nom de la crèche;Société ou association gestionnaire;Code postal;Localité;Nb de places;Mise en service;Fin
Bulle;SARL B;01170;Gex;10;01/09/2019;
Tipi;SARL B;01170;Cessy;12;01/09/2020;
Pirouette;SARL C;01100;Oyonnax;11;01/09/2021;31/08/2023
"""
        table, draft = drafted(tmp_path, text)
        assert "(micro_creches)" in draft
        assert (table.place.name, table.place.postal) == (("Localité",), ("Code postal",))
        headers = {name: column.headers[0] for name, column in table.columns.items()}
        assert (
            headers.items()
            >= {
                "operator": "Société ou association gestionnaire",
                "places": "Nb de places",
            }.items()
        )


EAJE = ["N° équipement", "Nom", "Gestionnaire", "Commune", "Type d'accueil", "Places agréées"]


class TestCreches:
    def test_other_words_in_another_order_under_the_years(self, read):
        top = [*[None] * 6, 2023, None, 2024, None]
        header = ["Commune", "Code INSEE", "Nom de la structure", "Type d'établissement",
                  "Capacité autorisée", "N° SIAS", *["Heures réalisées", "Occupation"] * 2]  # fmt: skip
        row = ["Gex", "01173", "Les Loups", "Multi-accueil", 20, "7", 1000, "71 %", 1100, "72 %"]
        result = read([SITUATION, [], top, header, row], merged=[(3, 7, 3, 8), (3, 9, 3, 10)])
        assert result.recognition.recipe.name == "eaje" and result.recognition.unmapped == ()
        assert result.rows("offer", "service", "kind", "commune", "capacity") == [
            ("7", "eaje_collective", "01173", 20.0)
        ]
        assert set(result.rows("activity", "year", "measure", "value")) == {
            (2023, "hours_done", 1000.0), (2023, "occupancy_rate", 71.0),
            (2024, "hours_done", 1100.0), (2024, "occupancy_rate", 72.0),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("places", "capacity", "status", "stage"),
        [
            ("25 dont 2 AVIP", 25.0, "known", "open"),
            ("12+3", None, "error", "open"),
            ("20 (10 en août)", None, "error", "open"),
            ("nc", None, "missing", "open"),
            (None, None, "missing", "open"),
            ("fermé", None, "not_applicable", "closed"),
        ],
    )
    def test_what_is_written_where_places_are_expected(self, read, places, capacity, status, stage):
        result = read([SITUATION, [], EAJE, ["7", "Les Loups", "CC", "Gex", "Multi-accueil", places]])
        assert result.rows("offer", "capacity", "capacity_status", "stage") == [(capacity, status, stage)]

    def test_openings_closures_and_frozen_places(self, read):
        header = [*EAJE, "dont gelées", "Date d'ouverture", "Date de fermeture", "État"]
        rows = [
            ["7", "Les Loups", "CC", "Gex", "Multi-accueil", 40, 6, "01/09/2015", None, "ouverte"],
            ["8", "Les Ours", "CC", "Gex", "Multi-accueil", 20, None, "01/09/2010", "30/06/2023", None],
            ["9", "Les Lynx", "CC", "Gex", "Multi-accueil", 10, None, None, None, "gelée"],
        ]
        result = read([SITUATION, [], header, *rows])
        assert result.rows("offer", "valid_from", "valid_to", "stage", "capacity") == [
            (date(2015, 9, 1), None, "open", 40.0),
            (date(2010, 9, 1), date(2023, 6, 30), "open", 20.0),
            (date(2023, 12, 31), None, "frozen", 10.0),
        ]
        frozen = result.rows("activity", "service", "year", "measure", "value")
        assert [row for row in frozen if row[3] is not None] == [("7", 2023, "frozen_places", 6.0)]

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
EAJE (données fictives), situation au 31/12/2024

N° d'équipement SIAS;Nom de l'établissement;Gestionnaire de l'équipement;Lieu;Type d'accueil;\
Nb de places agréées;Heures réalisées 2024
101;Les Loups;CC;Gex;Multi-accueil;20;41000
102;Les Ours;Asso;Cessy;Crèche familiale;30;52000
103;Les Lynx;CC;Oyonnax;Multi-accueil;25;47000
"""
        table, draft = drafted(tmp_path, text)
        assert "(eaje)" in draft and table.place.name == ("Lieu",)
        assert {name: column.headers[0] for name, column in table.columns.items()}.items() >= {
            "name": "Nom de l'établissement",
            "operator": "Gestionnaire de l'équipement",
            "kind": "Type d'accueil",
            "places": "Nb de places agréées",
            "hours_done": "Heures réalisées",
        }.items()


PMI = ["Canton", "Commune", "Agréés", "dont 55 ans et plus", "En activité", "Places", "dont MAM"]


class TestChildminders:
    def test_cantons_merged_a_sheet_a_year_and_a_note(self, read):
        rows = [["Gex", "Gex", "12*", 3, 9, 38, 4], [None, "Cessy", 5, 1, 4, 15, 0]]
        note = ["* dont une suspension en cours"]
        result = read(
            [["PMI 2024"], [], PMI, *rows, note], merged=[(4, 1, 5, 1)], situation=date(2024, 12, 31)
        )
        assert result.codes == [("C4", "note_mark")]
        assert result.rows("offer", "service", "kind", "units", "capacity", "valid_from") == [
            ("am-01173", "childminders", 12.0, 38.0, date(2024, 12, 31)),
            ("am-01071", "childminders", 5.0, 15.0, date(2024, 12, 31)),
        ]
        assert ("childminders_in_mam", 4.0) in result.rows("activity", "measure", "value")

    def test_other_words_in_another_order(self, read):
        header = ["Code INSEE", "Commune", "Territoire", "Places agréées", "Assistants maternels agréés",
                  "Actifs", "55 ans et plus", "dont exerçant en MAM"]  # fmt: skip
        row = ["01173", "Gex", "Pays de Gex", 38, 12, 9, 3, 4]
        result = read([["Accueil individuel 2024"], [], header, row])
        assert result.recognition.recipe.name == "childminders" and result.recognition.unmapped == ()
        assert result.rows("offer", "units", "capacity") == [(12.0, 38.0)]

    def test_an_unseen_layout_ends_in_a_draft(self, tmp_path):
        text = """\
Accueil individuel (données fictives), 31/12/2024

Commune de résidence;Nb assistants maternels agréés;Nb de places;\
Assistants maternels de 55 ans et plus;dont en MAM (nb)
Gex;12;38;3;4
Cessy;5;15;1;0
Oyonnax;20;66;7;2
"""
        table, draft = drafted(tmp_path, text)
        assert "(childminders)" in draft and table.place.name == ("Commune de résidence",)
        assert {name: column.headers[0] for name, column in table.columns.items()}.items() >= {
            "childminders_licensed": "Nb assistants maternels agréés",
            "places": "Nb de places",
        }.items()
