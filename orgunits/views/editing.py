"""The road of every change here: form, preview of whose appraiser changes, confirmation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from config.lib.dates import format_date
from config.lib.decisions import Decision
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import posted_int
from orgunits.enums import NoAppraiser
from orgunits.line_changes import LineChange, LineState
from orgunits.models import Employee
from orgunits.services.common import Effect
from orgunits.services.preview import effect_apply, effect_digest, effect_preview
from orgunits.views.common import Crumbs

SHOWN_NAMES = 200
NOT_SENT = frozenset({"csrfmiddlewaretoken", "version", "digest", "confirm"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One change as its page needs it.

    ``change`` runs the service with the cleaned form and the version that the page was made from;
    ``version`` is today's, put into a fresh form; ``verb`` names the button that makes the change;
    without ``preview`` it stands under the form; ``of_people``: whether the preview tells whose appraiser
    changes.
    """

    title: str
    crumbs: Crumbs
    form: forms.Form
    version: int
    change: Callable[[int], Effect]
    decision: Decision
    done_url: str
    verb: str = "Terapkan"
    lead: str = ""
    danger: bool = False
    preview: bool = True
    of_people: bool = True


STALE = "Belum ada yang disimpan. Periksa isian di bawah ini, lalu lihat akibatnya lagi."


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change of appraiser in words; before and after as ``components/change_list.html`` shows them."""

    subject: str
    what: str
    before: str
    after: str


def edit_page(request: HttpRequest, edit: Edit) -> HttpResponse:
    """Show the form, then what it would do, then do it; without a preview the form does it at once."""
    edit.decision.enforce()
    if request.method != "POST":
        return _form(request, edit)
    version = posted_int(request, "version")
    if not edit.form.is_valid():
        return _form(request, edit, status=422)
    if not edit.preview:
        return _done(request, edit, lambda: edit.change(version))
    try:
        if "confirm" in request.POST:
            digest = request.POST.get("digest", "")
            return _done(request, edit, lambda: effect_apply(lambda: edit.change(version), digest=digest))
        return _preview(request, edit, version)
    except Conflict as error:
        return _overtaken(request, edit, error)


def _done(request: HttpRequest, edit: Edit, change: Callable[[], Effect]) -> HttpResponse:
    """Make the change and tell what it did."""
    try:
        effect = change()
    except (Conflict, NotAllowed):
        raise
    except DomainError as error:
        return _refused(request, edit, error)
    messages.success(request, " ".join(effect.notes))
    return redirect(edit.done_url)


def _form(request: HttpRequest, edit: Edit, *, status: int = 200, version: int | None = None) -> HttpResponse:
    shown = request.POST.get("version", edit.version) if version is None else version
    return render(
        request,
        "orgunits/edit.html",
        {"edit": edit, "form": edit.form, "version": shown},
        status=status,
    )


def _overtaken(request: HttpRequest, edit: Edit, error: Conflict) -> HttpResponse:
    """The form as filled in, on today's data: nothing was saved; a fresh preview comes before the change."""
    edit.form.add_error(None, str(error))
    edit.form.add_error(None, STALE)
    return _form(request, edit, status=error.status, version=edit.version)


def _refused(request: HttpRequest, edit: Edit, error: DomainError) -> HttpResponse:
    """The form again with the rule's sentence, so that nothing typed is lost."""
    edit.form.add_error(None, str(error))
    return _form(request, edit, status=error.status)


def _preview(request: HttpRequest, edit: Edit, version: int) -> HttpResponse:
    try:
        effect = effect_preview(lambda: edit.change(version))
    except (Conflict, NotAllowed):
        raise
    except DomainError as error:
        return _refused(request, edit, error)
    named = named_changes(effect.changes)
    sent = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in NOT_SENT
    ]
    context = {
        "edit": edit,
        "effect": effect,
        "people_count": len({change.employee_id for change in _of_appraiser(effect.changes)}),
        "changes": named[:SHOWN_NAMES],
        "hidden_count": max(0, len(named) - SHOWN_NAMES),
        "sent": sent,
        "version": version,
        "digest": effect_digest(effect),
    }
    return render(request, "orgunits/preview.html", context)


def _of_appraiser(changes: Iterable[LineChange]) -> list[LineChange]:
    return [change for change in changes if change.changes_appraiser]


def named_changes(changes: Iterable[LineChange]) -> list[NamedChange]:
    """Changes of appraiser with names, one query for any number, by name of the person."""
    told = _of_appraiser(changes)
    keys = {change.employee_id for change in told}
    keys |= {key for change in told for key in (change.old_appraiser_id, change.new_appraiser_id) if key}
    people = Employee.objects.in_bulk(keys)
    named = [
        NamedChange(
            subject=str(people[change.employee_id]),
            what=f"Pejabat penilai {_span(change)}",
            before=_name(change.old, people),
            after=_name(change.new, people),
        )
        for change in told
    ]
    return sorted(named, key=lambda change: change.subject)


def _span(change: LineChange) -> str:
    start = f"mulai {format_date(change.start)}"
    return start if change.until is None else f"{start} sampai sebelum {format_date(change.until)}"


def _name(state: LineState | None, people: dict[int, Employee]) -> str:
    if state is None:
        return "tidak bertugas"
    if state.appraiser_id is None:
        return f"tidak ada ({NoAppraiser(state.none_reason).label.lower()})"
    return str(people[state.appraiser_id])
