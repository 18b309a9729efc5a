"""The year of a plan as the stepper shows it."""

from dataclasses import dataclass
from datetime import datetime

from config.lib.dates import format_date, office_date, time_left
from skp.states import RevisionState, Stage
from skp.views.common import PlanPage


@dataclass(frozen=True, slots=True)
class YearStep:
    """One step; ``state``: done, current or next; ``note``: when it was done or is due."""

    name: str
    note: str
    state: str


def year_steps(page: PlanPage) -> list[YearStep]:
    """Plan, agreement, report, score: what is done, what comes next and until when."""
    facts, settings = page.facts, page.facts.settings
    agreed = page.skp.in_force
    done = {
        "Rencana": agreed is not None or facts.state not in (RevisionState.DRAFT, RevisionState.RETURNED),
        "Disepakati": agreed is not None,
        "Dilaporkan": facts.locked,
        "Dinilai": page.skp.delivered_at is not None,
    }
    due = {
        "Rencana": facts.due_at(Stage.PLANNING),
        "Disepakati": facts.due_at(Stage.PLANNING, days_after=settings.decision_days),
        "Dilaporkan": facts.due_at(Stage.SELF_REPORT),
        "Dinilai": facts.due_at(Stage.ASSESSMENT),
    }
    current = next((name for name, finished in done.items() if not finished), None)
    made = {
        "Disepakati": agreed.agreed_at if agreed else None,
        "Dilaporkan": page.skp.reported_at,
        "Dinilai": page.skp.delivered_at,
    }
    return [
        YearStep(
            name,
            _note(made.get(name), due[name], page.viewer.now, finished=finished),
            "done" if finished else "current" if name == current else "next",
        )
        for name, finished in done.items()
    ]


def _note(made_at: datetime | None, due_at: datetime | None, now: datetime, *, finished: bool) -> str:
    if finished:
        return format_date(office_date(made_at)) if made_at else "selesai"
    return time_left(now, due_at) if due_at else "belum dijadwalkan"
