"""Reminders as they are sent: to whom, once, in the application and by e-mail."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from accounts.models import Notification, OutboxMessage
from accounts.services.outbox import Letter, outbox_put_many
from compliance.models import Reminder, ReminderDigest
from compliance.selectors.reminders import occasions_at
from compliance.services.reminders import reminders_send, reminders_send_quarterly
from orgunits.models import Employee
from orgunits.selectors.lines import acting_appraisers, acting_line_for
from skp.models import Duty
from skp.settings import PlanSettings
from tests.assessments.reports import delivered, reported, scored
from tests.people import People, Person
from tests.skp.drafts import period_2026, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
# Seven days before 31 January, the last day of planning.
SEVEN = moment("2026-01-24 08:00")
DAY = timedelta(days=1)


@pytest.fixture
def period(people):
    return period_2026()


def lines(person: Person) -> list[str]:
    rows = Notification.objects.filter(user=person.user, text__startswith="Pengingat").order_by("pk")
    return list(rows.values_list("text", flat=True))


def sent_days(person: Person, kind: str = "own") -> list[int]:
    rows = Reminder.objects.filter(employee=person.employee, kind=kind, stage="planning").order_by("pk")
    return list(rows.values_list("days_before", flat=True))


def mailed(person: Person) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(to=person.employee.email).order_by("pk"))


def with_email(person: Person) -> None:
    Employee.objects.filter(pk=person.employee.pk).update(email="pegawai@example.go.id")
    person.employee.email = "pegawai@example.go.id"


def test_who_has_not_sent_is_reminded_and_the_superior_gets_the_list(people: People, period):
    submitted(people.appraiser, period)
    reminders_send(now=SEVEN)
    [line] = lines(people.owner)
    assert "Perencanaan SKP 2026 sampai 31 Januari 2026 pukul 23.59 WIB (7 hari lagi)." in line
    # The appraiser has sent a plan and is told of the owner and the head of the section alone.
    [line] = lines(people.appraiser)
    assert line.count("Perencanaan SKP 2026") == 1
    assert "2 pegawai Anda belum memenuhinya" in line
    assert people.owner.employee.full_name in line
    assert sent_days(people.appraiser) == []
    assert sent_days(people.appraiser, "team") == [7]
    assert Notification.objects.filter(user=people.owner.user).latest("pk").link == "/"


def test_each_day_has_its_reminder_once(people: People, period):
    for hour in range(24 * 9):
        reminders_send(now=SEVEN - DAY + timedelta(hours=hour))
    assert sent_days(people.owner) == [7, 3, 1, 0]
    days = list(
        ReminderDigest.objects.filter(employee=people.owner.employee).values_list("for_day", flat=True)
    )
    assert days == [date(2026, 1, 24), date(2026, 1, 28), date(2026, 1, 30), date(2026, 1, 31)]
    assert len(lines(people.owner)) == 4


def test_nothing_is_sent_in_quiet_hours_and_all_of_it_afterwards(people: People, period):
    assert reminders_send(now=moment("2026-01-24 05:59")) == 0
    assert reminders_send(now=moment("2026-01-24 06:00")) > 0
    assert reminders_send(now=moment("2026-01-28 20:00")) == 0
    assert sent_days(people.owner) == [7]


def test_a_day_without_a_timer_loses_no_reminder(people: People, period):
    reminders_send(now=SEVEN + 2 * DAY)
    assert sent_days(people.owner) == [7]


def test_who_has_done_it_or_is_exempt_hears_nothing(people: People, period):
    submitted(people.owner, period)
    Duty.objects.filter(employee=people.stranger.employee).update(obliged=False, exempt_reason="CLTN")
    reminders_send(now=SEVEN)
    assert lines(people.owner) == lines(people.stranger) == []


def test_the_mail_goes_once_to_who_has_an_address(people: People, period, mailoutbox):
    with_email(people.owner)
    for _ in range(3):
        call_command("tick", "--now", SEVEN.isoformat())
    [message] = mailed(people.owner)
    assert message.subject == "Pengingat SKP: tenggat 7 hari lagi"
    assert message.key == f"reminder:{people.owner.employee.pk}:2026-01-24"
    assert [mail.to for mail in mailoutbox] == [["pegawai@example.go.id"]]
    assert ReminderDigest.objects.get(employee=people.owner.employee).by_email


def test_the_timer_looks_once_in_a_quarter_of_an_hour(people: People, period):
    assert reminders_send_quarterly(now=SEVEN) > 0
    ReminderDigest.objects.all().delete()
    assert reminders_send_quarterly(now=SEVEN + timedelta(minutes=14)) == 0
    assert reminders_send_quarterly(now=SEVEN + timedelta(minutes=15)) > 0


def test_who_has_neither_account_nor_address_gets_none_until_there_is_one(people: People, period):
    owner = people.owner.employee
    user = owner.user
    Employee.objects.filter(pk=owner.pk).update(user=None)
    reminders_send(now=SEVEN)
    assert not ReminderDigest.objects.filter(employee=owner).exists()
    Employee.objects.filter(pk=owner.pk).update(user=user)
    reminders_send(now=SEVEN)
    assert len(lines(people.owner)) == 1


def test_a_deadline_that_moves_is_reminded_of_anew(people: People, period):
    reminders_send(now=SEVEN)
    Duty.objects.filter(employee=people.owner.employee, stage="planning").update(
        due_at=moment("2026-02-05 00:00")
    )
    # Eight days before the new last day: the next one is due on 28 January.
    reminders_send(now=moment("2026-01-27 08:00"))
    assert len(lines(people.owner)) == 1
    reminders_send(now=moment("2026-01-28 08:00"))
    assert "4 Februari 2026" in lines(people.owner)[-1]
    assert sent_days(people.owner) == [7, 7]


def test_the_appraiser_is_reminded_of_reports_until_they_are_delivered(people: People):
    assessment = reported(people)
    # The assessment closes on 31 January 2027; the owner has nothing left to do there.
    now = moment("2027-01-24 08:00")
    reminders_send(now=now)
    [line] = [text for text in lines(people.appraiser) if "Penilaian dan penyampaian" in text]
    assert f"1 laporan menunggu Anda ({people.owner.employee.full_name})." in line
    assert not any("Penilaian" in text for text in lines(people.owner))
    scored(people, assessment)
    reminders_send(now=now + 4 * DAY)
    kinds = Reminder.objects.filter(employee=people.appraiser.employee, kind="scoring").order_by("pk")
    assert list(kinds.values_list("days_before", flat=True)) == [7, 3]
    delivered(people, assessment, now=now + 5 * DAY)
    reminders_send(now=now + 6 * DAY)
    assert kinds.count() == 2


def test_two_stages_make_one_digest(people: People, period):
    now = moment("2027-01-07 08:00")
    text = PlanSettings(reminder_first_days=60).to_text()
    type(period).objects.filter(pk=period.pk).update(settings_text=text)
    reminders_send(now=now)
    sent = Reminder.objects.filter(employee=people.owner.employee, kind="own")
    # The fourth quarter closes on 14 January, the self-report on 10 January.
    assert sorted(sent.values_list("stage", "interval")) == [("monitoring", 4), ("self_report", 0)]
    assert ReminderDigest.objects.filter(employee=people.owner.employee).count() == 1
    assert len(lines(people.owner)) == 1


def test_who_stands_above_is_the_same_for_one_and_for_many(people: People, period):
    plan = submitted(people.owner, period)
    today = SEVEN.date()
    posts = [people.owner.post, people.appraiser.post, people.superior.post, people.stranger.post]
    last_days = {post.pk: date(2026, 12, 31) for post in posts}
    for day in (today, date(2027, 1, 20)):
        many = acting_appraisers(last_days, day)
        for post in posts:
            line = acting_line_for(post.pk, last_day=last_days[post.pk], today=day)
            assert many.get(post.pk) == (line.appraiser_id if line else None)
    assert many[plan.assignment_id] == people.appraiser.employee.pk


def test_a_head_who_left_is_replaced_by_today_s(people: People, period):
    people.appraiser.post.until = date(2027, 1, 5)
    people.appraiser.post.save()
    last_days = {people.owner.post.pk: date(2026, 12, 31)}
    day = date(2027, 1, 20)
    line = acting_line_for(people.owner.post.pk, last_day=date(2026, 12, 31), today=day)
    assert line is not None
    assert acting_appraisers(last_days, day).get(people.owner.post.pk) == line.appraiser_id
    assert line.appraiser_id != people.appraiser.employee.pk


def test_a_handful_of_queries_finds_everybody(people: People, period, django_assert_num_queries):
    submitted(people.owner, period)
    with django_assert_num_queries(4):
        found = occasions_at(period, SEVEN)
    open_duties = Duty.objects.filter(stage="planning", fulfilled_at=None, due_at__gt=SEVEN)
    own = {person for person, told in found.items() if any(one.key.kind == "own" for one in told)}
    assert own == set(open_duties.values_list("employee_id", flat=True))
    assert len(own) > 5


def test_a_letter_asked_for_twice_is_one(people: People):
    letter = Letter(key="a", to="x@example.go.id", subject="Satu\nBcc: y@example.go.id", body="Isi")
    outbox_put_many(letters=[letter, letter], now=SEVEN)
    outbox_put_many(letters=[letter], now=SEVEN)
    assert OutboxMessage.objects.get().subject == "Satu Bcc: y@example.go.id"
