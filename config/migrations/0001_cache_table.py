"""The table of the database cache, so that ``migrate`` alone leaves a working system."""

from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    table = schema_editor.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    schema_editor.execute(f"DROP TABLE IF EXISTS {table}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
