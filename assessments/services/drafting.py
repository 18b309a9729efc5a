"""Keeping what the appraiser has typed, complete or not, until it is scored."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from assessments.models import ScoreDraft
from assessments.services.steps import begin
from assessments.states import AssessmentAction
from config.lib.canonical import canonical_text
from config.lib.errors import DomainError
from orgunits.viewer import Viewer

DRAFT_SCHEMA_VERSION = 1
MAX_TYPED = 4000


def draft_save(
    *, actor: Viewer, skp_id: int, version: int, typed: Mapping[str, str], now: datetime
) -> ScoreDraft:
    """Keep the fields of the scoring form as they were typed, by their names; the newest text only.

    ``version`` is the assessment's. Raises Conflict on a stale page, NotAllowed for who may not score now,
    DomainError for a text of more than 4000 letters.
    """
    if any(len(text) > MAX_TYPED for text in typed.values()):
        raise DomainError(f"Satu isian memuat paling banyak {MAX_TYPED} huruf.")
    with transaction.atomic():
        judging = begin(actor, skp_id, version, AssessmentAction.SCORE)
        kept, _ = ScoreDraft.objects.update_or_create(
            assessment=judging.assessment,
            defaults={
                "text": canonical_text({"typed": typed}, schema_version=DRAFT_SCHEMA_VERSION),
                "saved_at": now,
                "saved_by_id": actor.user_id,
            },
        )
        return kept


def typed_of(draft: ScoreDraft | None) -> dict[str, str]:
    """What ``draft_save`` kept, by the fields' names; nothing without a draft."""
    return dict(json.loads(draft.text)["typed"]) if draft else {}
