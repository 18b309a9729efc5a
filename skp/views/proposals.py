"""What OPD admins ask BKPSDM for: later deadlines and exemptions, and the refusals."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from config.lib.errors import DomainError
from config.lib.http import answers_refusals
from orgunits.middleware import viewer_of
from orgunits.selectors.units import units_managed_by
from skp.deadline_permissions import can_grant, can_propose
from skp.forms.deadlines import ExtensionForm, ReasonForm
from skp.selectors.extensions import exemption_proposals_visible_to, extension_proposals_visible_to
from skp.services.proposals import exemption_refuse, extension_propose, extension_refuse
from skp.views.extensions import form_answer, form_page, running_period


@form_page
@answers_refusals
def extension_ask(request: HttpRequest) -> HttpResponse:
    """An OPD admin asks BKPSDM for a later deadline."""
    viewer = viewer_of(request)
    can_propose(viewer).enforce()
    units = units_managed_by(viewer, viewer.today)
    form = ExtensionForm(request.POST or None, period=running_period(viewer), units=units, proposing=True)
    if request.method != "POST":
        return form_answer(request, form, proposing=True)
    if not form.is_valid():
        return form_answer(request, form, status=422, proposing=True)
    try:
        extension_propose(actor=viewer, data=form.to_input(), now=viewer.now)
    except DomainError as error:
        form.add_error(None, str(error))
        return form_answer(request, form, status=error.status, proposing=True)
    messages.success(request, "Usul sudah dikirim kepada BKPSDM.")
    return redirect("skp:extensions")


@form_page
@answers_refusals
def extension_decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """BKPSDM refuses a proposal with the reason."""
    viewer = viewer_of(request)
    row = extension_proposals_visible_to(viewer).filter(pk=proposal_id).first()
    if row is None:
        raise Http404("Usul tidak ditemukan.")
    can_grant(viewer).enforce()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["reason"]
        extension_refuse(actor=viewer, proposal_id=row.pk, answer=answer, now=viewer.now)
        messages.success(request, "Usul sudah ditolak.")
        return redirect("skp:extensions")
    return reason_page(
        request, form, title="Tolak usul perpanjangan", text=row.reason, list_url="skp:extensions"
    )


@form_page
@answers_refusals
def exemption_decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """BKPSDM refuses the proposal of an exemption with the reason."""
    viewer = viewer_of(request)
    row = exemption_proposals_visible_to(viewer).filter(pk=proposal_id).first()
    if row is None:
        raise Http404("Usul tidak ditemukan.")
    can_grant(viewer).enforce()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["reason"]
        exemption_refuse(actor=viewer, proposal_id=row.pk, answer=answer, now=viewer.now)
        messages.success(request, "Usul sudah ditolak.")
        return redirect("skp:exemptions")
    text = f"{row.employee.full_name}: {row.get_kind_display()}, dokumen {row.document}"
    return reason_page(request, form, title="Tolak usul pengecualian", text=text, list_url="skp:exemptions")


def reason_page(
    request: HttpRequest, form: ReasonForm, *, title: str, text: str, list_url: str, verb: str = "Tolak usul"
) -> HttpResponse:
    """The form that asks for nothing but the reason."""
    context = {
        "form": form,
        "title": title,
        "text": text,
        "list_url": list_url,
        "verb": verb,
        "current_place": "deadlines",
    }
    return render(request, "skp/deadlines/reason.html", context, status=422 if form.errors else 200)
