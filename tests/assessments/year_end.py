"""The end of a year: what was recorded of a person, evidence and late extensions, through the services."""

from datetime import datetime

from assessments.models import NoPerformance, YearResult
from skp.enums import ExtensionScope
from skp.models import Period, Skp
from skp.services.evidence import evidence_add_link
from skp.services.extensions import ExtensionInput, extension_grant, extension_preview
from skp.states import Stage
from tests.assessments.reports import indicators_of
from tests.people import People, Person


def records(person: Person) -> list[tuple[str, bool]]:
    """Kind, and whether it was lifted."""
    rows = NoPerformance.objects.filter(employee=person.employee)
    return [(row.kind, row.lifted_at is not None) for row in rows]


def year(person: Person) -> YearResult:
    """The stored result of the person's year."""
    return YearResult.objects.get(employee=person.employee)


def proven(person: Person, skp: Skp, now: datetime) -> None:
    """One piece of evidence, in the fourth quarter."""
    skp.refresh_from_db()
    evidence_add_link(
        actor=person.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        indicator_id=indicators_of(skp)[0],
        interval=4,
        url="https://example.go.id/laporan",
        name="Laporan",
        now=now,
    )


def extended(
    people: People,
    period: Period,
    person: Person,
    stage: Stage,
    interval: int,
    until: datetime,
    now: datetime,
) -> None:
    actor = people.bkpsdm_admin.viewer(now)
    data = ExtensionInput(
        period_id=period.pk,
        stage=stage,
        interval=interval,
        scope=ExtensionScope.PEOPLE,
        nips=(person.employee.nip,),
        due_at=until,
        reason="Gangguan jaringan",
        decree="800/12/BKPSDM",
    )
    seen = extension_preview(actor=actor, data=data, now=now)
    extension_grant(actor=actor, data=data, fingerprint=seen.fingerprint, now=now)
