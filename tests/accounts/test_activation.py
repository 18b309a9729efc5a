from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.codes import code_digest, read_code
from accounts.enums import AuditKind
from accounts.models import ActivationCode, AuditEvent, User
from accounts.services.passwords import (
    ActivationRefused,
    activation_issue,
    activation_redeem,
    password_reset_by_officer,
)
from accounts.services.signin import sign_in_attempt, sign_in_failed
from config.lib import clock
from config.lib.errors import Incomplete
from tests.accounts.conftest import NOW, PASSWORD, nip, sign_in

NEW = "ombak-tenang-sore-hari"


def issue(user, officer=None, now=NOW, **more):
    return activation_issue(actor=officer, users=[user], now=now, **more)[0]


def redeem(user, code, now=NOW, password=NEW):
    return activation_redeem(nip=user.username, code=code, new_password=password, now=now)


def test_codes_for_many_are_shown_once_and_kept_as_digests(officer, db):
    people = [User.objects.create_user(nip(number)) for number in range(20, 60)]
    issued = activation_issue(actor=officer, users=people, now=NOW)
    assert [row.user for row in issued] == people
    assert len({row.code for row in issued}) == 40
    assert {row.expires_at for row in issued} == {NOW + timedelta(days=30)}
    stored = "".join(str(row) for row in ActivationCode.objects.values_list())
    assert not any(row.code in stored or read_code(row.code) in stored for row in issued)
    assert ActivationCode.objects.filter(issued_by=officer, issued_at=NOW).count() == 40
    events = AuditEvent.objects.filter(kind=AuditKind.ACTIVATION_ISSUED, actor=officer)
    assert events.count() == 40
    assert not any(row.code in event.after for row in issued for event in events)


def test_issuing_takes_the_same_number_of_queries_for_one_and_forty(django_assert_num_queries, officer, db):
    people = [User.objects.create_user(nip(number)) for number in range(20, 60)]
    with django_assert_num_queries(6):
        activation_issue(actor=officer, users=people[:1], now=NOW)
    with django_assert_num_queries(6):
        activation_issue(actor=officer, users=people, now=NOW)


def test_the_code_sets_the_password_once(newcomer):
    code = issue(newcomer).code
    user = redeem(newcomer, f" {code.lower().replace('-', ' ')} ")
    assert user == newcomer
    assert check_password(NEW, user.password)
    with pytest.raises(ActivationRefused, match=r"sudah dipakai pada 20 Januari 2026 pukul 10\.00 WIB"):
        redeem(newcomer, code)
    assert AuditEvent.objects.filter(kind=AuditKind.ACTIVATED, actor=newcomer).count() == 1


def test_a_later_code_replaces_an_earlier_one(newcomer):
    first = issue(newcomer).code
    second = issue(newcomer, now=NOW + timedelta(hours=1)).code
    with pytest.raises(ActivationRefused, match="sudah diganti"):
        redeem(newcomer, first)
    assert redeem(newcomer, second) == newcomer


def test_a_code_runs_out(newcomer):
    code = issue(newcomer, valid_for=timedelta(days=3)).code
    with pytest.raises(ActivationRefused, match="berlaku sampai 23 Januari 2026"):
        redeem(newcomer, code, now=NOW + timedelta(days=3))
    assert redeem(newcomer, code, now=NOW + timedelta(days=3, microseconds=-1)) == newcomer


def test_wrong_code_foreign_code_unknown_nip_and_switched_off_get_one_answer(newcomer, db):
    other = User.objects.create_user(nip(3))
    code = issue(newcomer).code
    stranger = User(username=nip(99))
    answers = []
    for user, typed in ((newcomer, "7KQF-2M9D-XW4H-8TRC"), (other, code), (stranger, code), (newcomer, "")):
        with pytest.raises(ActivationRefused) as refused:
            redeem(user, typed)
        answers.append(str(refused.value))
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    with pytest.raises(ActivationRefused) as refused:
        redeem(newcomer, code)
    assert {*answers, str(refused.value)} == {answers[0]}
    assert answers[0].startswith("NIP dan kode aktivasi tidak cocok.")
    assert ActivationCode.objects.get().used_at is None


def test_a_weak_password_leaves_the_code_open(newcomer):
    code = issue(newcomer).code
    for weak in ("pendek", newcomer.username, "password123456"):
        with pytest.raises(Incomplete) as refused:
            redeem(newcomer, code, password=weak)
        assert refused.value.problems
    assert redeem(newcomer, code) == newcomer


def test_no_code_for_accounts_with_password_or_switched_off(user, newcomer, db):
    off = User.objects.create_user(nip(3), name="Pensiunan", is_active=False)
    with pytest.raises(Incomplete) as refused:
        activation_issue(actor=None, users=[newcomer, user, off], now=NOW)
    assert refused.value.problems == ("Pegawai 1", "Pensiunan")
    assert not ActivationCode.objects.exists()


def test_the_database_holds_one_open_code_per_user(newcomer):
    issue(newcomer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.create(
            user=newcomer, digest=code_digest("x"), issued_at=NOW, expires_at=NOW + timedelta(days=1)
        )


def test_the_page_activates_and_signs_in(client, newcomer):
    code = issue(newcomer, now=clock.now()).code
    page = client.get(reverse("accounts:activate"))
    assert "Aktifkan akun" in page.content.decode()
    data = {"nip": "'19800101 200501 1 002", "code": code, "password1": NEW, "password2": NEW}
    answer = client.post(reverse("accounts:activate"), data)
    assert answer.status_code == 302
    assert answer.url == reverse("start")
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    assert sign_in(Client(), newcomer.username, NEW).status_code == 302


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"code": "7KQF-2M9D-XW4H-8TRC"}, "tidak cocok"),
        ({"nip": ""}, "tidak boleh kosong"),
        ({"password2": "lain-sama-sekali"}, "Kedua kata sandi tidak sama."),
        ({"password1": "pendek", "password2": "pendek"}, "terlalu pendek"),
        ({"nip": "\x00"}, "Karakter null"),
    ],
)
def test_the_page_refuses_with_a_sentence_and_writes_nothing(client, newcomer, change, text):
    code = issue(newcomer, now=clock.now()).code
    data = {"nip": newcomer.username, "code": code, "password1": NEW, "password2": NEW} | change
    answer = client.post(reverse("accounts:activate"), data)
    assert answer.status_code == 400
    assert text in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.get(pk=newcomer.pk).has_usable_password()


def test_an_activated_account_starts_without_old_failures(newcomer):
    for _ in range(5):
        sign_in_attempt(name=newcomer.username, now=NOW)
        sign_in_failed(name=newcomer.username, now=NOW, address="192.0.2.1")
    redeem(newcomer, issue(newcomer).code)
    sign_in_attempt(name=newcomer.username, now=NOW)


def test_a_reset_takes_password_and_sessions_and_gives_a_code(signed_in, user, officer):
    issued = password_reset_by_officer(actor=officer, user=user, now=clock.now())
    assert signed_in.get(reverse("accounts:profile")).status_code == 302
    assert sign_in(Client(), user.username).status_code == 200
    assert not User.objects.get(pk=user.pk).has_usable_password()
    assert redeem(user, issued.code, now=clock.now()) == user
    assert sign_in(Client(), user.username, NEW).status_code == 302
    kinds = set(AuditEvent.objects.filter(actor=officer).values_list("kind", flat=True))
    assert kinds == {AuditKind.SESSIONS_ENDED, AuditKind.PASSWORD_RESET, AuditKind.ACTIVATION_ISSUED}


def test_a_reset_of_a_switched_off_account_changes_nothing(make_user, officer):
    user = make_user(1, is_active=False)
    with pytest.raises(Incomplete):
        password_reset_by_officer(actor=officer, user=user, now=NOW)
    assert check_password(PASSWORD, User.objects.get(pk=user.pk).password)
    assert not AuditEvent.objects.exists()
