"""The offices whose cascade a viewer may read, with how far their plans are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.viewer import Viewer
from skp.models import Period
from skp.selectors.cascade import cascade_of, cascade_spans, lines_of_units


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A unit: people who plan, plans started and agreed, plans that wait for a superior's."""

    span: OrgUnitSpan
    people: int
    started: int
    agreed: int
    held: int


def office_rows(viewer: Viewer, period: Period, day: date) -> list[OfficeRow]:
    """The OPD of the visible units, and headed units inside of an OPD; by name, in five queries at most."""
    spans = {span.unit_id: span for span in cascade_spans(viewer, day)}
    tops = [span for span in spans.values() if span.kind == UnitKind.OPD or _enters(span, spans)]
    if not tops:
        return []
    top_of = {unit_id: _top(span, spans, {top.unit_id for top in tops}) for unit_id, span in spans.items()}
    cascade = cascade_of(period, day, None if viewer.sees_regency else lines_of_units(spans))
    counted: dict[str, Counter[int | None]] = {
        name: Counter() for name in ("people", "started", "agreed", "held")
    }
    for person in cascade.inside():
        if not person.plans:
            continue
        top = top_of.get(person.unit_id or 0)
        counted["people"][top] += 1
        counted["started"][top] += person.skp_id is not None
        counted["agreed"][top] += person.agreed
        counted["held"][top] += person.skp_id is not None and cascade.blocker_of(person) is not None
    return [
        OfficeRow(span, *(counted[name][span.unit_id] for name in ("people", "started", "agreed", "held")))
        for span in sorted(tops, key=lambda span: (span.kind != UnitKind.OPD, span.name))
    ]


def _enters(span: OrgUnitSpan, spans: dict[int, OrgUnitSpan]) -> bool:
    """Whether this is where the viewer's part of the tree begins; the regency itself is no office."""
    return span.kind != UnitKind.REGENCY and span.parent_id not in spans


def _top(span: OrgUnitSpan, spans: dict[int, OrgUnitSpan], tops: set[int]) -> int | None:
    """The listed office to which a unit counts."""
    seen: set[int] = set()
    while span.unit_id not in tops:
        seen.add(span.unit_id)
        parent = spans.get(span.parent_id or 0)
        if parent is None or parent.unit_id in seen:
            return None
        span = parent
    return span.unit_id
