"""Kinds of jobs about scores named in ``settings.JOB_KINDS``."""

from assessments.services.recomputing import year_results_recompute
from assessments.services.simulating import simulation_run
from documents.services import JobContext


def recompute_results(job: JobContext) -> None:
    """Everybody's year results anew; payload ``period``."""
    year_results_recompute(job)


def simulate_settings(job: JobContext) -> None:
    """What other numbers of scoring would do; payload ``period`` and the ``settings`` as text."""
    simulation_run(job)
