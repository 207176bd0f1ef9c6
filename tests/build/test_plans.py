"""Plans of action: whose they are, and what in them does not hold together."""

import re

import pytest

from sdsf_analysis.demo.kinds import plan as demo_plan
from sdsf_analysis.demo.setting import Setting
from sdsf_analysis.recipes.citing import Citation
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import shipped_recipes
from sdsf_analysis.recipes.saying import what_is_said

ACTION_PLAN = next(recipe for recipe in shipped_recipes() if recipe.name == "action_plan")
CTG = (
    "N° CTG;Nom de la CTG;Date de signature;Début;Fin;Statut\n"
    "12;CTG du Pays de Gex;01/06/2022;01/01/2022;31/12/2026;signée\n"
    "13;CTG de la Dombes;01/06/2018;01/01/2018;31/12/2021;renouvelée\n"
    "14;CTG de la Dombes;01/06/2022;01/01/2022;31/12/2026;signée\n"
)
WIDE = (
    "{title}\n\nOrientation;N°;Fiche-action;Pilote;Avancement;Indicateur;Unité;Sens;"
    "Valeur initiale (31/12/2022);Mi-parcours (30/06/2024);Cible (31/12/2025)\n{lines}"
)
LINE = "Enfance;1.1;Ouvrir un accueil;Caf;en cours;Places;{unit};{sense};{values}\n"


def wide(
    title="Plan d'actions du schéma départemental", *, unit="places", sense="à la hausse", values="1;2;3"
):
    return WIDE.format(title=title, lines=LINE.format(unit=unit, sense=sense, values=values))


def built(small, files, **more):
    return small(files | {"Suivi CTG.csv": CTG}, departement="90", **more).build()


def codes(result, source="Plan.csv"):
    ours = {"ctg_without_perimeter", "ctg_status_doubtful"}
    return [(p.cell, p.code) for p in result.problems if p.source == source and p.code not in ours]


def plans(result, table="actions"):
    return sorted(set(result.frames[table]["plan"]))


@pytest.mark.parametrize(
    ("title", "plan"),
    [
        ("Plan d'actions du schéma départemental des services aux familles", "SDSF"),
        ("PLAN D'ACTIONS SDSF 2022-2025", "SDSF"),
        ("Plan d'actions de la CTG n° 12 – situation au 31/12/2024", "12"),
        ("Plan d'actions de la CTG n°12, déclinaison du SDSF", "12"),
        ("Plan d'actions de la CTG-01-003 (CTG Dombes Saône Vallée)", "CTG-01-003"),
        ("Plan d'actions de la CTG du Pays de Gex", "CTG du Pays de Gex"),
        ("Plan – Convention territoriale globale Pays de Gex", "Convention territoriale globale Pays de Gex"),
        ("CTG Pays de Gex : plan d'actions", "CTG Pays de Gex"),
        ("Plan d'actions", None),
    ],
)
def test_a_title_says_whose_plan_it_is(title, plan):
    for part in ("actions", "indicateurs"):
        sought = next(p.said for p in ACTION_PLAN.tables if p.name == part)
        said = what_is_said(sought, [Citation("A1", "données fictives"), Citation("A2", title)])
        assert said.get("plan", (None,))[0] == plan


def test_the_name_of_a_convention_becomes_its_number(small):
    files = {"Plan.csv": wide("Plan d'actions – Convention territoriale globale Pays de Gex")}
    result = built(small, files)
    assert plans(result) == plans(result, "action_measures") == ["12"]
    assert codes(result) == []


def test_the_title_is_cited(small):
    workspace = small({"Plan.csv": wide("Plan de la CTG n° 12"), "Suivi CTG.csv": CTG}, departement="90")
    workspace.build()
    (said,) = workspace.trace("actions", plan="12", column="plan").to_dict("records")
    assert (said["cell"], said["found"], said["origin"]) == ("A1", "Plan de la CTG n° 12", "titre")


def test_a_column_says_it_too_and_wins_over_the_title(small):
    header = "N° CTG;Orientation;N°;Action;Avancement\n"
    lines = ("12;A;1;Ouvrir;en cours", "CTG Pays de Gex;A;2;Fermer;terminée", "SDSF;A;3;Former;à venir")
    result = built(small, {"Plan.csv": "Plans du schéma\n\n" + header + "\n".join(lines)})
    assert plans(result) == ["12", "SDSF"]
    assert len(result.frames["actions"]) == 3
    assert codes(result) == []


def test_the_name_of_two_conventions_is_asked_about_once(small):
    result = built(small, {"Plan.csv": wide("Plan d'actions de la CTG de la Dombes")})
    assert codes(result) == [("A1", "plan_unclear")]
    assert plans(result) == ["CTG de la Dombes"]


def test_a_convention_that_no_list_has_is_named(small):
    result = built(small, {"Plan.csv": wide("Plan d'actions de la CTG n° 99")})
    assert [code for _, code in codes(result)] == ["ctg_unknown"]


def test_a_plan_that_nothing_names_is_refused_once(small):
    files = {"Plan.csv": wide("Nos actions", values="1;2;3")}
    result = built(small, files)
    assert codes(result) == [("A4", "title_silent")]
    assert result.frames["actions"].empty
    # the name of the file may say it
    named = built(small, {"Plan.csv": "", "Plan SDSF.csv": files["Plan.csv"]})
    assert plans(named) == ["SDSF"]


def test_two_plans_never_claim_each_other_s_actions(small):
    files = {"Plan.csv": wide(), "Plan CTG.csv": wide("Plan de la CTG n° 12")}
    result = built(small, files)
    assert plans(result) == ["12", "SDSF"]
    assert "duplicate_claim" not in {p.code for p in result.problems}


def test_the_indicators_in_a_table_of_their_own(small):
    table = (
        "Indicateurs de la CTG n° 12\n\n"
        "N° fiche;Indicateur;Unité;Tendance attendue;Nature de la valeur;Date;Valeur\n"
        "1.1;Places;places;à la hausse;initiale;31/12/2022;10\n"
        "1.1;Places;places;à la hausse;constatée;30/06/2024;à compléter\n"
        "1.1;Places;places;à la hausse;cible;;20\n"
        "7.7;Refus;refus;à la baisse;cible;31/12/2025;5\n"
    )
    header = "Plan de la CTG n° 12\n\nOrientation;N°;Action\nEnfance;1.1;Ouvrir un accueil\n"
    result = built(small, {"Plan.csv": header, "Indicateurs.csv": table})
    assert codes(result, "Indicateurs.csv") == [("G5", "mark_unexplained"), ("A7", "action_unknown")]
    found = result.frames["action_measures"]
    assert found["role"].tolist() == ["baseline", "measure", "target", "target"]
    assert found["status"].tolist() == ["known", "missing", "known", "known"]
    assert found["date"].isna().tolist() == [False, False, True, False]


VALUES = {
    "places;à la hausse;10;12;20": "",
    "places;à la hausse;10;à compléter;": "J mark_unexplained",
    "%;à la hausse;45 %;58;75,5 %": "",
    "%;à la hausse;0,45;0,58;0,7": "",
    "%;à la hausse;0,45;58;70": "I scale_mixed",
    "places;à la hausse;0,5;58;70": "",
    "places;à la hausse;96;81;40": "K direction_doubtful",
    "places;à la baisse;96;81;40": "",
    "places;à la baisse;40;81;96": "K direction_doubtful",
    "places;;96;81;40": "",
    "places;vers le haut;1;2;3": "H choice_unknown",
}


def test_values_of_an_indicator(small):
    lines = [f"Enfance;{n};Fiche {n};Caf;en cours;Indicateur {n};{said}\n" for n, said in enumerate(VALUES)]
    result = built(small, {"Plan.csv": WIDE.format(title="Plan SDSF", lines="".join(lines))})
    expected = [(f"{code[0]}{row}", code[2:]) for row, code in enumerate(VALUES.values(), 4) if code]
    assert sorted(codes(result)) == sorted(expected)


def test_a_share_among_percentages_counts_nowhere(small):
    result = built(small, {"Plan.csv": wide(unit="%", values="0,45;58;70")})
    assert result.frames["action_measures"]["status"].tolist() == ["error", "known", "known"]
    assert result.frames["action_measures"]["value"].isna().tolist() == [True, False, False]


def test_one_number_for_two_actions_is_asked_about(small):
    lines = "Enfance;1;Ouvrir;Caf;en cours;;;;;;\nJeunesse;1;Former;Caf;en cours;;;;;;\n"
    result = built(small, {"Plan.csv": WIDE.format(title="Plan SDSF", lines=lines)})
    assert codes(result) == [("B5", "action_number_repeated")]
    assert len(result.frames["actions"]) == 2


def test_an_action_that_ends_before_it_starts_is_refused(small):
    text = "Plan SDSF\n\nOrientation;N°;Action;Début;Fin\nEnfance;1;Ouvrir;01/01/2024;31/12/2023\n"
    result = built(small, {"Plan.csv": text})
    assert codes(result) == [("E4", "dates_reversed")]


def test_working_groups_have_their_meetings_and_those_to_come(small):
    text = (
        "Groupes de travail\n\nGroupe de travail;Date;Lieu;Présents\n"
        "Jeunesse;17/03/2023;Bourg-en-Bresse;64\nJeunesse;18/03/2025;;\nHandicap;17/03/2023;Gex;12\n"
    )
    meetings = built(small, {"Groupes.csv": text}).frames["meetings"]
    assert meetings[["network", "attendance"]].fillna(-1).values.tolist() == [
        ["Handicap", 12], ["Jeunesse", 64], ["Jeunesse", -1]
    ]  # fmt: skip


COMMON = """\
Indicateurs communs aux schémas départementaux des services aux familles – situation au 31/12/2024

N°;Indicateur commun;Unité;Sens souhaité;Nature de la valeur;Date;Valeur;Source
1;Premier indicateur de la liste;%;à la hausse;initiale;31/12/2022;48;Cnaf
1;Premier indicateur de la liste;%;à la hausse;constatée;31/12/2024;51;Cnaf
1;Premier indicateur de la liste;%;à la hausse;cible;31/12/2028;56;
2;Second indicateur de la liste;places;à la baisse;initiale;31/12/2022;nd;PMI
"""


def test_the_common_indicators_are_a_plan_of_their_own(small):
    result = built(small, {"Indicateurs communs.csv": COMMON})
    rows = result.frames["action_measures"]
    assert rows[["plan", "action", "role", "value", "status"]].fillna(-1).values.tolist() == [
        ["indicateurs communs", "1", "baseline", 48, "known"],
        ["indicateurs communs", "1", "measure", 51, "known"],
        ["indicateurs communs", "1", "target", 56, "known"],
        ["indicateurs communs", "2", "baseline", -1, "missing"],
    ]
    # neither a plan of a CTG that nobody knows, nor a table of another recipe
    assert {code for _, code in codes(result, "Indicateurs communs.csv")} <= {"mark_unexplained"}


UNSEEN = """\
Feuille de route de la CTG n° 12

Orientations;Réf.;Fiches-actions;Pilotes;Démarrage;Échéance;Avancement;Indicateurs;Valeur de départ;Cible
Petite enfance;A1;Ouvrir une micro-crèche;CC du Pays de Gex;01/01/2023;31/12/2025;en cours;Places;0;12
Petite enfance;A2;Étendre le relais;CC du Pays de Gex;01/01/2023;31/12/2025;à lancer;Communes;20;27
Jeunesse;B1;Soutenir les projets;Commune de Gex;01/01/2023;31/12/2025;terminée;Jeunes;22;30
"""


class TestUnseen:
    """A layout that no recipe reads: refused by name, then read once the draft is finished."""

    def test_it_is_named_with_the_nearest_and_nothing_is_taken_from_it(self, small):
        result = built(small, {"Plan.csv": UNSEEN})
        assert result.frames["actions"].empty
        (problem,) = [p for p in result.problems if p.source == "Plan.csv"]
        assert problem.severity == "error"
        assert "Plan d'actions" in problem.message

    def test_the_draft_needs_one_more_column_and_then_reads_it(self, small):
        workspace = small({"Plan.csv": UNSEEN, "Suivi CTG.csv": CTG}, departement="90")
        draft = propose(workspace.folders.raw / "Plan.csv")
        assert "Recette la plus proche : « Plan d'actions du schéma" in " ".join(draft.split())
        finished = re.sub(r"^# (?=\[|[a-z_]+ = )", "", draft, flags=re.MULTILINE)
        workspace.folders.recipes.mkdir()
        recipe = finished.replace("\nref =", "\naction =")
        (workspace.folders.recipes / "plan.toml").write_text(recipe, encoding="utf-8")
        result = workspace.build()
        assert result.frames["actions"][["plan", "action", "stage"]].values.tolist() == [
            ["12", "B1", "done"], ["12", "A1", "under_way"], ["12", "A2", "not_started"]
        ]  # fmt: skip
        assert result.frames["action_measures"]["value"].sum() == 0 + 12 + 20 + 27 + 22 + 30


@pytest.mark.parametrize(("departement", "orientations", "groups"), [("01", 3, 8), ("42", 4, 6)])
def test_the_demo_has_the_orientations_and_the_groups_of_each_schema(departement, orientations, groups):
    made = demo_plan.rows(Setting(departement))
    assert len({row.cells[0] for row in made["Plan d'actions"]}) == orientations
    named = {row.cells[5] for row in made["Plan d'actions"]}
    assert len(named) == groups
    assert named == {row.cells[0] for row in made["Groupes de travail"]}


def test_the_demo_has_plans_of_all_shapes(ain_result):
    frames = ain_result.frames
    sdsf = frames["actions"].query("plan == 'SDSF'")
    held = frames["meetings"][frames["meetings"]["network"].isin(sdsf["working_group"])]
    assert held["attendance"].isna().sum() == held["network"].nunique() == 8
    assert frames["actions"]["plan"].nunique() == 4
    assert set(frames["action_measures"]["direction"].dropna()) == {"increase", "decrease"}
    assert {"known", "missing", "error"} == set(frames["action_measures"]["status"])
    assert frames["action_measures"].query("plan != 'SDSF'")["date"].nunique() == 3
