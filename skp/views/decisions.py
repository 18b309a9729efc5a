"""The appraiser's decisions: the inbox, agreeing one or many, returning with notes."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import DomainError
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from skp.models import Skp
from skp.selectors.inbox import (
    INBOX_PAGE,
    ShownResult,
    idle_people,
    shown_results,
    waiting_ids,
    waiting_plans,
    waiting_rows,
)
from skp.selectors.plans import skps_visible_to
from skp.services.bulk import ShownPlan, plans_agree
from skp.services.moves import skp_agree, skp_return
from skp.states import Action
from skp.views.common import plan_page


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Who has done nothing, and the plans that wait for the viewer's decision, oldest first."""
    viewer = viewer_of(request)
    page = Paginator(waiting_ids(viewer), INBOX_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": waiting_rows(list(page.object_list), viewer.today),
        "idle": idle_people(viewer) if page.number == 1 else [],
        "current_place": "inbox",
    }
    return render(request, "skp/inbox.html", context)


@require_POST
@answers_refusals
def agree(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Agree the submitted plan as its appraiser."""
    page = plan_page(request, skp_id)
    skp_agree(
        actor=page.viewer,
        skp_id=skp_id,
        version=posted_int(request, "version"),
        content_hash=request.POST.get("content_hash", ""),
        methods_confirmed=request.POST.get("methods_confirmed") == "1",
        now=page.viewer.now,
    )
    messages.success(request, f"Rencana {page.skp.owner.full_name} sudah disepakati.")
    return redirect("skp:inbox")


@require_http_methods(["GET", "POST"])
@answers_refusals
def give_back(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Return the plan with a note, and a note for each result where there is something to say."""
    page = plan_page(request, skp_id)
    page.may(Action.RETURN).enforce()
    error, status = "", 200
    if request.method == "POST":
        version = posted_int(request, "version")
        names = {f"hasil_{result.result_id}": result.result_id for result in page.content.results}
        try:
            skp_return(
                actor=page.viewer,
                skp_id=skp_id,
                version=version,
                content_hash=request.POST.get("content_hash", ""),
                note=request.POST.get("note", ""),
                result_notes={result: request.POST.get(name, "") for name, result in names.items()},
                now=page.viewer.now,
            )
        except DomainError as refusal:
            if refusal.status != DomainError.status:
                raise
            error, status = str(refusal), 422
        else:
            messages.success(request, f"Rencana {page.skp.owner.full_name} sudah dikembalikan.")
            return redirect("skp:inbox")
    rows = [(result, request.POST.get(f"hasil_{result.result_id}", "")) for result in page.content.results]
    context = {
        "page": page,
        "rows": rows,
        "note": request.POST.get("note", ""),
        "error": error,
        "current_place": "inbox",
    }
    return render(request, "skp/return.html", context, status=status)


@dataclass(frozen=True, slots=True)
class ReviewedPlan:
    """A plan in the list that is agreed at once: ``mark`` is the version and content shown."""

    skp: Skp
    mark: str
    results: list[ShownResult]


@require_http_methods(["GET", "POST"])
@answers_refusals
def agree_many(request: HttpRequest) -> HttpResponse:
    """Look at the chosen plans with their methods, agree them with one confirmation, see each verdict."""
    viewer = viewer_of(request)
    if request.method == "POST":
        verdicts = plans_agree(
            actor=viewer,
            shown=[_shown(mark) for mark in request.POST.getlist("rencana")[:INBOX_PAGE]],
            methods_confirmed=request.POST.get("methods_confirmed") == "1",
            now=viewer.now,
        )
        # Of a plan that the viewer may not know of nothing is told, not even that it was refused.
        seen = skps_visible_to(viewer).filter(pk__in=[verdict.skp_id for verdict in verdicts])
        names = {skp.pk: skp.owner.full_name for skp in seen.select_related("owner")}
        rows = [(names[verdict.skp_id], verdict) for verdict in verdicts if verdict.skp_id in names]
        context = {
            "rows": rows,
            "agreed": sum(verdict.agreed for _, verdict in rows),
            "refused": sum(not verdict.agreed for _, verdict in rows),
            "current_place": "inbox",
        }
        return render(request, "skp/agreed_many.html", context)
    chosen = [int(text) for text in request.GET.getlist("skp") if text.isdecimal() and len(text) < 19]
    plans = list(waiting_plans(viewer).filter(pk__in=chosen)[:INBOX_PAGE])
    if not plans:
        raise DomainError("Pilih paling sedikit satu rencana yang menunggu keputusan Anda.")
    results = shown_results(skp.open_revision_id for skp in plans if skp.open_revision_id)
    reviewed = [
        ReviewedPlan(
            skp,
            f"{skp.pk}:{skp.version}:{skp.open_revision.content_hash if skp.open_revision else ''}",
            results.get(skp.open_revision_id or 0, []),
        )
        for skp in plans
    ]
    return render(request, "skp/agree_many.html", {"plans": reviewed, "current_place": "inbox"})


def _shown(mark: str) -> ShownPlan:
    """The plan that a row of the form names; raises DomainError when the row is no such mark."""
    parts = mark.split(":")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts[:2]):
        raise DomainError("Formulir tidak lengkap. Muat ulang halaman lalu coba lagi.")
    return ShownPlan(int(parts[0]), int(parts[1]), parts[2])
