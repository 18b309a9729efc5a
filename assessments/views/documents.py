"""The documents of a score: what was issued, and previews for its appraiser before it is delivered."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.documents.contents import TITLES, kinds_of_score, score_document, score_head
from assessments.models import Assessment, AssessmentVersion
from assessments.permissions import can_preview, can_read_documents, can_read_score
from assessments.selectors.documents import documents_of_assessment, source_of
from assessments.services.delivery import assessment_receive
from assessments.states import AssessmentStatus
from assessments.views.results import opened
from config.lib.http import answers_refusals
from documents.enums import DocumentKind, IssuedState
from documents.services import document_response, draft_bytes
from skp.documents.contents import frozen, thawed
from skp.enums import Regime
from skp.views.common import PlanPage, plan_page


@require_safe
def document_list(request: HttpRequest, skp_id: int) -> HttpResponse:
    """What was issued about the score, newest first; who may not read it sees the states alone."""
    page = plan_page(request, skp_id, in_force=True)
    assessment = Assessment.objects.filter(skp=skp_id).select_related("current").first()
    drafted = _drafted(page, assessment)
    issued = documents_of_assessment(assessment).defer("content_text") if assessment else []
    context = {
        "page": page,
        "rows": [(row, DocumentKind(row.kind), IssuedState(row.state)) for row in issued],
        "reading": _reading(page, assessment),
        "previews": [(kind, TITLES[kind]) for kind in kinds_of_score(Regime(drafted.regime))]
        if drafted
        else [],
        "crumbs": [(f"SKP {page.skp.period.year}", reverse("skp:plan", args=[skp_id]))],
        "current_place": page.place,
    }
    return render(request, "assessments/documents.html", context)


@require_safe
@never_cache
@answers_refusals
def preview(request: HttpRequest, skp_id: int, which: str) -> HttpResponse:
    """The newest score as PDF with the mark DRAF; nothing is stored, nothing can be verified."""
    page = plan_page(request, skp_id, in_force=True)
    assessment = Assessment.objects.filter(skp=skp_id).select_related("current").first()
    status = AssessmentStatus(assessment.status) if assessment else AssessmentStatus.OPEN
    can_preview(page.viewer, page.facts, status).enforce()
    version = _drafted(page, assessment)
    kind = next((kind for kind in TITLES if kind.value == which), None)
    if version is None or kind not in kinds_of_score(Regime(version.regime)):
        raise Http404("Dokumen ini tidak ada pada hasil penilaian ini.")
    source = source_of(page.skp, version, page.viewer.today)
    values = score_document(kind, source, score_head(source))
    response = HttpResponse(draft_bytes(kind, thawed(frozen(values))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="DRAF-{kind}-{skp_id}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@answers_refusals
def download(request: HttpRequest, skp_id: int, public_id: UUID) -> HttpResponse:
    """A document that was issued about the score; in its owner's hands it is the receipt, as the page is."""
    page = plan_page(request, skp_id, in_force=True)
    assessment = Assessment.objects.filter(skp=skp_id).select_related("delivered").first()
    can_read_documents(readable=_reading(page, assessment)).enforce()
    if assessment is None:
        raise Http404("Dokumen ini tidak ada.")
    issued = get_object_or_404(documents_of_assessment(assessment), public_id=public_id)
    response = document_response(issued)
    given = assessment.delivered
    if page.is_owner and opened(request) and given is not None and issued.revision == given.number:
        assessment_receive(actor=page.viewer, skp_id=skp_id, now=page.viewer.now)
    return response


def _reading(page: PlanPage, assessment: Assessment | None) -> bool:
    """Whether the viewer may read what was delivered, also while it is being judged again."""
    delivered = assessment is not None and assessment.delivered_id is not None
    below = page.skp.assignment.unit_id in page.viewer.subtree_unit_ids
    return can_read_score(page.viewer, page.facts, delivered=delivered, in_subtree=below).allowed


def _drafted(page: PlanPage, assessment: Assessment | None) -> AssessmentVersion | None:
    """The version that its appraiser may look at before he delivers it."""
    if assessment is None or not can_preview(page.viewer, page.facts, AssessmentStatus(assessment.status)):
        return None
    return assessment.current
