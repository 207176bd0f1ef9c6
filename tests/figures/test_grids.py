import pandas as pd

from sdsf_analysis.figures.grids import counters_grid, coverage_grid, problems_grid
from sdsf_analysis.indicators.ctg import ctg_counters, ctg_coverage
from sdsf_analysis.indicators.example import example_tables
from sdsf_analysis.model.tables import Tables, table


def plain(grid):
    return grid.map(lambda text: text.replace("\u202f", " "))


def test_counters_are_in_french_with_their_units():
    grid = plain(counters_grid(ctg_counters(example_tables(), "2024-06-30")))["Au 30 juin 2024"]
    assert grid["CTG en vigueur"] == "3 conventions"
    assert grid["Chargés de coopération en poste"] == "1 personne"
    assert grid["Habitants couverts par une CTG"] == "93,3 % (3 500 sur 3 750)"
    assert grid["Temps de travail financé"] == "1,5 ETP"
    assert grid["Année de la population légale"] == "2023"
    assert grid.index.is_unique


def test_a_file_not_received_reads_as_not_available_never_as_zero():
    example = example_tables()
    tables = Tables(lambda name: table(name).empty() if name == "officers" else getattr(example, name))
    grid = counters_grid(ctg_counters(tables, "2024-06-30")).iloc[:, 0]
    assert grid["Chargés de coopération en poste"] == "n. d."


def test_a_time_partly_known_reads_as_at_least():
    example = example_tables()
    posts = example.officers
    posts.loc[posts["officer"] == "vacant-1", "fte_funded"] = None
    tables = Tables(lambda name: posts if name == "officers" else getattr(example, name))
    assert (
        counters_grid(ctg_counters(tables, "2024-06-30")).iloc[:, 0]["Temps de travail financé"]
        == "au moins 1,0 ETP"
    )


def test_a_withheld_share_reads_as_an_interval_and_the_least_covered_comes_first():
    tables = example_tables()
    grid = plain(coverage_grid(ctg_coverage(tables, "2024-06-30"), tables.territories))
    assert grid.index.tolist() == ["E2", "E1"]
    assert grid.loc["E2", "Enfants de moins de 3 ans couverts"] == "entre 93,8 % et 98,4 %"
    assert grid.loc["E1", "Habitants couverts"] == "100 % (1 500 sur 1 500)"


def test_problems_of_other_files_are_left_out_and_decisions_come_first():
    problems = pd.DataFrame(
        [
            ("ctg.xlsx", "CTG", "C4", "date_as_text", "warning"),
            ("ctg.xlsx", "CTG", f"C{5}", "date_as_text", "warning"),
            ("ctg.xlsx", "Communes", "B9", "commune_unknown", "question"),
            ("eaje.xlsx", "", "", "file_disguised", "warning"),
        ],
        columns=["source", "sheet", "cell", "code", "severity"],
    )
    ledger = pd.DataFrame({"table": ["ctg", "offer"], "source": ["ctg.xlsx", "eaje.xlsx"]})
    grid = problems_grid(problems, ledger)
    assert grid.index.tolist() == ["Commune inconnue", "Date écrite comme du texte"]
    assert grid["Nombre"].tolist() == [1, 2]
    assert grid["Gravité"].tolist() == ["décision à prendre", "réparé, à regarder"]
    assert problems_grid(problems.head(0), ledger).empty


def test_fewer_children_than_the_threshold_are_not_written():
    row = {
        "territory": "E1",
        "measure": "children_0_2",
        "status": "known",
        "low": float("nan"),
        "high": float("nan"),
    }
    shares = [(3, 40), (38, 40), (2, 4), (20, 40), (0, 40), (40, 40)]
    territories = pd.DataFrame({"territory": ["E1"], "name": ["CC"]})
    texts = []
    for covered, total in shares:
        count = row | {"numerator": covered, "denominator": total, "value": 100 * covered / total}
        people = count | {"measure": "population"}
        grid = coverage_grid(pd.DataFrame([people, count]), territories)
        texts.append(grid["Enfants de moins de 3 ans couverts"].item())
    assert ["inférieur" in text for text in texts] == [True, True, True, False, False, False]
