"""The cascade's pages: what each shows, to whom, and with how many queries."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from orgunits.lines import lines_rebuild
from orgunits.models import AppraiserOverride
from skp.enums import Gap
from skp.models import PlannedResult, Skp, WorkResult
from skp.selectors.cascade_cards import start_cards
from skp.selectors.gaps import broken_links, plans_in, provisional_plans, uncovered_results, unlinked_results
from skp.selectors.matrix import matrix_of
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import Person
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, result_ids, submitted

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 8)


@pytest.fixture
def period():
    return period_2026()


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: JANUARY)


def division(people, number):
    """Further members of the owner's division."""
    posts = [AssignmentFactory(employee=EmployeeFactory(), unit=people.division) for _ in range(number)]
    lines_rebuild()
    return [Person(post) for post in posts]


def text_of(person, name, *args, query=""):
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def plans(people, period, person=None):
    viewer = (person or people.bkpsdm_admin).viewer(JANUARY)
    return plans_in(viewer, period, [people.opd.pk, people.division.pk, people.section.pk])


def waiting_branch(people, period):
    """The division head's plan is sent, not agreed; two members serve it."""
    middle = submitted(people.appraiser, period, result_ids(drafted(people.superior, period)))
    return middle, [drafted(one, period, result_ids(middle)) for one in (people.owner, people.section_head)]


def test_a_member_reads_whom_the_own_plan_waits_for(people, period):
    waiting_branch(people, period)
    page = text_of(people.owner, "skp:cascade")
    assert page.index("DEWI KABID") < page.index("SURYA KADIS")
    assert "Yang menunggu Anda" not in page
    assert "OPD dan unit kerja" not in page


def test_a_leader_reads_how_many_wait_and_who(people, period):
    middle, _staff = waiting_branch(people, period)
    page = text_of(people.appraiser, "skp:cascade")
    assert "2 rencana bawahan langsung menunggu rencana Anda disepakati; 2 rencana" in page
    page = text_of(people.appraiser, "skp:cascade_person", people.appraiser.employee.pk)
    assert "BUDI PELAKSANA" in page
    assert "AGUS KASI" in page
    (card,) = start_cards(people.appraiser.viewer(JANUARY), JANUARY)
    assert card.title == "2 rencana tertahan oleh rencana Anda"
    Skp.objects.filter(pk=middle.pk).update(in_force=middle.open_revision_id)
    assert start_cards(people.appraiser.viewer(JANUARY), JANUARY) == []
    assert start_cards(people.owner.viewer(JANUARY), JANUARY) == []
    assert "Tidak ada rencana yang menunggu." in text_of(
        people.appraiser, "skp:cascade_person", people.appraiser.employee.pk
    )


def test_blockers_of_a_unit_and_of_the_regency(people, period):
    waiting_branch(people, period)
    unit = text_of(people.superior, "skp:cascade_blockers", people.opd.pk)
    regency = text_of(people.bkpsdm_admin, "skp:cascade_ranking")
    for page in (unit, regency):
        # The head first: three plans stand behind his, one directly.
        assert page.index("SURYA KADIS") < page.index("DEWI KABID")
        assert 'data-label="Semua di bawahnya">3<' in page
        assert 'data-label="Bawahan langsung menunggu">1<' in page
    assert "EKO KADIS" not in regency


def test_the_tree_shows_states_and_who_waits(people, period):
    top = agreed(people.superior, people.sekda, period)
    middle = submitted(people.appraiser, period, result_ids(top))
    drafted(people.owner, period, result_ids(middle))
    page = text_of(people.opd_admin, "skp:cascade_unit", people.opd.pk)
    order = [page.index(name) for name in ("SURYA KADIS", "DEWI KABID", "BUDI PELAKSANA")]
    assert order == sorted(order)
    assert "EKO KADIS" not in page
    # The number's label and the member's badge.
    assert page.count("Menunggu atasan</span>") == 2
    # The division head waits for nobody any more, the member for him.
    assert page.count("Sementara</span>") == 1
    only = text_of(
        people.opd_admin, "skp:cascade_unit", people.opd.pk, query=f"?orang={people.appraiser.employee.pk}"
    )
    assert "BUDI PELAKSANA" in only
    assert "LINA STAF" not in only


def test_a_person_outside_of_the_unit_is_not_found_there(people, period):
    client = Client()
    client.force_login(people.superior.user)
    for asked in (people.stranger.employee.pk, "x", "9" * 30):
        address = reverse("skp:cascade_unit", args=[people.opd.pk]) + f"?orang={asked}"
        assert client.get(address).status_code == 404
    matrix = reverse("skp:cascade_matrix", args=[people.opd.pk]) + f"?orang={people.stranger.employee.pk}"
    assert client.get(matrix).status_code == 404
    assert client.get(reverse("skp:cascade_gaps", args=[people.opd.pk, "lain"])).status_code == 404


def test_uncovered_results_are_those_of_leaders_that_nobody_serves(people, period):
    top = drafted(people.superior, period)
    first, second = result_ids(top)
    middle = drafted(people.appraiser, period, (first, first))
    found = uncovered_results(plans(people, period), DAY)
    assert {row.result_id for row in found} == {second, *result_ids(middle)}
    # The owner leads nobody: what he plans need not be served.
    drafted(people.owner, period, result_ids(middle))
    assert {row.result_id for row in uncovered_results(plans(people, period), DAY)} == {second}
    page = text_of(people.superior, "skp:cascade_gaps", people.opd.pk, Gap.UNCOVERED.value)
    assert page.count("SURYA KADIS") >= 1
    assert "1–1 dari 1" in page


def test_plans_without_link_name_the_code_that_is_awaited(people, period):
    plan = drafted(people.owner, period)
    PlannedResult.objects.filter(revision=plan.open_revision, order=1).update(open_parent_code="R0175")
    drafted(people.superior, period)
    rows = unlinked_results(plans(people, period))
    assert {row.revision.skp_id for row in rows} == {plan.pk}
    page = text_of(people.superior, "skp:cascade_gaps", people.opd.pk, Gap.UNLINKED.value)
    assert "Menunggu impor hasil kerja atasan R0175." in page
    assert "Belum dipilih." in page


def test_provisional_plans_until_the_superior_is_agreed(people, period):
    top = submitted(people.superior, period)
    middle = submitted(people.appraiser, period, result_ids(top))
    assert [plan.pk for plan in provisional_plans(plans(people, period))] == [middle.pk]
    Skp.objects.filter(pk=top.pk).update(in_force=top.open_revision_id)
    assert list(provisional_plans(plans(people, period))) == []
    WorkResult.objects.filter(pk=result_ids(top)[0]).update(retired_at=JANUARY)
    assert [plan.pk for plan in provisional_plans(plans(people, period))] == [middle.pk]


def test_links_break_by_retirement_removal_and_a_new_superior(people, period):
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    staff = agreed(people.owner, people.appraiser, period, result_ids(middle))
    assert list(broken_links(plans(people, period), DAY)) == []
    WorkResult.objects.filter(pk=result_ids(middle)[0]).update(retired_at=JANUARY)
    (retired,) = broken_links(plans(people, period), DAY)
    assert (retired.revision.skp_id, retired.was_retired) == (staff.pk, True)
    WorkResult.objects.update(retired_at=None)
    AppraiserOverride.objects.create(
        employee=people.owner.employee,
        appraiser=people.section_head.employee,
        reason="Ditugaskan pada seksi",
        start=date(2026, 1, 5),
        created_by=people.bkpsdm_admin.user,
        created_at=JANUARY,
    )
    lines_rebuild()
    changed = list(broken_links(plans(people, period), DAY))
    assert [(row.revision.skp_id, row.was_retired) for row in changed] == [(staff.pk, False)] * 2
    page = text_of(people.superior, "skp:cascade_gaps", people.opd.pk, Gap.BROKEN.value)
    assert "tautan masih ke DEWI KABID" in page


def test_the_matrix_puts_people_under_the_results_they_serve(people, period):
    middle = agreed(
        people.appraiser,
        people.superior,
        period,
        result_ids(agreed(people.superior, people.sekda, period)),
    )
    first, second = result_ids(middle)
    drafted(people.owner, period, (first, first))
    found = matrix_of(people.appraiser.employee.pk, period, DAY)
    assert [column.result_id for column in found.columns] == [first, second]
    assert (found.agreed, found.served()) == (True, (1, 0))
    head, owner = found.rows
    assert (head.employee, head.skp_id, head.cells) == (people.section_head.employee, None, ((), ()))
    assert owner.cells == (("Tersusunnya laporan kinerja", "Terlayaninya permintaan data"), ())
    page = text_of(people.appraiser, "skp:cascade_matrix", people.division.pk)
    assert "belum didukung" in page
    assert "1 orang" in page


def test_a_manager_sees_held_people_of_the_own_opd_only(people, period):
    """Whoever is appraised from outside by an override stays outside of what an OPD admin reads."""
    AppraiserOverride.objects.create(
        employee=people.stranger.employee,
        appraiser=people.appraiser.employee,
        reason="Tim lintas dinas",
        start=date(2026, 1, 1),
        created_by=people.bkpsdm_admin.user,
        created_at=JANUARY,
    )
    lines_rebuild()
    middle, _ = waiting_branch(people, period)
    drafted(people.stranger, period, result_ids(middle))
    address = ("skp:cascade_person", people.appraiser.employee.pk)
    assert "NANDA ASING" in text_of(people.appraiser, *address)
    assert "NANDA ASING" not in text_of(people.opd_admin, *address)


def test_without_a_period_the_first_page_says_so(people):
    assert "Belum ada periode." in text_of(people.owner, "skp:cascade")


def test_a_ranking_of_a_year_that_is_over_reads_its_last_day(people, period, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 2, 1, tzinfo=UTC))
    waiting_branch(people, period)
    assert "SURYA KADIS" in text_of(people.bkpsdm_admin, "skp:cascade_ranking")


PAGES = (
    ("skp:cascade", "appraiser", 14, lambda people: ()),
    ("skp:cascade", "bkpsdm_admin", 13, lambda people: ()),
    ("skp:cascade_ranking", "bkpsdm_admin", 9, lambda people: ()),
    ("skp:cascade_unit", "superior", 17, lambda people: (people.opd.pk,)),
    ("skp:cascade_matrix", "superior", 15, lambda people: (people.division.pk,)),
    ("skp:cascade_blockers", "superior", 12, lambda people: (people.opd.pk,)),
    ("skp:cascade_person", "superior", 13, lambda people: (people.appraiser.employee.pk,)),
    *(
        ("skp:cascade_gaps", "superior", 12, lambda people, gap=gap: (people.opd.pk, gap.value))
        for gap in Gap
    ),
)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "who", "expected", "args"), PAGES)
def test_queries(people, period, number, name, who, expected, args, django_assert_num_queries):
    middle, _staff = waiting_branch(people, period)
    retired = result_ids(middle)[0]
    for one in division(people, number):
        plan = drafted(one, period, result_ids(middle))
        PlannedResult.objects.filter(revision=plan.open_revision, order=2).update(parent=None)
    WorkResult.objects.filter(pk=retired).update(retired_at=JANUARY)
    client = Client()
    client.force_login(getattr(people, who).user)
    address = reverse(name, args=args(people))
    client.get(address)
    with django_assert_num_queries(expected):
        assert client.get(address).status_code == 200
