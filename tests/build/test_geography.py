import pytest

from sdsf_analysis.build.geography import official_membership
from sdsf_analysis.build.populations import legal_populations
from sdsf_analysis.territories import reference


def level(ain, name):
    return ain.tables.territories.query("level == @name").set_index("territory")


def test_legal_populations_of_the_ain(ain):
    rows = ain.tables.families.query("measure == 'legal_population'")
    totals = rows.groupby("year")["value"].sum().astype(int).to_dict()
    assert {year: totals[year] for year in (2019, 2020, 2022, 2023)} == {
        2019: 652_432,
        2020: 657_856,
        2022: 671_289,
        2023: 679_344,
    }


def test_a_merger_that_a_release_missed_is_summed():
    rows = legal_populations("01", 2026).query("commune == '01138'").set_index("year")["value"]
    before = reference.communes(2022, "01").set_index("code")["population"]
    assert rows[2020] == before["01138"] + before["01039"]


def test_a_commune_split_since_has_no_earlier_population():
    # Essarts en Bocage gave L'Oie and Sainte-Florence back on 1 January 2024
    rows = legal_populations("85", 2026).query("commune == '85084'").set_index("year")
    assert rows.loc[[2019, 2020], "status"].tolist() == ["missing", "missing"]
    assert rows.loc[[2019, 2020], "value"].isna().all()
    assert rows.loc[[2022, 2023], "status"].tolist() == ["known", "known"]


def test_a_new_seat_is_no_split():
    # Orée d'Anjou: 49069 until 2024, 49126 since
    before = reference.communes(2021, "49").set_index("code")["population"]
    rows = legal_populations("49", 2026).query("commune == '49126'").set_index("year")["value"]
    assert rows[2019] == before["49069"]


def test_a_merger_of_the_first_release_has_no_earlier_population():
    # Valserhône, made on 1 January 2019: the release gives Bellegarde-sur-Valserine's population alone
    rows = legal_populations("01", 2026).query("commune == '01033'").set_index("year")
    assert rows.loc[2016, "status"] == "missing"
    assert rows.loc[2019, "value"] == reference.communes(2021, "01").set_index("code")["population"]["01033"]


def test_a_population_that_is_not_published_is_missing_not_zero():
    mayotte = legal_populations("976", 2026).query("year <= 2016")
    assert (mayotte["status"] == "missing").all()


def test_later_releases_never_enter_an_older_geography():
    assert set(legal_populations("01", 2022)["year"]) == {2016, 2019, 2020}


@pytest.mark.parametrize("departement", ["75", "2A", "69", "974", "978"])
def test_totals_are_those_of_the_reference(departement):
    latest = reference.communes(2026, departement)["population"].sum()
    assert legal_populations(departement, 2026).query("year == 2023")["value"].sum() == latest


def test_levels_of_the_ain(ain):
    counts = ain.tables.territories["level"].value_counts().to_dict()
    assert counts["commune"] == 391
    assert counts["epci"] == 17
    assert {"arrondissement", "ctg", "departement", "region", "caf_sector"} <= set(counts)


def test_the_loire_has_eleven_epci(small):
    territories = small({}, departement="42").build().frames["territories"]
    assert (territories["level"] == "epci").sum() == 11


def test_sums_and_points(ain):
    departement, region = level(ain, "departement").loc["01"], level(ain, "region").iloc[0]
    assert departement["population"] == 679_344
    assert departement["area_km2"] == pytest.approx(5_762, rel=0.01)
    assert region["name"] == "Auvergne-Rhône-Alpes"
    assert 8_000_000 < region["population"] < 8_500_000
    epci = level(ain, "epci")
    assert epci["population"].sum() == 679_344
    assert epci[["longitude", "latitude"]].notna().all().all()
    assert epci.loc["200040350", "name"] == "CC Bugey Sud"


def test_an_epci_across_the_border_keeps_both_totals(ain):
    epci = level(ain, "epci")
    crossing = epci[epci["communes"] < epci["communes_whole"]]
    assert crossing[["communes", "communes_whole"]].to_numpy().tolist() == [[1, 18], [1, 39], [3, 26]]
    everywhere = reference.communes(2026).groupby("epci")["population"].sum()
    assert (epci["population_whole"] == everywhere[epci.index]).all()
    assert (crossing["population"] < crossing["population_whole"]).all()
    assert level(ain, "ctg")["population_whole"].isna().all()


def test_arrondissements_bear_their_names(ain):
    assert level(ain, "arrondissement")["name"].tolist() == [
        "Arrondissement de Belley",
        "Arrondissement de Bourg-en-Bresse",
        "Arrondissement de Gex",
        "Arrondissement de Nantua",
    ]


def test_a_blank_arrondissement_is_no_territory():
    mayotte = reference.communes(2026, "976")
    assert set(official_membership(mayotte)["level"]) == {"epci", "departement", "region"}


def test_a_convention_is_a_territory_with_the_population_of_its_communes(ain):
    members = ain.tables.membership.query("level == 'ctg'")
    population = level(ain, "commune")["population"]
    for ctg, rows in members.groupby("territory"):
        assert level(ain, "ctg").loc[ctg, "population"] == population[rows["commune"].unique()].sum()
