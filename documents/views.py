"""Pages of long work, and the public page that tells whether a document is genuine."""

from typing import cast
from uuid import UUID

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from config.lib import clock
from config.lib.http import answers_refusals
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.permissions import can_cancel
from documents.selectors import failures_of, jobs_visible_to
from documents.services import job_cancel
from documents.services.jobs import facts_for

PER_PAGE = 25
FAILURES_SHOWN = 100


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The person's own jobs, newest first."""
    jobs = jobs_visible_to(cast(User, request.user))
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "documents/job_list.html", {"page": page, "current_place": "jobs"})


@require_safe
@never_cache
def job_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One job; the page's own poll gets the progress alone, and the whole page once the job has ended."""
    user = cast(User, request.user)
    job = get_object_or_404(jobs_visible_to(user), public_id=public_id)
    if request.headers.get("HX-Request"):
        response = render(request, "documents/_progress.html", {"job": job})
        if not job.status.active:
            response.headers["HX-Refresh"] = "true"
    else:
        context = {
            "job": job,
            "current_place": "jobs",
            "cancel": can_cancel(facts_for(job, user)),
            "crumbs": [("Pekerjaan saya", reverse("documents:jobs"))],
            "failures": failures_of(job, limit=FAILURES_SHOWN) if job.failed else [],
        }
        response = render(request, "documents/job_detail.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@answers_refusals
def job_cancel_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cancel the job, or ask its worker to stop."""
    user = cast(User, request.user)
    job = get_object_or_404(jobs_visible_to(user), public_id=public_id)
    job_cancel(job=job, actor=user, now=clock.now())
    return redirect("documents:job", public_id=public_id)


@require_safe
@never_cache
def job_result(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The result file of an own job, always as a download."""
    job = get_object_or_404(jobs_visible_to(cast(User, request.user)), public_id=public_id)
    if not job.result_file:
        raise Http404
    response = FileResponse(job.result_file.open("rb"), as_attachment=True, filename=job.result_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is behind a document's QR code: whether it counts, without anybody's full name.

    Open to everyone who has the random address; limited by the address of the asker.
    """
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="verify", limit_get=True)
    if limited is not None:
        return limited
    found = (
        IssuedDocument.objects.filter(public_id=public_id)
        .select_related("superseded_by")
        .defer("content_text")
        .first()
    )
    if found is None:
        return render(request, "documents/verify_unknown.html", status=404)
    successor = getattr(found, "superseded_by", None)
    context = {
        "issued": found,
        "kind": DocumentKind(found.kind),
        "state": IssuedState(found.state),
        "successor": successor.shown_number if successor else "",
    }
    return render(request, "documents/verify.html", context)
