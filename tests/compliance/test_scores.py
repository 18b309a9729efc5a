"""The results board's numbers: who is counted, what is told to whom, the people behind each number."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.enums import FourPredicate
from assessments.models import YearResult
from assessments.selectors.year_results import readable_year_results
from assessments.services.delivery import assessment_receive
from compliance.enums import YearStanding
from compliance.results import Kind
from compliance.selectors.opd_scores import kind_scores, opd_scores
from compliance.selectors.scored_people import (
    CONDITIONS,
    Choice,
    scored_people,
    scored_people_pages,
    scored_person_rows,
)
from compliance.selectors.scores import hidden_people, score_rows, total_of, withheld
from orgunits.enums import Role
from skp.settings import PlanSettings
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.compliance.year_results import crowd, never_sent, two_opds, year_result
from tests.factories import RoleGrantFactory
from tests.people import People
from tests.skp.drafts import SCORING, period_2026

pytestmark = pytest.mark.django_db
M, B, BAD, S = FourPredicate


@pytest.fixture
def period(people):
    return period_2026()


def row_of(person, period, name: str = "Dinas Pertama"):
    return next(row for row in score_rows(person.viewer(SCORING), period) if row.name == name)


def words_of(row) -> list[int]:
    return [row.tally.words.get(word, 0) for word in FourPredicate]


@pytest.mark.parametrize("who", ["bkpsdm_admin", "inspector", "leader"])
def test_overseers_of_the_regency_see_every_opd(people: People, period, who):
    two_opds(people, period)
    rows = score_rows(getattr(people, who).viewer(SCORING), period)
    assert [row.name for row in rows] == ["Dinas Kedua", "Dinas Pertama", "Sekretariat Daerah"]
    second, first, empty = rows
    assert (first.tally.obliged, first.tally.scored, first.tally.counted) == (4, 3, 3)
    assert (first.tally.mean, words_of(first), first.tally.without_word) == (
        Decimal("91.67"),
        [1, 1, 1, 1],
        0,
    )
    assert (first.interim, first.by_scores.word, first.final.word) == (B, B, B)
    assert (second.tally.mean, words_of(second), second.tally.without_word) == (Decimal(40), [0, 0, 0, 1], 1)
    assert (second.final.kind, second.final.word) == (Kind.PREDICATE, S)
    assert (empty.final.kind, empty.tally.mean, empty.interim) == (Kind.NOBODY, None, None)


def test_whoever_is_exempt_or_judged_in_another_year_does_not_count(people: People, period):
    two_opds(people, period)
    year_result(people.opd_admin, period, "115", obliged=False)
    assert row_of(people.bkpsdm_admin, period).tally.obliged == 4


def test_a_year_without_performance_is_in_the_words_and_in_no_mean(people: People, period):
    year_result(people.owner, period, "100")
    year_result(people.appraiser, period, "100", counts=False, four="very_bad", no_performance="no_evidence")
    row = row_of(people.bkpsdm_admin, period)
    assert (row.tally.scored, row.tally.counted, row.tally.mean) == (2, 1, Decimal(100))
    assert words_of(row) == [0, 1, 0, 1]


def test_in_the_quadrant_the_median_decides(people: People, period):
    period.regime = "quadrant"
    period.save(update_fields=["regime"])
    for person, national, four in (
        (people.superior, "very_good", "satisfactory"),
        (people.appraiser, "good", "good"),
        (people.owner, "needs_improvement", "bad"),
        (people.section_head, "needs_improvement", "bad"),
    ):
        year_result(person, period, scored=True, counts=True, national=national, four=four)
    row = row_of(people.leader, period)
    assert (row.by_scores.word, row.by_scores.value, row.final.word) == (BAD, None, BAD)


@pytest.mark.parametrize(
    ("who", "obliged", "whole"),
    [("superior", 4, True), ("appraiser", 3, False), ("section_head", 1, False)],
)
def test_heads_see_the_results_of_their_part(people: People, period, who, obliged, whole):
    two_opds(people, period)
    row = row_of(getattr(people, who), period)
    assert (row.tally.obliged, row.whole, row.told) == (obliged, whole, True)
    assert (row.final is not None) == whole


@pytest.mark.parametrize("who", ["owner", "acting_member"])
def test_without_a_duty_of_one_s_own_the_board_is_empty(people: People, period, who):
    two_opds(people, period)
    assert score_rows(getattr(people, who).viewer(SCORING), period) == []


def test_an_opd_admin_is_told_no_result_of_few(people: People, period):
    two_opds(people, period)
    row = row_of(people.opd_admin, period)
    assert (row.told, row.final, row.by_scores) == (False, None, None)
    # How many are scored is a matter of status.
    assert (row.tally.obliged, row.tally.scored, row.interim) == (4, 3, B)
    rows = score_rows(people.opd_admin.viewer(SCORING), period)
    assert hidden_people(rows) == 3
    total = total_of(rows)
    assert (total.people.obliged, total.people.fulfilled, total.told.mean, total.told.words) == (
        4,
        3,
        None,
        {},
    )


@pytest.mark.parametrize(("fewest", "told"), [(3, True), (4, False)])
def test_from_how_many_on_is_a_setting(people: People, period, fewest, told):
    two_opds(people, period)
    period.settings_text = PlanSettings(min_people_for_words=fewest).to_text()
    period.save(update_fields=["settings_text"])
    row = row_of(people.opd_admin, period)
    assert row.told is told
    assert row.group.open_words == frozenset()


def test_the_result_of_one_is_not_told_by_what_the_others_parts_leave(people: People, period):
    # Two scored in Bidang Satu, six in Bidang Dua and seven in the OPD itself: the OPD less the two told
    # parts would tell the two, so the next smallest is withheld too.
    crowd(people.division, period, "100", "60")
    crowd(people.vacant_division, period, *["100"] * 6)
    crowd(people.opd, period, *["100"] * 7)
    viewer = people.opd_admin.viewer(SCORING)
    found = opd_scores(viewer, period, people.opd.pk)
    assert found.row.told
    assert {row.name: row.told for row in found.units} == {
        "Bidang Dua": False,
        "Bidang Satu": False,
        "Dinas Pertama": True,
    }
    everything = opd_scores(people.bkpsdm_admin.viewer(SCORING), period, people.opd.pk)
    assert all(row.told for row in everything.units)


@pytest.mark.parametrize(
    ("unread", "hidden"),
    [
        ({}, set()),
        ({"a": 0, "b": 9}, set()),
        ({"a": 1, "b": 9}, {"a", "b"}),
        ({"a": 1, "b": 9, "c": 20}, {"a", "b"}),
        ({"a": 3, "b": 3, "c": 9}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        ({"a": 5, "b": 5}, set()),
    ],
)
def test_what_is_withheld_is_enough_together(unread, hidden):
    assert withheld(unread, 5) == hidden


@pytest.mark.parametrize("who", ["bkpsdm_admin", "leader", "superior", "appraiser", "opd_admin"])
def test_every_number_is_the_length_of_its_list(people: People, period, who):
    two_opds(people, period)
    viewer = getattr(people, who).viewer(SCORING)
    for row in score_rows(viewer, period):
        tally = row.tally
        for which, number in (
            (YearStanding.OBLIGED, tally.obliged),
            (YearStanding.SCORED, tally.scored),
            (YearStanding.OPEN, tally.obliged - tally.scored),
            (YearStanding.COUNTED, tally.counted),
            (YearStanding.UNCOUNTED, tally.missing),
            (YearStanding.WITHOUT, tally.without_word),
        ):
            assert scored_people(viewer, period, Choice(which, row.key)).count() == number, which
        for word in row.group.open_words:
            listed = scored_people(viewer, period, Choice(opd_id=row.key, word=word))
            assert listed.count() == tally.words[word]


def test_every_choice_has_its_people():
    assert set(CONDITIONS) == set(YearStanding)


def test_one_opd_by_unit_and_by_kind(people: People, period):
    two_opds(people, period)
    people.owner.employee.employment_kind = "pppk"
    people.owner.employee.save(update_fields=["employment_kind"])
    viewer = people.bkpsdm_admin.viewer(SCORING)
    found = opd_scores(viewer, period, people.opd.pk)
    assert (found.row.name, found.row.final.word, found.row.tally.obliged) == ("Dinas Pertama", B, 4)
    assert [(row.name, row.tally.obliged) for row in found.units] == [
        ("Bidang Satu", 2),
        ("Dinas Pertama", 1),
        ("Seksi Data", 1),
    ]
    assert [(row.name, words_of(row)) for row in found.kinds] == [
        ("PNS", [1, 1, 0, 1]),
        ("PPPK", [0, 0, 1, 0]),
    ]
    assert [(row.name, row.tally.obliged) for row in kind_scores(viewer, period)] == [("PNS", 5), ("PPPK", 1)]
    assert opd_scores(people.other_admin.viewer(SCORING), period, people.opd.pk) is None


def test_a_list_tells_results_only_to_those_who_may_read_them(people: People, period):
    two_opds(people, period)

    def finals(person) -> dict[str, object]:
        viewer = person.viewer(SCORING)
        rows = scored_person_rows(viewer, scored_people(viewer, period, Choice(opd_id=people.opd.pk)))
        return {row.employee.name: row.final for row in rows}

    everybody = {"SURYA KADIS", "DEWI KABID", "BUDI PELAKSANA", people.section_head.employee.name}
    admin = finals(people.opd_admin)
    assert set(admin) == everybody
    assert set(admin.values()) == {None}
    assert finals(people.superior)["BUDI PELAKSANA"] == Decimal(60)
    viewer = people.opd_admin.viewer(SCORING)
    listed = scored_person_rows(viewer, scored_people(viewer, period, Choice()))
    states = {row.employee.name: (row.standing, row.four, row.national, row.why) for row in listed}
    assert states["BUDI PELAKSANA"] == (YearStanding.SCORED, None, None, "")
    assert states[people.section_head.employee.name][0] == YearStanding.NO_PERFORMANCE
    assert not scored_people(viewer, period, Choice(word=BAD)).exists()


def test_a_list_tells_the_own_result_once_it_was_opened(people: People):
    skp = in_force(people)
    assessment = reported(people, skp)
    scored(people, assessment)
    delivered(people, assessment)
    RoleGrantFactory(user=people.owner.user)
    viewer = people.owner.viewer(SCORING)
    word = YearResult.objects.get(employee=people.owner.employee).four

    def own() -> list[tuple[object, bool]]:
        choice = Choice(opd_id=people.opd.pk, which=YearStanding.SCORED)
        rows = scored_person_rows(viewer, scored_people(viewer, skp.period, choice))
        asked = scored_people_pages(viewer, skp.period, Choice(word=FourPredicate(word)))
        return [(row.final, bool(asked.count())) for row in rows]

    assert own() == [(None, False)]
    others = people.bkpsdm_admin.viewer(SCORING)
    assert scored_people(others, skp.period, Choice(word=FourPredicate(word))).count() == 1
    assert assessment_receive(actor=viewer, skp_id=skp.pk, now=SCORING)
    assert own() == [(Decimal("107.00"), True)]


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("owner", True),
        ("appraiser", True),
        ("superior", True),
        ("bkpsdm_admin", True),
        ("inspector", True),
        ("leader", True),
        ("opd_admin", False),
        ("other_appraiser", False),
        ("stranger", False),
        ("section_head", False),
    ],
)
def test_who_reads_the_year_of_another(people: People, who, reads):
    skp = in_force(people)
    delivered(people, scored(people, reported(people, skp)).assessment)
    result = year_result(people.owner, skp.period, "100")
    viewer = getattr(people, who).viewer(SCORING)
    assert readable_year_results(viewer).filter(pk=result.pk).exists() is reads


def test_the_assessors_of_an_opd_read_its_years(people: People):
    skp = in_force(people)
    delivered(people, scored(people, reported(people, skp)).assessment)
    result = year_result(people.owner, skp.period, "100")
    RoleGrantFactory(
        user=people.stranger.user,
        role=Role.TPK,
        unit=people.opd,
        start=date(2020, 1, 1),
        granted_by=people.bkpsdm_admin.user,
    )
    viewer = people.stranger.viewer(SCORING)
    assert readable_year_results(viewer).filter(pk=result.pk).exists()


def test_a_year_with_a_part_one_may_not_read_is_not_read(people: People):
    # The plan was scored in Bidang Satu; by the year's end the person sat in Bidang Tiga.
    skp = in_force(people)
    delivered(people, scored(people, reported(people, skp)).assessment)
    result = year_result(people.owner, skp.period, "100", unit=people.other_division, opd=people.other_opd)
    head = people.other_superior.viewer(SCORING)
    assert not readable_year_results(head).filter(pk=result.pk).exists()
    assert never_sent(people.stranger, skp.period) in readable_year_results(head)
