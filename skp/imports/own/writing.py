"""Putting a compared workbook into its owner's draft: all of it in one step, or nothing."""

from datetime import datetime

from django.db import transaction

from config.lib.errors import Conflict
from orgunits.viewer import Viewer
from skp.enums import Approach
from skp.imports.own.comparing import Filling
from skp.models import Move, PlannedResult, Revision
from skp.services.editing.draft import begin_edit, planned_of
from skp.services.editing.indicators import write_indicators
from skp.services.editing.results import write_result
from skp.services.retiring import result_drop
from skp.states import Action

CHANGED = "Rencana ini atau rencana atasan berubah sejak pratinjau. Unggah berkasnya sekali lagi."
NOTHING = "Tidak ada yang berubah."


def draft_fill(
    *, actor: Viewer, skp_id: int, version: int, filling: Filling, mark: str, remove: bool, now: datetime
) -> str:
    """Write what the preview with this ``mark`` showed; answers it in a sentence.

    ``remove``: also take out the results that the workbook does not name. Raises Conflict on a stale
    preview or a second click, NotAllowed, or DomainError for a link that is not to today's superior.
    """
    with transaction.atomic():
        skp, facts, revision = begin_edit(actor, skp_id, version)
        if filling.mark != mark:
            raise Conflict(CHANGED)
        gone = filling.missing if remove else []
        if not filling.writes and not gone:
            return NOTHING
        for result in gone:
            result_drop(skp, planned_of(revision, result.planned_id), now)
        for entry in filling.writes:
            planned = PlannedResult.objects.filter(revision=revision, result__key=entry.key).first()
            planned = write_result(skp, facts, revision, planned, entry.section.data, key=entry.key)
            write_indicators(planned, entry.section.indicators, Approach(revision.approach), now)
        return _recorded(actor, revision, filling, len(gone), now)


def _recorded(actor: Viewer, revision: Revision, filling: Filling, gone: int, now: datetime) -> str:
    """The line of the history."""
    counted = ((len(filling.added), "baru"), (len(filling.changed), "berubah"), (gone, "dihapus"))
    note = "Diisi dari Excel: " + ", ".join(f"{number} {what}" for number, what in counted if number) + "."
    Move.objects.create(
        skp_id=revision.skp_id,
        revision=revision,
        action=Action.EDIT,
        from_state=revision.state,
        to_state=revision.state,
        actor_id=actor.user_id,
        actor_label=actor.label,
        note=note,
        at=now,
    )
    return note
