import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import AuditKind
from accounts.models import AuditEvent, Notification, User
from accounts.services.users import NewUser, user_update, users_create
from config.lib.errors import DomainError
from tests.accounts.conftest import NOW, nip, sign_in


def test_accounts_are_made_in_bulk_without_password(officer, django_assert_num_queries):
    people = [
        NewUser(f"'{nip(number)}", f"Pegawai {number}", "bersama@example.go.id") for number in range(20, 60)
    ]
    with django_assert_num_queries(5):
        created = users_create(actor=officer, people=people, now=NOW)
    assert [user.username for user in created] == [nip(number) for number in range(20, 60)]
    assert not any(user.has_usable_password() for user in created)
    assert User.objects.filter(email="bersama@example.go.id").count() == 40
    targets = set(AuditEvent.objects.filter(kind=AuditKind.USER_CREATED).values_list("target", flat=True))
    assert targets == {f"user:{user.pk}" for user in created}


@pytest.mark.parametrize("names", [[nip(20), "' "], [nip(20), nip(20)], [nip(20), nip(9)]])
def test_empty_and_taken_names_are_refused_whole(officer, names):
    with pytest.raises(DomainError):
        users_create(actor=officer, people=[NewUser(name, "X") for name in names], now=NOW)
    assert User.objects.count() == 1


def test_a_name_longer_than_its_column_is_cut(officer):
    (user,) = users_create(actor=officer, people=[NewUser(nip(20), "N" * 363)], now=NOW)
    assert User.objects.get(pk=user.pk).name == "N" * 200
    user_update(actor=officer, user=user, now=NOW, name="M" * 363)
    assert User.objects.get(pk=user.pk).name == "M" * 200


def test_a_corrected_nip_is_the_new_login(client, user, officer):
    user_update(actor=officer, user=user, now=NOW, username=f"'{nip(40)}", name="Pegawai 1")
    assert user.username == nip(40)
    sign_in(client, nip(40))
    assert client.session["_auth_user_id"] == str(user.pk)
    (event,) = AuditEvent.objects.filter(kind=AuditKind.USER_UPDATED)
    assert event.before == f'{{"schema_version":1,"username":"{nip(1)}"}}'
    assert event.after == f'{{"schema_version":1,"username":"{nip(40)}"}}'
    with pytest.raises(DomainError, match="sudah dipakai"):
        user_update(actor=officer, user=user, now=NOW, username=officer.username)


def test_a_switched_off_account_is_out_at_once(signed_in, user, officer):
    user_update(actor=officer, user=user, now=NOW, is_active=False)
    assert signed_in.get(reverse("accounts:profile")).status_code == 302
    assert "tidak aktif" in sign_in(signed_in, user.username).content.decode()


def test_nothing_changed_leaves_no_trace(user, officer):
    user_update(actor=officer, user=user, now=NOW, name=user.name, is_active=True)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("link", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_a_notice_links_inside_only(user, link):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(user=user, at=NOW, text="x", link=link)


def test_addresses_may_be_shared_and_confirmed_ones_are_not_empty(make_user):
    make_user(1, email="bersama@example.go.id")
    make_user(2, email="bersama@example.go.id")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(3, email="", email_confirmed_at=NOW)
