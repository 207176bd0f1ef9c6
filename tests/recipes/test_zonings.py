"""Who organises the care of young children, and the zonings that a workspace brings."""

from datetime import date

import pytest

from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

AUTHORITIES = [
    ["Code INSEE", "Commune", "Autorité organisatrice", "Type", "Depuis le"],
    ["N° INSEE", "Nom de la commune", "Titulaire de la compétence", "Nature juridique", "Date du transfert"],
]
ROWS = [
    ["01173", "Gex", "CA du Pays de Gex", "Communauté d'agglomération", date(2018, 1, 1)],
    ["01283", "Oyonnax", "Commune d'Oyonnax", "commune", None],
    ["01004", "Ambérieu-en-Bugey", "SIVOM du Val d'Aurore", "SIVOM", date(2012, 9, 1)],
]


class TestAuthorities:
    @pytest.mark.parametrize("header", AUTHORITIES, ids=["usual words", "other words"])
    def test_two_layouts(self, read, header):
        result = read([header, *ROWS])
        assert result.recognition.recipe.name == "authorities" and result.codes == []
        assert result.rows("authorities", "commune", "authority", "kind", "starts_on") == [
            ("01173", "CA du Pays de Gex", "epci", date(2018, 1, 1)),
            ("01283", "Commune d'Oyonnax", "commune", None),
            ("01004", "SIVOM du Val d'Aurore", "syndicat", date(2012, 9, 1)),
        ]

    def test_an_unknown_kind_is_asked_about(self, read):
        result = read([AUTHORITIES[0], ["01173", "Gex", "CCAS de Gex", "CCAS", None]])
        assert result.codes == [("D2", "choice_unknown")]
        assert result.rows("authorities", "authority", "kind") == [("CCAS de Gex", None)]

    def test_an_authority_ends_the_day_before_the_next_one(self, small):
        lines = (
            "Code INSEE;Commune;Autorité organisatrice;Type;Depuis le;Jusqu'au\n"
            "01173;Gex;CA du Pays de Gex;EPCI;01/01/2020;\n"
            "01173;Gex;Commune de Gex;Commune;;\n"
            "01283;Oyonnax;Commune d'Oyonnax;Commune;01/01/2010;30/06/2015\n"
            "01283;Oyonnax;Haut-Bugey Agglomération;EPCI;01/01/2016;\n"
        )
        result = small({"a.csv": lines}, departement="01").build()
        frame = result.frames["authorities"]
        ends = frame["ends_on"].dt.strftime("%Y-%m-%d").astype(object).where(frame["ends_on"].notna(), None)
        assert dict(zip(frame["authority"], ends, strict=True)) == {
            "Commune de Gex": "2019-12-31",
            "CA du Pays de Gex": None,
            "Commune d'Oyonnax": "2015-06-30",
            "Haut-Bugey Agglomération": None,
        }
        assert result.problems == []

    def test_an_end_before_its_beginning_is_asked_about(self, small):
        lines = (
            "Code INSEE;Commune;Autorité organisatrice;Type;Depuis le;Jusqu'au\n"
            "01173;Gex;Commune de Gex;Commune;01/01/2020;01/01/2019\n"
            "01283;Oyonnax;Commune d'Oyonnax;Commune;01/01/2010;\n"
        )
        result = small({"a.csv": lines}, departement="01").build()
        assert [p.code for p in result.problems] == ["dates_reversed"]
        assert result.frames["authorities"]["commune"].tolist() == ["01283"]

    def test_every_commune_of_the_demo_has_one(self, ain_result):
        frame = ain_result.frames["authorities"]
        assert len(frame) == frame["commune"].nunique() == 391
        assert set(frame["kind"]) == {"commune", "epci", "syndicat"}


ZONES = ("level", "territory", "commune")


class TestZonings:
    @pytest.mark.parametrize(
        ("header", "row", "expected"),
        [
            (["Code INSEE", "Commune", "Secteur Caf"], ["01173", "Gex", "Nord"], ("caf_sector", "Nord")),
            (["CODGEO", "LIBGEO", "Territoire Caf"], ["01173", "Gex", "Nord"], ("caf_sector", "Nord")),
            (["Code INSEE", "Commune", "Syndicat"], ["01173", "Gex", "SIVOM"], ("syndicat", "SIVOM")),
            (["Commune", "Nom du syndicat"], ["Gex", "SIVOM"], ("syndicat", "SIVOM")),
            (["Code INSEE", "Commune", "Canton"], ["01173", "Gex", "Thoiry"], ("canton", "Thoiry")),
            (["CODGEO", "LIBGEO", "Nom du canton", "Code canton"], ["01173", "Gex", "Thoiry", "0121"],
             ("canton", "Thoiry")),
            (["Code INSEE", "Commune", "FRR"], ["01173", "Gex", "FRR+"], ("frr", "frr_plus")),
            (["CODGEO", "LIBGEO", "Commune classée en FRR"], ["01173", "Gex", "x"], ("frr", "frr")),
        ],
    )  # fmt: skip
    def test_two_layouts_of_each(self, read, header, row, expected):
        result = read([header, row])
        assert result.recognition.recipe.name == "zoning" and result.codes == []
        assert result.rows("membership", *ZONES) == [(*expected, "01173")]

    def test_several_zonings_in_one_file_and_who_is_in_none(self, read):
        header = ["Code INSEE", "Commune", "Canton", "Syndicat", "FRR"]
        rows = [["01173", "Gex", "Thoiry", "aucun", "non"], ["01283", "Oyonnax", "Oyonnax", "SIVOM", "FRR"]]
        result = read([header, *rows])
        assert result.codes == []
        assert result.rows("membership", *ZONES) == [
            ("syndicat", "SIVOM", "01283"),
            ("canton", "Thoiry", "01173"),
            ("canton", "Oyonnax", "01283"),
            ("frr", "frr", "01283"),
        ]

    def test_a_canton_beside_unknown_columns_makes_no_zoning(self, small):
        result = small({"a.csv": "Commune;Canton;Élus\nGex;Thoiry;27\nOyonnax;Oyonnax;35\n"}, "01").build()
        assert [p.code for p in result.problems] == ["file_unrecognised"]
        assert "canton" not in set(result.frames["membership"]["level"])

    def test_zones_are_territories_with_their_population(self, ain_result):
        territories = ain_result.frames["territories"].set_index(["level", "territory"])
        assert territories.loc[("frr", "frr_plus"), "name"] == "FRR+"
        cantons = territories.loc["canton"]
        assert cantons["communes"].sum() == 391 and cantons["population"].notna().all()

    def test_a_layout_never_seen_ends_in_a_useful_draft(self, tmp_path):
        drafts = {
            "zoning": "Code commune;Commune;Secteur d'intervention Caf\n01173;Gex;Nord\n01283;Oyonnax;Sud\n",
            "authorities": "Code commune;Commune;Autorité organisatrice SPPE;Type d'autorité organisatrice;"
            "Compétence depuis\n01173;Gex;CC;EPCI;01/01/2018\n01283;Oyonnax;Commune;Commune;01/01/2020\n",
        }
        for recipe, text in drafts.items():
            path = tmp_path / f"{recipe} 2024.csv"
            path.write_text(text, encoding="utf-8")
            draft = propose(path)
            assert f"({recipe})" in draft and load_recipe(draft, "brouillon").tables[0].place
