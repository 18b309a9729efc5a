"""One's own plans, a plan, its moves, the appraiser's inbox."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from skp.models import Move, Period, Receipt, ReturnNote
from skp.permissions import can_report
from skp.rules import open_problems, plan_problems
from skp.selectors.content import latest_texts
from skp.selectors.links import served_not_agreed
from skp.selectors.mine import own_plans, startable_posts
from skp.selectors.realisations import realisations_entered
from skp.services.editing import skp_start
from skp.services.moves import skp_submit, skp_withdraw
from skp.states import Action, RevisionState
from skp.views.common import plan_page
from skp.views.editor_page import editor_page, opened_of
from skp.views.steps import year_steps


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
    state = RevisionState(page.revision.state)
    draft = state == RevisionState.DRAFT
    moves = list(Move.objects.filter(skp=page.skp).order_by("-at", "-pk"))
    history = _history(moves)
    problems = plan_problems(page.content, page.facts.settings) if draft and page.is_owner else []
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
        "problems": problems,
        "to_mend": open_problems(problems),
        "decisions": {action.value: page.may(action) for action in Action},
        "report": can_report(page.viewer, page.facts, in_force=page.skp.in_force_id is not None),
        "due_at": page.facts.next_due_at,
        "state": state,
        "receipt": Receipt.objects.filter(revision=page.revision).order_by("-number").first(),
        "history": history,
        "compared": len({move.revision_id for move in moves}) > 1,
        "provisional": state == RevisionState.SUBMITTED and served_not_agreed(page.content),
        "current_place": page.place,
    }
    return render(request, "skp/plan.html", context)


def _history(moves: list[Move]) -> list[dict[str, object]]:
    """The plan's moves as the timeline shows them, the newest first, with the notes of returns."""
    notes = _return_notes(moves)
    return [
        {
            "at": move.at,
            "text": Action(move.action).done,
            "who": f"{move.actor_label}, {move.acting_as}" if move.acting_as else move.actor_label,
            "note": move.note,
            "points": notes.get(move.pk, []),
            "tone": Action(move.action).tone,
            "icon": Action(move.action).icon,
        }
        for move in moves
    ]


def _return_notes(moves: list[Move]) -> dict[int, list[tuple[str, str]]]:
    """The notes on single results by move; no query where nothing was returned."""
    returns = [move.pk for move in moves if move.action == Action.RETURN]
    found: dict[int, list[tuple[str, str]]] = {}
    if returns:
        rows = ReturnNote.objects.filter(move__in=returns).order_by("pk")
        rows_of = list(rows.values_list("move_id", "result_id", "text"))
        texts = latest_texts({result for _, result, _ in rows_of})
        for move_id, result_id, text in rows_of:
            found.setdefault(move_id, []).append((texts.get(result_id, "Hasil kerja"), text))
    return found


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
