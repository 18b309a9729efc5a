"""Later deadlines: the list, the form with its preview, revoking."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.dates import last_minute_of
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals
from config.lib.privatefiles import private_response
from orgunits.middleware import viewer_of
from orgunits.selectors.people import unit_names
from orgunits.selectors.units import units_managed_by
from orgunits.viewer import Viewer
from skp.deadline_permissions import can_grant, can_propose
from skp.forms.deadlines import ExtensionForm, PaperForm, ReasonForm
from skp.models import Extension, ExtensionProposal, Period
from skp.selectors.extensions import extension_proposals_visible_to, extensions_visible_to
from skp.selectors.periods import latest_period
from skp.services.extension_effects import ExtensionEffect
from skp.services.extensions import (
    ExtensionInput,
    extension_grant,
    extension_preview,
    extension_revoke,
    extension_revoke_preview,
)

PAGE_SIZE = 25
# Fields of the confirmation itself; everything else of the form is sent along hidden.
NOT_SENT = frozenset({"csrfmiddlewaretoken", "fingerprint", "confirm", "paper"})
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def extensions(request: HttpRequest) -> HttpResponse:
    """The extensions that the viewer may know of, the newest first, and proposals that wait."""
    viewer = viewer_of(request)
    rows = extensions_visible_to(viewer).order_by("-granted_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    proposals = list(extension_proposals_visible_to(viewer).filter(answered_at__isnull=True)[:PAGE_SIZE])
    units = {row.unit_id for row in page} | {row.unit_id for row in proposals}
    names = unit_names([pk for pk in units if pk is not None], viewer.today)
    context = {
        "page": page,
        "rows": [(row, names.get(row.unit_id or 0, "")) for row in page],
        "proposals": [(row, names.get(row.unit_id or 0, "")) for row in proposals],
        "grant": can_grant(viewer),
        "propose": can_propose(viewer),
        "reads_files": viewer.sees_regency,
        "current_place": "deadlines",
    }
    return render(request, "skp/deadlines/extensions.html", context)


@form_page
@answers_refusals
def extension_new(request: HttpRequest) -> HttpResponse:
    """The form, then what it would do, then do it; ``?usul=`` starts from a proposal."""
    viewer = viewer_of(request)
    can_grant(viewer).enforce()
    proposal = _proposal(viewer, request.GET.get("usul", ""))
    period = proposal.period if proposal else running_period(viewer)
    units = units_managed_by(viewer, viewer.today)
    initial = _initial(proposal) if proposal else None
    form = ExtensionForm(request.POST or None, period=period, units=units, initial=initial)
    if request.method != "POST":
        return form_answer(request, form)
    if not form.is_valid():
        return form_answer(request, form, status=422)
    try:
        if "confirm" in request.POST:
            return _confirm(request, viewer, form, proposal)
        effect = extension_preview(actor=viewer, data=form.to_input(), now=viewer.now)
    except (Conflict, NotAllowed):
        raise
    except DomainError as error:
        form.add_error(None, str(error))
        return form_answer(request, form, status=error.status)
    return _preview(request, form, effect, PaperForm())


def _confirm(
    request: HttpRequest, viewer: Viewer, form: ExtensionForm, proposal: ExtensionProposal | None
) -> HttpResponse:
    """Grant it; when it would do something else by now, show that instead."""
    paper = PaperForm(request.POST, request.FILES)
    data = form.to_input()
    try:
        paper.is_valid()
        extension_grant(
            actor=viewer,
            data=data,
            fingerprint=request.POST.get("fingerprint", ""),
            now=viewer.now,
            file=paper.checked(),
            proposal_id=proposal.pk if proposal else None,
        )
    except NotAllowed:
        raise
    except DomainError as error:
        # Also for a file that can't be taken: nothing was kept, the figures are those of now.
        effect = extension_preview(actor=viewer, data=data, now=viewer.now)
        paper.add_error(None, str(error))
        return _preview(request, form, effect, paper, status=error.status)
    messages.success(request, "Perpanjangan sudah diberikan.")
    return redirect("skp:extensions")


def _preview(
    request: HttpRequest, form: ExtensionForm, effect: ExtensionEffect, paper: PaperForm, *, status: int = 200
) -> HttpResponse:
    sent = [(key, value) for key, values in request.POST.lists() for value in values if key not in NOT_SENT]
    data: ExtensionInput = form.to_input()
    context = {
        "effect": effect,
        "data": data,
        "sent": sent,
        "form": paper,
        "summary": _summary(form, data),
        "current_place": "deadlines",
    }
    return render(request, "skp/deadlines/preview.html", context, status=status)


def _summary(form: ExtensionForm, data: ExtensionInput) -> list[tuple[str, str]]:
    choices = dict(form.fields["stage"].choices)  # type: ignore[attr-defined]
    # Named as on the day of the new deadline.
    names = unit_names([data.unit_id], form.cleaned_data["last_day"]) if data.unit_id else {}
    where = names.get(data.unit_id or 0, "")
    return [
        ("Tahap", f"{choices[form.cleaned_data['stage']]} {form.period.year}"),
        ("Berlaku untuk", f"{data.scope.label}{f': {where}' if where else ''}"),
        ("Alasan", data.reason),
        ("Nomor surat", data.decree),
    ]


def form_answer(
    request: HttpRequest, form: ExtensionForm, *, status: int = 200, proposing: bool = False
) -> HttpResponse:
    """The form of an extension granted or proposed."""
    context = {"form": form, "period": form.period, "proposing": proposing, "current_place": "deadlines"}
    return render(request, "skp/deadlines/extension_form.html", context, status=status)


def running_period(viewer: Viewer) -> Period:
    """The period of today; raises DomainError before the first one."""
    period = latest_period(viewer.today)
    if period is None:
        raise DomainError("Belum ada periode yang berjalan. Buat periode dahulu.")
    return period


def _proposal(viewer: Viewer, text: str) -> ExtensionProposal | None:
    if not text:
        return None
    waiting = extension_proposals_visible_to(viewer).filter(answered_at__isnull=True)
    found = waiting.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise Http404("Usul ini tidak ada atau sudah dijawab.")
    return found


def _initial(proposal: ExtensionProposal) -> dict[str, object]:
    day, clock = last_minute_of(proposal.due_at)
    return {
        "stage": f"{proposal.stage}:{proposal.interval}",
        "scope": proposal.scope,
        "unit": proposal.unit_id,
        "nips": proposal.nips,
        "last_day": day,
        "last_minute": clock,
        "reason": proposal.reason,
    }


@form_page
@answers_refusals
def extension_take_back(request: HttpRequest, extension_id: int) -> HttpResponse:
    """What revoking would do, asked with the reason."""
    viewer = viewer_of(request)
    row = extensions_visible_to(viewer).filter(pk=extension_id).first()
    if row is None:
        raise Http404("Perpanjangan tidak ditemukan.")
    can_grant(viewer).enforce()
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                extension_revoke(
                    actor=viewer,
                    extension_id=row.pk,
                    reason=form.cleaned_data["reason"],
                    fingerprint=request.POST.get("fingerprint", ""),
                    now=viewer.now,
                )
            except Conflict as error:
                # Revoked meanwhile, the preview says so in turn.
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, "Perpanjangan sudah dicabut.")
                return redirect("skp:extensions")
    effect = extension_revoke_preview(actor=viewer, extension_id=row.pk, now=viewer.now)
    context = {"row": row, "effect": effect, "form": form, "current_place": "deadlines"}
    return render(request, "skp/deadlines/extension_revoke.html", context, status=status)


@require_safe
def extension_letter(request: HttpRequest, extension_id: int) -> HttpResponseBase:
    """The decree's file; it may name other people, so only who reads the regency gets it."""
    viewer = viewer_of(request)
    rows = extensions_visible_to(viewer) if viewer.sees_regency else Extension.objects.none()
    row = rows.filter(pk=extension_id).exclude(stored_name="").first()
    if row is None:
        raise Http404("Berkas tidak ditemukan.")
    return private_response(row.stored_name, name=row.file_name, content_type="application/octet-stream")
