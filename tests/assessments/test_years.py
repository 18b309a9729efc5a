"""Stored year results: equal to what was delivered, written only where they differ."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.enums import FourPredicate
from assessments.models import NoPerformance, YearResult
from assessments.services.years import year_results_compare, year_results_refresh
from assessments.states import NoPerformanceKind
from skp.models import Duty
from tests.assessments.reports import delivered, reported, scored
from tests.people import People
from tests.skp.drafts import SCORING, period_2026

pytestmark = pytest.mark.django_db
CAST = 15


def refresh(employee_ids=None, now=SCORING):
    from_all = employee_ids if employee_ids is None else [one.pk for one in employee_ids]
    period = Duty.objects.values_list("period", flat=True)[0]
    return year_results_refresh(period_id=period, employee_ids=from_all, now=now)


def test_everybody_with_a_duty_has_a_row_and_a_second_run_writes_nothing(people: People):
    period = period_2026()
    assert len(refresh().created) == CAST
    assert not refresh()
    row = YearResult.objects.get(employee=people.owner.employee)
    assert (row.opd_id, row.unit_id, row.obliged) == (people.opd.pk, people.division.pk, True)
    assert (row.scored, row.counts, row.final, row.national, row.four) == (False, False, None, "", "")
    assert not YearResult.objects.filter(employee=people.leader.employee).exists()
    assert not year_results_compare(period_id=period.pk)


def test_a_delivery_writes_the_owner_s_year_in_its_transaction(people: People):
    assessment = reported(people)
    version = scored(people, assessment)
    assert not YearResult.objects.exists()
    delivered(people, assessment)
    row = YearResult.objects.get()
    assert row.employee_id == people.owner.employee.pk
    assert (row.final, row.category, row.national) == (version.final, version.category, version.national)
    assert row.four == version.four
    assert row.counts
    assert row.computed_at == SCORING


def test_a_score_that_was_not_delivered_is_not_read(people: People):
    scored(people, reported(people))
    refresh()
    row = YearResult.objects.get(employee=people.owner.employee)
    assert (row.scored, row.final, row.four) == (False, None, "")


def test_a_wrong_row_a_missing_one_and_one_too_many_are_put_right(people: People):
    period = period_2026()
    refresh()
    before = set(YearResult.objects.values_list("employee", "opd", "obliged", "four"))
    wrong = YearResult.objects.get(employee=people.owner.employee)
    YearResult.objects.filter(pk=wrong.pk).update(four=FourPredicate.GOOD, opd=people.other_opd)
    YearResult.objects.get(employee=people.stranger.employee).delete()
    YearResult.objects.create(
        period=period, employee=people.leader.employee, obliged=True, computed_at=SCORING
    )
    found = year_results_compare(period_id=period.pk)
    assert (len(found.changed), len(found.created), len(found.deleted)) == (1, 1, 1)
    assert refresh() == found
    assert set(YearResult.objects.values_list("employee", "opd", "obliged", "four")) == before
    assert YearResult.objects.get(employee=people.owner.employee).pk == wrong.pk


def test_only_the_named_people_are_written(people: People):
    period_2026()
    assert len(refresh([people.owner.employee]).created) == 1
    assert YearResult.objects.get().employee_id == people.owner.employee.pk
    assert not refresh([])


def test_no_performance_is_read_while_it_is_open(people: People):
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    record = NoPerformance.objects.create(
        period=assessment.skp.period,
        employee=people.owner.employee,
        kind=NoPerformanceKind.NO_EVIDENCE,
        set_at=SCORING,
    )
    refresh()
    row = YearResult.objects.get(employee=people.owner.employee)
    assert (row.four, row.counts, row.scored) == (FourPredicate.VERY_BAD, False, True)
    assert isinstance(row.final, Decimal)
    record.lifted_at = SCORING
    record.save()
    refresh()
    row.refresh_from_db()
    assert (row.four, row.no_performance, row.counts) == (FourPredicate.GOOD, "", True)


def test_the_queries_do_not_grow_with_the_people(people: People):
    period_2026()
    refresh()

    def asked(*some) -> int:
        with CaptureQueriesContext(connection) as caught:
            refresh([one.employee for one in some])
        return len(caught)

    assert asked(people.owner, people.stranger) == asked(
        people.owner, people.stranger, people.appraiser, people.superior, people.sekda
    )
