"""Oracles: INSEE's own movements and communes of 2023, and what INSEE counts by EPCI."""

from pathlib import Path

import pandas as pd
import pytest

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.events import lead
from sdsf_analysis.territories.extents import communes_of
from sdsf_analysis.territories.holders import state_holder
from sdsf_analysis.territories.past import parts, states
from sdsf_analysis.territories.vintages import Columns, convert

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
MOVEMENTS, COMMUNES = REAL / "insee_cog_v_mvtcommune_2023.csv", REAL / "insee_cog_v_commune_2023.csv"
needs_real = pytest.mark.skipif(
    not MOVEMENTS.is_file() or not COMMUNES.is_file(),
    reason="fichiers réels absents : ../shared/data/real/insee_cog_v_*_2023.csv",
)
MERGERS = ["31", "32", "33"]
RELEASES_OF_ONE_POPULATION = [(2022, 2023, 2020), (2025, 2026, 2023)]


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False, engine="c")


def followed(own, holder, day, moves):
    """Commune of 2023 that holds a territory, by INSEE's movements alone."""
    # what several decisions of one day did is read one after the other
    seen = {(holder, day)}
    while later := [d for d in sorted(moves.get(holder, {})) if d >= day and (holder, d) not in seen]:
        day = later[0]
        seen.add((holder, day))
        becomes = moves[holder][day]
        if own in becomes:
            holder = own
        elif len(becomes) == 1:
            (holder,) = becomes
        else:
            assert holder in becomes
    return holder


@needs_real
def test_every_merger_leads_where_insee_says():
    table = read(MOVEMENTS)
    table = table[(table["TYPECOM_AV"] == "COM") & (table["TYPECOM_AP"] == "COM")]
    moves = {}
    for before, day, after in table[["COM_AV", "DATE_EFF", "COM_AP"]].to_numpy():
        moves.setdefault(before, {}).setdefault(day, set()).add(after)
    mergers = table.loc[table["MOD"].isin(MERGERS), ["COM_AV", "DATE_EFF", "COM_AP"]]
    assert len(mergers) == 5650
    ended = states().reset_index().query("type == 'COM'").set_index(["code", "dateFin"])["id"].to_dict()
    wrong, split = [], set()
    for code, day, whole in mergers.to_numpy():
        state = ended.get((code, day))
        found = (
            {state_holder(part, 2023) for part in parts(state)}
            if state
            else set(lead(code, 2023, since=_release_before(day)).codes)
        )
        split |= {code} if len(found) > 1 else set()
        if followed(code, whole, day, moves) not in found:
            wrong.append((code, day, whole, found))
    assert wrong == []
    # communes that had taken others in, which stand alone again
    assert split == {"52113", "52332", "57460", "62119", "67513", "74281"}


def _release_before(day):
    return max((year for year in reference.YEARS if f"{year}-01-01" < day), default=None)


@needs_real
def test_communes_of_2023_are_insees_by_departement():
    table = read(COMMUNES)
    insee = table.loc[table["TYPECOM"] == "COM"].groupby("DEP")["COM"].agg(set)
    ours = reference.communes(2023)
    own = ours.groupby("departement")["code"].agg(set)
    overseas = {"975", "977", "978", "984", "986", "987", "988", "989"}
    assert {code: own[code] for code in own.index if code not in overseas} == insee.to_dict()
    assert sum(len(own[code]) for code in overseas) == 94


@pytest.mark.parametrize(("departement", "n_epci", "n_communes"), [("01", 17, 392), ("42", 11, 323)])
def test_epci_and_communes_of_2023(departement, n_epci, n_communes):
    ours = reference.communes(2023, departement)
    assert (ours["epci"].nunique(), len(ours)) == (n_epci, n_communes)


def exceptions(level, release):
    table = reference.read_data("population_exceptions.csv")
    table = table[(table["level"] == level) & (table["release"] == str(release))]
    assert (table["reason"] != "").all()
    pairs = zip(table["expected"].astype(int), table["found"].astype(int), strict=True)
    return dict(zip(table["code"], pairs, strict=True))


def populations(release):
    communes = reference.communes(release)
    return communes.assign(commune=communes["code"], population=communes["population"].astype("float64"))


@pytest.mark.parametrize(("before", "after", "population_year"), RELEASES_OF_ONE_POPULATION)
def test_population_is_conserved_at_every_merger(before, after, population_year):
    for release in (before, after):
        assert reference.communes(release)["population_year"].dropna().unique().tolist() == [population_year]
    done = convert(populations(before), after, since=before, columns=Columns(counts=["population"]))
    assert done.questions.empty
    said = populations(after).set_index("commune")["population"]
    summed = done.table.set_index("commune")["population"]
    assert set(summed.index) == set(said.index) == communes_of(after)
    differs = summed.index[(summed != said[summed.index]) & summed.notna()]
    assert {code: (summed[code], said[code]) for code in differs} == exceptions("commune", after)


@pytest.mark.parametrize(
    ("release", "of_communes"), [(2019, 2019), (2022, 2021), (2023, 2023), (2025, 2024), (2026, 2024)]
)
def test_epci_are_the_sums_of_their_communes(release, of_communes):
    """Where the tables of communes and of EPCI share a population year."""
    epci = reference.epci(release).set_index("code")
    own = populations(of_communes)
    assert epci["population_year"].unique() == own["population_year"].dropna().unique()
    done = convert(own, release, since=of_communes, columns=Columns(counts=["population"]))
    members = reference.communes(release)[["code", "epci"]].dropna()
    summed = members.merge(done.table, left_on="code", right_on="commune", how="left", validate="one_to_one")
    groups = summed.groupby("epci")["population"]
    sums, is_whole = groups.sum(), groups.count() == groups.size()
    said = epci["population_municipale"].astype("int64")
    differs = [code for code in epci.index if sums[code] != said[code] or not is_whole[code]]
    assert {code: (said[code], sums[code]) for code in differs} == exceptions("epci", release)
