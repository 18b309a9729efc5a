"""Posts by service: start, end, transfer, Plt and Plh, with the lines that follow and the refusals."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.enums import AssignmentKind, LegalPosition, PositionKind, Role
from orgunits.lines import lines_rebuild, lines_recompute_all
from orgunits.models import AppraisalLine, Assignment, LegalPositionSpan
from orgunits.services.acting import acting_keep, acting_start
from orgunits.services.assignments import Post, assignment_end, assignment_start
from orgunits.services.preview import CHANGED_SINCE, effect_apply, effect_digest, effect_preview
from orgunits.services.transfers import employee_transfer
from tests.factories import AssignmentFactory, RoleGrantFactory, UserFactory
from tests.people import NOW, TODAY, Person

TMT = date(2026, 4, 1)


def post_in(unit, **changes):
    return Post(
        unit_id=unit.pk, position_title="Analis Data", position_kind=PositionKind.FUNCTIONAL, **changes
    )


def transfer(people, actor, person, unit, tmt=TMT, **changes):
    person.employee.refresh_from_db()
    return employee_transfer(
        actor=actor.viewer(),
        now=NOW,
        employee_id=person.employee.pk,
        version=changes.pop("version", person.employee.version),
        post=post_in(unit, **changes),
        tmt=tmt,
        decree="800/1/2026",
    )


def appraiser_on(person, day):
    lines = AppraisalLine.objects.filter(employee=person.employee, start__lte=day)
    line = lines.exclude(until__lte=day).get()
    return line.appraiser


def lines_are_true():
    return not lines_recompute_all()


def test_transfer_closes_the_old_post_and_moves_the_appraiser_at_tmt(people):
    effect = transfer(people, people.bkpsdm_admin, people.owner, people.other_division)
    old, new = people.owner.employee.assignments.order_by("start")
    assert (old.until, old.end_reason) == (TMT, "Mutasi ke Bidang Tiga")
    assert (new.start, new.unit, new.decree) == (TMT, people.other_division, "800/1/2026")
    assert appraiser_on(people.owner, date(2026, 3, 31)) == people.appraiser.employee
    assert appraiser_on(people.owner, TMT) == people.other_appraiser.employee
    assert [change.employee_id for change in effect.changes if change.changes_appraiser] == [
        people.owner.employee.pk
    ]
    assert lines_are_true()
    assert AuditEvent.objects.get(kind="employee.transferred").actor == people.bkpsdm_admin.user


def test_transfer_of_a_head_changes_everybody_below(people):
    effect = transfer(people, people.bkpsdm_admin, people.appraiser, people.other_division)
    changed = {change.employee_id for change in effect.changes if change.changes_appraiser}
    assert {people.owner.employee.pk, people.section_head.employee.pk} <= changed
    assert appraiser_on(people.owner, TMT) == people.superior.employee
    assert lines_are_true()


def test_transfer_leaves_acting_posts_for_review_and_they_can_go_on(people):
    transfer(people, people.bkpsdm_admin, people.acting_head, people.other_division)
    acting = people.acting_head.employee.assignments.get(kind=AssignmentKind.PLT)
    assert acting.until is None
    assert "1 April 2026" in acting.review_note
    acting_keep(actor=people.opd_admin.viewer(), now=NOW, assignment_id=acting.pk, version=acting.version)
    acting.refresh_from_db()
    assert acting.review_note == ""


def test_transfer_says_that_a_role_for_the_old_opd_goes_on(people):
    effect = transfer(people, people.bkpsdm_admin, people.opd_admin, people.other_division)
    assert any("Pengelola kepegawaian OPD" in note and "sampai dicabut" in note for note in effect.notes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tmt": date(2020, 1, 1)}, "TMT mutasi harus sesudah tanggal itu"),
        ({"tmt": date(2019, 1, 1)}, "tidak berlaku pada 1 Januari 2019"),
        ({"is_head": True}, "sudah memiliki pimpinan definitif"),
    ],
)
def test_transfer_refuses(people, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        transfer(people, people.bkpsdm_admin, people.owner, people.section, **changes)
    assert people.owner.employee.assignments.count() == 1


def test_transfer_to_the_same_post_is_refused(people):
    post = people.owner.post
    with pytest.raises(DomainError, match="tidak ada yang dipindahkan"):
        employee_transfer(
            actor=people.bkpsdm_admin.viewer(),
            now=NOW,
            employee_id=post.employee_id,
            version=post.employee.version,
            post=Post(post.unit_id, post.position_title, PositionKind.EXECUTIVE),
            tmt=TMT,
            decree="1",
        )


def test_opd_admin_transfers_inside_the_own_opd_only(people):
    transfer(people, people.opd_admin, people.owner, people.section)
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        transfer(people, people.opd_admin, people.section_member, people.other_division)
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        transfer(people, people.opd_admin, people.stranger, people.division)


@pytest.mark.parametrize("who", ["owner", "appraiser", "inspector", "leader"])
def test_nobody_else_transfers(people, who):
    with pytest.raises(NotAllowed):
        transfer(people, getattr(people, who), people.owner, people.section)
    assert people.owner.employee.assignments.count() == 1


def test_a_stale_version_changes_nothing(people):
    transfer(people, people.bkpsdm_admin, people.owner, people.section)
    with pytest.raises(Conflict):
        transfer(people, people.bkpsdm_admin, people.owner, people.other_division, version=0)
    assert people.owner.employee.assignments.count() == 2


def test_preview_keeps_nothing_and_equals_the_effect(people):
    def change():
        return transfer(people, people.bkpsdm_admin, people.appraiser, people.other_division)

    before = list(AppraisalLine.objects.order_by("pk").values())
    shown = effect_preview(change)
    assert shown.changes
    assert Assignment.objects.filter(start=TMT).count() == 0
    assert list(AppraisalLine.objects.order_by("pk").values()) == before
    assert not AuditEvent.objects.filter(kind="employee.transferred").exists()
    done = effect_apply(change, digest=effect_digest(shown))
    assert effect_digest(done) == effect_digest(shown)
    assert Assignment.objects.filter(start=TMT).count() == 1


def test_apply_refuses_when_the_effect_is_no_longer_what_was_shown(people):
    def change():
        return transfer(people, people.bkpsdm_admin, people.appraiser, people.other_division)

    shown = effect_preview(change)
    transfer(people, people.bkpsdm_admin, people.owner, people.other_division, tmt=date(2026, 3, 15))
    with pytest.raises(Conflict, match=CHANGED_SINCE[:30]):
        effect_apply(change, digest=effect_digest(shown))
    assert people.appraiser.employee.assignments.count() == 1


def end(people, actor, post, until, reason="Pensiun"):
    post.refresh_from_db()
    return assignment_end(
        actor=actor.viewer(), now=NOW, assignment_id=post.pk, version=post.version, until=until, reason=reason
    )


def test_end_and_start_again(people):
    end(people, people.opd_admin, people.owner.post, TMT)
    assert not AppraisalLine.objects.filter(employee=people.owner.employee, until=None).exists()
    people.owner.employee.refresh_from_db()
    assignment_start(
        actor=people.opd_admin.viewer(),
        now=NOW,
        employee_id=people.owner.employee.pk,
        version=people.owner.employee.version,
        post=post_in(people.section),
        start=date(2026, 5, 1),
        decree="800/2",
    )
    assert appraiser_on(people.owner, date(2026, 5, 1)) == people.section_head.employee
    assert lines_are_true()


def test_start_is_refused_while_another_definitive_post_runs(people):
    with pytest.raises(DomainError, match="sudah memiliki jabatan definitif"):
        assignment_start(
            actor=people.opd_admin.viewer(),
            now=NOW,
            employee_id=people.owner.employee.pk,
            version=0,
            post=post_in(people.section),
            start=TMT,
        )
    people.owner.employee.refresh_from_db()
    assert people.owner.employee.version == 0


@pytest.mark.parametrize("until", [date(2020, 1, 1), date(2019, 1, 1)])
def test_an_end_before_the_beginning_is_refused(people, until):
    with pytest.raises(DomainError, match="mulai 1 Januari 2020"):
        end(people, people.opd_admin, people.owner.post, until)


def test_who_holds_no_post_is_not_transferred(people):
    end(people, people.opd_admin, people.owner.post, date(2026, 3, 1))
    with pytest.raises(DomainError, match="Gunakan Mulai penugasan"):
        transfer(people, people.bkpsdm_admin, people.owner, people.section)


def test_an_ended_post_does_not_grow_again(people):
    end(people, people.opd_admin, people.owner.post, TMT)
    with pytest.raises(DomainError, match="sudah berakhir 31 Maret 2026"):
        end(people, people.opd_admin, people.owner.post, date(2026, 6, 1))


def act(people, actor, person, unit, kind=AssignmentKind.PLH, start=TODAY, until=None):
    person.employee.refresh_from_db()
    return acting_start(
        actor=actor.viewer(),
        now=NOW,
        employee_id=person.employee.pk,
        version=person.employee.version,
        unit_id=unit.pk,
        kind=kind,
        start=start,
        until=until,
        decree="094/1",
    )


def test_a_plh_appraises_in_place_of_the_head(people):
    effect = act(people, people.opd_admin, people.section_head, people.division, until=TMT)
    assert appraiser_on(people.owner, TODAY) == people.section_head.employee
    assert appraiser_on(people.owner, TMT) == people.appraiser.employee
    assert people.owner.employee.pk in {change.employee_id for change in effect.changes}
    row = people.section_head.employee.assignments.get(kind=AssignmentKind.PLH)
    assert row.shown_title == "Plh. Kepala Bidang Satu"
    assert lines_are_true()


def test_two_plt_of_one_unit_are_refused(people):
    with pytest.raises(DomainError, match="sudah memiliki Plt"):
        act(people, people.opd_admin, people.owner, people.vacant_division, kind=AssignmentKind.PLT)


def test_the_head_does_not_act_for_himself(people):
    with pytest.raises(DomainError, match="sudah menjadi pimpinan definitif"):
        act(people, people.opd_admin, people.appraiser, people.division)


def test_a_definitive_post_is_no_acting_one(people):
    with pytest.raises(DomainError, match=r"Pilih Plt\. atau Plh\."):
        act(people, people.opd_admin, people.owner, people.section, kind=AssignmentKind.DEFINITIVE)


def test_somebody_on_study_leave_cannot_act(people):
    LegalPositionSpan.objects.create(
        employee=people.owner.employee, position=LegalPosition.STUDY, start=date(2026, 1, 1)
    )
    with pytest.raises(DomainError, match="Tugas Belajar"):
        act(people, people.opd_admin, people.owner, people.section)


def test_an_acting_post_in_the_own_opd_is_ended_by_its_admin(people):
    acting = people.acting_head.employee.assignments.get(kind=AssignmentKind.PLT)
    with pytest.raises(NotAllowed):
        end(people, people.other_admin, acting, TMT)
    end(people, people.opd_admin, acting, TMT, "Pejabat definitif telah diangkat")
    assert appraiser_on(people.acting_member, TMT) == people.superior.employee
    assert lines_are_true()


# --- An OPD admin stays inside the OPD ---


def test_an_opd_admin_leaves_posts_in_other_opds_alone(people):
    past = AssignmentFactory(
        employee=people.owner.employee,
        unit=people.other_division,
        start=date(2018, 1, 1),
        until=date(2019, 1, 1),
    )
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        end(people, people.opd_admin, past, date(2018, 6, 1))
    past.refresh_from_db()
    assert past.until == date(2019, 1, 1)


def test_an_opd_admin_does_not_take_back_whom_bkpsdm_has_moved_away(people):
    transfer(people, people.bkpsdm_admin, people.owner, people.other_division)
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        transfer(people, people.opd_admin, people.owner, people.division, tmt=date(2026, 4, 2))
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        end(people, people.opd_admin, people.owner.employee.assignments.get(start=TMT), date(2026, 5, 1))


@pytest.mark.parametrize("who", ["opd_admin", "superior"])
def test_acting_posts_of_oneself_and_of_wider_roles_are_for_others(people, who):
    RoleGrantFactory(user=people.superior.user, role=Role.TPK, unit=people.opd)
    acting = AssignmentFactory(
        employee=getattr(people, who).employee,
        unit=people.section,
        kind=AssignmentKind.PLT,
        is_head=True,
        start=date(2026, 1, 1),
        review_note="Dimutasi",
    )
    viewer = people.opd_admin.viewer()
    with pytest.raises(NotAllowed):
        end(people, people.opd_admin, acting, TMT)
    with pytest.raises(NotAllowed):
        acting_keep(actor=viewer, now=NOW, assignment_id=acting.pk, version=0)


def test_who_heads_the_secretariat_is_for_bkpsdm_since_it_reaches_all_opd(people):
    admin, deputy = (Person(AssignmentFactory(unit=people.setda)) for _ in range(2))
    admin.employee.user = UserFactory()
    admin.employee.save()
    RoleGrantFactory(user=admin.user, role=Role.OPD_ADMIN, unit=people.setda)
    lines_rebuild()

    def act(actor):
        return acting_start(
            actor=actor.viewer(),
            now=NOW,
            employee_id=deputy.employee.pk,
            version=0,
            unit_id=people.setda.pk,
            kind=AssignmentKind.PLH,
            start=TODAY,
            until=TMT,
            decree="800/2/2026",
        )

    with pytest.raises(NotAllowed, match="OPD lain"):
        act(admin)
    assert {change.employee_id for change in act(people.bkpsdm_admin).changes} >= {
        people.superior.employee.pk,
        people.other_superior.employee.pk,
    }
