"""What is kept of the releases is what they say."""

import pandas as pd

from sdsf_analysis.territories import reference
from sdsf_analysis.territories.following import follow, untraced
from sdsf_analysis.territories.holders import holders


def test_the_kept_table_is_what_following_the_releases_gives() -> None:
    followed = follow().set_index("code")
    assert followed.shape == (39203, len(reference.YEARS))
    for year in reference.YEARS:
        column = followed[str(year)].dropna()
        assert holders(year) == dict(zip(column.index, column, strict=True))


def test_each_commune_holds_itself() -> None:
    for year in reference.YEARS:
        codes = reference.communes(year)["code"]
        assert [code for code in codes if holders(year)[code] != code] == []


def test_no_territory_is_lost_since_2019() -> None:
    assert {year: len(holders(year)) for year in reference.YEARS} == dict.fromkeys(reference.YEARS, 39203)


def test_a_merger_listed_without_trail_has_none() -> None:
    """A line of the file that a release would come to trace is no longer needed."""
    listed = pd.concat([pd.Series(untraced(year), dtype="str") for year in reference.YEARS])
    for code, release in zip(*_listed_releases(), strict=True):
        earlier = [year for year in reference.YEARS if year < release]
        assert code in set(reference.communes(earlier[-1])["code"])
        for year in [year for year in reference.YEARS if year >= release]:
            known = pd.concat([reference.communes(year), reference.former_communes(year)])
            assert code not in set(known["code"])
            assert listed[code] in set(known["code"])


def _listed_releases() -> tuple[list[str], list[int]]:
    table = reference.read_data("untraced_mergers.csv")
    return table["code"].tolist(), [int(release) for release in table["release"]]
