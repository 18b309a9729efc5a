"""How long sign-in stays closed after failures (docs/adr/0008-sign-in.md). Pure."""

from datetime import datetime, timedelta

# The lock grows while somebody keeps guessing, but never so long that guessing at somebody
# else's NIP on the last evening takes that person's evening away.
LOCK_STEPS: tuple[tuple[int, timedelta], ...] = (
    (7, timedelta(minutes=60)),
    (6, timedelta(minutes=30)),
    (5, timedelta(minutes=15)),
)
FORGET_AFTER = timedelta(hours=24)


def lock_length(failures: int) -> timedelta | None:
    """How long the lock holds after this many failures in a row; None while there is none."""
    return next((length for least, length in LOCK_STEPS if failures >= least), None)


def failures_so_far(failures: int, last_attempt_at: datetime, now: datetime) -> int:
    """The failures that still count at ``now``: none when the last attempt was a day ago."""
    return failures if now - last_attempt_at < FORGET_AFTER else 0
