"""What is done for the whole regency at the end of the demo's year: achievements, timers, an unlock."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from assessments.enums import OrgPerformance
from assessments.selectors.achievements import led_rows
from assessments.services.achievements import AchievementEntry, achievements_set
from assessments.services.delivery import assessments_settle
from assessments.services.distribution import distribution_reason_give
from assessments.services.no_performance import no_performance_update
from assessments.services.unlocking import unlock_request
from assessments.services.years import year_results_refresh
from config.demo.crowd.people import AGENCIES, Crowd
from config.demo.endings import FULL_MARKS, OUTSTANDING, endings_tell
from config.demo.moving import move_away
from config.demo.people import MARK
from config.demo.stages import DemoStage
from config.demo.stories import Story
from config.demo.year import Year
from config.demo.yearend import YearEnd, score_version_of
from config.lib.dates import start_of_day
from orgunits.models import OrgUnit
from skp.deadlines import WindowFacts
from skp.models import Skp
from skp.states import Stage

PERFORMANCE = {
    OUTSTANDING: OrgPerformance.OUTSTANDING,
    "PUPR": OrgPerformance.NEEDS_IMPROVEMENT,
    "KEC-SEL": OrgPerformance.POOR,
}
NOTES = {
    OrgPerformance.OUTSTANDING: "Sekolah adiwiyata tingkat nasional; seluruh sasaran terlampaui.",
    OrgPerformance.GOOD: "Sasaran perjanjian kinerja tercapai.",
    OrgPerformance.NEEDS_IMPROVEMENT: "Dua dari lima paket jalan belum selesai pada akhir tahun.",
    OrgPerformance.POOR: "Sebagian besar kegiatan tertunda karena banjir.",
}
REASON = (
    "Seluruh layanan pimpinan melampaui target selama rangkaian hari jadi dan kunjungan kementerian; "
    "bukti dukung setiap pegawai sudah diperiksa."
)
# Days after the end of the assessment by which silence has made every delivered result final.
SETTLED_AFTER = 21
UNLOCKED = "teguh"
UNLOCK_REASON = (
    "Perjanjian kerja sama kelima baru disahkan sesudah penilaian; realisasi perlu dihitung ulang."
)


def year_ends(
    year: Year,
    crowd: Crowd,
    stories: Sequence[Story],
    *,
    windows: Sequence[WindowFacts],
    stage: DemoStage,
    seed: int,
) -> None:
    """Plan the rest of the year from the transfer in its middle to the stage that is shown."""
    shown = year.moments.shown_at
    # As the windows are moved, so is the middle of the year.
    by = windows[0].opens_at - start_of_day(date(year.period.year, 1, 1))
    middle = start_of_day(date(year.period.year, 7, 1)) + by + timedelta(hours=8)
    moved = move_away(year, middle, writes_anew=True)
    endings = endings_tell(
        stories, crowd, stage=stage, windows=windows, shown_at=shown, moved=moved, seed=seed
    )
    end = YearEnd(year, windows, moved=moved, seed=seed)
    for ending in endings:
        end.happen(ending)
    Closing(year, crowd, windows, stage=stage).happen()


class Closing:
    """Adds to the endings what no single plan brings about."""

    def __init__(self, year: Year, crowd: Crowd, windows: Sequence[WindowFacts], *, stage: DemoStage) -> None:
        self.year = year
        self.crowd = crowd
        self.stage = stage
        self.judge = next(window for window in windows if window.stage == Stage.ASSESSMENT)
        self.closings = {window.closes_at for window in windows}

    def happen(self) -> None:
        """Let leaders set achievements, the timers run, and in a closed year somebody ask for an unlock."""
        leaders = ["sekda", *(agency for item in AGENCIES if (agency := self.crowd.heads.get(item.key)))]
        for leader in leaders:
            self.year.at(self.judge.opens_at + timedelta(hours=9), partial(self._achievements, leader))
        for closes in self.closings:
            self.year.at(closes + timedelta(minutes=15), lambda now: self._no_performance(now))
        shown_at = self.year.moments.shown_at
        if self.stage is DemoStage.CLOSED:
            self.year.at(self.judge.closes_at - timedelta(days=1), self._reason)
            self.year.at(self.judge.closes_at + timedelta(days=SETTLED_AFTER), self._settle)
            self.year.at(shown_at - timedelta(days=2), self._unlock)
        self.year.at(shown_at - timedelta(minutes=30), self._last)

    def _achievements(self, leader: str, now: datetime) -> None:
        actor = self.year.viewer(leader, now)
        keys = dict(OrgUnit.objects.values_list("pk", "external_id"))
        entries = []
        for row in led_rows(actor, self.year.period):
            key = str(keys[row.unit.unit_id]).removeprefix(MARK)
            reached = PERFORMANCE.get(key, OrgPerformance.GOOD)
            entries.append(AchievementEntry(row.unit.unit_id, reached, NOTES[reached], row.version))
        achievements_set(actor=actor, period_id=self.year.period.pk, entries=entries, now=now)

    def _reason(self, now: datetime) -> None:
        distribution_reason_give(
            actor=self.year.viewer(self.crowd.heads[FULL_MARKS], now),
            period_id=self.year.period.pk,
            unit_id=OrgUnit.objects.get(external_id=MARK + FULL_MARKS).pk,
            text=REASON,
            now=now,
        )

    def _unlock(self, now: datetime) -> None:
        skp_id = Skp.objects.get(owner=self.year.people[UNLOCKED], period=self.year.period).pk
        unlock_request(
            actor=self.year.viewer("dewi", now),
            skp_id=skp_id,
            version=score_version_of(skp_id),
            reason=UNLOCK_REASON,
            now=now,
        )

    def _no_performance(self, now: datetime) -> None:
        no_performance_update(now=now)

    def _settle(self, now: datetime) -> None:
        assessments_settle(now=now)

    def _last(self, now: datetime) -> None:
        """What the timer did last, and a year result for everybody."""
        self._settle(now)
        self._no_performance(now)
        year_results_refresh(period_id=self.year.period.pk, employee_ids=None, now=now)
