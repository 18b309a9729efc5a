"""Plans for tests, written through the services as their owners would."""

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal

from orgunits.viewer import Viewer
from skp.enums import Aspect, CascadeMethod, Direction, Perspective, ResultSource
from skp.models import Period, PlannedResult, Skp
from skp.services.addenda import addendum_propose
from skp.services.editing import (
    IndicatorInput,
    ResultInput,
    indicator_save,
    result_remove,
    result_save,
    skp_start,
)
from skp.services.moves import skp_agree, skp_return, skp_submit
from skp.services.periods import period_create
from tests.people import Person

JANUARY = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
SCORING = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)


def period_2026() -> Period:
    """The period of 2026 with its default windows."""
    return period_create(actor=None, year=2026, now=datetime(2025, 12, 20, tzinfo=UTC))


def indicator(
    text: str = "Jumlah laporan yang selesai", target: str = "12", **values: object
) -> IndicatorInput:
    """A quantity indicator with a single target."""
    number = Decimal(target)
    data: dict[str, object] = {
        "aspect": Aspect.QUANTITY,
        "text": text,
        "target_min": number,
        "target_max": number,
        "unit": "laporan",
        "direction": Direction.NORMAL,
    }
    return IndicatorInput(**(data | values))  # type: ignore[arg-type]


def started(person: Person, period: Period, now: datetime = JANUARY) -> Skp:
    """An empty draft."""
    return skp_start(actor=person.viewer(now), assignment_id=person.post.pk, period=period, now=now)


def add_result(skp: Skp, actor: Viewer, text: str, **values: object) -> int:
    """A result with one indicator; the identity's id is what others link to."""
    skp.refresh_from_db()
    data = ResultInput(text=text, **values)  # type: ignore[arg-type]
    planned = result_save(actor=actor, skp_id=skp.pk, version=skp.version, data=data, now=actor.now)
    skp.refresh_from_db()
    indicator_save(
        actor=actor,
        skp_id=skp.pk,
        version=skp.version,
        planned_result_id=planned.pk,
        data=indicator(),
        now=actor.now,
    )
    skp.refresh_from_db()
    return planned.result_id


def drafted(
    person: Person, period: Period, parents: tuple[int, int] | None = None, now: datetime = JANUARY
) -> Skp:
    """A complete draft of two main results; with ``parents`` they serve those results of the superior."""
    actor = person.viewer(now)
    skp = started(person, period, now)
    for number, text in enumerate(("Tersusunnya laporan kinerja", "Terlayaninya permintaan data")):
        link = {"parent_id": parents[number], "cascade_method": CascadeMethod.DIRECT} if parents else {}
        source = {"source": ResultSource.AGREEMENT, "perspective": Perspective.PROCESS}
        leads = source if skp.scheme == "jpt" else {}
        add_result(skp, actor, text, **link, **leads)
    return skp


def submitted(
    person: Person, period: Period, parents: tuple[int, int] | None = None, now: datetime = JANUARY
) -> Skp:
    """A complete plan that waits for its appraiser."""
    skp = drafted(person, period, parents, now)
    skp_submit(actor=person.viewer(now), skp_id=skp.pk, version=skp.version, now=now)
    skp.refresh_from_db()
    return skp


def agreed(
    person: Person,
    by: Person,
    period: Period,
    parents: tuple[int, int] | None = None,
    now: datetime = JANUARY,
) -> Skp:
    """A plan in force."""
    return decided(by, submitted(person, period, parents, now), now)


def returned(skp: Skp, by: Person, now: datetime = JANUARY) -> Skp:
    """The submitted plan given back."""
    skp.refresh_from_db()
    assert skp.open_revision is not None
    skp_return(
        actor=by.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        content_hash=skp.open_revision.content_hash,
        note="Perjelas target setiap indikator.",
        result_notes={},
        now=now,
    )
    skp.refresh_from_db()
    return skp


def proposed(person: Person, skp: Skp, now: datetime = MARCH) -> Skp:
    """The plan in force with an open addendum that still says the same."""
    skp.refresh_from_db()
    addendum_propose(
        actor=person.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        reason="Perubahan target APBD",
        now=now,
    )
    skp.refresh_from_db()
    return skp


def rewritten(person: Person, skp: Skp, result_id: int, now: datetime = MARCH, **values: object) -> Skp:
    """The draft with other ``values`` of that result, the rest of it as it was."""
    skp.refresh_from_db()
    planned = PlannedResult.objects.get(revision=skp.open_revision_id, result=result_id)
    same = {field.name: getattr(planned, field.name) for field in fields(ResultInput)}
    result_save(
        actor=person.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        planned_id=planned.pk,
        data=ResultInput(**(same | values)),
        now=now,
    )
    skp.refresh_from_db()
    return skp


def removed(person: Person, skp: Skp, result_id: int, now: datetime = MARCH) -> Skp:
    """The draft without that result."""
    skp.refresh_from_db()
    planned = PlannedResult.objects.get(revision=skp.open_revision_id, result=result_id)
    result_remove(
        actor=person.viewer(now), skp_id=skp.pk, version=skp.version, planned_id=planned.pk, now=now
    )
    skp.refresh_from_db()
    return skp


def sent(person: Person, skp: Skp, now: datetime = MARCH) -> Skp:
    """The draft submitted."""
    skp.refresh_from_db()
    skp_submit(actor=person.viewer(now), skp_id=skp.pk, version=skp.version, now=now)
    skp.refresh_from_db()
    return skp


def decided(by: Person, skp: Skp, now: datetime = MARCH) -> Skp:
    """The submitted revision agreed as shown now."""
    skp.refresh_from_db()
    assert skp.open_revision is not None
    skp_agree(
        actor=by.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        content_hash=skp.open_revision.content_hash,
        methods_confirmed=True,
        now=now,
    )
    skp.refresh_from_db()
    return skp


def result_ids(skp: Skp) -> tuple[int, int]:
    """The identities of the plan's first two results."""
    first, second = skp.results.order_by("pk").values_list("pk", flat=True)[:2]
    return first, second
