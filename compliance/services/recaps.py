"""Issuing the recapitulations on request: the valid one while nothing has changed, else a new one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from compliance.documents.contents import opd_recap_content, regency_recap_content
from compliance.permissions import can_issue_recap
from compliance.selectors.recap_documents import RECAP, recap_key
from config.lib.canonical import text_hash
from config.lib.dates import office_date
from config.lib.errors import DomainError
from documents.enums import DocumentKind
from documents.models import IssuedDocument
from documents.services import Subject, current_document, document_issue
from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.documents.contents import frozen
from skp.models import Period


def recap_issue(*, actor: Viewer, period_id: int, opd_id: int | None, now: datetime) -> IssuedDocument:
    """D10 of the OPD, for None D11; raises NotAllowed for those who read no scores there."""
    can_issue_recap(actor, opd_id).enforce()
    return recap_ensure(period_id=period_id, opd_id=opd_id, actor_id=actor.user_id, now=now)


def recap_ensure(
    *, period_id: int, opd_id: int | None, actor_id: int | None, now: datetime
) -> IssuedDocument:
    """The recapitulation as it stands now: the valid one if it says the same, else one issued now.

    For commands and for ``recap_issue``. Raises Period.DoesNotExist, and DomainError for a unit that is no
    OPD today.
    """
    kind = DocumentKind.D10 if opd_id is not None else DocumentKind.D11
    with transaction.atomic():
        # Held so that two clicks do not supersede one another; rows that point to it may still be written.
        period = Period.objects.select_for_update(no_key=True).get(pk=period_id)
        content = _content(period, opd_id, now)
        text = frozen(content)
        key = recap_key(period_id, opd_id)
        current = current_document(kind=kind, subject_type=RECAP, subject_id=key)
        if current is not None and current.content_hash == text_hash(text):
            return current
        name = str(content["opd"] or content["regency"])
        title = f"{kind.label} {period.year} {name}"[:200]
        revision = current.revision + 1 if current else 1
        return document_issue(
            kind=kind,
            subject=Subject(RECAP, key, title, "", name[:255], revision),
            content_text=text,
            actor_id=actor_id,
            now=now,
        )


def _content(period: Period, opd_id: int | None, now: datetime) -> Mapping[str, object]:
    day = office_date(now)
    wanted = UnitKind.REGENCY if opd_id is None else UnitKind.OPD
    units = OrgUnitSpan.objects.filter(on_day(day), kind=wanted)
    unit = (units if opd_id is None else units.filter(unit=opd_id)).values_list("unit_id", flat=True).first()
    if unit is None:
        raise DomainError("OPD ini tidak ada pada hari ini.")
    return (
        opd_recap_content(period, unit, day)
        if opd_id is not None
        else regency_recap_content(period, unit, day)
    )
