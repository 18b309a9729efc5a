from django.db import migrations

from config.lib.spanguards import SpanGuard, install

GUARDS = (
    SpanGuard(
        "assignment_definitive_overlap",
        "orgunits_assignment",
        ("employee_id",),
        (("kind", "definitive"),),
    ),
    SpanGuard(
        "assignment_head_overlap",
        "orgunits_assignment",
        ("unit_id",),
        (("kind", "definitive"), ("is_head", True)),
    ),
    SpanGuard("assignment_plt_overlap", "orgunits_assignment", ("unit_id",), (("kind", "plt"),)),
    SpanGuard("assignment_plh_overlap", "orgunits_assignment", ("unit_id",), (("kind", "plh"),)),
    SpanGuard("orgunitspan_overlap", "orgunits_orgunitspan", ("unit_id",)),
    SpanGuard("legalposition_overlap", "orgunits_legalpositionspan", ("employee_id",)),
    SpanGuard("override_overlap", "orgunits_appraiseroverride", ("employee_id",)),
)


class Migration(migrations.Migration):
    dependencies = [("orgunits", "0001_initial")]

    operations = [install(GUARDS)]
