"""A revision as the copy of another: the texts of an addendum begin as those in force."""

from django.db.models import Model

from skp.models import AppendixItem, BehaviourExpectation, PlannedIndicator, PlannedResult, Revision

# Frozen on agreement; an open revision shows the superior's newest text instead.
UNFROZEN = {"parent_text": "", "parent_revision_number": None}


def revision_copy(source: Revision, *, number: int, reason: str = "") -> Revision:
    """The next draft of the same plan, saying what ``source`` says of the same results and indicators."""
    copy = Revision.objects.create(
        skp_id=source.skp_id, number=number, approach=source.approach, reason=reason
    )
    made: dict[int, PlannedResult] = {}
    for row in PlannedResult.objects.filter(revision=source).order_by("pk"):
        made[row.pk] = PlannedResult.objects.create(**copied_values(row, revision_id=copy.pk, **UNFROZEN))
    PlannedIndicator.objects.bulk_create(
        PlannedIndicator(**copied_values(row, planned_result_id=made[row.planned_result_id].pk))
        for row in PlannedIndicator.objects.filter(planned_result__revision=source).order_by("pk")
    )
    BehaviourExpectation.objects.bulk_create(
        BehaviourExpectation(**copied_values(row, revision_id=copy.pk))
        for row in BehaviourExpectation.objects.filter(revision=source)
    )
    AppendixItem.objects.bulk_create(
        AppendixItem(**copied_values(row, revision_id=copy.pk))
        for row in AppendixItem.objects.filter(revision=source)
    )
    return copy


def copied_values(row: Model, **changes: object) -> dict[str, object]:
    """Every column of a row but its key, with ``changes``."""
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {field.attname: getattr(row, field.attname) for field in columns} | changes
