"""Who is asking: roles in force, headed units, subtree, in a small number of queries."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from config.lib.errors import NotAllowed
from orgunits.enums import AssignmentKind, LegalPosition, Role
from orgunits.lines import lines_rebuild
from orgunits.middleware import ViewerMiddleware, viewer_of
from orgunits.models import OrgUnitSpan, RoleGrant
from orgunits.selectors.viewers import unit_ids_below, viewer_for
from tests.factories import AssignmentFactory, LegalPositionFactory, RoleGrantFactory, UserFactory
from tests.people import NOW, TODAY, People


def test_a_member_heads_nothing(people: People) -> None:
    viewer = people.owner.viewer()

    assert viewer.employee_id == people.owner.employee.pk
    assert viewer.label == "BUDI PELAKSANA"
    assert viewer.today == TODAY
    assert (viewer.roles, viewer.headed_unit_ids, viewer.subtree_unit_ids) == (frozenset(),) * 3
    assert not viewer.has_appraisees


def test_a_head_heads_the_unit_and_reads_what_is_below(people: People) -> None:
    viewer = people.superior.viewer()

    assert viewer.headed_unit_ids == {people.opd.pk}
    assert viewer.subtree_unit_ids == {
        people.opd.pk,
        people.division.pk,
        people.section.pk,
        people.vacant_division.pk,
    }
    assert viewer.has_appraisees


def test_the_leader_reads_the_whole_tree_by_parent(people: People) -> None:
    everything = set(OrgUnitSpan.objects.values_list("unit_id", flat=True))

    assert people.leader.viewer().subtree_unit_ids == everything
    # Appraising the heads of the OPD does not put the OPD below Setda.
    assert people.sekda.viewer().subtree_unit_ids == {people.setda.pk}


def test_an_acting_head_heads_the_unit(people: People) -> None:
    assert people.acting_head.viewer().headed_unit_ids == {people.vacant_division.pk}


def test_beside_a_plh_the_holder_does_not_head(people: People) -> None:
    AssignmentFactory(
        employee=people.section_head.employee,
        unit=people.division,
        kind=AssignmentKind.PLH,
        is_head=True,
        start=date(2026, 3, 1),
        until=date(2026, 3, 9),
    )
    lines_rebuild()

    assert people.appraiser.viewer().headed_unit_ids == frozenset()
    assert people.section_head.viewer().headed_unit_ids == {people.section.pk, people.division.pk}
    later = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)  # midnight of 9 March in the office
    assert people.appraiser.viewer(later).headed_unit_ids == {people.division.pk}


def test_a_head_on_leave_heads_nothing(people: People) -> None:
    LegalPositionFactory(employee=people.appraiser.employee, position=LegalPosition.UNPAID_LEAVE)
    lines_rebuild(employee_ids={people.appraiser.employee.pk})

    assert people.appraiser.viewer().headed_unit_ids == frozenset()
    # He answers for the vacant division, but still heads the OPD alone.
    assert people.superior.viewer().headed_unit_ids == {people.opd.pk}


def test_roles_count_while_in_force(people: People) -> None:
    grant = {"user": people.owner.user, "role": Role.TPK, "unit": people.opd}
    RoleGrantFactory(**grant, start=date(2025, 1, 1), until=TODAY)
    assert people.owner.viewer().roles == frozenset()

    RoleGrantFactory(**grant, start=TODAY, until=date(2026, 4, 1))
    viewer = people.owner.viewer()
    assert (viewer.roles, viewer.tpk_opd_ids) == ({Role.TPK}, {people.opd.pk})
    assert people.opd_admin.viewer().admin_opd_ids == {people.opd.pk}
    assert people.bkpsdm_admin.viewer().is_bkpsdm
    assert RoleGrant.objects.count() == 8


def test_somebody_who_is_no_employee(db) -> None:
    user = UserFactory(name="Auditor Tamu")
    RoleGrantFactory(user=user, role=Role.INSPECTOR)

    viewer = viewer_for(user, NOW)

    assert (viewer.employee_id, viewer.label) == (None, "Auditor Tamu")
    assert viewer.sees_regency
    assert not viewer.has_appraisees


@pytest.mark.parametrize(("who", "queries"), [("leader", 4), ("superior", 4), ("owner", 3)])
def test_query_count(people: People, django_assert_num_queries, who: str, queries: int) -> None:
    user = getattr(people, who).user
    with django_assert_num_queries(queries):
        viewer_for(user, NOW)


def test_the_tree_of_another_day(people: People) -> None:
    span = OrgUnitSpan.objects.get(unit=people.section)
    span.until = date(2026, 2, 1)
    span.save()
    OrgUnitSpan.objects.create(
        unit=people.section,
        name="Seksi Data",
        kind=span.kind,
        parent=people.vacant_division,
        opd=people.opd,
        start=date(2026, 2, 1),
    )

    assert people.section.pk in unit_ids_below({people.division.pk}, date(2026, 1, 31))
    assert people.section.pk not in unit_ids_below({people.division.pk}, TODAY)
    assert people.section.pk in unit_ids_below({people.vacant_division.pk}, TODAY)


def test_a_request_asks_who_it_is_only_when_needed(people: People, rf, django_assert_num_queries) -> None:
    requests = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    request = rf.get("/")
    request.user = people.owner.user
    with django_assert_num_queries(0):
        ViewerMiddleware(view)(request)
    with django_assert_num_queries(3):
        assert viewer_of(requests[0]).employee_id == people.owner.employee.pk
        assert viewer_of(requests[0]).label == "BUDI PELAKSANA"


def test_nobody_in_particular_is_refused(rf) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    ViewerMiddleware(lambda request: HttpResponse())(request)

    with pytest.raises(NotAllowed, match="Silakan masuk"):
        viewer_of(request)
