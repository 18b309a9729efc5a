"""E-mail that did not go out: the list and sending again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import OutboxState
from config.lib.http import answers_refusals
from orgunits.facts import OrgFacts
from orgunits.middleware import viewer_of
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.outbox import messages_unsent, messages_visible_to
from orgunits.services.outbox import message_resend
from orgunits.views.common import PAGE_SIZE


@require_safe
@answers_refusals
def outbox(request: HttpRequest) -> HttpResponse:
    """Failed and uncertain messages; their text is not shown, it may hold links meant for one person."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.RESEND_MESSAGES).enforce()
    page = Paginator(messages_unsent(viewer), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"page": page, "uncertain": OutboxState.UNCERTAIN}
    return render(request, "orgunits/outbox.html", context)


@require_POST
@answers_refusals
def resend(request: HttpRequest, message_id: int) -> HttpResponse:
    """Send one again."""
    viewer = viewer_of(request)
    # From all messages: a second click is told that this one waits already.
    if not messages_visible_to(viewer).filter(pk=message_id).exists():
        raise Http404("Pesan tidak ditemukan.")
    message = message_resend(actor=viewer, now=viewer.now, message_id=message_id)
    messages.success(
        request, f"E-mail kepada {message.to} menunggu giliran dan dikirim dalam beberapa menit."
    )
    return redirect("orgunits:outbox")
