"""A change shown before it is made: the same service run, and rolled back.

What a preview shows is therefore what the change does. Its digest travels with the form; when the
change, made for real, would do something else than was shown, nothing is written.
"""

from collections.abc import Callable

from django.db import transaction

from config.lib.canonical import canonical_text, text_hash
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.line_changes import LineChange, LineState
from orgunits.services.common import Effect

SCHEMA_VERSION = 1
CHANGED_SINCE = "Data berubah sejak pratinjau dibuat, sehingga akibatnya tidak lagi sama."


def effect_preview(change: Callable[[], Effect]) -> Effect:
    """What ``change`` would do; nothing is kept. Refusals of the service pass through."""
    with transaction.atomic():
        effect = change()
        transaction.set_rollback(True)
    return effect


def effect_apply(change: Callable[[], Effect], *, digest: str) -> Effect:
    """Make the change if it does what was shown under ``digest``; raises Conflict when it does not.

    A rule that refuses now did not refuse in the preview: somebody came first, and that is a Conflict
    with the rule's sentence. NotAllowed passes through.
    """
    try:
        with transaction.atomic():
            effect = change()
            if effect_digest(effect) != digest:
                raise Conflict(CHANGED_SINCE)
    except (Conflict, NotAllowed):
        raise
    except DomainError as error:
        raise Conflict(str(error)) from error
    return effect


def effect_digest(effect: Effect) -> str:
    """The fingerprint of what a preview showed; keys of rows made meanwhile are left out."""
    content = {
        "notes": effect.notes,
        "changes": [_content(change) for change in effect.changes],
    }
    return text_hash(canonical_text(content, schema_version=SCHEMA_VERSION))


def _content(change: LineChange) -> tuple[object, ...]:
    return (change.employee_id, change.start, change.until, _seen(change.old), _seen(change.new))


def _seen(state: LineState | None) -> tuple[object, ...] | None:
    if state is None:
        return None
    return (state.appraiser_id, state.acts_as, state.superior_id, state.none_reason)
