"""Overrides, corrections, roles, contacts and accounts by service."""

from datetime import date

import pytest

from accounts.models import ActivationCode, Notification, OutboxMessage
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.enums import CorrectionState, CorrectionSubject, Role
from orgunits.lines import lines_recompute_all
from orgunits.models import AppraisalLine, CorrectionRequest, RoleGrant
from orgunits.services.corrections import correction_refuse, correction_request, correction_resolve
from orgunits.services.overrides import override_end, override_set
from orgunits.services.people import contact_change
from orgunits.services.roles import role_grant, role_revoke
from orgunits.services.users import activation_slips_issue, password_reset
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, TODAY

UNTIL = date(2026, 6, 1)


def person_version(person):
    person.employee.refresh_from_db()
    return person.employee.version


def override(people, actor, appraiser, **changes):
    return override_set(
        actor=actor.viewer(),
        now=NOW,
        employee_id=people.owner.employee.pk,
        version=person_version(people.owner),
        appraiser_id=appraiser.employee.pk,
        reason="Penugasan tim",
        start=changes.pop("start", TODAY),
        **changes,
    )


def appraiser_on(person, day):
    lines = AppraisalLine.objects.filter(employee=person.employee, start__lte=day)
    return lines.exclude(until__lte=day).get().appraiser


def test_an_override_sets_the_appraiser_for_its_days(people):
    override(people, people.opd_admin, people.superior)
    assert appraiser_on(people.owner, TODAY) == people.superior.employee
    row = people.owner.employee.overrides.get()
    override_end(
        actor=people.opd_admin.viewer(),
        now=NOW,
        override_id=row.pk,
        version=person_version(people.owner),
        until=UNTIL,
    )
    assert appraiser_on(people.owner, UNTIL) == people.appraiser.employee
    assert not lines_recompute_all()


def test_an_override_is_refused(people):
    with pytest.raises(DomainError, match="bagi dirinya sendiri"):
        override(people, people.opd_admin, people.owner)
    with pytest.raises(NotAllowed):
        override(people, people.other_admin, people.superior)
    override(people, people.opd_admin, people.superior)
    with pytest.raises(DomainError, match="sudah ditetapkan"):
        override(people, people.opd_admin, people.section_head, start=UNTIL)
    with pytest.raises(DomainError, match="hari terakhirnya"):
        override_end(
            actor=people.opd_admin.viewer(),
            now=NOW,
            override_id=people.owner.employee.overrides.get().pk,
            version=person_version(people.owner),
            until=TODAY,
        )


def ask(people, actor=None, whose=None):
    return correction_request(
        actor=(actor or people.owner).viewer(),
        now=NOW,
        employee_id=(whose or people.owner).employee.pk,
        subject=CorrectionSubject.APPRAISER,
        text="Penilai saya seharusnya kepala seksi.",
    )


def test_a_request_is_asked_once_and_answered_once(people):
    row = ask(people)
    with pytest.raises(DomainError, match="masih menunggu jawaban"):
        ask(people)
    correction_resolve(
        actor=people.opd_admin.viewer(), now=NOW, correction_id=row.pk, answer="Sudah diperbaiki."
    )
    row.refresh_from_db()
    assert (row.state, row.resolved_by, row.resolved_at) == (
        CorrectionState.RESOLVED,
        people.opd_admin.user,
        NOW,
    )
    notice = Notification.objects.get(user=people.owner.user)
    assert "pejabat penilai diselesaikan: Sudah diperbaiki." in notice.text
    with pytest.raises(Conflict, match="sudah dijawab"):
        correction_refuse(actor=people.bkpsdm_admin.viewer(), now=NOW, correction_id=row.pk, answer="Tidak.")
    ask(people)


def test_who_may_ask_and_answer(people):
    with pytest.raises(NotAllowed):
        ask(people, actor=people.opd_admin, whose=people.owner)
    row = ask(people)
    for actor in (people.owner, people.appraiser, people.other_admin, people.inspector, people.leader):
        with pytest.raises(NotAllowed):
            correction_refuse(actor=actor.viewer(), now=NOW, correction_id=row.pk, answer="Tidak.")
    with pytest.raises(DomainError, match="Tulis jawaban"):
        correction_refuse(actor=people.opd_admin.viewer(), now=NOW, correction_id=row.pk, answer=" ")
    assert CorrectionRequest.objects.get().state == CorrectionState.OPEN


def test_an_opd_admin_does_not_answer_the_own_request(people):
    row = ask(people, actor=people.opd_admin, whose=people.opd_admin)
    with pytest.raises(NotAllowed, match="Data Anda sendiri"):
        correction_resolve(actor=people.opd_admin.viewer(), now=NOW, correction_id=row.pk, answer="Ya.")


def grant(people, actor, person, role, unit=None, **changes):
    return role_grant(
        actor=actor.viewer(),
        now=NOW,
        employee_id=person.employee.pk,
        role=role,
        unit_id=unit.pk if unit else None,
        start=changes.pop("start", TODAY),
        **changes,
    )


def test_an_opd_admin_hands_on_the_own_role_and_no_other(people):
    grant(people, people.opd_admin, people.owner, Role.OPD_ADMIN, people.opd)
    assert people.owner.viewer().admin_opd_ids == {people.opd.pk}
    for role, unit in ((Role.TPK, people.opd), (Role.BKPSDM_ADMIN, None), (Role.INSPECTOR, None)):
        with pytest.raises(NotAllowed):
            grant(people, people.opd_admin, people.section_member, role, unit)
    with pytest.raises(NotAllowed):
        grant(people, people.opd_admin, people.section_member, Role.OPD_ADMIN, people.other_opd)
    with pytest.raises(NotAllowed):
        grant(people, people.opd_admin, people.opd_admin, Role.OPD_ADMIN, people.opd)


@pytest.mark.parametrize(
    ("role", "unit", "sentence"),
    [
        (Role.OPD_ADMIN, None, "Pilih OPD-nya"),
        (Role.INSPECTOR, "opd", "Kosongkan pilihan OPD"),
        (Role.TPK, "division", "bukan unit di bawahnya"),
    ],
)
def test_a_role_asks_for_its_unit(people, role, unit, sentence):
    with pytest.raises(DomainError, match=sentence):
        grant(people, people.bkpsdm_admin, people.owner, role, unit and getattr(people, unit))


def test_the_same_role_twice_is_refused(people):
    grant(people, people.bkpsdm_admin, people.owner, Role.TPK, people.opd, until=UNTIL)
    with pytest.raises(DomainError, match="sudah memegang peran"):
        grant(people, people.bkpsdm_admin, people.owner, Role.TPK, people.opd)
    grant(people, people.bkpsdm_admin, people.owner, Role.TPK, people.opd, start=UNTIL)


def test_a_revoked_role_is_gone_at_once(people):
    row = RoleGrant.objects.get(user=people.opd_admin.user)
    role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)
    row.refresh_from_db()
    assert row.until == TODAY
    assert people.opd_admin.viewer().admin_opd_ids == frozenset()
    with pytest.raises(Conflict, match="sudah dicabut"):
        role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)


def test_a_role_of_today_is_taken_back_altogether(people):
    row = grant(people, people.bkpsdm_admin, people.owner, Role.INSPECTOR)
    role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)
    assert not RoleGrant.objects.filter(pk=row.pk).exists()
    assert people.owner.viewer().roles == frozenset()


def test_the_last_bkpsdm_admin_stays(people):
    row = RoleGrant.objects.get(role=Role.BKPSDM_ADMIN)
    with pytest.raises(DomainError, match="admin BKPSDM terakhir"):
        role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)
    grant(people, people.bkpsdm_admin, people.sekda, Role.BKPSDM_ADMIN)
    people.sekda.user.is_active = False
    people.sekda.user.save()
    with pytest.raises(DomainError, match="admin BKPSDM terakhir"):
        role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)
    grant(people, people.bkpsdm_admin, people.superior, Role.BKPSDM_ADMIN)
    role_revoke(actor=people.bkpsdm_admin.viewer(), now=NOW, grant_id=row.pk)
    assert not people.bkpsdm_admin.viewer().is_bkpsdm


def test_an_opd_admin_revokes_no_wider_role(people):
    row = grant(people, people.bkpsdm_admin, people.owner, Role.TPK, people.opd)
    with pytest.raises(NotAllowed):
        role_revoke(actor=people.opd_admin.viewer(), now=NOW, grant_id=row.pk)


def change_contact(people, actor, version=0):
    return contact_change(
        actor=actor.viewer(),
        now=NOW,
        employee_id=people.owner.employee.pk,
        version=version,
        phone="0812 3456 7890",
        email="budi@contoh.id",
        confirm_url="https://skp.example.go.id/{}".format,
    )


def test_a_new_address_has_to_be_confirmed_again(people):
    user = people.owner.user
    user.email, user.email_confirmed_at = "lama@contoh.id", NOW
    user.save()
    change_contact(people, people.owner)
    people.owner.employee.refresh_from_db()
    user.refresh_from_db()
    assert people.owner.employee.phone == "0812 3456 7890"
    assert (user.email, user.email_confirmed_at) == ("budi@contoh.id", None)
    assert people.owner.employee.email == user.email
    assert OutboxMessage.objects.get().to == "budi@contoh.id"
    with pytest.raises(Conflict):
        change_contact(people, people.opd_admin)


@pytest.mark.parametrize("who", ["appraiser", "superior", "other_admin", "inspector", "leader"])
def test_who_does_not_edit_contacts(people, who):
    with pytest.raises(NotAllowed):
        change_contact(people, getattr(people, who))


def slips(people, actor, unit, below=True):
    return activation_slips_issue(actor=actor.viewer(), now=NOW, unit_id=unit.pk, with_units_below=below)


def test_slips_go_to_the_unit_and_leave_out_wider_roles(people):
    issued = slips(people, people.bkpsdm_admin, people.division)
    names = {code.user.name for code in issued.codes}
    assert names == {"BUDI PELAKSANA", "DEWI KABID", "AGUS KASI", "TUTI STAF"}
    grant(people, people.bkpsdm_admin, people.owner, Role.INSPECTOR)
    issued = slips(people, people.opd_admin, people.division, below=False)
    assert {code.user.name for code in issued.codes} == {"DEWI KABID"}
    assert issued.left_out == ("BUDI PELAKSANA",)


def test_slips_skip_people_with_a_password_and_make_missing_accounts(people):
    people.owner.user.set_password("sudah-punya-sandi-2026")
    people.owner.user.save()
    newcomer = EmployeeFactory(name="BARU'S", user=None)
    AssignmentFactory(employee=newcomer, unit=people.division)
    issued = slips(people, people.opd_admin, people.division, below=False)
    assert {code.user.name for code in issued.codes} == {"DEWI KABID", "BARU'S"}
    newcomer.refresh_from_db()
    assert newcomer.user.username == newcomer.nip


def test_slips_are_refused_outside_of_the_scope_and_for_nobody(people):
    for actor in (people.other_admin, people.appraiser, people.inspector, people.leader):
        with pytest.raises(NotAllowed):
            slips(people, actor, people.division)
    assert ActivationCode.objects.count() == 0
    people.other_appraiser.user.set_password("sudah-punya-sandi-2026")
    people.other_appraiser.user.save()
    people.stranger.user.is_active = False
    people.stranger.user.save()
    with pytest.raises(DomainError, match="Tidak ada pegawai"):
        slips(people, people.other_admin, people.other_division)


def test_a_reset_takes_the_password_and_gives_one_code(people):
    user = people.owner.user
    user.set_password("sudah-punya-sandi-2026")
    user.save()
    code = password_reset(actor=people.opd_admin.viewer(), now=NOW, employee_id=people.owner.employee.pk)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert code.user == user
    assert len(code.code.replace("-", "")) == 16


def test_who_does_not_reset(people):
    grant(people, people.bkpsdm_admin, people.section_member, Role.SERVICES_OFFICER)
    for actor, person in (
        (people.other_admin, people.owner),
        (people.appraiser, people.owner),
        (people.inspector, people.owner),
        (people.opd_admin, people.section_member),
        (people.opd_admin, people.stranger),
    ):
        with pytest.raises(NotAllowed):
            password_reset(actor=actor.viewer(), now=NOW, employee_id=person.employee.pk)


def test_a_role_that_would_end_before_it_begins_is_refused(people):
    with pytest.raises(DomainError, match="sesudah tanggal mulai"):
        role_grant(
            actor=people.bkpsdm_admin.viewer(),
            now=NOW,
            employee_id=people.owner.employee.pk,
            role=Role.OPD_ADMIN,
            unit_id=people.opd.pk,
            start=UNTIL,
            until=TODAY,
        )
