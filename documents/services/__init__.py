"""What other apps call: take a number, start and cancel long work, run it."""

from documents.services.context import JobContext
from documents.services.counters import counter_next
from documents.services.jobs import job_cancel, job_start, jobs_recover
from documents.services.queue import queue_prune
from documents.services.runs import job_run

__all__ = ["JobContext", "counter_next", "job_cancel", "job_run", "job_start", "jobs_recover", "queue_prune"]
