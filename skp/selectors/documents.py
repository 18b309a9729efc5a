"""What documents need to read: the OPD at their head, the documents of a plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from config.lib.prepared import Given, Prepared
from documents.models import IssuedDocument
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.selectors.units import units_of_opds
from skp.models import Receipt, Skp

PLAN = "skp.skp"
RECEIPT = "skp.receipt"

SPAN = Prepared(lambda: OrgUnitSpan.objects.filter(on_day(Given("day")), unit=Given("unit")))


@dataclass(frozen=True, slots=True)
class OpdHead:
    """Name of the OPD and the place in which it signs, empty where none is recorded."""

    name: str
    place: str


def opd_head(unit_id: int, day: date) -> OpdHead:
    """The OPD of the unit on the day; the unit itself where it belongs to none, as the regency does."""
    own = SPAN.first(unit=unit_id, day=day)
    if own is not None and own.opd_id not in (None, unit_id):
        own = SPAN.first(unit=own.opd_id, day=day) or own
    return OpdHead(own.name, own.signing_place) if own else OpdHead("", "")


def documents_of_plan(skp: Skp) -> "QuerySet[IssuedDocument]":
    """Everything issued about the plan, its receipts included, the newest first.

    The caller has found the plan in the viewer's visible set.
    """
    receipts = Receipt.objects.filter(revision__skp=skp).values_list("pk", flat=True)
    keys = [str(pk) for pk in receipts]
    return IssuedDocument.objects.filter(
        Q(subject_type=PLAN, subject_id=str(skp.pk)) | Q(subject_type=RECEIPT, subject_id__in=keys)
    ).order_by("-issued_at", "-pk")


def plans_with_documents(
    plans: "QuerySet[Skp]", *, period_id: int, opd_id: int | None, day: date
) -> "QuerySet[Skp]":
    """Those of ``plans`` in the period, of the OPD as it is made up on ``day`` or of all, by person."""
    found = plans.filter(period=period_id)
    if opd_id is not None:
        found = found.filter(assignment__unit__in=units_of_opds([opd_id], day).values("unit"))
    return found.order_by("owner__name", "owner_id", "start", "pk")
