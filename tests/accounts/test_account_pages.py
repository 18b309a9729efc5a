from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core import signing
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.enums import AuditKind
from accounts.models import AuditEvent, Notification, OutboxMessage, User
from accounts.selectors import sessions_visible_to, unread_count
from accounts.services.contact import email_change, email_confirm
from accounts.services.notifications import notifications_add
from accounts.services.sessions import sessions_prune
from config.lib import clock
from config.lib.errors import DomainError
from tests.accounts.conftest import NOW, PASSWORD, sign_in

NEW = "ombak-tenang-sore-hari"


def change_password(client, old=PASSWORD, new=NEW, again=None):
    data = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(reverse("account_change_password"), data)


def test_a_changed_password_ends_the_other_sessions_only(signed_in, user, officer):
    elsewhere, stranger = Client(), Client()
    sign_in(elsewhere, user.username)
    sign_in(stranger, officer.username)
    answer = change_password(signed_in)
    assert answer.url == reverse("accounts:profile")
    assert "Kata sandi sudah diganti" in signed_in.get(answer.url).content.decode()
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert stranger.get(reverse("accounts:profile")).status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1
    assert sign_in(Client(), user.username, NEW).status_code == 302
    assert AuditEvent.objects.filter(kind=AuditKind.PASSWORD_CHANGED, actor=user).count() == 1


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"old": "bukan-kata-sandinya"}, "Kata sandi sekarang tidak cocok."),
        ({"new": PASSWORD}, "harus berbeda"),
        ({"again": "lain-sama-sekali"}, "sama"),
        ({"new": "123"}, "terlalu pendek"),
    ],
)
def test_a_refused_password_change_says_why(signed_in, user, fields, text):
    assert text in change_password(signed_in, **fields).content.decode()
    assert sign_in(Client(), user.username).status_code == 302


def test_who_must_change_the_password_goes_nowhere_else(signed_in, user):
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    change = reverse("account_change_password")
    for name in ("start", "accounts:profile", "accounts:notifications", "usersessions_list"):
        assert signed_in.get(reverse(name)).url == change
    assert signed_in.post(reverse("accounts:mark_read")).url == change
    assert "Kata sandi harus diganti" in signed_in.get(change).content.decode()
    assert signed_in.get(reverse("healthz")).status_code == 200
    change_password(signed_in)
    assert signed_in.get(reverse("accounts:profile")).status_code == 200


def test_who_must_change_the_password_may_sign_out(signed_in, user):
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    signed_in.post(reverse("account_logout"))
    assert "_auth_user_id" not in signed_in.session


def test_own_sessions_are_listed_and_ended_one_by_one(signed_in, user, officer):
    elsewhere, stranger = Client(HTTP_USER_AGENT="Ponsel lama"), Client(HTTP_USER_AGENT="Milik orang lain")
    sign_in(elsewhere, user.username)
    sign_in(stranger, officer.username)
    page = signed_in.get(reverse("usersessions_list")).content.decode()
    assert "Ponsel lama" in page
    assert "Milik orang lain" not in page
    assert page.count("Sesi ini") == 1
    other = UserSession.objects.get(user=user, user_agent="Ponsel lama")
    foreign = UserSession.objects.get(user=officer)
    signed_in.post(reverse("usersessions_list"), {"session": foreign.pk})
    assert stranger.get(reverse("accounts:profile")).status_code == 200
    signed_in.post(reverse("usersessions_list"), {"session": other.pk})
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert signed_in.get(reverse("accounts:profile")).status_code == 200
    assert signed_in.post(reverse("usersessions_list"), {"session": "x"}).status_code == 400


def test_all_other_sessions_end_at_once(signed_in, user):
    others = [Client(), Client()]
    for other in others:
        sign_in(other, user.username)
    answer = signed_in.post(reverse("usersessions_list"), follow=True)
    assert "2 sesi lain diakhiri." in answer.content.decode()
    assert [other.get(reverse("accounts:profile")).status_code for other in others] == [302, 302]
    assert "Tidak ada sesi lain" in signed_in.post(reverse("usersessions_list"), follow=True).content.decode()


def test_sessions_that_ran_out_are_neither_listed_nor_kept(signed_in, user):
    now = clock.now()
    later = now + timedelta(hours=13)
    assert sessions_visible_to(user, now).count() == 1
    assert sessions_visible_to(user, later).count() == 0
    assert sessions_prune(now=now) == 0
    assert sessions_prune(now=later) == 1
    assert not Session.objects.exists()


def test_notices_are_own_and_marked_read(signed_in, user, officer):
    notifications_add(users=[user, officer], text="Rencana Anda dikembalikan.", link="/skp/1/", now=NOW)
    notifications_add(users=[user], text="Tenggat tiga hari lagi.", now=NOW)
    notifications_add(users=[officer], text="Bukan untuk Anda.", now=NOW)
    page = signed_in.get(reverse("accounts:notifications")).content.decode()
    assert 'href="/skp/1/"' in page
    assert "Tenggat tiga hari lagi." in page
    assert "Bukan untuk Anda." not in page
    assert unread_count(user) == 2
    foreign = Notification.objects.filter(user=officer).first()
    signed_in.post(reverse("accounts:mark_read"), {"notification": foreign.pk})
    assert unread_count(officer) == 2
    one = Notification.objects.filter(user=user).first()
    signed_in.post(reverse("accounts:mark_read"), {"notification": one.pk})
    assert unread_count(user) == 1
    signed_in.post(reverse("accounts:mark_read"))
    assert unread_count(user) == 0
    assert unread_count(officer) == 2


def test_an_empty_list_says_what_will_come(signed_in):
    assert "Belum ada pemberitahuan" in signed_in.get(reverse("accounts:notifications")).content.decode()


def test_history_shows_own_deeds_and_what_was_done_to_the_account(signed_in, user, officer):
    audit.record_user(user, actor=officer, now=NOW, kind="role.granted")
    audit.record_user(officer, actor=officer, now=NOW, kind="secret.deed")
    page = signed_in.get(reverse("accounts:history")).content.decode()
    assert "Masuk" in page
    assert "role.granted" in page
    assert f"{officer.name} ({officer.username})" in page
    assert "secret.deed" not in page


@pytest.mark.parametrize(
    ("name", "queries"), [("accounts:notifications", 7), ("accounts:history", 7), ("usersessions_list", 6)]
)
def test_lists_take_a_fixed_number_of_queries(
    signed_in, user, make_user, django_assert_num_queries, name, queries
):
    def add(number):
        notifications_add(users=[user], text="Pengingat", now=NOW)
        audit.record_user(user, actor=make_user(number), now=NOW, kind="role.granted")

    add(2)
    with django_assert_num_queries(queries):
        signed_in.get(reverse(name))
    for number in (3, 4):
        add(number)
        sign_in(Client(), user.username)
    with django_assert_num_queries(queries):
        signed_in.get(reverse(name))


def token_for(user, email="siti@example.go.id", actor=None, at=NOW):
    """Give the account an address; the token of the link mailed to it, or nothing."""
    tokens = []

    def confirm_url(token):
        tokens.append(token)
        return f"https://skp.example.go.id/{token}"

    sent = email_change(actor=actor or user, user=user, email=email, now=at, confirm_url=confirm_url)
    assert sent == bool(tokens)
    return tokens[0] if tokens else None


def test_an_address_is_confirmed_by_the_mailed_link_and_a_button(user):
    token = token_for(user)
    message = OutboxMessage.objects.get()
    assert message.to == "siti@example.go.id"
    assert token in message.body
    assert "siti" not in token
    link = reverse("accounts:email_confirm", args=[token])
    anybody = Client()
    assert "Tekan tombol ini" in anybody.get(link).content.decode()
    user.refresh_from_db()
    assert user.email_confirmed_at is None
    assert "siti@example.go.id" in anybody.post(link).content.decode()
    user.refresh_from_db()
    assert user.email_confirmed_at is not None
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [AuditKind.EMAIL_CHANGED, AuditKind.EMAIL_CONFIRMED]


def test_an_officers_change_is_told_in_the_history_of_the_account(user, officer):
    assert token_for(user, actor=officer)
    row = AuditEvent.objects.get(kind=AuditKind.EMAIL_CHANGED)
    assert (row.actor, row.target) == (officer, f"user:{user.pk}")
    assert token_for(user, actor=officer, at=NOW + timedelta(days=2)) is None
    assert OutboxMessage.objects.count() == 1


def test_saving_again_sends_one_link_a_day(user):
    for hours in (0, 1, 30):
        token_for(user, at=NOW + timedelta(hours=hours))
    assert OutboxMessage.objects.count() == 2


def test_a_link_for_an_earlier_address_or_forged_or_old_confirms_nothing(user, client):
    earlier = token_for(user, "a@example.go.id")
    token_for(user, "b@example.go.id")
    with pytest.raises(DomainError, match="sudah diganti"):
        email_confirm(token=earlier, now=NOW)
    forged = signing.dumps({"user": user.pk, "email": "b@example.go.id"}, salt="lain")
    answer = client.post(reverse("accounts:email_confirm", args=[forged]))
    assert answer.status_code == 400
    assert "tidak berlaku lagi" in answer.content.decode()
    user.refresh_from_db()
    assert user.email_confirmed_at is None


def test_an_account_without_a_password_is_told_so_and_not_led_astray(signed_in, user):
    User.objects.filter(pk=user.pk).update(password=make_password(None), must_change_password=True)
    signed_in.force_login(User.objects.get(pk=user.pk))
    for answer in (signed_in.get(reverse("account_change_password")), change_password(signed_in)):
        assert answer.status_code == 403
        assert "aktifkan akun dengan kode aktivasi" in answer.content.decode()


def test_pages_of_the_account_need_a_sign_in(client, db):
    for name in ("profile", "notifications", "history"):
        answer = client.get(reverse(f"accounts:{name}"))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_slips_print_name_nip_unit_code_and_expiry():
    slip = {
        "name": "Siti Rahma, S.Kom.",
        "nip": "198001012005011002",
        "unit": "Dinas Kesehatan",
        "code": "7KQF-2M9D-XW4H-8TRC",
        "expires_at": NOW,
    }
    context = {
        "slips": [slip],
        "activate_url": "https://skp.example.go.id/akun/aktivasi/",
        "unit_name": "Dinas",
    }
    page = render_to_string("accounts/slip_sheet.html", context).replace("\N{NO-BREAK SPACE}", " ")
    for text in ("Siti Rahma, S.Kom.", "19800101 200501 1 002", "Dinas Kesehatan", "7KQF-2M9D-XW4H-8TRC"):
        assert text in page
    assert "20 Januari 2026 pukul 10.00 WIB" in page
    assert "https://skp.example.go.id/akun/aktivasi/" in page
