"""The demo's year: the drafts, and every move by its own person at its own moment, in the order of time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from compliance.services.snapshots import snapshots_take
from config.demo.drafts import drafts_write
from config.demo.plans import Fate
from config.demo.stages import Moments
from config.demo.stories import Story
from config.lib.dates import office_date
from orgunits.models import Assignment, Employee, OrgUnitSpan
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Period, Revision, Skp
from skp.services.moves import skp_agree, skp_return, skp_submit

# What appraisers ask for when they return a plan.
RETURNS = (
    "Target kuantitas belum sebanding dengan tahun lalu. Mohon disesuaikan.",
    "Indikator mutu belum terukur. Tuliskan ukuran yang dapat dibuktikan.",
    "Rencana hasil kerja masih berupa kegiatan. Tuliskan hasil yang diharapkan.",
)
# Days before the instant shown on which the timer kept the board's counts.
KEPT_DAYS = (8, 7, 1)


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happens at a moment; equal moments keep their order."""

    at: datetime
    number: int
    do: Callable[[], None] = field(compare=False)


class Year:
    """Takes every story as far as its fate and the instant shown allow."""

    def __init__(self, *, period: Period, people: Mapping[str, Employee], moments: Moments) -> None:
        self.period = period
        self.people = people
        self.moments = moments
        self.viewers: dict[str, Viewer] = {}
        self.events: list[Event] = []

    def live(self, stories: Sequence[Story], *, officer: Viewer) -> None:
        """Write the drafts, then let everything happen that happens before the instant shown."""
        drafts_write(
            stories=stories,
            people=self.people,
            opd_of=opd_by_key(self.people),
            period=self.period,
            moments=self.moments,
            actor=officer,
        )
        plans = {skp.owner_id: skp.pk for skp in Skp.objects.filter(period=self.period)}
        for number, story in enumerate(stories):
            if story.fate not in (Fate.NONE, Fate.DRAFT):
                self._tell(story, plans[self.people[story.owner].pk], number)
        for days in KEPT_DAYS:
            self.at(self.moments.shown_at - timedelta(days=days), self._keep)
        self.at(self.moments.closes_at + timedelta(minutes=10), self._keep)

    def at(self, moment: datetime, do: Callable[[datetime], None]) -> None:
        """Let something happen at a moment, unless that is later than what is shown."""
        if moment < self.moments.shown_at:
            self.events.append(Event(moment, len(self.events), lambda: do(moment)))

    def run(self) -> None:
        """Everything in the order of time."""
        for event in sorted(self.events):
            event.do()

    def _keep(self, now: datetime) -> None:
        snapshots_take(now=now)

    def _tell(self, story: Story, skp_id: int, number: int) -> None:
        self.at(story.submitted_at, lambda now: self._submit(story, skp_id, now))
        if story.fate is Fate.RETURNED:
            self.at(story.decided_at, lambda now: self._return(story, skp_id, number, now))
        elif story.fate is Fate.AGREED:
            self.at(story.decided_at, lambda now: self._agree(story, skp_id, now))

    def _submit(self, story: Story, skp_id: int, now: datetime) -> None:
        skp_submit(actor=self.viewer(story.owner, now), skp_id=skp_id, version=version_of(skp_id), now=now)

    def _return(self, story: Story, skp_id: int, number: int, now: datetime) -> None:
        skp_return(
            actor=self.viewer(story.by, now),
            skp_id=skp_id,
            version=version_of(skp_id),
            content_hash=hash_of(skp_id),
            note=RETURNS[number % len(RETURNS)],
            result_notes={},
            now=now,
        )

    def _agree(self, story: Story, skp_id: int, now: datetime) -> None:
        skp_agree(
            actor=self.viewer(story.by, now),
            skp_id=skp_id,
            version=version_of(skp_id),
            content_hash=hash_of(skp_id),
            methods_confirmed=True,
            now=now,
        )

    def viewer(self, key: str, at: datetime) -> Viewer:
        """The person as the application sees them; who they are is asked once."""
        if key not in self.viewers:
            user = self.people[key].user
            assert user is not None
            self.viewers[key] = viewer_for(user, at)
        return replace(self.viewers[key], now=at, today=office_date(at))


def version_of(skp_id: int) -> int:
    """The plan's version as a page would carry it."""
    return Skp.objects.values_list("version", flat=True).get(pk=skp_id)


def hash_of(skp_id: int) -> str:
    """What the appraiser was shown of the open revision."""
    return Revision.objects.values_list("content_hash", flat=True).get(open_of=skp_id)


def opd_by_key(people: Mapping[str, Employee]) -> dict[str, int]:
    """The OPD in which each person's post stands."""
    opds = dict(OrgUnitSpan.objects.filter(until=None).values_list("unit_id", "opd_id"))
    units = dict(
        Assignment.objects.filter(kind="definitive", until=None).values_list("employee_id", "unit_id")
    )
    return {
        key: opds[units[person.pk]] or units[person.pk]
        for key, person in people.items()
        if person.pk in units
    }
