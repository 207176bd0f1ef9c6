"""The command « coverage »: its readings, what it says on stderr, why a percentage differs."""

import csv
import io

import pytest

from sdsf_analysis.indicators.ctg import ctg_counters, ctg_coverage


@pytest.fixture
def ask(sdsf, ain):
    """Run « coverage » on the demo: exit status, stdout, stderr."""
    return lambda *arguments: sdsf("--workspace", ain.folders.root, "coverage", *arguments)


def values(out):
    return [float(row["value"] or "nan") for row in csv.DictReader(io.StringIO(out))]


def test_the_options_are_those_of_the_functions(ask, ain):
    reading = ("--basis", "signed", "--of", "signatories", "--population-year", "2020", "--format", "csv")
    named = {"basis": "signed", "of": "signatories", "population_year": 2020}
    _, out, _ = ask(*reading, "--by", "departement")
    expected = ctg_coverage(ain.tables, "2024-12-31", by="departement", **named)
    assert values(out) == pytest.approx(expected["value"].tolist(), nan_ok=True)
    _, out, _ = ask(*reading)
    expected = ctg_counters(ain.tables, "2024-12-31", **named)
    assert values(out) == pytest.approx(expected["value"].tolist(), nan_ok=True)


def test_a_date_beyond_the_data_is_said_on_stderr(ask):
    status, out, err = ask("--on", "2040-01-01", "--format", "csv")
    assert status == 0
    assert "au-delà des données" in err
    assert "au-delà" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--basis", "signe"], "effective, signed. Le plus proche : signed"),
        (["--of", "habitants"], "perimeter, signatories"),
        (["--population-year", "2010"], "La plus proche : 2016"),
        (["--population-year", "deux"], "Années disponibles : 2016"),
        (["--explain", "beaucoup"], "n'est pas un pourcentage"),
        (["--by", "departements"], "Le plus proche : departement"),
    ],
)
def test_an_unknown_reading_lists_those_that_are_known(ask, arguments, words):
    status, out, err = ask(*arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_a_percentage_of_another_year_is_explained_in_one_paragraph(ask, ain):
    other = ctg_counters(ain.tables, "2024-12-31", population_year=2019).set_index("measure")
    mine = f"{other.loc['population_covered', 'value']:.2f}".replace(".", ",")
    status, out, _ = ask("--explain", mine)
    assert status == 0
    assert "prendre la population 2019" in out
    assert len(out.splitlines()) == 1
