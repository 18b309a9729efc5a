"""The viewer's own plans, the posts that still lack one, and their start cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from config.lib.cards import Card, Section
from orgunits.enums import AssignmentKind, EmploymentKind
from orgunits.models import Assignment
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import Duty, Period, Skp
from skp.selectors.periods import latest_period
from skp.selectors.plans import plan_facts, plans_waiting_for, with_facts
from skp.selectors.progress import asked_of
from skp.states import Action, Lifecycle, RevisionState, Stage


@dataclass(frozen=True, slots=True)
class StartablePost:
    """A definitive post of the viewer in a period for which no plan stands yet; ``due_at``: until when."""

    period: Period
    assignment: Assignment
    due_at: datetime | None


def own_plans(viewer: Viewer) -> "QuerySet[Skp]":
    """The viewer's plans, newest period first."""
    plans = Skp.objects.filter(owner_id=viewer.employee_id).exclude(lifecycle=Lifecycle.CANCELLED)
    return plans.select_related("period", "assignment", "open_revision", "in_force").order_by(
        "-period__year", "-start"
    )


def startable_posts(viewer: Viewer) -> list[StartablePost]:
    """The viewer's posts of the newest period without a plan; the Bupati has none (rules.md §8)."""
    period = latest_period(viewer.today)
    if period is None or viewer.employee_id is None:
        return []
    year_start, year_end = date(period.year, 1, 1), date(period.year + 1, 1, 1)
    taken = Skp.objects.filter(period=period).exclude(lifecycle=Lifecycle.CANCELLED).values("assignment_id")
    planning = Duty.objects.filter(
        period=period, stage=Stage.PLANNING, employee=OuterRef("employee"), obliged=True
    )
    posts = (
        Assignment.objects.annotate(plan_due_at=Subquery(planning.values("due_at")[:1]))
        .filter(
            Q(until__isnull=True) | Q(until__gt=year_start),
            employee_id=viewer.employee_id,
            kind=AssignmentKind.DEFINITIVE,
            start__lt=year_end,
        )
        .exclude(employee__employment_kind=EmploymentKind.STATE_OFFICIAL)
        .exclude(pk__in=taken)
        .order_by("start")
    )
    return [StartablePost(period, post, post.plan_due_at) for post in posts]


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """What a person must do about plans, and what waits for them as appraiser."""
    cards = [_start_card(post, now) for post in startable_posts(viewer)]
    for skp in with_facts(own_plans(viewer).filter(lifecycle=Lifecycle.ACTIVE)):
        facts = plan_facts(skp, today=viewer.today)
        cards += _own_cards(skp, facts, now)
        if skp.in_force_id is not None:
            cards += _progress_cards(skp, facts, now)
    waiting = plans_waiting_for(viewer).count() if viewer.has_appraisees else 0
    if waiting:
        cards.append(
            Card(
                title=f"{waiting} rencana menunggu keputusan Anda",
                verb="Periksa",
                url=reverse("skp:inbox"),
            )
        )
    return cards


def _start_card(post: StartablePost, now: datetime) -> Card:
    url, year = reverse("skp:mine"), post.period.year
    if post.due_at is not None and post.due_at <= now:
        return _late_card(f"Rencana SKP {year} belum disusun", url, post.due_at)
    title = f"Susun rencana SKP {year}"
    return Card(title=title, body=post.assignment.position_title, verb="Mulai", url=url, due_at=post.due_at)


def _late_card(title: str, url: str, due_at: datetime | None) -> Card:
    """What can't be done any more without an extension is told, not asked for."""
    body = "Perpanjangan hanya diberikan oleh BKPSDM."
    return Card(title=title, body=body, url=url, due_at=due_at, section=Section.RUNNING)


def _own_cards(skp: Skp, facts: PlanFacts, now: datetime) -> list[Card]:
    url = reverse("skp:plan", args=[skp.pk])
    year = skp.period.year
    open_cards = _open_cards(facts, year, url, now)
    if skp.in_force_id is None:
        return open_cards
    window, due_at = facts.window(Stage.SELF_REPORT), facts.due_at(Stage.SELF_REPORT)
    if skp.locked_for_scoring:
        return [*open_cards, *_reported_cards(skp, year, url)]
    if window is None or due_at is None or now < window.opens_at:
        return [*open_cards, Card(title=f"SKP {year} berjalan", url=url, section=Section.RUNNING)]
    if due_at <= now:
        title, body = f"SKP {year} belum dilaporkan", "Masa pelaporan realisasi sudah ditutup."
        return [*open_cards, Card(title=title, body=body, url=url, section=Section.RUNNING)]
    return [
        *open_cards,
        Card(
            title=f"Isi dan laporkan realisasi SKP {year}",
            verb="Isi realisasi",
            url=reverse("assessments:report", args=[skp.pk]),
            due_at=due_at,
        ),
    ]


def _reported_cards(skp: Skp, year: int, url: str) -> list[Card]:
    """A reported plan waits for its score; from the delivery on the result speaks for itself."""
    if skp.delivered_at is not None:
        return []
    body = "Menunggu penilaian oleh pejabat penilai."
    return [Card(title=f"SKP {year} sudah dilaporkan", body=body, url=url, section=Section.RUNNING)]


def _progress_cards(skp: Skp, facts: PlanFacts, now: datetime) -> list[Card]:
    """The quarters or months that are open and not told yet."""
    untold = Duty.objects.filter(
        skp=skp, stage=Stage.MONITORING, obliged=True, fulfilled_at=None, due_at__gt=now
    ).order_by("interval")
    names = {interval.number: interval.name for interval in asked_of(skp, facts)}
    return [
        Card(
            title=f"Laporkan kemajuan {names[duty.interval]} {skp.period.year}",
            verb="Isi kemajuan",
            url=reverse("skp:progress", args=[skp.pk, duty.interval]),
            due_at=duty.due_at,
        )
        for duty in untold
        if (window := facts.window(Stage.MONITORING, duty.interval)) and window.opens_at <= now
        if duty.interval in names
    ]


def _open_cards(facts: PlanFacts, year: int, url: str, now: datetime) -> list[Card]:
    """What the revision under negotiation asks of its owner."""
    what = "adendum" if facts.addendum else "rencana"
    if facts.state == RevisionState.SUBMITTED:
        title = f"{what.capitalize()} SKP {year} menunggu persetujuan"
        return [Card(title=title, url=url, section=Section.RUNNING)]
    if facts.state not in (RevisionState.DRAFT, RevisionState.RETURNED):
        return []
    sending, due_at = facts.move(Action.SUBMIT), facts.next_due_at
    late = due_at is not None and due_at <= now
    if late and not (sending and facts.move_in_time(sending, now)):
        return [_late_card(f"{what.capitalize()} SKP {year} belum dikirim", url, due_at)]
    verb = "Perbaiki" if facts.state == RevisionState.RETURNED else "Lengkapi"
    title = f"{verb} dan kirim {what} SKP {year}"
    return [Card(title=title, verb="Lanjutkan", url=url, due_at=due_at)]
