"""The demo when its year is judged, and when it is over: the shares and stories that pages need."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assessments.enums import FourPredicate, NationalPredicate, OrgPerformance, Rating
from assessments.models import (
    Assessment,
    AssessmentMove,
    AssessmentVersion,
    Delivery,
    NoPerformance,
    OrgAchievement,
    ScoreDraft,
    ScoreProposal,
    UnlockRequest,
    YearResult,
)
from assessments.selectors.assessments import reports_waiting_for
from assessments.selectors.distribution import unit_distributions
from assessments.services.drafting import typed_of
from assessments.services.years import year_results_compare
from assessments.states import DELIVERED_STATES, AssessmentStatus, NoPerformanceKind, RequestState
from compliance.results import Kind
from compliance.selectors.opd_scores import opd_scores
from config.demo.endings import OUTSTANDING, SLOW
from config.demo.stages import JUDGED_FROM, DemoStage, default_year, demo_windows
from config.lib.dates import office_date
from orgunits.models import OrgUnit
from skp.deadlines import default_windows
from skp.models import AnnualRealisation, Period, Progress, Skp
from skp.selectors.periods import latest_period
from skp.services.duties import duties_recompute_all
from skp.states import Lifecycle, Stage
from tests.flows.demo import FEW, TODAY, person, seed, viewer

S = AssessmentStatus


def unit(key: str) -> OrgUnit:
    return OrgUnit.objects.get(external_id=f"DEMO-{key}")


def newest(key: str) -> AssessmentVersion:
    return AssessmentVersion.objects.filter(assessment__skp__owner=person(key)).latest("number", "pk")


def share(part: int, whole: int) -> float:
    return part / whole * 100


def in_status(*statuses: AssessmentStatus) -> int:
    return Assessment.objects.filter(status__in=statuses).count()


def scored_of(agency: str) -> tuple[int, int]:
    obliged = YearResult.objects.filter(opd=unit(agency), obliged=True)
    return obliged.filter(scored=True).count(), obliged.count()


@pytest.mark.django_db
def test_a_year_that_is_judged(monkeypatch):
    printed = seed(monkeypatch, stage="assessment")
    agreed = Skp.objects.filter(in_force__isnull=False).count()
    period = Period.objects.get()
    assert "tahun 2025" in printed
    assert "dinilai oleh Plt." in printed
    assert latest_period(office_date(TODAY)) == period
    assert Assessment.objects.count() > agreed * 0.9
    assert 35 < share(in_status(*DELIVERED_STATES), agreed) < 85
    assert in_status(S.REPORTED) >= 5
    assert in_status(S.SCORED) >= 1
    drafts = ScoreDraft.objects.filter(assessment__status=S.REPORTED)
    assert drafts.count() == ScoreDraft.objects.count() > 0
    assert "recommendation" in typed_of(drafts.first())
    assert Delivery.objects.filter(received_at=None).count() >= 3
    assert not AssessmentMove.objects.filter(at__gt=TODAY).exists()
    assert Skp.objects.get(owner=person("kasubbag")) in reports_waiting_for(viewer("sekretaris", TODAY))
    for agency in SLOW:
        scored, obliged = scored_of(agency)
        assert scored * 2 < obliged
    assert not duties_recompute_all(period_id=period.pk).changes
    assert not year_results_compare(period_id=period.pk)


def opd_final(agency: str, now: datetime):
    return opd_scores(viewer("dewi", now), Period.objects.get(), unit(agency).pk).row.final


@pytest.mark.django_db
def test_a_year_that_is_over(monkeypatch):
    seed(monkeypatch, stage="closed")
    agreed = Skp.objects.filter(in_force__isnull=False).count()
    period = Period.objects.get()
    assert share(in_status(S.FINAL), agreed) > 85
    assert 5 <= share(agreed - in_status(*DELIVERED_STATES), agreed) <= 12
    assert not AssessmentMove.objects.filter(at__gt=TODAY).exists()
    words = {agency: opd_final(agency, TODAY).word for agency in ("SETDA", "DISDIK", "PUPR", "KEC-SEL")}
    assert list(words.values()) == list(FourPredicate)
    assert {opd_final(agency, TODAY).kind for agency in SLOW} == {Kind.TOO_FEW}
    assert not duties_recompute_all(period_id=period.pk).changes
    assert not year_results_compare(period_id=period.pk)
    the_unit_with_full_marks(period)
    the_stories_of_the_logins()
    who_has_no_performance(agreed)
    two_appraisers_of_one_year()
    what_still_waits()


def the_unit_with_full_marks(period: Period) -> None:
    head = viewer("kepala-umum-setda", TODAY)
    finals = YearResult.objects.filter(unit=unit("UMUM-SETDA")).exclude(employee=head.employee_id)
    assert set(finals.values_list("final", flat=True)) == {Decimal(120)}
    (marked,) = unit_distributions(head, period)
    assert marked.counts[NationalPredicate.VERY_GOOD] == marked.counted > 0
    assert marked.broken
    assert marked.reason is not None
    best = OrgAchievement.objects.get(performance=OrgPerformance.OUTSTANDING)
    assert best.unit == unit(OUTSTANDING)


def the_stories_of_the_logins() -> None:
    inventor = YearResult.objects.get(employee=person("dewi"))
    assert (inventor.four, newest("dewi").new_idea) == (FourPredicate.SATISFACTORY, True)
    corrected = AnnualRealisation.objects.get(corrected_value__isnull=False)
    assert (corrected.value, corrected.corrected_value) == (Decimal(560), Decimal(540))
    assert corrected.correction_reason
    assert corrected.indicator.result.skp.owner == person("megawati")
    higher = newest("teguh")
    assert (higher.results_rating, higher.behaviour_rating) == (Rating.ABOVE, Rating.ABOVE)
    assert higher.behaviour_value is not None
    assert higher.behaviour_value < 110
    assert higher.rating_reason
    assert higher.made_as.startswith("Plt. Kepala Bidang")
    assert higher.made_by == person("kabid").user
    intervals = Progress.objects.filter(indicator__result__skp__owner=person("teguh"))
    assert set(intervals.values_list("interval", flat=True)) == {1, 2, 3, 4}


def who_has_no_performance(agreed: int) -> None:
    kinds = NoPerformance.objects.filter(lifted_at=None)
    never = kinds.filter(kind=NoPerformanceKind.NEVER_SENT)
    assert {"DEMO-fajar", "DEMO-anita"} <= set(never.values_list("employee__external_id", flat=True))
    assert kinds.filter(kind=NoPerformanceKind.NO_EVIDENCE).count() == max(agreed // 100, 1)


def two_appraisers_of_one_year() -> None:
    old, new = Skp.objects.filter(owner=person("binamarga-3")).order_by("start")
    assert (old.lifecycle, new.lifecycle) == (Lifecycle.CLOSED, Lifecycle.ACTIVE)
    by = [plan.assessment.current.made_by for plan in (old, new)]
    assert by == [person("kepala-binamarga").user, person("kepala-pelum").user]
    assert YearResult.objects.get(employee=person("binamarga-3")).final is not None


def what_still_waits() -> None:
    asked = UnlockRequest.objects.get()
    assert (asked.state, asked.requested_by) == (RequestState.OPEN, person("dewi").user)
    assert asked.assessment.status == S.FINAL
    later = ScoreProposal.objects.get()
    assert later.assessment.skp.owner == person("nurul")
    assert later.cause.assessment.skp.owner == person("kasubbag")
    assert later.new_final != later.based_on.final


def closes(windows, stage: Stage) -> datetime:
    return next(window.closes_at for window in windows if window.stage == stage)


DAYS = [
    datetime(2026, 1, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 1, 14, 3, 0, tzinfo=UTC),
    datetime(2026, 2, 27, 3, 0, tzinfo=UTC),
    datetime(2026, 7, 15, 3, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
]


@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("now", DAYS, ids=str)
def test_on_any_day_a_year_is_judged_now_or_over(now, back):
    year = office_date(now).year - back
    judged = demo_windows(DemoStage.ASSESSMENT, year, now)
    assert closes(judged, Stage.SELF_REPORT) < now < closes(judged, Stage.ASSESSMENT) - timedelta(days=7)
    over = demo_windows(DemoStage.CLOSED, year, now)
    assert closes(over, Stage.ASSESSMENT) < now - timedelta(days=30)
    for windows in (judged, over):
        assert closes(windows, Stage.PLANNING) < now - timedelta(days=180)


def test_a_year_that_fits_keeps_its_own_windows():
    january = datetime(2026, *JUDGED_FROM, 5, 0, tzinfo=UTC)
    assert default_year(DemoStage.ASSESSMENT, january) == 2025
    assert demo_windows(DemoStage.ASSESSMENT, 2025, january) == default_windows(2025)
    april = datetime(2026, 4, 2, 5, 0, tzinfo=UTC)
    assert demo_windows(DemoStage.CLOSED, 2025, april) == default_windows(2025)


@pytest.mark.django_db
def test_this_year_can_be_seen_as_judged_before_it_is_over(monkeypatch):
    now = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)
    seed(monkeypatch, now, stage="assessment", year=2026)
    assert Period.objects.get().year == 2026
    assert not AssessmentMove.objects.filter(at__gt=now).exists()
    assert in_status(*DELIVERED_STATES) > FEW // 3
    assert ScoreDraft.objects.exists()
    waiting = reports_waiting_for(viewer("sekretaris", now))
    assert [plan.owner for plan in waiting] == [person("kasubbag")]
