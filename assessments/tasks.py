"""Kinds of jobs about scores named in ``settings.JOB_KINDS``."""

from assessments.services.recomputing import year_results_recompute
from documents.services import JobContext


def recompute_results(job: JobContext) -> None:
    """Everybody's year results anew; payload ``period``."""
    year_results_recompute(job)
