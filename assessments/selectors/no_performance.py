"""Who has no performance (rules.md §7), from duties, moves and evidence: two queries for any number."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from assessments.models import NoPerformance
from assessments.states import NoPerformanceKind
from skp.models import Duty, Evidence, Move, Period, Skp
from skp.states import Action, Lifecycle, Stage

EVERYBODY = Q()


def without_performance(period: Period, now: datetime, people: Q = EVERYBODY) -> dict[int, NoPerformanceKind]:
    """By employee, why there is none at ``now``; ``people`` is a condition on duties.

    Only people obliged for the year, and only once the last deadline that applied to them has passed,
    extensions and the hidden grace included. Who sent a plan that nobody agreed is not among them: that is
    the appraiser's.
    """
    passed = now - timedelta(minutes=period.settings.grace_minutes)
    duties = Duty.objects.filter(period=period, obliged=True)
    of_the_same = duties.filter(employee=OuterRef("employee"))
    of_year = Exists(of_the_same.filter(stage=Stage.ASSESSMENT))
    # A cancelled plan does not count, nor what was done with it (rules.md §3).
    counting = ~Q(skp__lifecycle=Lifecycle.CANCELLED)
    sent = Move.objects.filter(
        counting, skp__owner=OuterRef("employee"), skp__period=period, action=Action.SUBMIT
    ).order_by()
    # A fulfilled stage has been sent; the condition leaves few rows for the others.
    never_sent = duties.filter(
        people, of_year, ~Exists(sent), stage=Stage.PLANNING, fulfilled_at__isnull=True, due_at__lte=passed
    )
    of_evidence = of_the_same.filter(stage__in=[Stage.MONITORING, Stage.SELF_REPORT])
    in_force = Skp.objects.filter(owner=OuterRef("employee"), period=period, in_force__isnull=False).exclude(
        lifecycle=Lifecycle.CANCELLED
    )
    proof = Evidence.objects.filter(
        ~Q(indicator__result__skp__lifecycle=Lifecycle.CANCELLED),
        indicator__result__skp__owner=OuterRef("employee"),
        indicator__result__skp__period=period,
    ).order_by()
    no_evidence = duties.filter(
        people,
        Exists(of_evidence),
        ~Exists(of_evidence.filter(due_at__gt=passed)),
        Exists(in_force),
        ~Exists(proof),
        stage=Stage.ASSESSMENT,
    )
    found = dict.fromkeys(no_evidence.values_list("employee_id", flat=True), NoPerformanceKind.NO_EVIDENCE)
    never = never_sent.values_list("employee_id", flat=True)
    return found | dict.fromkeys(never, NoPerformanceKind.NEVER_SENT)


def open_records(period_id: int, people: Q = EVERYBODY) -> dict[int, NoPerformanceKind]:
    """By employee, what has been recorded and not lifted; ``people`` is a condition on the records."""
    rows = NoPerformance.objects.filter(people, period=period_id, lifted_at__isnull=True)
    return {employee: NoPerformanceKind(kind) for employee, kind in rows.values_list("employee_id", "kind")}
