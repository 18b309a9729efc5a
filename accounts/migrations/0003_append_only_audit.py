from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.append_only import create_trigger_sql, drop_trigger_sql


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in create_trigger_sql(schema_editor.connection.vendor, "accounts_auditevent"):
        schema_editor.execute(statement)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in drop_trigger_sql(schema_editor.connection.vendor, "accounts_auditevent"):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_identity")]

    operations = [migrations.RunPython(create, drop)]
