"""Last year's results beside this year's planning: the rows, the change, who opens the page, the file."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.enums import FourPredicate
from compliance.selectors.evaluation import evaluation_of
from compliance.selectors.stages import chosen_stage, stages_of
from config.lib import clock
from skp.models import Duty
from skp.services.periods import period_create
from tests.compliance.duties import duty
from tests.compliance.year_results import two_opds
from tests.people import People
from tests.skp.drafts import period_2026
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
FEBRUARY = datetime(2027, 2, 3, 2, 0, tzinfo=UTC)
SENT = moment("2027-01-20 10:00")
CLOSE = moment("2027-02-01 00:00")


@pytest.fixture
def years(people: People, monkeypatch):
    """Results of 2026; the planning of 2027 has closed: all of Dinas Kedua sent, half of Dinas Pertama."""
    monkeypatch.setattr(clock, "now", lambda: FEBRUARY)
    last = period_2026()
    two_opds(people, last)
    now = period_create(actor=None, year=2027, now=FEBRUARY)
    Duty.objects.all().delete()
    duty(people.owner, now, fulfilled=SENT, agreed=SENT, due=CLOSE)
    duty(people.appraiser, now, due=CLOSE)
    duty(people.stranger, now, fulfilled=SENT, due=CLOSE)
    return last, now


def get(person, name: str, query: str = "", status: int = 200):
    client = Client()
    client.force_login(person.user)
    answer = client.get(reverse(f"compliance:{name}") + query)
    assert answer.status_code == status
    return answer


def test_both_years_and_the_change_between_them(people: People, years):
    last, now = years
    stage = chosen_stage(stages_of(now), "planning", FEBRUARY)
    rows = {row.name: row for row in evaluation_of(people.leader.viewer(FEBRUARY), stage, last)}
    first, second, empty = (rows[name] for name in ("Dinas Pertama", "Dinas Kedua", "Sekretariat Daerah"))
    assert (first.last_word, first.last.tally.mean) == (FourPredicate.GOOD, Decimal("91.67"))
    assert (first.now.predicate, first.now.counts.late, first.agreed) == (FourPredicate.BAD, 1, Decimal(50))
    assert first.change == -1
    assert (second.last_word, second.now.predicate, second.change) == (
        FourPredicate.VERY_BAD,
        FourPredicate.SATISFACTORY,
        3,
    )
    assert (empty.last_word, empty.change, empty.agreed) == (None, None, None)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("leader", 200),
        ("sekda", 200),
        ("bkpsdm_admin", 200),
        ("inspector", 200),
        ("superior", 404),
        ("owner", 404),
    ],
)
def test_the_page_is_for_those_who_oversee_the_regency(people: People, years, who, status):
    get(getattr(people, who), "evaluation", status=status)
    get(getattr(people, who), "evaluation_file", status=status)


def test_the_page_tells_the_sum_and_sorts(people: People, years):
    text = get(people.leader, "evaluation").content.decode()
    assert re.search(r"<strong>1 OPD</strong> naik, <strong>0</strong> tetap, <strong>1</strong> turun", text)
    assert "turun 1" in text
    assert "naik 3" in text
    for column, first in {
        "-perubahan": "Dinas Kedua",
        "-lalu": "Dinas Pertama",
        "-rata": "Dinas Pertama",
        "-persen": "Dinas Kedua",
        "-disepakati": "Dinas Pertama",
        "-telat": "Dinas Pertama",
        "-sementara": "Dinas Kedua",
        "-wajib": "Dinas Pertama",
        "-opd": "Sekretariat Daerah",
    }.items():
        ordered = get(people.leader, "evaluation", f"?urut={column}").content.decode()
        assert re.findall(r'<th scope="row">([^<]+)<', ordered)[0] == first, column


def test_the_workbook_holds_the_same(people: People, years):
    answer = get(people.leader, "evaluation_file")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][1] == "Predikat akhir 2026"
    assert rows[2] == ("Dinas Pertama", "Baik", 91.67, 3, 2, 50, 50, 1, "Buruk", -1)
    assert rows[3] == ("Sekretariat Daerah", None, None, 0, 0, None, None, 0, None, None)


def test_the_first_year_has_none_before_it(people: People, years):
    text = get(people.leader, "evaluation", "?tahun=2026").content.decode()
    assert "Belum ada hasil tahun lalu" in text


def test_without_a_period(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FEBRUARY)
    assert "Belum ada periode." in get(people.leader, "evaluation").content.decode()
    get(people.leader, "evaluation_file", status=404)
