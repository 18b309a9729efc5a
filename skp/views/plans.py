"""One's own plans, a plan, its moves, the appraiser's inbox."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from skp.models import Move, Period, Receipt, Skp
from skp.permissions import can_report
from skp.rules import plan_problems
from skp.selectors.mine import own_plans, startable_posts
from skp.selectors.plans import plans_waiting_for
from skp.selectors.realisations import realisations_entered
from skp.services.editing import skp_start
from skp.services.moves import skp_agree, skp_submit, skp_withdraw
from skp.states import Action, RevisionState
from skp.views.common import plan_page
from skp.views.editor_page import editor_page, opened_of
from skp.views.steps import year_steps

INBOX_PAGE = 25


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The viewer's plans, newest period first, and the posts for which one can be started."""
    viewer = viewer_of(request)
    context = {"plans": own_plans(viewer), "startable": startable_posts(viewer), "current_place": "plan"}
    return render(request, "skp/mine.html", context)


@require_POST
@answers_refusals
def start(request: HttpRequest) -> HttpResponse:
    """Open the plan of a post in a period."""
    viewer = viewer_of(request)
    period = get_object_or_404(Period, pk=posted_int(request, "period"))
    skp = skp_start(
        actor=viewer, assignment_id=posted_int(request, "assignment"), period=period, now=viewer.now
    )
    return redirect("skp:plan", skp.pk)


@require_safe
def plan(request: HttpRequest, skp_id: int) -> HttpResponse:
    """A plan with what is missing, what can be done now, and its history."""
    page = plan_page(request, skp_id)
    if page.is_owner and page.may(Action.EDIT).allowed:
        return editor_page(request, page, opened_of(page, request.GET))
    draft = page.revision.state == RevisionState.DRAFT
    realised = realisations_entered(page.content.indicator_ids) if page.skp.in_force_id else {}
    context = {
        "page": page,
        "rows": [
            (result, [(item, realised.get(item.indicator_id)) for item in result.indicators])
            for result in page.content.results
        ],
        "realised": bool(realised),
        "missing": len(page.content.indicator_ids) - len(realised),
        "steps": year_steps(page),
        "problems": plan_problems(page.content, page.facts.settings) if draft and page.is_owner else [],
        "decisions": {action.value: page.may(action) for action in Action},
        "report": can_report(page.viewer, page.facts, in_force=page.skp.in_force_id is not None),
        "due_at": page.facts.next_due_at,
        "state": RevisionState(page.revision.state),
        "receipt": Receipt.objects.filter(revision=page.revision).order_by("-number").first(),
        "history": _history(page.skp),
        "current_place": page.place,
    }
    return render(request, "skp/plan.html", context)


def _history(skp: Skp) -> list[dict[str, object]]:
    """The plan's moves as the timeline shows them, the newest first."""
    return [
        {
            "at": move.at,
            "text": Action(move.action).done,
            "who": f"{move.actor_label}, {move.acting_as}" if move.acting_as else move.actor_label,
            "note": move.note,
            "tone": Action(move.action).tone,
            "icon": Action(move.action).icon,
        }
        for move in Move.objects.filter(skp=skp).order_by("-at", "-pk")
    ]


@require_POST
@answers_refusals
def submit(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Send the draft; the receipt's number is the answer."""
    page = plan_page(request, skp_id)
    receipt = skp_submit(
        actor=page.viewer, skp_id=skp_id, version=posted_int(request, "version"), now=page.viewer.now
    )
    messages.success(request, f"Rencana sudah dikirim. Nomor tanda terima {receipt.shown_number}.")
    return redirect("skp:plan", skp_id)


@require_POST
@answers_refusals
def withdraw(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Take the submitted plan back."""
    page = plan_page(request, skp_id)
    skp_withdraw(
        actor=page.viewer, skp_id=skp_id, version=posted_int(request, "version"), now=page.viewer.now
    )
    messages.success(request, "Rencana sudah ditarik kembali dan dapat diubah.")
    return redirect("skp:plan", skp_id)


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


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Plans that wait for the viewer's decision, oldest first."""
    viewer = viewer_of(request)
    waiting = plans_waiting_for(viewer)
    page = Paginator(waiting, INBOX_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "skp/inbox.html", {"page": page, "current_place": "inbox"})
