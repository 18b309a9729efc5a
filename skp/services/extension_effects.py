"""What an extension or its revocation does, as the difference of stored deadlines before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.services.notifications import notifications_add
from config.lib.canonical import canonical_text, text_hash
from config.lib.dates import format_deadline
from orgunits.models import Employee
from skp.services.duties import DutyChanges
from skp.states import Stage


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """One person's deadline before and after; ``open``: obliged and not fulfilled yet.

    ``told``: the account that is notified, None for who has done it, is not obliged or has no account.
    """

    employee_id: int
    opd_id: int | None
    before: datetime
    after: datetime
    open: bool
    told: int | None


@dataclass(frozen=True, slots=True)
class ExtensionEffect:
    """Whose deadline of one stage moves; ``now`` decides what is opened or closed by it."""

    moved: tuple[MovedDeadline, ...]
    now: datetime

    @property
    def opds(self) -> int:
        """How many OPD the people sit in."""
        return len({one.opd_id for one in self.moved})

    @property
    def opened(self) -> int:
        """Unfulfilled duties that were past their deadline and are not any more."""
        return sum(one.open and one.before <= self.now < one.after for one in self.moved)

    @property
    def shut(self) -> int:
        """Unfulfilled duties whose deadline has passed by the change."""
        return sum(one.open and one.after <= self.now < one.before for one in self.moved)

    @property
    def unfulfilled(self) -> int:
        """People who have not done it yet."""
        return sum(one.open for one in self.moved)

    @property
    def notified(self) -> int:
        """How many notices are sent."""
        return sum(one.told is not None for one in self.moved)

    @property
    def sentence(self) -> str:
        """The effect in one sentence."""
        if not self.moved:
            return "Tidak ada tenggat yang berubah."
        parts = [f"Mengubah tenggat {len(self.moved)} pegawai di {self.opds} OPD"]
        parts.append(f"{self.unfulfilled} di antaranya belum memenuhi tahap ini")
        if self.opened:
            parts.append(f"membuka {self.opened} SKP yang tenggatnya sudah lewat")
        if self.shut:
            parts.append(f"menutup {self.shut} SKP")
        parts.append(f"mengirim {self.notified} pemberitahuan")
        return f"{', '.join(parts)}."

    @property
    def fingerprint(self) -> str:
        """The same for two effects that do the same; the hour at which it was asked does not count."""
        rows = [
            [one.employee_id, one.before.isoformat(), one.after.isoformat(), one.open, one.told]
            for one in self.moved
        ]
        return text_hash(canonical_text({"moved": rows}, schema_version=1))


def effect_of(changes: DutyChanges, stage: Stage, interval: int, now: datetime) -> ExtensionEffect:
    """Those of the changes that move a deadline of the stage, in the order of the people's keys."""
    rows = [
        (change.before.due_at, change.after)
        for change in changes.changes
        if change.before is not None
        and change.after is not None
        and change.moves_deadline
        and (change.after.stage, change.after.interval) == (stage, interval)
    ]
    waiting = {row.employee_id for _, row in rows if row.obliged and row.fulfilled_at is None}
    users = _accounts(waiting)
    moved = (
        MovedDeadline(
            row.employee_id,
            row.opd_id,
            before,
            row.due_at,
            open=row.employee_id in waiting,
            told=users.get(row.employee_id),
        )
        for before, row in rows
    )
    return ExtensionEffect(tuple(sorted(moved, key=lambda one: one.employee_id)), now)


def effect_tell(effect: ExtensionEffect, *, text: str, after: str, now: datetime) -> int:
    """Notify those who have not done it yet, their deadline between ``text`` and ``after``; how many."""
    by_due: dict[datetime, list[int]] = {}
    for one in effect.moved:
        if one.told is not None:
            by_due.setdefault(one.after, []).append(one.told)
    sent = 0
    for due, users in by_due.items():
        line = f"{text} {format_deadline(due)}{after}"
        # Only the keys are needed to write the rows.
        people = (User(pk=pk) for pk in users)
        sent += notifications_add(users=people, text=line, now=now, link=reverse("skp:mine"))
    return sent


def _accounts(employee_ids: Iterable[int]) -> dict[int, int]:
    """The active accounts of these people."""
    rows = Employee.objects.filter(user__is_active=True).values_list("pk", "user_id")
    wanted = set(employee_ids)
    return {pk: user for pk, user in rows if pk in wanted and user is not None}
