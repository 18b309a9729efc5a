"""A delivered result as its owner and the other readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from assessments.aspects import aspect_label
from assessments.models import AssessmentVersion, BehaviourScore, Delivery, ResultScore
from assessments.states import AssessmentStatus
from config.lib.cards import Card, Section
from config.lib.numbers import show_score
from orgunits.models import Employee
from orgunits.selectors.lines import acting_line_for
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import Skp
from skp.selectors.content import latest_texts
from skp.states import Lifecycle

# Results that the start page speaks of: one to be answered, and those that stand.
TOLD = (AssessmentStatus.DELIVERED, AssessmentStatus.ACCEPTED, AssessmentStatus.FINAL)


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides an objection: the appraiser's superior by the appraisal line of today."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class JudgedResult:
    """A result of the version with its text."""

    text: str
    score: ResultScore


@dataclass(frozen=True, slots=True)
class JudgedAspect:
    """An aspect of behaviour with its score, whose value is None in regime ``quadrant``."""

    label: str
    score: BehaviourScore


def people_around(skp: Skp, facts: PlanFacts, viewer: Viewer) -> tuple[Employee | None, Decider | None]:
    """The appraiser and who decides objections; None for whom the line of today does not name."""
    until = min(skp.until, skp.assignment.until or skp.until)
    line = acting_line_for(skp.assignment_id, last_day=until - timedelta(days=1), today=viewer.today)
    superior_id = line.superior_id if line else None
    known = Employee.objects.in_bulk([pk for pk in (facts.appraiser_id, superior_id) if pk is not None])
    superior = known.get(superior_id or 0)
    decider = Decider(superior.full_name, line.superior_title) if superior and line else None
    return known.get(facts.appraiser_id or 0), decider


def judged_results(version: AssessmentVersion) -> list[JudgedResult]:
    """Every result of the version with its newest text, in the plan's order; its rows were fetched before."""
    rows = sorted(version.results.all(), key=lambda row: row.pk)
    texts = latest_texts({row.result_id for row in rows})
    return [JudgedResult(texts.get(row.result_id, "Hasil kerja"), row) for row in rows]


def judged_aspects(version: AssessmentVersion) -> list[JudgedAspect]:
    """Every aspect of behaviour that the version speaks of; its rows were fetched before."""
    rows = sorted(version.behaviours.all(), key=lambda row: row.pk)
    return [JudgedAspect(aspect_label(row.aspect), row) for row in rows]


def result_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """Results in the viewer's hands: to be answered, and of the newest year those that stand."""
    if viewer.employee_id is None:
        return ()
    given = Delivery.objects.filter(
        version__delivered_of__status__in=TOLD, version__delivered_of__skp__owner=viewer.employee_id
    ).exclude(version__assessment__skp__lifecycle=Lifecycle.CANCELLED)
    rows = list(given.select_related("version__assessment__skp__period").order_by("pk"))
    newest = max((_year_of(delivery) for delivery in rows), default=0)
    cards = []
    for delivery in rows:
        if delivery.version.assessment.status == AssessmentStatus.DELIVERED:
            cards.append(_waiting_card(delivery))
        elif _year_of(delivery) == newest:
            cards.append(_standing_card(delivery))
    return cards


def _year_of(delivery: Delivery) -> int:
    return delivery.version.assessment.skp.period.year


def _standing_card(delivery: Delivery) -> Card:
    """The score, or the predicate where there are no numbers, of a result that nobody contests."""
    version = delivery.version
    status = AssessmentStatus(version.assessment.status).label.lower()
    what, word, figure = "Predikat kinerja", "", version.get_national_display()
    if version.final is not None:
        what, word, figure = "Nilai akhir", version.get_category_display(), show_score(version.final)
    return Card(
        title=f"{what} SKP {_year_of(delivery)} Anda",
        body=", ".join(part for part in (word, status) if part),
        figure=figure,
        url=reverse("assessments:result", args=[version.assessment.skp_id]),
        section=Section.NUMBER,
    )


def _waiting_card(delivery: Delivery) -> Card:
    skp = delivery.version.assessment.skp
    body = "Buka hasilnya; sejak saat itu jangka waktu keberatan berjalan."
    if delivery.closes_at:
        body = "Terima hasilnya. Keberatan dapat diajukan sampai tenggat ini."
    return Card(
        title=f"Hasil penilaian SKP {skp.period.year} Anda sudah disampaikan",
        body=body,
        verb="Lihat hasil",
        url=reverse("assessments:result", args=[skp.pk]),
        due_at=delivery.closes_at,
    )
