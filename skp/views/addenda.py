"""Addenda: proposing, discarding, and two revisions side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from skp.comparing import compare as compare_contents
from skp.content import PlanContent
from skp.models import Revision
from skp.selectors.content import read_content
from skp.services.addenda import addendum_discard, addendum_propose
from skp.states import Action, RevisionState
from skp.views.common import PlanPage, plan_page


@require_http_methods(["GET", "POST"])
@answers_refusals
def propose(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Open the next revision with its reason."""
    page = plan_page(request, skp_id)
    page.may(Action.PROPOSE).enforce()
    error, status = "", 200
    if request.method == "POST":
        try:
            addendum_propose(
                actor=page.viewer,
                skp_id=skp_id,
                version=posted_int(request, "version"),
                reason=request.POST.get("note", ""),
                now=page.viewer.now,
            )
        except DomainError as refusal:
            if refusal.status != DomainError.status:
                raise
            error, status = str(refusal), 422
        else:
            messages.success(request, "Adendum sudah dibuka. Ubah isinya, lalu kirim untuk disepakati.")
            return redirect("skp:plan", skp_id)
    context = {"page": page, "error": error, "current_place": "plan"}
    return render(request, "skp/propose.html", context, status=status)


@require_http_methods(["GET", "POST"])
@answers_refusals
def discard(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Give up the open addendum after its consequence was shown."""
    page = plan_page(request, skp_id)
    page.may(Action.DISCARD).enforce()
    if request.method == "POST":
        addendum_discard(
            actor=page.viewer, skp_id=skp_id, version=posted_int(request, "version"), now=page.viewer.now
        )
        messages.success(request, "Adendum dibatalkan. Rencana yang disepakati tetap berlaku.")
        return redirect("skp:plan", skp_id)
    return render(request, "skp/discard.html", {"page": page, "current_place": "plan"})


@require_safe
def compare(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Two revisions side by side, the last two unless the address names others."""
    page = plan_page(request, skp_id)
    revisions = {revision.number: revision for revision in page.skp.revisions.order_by("number")}
    if not _parties(page):
        # A draft that is still negotiated belongs to its two parties.
        newest = page.revision.number
        revisions = {number: row for number, row in revisions.items() if number <= newest}
    numbers = sorted(revisions)
    if len(numbers) < 2:
        raise Http404("SKP ini baru mempunyai satu revisi.")
    first = _number(request, "dari", numbers, numbers[-2])
    second = _number(request, "ke", numbers, numbers[-1])
    old, new = revisions[first], revisions[second]
    context = {
        "page": page,
        "numbers": numbers,
        "old": old,
        "new": new,
        "old_state": RevisionState(old.state),
        "new_state": RevisionState(new.state),
        "blocks": compare_contents(_content(page, old), _content(page, new)),
        "current_place": page.place,
    }
    return render(request, "skp/compare.html", context)


def _content(page: PlanPage, revision: Revision) -> PlanContent:
    """What the revision says; the page has read one already."""
    return page.content if revision.pk == page.revision.pk else read_content(revision, page.facts.scheme)


def _parties(page: PlanPage) -> bool:
    return page.is_owner or page.is_appraiser


def _number(request: HttpRequest, name: str, known: list[int], otherwise: int) -> int:
    text = request.GET.get(name, "")
    number = int(text) if text.isdecimal() and len(text) < 6 else otherwise
    if number not in known:
        raise Http404("Revisi ini tidak ada.")
    return number
