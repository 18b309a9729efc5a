"""Sending reminders: one digest per person and day, each reminder once, by any number of timers."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from accounts.services.notifications import notifications_add_each
from accounts.services.outbox import Letter, outbox_put_many
from compliance.models import Reminder, ReminderDigest
from compliance.reminding import Occasion, digest_line, digest_mail, is_quiet
from compliance.selectors.reminders import occasions_at, unsent
from config.lib.dates import office_date
from orgunits.models import Employee
from skp.models import Period
from skp.selectors.duty_queries import People
from skp.services.duties import people_batches, people_lock


def reminders_send(*, now: datetime) -> int:
    """Send every digest that stands at ``now`` and was not sent; how many.

    In quiet hours none: it goes out at their end. A digest is a line in the application and, where the
    person's e-mail is known, a message. Who has neither account nor e-mail gets none. What is sent is
    written in the transaction that asks for it, with the people locked, so that several runs at once send
    everything once.
    """
    today = office_date(now)
    standing: dict[int, list[Occasion]] = defaultdict(list)
    for period in Period.objects.filter(year__gte=today.year - 1).order_by("year"):
        if not is_quiet(now, period.settings):
            for person, own in occasions_at(period, now).items():
                standing[person] += own
    count = 0
    for people in people_batches(unsent(standing, today)):
        with transaction.atomic():
            people_lock(people)
            left = unsent({person: standing[person] for person in people.ids}, today)
            count += _send(people, left, now)
    return count


def reminders_send_quarterly(*, now: datetime) -> int:
    """``reminders_send``, once in each quarter of an hour: looking at everybody costs seconds.

    A run that is stopped half-way is done again by the next one.
    """
    quarter = f"reminders-sent-{now.astimezone(UTC):%Y-%m-%d-%H}-{now.minute // 15}"
    if cache.get(quarter) is not None:
        return 0
    count = reminders_send(now=now)
    cache.set(quarter, True, timeout=3600)
    return count


def _send(people: People, occasions: Mapping[int, list[Occasion]], now: datetime) -> int:
    """Write the digests of these people, who are locked."""
    reached = [
        person
        for person in Employee.objects.filter(people.of("pk"), pk__in=occasions)
        if person.user_id is not None or person.email
    ]
    today = office_date(now)
    digests = ReminderDigest.objects.bulk_create(
        ReminderDigest(employee=person, for_day=today, sent_at=now, by_email=bool(person.email))
        for person in reached
    )
    Reminder.objects.bulk_create(
        (
            Reminder(digest=digest, **occasion.key._asdict())
            for digest in digests
            for occasion in occasions[digest.employee_id]
        ),
        batch_size=500,
    )
    notifications_add_each(
        texts={
            person.user_id: digest_line(occasions[person.pk], now)
            for person in reached
            if person.user_id is not None
        },
        now=now,
        link=reverse("start"),
    )
    outbox_put_many(
        letters=[_letter(person, occasions[person.pk], now) for person in reached if person.email], now=now
    )
    return len(reached)


def _letter(person: Employee, occasions: list[Occasion], now: datetime) -> Letter:
    subject, body = digest_mail(person.full_name, occasions, now)
    key = f"reminder:{person.pk}:{office_date(now)}"
    return Letter(key=key, to=person.email, subject=subject, body=body)
