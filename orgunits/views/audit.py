"""The audit trail of an OPD or the regency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AuditEvent
from config.lib.http import answers_refusals
from orgunits.audit_words import PERSON_KEYS, UNIT_KEYS, Change, Names, changes_in, content_of, ids_in
from orgunits.facts import OrgFacts, PersonFacts
from orgunits.forms.audit import AuditForm
from orgunits.middleware import viewer_of
from orgunits.models import Employee
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.audit import audit_about, audit_narrowed, audit_visible_to
from orgunits.selectors.facts import opds_of_people
from orgunits.selectors.people import inspects, unit_names
from orgunits.viewer import Viewer
from orgunits.views.common import PAGE_SIZE

# Shown when nothing was chosen; a year of sign-ins of a regency is millions of rows.
DAYS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as the list shows it."""

    event: AuditEvent
    about: str
    changes: tuple[Change, ...]


@require_safe
@answers_refusals
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what to whom, newest first; narrowed by kind, person and days."""
    viewer = viewer_of(request)
    can_do(viewer, OrgFacts(), OrgAction.SEE_AUDIT).enforce()
    form = AuditForm(_chosen(request.GET, viewer.today))
    events = audit_visible_to(viewer)
    if form.is_valid():
        data = form.cleaned_data
        events = audit_narrowed(
            events, kind=data["kejadian"], first_day=data["dari"], last_day=data["sampai"]
        )
        if data["q"]:
            events = audit_about(events, viewer, data["q"])
    else:
        events = events.none()
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(viewer, list(page.object_list)),
        "whole_regency": inspects(viewer),
        "current_place": "audit",
    }
    return render(request, "orgunits/audit.html", context, status=422 if form.errors else 200)


def _chosen(query: QueryDict, today: date) -> "QueryDict | dict[str, str]":
    """The filters asked for; the last days when the page is opened without any."""
    if any(name in query for name in AuditForm.base_fields):
        return query
    return {"dari": (today - timedelta(days=DAYS_SHOWN)).isoformat()}


def _rows(viewer: Viewer, events: Sequence[AuditEvent]) -> list[EventRow]:
    """The events with what changed; names are looked up with two queries for any number of events."""
    told = [(event, content_of(event.before), content_of(event.after)) for event in events]
    contents = [content for _, before, after in told for content in (before, after)]
    units = {unit_id for content in contents for unit_id in ids_in(content, UNIT_KEYS)}
    people = {person_id for content in contents for person_id in ids_in(content, PERSON_KEYS)}
    known = _people(people, [event.target for event in events])
    names = Names(unit_names(units, viewer.today), {person.pk: person.full_name for person in known})
    nips = {f"employee:{person.pk}": person.nip for person in known}
    open_to = _contacts_open(viewer, known)
    return [
        EventRow(
            event,
            _about(event, nips.get(event.target)),
            changes_in(before, after, names, contacts=viewer.is_bkpsdm or event.target in open_to),
        )
        for event, before, after in told
    ]


def _contacts_open(viewer: Viewer, people: Sequence[Employee]) -> frozenset[str]:
    """Targets of the people whose contacts the viewer may see, and of their accounts."""
    opds = opds_of_people([person.pk for person in people], viewer.today)
    found: set[str] = set()
    for person in people:
        facts = OrgFacts(
            opd_ids=frozenset({opds[person.pk]} if person.pk in opds else ()),
            person=PersonFacts(employee_id=person.pk),
        )
        if can_do(viewer, facts, OrgAction.SEE_CONTACTS):
            found |= {f"employee:{person.pk}", f"user:{person.user_id}"}
    return frozenset(found)


def _people(ids: set[int], targets: Sequence[str]) -> list[Employee]:
    """People named in events, and those whom or whose account the events are about."""
    own, users = _keys(targets, "employee"), _keys(targets, "user")
    return list(Employee.objects.filter(Q(pk__in=ids | own) | Q(user__in=users)))


def _keys(targets: Sequence[str], kind: str) -> set[int]:
    """The ids in targets of this kind; an unknown account has none."""
    parts = [target.partition(":") for target in targets]
    return {int(key) for name, _, key in parts if name == kind and key.isdecimal()}


def _about(event: AuditEvent, nip: str | None) -> str:
    """Whom or what the event is about; a person with the NIP, as accounts' events name them."""
    return f"{event.target_label} ({nip})" if nip else event.target_label or event.target
