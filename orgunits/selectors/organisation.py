"""The organisation's dated facts, loaded once for the walk of rules.md §9."""

from collections.abc import Iterable

from django.db.models import Q

from orgunits.appraisal import Barred, Organisation, Override, Post, UnitSpan
from orgunits.enums import CANNOT_HEAD, AssignmentKind
from orgunits.models import AppraiserOverride, Assignment, LegalPositionSpan, OrgUnitSpan

_KINDS = {kind.value: kind for kind in AssignmentKind}


def load_organisation() -> Organisation:
    """Units, heads, legal positions and overrides of all times, in five queries; no ordinary members."""
    return Organisation(
        units=unit_spans(),
        heads=posts(Q(is_head=True)),
        barred=[
            Barred(*row)
            for row in LegalPositionSpan.objects.filter(position__in=CANNOT_HEAD).values_list(
                "employee_id", "start", "until"
            )
        ],
        overrides=[
            Override(*row)
            for row in AppraiserOverride.objects.values_list("employee_id", "appraiser_id", "start", "until")
        ],
        appraisers=posts(
            Q(kind=AssignmentKind.DEFINITIVE, employee__in=AppraiserOverride.objects.values("appraiser"))
        ),
    )


def unit_spans() -> list[UnitSpan]:
    """Every span of every unit."""
    fields = ("unit_id", "parent_id", "appraised_by_id", "start", "until")
    return [UnitSpan(*row) for row in OrgUnitSpan.objects.values_list(*fields)]


def posts(condition: Q) -> list[Post]:
    """The assignments that meet the condition, as plain values."""
    fields = ("id", "employee_id", "unit_id", "kind", "is_head", "start", "until")
    rows: Iterable[tuple[int, int, int, str, bool, object, object]]
    rows = Assignment.objects.filter(condition).values_list(*fields).iterator(chunk_size=2000)
    return [
        Post(pk, employee, unit, _KINDS[kind], is_head, start, until)
        for pk, employee, unit, kind, is_head, start, until in rows
    ]
