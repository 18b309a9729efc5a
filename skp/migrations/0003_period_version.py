"""Number the changes of a period, and keep what each was made with as its first settings."""

import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_first_settings(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    period_model = apps.get_model("skp", "Period")
    version_model = apps.get_model("skp", "SettingsVersion")
    for period in period_model.objects.all():
        content = {**json.loads(period.settings_text or "{}"), "regime": period.regime}
        version_model.objects.get_or_create(
            period=period,
            number=period.settings_version,
            defaults={
                "text": json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
                "at": period.created_at,
                "actor_id": period.created_by_id,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("skp", "0002_planning")]

    operations = [
        migrations.AddField(
            model_name="period", name="version", field=models.PositiveIntegerField(default=1)
        ),
        migrations.RunPython(keep_first_settings, migrations.RunPython.noop),
    ]
