import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.enums import AuditKind
from accounts.models import AuditEvent, LoginGuard, User
from accounts.services.signin import (
    SignInLocked,
    login_guards_prune,
    sign_in_attempt,
    sign_in_failed,
    sign_in_forgive,
)
from tests.accounts.conftest import NOW, PASSWORD, nip, sign_in

WRONG = "bukan-kata-sandinya"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_in_with_a_pasted_nip(client, user):
    response = sign_in(client, "'19800101 200501 1 001")
    assert response.status_code == 302
    assert response.url == reverse("start")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_with_a_plain_name(client, make_user):
    user = make_user(1, username="admin.bkpsdm")
    sign_in(client, "Admin.BKPSDM")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_returns_to_the_page_asked_for(client, user):
    asked = reverse("accounts:notifications")
    first = client.get(asked)
    assert first.status_code == 302
    page = client.get(first.url)
    assert f'name="next" value="{asked}"' in page.content.decode()
    answer = client.post(
        reverse("account_login"), {"login": user.username, "password": PASSWORD, "next": asked}
    )
    assert answer.url == asked
    away = Client().post(
        reverse("account_login"),
        {"login": user.username, "password": PASSWORD, "next": "https://example.com/"},
    )
    assert away.url == reverse("start")


def test_unknown_name_and_wrong_password_get_the_same_answer(client, user):
    known = sign_in(client, user.username, WRONG)
    unknown = sign_in(client, nip(77), WRONG)
    no_password = sign_in(client, User.objects.create_user(nip(78)).username, WRONG)
    texts = {tuple(answer.context["form"].non_field_errors()) for answer in (known, unknown, no_password)}
    assert texts == {
        (
            "NIP atau kata sandi tidak cocok. Jika Anda belum pernah masuk, aktifkan akun dengan kode pada "
            "slip aktivasi.",
        )
    }
    assert not is_signed_in(client)


def test_an_account_switched_off_learns_it_only_with_the_right_password(client, make_user):
    user = make_user(1, is_active=False)
    assert "tidak cocok" in sign_in(client, user.username, WRONG).content.decode()
    assert "tidak aktif" in sign_in(client, user.username).content.decode()
    assert not is_signed_in(client)


def test_signing_out_needs_a_post(signed_in):
    page = signed_in.get(reverse("account_logout"))
    assert "Anda akan keluar dari perangkat ini" in page.content.decode()
    assert is_signed_in(signed_in)
    signed_in.post(reverse("account_logout"))
    assert not is_signed_in(signed_in)


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_reset_password", "account_email", "account_set_password", "account_inactive"],
)
def test_nothing_else_of_allauth_is_routed(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_five_failures_lock_the_account_and_no_other(make_user):
    attacked, colleague = make_user(1), make_user(2)
    attacker = Client()
    for _ in range(4):
        assert "tidak cocok" in sign_in(attacker, attacked.username, WRONG).content.decode()
    assert "Terlalu banyak percobaan" in sign_in(attacker, attacked.username, WRONG).content.decode()
    owner = Client()
    answer = sign_in(owner, attacked.username)
    assert "Coba lagi setelah" in answer.content.decode()
    assert not is_signed_in(owner)
    other = Client()
    sign_in(other, colleague.username)
    assert is_signed_in(other)


def test_an_unknown_name_is_locked_alike(client, db):
    answers = [sign_in(client, nip(55), WRONG).content.decode() for _ in range(6)]
    assert ["Terlalu banyak percobaan" in answer for answer in answers] == [False] * 4 + [True] * 2


def test_the_lock_ends_grows_and_is_forgiven(user):
    def fail(now):
        sign_in_attempt(name=user.username, now=now)
        sign_in_failed(name=user.username, now=now, address="192.0.2.1")

    for _ in range(5):
        fail(NOW)
    with pytest.raises(SignInLocked) as locked:
        sign_in_attempt(name=user.username, now=NOW + timedelta(minutes=15, microseconds=-1))
    assert locked.value.until == NOW + timedelta(minutes=15)
    assert "20 Januari 2026 pukul 10.15 WIB" in str(locked.value)

    fail(NOW + timedelta(minutes=15))
    with pytest.raises(SignInLocked) as longer:
        sign_in_attempt(name=f"'{user.username}", now=NOW + timedelta(minutes=16))
    assert longer.value.until == NOW + timedelta(minutes=45)

    sign_in_forgive(user=user)
    for _ in range(4):
        fail(NOW + timedelta(minutes=17))
    assert LoginGuard.objects.get().locked_until is None


def test_a_right_password_forgives_earlier_failures(client, user):
    for _ in range(3):
        for _ in range(4):
            sign_in(client, user.username, WRONG)
        assert sign_in(client, user.username).status_code == 302
        client.logout()


def test_old_guards_are_dropped(db):
    sign_in_attempt(name="a", now=NOW - timedelta(days=2))
    sign_in_attempt(name="b", now=NOW)
    assert login_guards_prune(now=NOW) == 1
    assert LoginGuard.objects.count() == 1


def test_five_hundred_people_come_in_from_one_address_within_a_minute(db, encoded, monkeypatch):
    # For the limits it all happens in one instant, however busy the machine is; what it costs is
    # measured in time on the processor, for the same reason.
    instant = SimpleNamespace(time=lambda: 1_768_878_000.0, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", instant)
    people = User.objects.bulk_create(
        User(username=nip(number), name=f"Pegawai {number}", password=encoded) for number in range(100, 600)
    )
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(5):
        sign_in(attacker, people[0].username, WRONG)
    started = time.process_time()
    inside = []
    for person in people:
        client = Client(REMOTE_ADDR="192.0.2.7")
        sign_in(client, person.username)
        inside.append(is_signed_in(client))
    assert time.process_time() - started < 60
    assert inside == [False] + [True] * 499


def test_one_address_has_its_limit(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    for _ in range(3):
        assert sign_in(client, nip(50), WRONG).status_code == 200
    assert sign_in(client, user.username).status_code == 429
    assert sign_in(client, user.username, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_the_address_behind_proxies_is_taken_from_the_configured_place(client, user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sign_in(client, user.username, HTTP_X_FORWARDED_FOR="203.0.113.99, 192.0.2.44")
    event = AuditEvent.objects.get(kind=AuditKind.SIGNED_IN)
    assert '"address":"192.0.2.44"' in event.after


def test_without_proxies_a_forwarded_address_is_not_believed(client, user):
    sign_in(client, user.username, HTTP_X_FORWARDED_FOR="203.0.113.99")
    assert '"address":"127.0.0.1"' in AuditEvent.objects.get(kind=AuditKind.SIGNED_IN).after


def test_sign_in_failure_lock_and_sign_out_are_audited(client, user):
    for _ in range(5):
        sign_in(client, user.username, WRONG)
    LoginGuard.objects.update(failures=0, locked_until=None)
    sign_in(client, user.username)
    client.post(reverse("account_logout"))
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [AuditKind.SIGN_IN_FAILED] * 4 + [
        AuditKind.SIGN_IN_LOCKED,
        AuditKind.SIGNED_IN,
        AuditKind.SIGNED_OUT,
    ]
    assert set(AuditEvent.objects.values_list("target", flat=True)) == {f"user:{user.pk}"}


def test_a_name_without_account_is_not_written_down(client, db):
    sign_in(client, "kata-sandi-salah-kolom", WRONG)
    event = AuditEvent.objects.get()
    assert event.target == "user:unknown"
    assert event.actor_label == "Tanpa akun"
    row = "".join(str(value) for value in AuditEvent.objects.values_list().get())
    assert "kata-sandi-salah-kolom" not in row
    assert "kata-sandi-salah-kolom" not in LoginGuard.objects.get().key


def test_the_hash_is_argon2id_as_decided(encoded):
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_reauthentication_counts_against_the_same_lock(signed_in, user):
    address = reverse("account_reauthenticate")
    for _ in range(5):
        signed_in.post(address, {"password": WRONG})
    assert LoginGuard.objects.get().locked_until is not None
    answer = signed_in.post(address, {"password": PASSWORD})
    assert "Terlalu banyak percobaan" in answer.content.decode()
    sign_in_forgive(user=user)
    assert signed_in.post(address, {"password": PASSWORD}).status_code == 302
