"""Who is asking: a plain value, made once per request, that every visible set and decision takes."""

from dataclasses import dataclass, field
from datetime import date, datetime

from orgunits.enums import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """The asking person on a day, with what their posts and grants give them.

    ``headed_unit_ids``: units headed today, definitively or acting; ``subtree_unit_ids``: those
    and all below; ``admin_opd_ids`` and ``tpk_opd_ids``: OPD of the grants that name one;
    ``roles``: every role in force today; ``has_appraisees``: somebody's line names this person today.
    """

    user_id: int
    employee_id: int | None
    label: str
    now: datetime
    today: date
    roles: frozenset[Role] = frozenset()
    admin_opd_ids: frozenset[int] = frozenset()
    tpk_opd_ids: frozenset[int] = frozenset()
    headed_unit_ids: frozenset[int] = field(default=frozenset(), repr=False)
    subtree_unit_ids: frozenset[int] = field(default=frozenset(), repr=False)
    has_appraisees: bool = False

    def has(self, role: Role) -> bool:
        """Whether the role is in force today, for whatever unit."""
        return role in self.roles

    @property
    def is_bkpsdm(self) -> bool:
        """Administers the regency."""
        return Role.BKPSDM_ADMIN in self.roles

    @property
    def sees_regency(self) -> bool:
        """Reads every OPD: BKPSDM, the inspectorate, the Bupati and the Sekda."""
        return bool(self.roles & {Role.BKPSDM_ADMIN, Role.INSPECTOR, Role.LEADER})
