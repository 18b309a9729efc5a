"""The one transition table of jobs."""

from config.lib.machine import Move
from documents.enums import JobAction, JobState, Party

OWNER = frozenset({Party.OWNER})
WORKER = frozenset({Party.WORKER})

# Cancelling running work only leaves a request; the worker stops at its next safe point.
JOB_MOVES: dict[tuple[JobState, JobAction], Move[JobState, Party]] = {
    (JobState.QUEUED, JobAction.TAKE): Move(JobState.RUNNING, WORKER),
    (JobState.QUEUED, JobAction.CANCEL): Move(JobState.CANCELLED, OWNER),
    (JobState.RUNNING, JobAction.CANCEL): Move(JobState.RUNNING, OWNER),
    (JobState.RUNNING, JobAction.STOP): Move(JobState.CANCELLED, WORKER),
    (JobState.RUNNING, JobAction.RELEASE): Move(JobState.QUEUED, WORKER),
    (JobState.RUNNING, JobAction.FINISH): Move(JobState.DONE, WORKER),
    (JobState.RUNNING, JobAction.FAIL): Move(JobState.FAILED, WORKER),
}
