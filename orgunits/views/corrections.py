"""Requests to correct data: the person asks, the officer answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.errors import DomainError
from config.lib.http import answers_refusals
from orgunits.enums import CorrectionState, CorrectionSubject
from orgunits.facts import OrgFacts
from orgunits.forms.people import AnswerForm, CorrectionForm
from orgunits.middleware import viewer_of
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.corrections import corrections_visible_to, queue_for
from orgunits.selectors.facts import facts_of_person
from orgunits.selectors.people import person_rows
from orgunits.selectors.vacancies import data_problems
from orgunits.services.corrections import correction_refuse, correction_request, correction_resolve
from orgunits.views.common import PAGE_SIZE, person_url


@require_safe
@answers_refusals
def corrections(request: HttpRequest) -> HttpResponse:
    """The officer's queue, oldest first, with the loose ends in the data."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.SEE_QUEUE).enforce()
    answered = request.GET.get("jawaban") == "sudah"
    rows = (
        corrections_visible_to(viewer).exclude(state=CorrectionState.OPEN).order_by("-resolved_at")
        if answered
        else queue_for(viewer)
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    people = {row.employee.pk: row for row in person_rows([r.employee for r in page], viewer.today)}
    context = {
        "page": page,
        "rows": [(row, CorrectionSubject(row.subject).label, people[row.employee_id]) for row in page],
        "answered": answered,
        "problems": data_problems(viewer),
        "vacancies_url": reverse("orgunits:vacancies"),
        "current_place": "corrections",
    }
    return render(request, "orgunits/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """One request with the person's present data, and the answer."""
    viewer = viewer_of(request)
    row = corrections_visible_to(viewer).filter(pk=correction_id).first()
    if row is None:
        raise Http404("Permintaan tidak ditemukan.")
    facts = facts_of_person(viewer, row.employee_id, row.employee.user_id)
    decision = can_do(viewer, facts, OrgAction.ANSWER_CORRECTION)
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        decision.enforce()
        if form.is_valid():
            resolved = form.cleaned_data["verdict"] == "resolved"
            service = correction_resolve if resolved else correction_refuse
            service(
                actor=viewer,
                now=viewer.now,
                correction_id=row.pk,
                answer=form.cleaned_data["answer"],
            )
            messages.success(request, "Jawaban tersimpan dan pegawai diberi tahu.")
            return redirect("orgunits:corrections")
        status = 422
    context = {
        "row": row,
        "subject": CorrectionSubject(row.subject).label,
        "state": CorrectionState(row.state).label,
        "is_open": row.state == CorrectionState.OPEN,
        "person": person_rows([row.employee], viewer.today)[0],
        "decision": decision,
        "form": form,
        "crumbs": [("Perbaikan data", reverse("orgunits:corrections"))],
        "current_place": "corrections",
    }
    return render(request, "orgunits/correction.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the own data to be corrected."""
    viewer = viewer_of(request)
    if viewer.employee_id is None:
        raise Http404("Akun ini bukan akun pegawai.")
    form = CorrectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                correction_request(
                    actor=viewer,
                    now=viewer.now,
                    employee_id=viewer.employee_id,
                    subject=CorrectionSubject(form.cleaned_data["subject"]),
                    text=form.cleaned_data["text"],
                )
            except DomainError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, "Permintaan terkirim kepada pengelola kepegawaian OPD Anda.")
                return redirect(person_url(viewer.employee_id))
    return render(request, "orgunits/correction_ask.html", {"form": form}, status=status)
