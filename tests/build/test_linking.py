"""Money and alerts find their service by number, by name and commune, or are asked about: never guessed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.build.linking import Register
from sdsf_analysis.model.rulings import COLUMNS
from sdsf_analysis.recipes.services import ServiceNamed

EAJE = """\
Situation au 31/12/2023

N° équipement;Nom;Commune;Type d'accueil;Places
12;Les Loups;Gex;Multi-accueil;20
13;Les Ours;Gex;Multi-accueil;25
14;Les Loups;Oyonnax;Multi-accueil;30
"""
FUNDING = "N° équipement;Structure;Commune;Année;Prestation de service;Nature\n"
IDA = "Structure;Commune;Alerte;Date;Aide exceptionnelle\n"


@pytest.fixture
def built(small):
    def build(departement="01", eaje=EAJE, **files):
        return small(
            {f"{name}.csv": text for name, text in {"eaje": eaje, **files}.items()}, departement
        ).build()

    return build


def amounts(result):
    return result.frames["funds"][["service", "nature", "amount_eur"]].values.tolist()


def told(result):
    return [(p.source, p.cell, p.code, p.repaired_to) for p in result.problems]


def test_the_number_wins_whatever_the_name(built):
    result = built(funds=FUNDING + "13;Crèche des ours;Gex;2023;100;réel\n")
    assert amounts(result) == [["13", "actual", 100.0]] and told(result) == []


def test_without_a_number_the_name_and_the_commune_decide_together(built):
    result = built(funds=FUNDING + ";LES LOUPS;Oyonnax;2023;100;réel\n;les loups;Gex;2023;90;réel\n")
    assert amounts(result) == [["12", "actual", 90.0], ["14", "actual", 100.0]] and told(result) == []


def test_forecast_updated_and_actual_of_one_year_are_three_rows(built):
    lines = "".join(
        f"12;Les Loups;Gex;2023;{n};{w}\n" for n, w in ((9, "prévisionnel"), (8, "actualisé"), (7, "réel"))
    )
    result = built(funds=FUNDING + lines)
    assert sorted(amounts(result)) == [["12", "actual", 7.0], ["12", "forecast", 9.0], ["12", "updated", 8.0]]


@pytest.mark.parametrize(
    ("line", "code", "proposed"),
    [
        (";Les Loup;Gex;2023;100;réel", "service_unknown", "12"),
        (";Les Zèbres;Gex;2023;100;réel", "service_unknown", ""),
        (";Les Ours;Oyonnax;2023;100;réel", "service_unknown", "13"),
        ("99;Les Loups;Gex;2023;100;réel", "service_other_number", "12"),
    ],
)
def test_what_is_not_one_service_is_asked_and_not_taken(built, line, code, proposed):
    result = built(funds=FUNDING + line + "\n13;Les Ours;Gex;2023;50;réel\n")
    assert amounts(result) == [["13", "actual", 50.0]]
    cell = "A2" if code == "service_other_number" else "B2"
    (problem,) = result.problems
    assert told(result) == [("funds.csv", cell, code, proposed)]
    assert not proposed or f"Peut-être : {proposed}, «" in problem.suggestion


def test_a_name_alone_is_asked_even_where_one_service_bears_it(built):
    result = built(ida="Structure;Alerte;Date;Aide exceptionnelle\nLes Ours;Résultat;01/03/2023;100\n")
    assert result.frames["alerts"].empty and result.frames["funds"].empty
    assert told(result) == [("ida.csv", "A2", "service_unknown", "13")]


def test_two_services_of_one_name_in_a_commune_are_asked(built):
    twice = EAJE + "15;Les Ours;Gex;Multi-accueil;12\n"
    result = built(eaje=twice, funds=FUNDING + ";Les Ours;Gex;2023;100;réel\n")
    (problem,) = result.problems
    assert problem.code == "service_unknown" and "13, " in problem.suggestion and "15, " in problem.suggestion
    assert amounts(result) == [] and problem.repaired_to == ""


def test_a_number_that_no_list_has_is_kept_and_said_once(built):
    lines = "".join(f"99;Les Zèbres;Gex;{year};100;réel\n" for year in (2022, 2023))
    result = built(funds=FUNDING + lines)
    assert [row[0] for row in amounts(result)] == ["99", "99"]
    assert told(result) == [("funds.csv", "A2", "service_number_unknown", "")]


def test_a_service_listed_without_a_number_takes_the_money_of_its_name(built):
    alsh = "Situation au 31/12/2023\n\nNom;Commune;Âge;AEEH\nALSH Gex;Gex;6-11;1\nALSH Foch;Gex;3-5;0\n"
    result = built(alsh=alsh, funds=FUNDING + "77;ALSH Gex;Gex;2023;100;réel\n")
    assert amounts(result) == [["alsh-01173-alsh-gex", "actual", 100.0]] and told(result) == []


def test_a_ruling_names_the_service(built):
    ruling = "ida.csv;;A2;service_unknown;Les Loup;accepter;;vu avec la Caf;;"
    lines = "Les Loup;Gex;Résultat;01/03/2023;100\nLes Ours;Gex;Résultat;02/03/2023;50\n"
    result = built(ida=IDA + lines, decisions=";".join(COLUMNS) + f"\n{ruling}\n")
    assert amounts(result) == [["12", "actual", 100.0], ["13", "actual", 50.0]]
    assert result.frames["alerts"]["service"].tolist() == ["12", "13"]
    assert [p.code for p in result.problems] == ["decision_applied"]


AID = "N° équipement;Structure;Commune;Année;Aide exceptionnelle;Nature\n"


def test_an_aid_that_two_files_say_alike_is_counted_once(built):
    result = built(
        ida=IDA + "Les Loups;Gex;Résultat;01/03/2023;100\nLes Ours;Gex;Résultat;02/03/2023;50\n",
        funds=AID + "12;Les Loups;Gex;2023;100;réel\n",
    )
    assert amounts(result) == [["12", "actual", 100.0], ["13", "actual", 50.0]] and told(result) == []
    cells = result.frames["ledger"].query(
        "table == 'funds' and column == 'amount_eur' and key.str.startswith('12')"
    )
    assert set(cells["source"]) == {"ida.csv", "funds.csv"}


def test_an_aid_that_two_files_say_otherwise_is_asked_and_counted_nowhere(built):
    result = built(
        ida=IDA + "Les Loups;Gex;Résultat;01/03/2023;100\nLes Ours;Gex;Résultat;02/03/2023;50\n",
        funds=AID + "12;Les Loups;Gex;2023;120;réel\n",
    )
    assert amounts(result) == [["13", "actual", 50.0]]
    assert [p.code for p in result.problems] == ["row_repeated"]


@given(
    st.text("0123456789-A ", max_size=9).map(str.strip),
    st.text("abÉ «»()' 01", min_size=1).map(str.strip),
    st.sampled_from(["", "01173", "2A004"]),
)
def test_what_a_row_says_of_a_service_is_read_back_as_it_was(number, name, commune):
    said = ServiceNamed(number, name, commune)
    assert ServiceNamed.read(str(said)) == said


NAMES = st.sampled_from(["Les Loups", "Les Ours", "Les Lynx", ""])
COMMUNES = st.sampled_from(["01173", "01283", ""])
SERVICES = st.lists(st.tuples(NAMES, COMMUNES), max_size=5)


@given(SERVICES, st.sampled_from(["", "s0", "s9"]), NAMES, COMMUNES)
def test_a_service_is_found_by_its_number_or_by_the_only_one_of_its_name_and_commune(
    services, number, name, commune
):
    offer = pd.DataFrame(
        [
            {"service": f"s{i}", "name": n or None, "commune": c or None, "stage": "open"}
            for i, (n, c) in enumerate(services)
        ],
        columns=["service", "name", "commune", "stage"],
    )
    found = Register(offer).find(ServiceNamed(number, name, commune))
    same = [f"s{i}" for i, pair in enumerate(services) if pair == (name, commune) and name and commune]
    if number and number in set(offer["service"]):
        assert found.service == number and not found.code
    elif number:
        assert found.service == ("" if same else number) and found.code
    else:
        assert found.service == (same[0] if len(same) == 1 else "")


def test_a_number_is_not_that_of_a_project_of_the_same_name():
    where = {"name": "Les Loups", "commune": "01173"}
    project = {"service": "projet-01173-les-loups", "stage": "planned", **where}
    register = Register(pd.DataFrame([project]))
    assert register.find(ServiceNamed("0100099", "Les Loups", "01173")).code == "service_number_unknown"
    assert register.find(ServiceNamed("", "Les Loups", "01173")).service == project["service"]


def test_the_envelope_of_the_ain_goes_to_three_structures(ain_result):
    funds = ain_result.frames["funds"].query("fund == 'exceptional_aid'")
    assert funds["amount_eur"].sum() == 70_000 and funds["service"].nunique() == len(funds) == 3
    assert set(funds["nature"]) == {"actual"} and set(funds["year"]) == {2023}
    assert set(funds["service"]) <= set(ain_result.frames["alerts"]["service"])


def test_the_money_of_the_demo_goes_to_services_of_its_offer(ain_result):
    listed = set(ain_result.frames["offer"]["service"])
    assert set(ain_result.frames["alerts"]["service"]) <= listed
    # a crèche that closed before the list of services
    assert set(ain_result.frames["funds"]["service"]) - listed == {"0100099"}


def test_the_money_of_the_demo_follows_the_hours_and_stops_with_the_creche(ain_result):
    funds, activity = ain_result.frames["funds"], ain_result.frames["activity"]
    paid = funds.query("fund == 'prestation_service' and nature == 'actual' and year == 2023")
    done = activity.query("measure == 'hours_done' and year == 2023").set_index("service")["value"]
    rates = paid.set_index("service")["amount_eur"] / done
    assert rates.dropna().between(3.39, 3.41).all() and len(rates.dropna()) > 140
    closed = ain_result.frames["offer"].query("stage == 'closed'")["service"]
    assert set(funds[funds["service"].isin(closed)]["year"]) == {2022, 2023}


def test_totals_by_epci_are_no_services(ain_result):
    names = ain_result.frames["funds"]["service"].str.lower()
    assert not names.str.contains("total").any()
