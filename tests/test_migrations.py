"""Migrations: none pending, one end for each app, and a way there and back on the database under test."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OWN = [config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT]


@pytest.fixture
def empty_database(request, tmp_path):
    """The address of a new database of the vendor under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    request.getfixturevalue("db")
    given = connection.settings_dict
    name = f"{given['NAME']}_empty"
    login = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
        yield f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"
        server.execute(drop)


def test_own_apps_are_found():
    assert {"config", "accounts", "documents", "orgunits", "skp", "assessments"} <= set(OWN)


def test_no_migration_is_pending(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_app_has_one_last_migration():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


def test_migrations_go_there_and_back(empty_database, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": empty_database,
    }

    def manage(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--no-input")
    assert manage("showmigrations", "--plan").count("[ ]") == 0
    for label in ("config", "accounts"):
        # Everything of ours stands on accounts, so all own migrations are undone.
        manage("migrate", label, "zero", "--no-input")
    left = [line for line in manage("showmigrations", "--plan").splitlines() if line.startswith("[X]")]
    assert not [line for line in left if line.split()[1].split(".")[0] in OWN]
    manage("migrate", "--no-input")
    assert manage("showmigrations", "--plan").count("[ ]") == 0
