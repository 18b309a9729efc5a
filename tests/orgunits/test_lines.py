"""Stored lines: equal to the computed ones after every change, written only where they differ."""

import contextlib
import random
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from orgunits.enums import ActsAs, AssignmentKind, LegalPosition, NoAppraiser
from orgunits.lines import lines_rebuild, lines_recompute_all
from orgunits.models import AppraisalLine, Assignment, OrgUnitSpan, UnitHeadLine
from orgunits.selectors.lines import appraiser_on
from tests.factories import AssignmentFactory, LegalPositionFactory, OverrideFactory
from tests.people import TODAY, People, Person, make_people

CHANGE = date(2026, 4, 1)


def line(person: Person, day: date = TODAY) -> AppraisalLine:
    return appraiser_on([person.post.pk], day)[person.post.pk]


def names(person: Person, day: date = TODAY) -> tuple[str | None, str | None]:
    found = line(person, day)
    return (
        found.appraiser.name if found.appraiser else None,
        found.superior.name if found.superior else None,
    )


def end(post: Assignment, until: date) -> None:
    Assignment.objects.filter(pk=post.pk).update(until=until)


def test_the_cast(people: People) -> None:
    assert names(people.owner) == ("DEWI KABID", "SURYA KADIS")
    assert names(people.section_member) == ("AGUS KASI", "DEWI KABID")
    assert names(people.superior) == ("RATNA SEKDA", "BUPATI UJI")
    assert names(people.acting_member) == ("JOKO PELAKSANA TUGAS", "SURYA KADIS")
    assert line(people.acting_member).acts_as == ActsAs.PLT
    assert names(people.acting_head) == ("SURYA KADIS", "RATNA SEKDA")
    assert line(people.leader).none_reason == NoAppraiser.TOP


def test_only_definitive_posts_have_lines(people: People) -> None:
    definitive = Assignment.objects.filter(kind=AssignmentKind.DEFINITIVE)

    assert set(AppraisalLine.objects.values_list("assignment", flat=True)) == set(
        definitive.values_list("pk", flat=True)
    )


def test_an_unchanged_organisation_writes_nothing(people: People, django_assert_num_queries) -> None:
    before = set(AppraisalLine.objects.values_list("pk", flat=True))

    assert not lines_rebuild()
    assert not lines_recompute_all()
    assert not lines_rebuild(unit_ids={people.opd.pk})
    assert set(AppraisalLine.objects.values_list("pk", flat=True)) == before


def test_a_rebuild_tells_whose_appraiser_changes(people: People) -> None:
    end(people.appraiser.post, CHANGE)
    AssignmentFactory(
        employee=people.stranger.employee,
        unit=people.division,
        kind=AssignmentKind.PLT,
        is_head=True,
        start=CHANGE,
    )

    result = lines_rebuild(unit_ids={people.division.pk})

    told = {
        (change.employee_id, change.start, change.until, change.old_appraiser_id, change.new_appraiser_id)
        for change in result.changes
        if change.changes_appraiser
    }
    kabid, stranger = people.appraiser.employee.pk, people.stranger.employee.pk
    assert told == {
        (people.owner.employee.pk, CHANGE, None, kabid, stranger),
        (people.section_head.employee.pk, CHANGE, None, kabid, stranger),
        # The post ends, and with it the line.
        (kabid, CHANGE, None, people.superior.employee.pk, None),
    }
    superiors = {c.employee_id for c in result.changes if not c.changes_appraiser}
    assert superiors == {people.section_member.employee.pk}
    assert not lines_recompute_all()
    assert names(people.owner, CHANGE) == ("NANDA ASING", "SURYA KADIS")


def test_a_move_is_one_change_of_the_person(people: People) -> None:
    end(people.owner.post, CHANGE)
    AssignmentFactory(employee=people.owner.employee, unit=people.other_division, start=CHANGE)

    result = lines_rebuild(unit_ids={people.division.pk, people.other_division.pk})

    (change,) = result.changes
    assert (change.employee_id, change.start, change.until) == (people.owner.employee.pk, CHANGE, None)
    assert change.old_appraiser_id == people.appraiser.employee.pk
    assert change.new_appraiser_id == people.other_appraiser.employee.pk


def test_a_preview_leaves_no_trace(people: People) -> None:
    with transaction.atomic():
        end(people.appraiser.post, CHANGE)
        assert lines_rebuild(unit_ids={people.division.pk}).changes
        transaction.set_rollback(True)

    assert not lines_recompute_all()
    assert names(people.owner, CHANGE) == ("DEWI KABID", "SURYA KADIS")


def test_leave_of_a_head_reaches_those_below(people: People) -> None:
    LegalPositionFactory(employee=people.superior.employee, position=LegalPosition.UNPAID_LEAVE, start=CHANGE)

    lines_rebuild(employee_ids={people.superior.employee.pk})

    assert not lines_recompute_all()
    assert names(people.appraiser, CHANGE) == ("RATNA SEKDA", "BUPATI UJI")
    assert names(people.owner, CHANGE) == ("DEWI KABID", "RATNA SEKDA")


def test_an_override_follows_the_appraiser_to_another_unit(people: People) -> None:
    OverrideFactory(employee=people.owner.employee, appraiser=people.other_appraiser.employee)
    lines_rebuild(employee_ids={people.owner.employee.pk})
    assert names(people.owner) == ("FITRI KABID", "EKO KADIS")
    assert line(people.owner).acts_as == ActsAs.OVERRIDE
    assert not lines_recompute_all()

    end(people.other_appraiser.post, CHANGE)
    AssignmentFactory(employee=people.other_appraiser.employee, unit=people.section, start=CHANGE)
    lines_rebuild(unit_ids={people.other_division.pk, people.section.pk})

    assert not lines_recompute_all()
    assert names(people.owner, CHANGE) == ("FITRI KABID", "AGUS KASI")


def test_a_unit_appraised_by_another(people: People) -> None:
    span = OrgUnitSpan.objects.get(unit=people.other_opd)
    span.appraised_by = people.opd
    span.save()
    lines_rebuild(unit_ids={people.other_opd.pk})
    assert names(people.other_superior) == ("SURYA KADIS", "RATNA SEKDA")
    assert not lines_recompute_all()

    # What happens in the appraising unit now reaches the appraised one.
    end(people.superior.post, CHANGE)
    lines_rebuild(unit_ids={people.opd.pk})
    assert names(people.other_superior, CHANGE) == ("RATNA SEKDA", "BUPATI UJI")
    assert not lines_recompute_all()


def test_every_first_of_a_month_in_2026_one_line_for_each_post(people: People) -> None:
    end(people.appraiser.post, CHANGE)
    lines_rebuild(unit_ids={people.division.pk})
    posts = Assignment.objects.filter(kind=AssignmentKind.DEFINITIVE)

    for month in range(1, 13):
        day = date(2026, month, 1)
        in_force = {p.pk for p in posts if p.start <= day and (p.until is None or day < p.until)}
        lines = appraiser_on(in_force, day)
        assert set(lines) == in_force
        assert all(one.appraiser_id or one.none_reason for one in lines.values())
        assert all(one.appraiser_id != one.employee_id for one in lines.values())


def test_a_post_that_ended_before_lines_are_kept_loses_them(people: People) -> None:
    end(people.owner.post, date(2024, 7, 1))

    lines_rebuild(unit_ids={people.division.pk})

    assert not AppraisalLine.objects.filter(assignment=people.owner.post).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda one, people: {"appraiser": one.employee},
        lambda one, people: {"superior": one.employee},
        lambda one, people: {"superior": one.appraiser},
        lambda one, people: {"appraiser": None},
        lambda one, people: {"none_reason": NoAppraiser.TOP},
        lambda one, people: {"until": one.start},
    ],
)
def test_the_database_refuses_nonsense(people: People, wrong) -> None:
    one = line(people.owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalLine.objects.filter(pk=one.pk).update(**wrong(one, people))


def test_who_answers_for_a_unit_is_stored_too(people: People) -> None:
    heads = UnitHeadLine.objects.get(unit=people.vacant_division)

    assert heads.first == people.acting_head.employee
    assert heads.second == people.superior.employee


def random_change(people: People, chance: random.Random) -> tuple[set[int], set[int]]:
    """Something that happens in an organisation: the units and the people it touches."""
    day = date(2026, chance.randint(1, 12), chance.choice((1, 15)))
    units = [people.opd, people.division, people.section, people.vacant_division, people.other_division]
    unit = chance.choice(units)
    posts = list(Assignment.objects.filter(start__lt=day, until=None).order_by("pk"))
    post = chance.choice(posts)
    what = chance.choice(("end", "move", "act", "leave", "override", "hang", "appraised by"))
    if what in ("end", "move"):
        end(post, day)
        if what == "move" and post.kind == AssignmentKind.DEFINITIVE:
            AssignmentFactory(employee=post.employee, unit=unit, start=day)
        return {post.unit_id, unit.pk}, set()
    if what == "act":
        kind = chance.choice((AssignmentKind.PLT, AssignmentKind.PLH))
        AssignmentFactory(employee=post.employee, unit=unit, kind=kind, is_head=True, start=day)
        return {unit.pk}, set()
    if what == "leave":
        LegalPositionFactory(employee=post.employee, position=LegalPosition.STUDY, start=day)
        return set(), {post.employee_id}
    if what == "override":
        OverrideFactory(employee=post.employee, appraiser=chance.choice(posts).employee, start=day)
        return set(), {post.employee_id}
    span = OrgUnitSpan.objects.get(unit=unit, until=None)
    OrgUnitSpan.objects.filter(pk=span.pk).update(until=day)
    span.pk, span.start = None, day
    setattr(span, "parent" if what == "hang" else "appraised_by", chance.choice(units))
    span.save(force_insert=True)
    return {unit.pk}, set()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_change_stored_equals_computed(people: People, seed: int) -> None:
    """Only what a change can reach is rebuilt, and that is enough."""
    chance = random.Random(seed)
    made = 0
    while made < 15:
        try:
            with transaction.atomic():
                unit_ids, employee_ids = random_change(people, chance)
        except IntegrityError:
            continue
        made += 1
        lines_rebuild(unit_ids=unit_ids, employee_ids=employee_ids)
        assert not lines_recompute_all().changes
        assert not lines_recompute_all()


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_leave_no_stale_line() -> None:
    """A new acting head and a newcomer to the same unit, both written before either rebuilds."""
    people = make_people()
    meeting = threading.Barrier(2)
    failures: list[BaseException] = []

    def change(make: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                make()
                # SQLite lets the second writer begin only after the first has committed.
                with contextlib.suppress(threading.BrokenBarrierError):
                    meeting.wait(timeout=1)
                lines_rebuild(unit_ids={people.division.pk, people.other_division.pk})
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    def acting() -> None:
        AssignmentFactory(
            employee=people.section_head.employee,
            unit=people.division,
            kind=AssignmentKind.PLT,
            is_head=True,
            start=CHANGE,
        )

    def move() -> None:
        end(people.stranger.post, CHANGE)
        AssignmentFactory(employee=people.stranger.employee, unit=people.division, start=CHANGE)

    threads = [threading.Thread(target=change, args=(make,)) for make in (acting, move)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)

    assert failures == []
    newcomer = AppraisalLine.objects.get(employee=people.stranger.employee, start=CHANGE)
    assert newcomer.appraiser == people.section_head.employee
    assert not lines_recompute_all()
