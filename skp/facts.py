"""What decisions about a plan need to know of it, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.lib.decisions import Decision
from skp.deadlines import Deadline, WindowFacts, deadline, in_time, window_for
from skp.enums import Scheme
from skp.extension_rules import ExtensionFacts
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
    # Those that reach this plan, of every stage.
    extensions: tuple[ExtensionFacts, ...] = ()

    def window(self, stage: Stage, interval: int = 0) -> WindowFacts | None:
        """The window that binds this plan; ``interval`` counts from 1 in monitoring, else it is 0."""
        return window_for(self.windows, stage, self.scheme, interval)

    def deadline(self, stage: Stage, *, interval: int = 0) -> Deadline | None:
        """Which deadline holds in the stage and why; None without a window."""
        window = self.window(stage, interval)
        if window is None:
            return None
        return deadline(window, skp_start=self.start, settings=self.settings, extensions=self.extensions)

    def due_at(self, stage: Stage, *, interval: int = 0, days_after: int = 0) -> datetime | None:
        """Until when a move of the stage may be made, without the hidden grace; None without a window."""
        found = self.deadline(stage, interval=interval)
        return None if found is None else found.due_at + timedelta(days=days_after)

    def in_time(self, stage: Stage, now: datetime, *, interval: int = 0, days_after: int = 0) -> Decision:
        """Whether a move of the stage may be made now, with the sentence that refuses it."""
        return in_time(
            self.window(stage, interval),
            skp_start=self.start,
            settings=self.settings,
            now=now,
            days_after=days_after,
            extensions=self.extensions,
        )

    @property
    def next_due_at(self) -> datetime | None:
        """The deadline of the next move: submitting, deciding, reporting; None after the report."""
        if self.state in (RevisionState.DRAFT, RevisionState.RETURNED):
            return self.due_at(Stage.PLANNING)
        if self.state == RevisionState.SUBMITTED:
            return self.due_at(Stage.PLANNING, days_after=self.settings.decision_days)
        return None if self.locked else self.due_at(Stage.SELF_REPORT)


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Whose evidence it is: ``in_subtree`` when the post's unit lies below one that the viewer heads.

    For the regency's leaders only the OPD or unit that they head themselves counts.
    """

    plan: PlanFacts
    in_subtree: bool
