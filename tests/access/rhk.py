"""Who gets what from /skp/impor/: BKPSDM alone; its rows hold everybody's plans."""

from collections.abc import Mapping
from datetime import UTC, datetime

from orgunits.enums import ImportState
from skp.models import Period, RhkUpload
from tests.access.row import Row
from tests.people import People
from tests.skp.drafts import period_2026


def uploaded(people: People) -> Mapping[str, object]:
    """A workbook that waits for nobody any more: what one asks of it changes nothing."""
    period = Period.objects.first() or period_2026()
    made = RhkUpload.objects.create(
        period=period,
        state=ImportState.DISCARDED,
        file_name="RHK.xlsx",
        file_hash="0" * 64,
        created_by=people.bkpsdm_admin.user,
        created_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    return {"public_id": made.public_id}


# Columns:                   anon own  appr supr opdA othA strg bkpS insp lead
RHK = (
    Row("skp:rhk_uploads", "302 403 403 403 403 403 403 200 403 403"),
    Row("skp:rhk_upload", "302 404 404 404 404 404 404 200 404 404", uploaded),
    Row("skp:rhk_refused", "302 404 404 404 404 404 404 200 404 404", uploaded),
    Row("skp:rhk_apply", "302 404 404 404 404 404 404 409 404 404", uploaded, "post"),
    Row("skp:rhk_discard", "302 404 404 404 404 404 404 409 404 404", uploaded, "post"),
)
