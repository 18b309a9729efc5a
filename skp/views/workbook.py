"""One's own draft from Excel: the template, the upload with its preview, the confirmation."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.http import answers_refusals
from config.lib.xlsx import CONTENT_TYPE
from config.lib.zipguard import WorkbookError
from skp.forms.workbook import OwnWorkbookForm
from skp.imports.own.book import own_workbook
from skp.imports.own.changes import Change, changes_of, indicator_words
from skp.imports.own.comparing import Entry, compare_own
from skp.imports.own.draft import OwnDraft, own_draft
from skp.imports.own.reading import read_own
from skp.imports.own.sealed import seal, unseal
from skp.imports.own.writing import draft_fill
from skp.selectors.plans import linkable_results
from skp.states import Action
from skp.views.common import PlanPage, plan_page


def _own(request: HttpRequest, skp_id: int) -> PlanPage:
    page = plan_page(request, skp_id)
    page.may(Action.EDIT).enforce()
    return page


def _draft(page: PlanPage) -> OwnDraft:
    linkable = linkable_results(appraiser_id=page.facts.appraiser_id, period_id=page.skp.period_id)
    return own_draft(
        page.skp.pk, page.content, linkable, assigner=page.appraiser.full_name if page.appraiser else ""
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answers_refusals
def from_workbook(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The template and the upload; a workbook that can be read answers with its preview."""
    page = _own(request, skp_id)
    form = OwnWorkbookForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _preview(request, page, form.cleaned_data["workbook"])
            except WorkbookError as error:
                form.add_error("workbook", str(error))
    context = {"page": page, "form": form, "current_place": "plan"}
    return render(request, "skp/editor/workbook.html", context, status=status)


def _preview(request: HttpRequest, page: PlanPage, upload: "UploadedFile[bytes]") -> HttpResponse:
    """What confirming would do; raises WorkbookError when the upload is no such workbook."""
    name = (upload.name or "berkas.xlsx")[-120:]
    file = read_own(name, upload.read(), nip=page.skp.owner.nip)
    draft = _draft(page)
    filling = compare_own(draft, file.rows)
    sealed = seal(
        user_id=page.viewer.user_id,
        skp_id=page.skp.pk,
        version=page.skp.version,
        rows=file.rows,
        mark=filling.mark,
    )
    context = {
        "page": page,
        "name": name,
        "filling": filling,
        "added": [_shown(entry, draft) for entry in filling.added],
        "changes": [change for entry in filling.changed for change in changes_of(entry, draft)],
        "skipped": file.skipped,
        "sealed": sealed,
        "current_place": "plan",
    }
    return render(request, "skp/editor/workbook_preview.html", context)


def _shown(entry: Entry, draft: OwnDraft) -> tuple[Change, list[str]]:
    """A new result with its link, and its indicators in words."""
    data = entry.section.data
    link = draft.parent_text(data.parent_id)
    lines = [indicator_words(line.data, draft.content.approach) for line in entry.section.indicators]
    return Change(data.text, str(data.kind.label), "", link), lines


@require_safe
@never_cache
@answers_refusals
def template_workbook(request: HttpRequest, skp_id: int) -> HttpResponse:
    """The workbook to fill in, with what the draft says already."""
    page = _own(request, skp_id)
    response = HttpResponse(own_workbook(_draft(page)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="rencana-skp-{page.skp.period.year}.xlsx"'
    return response


@require_POST
@answers_refusals
def fill(request: HttpRequest, skp_id: int) -> HttpResponse:
    """Write what the preview showed."""
    page = _own(request, skp_id)
    sealed = unseal(request.POST.get("isi", ""), user_id=page.viewer.user_id, skp_id=skp_id)
    done = draft_fill(
        actor=page.viewer,
        skp_id=skp_id,
        version=sealed.version,
        filling=compare_own(_draft(page), sealed.rows),
        mark=sealed.mark,
        remove=request.POST.get("hapus") == "1",
        now=page.viewer.now,
    )
    messages.success(request, done)
    return redirect("skp:plan", skp_id)
