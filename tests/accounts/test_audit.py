import json
from decimal import Decimal

import pytest
import structlog
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts import audit
from accounts.append_only import AppendOnlyError
from accounts.enums import AuditKind
from accounts.models import AuditEvent
from tests.accounts.conftest import NOW, sign_in


@pytest.fixture
def event(officer):
    return audit.record(
        actor=officer,
        now=NOW,
        kind=AuditKind.USER_UPDATED,
        target="unit:7",
        target_label="Dinas Kesehatan",
        before={"name": "Dinkes", "share": Decimal("0.90")},
        after={"name": "Dinas Kesehatan"},
        acting_as="Plt Kepala",
    )


def test_an_event_tells_who_what_and_how(event, officer):
    stored = AuditEvent.objects.get()
    assert (stored.at, stored.actor, stored.acting_as) == (NOW, officer, "Plt Kepala")
    assert stored.actor_label == f"Petugas OPD ({officer.username})"
    assert (stored.kind, stored.kind_label) == ("user.updated", "Data akun diubah")
    assert json.loads(stored.before) == {"name": "Dinkes", "schema_version": 1, "share": "0.90"}
    assert stored.after == '{"name":"Dinas Kesehatan","schema_version":1}'


def test_labels_longer_than_their_column_are_cut(officer):
    officer.name = "N" * 300
    with structlog.contextvars.bound_contextvars(request_id="x" * 100):
        audit.record(actor=officer, now=NOW, kind="x", target="employee:7", target_label="Prof. " + "A" * 360)
    stored = AuditEvent.objects.get()
    assert stored.target_label == "Prof. " + "A" * 274
    assert (stored.actor_label, stored.request_id) == ("N" * 280, "x" * 64)


def test_floats_are_no_evidence(officer):
    with pytest.raises(TypeError):
        audit.record(actor=officer, now=NOW, kind="x", target="y", after={"share": 0.9})


def test_the_model_refuses_changes(event):
    event.kind = "else"
    for change in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(kind="else"),
        lambda: AuditEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            change()
    assert AuditEvent.objects.get().kind == "user.updated"


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditevent SET kind = 'else'", "DELETE FROM accounts_auditevent"]
)
def test_the_database_refuses_changes(event, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().kind == "user.updated"


def test_the_request_is_named(user):
    for _ in range(2):
        sign_in(Client(), user.username)
    names = set(AuditEvent.objects.values_list("request_id", flat=True))
    assert len(names) == 2
    assert "" not in names
    assert audit.record(actor=None, now=NOW, kind="x", target="y").request_id == ""


def test_a_command_is_the_system(db):
    assert audit.record(actor=None, now=NOW, kind="tick", target="all").actor_label == "Sistem"
