"""What the law asks of each authority, and the steps of the development bonus."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.indicators.duties.authorities import organising_authorities
from sdsf_analysis.indicators.duties.cofinanced import AMOUNTS, STEPS, cofinanced_places, next_step
from sdsf_analysis.indicators.duties.example import duties_example
from sdsf_analysis.indicators.duties.names import authority_key
from sdsf_analysis.model.tables import Tables, table
from sdsf_analysis.query import sql

DAY = "2026-06-30"


def tables_with(**others):
    """The example, with other rows in some tables."""
    usual = duties_example()
    return Tables(lambda name: table(name).conform(others[name]) if name in others else getattr(usual, name))


def by_name(frame, column="authority"):
    return frame.set_index(column)


class TestAuthorities:
    def test_the_thresholds_are_compared_with_all_who_handed_over(self):
        found = by_name(organising_authorities(duties_example(), DAY, skills_above=1200, scheme_above=1500))
        assert found.loc["CC Test", ["communes", "inhabitants"]].tolist() == [2, 1500]
        assert found["has_skills_3_4"].tolist() == [True, True]
        assert found["must_have_scheme"].tolist() == [True, False]
        assert found.loc["CC Test", "finding"] == "Compétences 1° à 4°."
        assert found.loc["Commune de Trois", "finding"].endswith("RPE obligatoire : absent.")

    def test_small_authorities_have_the_first_two_skills(self):
        found = organising_authorities(duties_example(), DAY)
        assert set(found["finding"]) == {"Compétences 1° et 2°."}

    def test_a_relay_may_serve_a_part(self):
        found = by_name(organising_authorities(duties_example(), DAY, skills_above=1, scheme_above=1))
        assert found.loc["CC Test", ["rpe", "rpe_communes"]].tolist() == ["part", 1]
        assert found.loc["CC Test", "finding"].endswith("RPE : 1 commune sur 2.")

    def test_the_exact_threshold_and_the_communes_of_nobody_are_said(self):
        said = organising_authorities(duties_example(), DAY, scheme_above=2000).attrs["remark"]
        assert "Au seuil exact, à vérifier dans le texte : Commune de Trois." in said
        assert "aucun fichier ne dit l'autorité (sans transfert, c'est la commune) : 01005." in said

    @pytest.mark.parametrize(
        ("day", "words"),
        [("2024-12-31", "au 31 décembre 2024 : les compétences et le schéma le 1er janvier 2025 (autorités"),
         ("2025-01-01", "Obligations à venir au 1er janvier 2025 : le RPE le 1er janvier 2026."),
         ("2026-01-01", "")],
    )  # fmt: skip
    def test_duties_to_come_are_said(self, day, words):
        said = organising_authorities(duties_example(), day).attrs["remark"]
        assert words in said and ("à venir" in said) == bool(words)

    def test_before_the_law_the_authorities_are_those_that_it_makes(self):
        found = organising_authorities(duties_example(), "2024-06-30")
        assert found["authority"].tolist() == ["Commune de Trois", "CC Test"]

    def test_before_any_list_of_relays_nobody_knows(self):
        offer = duties_example().offer
        later = tables_with(offer=offer.assign(valid_from=pd.Timestamp("2027-01-01")))
        found = organising_authorities(later, DAY, skills_above=1, scheme_above=1)
        assert set(found["rpe"]) == {"unknown"} and found["rpe_communes"].isna().all()
        assert "RPE : rien de connu avant le 1er janvier 2027." in found.attrs["remark"]

    def test_an_epci_astride_may_pass_a_threshold_with_the_communes_of_elsewhere(self):
        places = duties_example().territories
        whole = pd.DataFrame({"level": ["epci"], "territory": ["E1"], "name": ["CC Test"], "communes": [2]})
        whole = whole.assign(communes_whole=9, population=1500, population_whole=12_000)
        found = by_name(organising_authorities(tables_with(territories=pd.concat([places, whole])), DAY)).loc[
            "CC Test"
        ]
        assert pd.isna(found["must_have_scheme"]) and "autre département" in found["finding"]

    def test_without_population_the_duty_is_not_known(self):
        places = duties_example().territories
        found = organising_authorities(tables_with(territories=places.assign(population=None)), DAY)
        assert found["must_have_rpe"].isna().all() and found["inhabitants"].isna().all()
        assert set(found["finding"]) == {"Population inconnue : obligations à vérifier."}

    def test_two_communes_that_a_file_calls_commune_are_two_authorities(self):
        rows = duties_example().authorities.assign(kind="commune", authority="Commune")
        assert len(organising_authorities(tables_with(authorities=rows), DAY)) == 3

    def test_it_is_asked_in_sql(self):
        query = "select authority from organising_authorities(scheme_above := 1600) where must_have_rpe"
        assert sql(duties_example(), query, DAY)["authority"].tolist() == ["Commune de Trois"]


class TestSteps:
    @pytest.mark.parametrize(
        ("before", "after", "step"),
        [
            (100, 100, (0, 4, 4, 100)),
            (100, 104, (100, 8, 4, 200)),
            (25, 26, (100, 8, 1, 200)),
            (60, 62, (0, 4, 1, 100)),
            (100, 90, (0, 4, 14, 100)),
        ],
    )
    def test_places_are_rounded_up_and_an_exact_step_is_reached(self, before, after, step):
        assert tuple(next_step(before, after)) == step

    def test_beyond_the_last_step_or_without_a_base_nothing_is_needed(self):
        assert next_step(100, 112).bonus_eur == 300 and pd.isna(next_step(100, 112).places_needed)
        assert all(map(pd.isna, next_step(0, 10)))

    @given(st.integers(1, 5000), st.integers(0, 6000))
    def test_with_the_places_needed_the_step_is_reached_and_with_one_less_it_is_not(self, before, after):
        found = next_step(before, after)
        if pd.isna(found.places_needed):
            assert 100 * (after - before) >= 12 * before
            return
        goal = after + found.places_needed
        assert 100 * (goal - before) >= found.next_step_percent * before > 100 * (goal - 1 - before)
        assert next_step(before, goal).bonus_eur >= found.next_bonus_eur
        assert (found.next_step_percent, found.next_bonus_eur) in zip(STEPS, AMOUNTS, strict=True)


class TestCofinanced:
    def test_only_psu_places_of_signatories_count(self):
        found = by_name(cofinanced_places(duties_example(), "2024-12-31"), "signatory")
        assert found.index.tolist() == ["01001", "CC E1"]
        row = found.loc["01001"]
        assert (row["ctg"], row["services"], row["growth"]) == ("A", 2, 2)
        assert row["growth_percent"] == pytest.approx(100 * 2 / 60)
        assert row["finding"] == "Encore 1 place pour + 4 % (100 € par place)."

    def test_who_is_left_out_is_named(self):
        said = cofinanced_places(duties_example(), "2024-12-31").attrs["remark"]
        assert "n'ont pas signé de CTG en vigueur, non comptés : Commune de Trois." in said
        assert "à vérifier auprès de la Cnaf" in said

    def test_a_creche_without_a_date_of_opening_is_unknown_at_the_base_and_not_zero(self):
        offer = duties_example().offer
        late = offer["service"].eq("k2")
        offer = offer.assign(valid_from=offer["valid_from"].mask(late, pd.Timestamp("2024-12-31")))
        found = by_name(cofinanced_places(tables_with(offer=offer), "2024-12-31"), "signatory").loc["01001"]
        assert pd.isna(found["places_start"]) and pd.isna(found["growth"]) and found["places_end"] == 62
        opened = offer.assign(opened_on=offer["valid_from"].where(late))
        found = by_name(cofinanced_places(tables_with(offer=opened), "2024-12-31"), "signatory").loc["01001"]
        assert (found["places_start"], found["bonus_eur"]) == (40, 300)

    def test_steps_may_be_given_as_texts_and_are_checked(self):
        found = cofinanced_places(duties_example(), "2024-12-31", steps=["3"], amounts=["50"])
        assert found["bonus_eur"].tolist() == [50, 0]
        with pytest.raises(QuestionError, match="En donner autant"):
            cofinanced_places(duties_example(), "2024-12-31", steps=[4, 8])
        with pytest.raises(QuestionError, match="écrire des nombres"):
            cofinanced_places(duties_example(), "2024-12-31", steps=["quatre"], amounts=[1])
        with pytest.raises(QuestionError, match="est après la date"):
            cofinanced_places(duties_example(), "2022-12-31")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ville de Bourg-en-Bresse", "BOURG EN BRESSE"),
     ("Commune du Poizat-Lalleyriat", "Le Poizat-Lalleyriat"),
     ("Commune de la Tranclière", "La Tranclière"),
     ("CC Bugey-Sud", "Communauté de communes Bugey Sud (CCBS)")],
)  # fmt: skip
def test_two_spellings_of_one_authority(one, other):
    assert authority_key(one) == authority_key(other)
    assert authority_key("Communauté de communes de Gex") != authority_key("Gex")
