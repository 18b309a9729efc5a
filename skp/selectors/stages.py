"""Which plans may be acted on at an instant: what opening, closing and moving a stage change for people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from skp.deadlines import in_time, reference_days, window_for
from skp.enums import Scheme
from skp.extension_rules import NO_UNITS, UNIT_SCOPES, ExtensionFacts, PlanPlace, reaching
from skp.models import Period, Skp
from skp.selectors.deadlines import unit_tree, valid_extensions
from skp.selectors.plans import window_facts
from skp.states import Lifecycle, RevisionState, Stage

EDITABLE = frozenset({RevisionState.DRAFT, RevisionState.RETURNED})


class OpenStage(NamedTuple):
    """A stage of a plan in which its own party can move now; ``interval`` is 0 outside monitoring."""

    skp_id: int
    stage: Stage
    interval: int


def open_stages(period: Period, now: datetime) -> frozenset[OpenStage]:
    """Every open stage of the period's running plans at ``now``, extensions and the hidden grace included."""
    windows = window_facts(period)
    places = sorted({(window.stage, window.interval) for window in windows})
    plans, settings = _plans(period), period.settings
    reached = _extensions(period, plans)
    # Many plans share window, start and extensions: each question is answered once.
    known: dict[object, bool] = {}
    found = set()
    for plan in plans:
        for stage, interval in places:
            window = window_for(windows, stage, plan.scheme, interval)
            if window is None or not plan.waits_for(stage):
                continue
            extensions = reached.get(plan.skp_id, ())
            key = (window, plan.start, extensions)
            if key not in known:
                known[key] = in_time(
                    window, skp_start=plan.start, settings=settings, now=now, extensions=extensions
                ).allowed
            if known[key]:
                found.add(OpenStage(plan.skp_id, stage, interval))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Plan:
    skp_id: int
    owner_id: int
    unit_id: int
    scheme: Scheme
    start: date
    until: date
    state: str | None
    in_force: bool
    locked: bool

    def waits_for(self, stage: Stage) -> bool:
        """Whether the next move of the stage's own party could be made were the stage open."""
        if stage == Stage.PLANNING:
            return self.state in EDITABLE
        if stage == Stage.ASSESSMENT:
            return self.locked
        return self.in_force and not self.locked


def _plans(period: Period) -> list[_Plan]:
    plans = Skp.objects.filter(period=period, lifecycle=Lifecycle.ACTIVE)
    return [
        _Plan(
            row.pk,
            row.owner_id,
            row.assignment__unit_id,
            Scheme(row.scheme),
            row.start,
            # A post that ends before its plan ends the time in which somebody acts on it.
            min(row.until, row.assignment__until or row.until),
            row.open_revision__state,
            row.in_force_id is not None,
            row.locked_for_scoring,
        )
        for row in plans.values_list(
            "pk",
            "owner_id",
            "assignment__unit_id",
            "assignment__until",
            "scheme",
            "start",
            "until",
            "open_revision__state",
            "in_force_id",
            "locked_for_scoring",
            named=True,
        )
    ]


def _extensions(period: Period, plans: list[_Plan]) -> dict[int, tuple[ExtensionFacts, ...]]:
    """The extensions that reach each plan; nothing is asked where there are none."""
    valid = valid_extensions(period.pk)
    if not valid:
        return {}
    by_unit = any(extension.scope in UNIT_SCOPES for extension in valid)
    units = unit_tree({plan.unit_id for plan in plans}) if by_unit else NO_UNITS
    references = reference_days(period.year, window_facts(period))
    return {
        plan.skp_id: reaching(
            valid, PlanPlace(plan.owner_id, plan.unit_id, plan.start, plan.until), units, references
        )
        for plan in plans
    }
