"""Which units somebody leads from one level up (SE MenPANRB 3/2023): the leader above the unit's head.

The appraiser of the definitive head, by the line of that post. A unit without a definitive head is led by
the head found from the unit above it by the same walk, never by who acts as its head himself.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from orgunits.enums import AssignmentKind
from orgunits.models import Assignment, OrgUnitSpan, UnitHeadLine
from orgunits.selectors.days import on_day
from orgunits.selectors.lines import lines_acted_on_by
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LedUnit:
    """A unit that the viewer leads from above; ``head`` is its definitive one, None for a vacant post."""

    span: OrgUnitSpan
    head: Assignment | None

    @property
    def unit_id(self) -> int:
        return self.span.unit_id


def units_led_by(viewer: Viewer, last_day: date) -> list[LedUnit]:
    """The units one level below the viewer on ``min(today, last_day)``, by name; four queries at most."""
    if viewer.employee_id is None:
        return []
    day = min(viewer.today, last_day)
    heads = Assignment.objects.filter(on_day(day), is_head=True, kind=AssignmentKind.DEFINITIVE)
    lines = lines_acted_on_by(viewer, last_day)
    below = heads.filter(pk__in=lines.values("assignment")).select_related("employee")
    by_unit = {head.unit_id: head for head in below}
    spans = OrgUnitSpan.objects.filter(on_day(day))
    led = [LedUnit(span, by_unit[span.unit_id]) for span in spans.filter(unit__in=by_unit)]
    led += [LedUnit(span, None) for span in _vacant_below(viewer.employee_id, day, viewer.today)]
    return sorted(led, key=lambda unit: (unit.span.name, unit.unit_id))


def _vacant_below(me: int, day: date, today: date) -> list[OrgUnitSpan]:
    """Units without a definitive head on ``day`` whose next head above, of today, is ``me``."""
    answering = UnitHeadLine.objects.filter(Q(first=me) | Q(second=me), on_day(today))
    heads = {
        unit: (first, second) for unit, first, second in answering.values_list("unit", "first", "second")
    }
    if not heads:
        return []
    posts = Assignment.objects.filter(on_day(day), is_head=True)
    led = posts.filter(kind=AssignmentKind.DEFINITIVE).values("unit")
    spans = OrgUnitSpan.objects.filter(on_day(day)).exclude(unit__in=led)
    above = Coalesce(F("appraised_by_id"), F("parent_id"))
    vacant = {span: up for span in spans.annotate(up=above).filter(up__in=heads) if (up := span.up)}
    acting = set(
        posts.filter(unit__in=[span.unit_id for span in vacant]).values_list("unit_id", "employee_id")
    )
    return [span for span, up in vacant.items() if _leader(span.unit_id, heads[up], acting) == me]


def _leader(unit: int, above: tuple[int | None, int | None], acting: set[tuple[int, int]]) -> int | None:
    """The first of the two heads above who does not act as the unit's head himself."""
    return next((head for head in above if head is not None and (unit, head) not in acting), None)
