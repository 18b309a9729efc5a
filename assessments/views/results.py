"""The delivered result in its readers' hands, and its acceptance by the owner."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.models import Assessment, AssessmentVersion, Delivery
from assessments.permissions import can_do, can_read_score
from assessments.selectors.history import history_of, steps_of, versions_of
from assessments.selectors.requests import unlock_waits
from assessments.selectors.results import judged_aspects, judged_results, people_around
from assessments.services.delivery import assessment_accept, assessment_receive
from assessments.states import AssessmentAction, AssessmentStatus
from config.lib.decisions import Decision
from config.lib.http import answers_refusals, posted_int
from orgunits.models import Employee
from skp.views.common import PlanHead, plan_head

# What browsers say when they fetch a page that nobody looks at yet.
FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


@dataclass(frozen=True, slots=True)
class ResultPage(PlanHead):
    """A plan with what was given to its owner."""

    assessment: Assessment
    given: AssessmentVersion
    delivery: Delivery
    appraiser: Employee | None = None

    @property
    def status(self) -> AssessmentStatus:
        """The status as the enum that knows its badge."""
        return AssessmentStatus(self.assessment.status)

    def may(self, action: AssessmentAction) -> Decision:
        """The decision on a move, with the sentence that its disabled button shows."""
        in_force = self.skp.in_force_id is not None
        return can_do(self.viewer, self.facts, self.status, action, in_force=in_force)


@require_safe
@answers_refusals
def result(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The delivered score; the owner's first opening is its receipt."""
    page = _delivered(request, skp_id)
    if page.is_owner and page.delivery.received_at is None and opened(request):
        assessment_receive(actor=page.viewer, skp_id=skp_id, now=page.viewer.now)
        page.delivery.refresh_from_db()
    appraiser, decider = people_around(page.skp, page.facts, page.viewer)
    reads_all = can_read_score(page.viewer, page.facts).allowed
    versions = versions_of(page.assessment, up_to=None if reads_all else page.given.number)
    given = next(shown.version for shown in versions if shown.version.pk == page.given.pk)
    context = {
        "page": replace(page, appraiser=appraiser),
        "status": page.status,
        "version": given,
        "delivery": page.delivery,
        "results": judged_results(given),
        "aspects": judged_aspects(given),
        "steps": steps_of(given),
        "versions": versions,
        "history": history_of(page.assessment),
        "decider": decider,
        "accept": page.may(AssessmentAction.ACCEPT),
        "unlock": page.may(AssessmentAction.UNLOCK),
        "unlock_waits": page.viewer.is_bkpsdm and unlock_waits(page.assessment),
        "current_place": page.place,
    }
    return render(request, "assessments/result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def accept(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The owner accepts the result: asked first, then done."""
    page = _delivered(request, skp_id)
    page.may(AssessmentAction.ACCEPT).enforce()
    if request.method == "POST":
        assessment_accept(
            actor=page.viewer, skp_id=skp_id, version=posted_int(request, "version"), now=page.viewer.now
        )
        messages.success(request, "Hasil penilaian sudah Anda terima.")
        return redirect("assessments:result", skp_id)
    context = {
        "page": page,
        "assessment": page.assessment,
        "version": page.given,
        "current_place": page.place,
    }
    return render(request, "assessments/accept.html", context)


def _delivered(request: HttpRequest, skp_id: int) -> ResultPage:
    """The plan with the version in the owner's hands; 403 for whom it is not for, 404 before."""
    head = plan_head(request, skp_id)
    viewer, skp, facts = head.viewer, head.skp, head.facts
    # The plan was found among the visible ones.
    rows = Assessment.objects.filter(skp=skp, delivered__isnull=False)
    assessment = rows.select_related("delivered__delivery").first()
    in_subtree = skp.assignment.unit_id in viewer.subtree_unit_ids
    can_read_score(viewer, facts, delivered=assessment is not None, in_subtree=in_subtree).enforce()
    if assessment is None or assessment.delivered is None:
        raise Http404("Hasil penilaian SKP ini belum disampaikan.")
    return ResultPage(viewer, skp, facts, assessment, assessment.delivered, assessment.delivered.delivery)


def opened(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: not a probe of its head, nor a browser that fetches ahead."""
    ahead = any("prefetch" in request.headers.get(name, "").lower() for name in FETCHED_AHEAD)
    return request.method == "GET" and not ahead
