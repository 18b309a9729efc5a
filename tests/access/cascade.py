"""Who gets what from /skp/kaskade/; the unit and the leader are those of the owner's division."""

from collections.abc import Mapping

from skp.models import Period
from tests.access.row import Row, everyone
from tests.people import People
from tests.skp.drafts import period_2026


def _period() -> None:
    if not Period.objects.exists():
        period_2026()


def period(people: People) -> Mapping[str, object]:
    _period()
    return {}


def division(people: People) -> Mapping[str, object]:
    _period()
    return {"unit_id": people.division.pk}


def uncovered(people: People) -> Mapping[str, object]:
    return {**division(people), "kind": "belum-didukung"}


def leader(people: People) -> Mapping[str, object]:
    _period()
    return {"employee_id": people.appraiser.employee.pk}


# The superior heads the OPD above; the owner works in the division and reads only the own chain.
# Columns:                       anon own  appr supr opdA othA strg bkpS insp lead
CASCADE = (
    everyone("skp:cascade", 302, 200, period),
    Row("skp:cascade_ranking", "302 403 403 403 403 403 403 200 200 200", period),
    Row("skp:cascade_unit", "302 404 200 200 200 404 404 200 200 200", division),
    Row("skp:cascade_matrix", "302 404 200 200 200 404 404 200 200 200", division),
    Row("skp:cascade_blockers", "302 404 200 200 200 404 404 200 200 200", division),
    Row("skp:cascade_gaps", "302 404 200 200 200 404 404 200 200 200", uncovered),
    Row("skp:cascade_person", "302 404 200 200 200 404 404 200 200 200", leader),
)
