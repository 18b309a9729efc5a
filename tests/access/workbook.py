"""Who gets what from the workbook of a plan: its owner alone, while the draft may be edited."""

from tests.access.plans import owners_plan
from tests.access.row import Row

# A confirmation without the preview's rows is refused with 400.
# Columns:                      anon own  appr supr opdA othA strg bkpS insp lead
WORKBOOK = (
    Row("skp:from_workbook", "302 200 403 403 403 404 404 403 403 403", owners_plan),
    Row("skp:from_workbook", "302 422 403 403 403 404 404 403 403 403", owners_plan, "post"),
    Row("skp:workbook_template", "302 200 403 403 403 404 404 403 403 403", owners_plan),
    Row("skp:workbook_fill", "302 400 403 403 403 404 404 403 403 403", owners_plan, "post"),
)
