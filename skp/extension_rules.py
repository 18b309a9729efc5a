"""Which plans a later deadline reaches: pure matching by period, OPD, subtree and person (rules.md §10)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.lib.dates import covers
from skp.enums import ExtensionScope
from skp.states import Stage

# What has a unit as its key.
UNIT_SCOPES = frozenset({ExtensionScope.OPD, ExtensionScope.UNIT})


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """A valid extension: of which stage, for whom, until when and by which decree.

    ``unit_id`` is the OPD or the top of the subtree, None for the other scopes; ``people``: the
    employees named, where they were read.
    """

    extension_id: int
    stage: Stage
    interval: int
    scope: ExtensionScope
    unit_id: int | None
    due_at: datetime
    decree: str
    reason: str
    people: frozenset[int] = frozenset()

    @property
    def told(self) -> str:
        """The extension as the person whom it reaches reads it."""
        return f"Perpanjangan untuk {_FOR[self.scope]}, surat {self.decree}: {self.reason}"


_FOR = {
    ExtensionScope.PERIOD: "seluruh pegawai",
    ExtensionScope.OPD: "OPD Anda",
    ExtensionScope.UNIT: "unit kerja Anda",
    ExtensionScope.PEOPLE: "pegawai tertentu",
}


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit hangs during ``[start, until)``."""

    unit_id: int
    parent_id: int | None
    opd_id: int | None
    start: date
    until: date | None


class UnitTree:
    """The places of units by date; a unit without one on a day has its nearest."""

    def __init__(self, places: Iterable[UnitPlace]) -> None:
        self._places: dict[int, list[UnitPlace]] = defaultdict(list)
        for place in places:
            self._places[place.unit_id].append(place)
        for spans in self._places.values():
            spans.sort(key=lambda place: place.start)
        self._above: dict[tuple[int, date], frozenset[int]] = {}

    def place(self, unit_id: int, day: date) -> UnitPlace | None:
        """Where the unit hangs on ``day``, else by its last span before it, else by its first."""
        spans = self._places.get(unit_id, [])
        begun = [place for place in spans if place.start <= day]
        covering = (place for place in reversed(begun) if covers(place.start, place.until, day))
        return next(covering, None) or (begun[-1] if begun else spans[0] if spans else None)

    def opd(self, unit_id: int, day: date) -> int | None:
        """The OPD of the unit on ``day``; None for the root."""
        place = self.place(unit_id, day)
        return place.opd_id if place else None

    def with_those_above(self, unit_id: int, day: date) -> frozenset[int]:
        """The unit and all above it on ``day``, by parent."""
        found = self._above.get((unit_id, day))
        if found is None:
            units: set[int] = set()
            current: int | None = unit_id
            # A unit met twice would be a circle in the data.
            while current is not None and current not in units:
                units.add(current)
                place = self.place(current, day)
                current = place.parent_id if place else None
            found = self._above[unit_id, day] = frozenset(units)
        return found


NO_UNITS = UnitTree(())


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """What matching asks of a plan: its owner, its post's unit, and its days ``[start, until)``."""

    employee_id: int
    unit_id: int
    start: date
    until: date

    def day(self, reference: date) -> date:
        """The stage's reference date clipped to the plan's own days."""
        return max(self.start, min(reference, self.until - timedelta(days=1)))


def reaches(extension: ExtensionFacts, plan: PlanPlace, units: UnitTree, reference: date) -> bool:
    """Whether the extension reaches the plan; ``reference`` is its stage's reference date.

    The unit counts as it hangs on the reference date, so that a stored answer stays right whatever
    the day.
    """
    match extension.scope:
        case ExtensionScope.PERIOD:
            return True
        case ExtensionScope.PEOPLE:
            return plan.employee_id in extension.people
        case ExtensionScope.OPD:
            return units.opd(plan.unit_id, plan.day(reference)) == extension.unit_id
        case ExtensionScope.UNIT:
            return extension.unit_id in units.with_those_above(plan.unit_id, plan.day(reference))


def reaching(
    extensions: Iterable[ExtensionFacts],
    plan: PlanPlace,
    units: UnitTree,
    references: Mapping[tuple[Stage, int], date],
) -> tuple[ExtensionFacts, ...]:
    """Those of the extensions that reach the plan; ``references``: reference dates by stage and interval.

    An extension of a stage without a window for all reaches nobody: there is nothing to make later.
    """
    return tuple(
        extension
        for extension in extensions
        if (reference := references.get((extension.stage, extension.interval))) is not None
        and reaches(extension, plan, units, reference)
    )
