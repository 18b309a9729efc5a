"""Who gets what from /papan/: rules.md §15, rows *board* and *score*."""

from collections.abc import Mapping

from assessments.models import YearResult
from compliance.models import Snapshot
from compliance.services.recaps import recap_ensure
from compliance.services.snapshots import snapshots_take
from skp.models import Duty, Period
from tests.access.row import Row
from tests.compliance.duties import SENT, duty
from tests.compliance.year_results import year_result
from tests.people import NOW, People
from tests.skp.drafts import period_2026


def period(people: People) -> Mapping[str, object]:
    """A period in which the owner has a duty."""
    year = Period.objects.first() or period_2026()
    if not Duty.objects.filter(employee=people.owner.employee, stage="planning").exists():
        duty(people.owner, year, fulfilled=SENT)
    return {}


def as_xlsx(people: People) -> Mapping[str, object]:
    return {**period(people), "kind": "xlsx"}


def snapshot(people: People) -> Mapping[str, object]:
    """The planning frozen, with the owner only in it."""
    period(people)
    Duty.objects.exclude(employee=people.owner.employee).delete()
    snapshots_take(now=NOW)
    return {"snapshot_id": Snapshot.objects.get(kind="deadline", stage="planning").pk}


def owners_opd(people: People) -> Mapping[str, object]:
    return {**period(people), "opd_id": people.opd.pk}


def result(people: People) -> Mapping[str, object]:
    """The owner's year in the period."""
    year = Period.objects.first() or period_2026()
    if not YearResult.objects.filter(employee=people.owner.employee, period=year).exists():
        year_result(people.owner, year, "100")
    return {}


def result_as_xlsx(people: People) -> Mapping[str, object]:
    return {**result(people), "kind": "xlsx"}


def result_of_opd(people: People) -> Mapping[str, object]:
    return {**result(people), "opd_id": people.opd.pk}


REGENCY = {"tahun": "2026", "opd": "0"}


def owners_recap(people: People) -> Mapping[str, object]:
    """The recapitulation of the owner's OPD."""
    period(people)
    year = Period.objects.get()
    issued = recap_ensure(period_id=year.pk, opd_id=people.opd.pk, actor_id=None, now=NOW)
    return {"public_id": issued.public_id}


# Columns:                    anon own  appr supr opdA othA strg bkpS insp lead
COMPLIANCE = (
    # Only of an OPD that one reads as a whole; its admin reads the status of scores only.
    Row("compliance:recaps", "302 404 404 200 404 404 404 200 200 200", period),
    Row("compliance:recap_issue", "302 404 404 404 404 404 404 302 302 302", period, "post", REGENCY),
    Row("compliance:recap", "302 404 404 200 404 404 404 200 200 200", owners_recap),
    Row("compliance:board", "302 404 200 200 200 200 404 200 200 200", period),
    Row("compliance:board_file", "302 404 200 200 200 200 404 200 200 200", as_xlsx),
    Row("compliance:people", "302 404 200 200 200 200 404 200 200 200", period),
    Row("compliance:people_file", "302 404 200 200 200 200 404 200 200 200", as_xlsx),
    Row("compliance:opd", "302 404 200 200 200 404 404 200 200 200", owners_opd),
    Row("compliance:summary", "302 404 404 404 404 404 404 200 200 200", period),
    Row("compliance:snapshot", "302 404 200 200 200 404 404 200 200 200", snapshot),
    Row("compliance:snapshot_people", "302 404 200 200 200 404 404 200 200 200", snapshot),
    Row("compliance:scores", "302 404 200 200 200 200 404 200 200 200", result),
    Row("compliance:scores_file", "302 404 200 200 200 200 404 200 200 200", result_as_xlsx),
    Row("compliance:recap_file", "302 404 404 404 404 404 404 200 200 200", result),
    Row("compliance:spread", "302 404 200 200 200 200 404 200 200 200", result),
    Row("compliance:opd_scores", "302 404 200 200 200 404 404 200 200 200", result_of_opd),
    Row("compliance:opd_recap_file", "302 404 200 200 200 404 404 200 200 200", result_of_opd),
    Row("compliance:scored", "302 404 200 200 200 200 404 200 200 200", result),
    Row("compliance:scored_file", "302 404 200 200 200 200 404 200 200 200", result_as_xlsx),
    Row("compliance:evaluation", "302 404 404 404 404 404 404 200 200 200", period),
    Row("compliance:evaluation_file", "302 404 404 404 404 404 404 200 200 200", period),
)
