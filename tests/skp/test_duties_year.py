"""A random year: after every step what is stored is what is computed anew."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from config.lib.dates import office_date
from config.lib.errors import DomainError
from orgunits.enums import LegalPosition, PositionKind
from orgunits.services.assignments import Post
from orgunits.services.transfers import employee_transfer
from orgunits.services.units import unit_set_standalone
from skp.enums import ExemptionKind, ExtensionScope
from skp.models import Exemption, Extension, Period, PlannedIndicator, Progress, Skp
from skp.services.duties import duties_recompute_all, duties_refresh
from skp.services.exemptions import ExemptionInput, exemption_grant, exemption_revoke
from skp.services.extensions import (
    ExtensionInput,
    extension_grant,
    extension_preview,
    extension_revoke,
    extension_revoke_preview,
)
from skp.services.moves import skp_agree, skp_submit, skp_withdraw
from skp.states import Stage
from skp.tasks import organisation_changed
from tests.factories import LegalPositionFactory
from tests.people import People, Person
from tests.skp.drafts import agreed, drafted, period_2026
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
STEPS = 80
NAMES = ("sekda", "superior", "appraiser", "owner", "section_head", "section_member", "stranger")
APPRAISERS = {"superior": "sekda", "appraiser": "superior", "owner": "appraiser", "section_head": "appraiser"}


@dataclass
class Year:
    """The dice, the clock that only goes on, and who is there."""

    people: People
    period: Period
    dice: random.Random
    now: datetime = moment("2026-01-02 09:00")
    done: set[str] = field(default_factory=set)

    def person(self) -> tuple[str, Person]:
        name = self.dice.choice(NAMES)
        return name, getattr(self.people, name)

    @property
    def bkpsdm(self):
        return self.people.bkpsdm_admin.viewer(self.now)


def plan_of(person: Person) -> Skp | None:
    return Skp.objects.filter(owner=person.employee).order_by("-start").first()


def write(year: Year) -> None:
    _, person = year.person()
    if plan_of(person) is None:
        drafted(person, year.period, now=year.now)


def send(year: Year) -> None:
    _, person = year.person()
    plan = plan_of(person)
    if plan is not None:
        skp_submit(actor=person.viewer(year.now), skp_id=plan.pk, version=plan.version, now=year.now)


def take_back(year: Year) -> None:
    _, person = year.person()
    plan = plan_of(person)
    if plan is not None:
        skp_withdraw(actor=person.viewer(year.now), skp_id=plan.pk, version=plan.version, now=year.now)


def agree(year: Year) -> None:
    name, person = year.person()
    plan, above = plan_of(person), APPRAISERS.get(name)
    if plan is not None and plan.open_revision is not None and above is not None:
        skp_agree(
            actor=getattr(year.people, above).viewer(year.now),
            skp_id=plan.pk,
            version=plan.version,
            content_hash=plan.open_revision.content_hash,
            methods_confirmed=True,
            now=year.now,
        )


def report_progress(year: Year) -> None:
    """As the page of progress will: rows of one interval, then the refresh."""
    plans = Skp.objects.filter(in_force__isnull=False).select_related("owner__user").order_by("pk")
    plan, interval = year.dice.choice(list(plans)), year.dice.randint(1, 2)
    for planned in PlannedIndicator.objects.filter(planned_result__revision=plan.in_force):
        if year.dice.random() < 0.7:
            Progress.objects.update_or_create(
                indicator_id=planned.indicator_id,
                interval=interval,
                defaults={"note": "Sesuai", "entered_at": year.now, "entered_by": plan.owner.user},
            )
    duties_refresh(period_id=year.period.pk, employee_ids=[plan.owner_id], now=year.now)
    year.done.add("progress")


def move_away(year: Year) -> None:
    _, person = year.person()
    person.employee.refresh_from_db()
    target = year.dice.choice([year.people.other_division, year.people.section, year.people.division])
    tmt = office_date(year.now) + timedelta(days=year.dice.randint(-20, 20))
    employee_transfer(
        actor=year.bkpsdm,
        now=year.now,
        employee_id=person.employee.pk,
        version=person.employee.version,
        post=Post(target.pk, "Analis Data", PositionKind.FUNCTIONAL),
        tmt=tmt,
        decree="800/3",
    )
    organisation_changed.func([person.employee.pk])
    year.done.add("transfer")


def mark_standalone(year: Year) -> None:
    unit = year.people.division
    unit.refresh_from_db()
    unit_set_standalone(
        actor=year.bkpsdm,
        now=year.now,
        unit_id=unit.pk,
        version=unit.version,
        standalone=not unit.is_standalone,
    )
    organisation_changed.func(None)


def go_on_leave(year: Year) -> None:
    _, person = year.person()
    if not person.employee.legal_positions.exists():
        LegalPositionFactory(
            employee=person.employee, position=LegalPosition.UNPAID_LEAVE, start=office_date(year.now)
        )
        organisation_changed.func([person.employee.pk])


def exempt(year: Year) -> None:
    _, person = year.person()
    start = office_date(year.now) - timedelta(days=year.dice.randint(0, 60))
    until = start + timedelta(days=year.dice.randint(91, 200))
    data = ExemptionInput(person.employee.pk, ExemptionKind.SICKNESS, start, until, "445/1")
    exemption_grant(actor=year.bkpsdm, data=data, now=year.now)
    year.done.add("exemption")


def end_exemption(year: Year) -> None:
    row = Exemption.objects.filter(revoked_at=None).first()
    if row is not None:
        exemption_revoke(actor=year.bkpsdm, exemption_id=row.pk, reason="Selesai", now=year.now)


def extend(year: Year) -> None:
    scope = year.dice.choice(list(ExtensionScope))
    stage, interval = year.dice.choice([(Stage.PLANNING, 0), (Stage.MONITORING, 2), (Stage.SELF_REPORT, 0)])
    _, person = year.person()
    units = {ExtensionScope.OPD: year.people.opd.pk, ExtensionScope.UNIT: year.people.division.pk}
    data = ExtensionInput(
        period_id=year.period.pk,
        stage=stage,
        interval=interval,
        scope=scope,
        due_at=year.now + timedelta(days=year.dice.randint(1, 400)),
        reason="Gangguan",
        decree="800/1",
        unit_id=units.get(scope),
        nips=(person.employee.nip,) if scope == ExtensionScope.PEOPLE else (),
    )
    seen = extension_preview(actor=year.bkpsdm, data=data, now=year.now)
    extension_grant(actor=year.bkpsdm, data=data, fingerprint=seen.fingerprint, now=year.now)
    year.done.add("extension")


def end_extension(year: Year) -> None:
    row = Extension.objects.filter(revoked_at=None).first()
    if row is not None:
        seen = extension_revoke_preview(actor=year.bkpsdm, extension_id=row.pk, now=year.now)
        extension_revoke(
            actor=year.bkpsdm,
            extension_id=row.pk,
            reason="Selesai",
            fingerprint=seen.fingerprint,
            now=year.now,
        )


EVENTS: tuple[Callable[[Year], None], ...] = (
    write, write, write, send, send, send, take_back, agree, agree, agree, report_progress, report_progress,
    move_away, mark_standalone, go_on_leave, exempt, end_exemption, extend, extend, end_extension,
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_every_step_stored_is_computed(people: People, seed):
    year = Year(people, period_2026(), random.Random(seed))
    # One plan in force from the start, so that progress has something to stand on.
    agreed(people.superior, people.sekda, year.period, now=year.now)
    for _ in range(STEPS):
        event = year.dice.choice(EVENTS)
        try:
            with transaction.atomic():
                event(year)
        except DomainError:
            # Out of time, stale or incomplete: refused, and nothing written.
            year.done.add("refusal")
        found = duties_recompute_all(period_id=year.period.pk)
        assert not found, f"after {event.__name__} at {year.now}: {found.changes}"
        year.now += timedelta(hours=year.dice.randint(1, 40))
    assert {"extension", "exemption", "transfer", "progress", "refusal"} <= year.done
