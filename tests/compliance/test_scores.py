"""The board's numbers: who is counted, where, once; and whose score may be read behind them."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.enums import FourPredicate
from compliance.enums import Step
from compliance.selectors.scores import score_rows, scored_people, total_of
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment, OrgUnitSpan
from skp.models import Skp
from skp.settings import PlanSettings
from tests.assessments.reports import HUNDRED, reported, scored
from tests.factories import AssignmentFactory
from tests.people import People
from tests.skp.drafts import JANUARY, SCORING, agreed, drafted, period_2026, result_ids, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people):
    return period_2026()


@pytest.fixture
def year(people: People, period):
    """Six plans: two leaders' and the owner's scored Baik, one reported, one sent, one draft elsewhere."""
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    skp = agreed(people.owner, people.appraiser, period, result_ids(middle))
    scored(people, reported(people, skp))
    reported(people, middle, people.appraiser)
    submitted(people.section_head, period)
    drafted(people.stranger, period)
    return period


def rows_of(person, period, now=SCORING) -> dict[str, tuple[object, ...]]:
    """OPD → people with a plan, agreed, reported, scored; then by predicate."""
    return {
        row.name: (*row.reached.values(), *row.words.values())
        for row in score_rows(person.viewer(now), period)
    }


FIRST = (4, 3, 2, 1, 0, 1, 0, 0)
# One scored person, whose score would be told by a count.
FIRST_WITHOUT_WORDS = (4, 3, 2, 1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("bkpsdm_admin", FIRST),
        ("inspector", FIRST),
        ("leader", FIRST_WITHOUT_WORDS),
        ("sekda", FIRST_WITHOUT_WORDS),
    ],
)
def test_overseers_of_the_regency_see_every_opd(people: People, year, who, first):
    assert rows_of(getattr(people, who), year) == {
        "Dinas Kedua": (1, 0, 0, 0, 0, 0, 0, 0),
        "Dinas Pertama": first,
        "Sekretariat Daerah": (0,) * 8,
    }


@pytest.mark.parametrize(("fewest", "hidden", "good"), [(1, 0, 1), (2, 1, 0)])
def test_few_people_s_predicates_are_not_counted_for_those_who_may_not_read_them(
    people: People, year, fewest, hidden, good
):
    year.settings_text = PlanSettings(min_people_for_words=fewest).to_text()
    year.save(update_fields=["settings_text"])
    for person in (people.leader, people.opd_admin, people.superior):
        [row] = [row for row in score_rows(person.viewer(SCORING), year) if row.name == "Dinas Pertama"]
        assert (row.hidden, row.words[FourPredicate.GOOD]) == (hidden, good)
        assert row.reached[Step.SCORED] == 1


def test_others_see_their_own_part(people: People, year):
    assert rows_of(people.opd_admin, year) == {"Dinas Pertama": FIRST_WITHOUT_WORDS}
    assert rows_of(people.superior, year) == {"Dinas Pertama": FIRST_WITHOUT_WORDS}
    # Bidang Satu and the section below it: everyone but the head of the OPD.
    assert rows_of(people.appraiser, year) == {"Dinas Pertama": (3, 2, 2, 1, 0, 1, 0, 0)}
    assert rows_of(people.section_head, year) == {"Dinas Pertama": (1, 0, 0, 0, 0, 0, 0, 0)}
    assert rows_of(people.other_admin, year) == {"Dinas Kedua": (1, 0, 0, 0, 0, 0, 0, 0)}
    assert rows_of(people.acting_head, year) == {}
    assert rows_of(people.owner, year) == {}


def test_the_own_predicate_is_not_told_before_delivery(people: People, year):
    middle = Skp.objects.get(owner=people.appraiser.employee)
    scored(people, middle.assessment, people.superior, behaviour=dict.fromkeys(HUNDRED, Decimal(0)))
    # 0.7 × 110 + 0.3 × 0 = 77: Cukup, Buruk.
    # The superior reads the head's score and not the owner's, which is one alone.
    assert rows_of(people.superior, year)["Dinas Pertama"] == (4, 3, 2, 2, 0, 0, 1, 0)
    assert rows_of(people.bkpsdm_admin, year)["Dinas Pertama"] == (4, 3, 2, 2, 0, 1, 1, 0)
    assert rows_of(people.appraiser, year)["Dinas Pertama"] == (3, 2, 2, 2, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("who", "is_open"),
    [
        ("bkpsdm_admin", True),
        ("inspector", True),
        ("leader", False),
        ("opd_admin", False),
        ("superior", False),
        ("appraiser", True),
    ],
)
def test_names_behind_a_predicate_only_for_those_who_read_the_scores(people: People, year, who, is_open):
    viewer = getattr(people, who).viewer(SCORING)
    [row] = [row for row in score_rows(viewer, year) if row.name == "Dinas Pertama"]
    assert row.open_words == (frozenset({FourPredicate.GOOD}) if is_open else frozenset())
    named = [plan.owner.name for plan in scored_people(viewer, year, word=FourPredicate.GOOD)]
    assert named == (["BUDI PELAKSANA"] if is_open else [])


@pytest.mark.parametrize("who", ["bkpsdm_admin", "leader", "opd_admin", "superior", "appraiser"])
def test_every_number_is_the_length_of_its_list(people: People, year, who):
    viewer = getattr(people, who).viewer(SCORING)
    for row in score_rows(viewer, year):
        for step in Step:
            listed = scored_people(viewer, year, opd_id=row.opd_id, step=step)
            assert listed.count() == row.reached[step]
        for word in row.open_words:
            assert scored_people(viewer, year, opd_id=row.opd_id, word=word).count() == row.words[word]


def test_the_sum_and_the_share(people: People, year):
    total = total_of(score_rows(people.bkpsdm_admin.viewer(SCORING), year))
    assert (total.people, total.words[FourPredicate.GOOD]) == (5, 1)
    assert total.share(Step.AGREED) == Decimal(60)
    assert total.open_words == {FourPredicate.GOOD}
    empty = total_of([])
    assert (empty.people, empty.share(Step.AGREED)) == (0, None)


def test_a_new_version_of_a_score_replaces_the_old_one(people: People, year):
    skp = Skp.objects.get(owner=people.owner.employee)
    scored(people, skp.assessment, behaviour=dict.fromkeys(HUNDRED, Decimal(0)))
    assert rows_of(people.bkpsdm_admin, year)["Dinas Pertama"] == (4, 3, 2, 1, 0, 0, 1, 0)


def test_cancelled_plans_and_other_years_do_not_count(people: People, year):
    Skp.objects.filter(owner=people.stranger.employee).update(lifecycle="cancelled")
    assert rows_of(people.bkpsdm_admin, year)["Dinas Kedua"] == (0,) * 8


def test_a_person_moved_to_another_opd_counts_once_in_the_new_one(people: People, year):
    first = Skp.objects.get(owner=people.owner.employee)
    day = date(2026, 7, 1)
    Assignment.objects.filter(pk=people.owner.post.pk).update(until=day)
    post = AssignmentFactory(employee=people.owner.employee, unit=people.other_division, start=day)
    lines_rebuild()
    Skp.objects.filter(pk=first.pk).update(until=day, lifecycle="closed", close_reason="transfer")
    Skp.objects.create(
        assignment=post,
        period=year,
        owner=people.owner.employee,
        scheme="ja_jf",
        start=day,
        until=date(2027, 1, 1),
    )
    rows = rows_of(people.bkpsdm_admin, year)
    assert rows["Dinas Pertama"] == (3, 2, 1, 0, 0, 0, 0, 0)
    assert rows["Dinas Kedua"] == (2, 0, 0, 0, 0, 0, 0, 0)


def test_the_unit_s_opd_is_that_of_today_but_never_after_the_plan_s_end(people: People, year):
    day = date(2026, 9, 1)
    # The later span is the older row, so that the first found is not the right one by chance.
    OrgUnitSpan.objects.filter(unit=people.division).update(
        start=day, parent=people.other_opd, opd=people.other_opd
    )
    OrgUnitSpan.objects.create(
        unit=people.division,
        name="Bidang Satu",
        kind="unit",
        parent=people.opd,
        opd=people.opd,
        start=date(2020, 1, 1),
        until=day,
    )
    viewer = people.bkpsdm_admin

    def places(now) -> dict[str, int]:
        return {name: numbers[0] for name, numbers in rows_of(viewer, year, now).items() if numbers[0]}

    assert places(JANUARY) == {"Dinas Pertama": 4, "Dinas Kedua": 1}
    assert places(SCORING) == {"Dinas Pertama": 2, "Dinas Kedua": 3}
    Skp.objects.filter(owner=people.owner.employee).update(until=day)
    assert places(SCORING) == {"Dinas Pertama": 3, "Dinas Kedua": 2}
