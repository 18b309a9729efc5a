"""Who is not obliged by a document: the list, granting, proposing, revoking, the document."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config.lib.dates import last_day_from_until
from config.lib.errors import DomainError
from config.lib.http import answers_refusals
from config.lib.privatefiles import private_response
from orgunits.middleware import viewer_of
from orgunits.selectors.people import employees_managed_by
from orgunits.viewer import Viewer
from skp.deadline_permissions import can_grant, can_propose
from skp.enums import ExemptionKind
from skp.forms.deadlines import ExemptionForm, ReasonForm
from skp.models import Exemption, ExemptionProposal
from skp.selectors.extensions import (
    exemption_documents_of,
    exemption_proposals_visible_to,
    exemptions_visible_to,
)
from skp.services.exemptions import ExemptionInput, exemption_grant, exemption_revoke
from skp.services.proposals import exemption_propose
from skp.views.extensions import PAGE_SIZE, form_page
from skp.views.proposals import reason_page


@require_safe
def exemptions(request: HttpRequest) -> HttpResponse:
    """The exemptions that the viewer may know of, the newest first, and proposals that wait."""
    viewer = viewer_of(request)
    rows = exemptions_visible_to(viewer).order_by("-granted_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    readable = set(
        exemption_documents_of(viewer).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True)
    )
    context = {
        "page": page,
        "rows": [(row, row.pk in readable and bool(row.stored_name)) for row in page],
        "proposals": exemption_proposals_visible_to(viewer).filter(answered_at__isnull=True)[:PAGE_SIZE],
        "grant": can_grant(viewer),
        "propose": can_propose(viewer),
        "current_place": "deadlines",
    }
    return render(request, "skp/deadlines/exemptions.html", context)


@form_page
@answers_refusals
def exemption_new(request: HttpRequest) -> HttpResponse:
    """BKPSDM grants, an OPD admin proposes; ``?usul=`` starts from a proposal."""
    viewer = viewer_of(request)
    granting = bool(can_grant(viewer))
    if not granting:
        can_propose(viewer).enforce()
    proposal = _proposal(viewer, request.GET.get("usul", "")) if granting else None
    initial = _initial(proposal) if proposal else None
    form = ExemptionForm(request.POST or None, request.FILES or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(viewer, form, proposal, granting=granting)
            except DomainError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(
                    request,
                    "Pengecualian sudah dicatat." if granting else "Usul sudah dikirim kepada BKPSDM.",
                )
                return redirect("skp:exemptions")
    context = {"form": form, "granting": granting, "proposal": proposal, "current_place": "deadlines"}
    return render(request, "skp/deadlines/exemption_form.html", context, status=status)


def _save(viewer: Viewer, form: ExemptionForm, proposal: ExemptionProposal | None, *, granting: bool) -> None:
    people = employees_managed_by(viewer)
    employee = people.filter(nip=form.cleaned_data["nip"]).first()
    if employee is None:
        raise DomainError("Tidak ada pegawai dengan NIP ini yang Anda kelola.")
    data = ExemptionInput(
        employee_id=employee.pk,
        kind=ExemptionKind(form.cleaned_data["kind"]),
        start=form.cleaned_data["start"],
        until=form.until,
        document=form.cleaned_data["document"],
    )
    file = form.checked()
    if granting:
        answers = proposal.pk if proposal else None
        exemption_grant(actor=viewer, data=data, now=viewer.now, file=file, proposal_id=answers)
    else:
        exemption_propose(actor=viewer, data=data, now=viewer.now, file=file)


def _proposal(viewer: Viewer, text: str) -> ExemptionProposal | None:
    if not text:
        return None
    waiting = exemption_proposals_visible_to(viewer).filter(answered_at__isnull=True)
    found = waiting.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise Http404("Usul ini tidak ada atau sudah dijawab.")
    return found


def _initial(proposal: ExemptionProposal) -> dict[str, object]:
    return {
        "nip": proposal.employee.nip,
        "kind": proposal.kind,
        "start": proposal.start,
        "last_day": last_day_from_until(proposal.until),
        "document": proposal.document,
    }


@form_page
@answers_refusals
def exemption_take_back(request: HttpRequest, exemption_id: int) -> HttpResponse:
    """Revoke it with the reason: the person is obliged again."""
    viewer = viewer_of(request)
    row = exemptions_visible_to(viewer).filter(pk=exemption_id).first()
    if row is None:
        raise Http404("Pengecualian tidak ditemukan.")
    can_grant(viewer).enforce()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        exemption_revoke(actor=viewer, exemption_id=row.pk, reason=reason, now=viewer.now)
        messages.success(request, "Pengecualian sudah dicabut.")
        return redirect("skp:exemptions")
    text = (
        f"{row.employee.full_name} kembali wajib pada tahap yang tanggal acuannya dicakup pengecualian ini."
    )
    return reason_page(
        request, form, title="Cabut pengecualian", text=text, list_url="skp:exemptions", verb="Cabut"
    )


@require_safe
def exemption_document(request: HttpRequest, exemption_id: int) -> HttpResponseBase:
    """The document of an exemption."""
    rows = exemption_documents_of(viewer_of(request)).exclude(stored_name="")
    return _download(rows.filter(pk=exemption_id).first())


@require_safe
def exemption_proposal_document(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """The document that a proposal came with."""
    rows = exemption_proposals_visible_to(viewer_of(request)).exclude(stored_name="")
    return _download(rows.filter(pk=proposal_id).first())


def _download(row: Exemption | ExemptionProposal | None) -> HttpResponseBase:
    if row is None:
        raise Http404("Berkas tidak ditemukan.")
    return private_response(row.stored_name, name=row.file_name, content_type="application/octet-stream")
