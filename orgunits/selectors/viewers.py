"""Who is asking, found in at most four queries."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection
from django.db.models import F

from accounts.models import User
from config.lib.dates import office_date
from config.lib.prepared import Given, Prepared
from orgunits.enums import Role
from orgunits.models import Employee, OrgUnitSpan, RoleGrant, UnitHeadLine
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer

GRANTS = Prepared(
    lambda: RoleGrant.objects.filter(on_day(Given("day")), user=Given("user")).values_list("role", "unit_id")
)
# Answering for a vacant unit below is not heading it.
HEADED = Prepared(
    lambda: UnitHeadLine.objects.filter(
        on_day(Given("day")), first=Given("employee"), first_assignment__unit=F("unit")
    ).values_list("unit_id", flat=True)
)


def viewer_for(user: User, now: datetime) -> Viewer:
    """The user as they stand at ``now``: person, roles in force, units headed and all below them."""
    today = office_date(now)
    employee = _employee_of(user, today)
    grants = GRANTS.rows(day=today, user=user.pk)
    headed = _headed_units(employee.pk, today) if employee else frozenset()
    return Viewer(
        user_id=user.pk,
        employee_id=employee.pk if employee else None,
        label=employee.full_name if employee else str(user),
        now=now,
        today=today,
        roles=frozenset(Role(role) for role, _ in grants),
        admin_opd_ids=_units_of(grants, Role.OPD_ADMIN),
        tpk_opd_ids=_units_of(grants, Role.TPK),
        headed_unit_ids=headed,
        subtree_unit_ids=unit_ids_below(headed, today),
        # Raw rows carry what the query adds.
        has_appraisees=bool(getattr(employee, "has_appraisees", False)),
    )


def _employee_of(user: User, today: date) -> Employee | None:
    """The user's person, with ``has_appraisees``; written in SQL, since every request asks it first."""
    sql = """
        SELECT person.*, EXISTS (
            SELECT 1 FROM orgunits_appraisalline AS line
            WHERE line.appraiser_id = person.id
            AND line."start" <= %s AND (line."until" IS NULL OR line."until" > %s)
        ) AS has_appraisees
        FROM orgunits_employee AS person WHERE person.user_id = %s
    """
    value = connection.ops.adapt_datefield_value(today)
    return next(iter(Employee.objects.raw(sql, [value, value, user.pk])), None)


def unit_ids_below(unit_ids: Collection[int], day: date) -> frozenset[int]:
    """The units and all below them in the tree of the day, by parent; no query for no unit."""
    if not unit_ids:
        return frozenset()
    table = connection.ops.quote_name(OrgUnitSpan._meta.db_table)
    marks = ", ".join(["%s"] * len(unit_ids))
    # UNION, not UNION ALL: a unit met twice is not followed again.
    sql = f"""
        WITH RECURSIVE tree (unit_id) AS (
            SELECT id FROM orgunits_orgunit WHERE id IN ({marks})
            UNION
            SELECT span.unit_id FROM {table} AS span JOIN tree ON span.parent_id = tree.unit_id
            WHERE span."start" <= %s AND (span."until" IS NULL OR span."until" > %s)
        )
        SELECT unit_id FROM tree
    """  # noqa: S608 only names and placeholders are put in
    value = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*unit_ids, value, value])
        return frozenset(row[0] for row in cursor.fetchall())


def _units_of(grants: Collection[tuple[str, int | None]], wanted: Role) -> frozenset[int]:
    return frozenset(unit for role, unit in grants if role == wanted and unit is not None)


def _headed_units(employee_id: int, today: date) -> frozenset[int]:
    """The units of which this person is the head today by rules.md §9: Plh, Plt, definitive holder."""
    return frozenset(HEADED.rows(day=today, employee=employee_id))
