"""The end of the demo's year: quarters and proof, reports, scores, deliveries, and what their owners say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from assessments.models import Assessment
from assessments.services.delivery import assessment_accept, assessment_deliver, assessment_receive
from assessments.services.drafting import draft_save
from assessments.services.ideas import IdeaInput, idea_save
from assessments.services.reporting import assessment_report
from assessments.services.scoring import assessment_score
from config.demo.endings import Ending
from config.demo.judgments import corrections_of, idea_verdict, judgment_of, typed_so_far
from config.demo.reached import ONE, quarter_values, year_values
from config.demo.stories import MOVED
from config.demo.year import Year, version_of
from skp.content import PlanContent
from skp.deadlines import WindowFacts
from skp.enums import Scheme
from skp.models import Skp
from skp.selectors.content import read_content
from skp.services.evidence import evidence_add_link
from skp.services.progress import ProgressInput, progress_save
from skp.services.realisations import realisations_save
from skp.states import Stage

# Of a hundred people who lead nobody, how many entered a quarter; the others reported the year alone.
ENTERED = 12
# The new idea of the year, and whose it is.
INVENTOR = "dewi"
IDEA = IdeaInput(
    text="Pemeriksaan berkas kenaikan pangkat secara otomatis dengan data kepegawaian daerah",
    benefit="Waktu pemeriksaan satu berkas turun dari dua hari menjadi dua jam dan dipakai semua bidang.",
    url="https://berkas.example.go.id/ide/pemeriksaan-berkas",
)
HALF_YEAR = Decimal("0.5")


class YearEnd:
    """Lets every ending happen, step by step at its own moment."""

    def __init__(self, year: Year, windows: Sequence[WindowFacts], *, moved: bool, seed: int) -> None:
        self.year = year
        self.quarters = [window for window in windows if window.stage == Stage.MONITORING]
        self.moved = moved
        self.chance = Random(seed)  # noqa: S311 a demo needs no secrecy
        self.first_plans = dict(Skp.objects.filter(period=year.period).values_list("owner_id", "pk"))
        self.contents: dict[int, PlanContent] = {}

    def happen(self, ending: Ending) -> None:
        """Plan every step of the ending; those later than the instant shown do not come."""
        values: dict[int, Decimal] = {}
        self._quarters(ending, values)
        for moment, step in (
            (ending.reported_at, lambda now: self._report(ending, values, now)),
            (ending.begun_at, lambda now: self._begin(ending, now)),
            (ending.scored_at, lambda now: self._score(ending, now)),
            (ending.delivered_at, lambda now: self._deliver(ending, now)),
            (ending.read_at, lambda now: self._read(ending, now)),
            (ending.accepted_at, lambda now: self._accept(ending, now)),
        ):
            if moment is not None:
                self.year.at(moment, step)

    def _quarters(self, ending: Ending, values: dict[int, Decimal]) -> None:
        lead = ending.story.cast or ending.level < 3
        away = self.moved and ending.story.owner == MOVED
        proof = self.chance.randrange(1, len(self.quarters) + 1)
        if away:
            proof = len(self.quarters) if ending.part else 1
        for window in self.quarters:
            number = window.interval
            entered = lead or number == proof or self.chance.randrange(100) < ENTERED
            if away and number != proof:
                continue
            proven = ending.proven and (number == proof or ending.story.cast)
            if entered or proven:
                self._quarter(ending, values, window, entered=entered and not away, proven=proven)

    def _quarter(
        self, ending: Ending, values: dict[int, Decimal], window: WindowFacts, *, entered: bool, proven: bool
    ) -> None:
        opens = window.opens_at if ending.part else max(window.opens_at, ending.story.decided_at)
        ends = min(window.closes_at, self.year.moments.shown_at, ending.reported_at or window.closes_at)
        moment = opens + (ends - opens) * self.chance.uniform(0.5, 0.98)
        if entered:
            self.year.at(moment, lambda now: self._enter(ending, values, window.interval, now))
        if proven:
            self.year.at(moment + timedelta(minutes=4), lambda now: self._prove(ending, window.interval, now))

    def _plan(self, ending: Ending) -> int:
        owner = self.year.people[ending.story.owner].pk
        if not ending.part:
            return self.first_plans[owner]
        return Skp.objects.filter(owner=owner, period=self.year.period).latest("start").pk

    def _content(self, skp_id: int) -> PlanContent:
        if skp_id not in self.contents:
            skp = Skp.objects.select_related("in_force").get(pk=skp_id)
            assert skp.in_force is not None
            self.contents[skp_id] = read_content(skp.in_force, Scheme(skp.scheme))
        return self.contents[skp_id]

    def _reached(self, ending: Ending, skp_id: int, values: dict[int, Decimal]) -> dict[int, Decimal]:
        """The year's values, made up once: what the quarters said, the report repeats."""
        if not values:
            told = () if ending.part else ending.story.results
            share = HALF_YEAR if self.moved and ending.story.owner == MOVED else ONE
            content = self._content(skp_id)
            values |= year_values(content, told, ending.form, self.chance, share=share)
        return values

    def _enter(self, ending: Ending, values: dict[int, Decimal], interval: int, now: datetime) -> None:
        skp_id = self._plan(ending)
        reached = self._reached(ending, skp_id, values)
        entered = quarter_values(self._content(skp_id), reached, interval)
        progress_save(
            actor=self.year.viewer(ending.story.owner, now),
            skp_id=skp_id,
            version=version_of(skp_id),
            interval=interval,
            values={key: ProgressInput(value) for key, value in entered.items()},
            now=now,
        )

    def _prove(self, ending: Ending, interval: int, now: datetime) -> None:
        skp_id = self._plan(ending)
        evidence_add_link(
            actor=self.year.viewer(ending.story.owner, now),
            skp_id=skp_id,
            version=version_of(skp_id),
            indicator_id=self._content(skp_id).results[0].indicators[0].indicator_id,
            interval=interval,
            url=f"https://berkas.example.go.id/bukti/{skp_id}/{interval}",
            name=f"Laporan {self.year.period.year} triwulan {interval}",
            now=now,
        )

    def _report(self, ending: Ending, values: dict[int, Decimal], now: datetime) -> None:
        skp_id, owner = self._plan(ending), self.year.viewer(ending.story.owner, now)
        reached = self._reached(ending, skp_id, values)
        realisations_save(actor=owner, skp_id=skp_id, version=version_of(skp_id), values=reached, now=now)
        if ending.story.owner == INVENTOR:
            idea_save(actor=owner, skp_id=skp_id, version=version_of(skp_id), data=IDEA, now=now)
        assessment_report(actor=owner, skp_id=skp_id, version=version_of(skp_id), now=now)

    def _begin(self, ending: Ending, now: datetime) -> None:
        """The appraiser types half of the judgment and keeps it as a draft."""
        skp_id = self._plan(ending)
        draft_save(
            actor=self.year.viewer(ending.by, now),
            skp_id=skp_id,
            version=score_version_of(skp_id),
            typed=typed_so_far(ending, self.chance),
            now=now,
        )

    def _score(self, ending: Ending, now: datetime) -> None:
        skp_id = self._plan(ending)
        content = self._content(skp_id)
        assessment_score(
            actor=self.year.viewer(ending.by, now),
            skp_id=skp_id,
            version=score_version_of(skp_id),
            data=judgment_of(ending, content, self.chance),
            corrections=corrections_of(ending, content),
            idea=idea_verdict() if ending.story.owner == INVENTOR else None,
            now=now,
        )

    def _deliver(self, ending: Ending, now: datetime) -> None:
        skp_id, actor = self._plan(ending), self.year.viewer(ending.by, now)
        assessment_deliver(actor=actor, skp_id=skp_id, version=score_version_of(skp_id), now=now)

    def _read(self, ending: Ending, now: datetime) -> None:
        owner = self.year.viewer(ending.story.owner, now)
        assessment_receive(actor=owner, skp_id=self._plan(ending), now=now)

    def _accept(self, ending: Ending, now: datetime) -> None:
        skp_id, owner = self._plan(ending), self.year.viewer(ending.story.owner, now)
        assessment_accept(actor=owner, skp_id=skp_id, version=score_version_of(skp_id), now=now)


def score_version_of(skp_id: int) -> int:
    """The version of the plan's assessment as a page would carry it."""
    return Assessment.objects.values_list("version", flat=True).get(skp=skp_id)
