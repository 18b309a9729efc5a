"""Plain facts and viewers for tests of pure decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime

from orgunits.enums import Role
from orgunits.viewer import Viewer
from skp.deadlines import default_windows
from skp.enums import Scheme
from skp.facts import PlanFacts
from skp.settings import PlanSettings
from skp.states import Lifecycle, RevisionState

OWNER, APPRAISER, STRANGER = 1, 2, 3
OPD = 40


def moment(text: str) -> datetime:
    """ "2026-01-31 23:59" as told by the office's clock (UTC+7)."""
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(UTC)


def viewer(employee_id: int | None, now: datetime) -> Viewer:
    """Somebody without any role."""
    return Viewer(user_id=9, employee_id=employee_id, label="Seseorang", now=now, today=date(2026, 1, 5))


def officer(employee_id: int | None, now: datetime, opd: int | None = None) -> Viewer:
    """An admin of an OPD, of BKPSDM without one."""
    return replace(
        viewer(employee_id, now),
        roles=frozenset({Role.BKPSDM_ADMIN if opd is None else Role.OPD_ADMIN}),
        admin_opd_ids=frozenset() if opd is None else frozenset({opd}),
    )


def plan(**values: object) -> PlanFacts:
    """A plan of 2026 of person 1, appraised by person 2; ``values`` differ from a plain draft."""
    facts: dict[str, object] = {
        "skp_id": 5,
        "version": 0,
        "owner_id": OWNER,
        "appraiser_id": APPRAISER,
        "appraiser_title": "Kepala Bidang Satu",
        "appraiser_assignment_id": 7,
        "scheme": Scheme.JA_JF,
        "start": date(2026, 1, 1),
        "lifecycle": Lifecycle.ACTIVE,
        "state": RevisionState.DRAFT,
        "locked": False,
        "settings": PlanSettings(),
        "windows": default_windows(2026),
        "opd_id": OPD,
    }
    return PlanFacts(**(facts | values))  # type: ignore[arg-type]
