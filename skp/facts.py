"""What decisions about a plan need to know of it, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.lib.decisions import ALLOWED, Decision
from skp.deadlines import Deadline, WindowFacts, deadline, in_time, window_for
from skp.enums import Scheme
from skp.extension_rules import ExtensionFacts
from skp.settings import PlanSettings
from skp.states import OPEN_STATES, Action, Lifecycle, RevisionState, Stage
from skp.workflow import RevisionMove, revision_move


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What decisions about a plan need to know of it.

    ``state`` is that of the open revision, or of the one in force when none is open; the appraiser
    is the one of the appraisal line today, None where there is none. ``addendum``: that revision is not
    the first; ``returned_at``: when the open revision was last returned; ``opd_id``: the OPD of the post.
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
    addendum: bool = False
    returned_at: datetime | None = None
    opd_id: int | None = None

    def move(self, action: Action) -> RevisionMove | None:
        """The row of a move on the revision from its present state; None where there is none."""
        return revision_move(self.state, action, addendum=self.addendum)

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
    def binding(self) -> Deadline | None:
        """The deadline of the stage that the plan is in, with its reason; None after the report."""
        if self.locked:
            return None
        planning = self.state in OPEN_STATES and not self.addendum
        window = self.window(Stage.PLANNING) if planning else None
        if window is None:
            return self.deadline(Stage.SELF_REPORT)
        return deadline(
            window,
            skp_start=self.start,
            settings=self.settings,
            extensions=self.extensions,
            returned_at=self.returned_at,
        )

    @property
    def next_due_at(self) -> datetime | None:
        """The deadline of the next move: submitting, deciding, reporting; None after the report."""
        if self.locked:
            return None
        if self.state == RevisionState.AGREED:
            return self.due_at(Stage.SELF_REPORT)
        return self.move_due_at(Action.SUBMIT) or self.move_due_at(Action.AGREE)

    def move_due_at(self, action: Action) -> datetime | None:
        """Until when the move may be made, without the hidden grace; None where no window binds it."""
        move = self.move(action)
        window = self.window(Stage(move.stage)) if move and move.stage else None
        if move is None or window is None:
            return None
        found = deadline(
            window,
            skp_start=self.start,
            settings=self.settings,
            extensions=self.extensions,
            returned_at=self.returned_at,
        )
        return found.due_at + timedelta(days=self.days_after(move))

    def move_in_time(self, move: RevisionMove, now: datetime) -> Decision:
        """Whether a move on the revision may be made now by the window that binds it."""
        if move.stage is None:
            return ALLOWED
        return in_time(
            self.window(Stage(move.stage)),
            skp_start=self.start,
            settings=self.settings,
            now=now,
            days_after=self.days_after(move),
            before_opening=move.before_opening,
            extensions=self.extensions,
            returned_at=self.returned_at,
        )

    def days_after(self, move: RevisionMove) -> int:
        """Days after the window in which the move still may be made."""
        return getattr(self.settings, move.days_after) if move.days_after else 0


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Whose evidence it is: ``in_subtree`` when the post's unit lies below one that the viewer heads.

    For the regency's leaders only the OPD or unit that they head themselves counts.
    """

    plan: PlanFacts
    in_subtree: bool
