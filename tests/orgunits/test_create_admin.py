"""The operator's command that makes the first admin."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ActivationCode, AuditEvent, User
from orgunits.enums import Role
from orgunits.models import RoleGrant
from orgunits.selectors.viewers import viewer_for
from tests.people import NOW, People

pytestmark = pytest.mark.django_db


def create_admin(*words: str) -> str:
    out = StringIO()
    call_command("create_admin", *words, stdout=out)
    return out.getvalue()


def test_an_imported_person_becomes_admin_and_gets_a_code(people: People) -> None:
    user = people.stranger.user
    said = create_admin(f"'{user.username}")
    assert "Kode aktivasi" in said
    assert ActivationCode.objects.filter(user=user, used_at=None).count() == 1
    grant = RoleGrant.objects.get(user=user)
    assert (grant.role, grant.unit, grant.granted_by) == (Role.BKPSDM_ADMIN, None, None)
    event = AuditEvent.objects.filter(kind="role.granted").get()
    assert (event.actor, event.target) == (None, f"user:{user.pk}")
    with pytest.raises(CommandError, match="sudah menjadi admin"):
        create_admin(user.username)
    assert RoleGrant.objects.filter(user=user).count() == 1


def test_a_new_plain_account_needs_a_name() -> None:
    with pytest.raises(CommandError, match="memerlukan nama"):
        create_admin("petugas")
    assert not User.objects.exists()
    create_admin("petugas", "--name", "Petugas BKPSDM")
    user = User.objects.get()
    assert (user.name, user.has_usable_password()) == ("Petugas BKPSDM", False)
    assert viewer_for(user, NOW.replace(year=2099)).is_bkpsdm


def test_an_unknown_nip_is_refused() -> None:
    with pytest.raises(CommandError, match="Jalankan impor"):
        create_admin("199001012015011001")
    assert not User.objects.exists()
