"""Closing a plan by hand: the form, what will happen, and the move."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from skp.enums import CloseReason
from skp.forms.closing import CloseForm
from skp.services.closing import skp_close
from skp.states import Action
from skp.views.common import plan_page


@require_http_methods(["GET", "POST"])
@answers_refusals
def close(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Ask for reason, day and document, show the consequences, then close."""
    page = plan_page(request, skp_id)
    page.may(Action.CLOSE).enforce()
    form = CloseForm(request.POST or None)
    confirming = False
    if request.method == "POST":
        version = posted_int(request, "version")
        if form.is_valid():
            confirming = True
            if request.POST.get("confirmed") == "1":
                try:
                    skp_close(
                        actor=page.viewer,
                        skp_id=skp_id,
                        version=version,
                        reason=CloseReason(form.cleaned_data["reason"]),
                        day=form.cleaned_data["day"],
                        note=form.cleaned_data["note"],
                        now=page.viewer.now,
                    )
                except DomainError as refusal:
                    if refusal.status != DomainError.status:
                        raise
                    form.add_error("day", str(refusal))
                    confirming = False
                else:
                    messages.success(request, f"SKP {page.skp.owner.full_name} sudah ditutup.")
                    return redirect("skp:plan", skp_id)
    context = {"page": page, "form": form, "confirming": confirming, "current_place": page.place}
    return render(request, "skp/close.html", context, status=422 if form.errors else 200)
