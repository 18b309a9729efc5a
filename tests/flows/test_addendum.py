"""A head's addendum retires a served result while two children stay agreed; one mends, one is transferred."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Notification
from assessments.selectors.assessments import realised_results
from orgunits.enums import PositionKind
from orgunits.lines import lines_rebuild
from orgunits.services.assignments import Post
from orgunits.services.transfers import employee_transfer
from skp.enums import CascadeMethod
from skp.models import PlannedResult, Revision
from skp.selectors.content import read_content
from skp.selectors.mine import startable_posts
from skp.selectors.plans import linkable_results, parents_in_force
from skp.services.closing import plans_close_ended
from skp.services.editing import ResultInput, result_save
from skp.services.realisations import realisations_save
from skp.states import Lifecycle, RevisionState
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import (
    DECEMBER,
    MARCH,
    add_result,
    agreed,
    decided,
    period_2026,
    proposed,
    removed,
    result_ids,
    sent,
)
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db


def relinked(person: Person, skp, old: int, new: int) -> None:
    """The addendum's link to ``old`` moved to ``new``."""
    skp.refresh_from_db()
    planned = PlannedResult.objects.get(revision=skp.open_revision, parent=old)
    data = ResultInput(text=planned.text, parent_id=new, cascade_method=CascadeMethod.DIRECT)
    result_save(
        actor=person.viewer(MARCH),
        skp_id=skp.pk,
        version=skp.version,
        planned_id=planned.pk,
        data=data,
        now=MARCH,
    )


def test_an_addendum_at_the_head_and_what_follows(people: People) -> None:
    period = period_2026()
    other = Person(AssignmentFactory(employee=EmployeeFactory(), unit=people.division))
    lines_rebuild()
    top = agreed(people.superior, people.sekda, period)
    head = agreed(people.appraiser, people.superior, period, result_ids(top))
    lost, kept = result_ids(head)
    children = [agreed(person, people.appraiser, period, (lost, kept)) for person in (people.owner, other)]
    before = [read_content(child.in_force, child.scheme).to_text() for child in children]

    head = proposed(people.appraiser, head)
    link = {"parent_id": result_ids(top)[0], "cascade_method": CascadeMethod.DIRECT}
    new = add_result(head, people.appraiser.viewer(MARCH), "Terintegrasinya data sektoral", **link)
    head = removed(people.appraiser, head, lost)
    # While it is negotiated everybody reads the revision in force.
    assert set(parents_in_force([lost, kept, new])) == {lost, kept}
    head = decided(people.superior, sent(people.appraiser, head))

    assert head.in_force.number == 2
    assert set(parents_in_force([lost, kept, new])) == {kept, new}
    offered = {
        row.result_id
        for row in linkable_results(appraiser_id=people.appraiser.employee.pk, period_id=period.pk)
    }
    assert offered == {kept, new}
    for child, text in zip(children, before, strict=True):
        child.refresh_from_db()
        assert child.in_force.state == RevisionState.AGREED
        assert read_content(child.in_force, child.scheme).to_text() == text
    told = Notification.objects.filter(text__contains="tidak berlaku lagi")
    assert {row.user_id for row in told} == {people.owner.user.pk, other.user.pk}

    # The head reports and is scored by what is in force now; the first revision stays readable.
    planned = read_content(head.in_force, head.scheme)
    values = dict.fromkeys(planned.indicator_ids, Decimal(12))
    realisations_save(
        actor=people.appraiser.viewer(DECEMBER),
        skp_id=head.pk,
        version=head.version,
        values=values,
        now=DECEMBER,
    )
    assert [result.text for result, *_ in realised_results(planned)] == [
        "Terlayaninya permintaan data",
        "Terintegrasinya data sektoral",
    ]
    assert "Tersusunnya laporan kinerja" in Revision.objects.get(skp=head, number=1).content_text

    mended = proposed(people.owner, children[0])
    relinked(people.owner, mended, lost, new)
    mended = decided(people.appraiser, sent(people.owner, mended))
    assert set(mended.in_force.results.values_list("parent_text", "parent_revision_number")) == {
        ("Terintegrasinya data sektoral", 2),
        ("Terlayaninya permintaan data", 2),
    }

    moved = other.employee
    moved.refresh_from_db()
    employee_transfer(
        actor=people.bkpsdm_admin.viewer(MARCH),
        now=MARCH,
        employee_id=moved.pk,
        version=moved.version,
        post=Post(people.other_division.pk, "Pengelola Data", PositionKind.EXECUTIVE),
        tmt=date(2026, 4, 1),
        decree="821.2/9/2026",
    )
    april = moment("2026-04-02 09:00")
    assert plans_close_ended(now=april) == 1
    children[1].refresh_from_db()
    assert (children[1].lifecycle, children[1].until) == (Lifecycle.CLOSED, date(2026, 4, 1))
    assert read_content(children[1].in_force, children[1].scheme).to_text() == before[1]
    assert [post.assignment.unit_id for post in startable_posts(other.viewer(april))] == [
        people.other_division.pk
    ]
