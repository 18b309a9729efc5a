"""Units by service: rename, split, merge, who appraises the head, the Bupati."""

from datetime import date

import pytest

from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.enums import AssignmentKind, Role, UnitKind
from orgunits.lines import lines_recompute_all
from orgunits.models import AppraisalLine, Assignment, OrgUnit, OrgUnitSpan, RoleGrant
from orgunits.services.people import Official, state_official_create
from orgunits.services.restructure import NewUnit, unit_merge, unit_split
from orgunits.services.units import unit_rename, unit_set_appraised_by, unit_set_standalone
from tests.people import NOW, TODAY

START = date(2026, 7, 1)


def call(service, actor, unit, **changes):
    unit.refresh_from_db()
    version = changes.pop("version", unit.version)
    return service(actor=actor.viewer(), now=NOW, unit_id=unit.pk, version=version, **changes)


def span_on(unit, day):
    return OrgUnitSpan.objects.filter(unit=unit, start__lte=day).exclude(until__lte=day).get()


def appraiser_on(person, day):
    lines = AppraisalLine.objects.filter(employee=person.employee, start__lte=day)
    return lines.exclude(until__lte=day).get().appraiser


def rename(people, actor, unit, start=START, name="Bidang Data dan Sistem"):
    return call(unit_rename, actor, unit, name=name, head_title=f"Kepala {name}", start=start)


def test_a_new_name_is_a_new_span_and_moves_nobody(people):
    posts = list(Assignment.objects.order_by("pk").values())
    effect = rename(people, people.opd_admin, people.division)
    assert effect.changes == ()
    assert span_on(people.division, date(2026, 6, 30)).name == "Bidang Satu"
    assert span_on(people.division, START).name == "Bidang Data dan Sistem"
    assert span_on(people.division, START).parent == people.opd
    assert list(Assignment.objects.order_by("pk").values()) == posts
    assert not lines_recompute_all()


def test_renaming_on_the_day_of_the_last_change_corrects_it(people):
    rename(people, people.opd_admin, people.division)
    rename(people, people.opd_admin, people.division, name="Bidang Data dan Informasi")
    names = list(people.division.spans.order_by("start").values_list("name", flat=True))
    assert names == ["Bidang Satu", "Bidang Data dan Informasi"]


def test_renaming_before_a_later_change_is_refused(people):
    rename(people, people.opd_admin, people.division)
    with pytest.raises(DomainError, match="berlaku mulai 1 Juli 2026"):
        rename(people, people.opd_admin, people.division, start=TODAY)


def test_who_may_rename_what(people):
    rename(people, people.bkpsdm_admin, people.opd, name="Dinas Pertama Baru")
    with pytest.raises(NotAllowed, match="OPD sebagai satu kesatuan"):
        rename(people, people.opd_admin, people.opd)
    for actor in (people.other_admin, people.owner, people.inspector, people.leader):
        with pytest.raises(NotAllowed):
            rename(people, actor, people.division)


def test_a_stale_version_is_refused(people):
    rename(people, people.opd_admin, people.division)
    with pytest.raises(Conflict):
        call(
            unit_rename,
            people.opd_admin,
            people.division,
            name="X",
            head_title="",
            start=date(2026, 8, 1),
            version=0,
        )


def split(people, actor=None, **changes):
    new = NewUnit(
        name="Bidang Baru",
        head_title="Kepala Bidang Baru",
        employee_ids=changes.get("employees", frozenset({people.owner.employee.pk})),
        child_unit_ids=changes.get("units", frozenset({people.section.pk})),
    )
    return call(unit_split, actor or people.opd_admin, people.division, new=new, start=START)


def test_a_split_moves_those_named_and_nobody_else(people):
    effect = split(people)
    made = OrgUnitSpan.objects.get(name="Bidang Baru")
    assert (made.parent, made.opd, made.start) == (people.opd, people.opd, START)
    old, new = people.owner.employee.assignments.order_by("start")
    assert (old.until, new.unit_id, new.start) == (START, made.unit_id, START)
    assert span_on(people.section, START).parent_id == made.unit_id
    assert people.appraiser.employee.assignments.get().until is None
    assert appraiser_on(people.owner, START) == people.superior.employee
    assert {change.employee_id for change in effect.changes if change.changes_appraiser} == {
        people.owner.employee.pk,
        people.section_head.employee.pk,
    }
    assert not lines_recompute_all()


def test_the_head_stays_when_a_unit_splits(people):
    with pytest.raises(DomainError, match="memimpin unit ini"):
        split(people, employees=frozenset({people.appraiser.employee.pk}))
    assert not OrgUnitSpan.objects.filter(name="Bidang Baru").exists()


def test_only_own_people_and_units_go_along(people):
    with pytest.raises(DomainError, match="tidak bertugas di unit ini"):
        split(people, employees=frozenset({people.stranger.employee.pk}))
    with pytest.raises(DomainError, match="tidak berada langsung"):
        split(people, units=frozenset({people.other_division.pk}))


def test_a_split_opd_is_an_opd_of_its_own(people):
    new = NewUnit(name="Dinas Baru", child_unit_ids=frozenset({people.division.pk}))
    call(unit_split, people.bkpsdm_admin, people.opd, new=new, start=START)
    made = OrgUnitSpan.objects.get(name="Dinas Baru")
    assert (made.kind, made.opd_id) == (UnitKind.OPD, made.unit_id)
    for unit in (people.division, people.section):
        assert span_on(unit, START).opd_id == made.unit_id
        assert span_on(unit, date(2026, 6, 30)).opd == people.opd
    assert appraiser_on(people.appraiser, START) == people.sekda.employee
    assert not lines_recompute_all()


def test_a_merge_moves_everybody_to_the_successor(people):
    effect = call(
        unit_merge, people.opd_admin, people.vacant_division, into_id=people.division.pk, start=START
    )
    people.vacant_division.refresh_from_db()
    assert people.vacant_division.successor == people.division
    assert span_on(people.vacant_division, date(2026, 6, 30)).until == START
    acting = people.acting_head.employee.assignments.get(kind=AssignmentKind.PLT)
    assert acting.until == START
    for person in (people.acting_head, people.acting_member):
        new = person.employee.assignments.get(until=None)
        assert (new.unit, new.start, new.is_head) == (people.division, START, False)
        assert appraiser_on(person, START) == people.appraiser.employee
    assert any("berakhir" in note and "Plt." in note for note in effect.notes)
    assert not lines_recompute_all()


def test_a_merged_opd_takes_its_units_and_ends_its_roles(people):
    call(unit_merge, people.bkpsdm_admin, people.opd, into_id=people.other_opd.pk, start=START)
    assert span_on(people.division, START).parent == people.other_opd
    assert span_on(people.section, START).opd == people.other_opd
    assert RoleGrant.objects.get(role=Role.OPD_ADMIN, unit=people.opd).until == START
    assert appraiser_on(people.superior, START) == people.other_superior.employee
    assert not lines_recompute_all()


@pytest.mark.parametrize("into", ["division", "section"])
def test_a_unit_is_not_merged_into_itself_or_below(people, into):
    with pytest.raises(DomainError, match="ke dirinya sendiri"):
        call(unit_merge, people.opd_admin, people.division, into_id=getattr(people, into).pk, start=START)
    assert OrgUnit.objects.filter(successor__isnull=False).count() == 0


def test_a_merge_into_another_opd_is_for_bkpsdm(people):
    with pytest.raises(NotAllowed, match="OPD yang Anda kelola"):
        call(unit_merge, people.opd_admin, people.division, into_id=people.other_division.pk, start=START)


def test_appraised_by_changes_the_way_up_from_the_day(people):
    effect = call(
        unit_set_appraised_by,
        people.bkpsdm_admin,
        people.section,
        appraised_by_id=people.opd.pk,
        start=START,
    )
    assert appraiser_on(people.section_head, date(2026, 6, 30)) == people.appraiser.employee
    assert appraiser_on(people.section_head, START) == people.superior.employee
    assert appraiser_on(people.section_member, START) == people.section_head.employee
    changed = [change for change in effect.changes if change.changes_appraiser]
    assert [change.employee_id for change in changed] == [people.section_head.employee.pk]
    assert not lines_recompute_all()


def test_a_circle_of_appraisers_is_refused(people):
    with pytest.raises(DomainError, match="berputar"):
        call(
            unit_set_appraised_by,
            people.bkpsdm_admin,
            people.opd,
            appraised_by_id=people.section.pk,
            start=START,
        )


def test_the_mark_of_standing_alone(people):
    call(unit_set_standalone, people.bkpsdm_admin, people.section, standalone=True)
    people.section.refresh_from_db()
    assert people.section.is_standalone
    with pytest.raises(DomainError, match="sudah seperti itu"):
        call(unit_set_standalone, people.bkpsdm_admin, people.section, standalone=True)
    with pytest.raises(NotAllowed, match="BKPSDM"):
        call(unit_set_standalone, people.opd_admin, people.section, standalone=False)


def enter_bupati(people, actor, unit, start=START):
    official = Official(name="MA'RUF", title_before="H.", position_title="Bupati Uji", username="bupati.uji")
    return call(state_official_create, actor, unit, official=official, start=start)


def test_the_bupati_is_entered_on_the_root_and_appraises_the_sekda(people):
    old = people.leader.post
    Assignment.objects.filter(pk=old.pk).update(until=START)
    enter_bupati(people, people.bkpsdm_admin, people.root)
    post = Assignment.objects.get(unit=people.root, until=None)
    assert post.employee.nip is None
    assert post.employee.user.username == "bupati.uji"
    assert not post.employee.user.has_usable_password()
    assert appraiser_on(people.sekda, START) == post.employee
    assert not lines_recompute_all()


def test_the_bupati_is_refused_elsewhere_and_twice(people):
    with pytest.raises(DomainError, match="bukan unit lain"):
        enter_bupati(people, people.bkpsdm_admin, people.opd)
    with pytest.raises(DomainError, match="sudah memiliki pimpinan definitif"):
        enter_bupati(people, people.bkpsdm_admin, people.root)
    with pytest.raises(NotAllowed):
        enter_bupati(people, people.opd_admin, people.root)


@pytest.mark.parametrize("change", [unit_rename, unit_set_appraised_by, unit_merge, unit_split])
def test_a_slip_in_the_year_is_refused(people, change):
    fields = {
        unit_rename: {"name": "Bidang Lain", "head_title": ""},
        unit_set_appraised_by: {"appraised_by_id": people.opd.pk},
        unit_merge: {"into_id": people.vacant_division.pk},
        unit_split: {"new": NewUnit(name="Bidang Lain")},
    }
    with pytest.raises(DomainError, match="satu tahun dari sekarang"):
        call(change, people.bkpsdm_admin, people.division, start=date(2062, 7, 1), **fields[change])
