"""Who gets what from /penilaian/arsip/: BKPSDM alone; its rows hold everybody's results."""

from collections.abc import Mapping

from assessments.imports.history import HISTORY
from assessments.imports.history_files import history_upload
from tests.access.row import Row
from tests.people import NOW, People
from tests.workbooks import sheet


def waiting(people: People) -> Mapping[str, object]:
    """A workbook that waits for a decision; applying it without its mark is refused."""
    row = {"NIP": people.owner.employee.nip, "TAHUN": "2020", "PREDIKAT": "Baik"}
    data = sheet(HISTORY.columns, [row])
    return {"key": history_upload(actor=people.bkpsdm_admin.viewer(), data=data, now=NOW)}


# Columns:                         anon own  appr supr opdA othA strg bkpS insp lead
HISTORY_ROWS = (
    Row("assessments:history", "302 403 403 403 403 403 403 200 403 403"),
    Row("assessments:history_template", "302 403 403 403 403 403 403 200 403 403"),
    Row("assessments:history_preview", "302 403 403 403 403 403 403 200 403 403", waiting),
    Row("assessments:history_refused", "302 403 403 403 403 403 403 200 403 403", waiting),
    Row("assessments:history_apply", "302 403 403 403 403 403 403 409 403 403", waiting, "post"),
    Row("assessments:history_discard", "302 403 403 403 403 403 403 302 403 403", waiting, "post"),
)
