"""What the pages here share: rows from the visible sets, decisions as shown."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from config.lib.decisions import Decision
from orgunits.models import Employee, OrgUnit, OrgUnitSpan
from orgunits.selectors.people import employees_visible_to
from orgunits.selectors.units import last_span, units_visible_to
from orgunits.viewer import Viewer

PAGE_SIZE = 25
Crumbs = list[tuple[str, str]]


def person_or_404(viewer: Viewer, employee_id: int) -> Employee:
    """The person from the viewer's visible set."""
    person = employees_visible_to(viewer).select_related("user").filter(pk=employee_id).first()
    if person is None:
        raise Http404("Pegawai tidak ditemukan.")
    return person


def unit_or_404(viewer: Viewer, unit_id: int) -> tuple[OrgUnit, OrgUnitSpan]:
    """The unit from the viewer's visible set with what it is today, or was or will be."""
    unit = units_visible_to(viewer).filter(pk=unit_id).first()
    span = last_span(unit_id, viewer.today) if unit else None
    if unit is None or span is None:
        raise Http404("Unit kerja tidak ditemukan.")
    return unit, span


def person_url(employee_id: int) -> str:
    return reverse("orgunits:person", args=[employee_id])


def unit_url(unit_id: int) -> str:
    return reverse("orgunits:unit", args=[unit_id])


def person_crumbs(person: Employee) -> Crumbs:
    return [("Pegawai", reverse("orgunits:people")), (person.full_name, person_url(person.pk))]


def unit_crumbs(span: OrgUnitSpan) -> Crumbs:
    return [("Unit kerja", reverse("orgunits:units")), (span.name, unit_url(span.unit_id))]


@dataclass(frozen=True, slots=True)
class Action:
    """A way on from a page: shown as a link, or with the reason why not."""

    label: str
    url: str
    decision: Decision


def offered(actions: list[Action]) -> list[Action]:
    """Actions to show: none at all to people who are no officers for this person or unit."""
    return actions if any(action.decision for action in actions) else []
