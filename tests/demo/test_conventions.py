import datetime

import pytest

from sdsf_analysis.demo.conventions import REFERENCE, conventions
from sdsf_analysis.demo.perimeters import perimeters
from sdsf_analysis.demo.setting import Setting, by_epci

MANY_EPCI = ["01", "42", "2A", "33", "59", "90"]


@pytest.mark.parametrize("departement", ["01", "42", "33", "59"])
def test_every_shape_and_life_is_there(departement):
    units = perimeters(Setting(departement))
    assert {unit.shape for unit in units} == {"whole", "part", "together", "several"}
    assert {unit.life for unit in units} == {"current", "expired", "project", "renewed", "extended"}


@pytest.mark.parametrize("departement", MANY_EPCI)
def test_shapes_are_what_they_say(departement):
    setting = Setting(departement)
    whole = by_epci(setting.communes)
    for unit in perimeters(setting):
        if unit.shape == "together":
            assert len(unit.epcis) == 2
        elif unit.shape == "whole":
            assert set(unit.communes) == set(whole[unit.epcis[0]])
        else:
            assert len(unit.epcis) == 1
            assert len(unit.communes) < len(whole[unit.epcis[0]])


@pytest.mark.parametrize("departement", [*MANY_EPCI, "75", "974", "976", "975", "988"])
def test_no_commune_is_in_two_perimeters(departement):
    communes = [commune.code for unit in perimeters(Setting(departement)) for commune in unit.communes]
    assert len(set(communes)) == len(communes)


@pytest.mark.parametrize(
    ("departement", "low", "high"),
    [("01", 0.85, 0.925), ("42", 0.85, 0.925), ("33", 0.8, 0.95), ("90", 0.8, 0.95), ("75", 1, 1)],
)
def test_inhabitants_covered(departement, low, high):
    setting = Setting(departement)
    covered = {
        commune for item in conventions(setting) if item.is_in_force for commune in item.perimeter.communes
    }
    assert low <= sum(commune.population for commune in covered) / setting.population <= high


@pytest.mark.parametrize("departement", MANY_EPCI)
def test_dates_follow_each_other(departement):
    for item in conventions(Setting(departement)):
        if item.stage == "project":
            assert {item.decided_on, item.signed_on, item.starts_on, item.ends_on} == {None}
            continue
        assert item.decided_on < item.signed_on <= REFERENCE
        assert item.starts_on < item.ends_on
        assert item.ends_on < (item.extended_to or datetime.date.max)


def test_some_periods_begin_before_the_signature():
    signed = [item for item in conventions(Setting("01")) if item.signed_on]
    retroactive = [item for item in signed if item.starts_on < item.signed_on]
    assert 0 < len(retroactive) < len(signed)


def test_a_renewal_follows_on():
    known = conventions(Setting("01"))
    (old,) = [item for item in known if item.stage == "renewed"]
    (new,) = [item for item in known if old.number in item.remark]
    assert new.starts_on == old.ends_on + datetime.timedelta(days=1)
    assert new.perimeter == old.perimeter


def test_sheets_of_the_ain(first_ain):
    book = first_ain.book("Suivi CTG.xlsx")
    assert book.sheetnames == ["CTG", "Communes", "Partenaires"]
    assert "situation au 31/12/2024" in book["CTG"]["A1"].value
    merged = {str(area) for area in book["CTG"].merged_cells.ranges}
    assert {"J3:K3", "M3:T3", "A3:A4"} <= merged
    types = {row[2] for row in first_ain.body("Suivi CTG.xlsx", "Partenaires", 4)}
    assert types == {"EPCI", "Commune", "Syndicat", "État", "Autre"}
    entries = [row for row in first_ain.body("Suivi CTG.xlsx", "Communes", 4) if row[3]]
    assert [row[3].date() for row in entries] == [datetime.date(2024, 1, 1)]
