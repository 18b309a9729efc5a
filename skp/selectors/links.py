"""Links of a draft that lead nowhere any more, and what the appraiser asked to be mended."""

from collections.abc import Collection

from skp.content import PlanContent
from skp.enums import Scheme
from skp.models import Move, ReturnNote, WorkResult
from skp.selectors.plans import LinkableResult, parents_in_force
from skp.states import Action

GONE = "Hasil kerja ini sudah tidak ada dalam rencana atasan."
NOT_TODAYS = "Hasil kerja ini bukan lagi milik pejabat penilai Anda hari ini."


def broken_links(
    content: PlanContent, *, linkable_ids: Collection[int], appraiser_id: int | None
) -> dict[int, str]:
    """The superior's results that the plan serves and can no longer be chosen, each with the reason.

    ``linkable_ids`` are the results of today's appraiser; without an appraiser nothing is broken yet.
    One query when there is something to explain, else none.
    """
    if appraiser_id is None:
        return {}
    linked = {result.parent_id for result in content.results if result.parent_id is not None}
    lost = linked - set(linkable_ids)
    if not lost:
        return {}
    owners = WorkResult.objects.filter(pk__in=lost).values_list("pk", "skp__owner_id")
    return {pk: GONE if owner_id == appraiser_id else NOT_TODAYS for pk, owner_id in owners}


def waits_above(content: PlanContent, linkable: Collection[LinkableResult]) -> bool:
    """Whether agreeing waits for the superior: he has no results yet, or one served here is not in force.

    Without a query, from the results that the plan may serve (rules.md §3, provisional plans).
    """
    agreed = {row.result_id for row in linkable if row.agreed}
    served = {result.parent_id for result in content.main if result.parent_id is not None}
    return content.scheme == Scheme.JA_JF and (not linkable or bool(served - agreed))


def served_not_agreed(content: PlanContent) -> bool:
    """Whether a main result serves one of the superior that is not in force yet (rules.md §3)."""
    linked = {result.parent_id for result in content.main if result.parent_id is not None}
    return content.scheme == Scheme.JA_JF and bool(linked - parents_in_force(linked).keys())


def last_return(revision_id: int) -> tuple[str, dict[int, str]]:
    """The note of the revision's last return and its notes by result; empty when it never was returned."""
    move = Move.objects.filter(revision_id=revision_id, action=Action.RETURN).order_by("-at", "-pk").first()
    if move is None:
        return "", {}
    return move.note, dict(ReturnNote.objects.filter(move=move).values_list("result_id", "text"))
