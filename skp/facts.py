"""What decisions about a plan need to know of it, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skp.deadlines import WindowFacts, due_at, window_for
from skp.enums import Scheme
from skp.settings import PlanSettings
from skp.states import Lifecycle, RevisionState, Stage


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What decisions about a plan need to know of it.

    ``state`` is that of the open revision, or of the one in force when none is open; the appraiser
    is the one of the appraisal line today, None where there is none.
    """

    skp_id: int
    version: int
    owner_id: int
    appraiser_id: int | None
    appraiser_title: str
    appraiser_assignment_id: int | None
    scheme: Scheme
    start: date
    lifecycle: Lifecycle
    state: RevisionState | None
    locked: bool
    settings: PlanSettings
    windows: tuple[WindowFacts, ...]

    def window(self, stage: Stage) -> WindowFacts | None:
        """The window that binds this plan in a stage without intervals."""
        return window_for(self.windows, stage, self.scheme)

    def due_at(self, stage: Stage, *, days_after: int = 0) -> datetime | None:
        """Until when a move of the stage may be made, without the hidden grace; None without a window."""
        window = self.window(stage)
        if window is None:
            return None
        return due_at(window, skp_start=self.start, settings=self.settings) + timedelta(days=days_after)

    @property
    def next_due_at(self) -> datetime | None:
        """The deadline of the next move: submitting, deciding, reporting; None after the report."""
        if self.state in (RevisionState.DRAFT, RevisionState.RETURNED):
            return self.due_at(Stage.PLANNING)
        if self.state == RevisionState.SUBMITTED:
            return self.due_at(Stage.PLANNING, days_after=self.settings.decision_days)
        return None if self.locked else self.due_at(Stage.SELF_REPORT)
