"""The demo's plans through their year: every move by its own person, at its own moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import User
from assessments.models import Assessment
from assessments.services.moves import ScoreInput, assessment_report, assessment_score
from config.demo.people import MARK
from config.demo.plans import PLANS, DemoPlan, Upto
from config.demo.texts import DemoIndicator, DemoResult
from config.lib.dates import office_date, start_of_day
from orgunits.models import Assignment, Employee
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.berakhlak import Behaviour
from skp.deadlines import WindowFacts, default_windows
from skp.enums import Perspective, ResultKind, ResultSource, Scheme
from skp.models import Period, PlannedIndicator, Skp
from skp.services.editing import IndicatorInput, ResultInput, indicator_save, result_save, skp_start
from skp.services.moves import skp_agree, skp_submit
from skp.services.periods import period_create
from skp.services.realisations import realisations_save
from skp.states import Stage

# Days before the seeding at which each step was made, and days after it at which its stage ends.
DAYS_AGO = {
    Upto.DRAFT: 26,
    Upto.SUBMITTED: 18,
    Upto.AGREED: 15,
    Upto.REPORTED: 6,
    Upto.SCORED: 2,
}
STAGES = {Stage.PLANNING: 9, Stage.SELF_REPORT: 23, Stage.ASSESSMENT: 44}
BEGINNING = timedelta(days=40)


def period_make(*, year: int, now: datetime) -> Period:
    """The period with stages that are open now, whatever the day, so that every move can be tried."""
    return period_create(actor=None, year=year, now=now - BEGINNING, windows=open_windows(year, now))


def open_windows(year: int, now: datetime) -> list[WindowFacts]:
    """The default windows of the year, with the stages of the plan's own moves open at ``now``."""
    today = office_date(now)
    opens = start_of_day(today - BEGINNING)
    return [
        WindowFacts(
            window.stage,
            window.audience,
            window.interval,
            min(window.opens_at, opens),
            start_of_day(today + timedelta(days=STAGES[window.stage] + 1)),
        )
        if window.stage in STAGES
        else window
        for window in default_windows(year)
    ]


def plans_make(*, period: Period, now: datetime) -> None:
    """Write every plan and take it as far as its story goes."""
    users = {
        str(person.external_id or "bupati").removeprefix(MARK): person.user
        for person in Employee.objects.select_related("user")
    }
    results: dict[str, list[int]] = {}
    for number, plan in enumerate(PLANS):
        # Minutes apart, so that lists have an order to show.
        results[plan.owner] = _Story(plan, period, users, now - timedelta(minutes=7 * number)).tell(
            results.get(plan.by, [])
        )


class _Story:
    """One plan on its way."""

    def __init__(
        self, plan: DemoPlan, period: Period, users: Mapping[str, User | None], now: datetime
    ) -> None:
        self.plan = plan
        self.period = period
        self.users = users
        self.now = now

    def tell(self, parents: list[int]) -> list[int]:
        """Make the moves; answers the identities of the results, in their order."""
        skp, results = self._draft(parents)
        if self.plan.upto >= Upto.SUBMITTED:
            actor = self._actor(self.plan.owner, Upto.SUBMITTED)
            skp_submit(actor=actor, skp_id=skp.pk, version=self._version(skp), now=actor.now)
        if self.plan.upto >= Upto.AGREED:
            self._agree(skp)
        if self.plan.upto >= Upto.REPORTED:
            self._report(skp)
        if self.plan.upto >= Upto.SCORED:
            self._score(skp)
        return results

    def _actor(self, key: str, step: Upto) -> Viewer:
        user = self.users[key]
        assert user is not None
        return viewer_for(user, self.now - timedelta(days=DAYS_AGO[step]))

    def _version(self, skp: Skp) -> int:
        skp.refresh_from_db()
        return skp.version

    def _draft(self, parents: list[int]) -> tuple[Skp, list[int]]:
        actor = self._actor(self.plan.owner, Upto.DRAFT)
        post = Assignment.objects.get(employee=actor.employee_id, kind="definitive", until=None)
        skp = skp_start(actor=actor, assignment_id=post.pk, period=self.period, now=actor.now)
        results = []
        for result in self.plan.results:
            planned = result_save(
                actor=actor,
                skp_id=skp.pk,
                version=self._version(skp),
                data=_result_input(result, skp, parents),
                now=actor.now,
            )
            results.append(planned.result_id)
            for indicator in result.indicators:
                indicator_save(
                    actor=actor,
                    skp_id=skp.pk,
                    version=self._version(skp),
                    planned_result_id=planned.pk,
                    data=_indicator_input(indicator),
                    now=actor.now,
                )
        return skp, results

    def _agree(self, skp: Skp) -> None:
        actor = self._actor(self.plan.by, Upto.AGREED)
        version = self._version(skp)
        assert skp.open_revision is not None
        skp_agree(
            actor=actor,
            skp_id=skp.pk,
            version=version,
            content_hash=skp.open_revision.content_hash,
            methods_confirmed=True,
            now=actor.now,
        )

    def _report(self, skp: Skp) -> None:
        actor = self._actor(self.plan.owner, Upto.REPORTED)
        rows = PlannedIndicator.objects.filter(planned_result__revision__skp=skp)
        reached = {item.text: item.reached for result in self.plan.results for item in result.indicators}
        values = {row.indicator_id: Decimal(reached[row.text]) for row in rows}
        realisations_save(
            actor=actor, skp_id=skp.pk, version=self._version(skp), values=values, now=actor.now
        )
        assessment_report(actor=actor, skp_id=skp.pk, version=self._version(skp), now=actor.now)

    def _score(self, skp: Skp) -> None:
        actor = self._actor(self.plan.by, Upto.SCORED)
        assessment_score(
            actor=actor,
            skp_id=skp.pk,
            version=Assessment.objects.get(skp=skp).version,
            data=ScoreInput(behaviour=dict.fromkeys(Behaviour, Decimal(self.plan.behaviour))),
            now=actor.now,
        )


def _result_input(result: DemoResult, skp: Skp, parents: list[int]) -> ResultInput:
    linked = result.serves is not None and bool(parents)
    main = result.kind == ResultKind.MAIN
    return ResultInput(
        text=result.text,
        kind=result.kind,
        parent_id=parents[result.serves or 0] if linked else None,
        cascade_method=result.method if linked and skp.scheme == Scheme.JA_JF else None,
        source=ResultSource.AGREEMENT if main and skp.scheme == Scheme.JPT else None,
        perspective=Perspective.PROCESS if main and skp.scheme == Scheme.JPT else None,
        assigned_by=result.assigned_by,
    )


def _indicator_input(item: DemoIndicator) -> IndicatorInput:
    return IndicatorInput(
        aspect=item.aspect,
        text=item.text,
        target_min=item.low,
        target_max=item.high,
        unit=item.unit,
        direction=item.direction,
    )
