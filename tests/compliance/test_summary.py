"""The Sekda's one page: predicates, last week, the worst ten with their heads, drawings and numbers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments.enums import FourPredicate
from compliance.rules import Counts
from compliance.selectors.stages import chosen_stage, stages_of
from compliance.selectors.summary import summary_of
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from config.lib.dates import office_date
from skp.models import Duty
from tests.compliance.duties import CLOSE, SENT, bare_period, duty
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person, unit

pytestmark = pytest.mark.django_db
WEEK_LATER = CLOSE - timedelta(days=1)
BEFORE = WEEK_LATER - timedelta(days=7)


@pytest.fixture
def period(people: People, monkeypatch):
    """A week ago nobody of Dinas Pertama had fulfilled planning; now three of four have."""
    monkeypatch.setattr(clock, "now", lambda: WEEK_LATER)
    made = bare_period()
    rows = [duty(person, made) for person in (people.superior, people.appraiser, people.acting_member)]
    duty(people.owner, made)
    duty(people.stranger, made)
    duty(people.inspector, made, exempt="CLTN")
    snapshots_take(now=BEFORE)
    Duty.objects.filter(pk__in=[row.pk for row in rows]).update(fulfilled_at=SENT)
    return made


def told(people: People, period):
    stage = chosen_stage(stages_of(period), "planning", WEEK_LATER)
    return summary_of(people.leader.viewer(WEEK_LATER), stage)


def test_the_opd_by_predicate_now_and_then(people: People, period):
    summary = told(people, period)
    assert summary.words == {
        FourPredicate.SATISFACTORY: 0,
        FourPredicate.GOOD: 1,
        FourPredicate.BAD: 0,
        FourPredicate.VERY_BAD: 1,
    }
    assert summary.before[FourPredicate.VERY_BAD] == 2
    assert (summary.total, summary.total_before) == (Counts(5, 3, 0, 0), Counts(5, 0, 0, 0))
    # Sekretariat Daerah: nobody obliged.
    assert summary.without == 1


def test_the_worst_come_first_with_who_leads_them(people: People, period):
    assert [(item.row.name, item.head) for item in told(people, period).worst] == [
        ("Dinas Kedua", "EKO KADIS"),
        ("Dinas Pertama", "SURYA KADIS"),
    ]


def test_ten_at_most_and_an_acting_head_is_named_as_such(people: People, period):
    for number in range(12):
        opd = unit(f"Kecamatan {number:02}", people.root, kind="opd", appraised_by=people.setda)
        post = AssignmentFactory(
            employee=EmployeeFactory(name="PLT CAMAT"), unit=opd, kind="plt", is_head=True, decree="1"
        )
        duty(Person(post), period)
    worst = told(people, period).worst
    assert len(worst) == 10
    assert worst[1].row.name == "Kecamatan 00"
    assert worst[1].head == "Plt. PLT CAMAT"


def test_the_trend_is_the_whole_regency_by_day(people: People, period):
    snapshots_take(now=WEEK_LATER)
    assert [(point.day, point.counts) for point in told(people, period).trend] == [
        (office_date(BEFORE), Counts(5, 0, 0, 0)),
        (office_date(WEEK_LATER), Counts(5, 3, 0, 0)),
    ]


def page(person, status: int = 200) -> str:
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse("compliance:summary") + "?tahap=planning")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_tells_it_with_drawings_and_their_numbers(people: People, period):
    snapshots_take(now=WEEK_LATER)
    text = page(people.leader)
    assert "60,0\N{NO-BREAK SPACE}%" in text
    assert "+60,0 poin persen" in text
    assert text.count('role="img" aria-labelledby') == 2
    assert "Memuaskan 0 OPD, Baik 1 OPD, Buruk 0 OPD, Sangat Buruk 1 OPD." in text
    assert "Dari 0,0\N{NO-BREAK SPACE}% pada" in text
    assert text.count("Lihat angka") == 2
    assert "\N{MINUS SIGN}1 sejak minggu lalu" in text
    assert re.search(r'href="/papan/\?tahun=2026&amp;tahap=planning&amp;predikat=very_bad"', text)
    assert not re.search(r"\sstyle=", text)


def test_without_snapshots_the_page_says_so(people: People, period):
    period.snapshots.all().delete()
    text = page(people.bkpsdm_admin)
    assert "Belum ada potret harian." in text
    assert "belum ada pembanding" in text


@pytest.mark.parametrize("who", ["superior", "opd_admin", "appraiser", "owner"])
def test_others_don_t_know_of_it(people: People, period, who):
    page(getattr(people, who), status=404)


def test_the_tab_is_shown_to_those_who_may_open_it(people: People, period):
    def board(person) -> str:
        client = Client()
        client.force_login(person.user)
        return client.get(reverse("compliance:board")).content.decode()

    assert "/papan/ringkasan/" in board(people.leader)
    assert "/papan/ringkasan/" not in board(people.opd_admin)
