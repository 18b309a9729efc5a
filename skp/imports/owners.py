"""Whose the rows are: by NIP, in the post of the period's first day, and the OPD of the whole file."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.lib.dates import covers
from orgunits.enums import AssignmentKind, UnitKind
from orgunits.models import Assignment, Employee, EmployeeNip, OrgUnitSpan
from skp.enums import Scheme
from skp.models import Period
from skp.scheme import plan_span, scheme_of


@dataclass(frozen=True, slots=True)
class Home:
    """The post in which a person's rows are planned: that of the period's first day, of a later starter
    the first in the period.

    ``opd_id`` is None outside of all OPD; ``start`` and ``until`` are the part of the year it covers.
    """

    employee_id: int
    assignment_id: int
    opd_id: int | None
    scheme: Scheme
    start: date
    until: date


def employees_by_nip(nips: Collection[str]) -> dict[str, int]:
    """The people with these NIP, earlier ones included, in at most two queries."""
    found = dict(Employee.objects.filter(nip__in=nips).values_list("nip", "pk"))
    missing = [nip for nip in nips if nip not in found]
    if missing:
        earlier = EmployeeNip.objects.filter(nip__in=missing).order_by("replaced_at")
        found.update(earlier.values_list("nip", "employee_id"))
    return {nip: pk for nip, pk in found.items() if nip is not None}


def homes_of(employee_ids: Collection[int], period: Period) -> dict[int, Home]:
    """The home of each person in the period, in two queries; who had no post then is absent."""
    year_start, year_end = date(period.year, 1, 1), date(period.year + 1, 1, 1)
    posts = (
        Assignment.objects.filter(
            employee__in=employee_ids, kind=AssignmentKind.DEFINITIVE, start__lt=year_end
        )
        .exclude(until__lte=year_start)
        .select_related("unit")
        .order_by("start")
    )
    first: dict[int, Assignment] = {}
    for post in posts:
        first.setdefault(post.employee_id, post)
    spans: dict[int, list[OrgUnitSpan]] = defaultdict(list)
    units = {post.unit_id for post in first.values()}
    for span in OrgUnitSpan.objects.filter(unit__in=units).only(
        "unit_id", "kind", "opd_id", "start", "until"
    ):
        spans[span.unit_id].append(span)
    return {pk: _home(post, spans[post.unit_id], period.year) for pk, post in first.items()}


def _home(post: Assignment, spans: Iterable[OrgUnitSpan], year: int) -> Home:
    days = plan_span(year, post.start, post.until)
    assert days is not None
    span = next((span for span in spans if covers(span.start, span.until, days[0])), None)
    scheme = scheme_of(
        echelon=post.echelon,
        is_head=post.is_head,
        unit_is_opd=span is not None and span.kind == UnitKind.OPD,
        unit_is_standalone=post.unit.is_standalone,
    )
    return Home(post.employee_id, post.pk, span.opd_id if span else None, scheme, *days)


def opd_of_file(nips: Iterable[str], employees: Mapping[str, int], homes: Mapping[int, Home]) -> int | None:
    """The OPD in which most owners of a file stood; of equals the one named first. None without any."""
    seen = {employees[nip]: None for nip in nips if nip in employees}
    counted = Counter(homes[pk].opd_id for pk in seen if pk in homes and homes[pk].opd_id is not None)
    return counted.most_common(1)[0][0] if counted else None
