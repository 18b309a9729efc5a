"""E-mail that did not go out: BKPSDM sees it and sends it again."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import OutboxState
from accounts.models import AuditEvent, OutboxMessage
from config.lib import clock
from config.lib.errors import NotAllowed
from orgunits.permissions import ONLY_BKPSDM
from orgunits.selectors.cards import start_cards
from orgunits.selectors.outbox import messages_unsent
from orgunits.services.outbox import message_resend
from tests.people import NOW

ADDRESS = "/organisasi/pesan-keluar/"


@pytest.fixture(autouse=True)
def office_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def message(key, state, *, age=timedelta(hours=1), **more):
    if state == OutboxState.SENT:
        more["sent_at"] = NOW
    if state == OutboxState.SENDING:
        more["lease_until"] = NOW
    return OutboxMessage.objects.create(
        key=key,
        channel="email",
        to=f"{key}@example.go.id",
        subject=f"Perihal {key}",
        body="tautan-rahasia",
        state=state,
        created_at=NOW - age,
        due_at=NOW - age,
        **more,
    )


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def send_again(person, row, follow=False):
    return client_of(person).post(reverse("orgunits:outbox_resend", args=[row.pk]), follow=follow)


def test_failed_and_uncertain_messages_are_listed_without_their_text(people):
    for state in OutboxState:
        message(state.value, state)
    message("lama", OutboxState.FAILED, age=timedelta(days=30))
    assert {row.key for row in messages_unsent(people.bkpsdm_admin.viewer())} == {"failed", "uncertain"}
    html = client_of(people.bkpsdm_admin).get(ADDRESS).content.decode()
    for words in (
        "failed@example.go.id",
        "uncertain@example.go.id",
        "Tidak pasti",
        "Gagal",
        "Perihal failed",
    ):
        assert words in html
    for words in ("sent@example", "waiting@example", "sending@example", "lama@example", "tautan-rahasia"):
        assert words not in html


def test_nobody_else_sees_or_sends_them(people):
    row = message("x", OutboxState.FAILED)
    for who in ("opd_admin", "inspector", "leader", "superior"):
        person = getattr(people, who)
        assert not messages_unsent(person.viewer()).exists()
        response = client_of(person).get(ADDRESS)
        assert response.status_code == 403
        assert ONLY_BKPSDM in response.content.decode()
        assert send_again(person, row).status_code == 404
        with pytest.raises(NotAllowed):
            message_resend(actor=person.viewer(), now=NOW, message_id=row.pk)
    row.refresh_from_db()
    assert row.state == OutboxState.FAILED


@pytest.mark.parametrize("state", [OutboxState.FAILED, OutboxState.UNCERTAIN])
def test_sent_again_by_the_timer_once_and_recorded(people, mailoutbox, state):
    row = message("x", state, attempts=5, last_error="550", lease_until=NOW - timedelta(hours=1))
    response = send_again(people.bkpsdm_admin, row, follow=True)
    assert "menunggu giliran" in response.content.decode()
    assert "Semua e-mail terkirim." in response.content.decode()
    assert mailoutbox == []
    for _ in range(2):
        call_command("tick", "--now", NOW.isoformat())
    assert [mail.to for mail in mailoutbox] == [["x@example.go.id"]]
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == (OutboxState.SENT, 1, "")
    event = AuditEvent.objects.get(kind="message.requeued")
    assert event.actor == people.bkpsdm_admin.user
    assert event.target_label == "Perihal x (x@example.go.id)"


@pytest.mark.parametrize("state", [OutboxState.WAITING, OutboxState.SENDING, OutboxState.SENT])
def test_what_waits_or_was_sent_is_not_sent_again(people, state):
    row = message("x", state)
    response = send_again(people.bkpsdm_admin, row)
    assert response.status_code == 409
    assert "sudah terkirim atau sudah menunggu giliran" in response.content.decode()
    row.refresh_from_db()
    assert row.state == state
    assert not AuditEvent.objects.filter(kind="message.requeued").exists()


def test_an_unknown_message_is_not_found(people):
    client = client_of(people.bkpsdm_admin)
    assert client.post(reverse("orgunits:outbox_resend", args=[4711])).status_code == 404


def test_the_start_page_of_bkpsdm_leads_there(people):
    def titles(person):
        return [card.title for card in start_cards(person.viewer(), NOW) if card.url == ADDRESS]

    assert titles(people.bkpsdm_admin) == []
    message("a", OutboxState.FAILED)
    message("b", OutboxState.UNCERTAIN)
    assert titles(people.bkpsdm_admin) == ["2 e-mail tidak terkirim"]
    assert titles(people.opd_admin) == []


def test_query_count_does_not_grow(people):
    client = client_of(people.bkpsdm_admin)
    counts = []
    for keys in ("a", "bc"):
        for key in keys:
            message(key, OutboxState.FAILED)
        with CaptureQueriesContext(connection) as captured:
            html = client.get(ADDRESS).content.decode()
        assert len(re.findall("kirim-ulang/", html)) == OutboxMessage.objects.count()
        counts.append(len(captured))
    assert counts == [8, 8]
