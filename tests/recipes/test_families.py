"""Families by commune, from the Caf, the MSA and INSEE: several layouts, years told, regimes apart."""

import pytest

from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

MSA = ["Familles du régime agricole (MSA), situation au 31/12/2024"]
COLUMNS = ("commune", "year", "regime", "measure", "value")


def families(read, *rows, **options):
    result = read(list(rows), **options)
    return result, result.rows("families", *COLUMNS)


CAF_LAYOUTS = {
    "long": [
        ["Code", "Commune", "Année", "Foyers", "Enfants 0-2"],
        ["01173", "Gex", 2022, 100, 20],
        ["01173", "Gex", 2023, 105, 25],
    ],
    "long, other words": [
        ["Code INSEE", "Nom de la commune", "Exercice", "Nombre d'allocataires", "Enfants de 0 à 2 ans"],
        ["01173", "Gex", 2022, 100, 20],
        ["01173", "Gex", 2023, 105, 25],
    ],
    "wide, the year in the label": [
        ["Code", "Commune", "Foyers 2022", "Foyers 2023", "Enfants 0-2 ans (2022)", "Enfants 0-2 ans (2023)"],
        ["01173", "Gex", 100, 105, 20, 25],
    ],
    "wide, the year above": [
        ["Code", "Commune", "2022", "2022", "2023", "2023"],
        ["Code", "Commune", "Foyers allocataires", "Enfants 0-2", "Foyers allocataires", "Enfants 0-2"],
        ["01173", "Gex", 100, 20, 105, 25],
    ],
}


@pytest.mark.parametrize("layout", CAF_LAYOUTS, ids=CAF_LAYOUTS.keys())
def test_the_layouts_of_the_caf_give_the_same_rows(read, layout):
    merged = [(1, 3, 1, 4), (1, 5, 1, 6), (1, 1, 2, 1), (1, 2, 2, 2)] if layout.endswith("above") else ()
    result, rows = families(read, *CAF_LAYOUTS[layout], merged=merged)
    assert result.recognition.recipe.name == "caf_families" and result.codes == []
    assert sorted(rows) == [
        ("01173", 2022, "caf", "children_0_2", 20.0),
        ("01173", 2022, "caf", "households", 100.0),
        ("01173", 2023, "caf", "children_0_2", 25.0),
        ("01173", 2023, "caf", "households", 105.0),
    ]


def test_rounded_counts_keep_the_interval_of_both_rules_in_a_wide_layout(read):
    header = ["Code", "Commune", "Foyers 2022", "Foyers 2023"]
    result = read([header, ["01173", "Gex", 100, "<5"]])
    assert result.rows("families", "year", "value", "status", "low", "high") == [
        (2022, 100.0, "known", 98.0, 104.0),
        (2023, None, "secret", 0.0, 4.0),
    ]


def test_a_wide_column_without_its_year_is_asked_about_and_not_read(read):
    result, rows = families(read, ["Code", "Commune", "Foyers 2022", "AEEH"], ["01173", "Gex", 100, 5])
    assert ("D1", "year_unlabelled") in result.codes
    assert [row[3] for row in rows] == ["households"]


def test_forecasts_are_no_families(read):
    above = ["Code", "Commune", "2023", "2024 prévisionnel"]
    below = ["Code", "Commune", "Foyers", "Foyers"]
    merged = [(1, 1, 2, 1), (1, 2, 2, 2)]
    _, rows = families(read, above, below, ["01173", "Gex", 100, 110], merged=merged)
    assert [(row[1], row[4]) for row in rows] == [(2023, 100.0)]


class TestMsa:
    LAYOUTS = (
        [["Commune", "Familles", "Enfants 0-2"], ["Gex", 30, 8], ["Oyonnax", 12, 6]],
        [["N° INSEE", "Nom de la commune", "Nb de familles", "Enfants de 0 à 2 ans"],
         ["01173", "Gex", 30, 8], ["01283", "Oyonnax", 12, 6]],
    )  # fmt: skip

    @pytest.mark.parametrize("layout", LAYOUTS, ids=["names", "codes"])
    def test_two_layouts(self, read, layout):
        result, rows = families(read, MSA, [], *layout)
        assert result.codes == []
        assert rows[:2] == [
            ("01173", 2023, "msa", "families", 30.0),
            ("01173", 2023, "msa", "children_0_2", 8.0),
        ]

    def test_years_side_by_side(self, read):
        header = ["Commune", "Familles 2022", "Familles 2023"]
        _, rows = families(read, ["Ressortissants de la MSA"], [], header, ["Gex", 30, 31], ["Oyonnax", 1, 2])
        assert [(row[0], row[1], row[4]) for row in rows] == [
            ("01173", 2022, 30.0),
            ("01173", 2023, 31.0),
            ("01283", 2022, 1.0),
            ("01283", 2023, 2.0),
        ]

    def test_rows_of_other_departements_are_left_out_and_counted_once(self, read):
        header = ["Département", "Commune", "Familles"]
        rows = [
            [1, "Gex", 30],
            ["Savoie", "Albertville", 40],
            ["73", "Chambéry", 50],
            ["01", "Oyonnax", 12],
        ]
        result, given = families(read, MSA, [], header, *rows)
        assert [(row[0], row[4]) for row in given] == [("01173", 30.0), ("01283", 12.0)]
        (counted,) = result.applied.problems
        assert (counted.code, counted.found) == ("rows_elsewhere", "2")

    def test_the_departement_of_a_row_tells_communes_of_one_name_apart(self, read):
        header = ["Dépt", "Commune", "Familles"]
        rows = [["01", "Saint-Étienne-du-Bois", 30], ["85", "Saint-Étienne-du-Bois", 44], ["85", "Luçon", 9]]
        result, given = families(read, MSA, [], header, *rows)
        assert [(row[0], row[4]) for row in given] == [("01350", 30.0)]
        assert [problem.code for problem in result.applied.problems] == ["rows_elsewhere"]

    def test_without_that_column_the_name_is_ambiguous_and_never_guessed(self, read):
        names = ["Luçon", "Challans", "Les Herbiers", "Fontenay-le-Comte", "Aizenay", "Luçon", "Pouzauges",
                 "Mareuil-sur-Lay-Dissais", "Rives de l'Yon", "Talmont-Saint-Hilaire", "Chantonnay",
                 "La Roche-sur-Yon", "Montaigu-Vendée"]  # fmt: skip
        rows = [[name, 9] for name in names] + [["Saint-Étienne-du-Bois", 44], ["Gex", 30]]
        result, given = families(read, MSA, [], ["Commune", "Familles"], *rows)
        assert [row[0] for row in given] == ["01173"]
        assert {problem.code for problem in result.applied.problems} == {
            "rows_elsewhere",
            "commune_ambiguous",
        }

    def test_a_code_against_its_departement_is_refused(self, read):
        header = ["Code INSEE", "Commune", "Département", "Familles"]
        rows = [["01173", "Gex", "73", 5], ["01283", "Oyonnax", "01", 6]]
        result, given = families(read, MSA, [], header, *rows)
        assert [row[0] for row in given] == ["01283"]
        assert result.codes == [("A4", "departement_conflict")]


AGES = [
    ["CODGEO", "LIBGEO", "P21_POP0002", "P22_POP0002", "P22_POP"],
    ["01173", "Gex", 400.25, 410.5, 13000],
]


class TestInsee:
    def test_codes_alone_labels_alone_or_both(self, read):
        labels = ["Code géographique", "Libellé géographique", "Pop 0-2 ans en 2021 (princ)",
                  "Pop 0-2 ans en 2022 (princ)", "Population en 2022 (princ)"]  # fmt: skip
        expected = [
            ("01173", 2021, "all", "children_0_2", 400.25),
            ("01173", 2022, "all", "children_0_2", 410.5),
            ("01173", 2022, "all", "population", 13000.0),
        ]
        for rows in (AGES, [labels, AGES[1]], [labels, *AGES]):
            result, given = families(read, *rows)
            assert result.recognition.recipe.name == "insee_ages"
            assert given == expected and result.codes == []

    @pytest.mark.parametrize(
        "rows",
        [
            [["CODGEO", "LIBGEO", "NAISD22", "NAISD23", "DECESD23"], ["01173", "Gex", 150, 140, 60]],
            [["Code", "Commune", "Naissances 2022", "Naissances 2023"], ["01173", "Gex", 150, 140]],
            [["Code géographique", "Libellé géographique", "Naissances domiciliées en 2022",
              "Naissances domiciliées en 2023"], ["CODGEO", "LIBGEO", "NAISD22", "NAISD23"],
             ["01173", "Gex", 150, 140]],
            [["Code commune", "Commune", "Année", "Naissances"], ["01173", "Gex", 2022, 150],
             ["01173", "Gex", 2023, 140]],
        ],
        ids=["codes", "labels", "both", "long"],
    )  # fmt: skip
    def test_births(self, read, rows):
        result, given = families(read, *rows)
        assert result.recognition.recipe.name == "insee_births"
        assert given == [("01173", 2022, "all", "births", 150.0), ("01173", 2023, "all", "births", 140.0)]

    def test_the_rest_of_france_is_counted(self, read):
        rows = [["01173", "Gex", 150], ["69123", "Lyon", 6000], ["75056", "Paris", 20000]]
        result, given = families(read, ["CODGEO", "LIBGEO", "NAISD23"], *rows)
        assert len(given) == 1 and [p.found for p in result.applied.problems] == ["2"]


def test_the_caf_and_the_msa_are_two_rows_and_never_one_sum(small):
    caf = "Foyers allocataires 2023\n\nCode;Commune;Année;Foyers;Enfants 0-2\n01173;Gex;2023;100;20\n"
    msa = "MSA, situation au 31/12/2023\n\nCommune;Familles;Enfants 0-2\nGex;30;8\nOyonnax;9;4\n"
    frame = small({"caf.csv": caf, "msa.csv": msa}, departement="01").build().frames["families"]
    gex = frame.query("commune == '01173' and measure == 'children_0_2'")
    assert gex[["regime", "value"]].values.tolist() == [["caf", 20.0], ["msa", 8.0]]


UNSEEN = {
    "caf_families": "Code commune INSEE;Commune de résidence allocataire;Millésime;Foyers allocataires CAF;"
    "Foyers avec bas revenus;Enfants âgés de 0-2 ans\n01173;Gex;2023;100;20;15\n01283;Oyonnax;2023;210;80;40",
    "msa_families": "Effectifs MSA au 31/12/2024\n\nCommune des ressortissants;Nombre total de familles;"
    "Nombre d'enfants 0-2\nGex;30;8\nOyonnax;12;6\nBourg-en-Bresse;9;5\n",
    "insee_ages": "Code;Commune;P22_POP0002;P22_POP0305;Population totale 2022\n"
    "01173;Gex;410,5;390,2;13000\n01283;Oyonnax;900,1;880,2;22000\n",
    "insee_births": "Code;Commune;Naissances vivantes domiciliées 2022;Naissances vivantes domiciliées 2023\n"
    "01173;Gex;150;140\n01283;Oyonnax;310;300\n",
}


@pytest.mark.parametrize("recipe", UNSEEN)
def test_a_layout_never_seen_ends_in_a_useful_draft(tmp_path, recipe):
    path = tmp_path / "Familles.csv"
    path.write_text(UNSEEN[recipe], encoding="utf-8")
    draft = propose(path)
    assert f"({recipe})" in draft and "[[tables.outputs]]" in draft
    part = load_recipe(draft, "brouillon").tables[0]
    assert part.place and len(part.columns) >= 1
