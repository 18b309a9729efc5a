"""What other apps call: take a number, issue documents, start and cancel long work, run it."""

from documents.services.context import JobContext
from documents.services.counters import counter_next
from documents.services.issued import (
    IssueSigns,
    Print,
    Subject,
    current_document,
    document_bytes,
    document_issue,
    document_response,
    draft_bytes,
    file_name,
)
from documents.services.jobs import job_cancel, job_start, jobs_recover
from documents.services.queue import queue_prune
from documents.services.runs import job_run

__all__ = [
    "IssueSigns",
    "JobContext",
    "Print",
    "Subject",
    "counter_next",
    "current_document",
    "document_bytes",
    "document_issue",
    "document_response",
    "draft_bytes",
    "file_name",
    "job_cancel",
    "job_run",
    "job_start",
    "jobs_recover",
    "queue_prune",
]
