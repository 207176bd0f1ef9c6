import pytest

from sdsf_analysis.errors import QuestionError
from sdsf_analysis.model import lists
from sdsf_analysis.model.tables import tables


def all_choices():
    return [(name, choice) for name in lists.list_names() for choice in lists.entries(name).values()]


def test_every_code_is_a_snake_case_identifier_with_a_french_label():
    bad = [
        (name, choice.code)
        for name, choice in all_choices()
        if not choice.code.isidentifier() or choice.code != choice.code.lower() or not choice.label.strip()
    ]
    assert bad == []


def test_labels_of_a_list_are_distinct():
    for name in lists.list_names():
        labels = list(lists.choices(name).values())
        assert len(labels) == len(set(labels)), name


def test_every_kind_of_service_has_a_family_and_every_family_a_kind():
    families = {lists.family_of(kind) for kind in lists.choices("offer_kind")}
    assert families == set(lists.choices("offer_family"))


@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("eaje_parental", "early_childhood"),
        ("rpe", "early_childhood"),
        ("home_help", "parenting"),
        ("fjt", "childhood_youth"),
        ("evs", "community_life"),
        ("france_services", "access_to_rights"),
        ("disability_hub", "disability"),
    ],
)
def test_family_of_a_kind(kind, family):
    assert lists.family_of(kind) == family


def test_every_measure_has_a_unit():
    for name in ("activity_measure", "families_measure", "rate_indicator"):
        assert [choice.code for choice in lists.entries(name).values() if not choice.unit] == []


def test_what_tells_of_a_difficulty_is_internal():
    internal = {(name, choice.code) for name, choice in all_choices() if choice.diffusion == "interne"}
    assert internal == {
        ("activity_measure", "result"),
        ("activity_measure", "cash"),
        ("fund", "exceptional_aid"),
    }


def test_posts_of_officers_know_every_theme_of_a_ctg():
    assert lists.choices("ctg_theme").items() <= lists.choices("officer_theme").items()
    assert len(lists.choices("ctg_theme")) == 8


def test_every_list_serves_a_column_or_another_list():
    used = {column.choices for table in tables().values() for column in table.columns}
    # the zones of « FRR » are territories, which no column lists; the states of a plan depend on a date
    unused = {"offer_family", "diffusion", "frr_zone", "action_state", "progress_state"}
    assert set(lists.list_names()) - used == unused


def test_the_caller_cannot_change_a_list():
    lists.entries("regime").clear()
    assert list(lists.choices("regime")) == ["caf", "msa", "all"]


@pytest.mark.parametrize("ask", [lists.choices, lists.entries])
def test_an_unknown_list_names_the_nearest(ask):
    with pytest.raises(QuestionError, match=r"« offer_kinds » n'existe pas.*offer_kind"):
        ask("offer_kinds")


def test_an_unknown_kind_names_the_nearest():
    with pytest.raises(QuestionError, match="micro_creche"):
        lists.family_of("microcreche")


def test_a_name_like_no_other_gets_the_whole_list():
    assert lists.unknown_name("Le régime", "zzz", ["caf", "msa"]) == (
        "Le régime « zzz » n'existe pas. Choisir parmi : caf, msa."
    )
