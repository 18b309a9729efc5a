"""What a year under way brings: an extension, a transfer, progress with its proof and comments."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from config.demo.moving import move_away
from config.demo.people import BKPSDM, MARK
from config.demo.plans import Fate
from config.demo.stories import MOVED, Story
from config.demo.year import Year, version_of
from config.lib.dates import office_date, start_of_day
from orgunits.models import OrgUnit
from skp.content import PlanContent
from skp.deadlines import WindowFacts
from skp.enums import Aspect, ExtensionScope, Rollup, Scheme
from skp.models import Skp
from skp.selectors.content import read_content
from skp.services.evidence import evidence_add_link
from skp.services.extensions import ExtensionInput, extension_grant, extension_preview
from skp.services.feedback import feedback_add
from skp.services.progress import ProgressInput, progress_save
from skp.states import Stage

MOVED_DAYS_AGO, MOVED_AFTER_PLANNING = 25, 2
EXTENDED_DAYS_AGO, EXTENDED_DAYS_LEFT = 2, 7
# Of a hundred people with an agreed plan, how many entered the last finished interval, and the one under
# way; of those, how many proved it, and how many were answered.
ENTERED, ENTERED_SO_FAR = 45, 20
PROVEN, COMMENTED = 40, 20
# Earlier intervals would tell nothing new and take their time to make.
INTERVALS = 2
COMMENTS = (
    "Sudah sesuai rencana. Pertahankan dan lengkapi buktinya setiap triwulan.",
    "Capaian masih di bawah jadwal. Sampaikan kendalanya minggu ini.",
    "Terima kasih, laporannya rapi dan mudah diperiksa.",
)


class Running:
    """Adds to a year what happens after planning."""

    def __init__(self, year: Year, *, seed: int) -> None:
        self.year = year
        self.chance = Random(seed)  # noqa: S311 a demo needs no secrecy
        self.shown_at = year.moments.shown_at

    def extend(self) -> None:
        """BKPSDM gives its own OPD more time to plan: the latecomers of the cast can still act."""

        def grant(now: datetime) -> None:
            actor = self.year.viewer("dewi", now)
            data = ExtensionInput(
                period_id=self.year.period.pk,
                stage=Stage.PLANNING,
                interval=0,
                scope=ExtensionScope.OPD,
                unit_id=OrgUnit.objects.get(external_id=MARK + BKPSDM).pk,
                due_at=start_of_day(office_date(self.shown_at) + timedelta(days=EXTENDED_DAYS_LEFT + 1)),
                reason="Pejabat penilai bidang kosong sampai Plt. ditunjuk",
                decree="800.1.4/271/BKPSDM",
            )
            effect = extension_preview(actor=actor, data=data, now=now)
            extension_grant(actor=actor, data=data, fingerprint=effect.fingerprint, now=now)

        self.year.at(self.shown_at - timedelta(days=EXTENDED_DAYS_AGO), grant)

    def transfer(self) -> None:
        """One person moves to another agency: the old plan closes, the new one is still to be written."""
        moment = max(
            self.shown_at - timedelta(days=MOVED_DAYS_AGO),
            self.year.moments.closes_at + timedelta(days=MOVED_AFTER_PLANNING),
        )
        move_away(self.year, moment)

    def progress(self, stories: Sequence[Story], windows: Sequence[WindowFacts]) -> None:
        """People enter what they reached in each interval that has begun, some with proof."""
        plans = {skp.owner_id: skp.pk for skp in Skp.objects.filter(period=self.year.period)}
        begun = [
            window
            for window in windows
            if window.stage == Stage.MONITORING and window.opens_at < self.shown_at
        ]
        intervals = sorted(begun, key=lambda window: window.interval)[-INTERVALS:]
        for story in stories:
            if story.fate is not Fate.AGREED or story.owner == MOVED:
                continue
            skp_id = plans[self.year.people[story.owner].pk]
            for window in intervals:
                self._enter(story, skp_id, window)

    def _enter(self, story: Story, skp_id: int, window: WindowFacts) -> None:
        over = window.closes_at <= self.shown_at
        if not story.cast and self.chance.randrange(100) >= (ENTERED if over else ENTERED_SO_FAR):
            return
        opens = max(window.opens_at, story.decided_at)
        # Up to the eve of the deadline, or of what is shown.
        ends = min(window.closes_at, self.shown_at)
        if opens >= ends:
            return
        moment = opens + (ends - opens) * self.chance.uniform(0.5, 0.98)
        self.year.at(moment, lambda now: self._save(story, skp_id, window.interval, now))

    def _save(self, story: Story, skp_id: int, interval: int, now: datetime) -> None:
        owner = self.year.viewer(story.owner, now)
        skp = Skp.objects.select_related("in_force").get(pk=skp_id)
        assert skp.in_force is not None
        content = read_content(skp.in_force, Scheme(skp.scheme))
        progress_save(
            actor=owner,
            skp_id=skp_id,
            version=skp.version,
            interval=interval,
            values=self._values(content),
            now=now,
        )
        if story.cast or self.chance.randrange(100) < PROVEN:
            evidence_add_link(
                actor=owner,
                skp_id=skp_id,
                version=version_of(skp_id),
                indicator_id=content.results[0].indicators[0].indicator_id,
                interval=interval,
                url=f"https://berkas.example.go.id/bukti/{skp_id}/{interval}",
                name=f"Laporan {self.year.period.year} bagian {interval}",
                now=now,
            )
        if self.chance.randrange(100) < COMMENTED:
            feedback_add(
                actor=self.year.viewer(story.by, now),
                skp_id=skp_id,
                version=version_of(skp_id),
                interval=interval,
                text=self.chance.choice(COMMENTS),
                result_id=content.results[0].result_id,
                now=now + timedelta(minutes=5),
            )

    def _values(self, content: PlanContent) -> dict[int, ProgressInput]:
        values = {}
        for result in content.results:
            for item in result.indicators:
                part = Decimal(4) if item.rollup == Rollup.SUM else Decimal(1)
                share = Decimal(str(round(self.chance.uniform(0.82, 1.08), 2)))
                reached = (item.target_max / part * share).quantize(Decimal(1))
                note = "" if item.aspect != Aspect.TIME else "Dihitung dari buku agenda."
                values[item.indicator_id] = ProgressInput(realisation=reached, note=note)
        return values
