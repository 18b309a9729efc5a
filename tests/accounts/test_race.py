"""Two actors at once; on PostgreSQL they really run side by side, on SQLite the second one queues."""

import threading
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection, connections

from accounts.models import ActivationCode, AuditEvent, LoginGuard, OutboxMessage, User
from accounts.services.outbox import outbox_put, outbox_send
from accounts.services.passwords import activation_issue, activation_redeem
from accounts.services.signin import SignInLocked, sign_in_attempt
from config.lib.errors import DomainError
from tests.accounts.conftest import NOW, nip

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start at one barrier; their results or refusals, in order."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=20)
            results[index] = call()
        except DomainError as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    return results


@pytest.mark.parametrize("turn", range(5))
def test_of_two_redemptions_of_one_code_exactly_one_works(turn):
    user = User.objects.create_user(nip(1))
    code = activation_issue(actor=None, users=[user], now=NOW)[0].code
    passwords = ("ombak-tenang-sore-hari", "angin-barat-pagi-hari")

    def redeem(password):
        return activation_redeem(nip=user.username, code=code, new_password=password, now=NOW)

    results = together(*(lambda p=password: redeem(p) for password in passwords))
    winners = [index for index, result in enumerate(results) if isinstance(result, User)]
    assert len(winners) == 1
    assert isinstance(results[1 - winners[0]], DomainError)
    assert User.objects.get().check_password(passwords[winners[0]])
    assert AuditEvent.objects.filter(kind="activation.redeemed").count() == 1


def test_the_second_redemption_after_both_looked_is_refused():
    """Both find the code open before either uses it: the row decides, not the look."""
    user = User.objects.create_user(nip(1))
    code = activation_issue(actor=None, users=[user], now=NOW)[0].code
    both_hashed = threading.Barrier(2)
    plain = ActivationCode.objects.filter(used_at=None)
    assert plain.count() == 1

    def redeem():
        with connection.execute_wrapper(wait_before_use(both_hashed)):
            return activation_redeem(
                nip=user.username, code=code, new_password="ombak-tenang-sore-hari", now=NOW
            )

    results = together(redeem, redeem)
    refused = [result for result in results if isinstance(result, DomainError)]
    assert len(refused) == 1
    assert "baru saja dipakai" in str(refused[0])


def wait_before_use(barrier: threading.Barrier):
    """A database wrapper that holds the transaction's start until both sides got that far."""
    waited = False

    def wrapper(execute, sql, params, many, context):
        nonlocal waited
        result = execute(sql, params, many, context)
        if not waited and sql.startswith("SELECT") and "accounts_activationcode" in sql:
            waited = True
            barrier.wait(timeout=20)
        return result

    return wrapper


@pytest.mark.parametrize("turn", range(3))
def test_guesses_in_parallel_get_no_more_tries_than_one_by_one(turn):
    results = together(*(lambda: sign_in_attempt(name=nip(1), now=NOW) for _ in range(12)))
    assert sum(result is None for result in results) == 5
    assert sum(isinstance(result, SignInLocked) for result in results) == 7
    assert LoginGuard.objects.get().failures == 5


def test_two_officers_who_issue_at_once_leave_one_open_code_each():
    people = [User.objects.create_user(nip(number)) for number in range(1, 9)]
    results = together(
        lambda: activation_issue(actor=None, users=people, now=NOW),
        lambda: activation_issue(actor=None, users=people[::-1], now=NOW),
    )
    assert [len(result) for result in results] == [8, 8]
    assert ActivationCode.objects.filter(revoked_at=None).count() == 8
    assert ActivationCode.objects.count() == 16


def test_two_senders_send_each_message_once():
    for number in range(40):
        outbox_put(key=str(number), to=f"p{number}@example.go.id", subject="S", body="B", now=NOW)
    mail.outbox = []
    results = together(lambda: outbox_send(now=NOW), lambda: outbox_send(now=NOW))
    assert sum(result.sent for result in results) == 40
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        f"p{number}@example.go.id" for number in range(40)
    )
    assert OutboxMessage.objects.filter(state="sent").count() == 40
