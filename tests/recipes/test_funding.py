"""What structures receive: layouts, natures that never add up, totals that are checks, an envelope."""

from datetime import date

import pytest

from sdsf_analysis.recipes.drafts.guess import TO_CHECK
from sdsf_analysis.recipes.propose import propose
from sdsf_analysis.recipes.recipe import load_recipe

COLUMNS = ("service", "year", "fund", "nature", "amount_eur")
LOUPS = "12 « Les Loups » (01173)"
BASE = ["N° équipement", "Structure", "Commune"]
ROW = ["12", "Les Loups", "Gex"]


def under(read, pairs, *body, fixed=BASE):
    above, below = [*fixed, *(top for top, _ in pairs)], [*fixed, *(label for _, label in pairs)]
    return read([above, below, *body], merged=[(1, c, 2, c) for c in range(1, len(fixed) + 1)])


EXPECTED = [
    (LOUPS, 2023, "bonus_territoire", "actual", 21.0),
    (LOUPS, 2023, "bonus_territoire", "forecast", 20.0),
    (LOUPS, 2023, "prestation_service", "actual", 95.0),
    (LOUPS, 2023, "prestation_service", "forecast", 100.0),
]


class TestLayouts:
    def test_one_line_per_nature(self, read):
        header = [*BASE, "Année", "Prestation de service", "Bonus territoire", "Nature", "Cofinanceur"]
        rows = [
            [*ROW, 2023, 100, 20, "prévisionnel", "CC du Pays de Gex"],
            [*ROW, 2023, 95, 21, "réel", "CC du Pays de Gex"],
        ]
        result = read([header, *rows])
        assert sorted(result.rows("funds", *COLUMNS)) == EXPECTED
        assert {row["cofinancer"] for row in result.applied.rows["funds"]} == {"CC du Pays de Gex"}
        assert result.codes == []

    def test_other_words(self, read):
        header = ["N° SIAS", "Nom de la structure", "Ville", "Exercice", "PS", "Bonus territoire CTG",
                  "Nature du chiffre"]  # fmt: skip
        rows = [[*ROW, 2023, 100, 20, "BP"], [*ROW, 2023, 95, 21, "Réalisé"]]
        assert sorted(read([header, *rows]).rows("funds", *COLUMNS)) == EXPECTED

    def test_forecast_and_actual_side_by_side_under_one_year(self, read):
        pairs = [
            (top, label)
            for top in ("2023 prévisionnel", "2023 réel")
            for label in ("Prestation de service", "Bonus territoire")
        ]
        assert sorted(under(read, pairs, [*ROW, 100, 20, 95, 21]).rows("funds", *COLUMNS)) == EXPECTED

    def test_the_fund_above_and_the_nature_below(self, read):
        pairs = [
            (top, label)
            for top in ("Prestation de service", "Bonus territoire")
            for label in ("2023 prévisionnel", "2023 réel")
        ]
        assert sorted(under(read, pairs, [*ROW, 100, 95, 20, 21]).rows("funds", *COLUMNS)) == EXPECTED

    def test_labels_of_one_row_beside_a_column_of_years(self, read):
        header = [*BASE, "Année", "Prestation de service prévisionnelle", "Prestation de service (réel)",
                  "Bonus territoire prévisionnel", "Bonus territoire réel"]  # fmt: skip
        result = read([header, [*ROW, 2023, 100, 95, 20, 21]])
        assert sorted(result.rows("funds", *COLUMNS)) == EXPECTED

    def test_years_side_by_side_and_a_column_of_natures(self, read):
        header = [*BASE, "Nature", "Prestation de service 2022", "Prestation de service 2023"]
        result = read([header, [*ROW, "réel", 90, 95]])
        assert result.rows("funds", *COLUMNS[1:]) == [
            (2022, "prestation_service", "actual", 90.0),
            (2023, "prestation_service", "actual", 95.0),
        ]

    def test_one_line_per_fund(self, read):
        header = [*BASE, "Année", "Financement", "Nature", "Montant (€)"]
        rows = [[*ROW, 2023, fund, nature, amount] for fund, nature, amount in (
            ("PSU", "prévisionnel", 100), ("PSU", "réel", 95),
            ("Bonus territoire", "prévisionnel", 20), ("Bonus territoire", "réel", 21))]  # fmt: skip
        assert sorted(read([header, *rows]).rows("funds", *COLUMNS)) == EXPECTED

    def test_amounts_of_no_nature_are_not_read(self, read):
        result = read([[*BASE, "Année", "Prestation de service"], [*ROW, 2023, 100]])
        assert not result.recognition.is_complete

    def test_an_amount_of_no_nature_among_others_is_named_and_not_read(self, read):
        pairs = [("2023 réel", "Prestation de service"), ("2023", "Bonus territoire")]
        result = under(read, pairs, [*ROW, 95, 20])
        assert [row[2] for row in result.rows("funds", *COLUMNS)] == ["prestation_service"]
        assert [column.letter for column in result.recognition.unmapped] == ["E"]

    def test_an_empty_cell_is_no_amount_and_a_zero_is_one(self, read):
        header = [*BASE, "Année", "Prestation de service", "Bonus territoire", "Nature"]
        result = read([header, [*ROW, 2023, 0, None, "réel"]])
        assert result.rows("funds", "fund", "amount_eur") == [("prestation_service", 0.0)]


HEADER = [*BASE, "Année", "Prestation de service", "Nature"]
BODY = [
    ["12", "Les Loups", "Gex", 2023, 100, "prévisionnel"],
    ["12", "Les Loups", "Gex", 2023, 95, "réel"],
    ["13", "Les Ours", "Gex", 2023, 50, "prévisionnel"],
    ["13", "Les Ours", "Gex", 2023, 45, "réel"],
]


class TestTotals:
    def test_totals_of_an_epci_are_checks_by_nature_and_no_rows(self, read):
        totals = [
            ["Total CA du Pays de Gex", None, None, 2023, 150, "prévisionnel"],
            ["Total CA du Pays de Gex", None, None, 2023, 140, "réel"],
        ]
        result = read([HEADER, *BODY, *totals])
        assert len(result.rows("funds", "service")) == 4 and result.codes == []

    def test_a_wrong_total_of_one_nature_is_named_at_its_cell(self, read):
        totals = [
            ["Total CA du Pays de Gex", None, None, 2023, 150, "prévisionnel"],
            ["Total CA du Pays de Gex", None, None, 2023, 141, "réel"],
        ]
        assert read([HEADER, *BODY, *totals]).codes == [("E7", "total_mismatch")]


IDA = [
    "Structure",
    "Commune",
    "Alerte",
    "Motif",
    "Date",
    "Accompagnement",
    "Aide exceptionnelle (€)",
    "Suite",
]
IDA_ROWS = [
    ["Les Loups", "Gex", "Trésorerie", "retard", date(2023, 3, 1), "suivi", 30000, "rétablie"],
    ["Les Ours", "Gex", "Résultat", "déficit", date(2023, 5, 1), "aucun", 25000, None],
    ["Les Lynx", "Gex", "Résultat", "déficit", date(2023, 6, 1), "suivi", 15000, None],
    ["Les Chats", "Gex", "Personnel", "direction", date(2023, 7, 1), "suivi", None, None],
]


class TestAlerts:
    def total(self, amount):
        return ["Total", None, None, None, None, None, amount, None]

    def test_alerts_and_the_aids_of_the_envelope(self, read):
        result = read([IDA, *IDA_ROWS, self.total(70000)])
        assert result.codes == [] and len(result.applied.rows["alerts"]) == 4
        funds = result.rows("funds", "year", "fund", "nature", "amount_eur")
        assert sum(row[3] for row in funds) == 70000 and len(funds) == 3
        assert {row[:3] for row in funds} == {(2023, "exceptional_aid", "actual")}
        assert result.rows("alerts", "support")[:2] == [("suivi",), (None,)]

    def test_aids_that_do_not_add_up_to_the_envelope_are_named(self, read):
        result = read([IDA, *IDA_ROWS, self.total(75000)])
        assert result.codes == [("G6", "total_mismatch")]

    def test_other_words_and_a_number(self, read):
        header = ["N° équipement", "Nom de la structure", "Signal", "Cause", "Signalée le", "Aide accordée",
                  "Année de l'aide", "Suites données"]  # fmt: skip
        rows = [["12", "Les Loups", "Trésorerie", "retard", date(2022, 12, 1), 30000, 2023, "rétablie"]]
        result = read([header, *rows])
        assert result.rows("funds", "service", "year") == [("12 « Les Loups » (commune non dite)", 2023)]
        assert result.rows("alerts", "rule", "reason", "follow_up") == [("Trésorerie", "retard", "rétablie")]


UNSEEN = {
    "funding": "N° SIAS équipement;Nom structure;Commune;Année de financement;Montant prestation de service;"
    "Bonus territoire CTG versé;Nature\n12;Les Loups;Gex;2023;95000;21000;réel\n"
    "13;Les Ours;Oyonnax;2023;45000;12000;réel\n14;Les Lynx;Gex;2023;40000;9000;réel\n",
    "ida": "Nom de la structure;Commune;Alertes repérées;Motifs;Date du signalement;Aide exceptionnelle Caf;"
    "Suites\nLes Loups;Gex;Trésorerie;retard;01/03/2023;30000;x\nLes Ours;Oyonnax;Résultat;déficit;"
    "01/05/2023;25000;y\nLes Lynx;Gex;Résultat;déficit;02/05/2023;15000;z\n",
}


def test_a_draft_whose_labels_bear_no_year_says_so(tmp_path):
    path = tmp_path / "Suivi.csv"
    path.write_text(UNSEEN["funding"], encoding="utf-8")
    assert f'# year = "@year"  # {TO_CHECK}' in propose(path).splitlines()


@pytest.mark.parametrize("recipe", UNSEEN)
def test_a_layout_never_seen_ends_in_a_useful_draft(tmp_path, recipe):
    path = tmp_path / "Suivi.csv"
    path.write_text(UNSEEN[recipe], encoding="utf-8")
    draft = propose(path)
    assert f"({recipe})" in draft and "[[tables.outputs]]" in draft
    assert len(load_recipe(draft, "brouillon").tables[0].columns) >= 4
