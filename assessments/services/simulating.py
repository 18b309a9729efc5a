"""A simulation that a page can't wait for: started there, done by a job, kept as Excel."""

from datetime import datetime

from accounts.models import User
from assessments.exports import simulation_tables
from assessments.permissions import can_simulate
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.scoring_settings import scoring_state
from assessments.selectors.simulation import simulate
from config.lib.xlsx import workbook
from documents.models import Job
from documents.services import JobContext, job_start
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from skp.models import Period

KIND = "assessments.tasks.simulate_settings"


def simulation_start(*, actor: Viewer, period_id: int, settings: ScoringSettings, now: datetime) -> Job:
    """Queue the simulation of ``settings`` on the period's scores. Raises NotAllowed."""
    can_simulate(actor).enforce()
    return job_start(
        actor=User.objects.get(pk=actor.user_id),
        kind=KIND,
        payload={"period": period_id, "settings": settings.to_text()},
        title=f"Simulasi ketentuan penilaian {Period.objects.get(pk=period_id).year}",
        now=now,
    )


def simulation_run(job: JobContext) -> None:
    """Do the job with what its owner may read when it runs; nothing is stored but the file."""
    viewer = viewer_for(job.owner, job.now)
    can_simulate(viewer).enforce()
    period = Period.objects.get(pk=job.payload["period"])
    settings = ScoringSettings.from_text(str(job.payload["settings"]))
    found = simulate(viewer, period, scoring_state(period), settings, shown=None, advance=job.check_cancelled)
    job.attach(f"simulasi-ketentuan-{period.year}.xlsx", workbook(simulation_tables(found)))
    job.summarise(
        {"counted": found.counted, "word": found.word_changed, "final": found.final_changed},
        message=f"{found.counted} SKP disimulasikan: predikat {found.word_changed} berubah, "
        f"nilai akhir {found.final_changed} berubah.",
    )
