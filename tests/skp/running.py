"""Plans in force whose progress is told, for tests."""

from datetime import UTC, datetime
from decimal import Decimal

from skp.models import Evidence, Skp
from skp.services.evidence import evidence_add_file, evidence_add_link
from skp.services.progress import ProgressInput, progress_save
from tests.lib.uploading import PDF
from tests.people import People
from tests.skp.drafts import agreed, period_2026, result_ids

# The first quarter can be filled until 14 April.
APRIL = datetime(2026, 4, 7, 2, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 7, 2, 0, tzinfo=UTC)


def running(people: People) -> Skp:
    """The owner's plan in force, with its superiors'; the one that is there already when asked again."""
    found = Skp.objects.filter(owner=people.owner.employee, in_force__isnull=False).first()
    if found is not None:
        return found
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return agreed(people.owner, people.appraiser, period, result_ids(middle))


def indicators(skp: Skp) -> list[int]:
    """The indicators in force, in the order of the page."""
    assert skp.in_force is not None
    return [
        item.indicator_id
        for result in skp.in_force.results.order_by("order")
        for item in result.indicators.order_by("order")
    ]


def told(people: People, skp: Skp, interval: int = 1, now: datetime = APRIL, **values: str) -> None:
    """Realisations of all indicators as their owner enters them: 3 each unless ``realisation`` says else."""
    skp.refresh_from_db()
    number = Decimal(values.get("realisation", "3"))
    progress_save(
        actor=people.owner.viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        interval=interval,
        values={key: ProgressInput(number) for key in indicators(skp)},
        now=now,
    )
    skp.refresh_from_db()


def proven(people: People, skp: Skp, *, link: bool = False, now: datetime = APRIL) -> Evidence:
    """A file, or a link, as evidence of the plan's first indicator in the first quarter."""
    skp.refresh_from_db()
    common = {
        "actor": people.owner.viewer(now),
        "skp_id": skp.pk,
        "version": skp.version,
        "indicator_id": indicators(skp)[0],
        "interval": 1,
        "now": now,
    }
    if link:
        made = evidence_add_link(url="https://drive.example.go.id/laporan", name="", **common)
    else:
        made = evidence_add_file(data=PDF, name="laporan.pdf", **common)
    skp.refresh_from_db()
    return made
