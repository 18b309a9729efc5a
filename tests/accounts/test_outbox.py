import smtplib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from accounts.enums import OutboxState
from accounts.models import OutboxMessage, User
from accounts.services.outbox import LEASE, MAX_ATTEMPTS, outbox_put, outbox_send
from accounts.services.passwords import password_change
from tests.accounts.conftest import NOW


class PickyBackend(EmailBackend):
    """A mail server that refuses one recipient."""

    def send_messages(self, messages):
        if any("buruk@" in to for message in messages for to in message.to):
            raise smtplib.SMTPRecipientsRefused({"buruk@example.go.id": (550, b"unknown")})
        return super().send_messages(messages)


class ClosedBackend(EmailBackend):
    """A mail server that nobody can reach."""

    def open(self):
        raise ConnectionRefusedError("connection refused")


def put(key="a", to="a@example.go.id", **more):
    values = {"key": key, "to": to, "subject": "Pengingat", "body": "Isi", "now": NOW} | more
    return outbox_put(**values)


@pytest.fixture(autouse=True)
def _database(db):
    pass


def state(key):
    return OutboxMessage.objects.get(key=key).state


def test_a_key_makes_one_message(mailoutbox):
    assert put() is True
    assert put(to="lain@example.go.id") is False
    assert outbox_send(now=NOW).sent == 1
    assert put() is False
    assert outbox_send(now=NOW).sent == 0
    assert [mail.to for mail in mailoutbox] == [["a@example.go.id"]]
    assert OutboxMessage.objects.get().sent_at == NOW


def test_oldest_first_not_before_due_and_at_most_the_limit(mailoutbox):
    put("later", due_at=NOW + timedelta(hours=8))
    put("second", subject="dua", due_at=NOW)
    put("first", subject="satu", due_at=NOW - timedelta(hours=1))
    assert outbox_send(now=NOW, limit=1).sent == 1
    assert outbox_send(now=NOW).sent == 1
    assert [mail.subject for mail in mailoutbox] == ["satu", "dua"]
    assert outbox_send(now=NOW + timedelta(hours=8)).sent == 1


def test_one_bad_address_does_not_stop_the_rest(settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.PickyBackend"
    put("one")
    put("bad", to="buruk@example.go.id")
    put("broken", to="a@b\nBcc: c@d")
    put("two")
    result = outbox_send(now=NOW)
    assert (result.sent, result.later, result.failed) == (2, 2, 0)
    assert len(mailoutbox) == 2
    bad = OutboxMessage.objects.get(key="bad")
    assert bad.state == OutboxState.WAITING
    assert bad.due_at == NOW + timedelta(minutes=5)
    assert "550" in bad.last_error


def test_a_bad_address_is_given_up_after_five_attempts(settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyBackend"
    put("bad", to="buruk@example.go.id")
    now, pauses = NOW, []
    for _ in range(MAX_ATTEMPTS - 1):
        assert outbox_send(now=now).later == 1
        due = OutboxMessage.objects.get().due_at
        pauses.append((due - now).total_seconds() / 60)
        assert outbox_send(now=due - timedelta(seconds=1)).later == 0
        now = due
    assert outbox_send(now=now).failed == 1
    assert pauses == [5, 10, 20, 40]
    assert state("bad") == OutboxState.FAILED
    assert outbox_send(now=now + timedelta(days=1)).failed == 0


def test_an_unreachable_server_costs_no_attempt(settings):
    put()
    settings.EMAIL_BACKEND = f"{__name__}.ClosedBackend"
    assert outbox_send(now=NOW).later == 1
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (OutboxState.WAITING, 0)


def test_a_sender_that_died_leaves_no_second_message(mailoutbox):
    put()
    OutboxMessage.objects.update(state=OutboxState.SENDING, lease_until=NOW + LEASE)
    outbox_send(now=NOW + LEASE - timedelta(seconds=1))
    assert state("a") == OutboxState.SENDING
    outbox_send(now=NOW + LEASE)
    assert state("a") == OutboxState.UNCERTAIN
    assert mailoutbox == []


def test_a_subject_stays_one_line(mailoutbox):
    put(subject="Pengingat\r\nBcc: lain@example.go.id")
    outbox_send(now=NOW)
    assert mailoutbox[0].subject == "Pengingat Bcc: lain@example.go.id"


def test_a_confirmed_address_learns_of_a_password_change(make_user, mailoutbox):
    confirmed = make_user(1, email="a@example.go.id", email_confirmed_at=NOW, name="Siti & Rahma")
    unconfirmed = make_user(2, email="b@example.go.id")
    for user in (confirmed, unconfirmed):
        password_change(user=user, new_password="ombak-tenang-sore-hari", now=NOW)
    call_command("tick", "--now", NOW.isoformat())
    (mail,) = mailoutbox
    assert mail.to == ["a@example.go.id"]
    assert mail.subject == "Kata sandi SKP Kabupaten Telaga Raya Anda diganti"
    assert "Yth. Siti & Rahma," in mail.body
    assert "20 Januari 2026 pukul 10.00 WIB" in mail.body


def test_tick_takes_office_time_and_writes_with_it(mailoutbox, capsys):
    put(due_at=datetime(2026, 1, 31, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta")))
    call_command("tick", "--now", "2026-01-31T23:58")
    assert mailoutbox == []
    call_command("tick", "--now", "2026-01-31T23:59")
    call_command("tick", "--now", "2026-01-31T23:59")
    assert len(mailoutbox) == 1
    assert OutboxMessage.objects.get().sent_at == datetime(2026, 1, 31, 16, 59, tzinfo=ZoneInfo("UTC"))
    assert "E-mail: 1 terkirim, 0 ditunda, 0 gagal." in capsys.readouterr().out


def test_tick_refuses_what_is_no_time():
    with pytest.raises(CommandError, match="ISO 8601"):
        call_command("tick", "--now", "besok")


def test_tick_keeps_open_sessions_whatever_time_is_played(client, make_user):
    client.force_login(make_user(1))
    call_command("tick", "--now", "2030-01-01T00:00")
    assert User.objects.count() == 1
    assert client.get("/akun/").status_code == 200
