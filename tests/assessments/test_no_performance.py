"""No performance: who, from when, told once, lifted again; the year's result follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from accounts.models import Notification
from assessments.enums import FourPredicate
from assessments.services.no_performance import no_performance_update
from skp.enums import ExemptionKind
from skp.models import Period, Skp
from skp.services.duties import duties_refresh
from skp.services.exemptions import ExemptionInput, exemption_grant, exemption_revoke
from skp.services.moves import skp_submit, skp_withdraw
from skp.states import Lifecycle, Stage
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.assessments.year_end import extended, proven, records, year
from tests.people import People, Person
from tests.skp.drafts import DECEMBER, SCORING, drafted, period_2026, submitted

pytestmark = pytest.mark.django_db
FEBRUARY = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
# The monitoring of the fourth quarter closes last, on 14 January.
LAST = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(person: Person) -> list[str]:
    rows = Notification.objects.filter(user=person.user, text__contains="tanpa kinerja")
    bad = Notification.objects.filter(user=person.user, text__contains="Sangat Buruk")
    return [row.text for row in (rows | bad).order_by("pk")]


def test_who_never_sent_is_recorded_at_the_deadline_and_not_a_minute_before(people: People):
    period_2026()
    drafted(people.superior, Period.objects.get())
    assert no_performance_update(now=FEBRUARY - MINUTE) == 3
    # Sekda and the heads of OPD, whose window closes on 14 January; a draft was never sent.
    assert records(people.superior) == [("never_sent", False)]
    assert records(people.owner) == []
    no_performance_update(now=FEBRUARY)
    assert records(people.owner) == [("never_sent", False)]
    row = year(people.owner)
    assert (row.four, row.no_performance) == (FourPredicate.VERY_BAD, "never_sent")
    assert (row.final, row.category, row.national) == (None, "", "")
    assert not row.counts
    assert records(people.leader) == []


def test_a_second_run_changes_and_tells_nothing(people: People):
    period_2026()
    assert no_performance_update(now=FEBRUARY) > 0
    assert no_performance_update(now=FEBRUARY + MINUTE) == 0
    [text] = told(people.owner)
    assert "tidak pernah dikirim" in text


def test_submitted_but_not_agreed_is_not_the_owner_s_fault(people: People):
    period = period_2026()
    waiting = submitted(people.superior, period)
    withdrawn = submitted(people.sekda, period)
    skp_withdraw(
        actor=people.sekda.viewer(DECEMBER), skp_id=withdrawn.pk, version=withdrawn.version, now=DECEMBER
    )
    assert waiting.open_revision.state == "submitted"
    no_performance_update(now=LAST)
    assert records(people.superior) == records(people.sekda) == []
    assert records(people.owner) == [("never_sent", False)]


def test_what_was_done_with_a_cancelled_plan_does_not_count(people: People):
    period = period_2026()
    cancelled = submitted(people.superior, period)
    Skp.objects.filter(pk=cancelled.pk).update(lifecycle=Lifecycle.CANCELLED)
    duties_refresh(period_id=period.pk, employee_ids=None, now=FEBRUARY)
    no_performance_update(now=LAST)
    assert records(people.superior) == [("never_sent", False)]


def test_a_late_extension_lifts_it_and_the_sending_keeps_it_lifted(people: People):
    period = period_2026()
    no_performance_update(now=FEBRUARY)
    until = FEBRUARY + timedelta(days=30)
    extended(people, period, people.superior, Stage.PLANNING, 0, until, FEBRUARY)
    assert no_performance_update(now=FEBRUARY + MINUTE) == 1
    assert records(people.superior) == [("never_sent", True)]
    assert year(people.superior).four == ""
    assert "dicabut" in told(people.superior)[-1]
    plan = drafted(people.superior, period, now=FEBRUARY + MINUTE)
    skp_submit(
        actor=people.superior.viewer(FEBRUARY + MINUTE),
        skp_id=plan.pk,
        version=plan.version,
        now=FEBRUARY + MINUTE,
    )
    assert no_performance_update(now=until) == 0


def test_an_extension_that_was_not_used_records_it_again(people: People):
    period = period_2026()
    no_performance_update(now=FEBRUARY)
    until = FEBRUARY + timedelta(days=30)
    extended(people, period, people.superior, Stage.PLANNING, 0, until, FEBRUARY)
    no_performance_update(now=FEBRUARY)
    no_performance_update(now=until)
    assert records(people.superior) == [("never_sent", True), ("never_sent", False)]


def test_an_exemption_lifts_it_until_it_is_revoked(people: People):
    period_2026()
    no_performance_update(now=FEBRUARY)
    actor = people.bkpsdm_admin.viewer(FEBRUARY)
    data = ExemptionInput(
        employee_id=people.owner.employee.pk,
        kind=ExemptionKind.STUDY,
        start=date(2025, 9, 1),
        until=date(2027, 9, 1),
        document="800/77",
    )
    exemption = exemption_grant(actor=actor, data=data, now=FEBRUARY)
    no_performance_update(now=FEBRUARY)
    assert records(people.owner) == [("never_sent", True)]
    assert (year(people.owner).four, year(people.owner).obliged) == ("", False)
    exemption_revoke(actor=actor, exemption_id=exemption.pk, reason="Keliru", now=FEBRUARY)
    no_performance_update(now=FEBRUARY)
    assert records(people.owner) == [("never_sent", True), ("never_sent", False)]


def test_without_evidence_the_score_stays_and_the_word_does_not(people: People):
    assessment = reported(people)
    version = scored(people, assessment)
    delivered(people, assessment)
    assert year(people.owner).four == FourPredicate.GOOD
    no_performance_update(now=LAST - MINUTE)
    assert records(people.owner) == []
    no_performance_update(now=LAST)
    assert records(people.owner) == [("no_evidence", False)]
    row = year(people.owner)
    assert (row.final, row.national) == (version.final, version.national)
    assert (row.four, row.counts) == (FourPredicate.VERY_BAD, False)
    [text] = told(people.owner)
    assert "tidak ada bukti dukung" in text


def test_one_piece_of_evidence_is_enough_also_after_a_late_extension(people: People):
    skp = in_force(people)
    proven(people.owner, skp, DECEMBER)
    no_performance_update(now=LAST)
    assert records(people.owner) == []
    appraiser = Skp.objects.get(owner=people.appraiser.employee)
    assert records(people.appraiser) == [("no_evidence", False)]
    until = LAST + timedelta(days=10)
    extended(people, skp.period, people.appraiser, Stage.MONITORING, 4, until, LAST)
    no_performance_update(now=LAST)
    assert records(people.appraiser) == [("no_evidence", True)]
    proven(people.appraiser, appraiser, LAST)
    assert no_performance_update(now=until) == 0


def test_evidence_of_a_cancelled_plan_is_none(people: People):
    skp = in_force(people)
    proven(people.owner, skp, DECEMBER)
    other = Skp.objects.exclude(owner=people.owner.employee).first()
    no_performance_update(now=LAST)
    assert records(people.owner) == []
    assert other is not None
    # The same evidence, but of a plan that was cancelled beside the one in force.
    Skp.objects.filter(pk=skp.pk).update(lifecycle=Lifecycle.CANCELLED, in_force=None)
    Skp.objects.filter(pk=other.pk).update(owner=people.owner.employee)
    no_performance_update(now=LAST)
    assert records(people.owner) == [("no_evidence", False)]


def test_an_earlier_year_is_closed(people: People):
    period_2026()
    assert no_performance_update(now=datetime(2028, 1, 2, tzinfo=UTC)) == 0


def test_the_timer_does_it_in_the_right_order(people: People, capsys):
    in_force(people)
    call_command("tick", "--now", LAST.isoformat())
    assert year(people.owner).no_performance == "no_evidence"
    assert year(people.stranger).no_performance == "never_sent"
    assert year(people.stranger).computed_at == LAST
    assert "Catatan tanpa kinerja berubah: 15." in capsys.readouterr().out
    call_command("tick", "--now", (LAST + MINUTE).isoformat())
    out = capsys.readouterr().out
    assert "Catatan tanpa kinerja berubah: 0." in out
    assert "Hasil tahunan berubah: 0." in out


def test_scoring_after_the_record_changes_the_final_and_not_the_word(people: People):
    assessment = reported(people)
    no_performance_update(now=LAST)
    assert year(people.owner).final is None
    scored(people, assessment)
    delivered(people, assessment, now=SCORING)
    row = year(people.owner)
    assert row.final is not None
    assert (row.four, row.no_performance) == (FourPredicate.VERY_BAD, "no_evidence")
