"""The extensions that hold, and the places of units by which they reach plans."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from config.lib.prepared import Given, Prepared
from orgunits.selectors.units import spans_ever_above
from skp.deadlines import WindowFacts, reference_days
from skp.enums import ExtensionScope
from skp.extension_rules import (
    NO_UNITS,
    UNIT_SCOPES,
    ExtensionFacts,
    PlanPlace,
    UnitPlace,
    UnitTree,
    reaching,
)
from skp.models import Extension, ExtensionPerson, Skp
from skp.states import Stage

VALID = Prepared(
    lambda: Extension.objects.filter(period=Given("period"), revoked_at__isnull=True).order_by("pk")
)


def valid_extensions(period_id: int) -> tuple[ExtensionFacts, ...]:
    """The period's extensions that are not revoked, with the people they name, in two queries."""
    rows = VALID.rows(period=period_id)
    if not rows:
        return ()
    named: dict[int, set[int]] = {row.pk: set() for row in rows}
    for extension_id, employee_id in ExtensionPerson.objects.filter(extension__in=rows).values_list(
        "extension_id", "employee_id"
    ):
        named[extension_id].add(employee_id)
    return tuple(extension_facts(row, named[row.pk]) for row in rows)


def extension_facts(row: Extension, people: Collection[int] = ()) -> ExtensionFacts:
    """The extension as plain values."""
    return ExtensionFacts(
        extension_id=row.pk,
        stage=Stage(row.stage),
        interval=row.interval,
        scope=ExtensionScope(row.scope),
        unit_id=row.unit_id,
        due_at=row.due_at,
        decree=row.decree,
        reason=row.reason,
        people=frozenset(people),
    )


def unit_tree(unit_ids: Collection[int]) -> UnitTree:
    """The places of the units and of all that ever stood above them, in one query."""
    return UnitTree(
        UnitPlace(span.unit_id, span.parent_id, span.opd_id, span.start, span.until)
        for span in spans_ever_above(unit_ids)
    )


def extensions_of_plan(skp: Skp, windows: Collection[WindowFacts], until: date) -> tuple[ExtensionFacts, ...]:
    """The valid extensions that reach the plan; one query, two when one of them has a unit as its key.

    ``until``: the end of the plan or of its post, whichever comes first; ``skp`` with its assignment.
    """
    rows = POSSIBLE.rows(owner=skp.owner_id, period=skp.period_id)
    if not rows:
        return ()
    by_unit = any(row.scope in UNIT_SCOPES for row in rows)
    units = unit_tree([skp.assignment.unit_id]) if by_unit else NO_UNITS
    return reaching(
        (extension_facts(row, [skp.owner_id]) for row in rows),
        PlanPlace(skp.owner_id, skp.assignment.unit_id, skp.start, until),
        units,
        reference_days(skp.period.year, windows),
    )


def _possible() -> "QuerySet[Extension]":
    named = ExtensionPerson.objects.filter(employee=Given("owner")).values("extension")
    return Extension.objects.filter(
        ~Q(scope=ExtensionScope.PEOPLE) | Q(pk__in=named), period=Given("period"), revoked_at__isnull=True
    ).order_by("pk")


POSSIBLE = Prepared(_possible)
