"""The achievement of a unit: who sets it, who reads it, when it stays."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.enums import OrgPerformance
from assessments.models import OrgAchievement
from assessments.selectors.achievements import achievements_visible_to, led_rows
from assessments.services.achievements import AchievementEntry, achievement_set, achievements_set
from config.lib import clock
from config.lib.errors import Conflict, DomainError, NotAllowed
from skp.enums import Regime
from skp.models import Period
from tests.assessments.reports import delivered, reported, scored
from tests.people import People, Person
from tests.skp.drafts import SCORING, agreed, period_2026, result_ids

pytestmark = pytest.mark.django_db
GOOD, OUTSTANDING = OrgPerformance.GOOD, OrgPerformance.OUTSTANDING


@pytest.fixture
def period(people: People, monkeypatch) -> Period:
    made = period_2026()
    Period.objects.update(regime=Regime.QUADRANT)
    made.refresh_from_db()
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    return made


def entry(unit, performance=GOOD, *, version=0, note="") -> AchievementEntry:
    return AchievementEntry(unit.pk, performance, note, version)


def put(period: Period, by: Person, given: AchievementEntry) -> bool:
    return achievement_set(actor=by.viewer(SCORING), period_id=period.pk, entry=given, now=SCORING)


def test_the_leader_one_level_up_sets_and_changes_it(people: People, period):
    put(period, people.superior, entry(people.division, note=" Rapat 8 Januari "))
    made = OrgAchievement.objects.get()
    assert (made.performance, made.note, made.version) == ("good", "Rapat 8 Januari", 1)
    assert (made.set_by_id, made.set_as, made.set_at) == (people.superior.user.pk, "SURYA KADIS", SCORING)
    put(period, people.superior, entry(people.division, OUTSTANDING, version=1))
    made.refresh_from_db()
    assert (made.performance, made.version) == ("outstanding", 2)
    event = AuditEvent.objects.filter(kind="achievement.set").latest("pk")
    assert ("Baik" in event.before, "Istimewa" in event.after) == (True, True)
    assert event.target_label == "Bidang Satu, Periode 2026"


@pytest.mark.parametrize("who", ["leader", "sekda", "appraiser", "owner", "bkpsdm_admin", "other_superior"])
def test_nobody_else_sets_it(people: People, period, who):
    with pytest.raises(NotAllowed, match="satu tingkat di atas"):
        put(period, getattr(people, who), entry(people.division))
    assert not OrgAchievement.objects.exists()


def test_a_stale_page_changes_nothing(people: People, period):
    put(period, people.superior, entry(people.division))
    for version in (0, 2):
        with pytest.raises(Conflict):
            put(period, people.superior, entry(people.division, OUTSTANDING, version=version))
    assert OrgAchievement.objects.get().performance == "good"


def test_it_stays_once_the_head_has_the_result(people: People, period):
    top = agreed(people.superior, people.sekda, period)
    skp = agreed(people.appraiser, people.superior, period, result_ids(top))
    assessment = reported(people, skp, people.appraiser)
    put(period, people.superior, entry(people.division))
    scored(people, assessment, people.superior, behaviour={}, behaviour_rating="above")
    # Changed while the head is scored: the head is scored again before the delivery.
    assert put(period, people.superior, entry(people.division, OUTSTANDING, version=1))
    with pytest.raises(DomainError, match="Nilai lagi"):
        delivered(people, assessment, people.superior)
    again = scored(people, assessment, people.superior, behaviour={}, behaviour_rating="above")
    delivered(people, assessment, people.superior)
    assert again.national == "very_good"
    # Another unit's change does not wait for this head.
    second, first = achievements_set(
        actor=people.superior.viewer(SCORING),
        period_id=period.pk,
        entries=[entry(people.division, version=2), entry(people.vacant_division)],
        now=SCORING,
    )
    assert (second.done, first.done) == (False, True)
    assert "sudah disampaikan" in second.text
    assert OrgAchievement.objects.get(unit=people.division).performance == "outstanding"
    locked = {row.unit.unit_id: bool(row.locked) for row in led_rows(people.superior.viewer(SCORING), period)}
    assert locked == {people.division.pk: True, people.vacant_division.pk: False}
    client = Client()
    client.force_login(people.superior.user)
    page = " ".join(client.get(reverse("assessments:achievements")).content.decode().split())
    # What can't be changed is text, with its reason; beside it the other unit keeps its fields.
    assert f'name="unit-{people.division.pk}-performance"' not in page
    assert f'name="unit-{people.vacant_division.pk}-performance"' in page
    row = page[page.index("Bidang Satu") :]
    assert "Istimewa" in row[: row.index("Terkunci: hasil pimpinannya sudah disampaikan.")]
    assert "setelah BKPSDM membuka kunci hasil pimpinannya." in page
    data = {f"unit-{unit.pk}-version": "1" for unit in (people.division, people.vacant_division)}
    data |= {f"unit-{people.vacant_division.pk}-performance": "good", f"unit-{people.division.pk}-note": "x"}
    client.post(reverse("assessments:achievements"), data)
    assert OrgAchievement.objects.get(unit=people.division).note == ""


def test_who_reads_it(people: People, period):
    put(period, people.superior, entry(people.division))
    readers = {
        name: achievements_visible_to(getattr(people, name).viewer(SCORING), ()).count()
        for name in ("appraiser", "superior", "leader", "sekda", "inspector", "bkpsdm_admin", "opd_admin")
    }
    assert set(readers.values()) == {1}
    for name in ("owner", "section_head", "other_superior", "other_admin", "stranger", "acting_head"):
        assert not achievements_visible_to(getattr(people, name).viewer(SCORING), ()).exists()


def test_the_page_sets_several_in_one_form(people: People, period):
    client = Client()
    client.force_login(people.superior.user)
    address = reverse("assessments:achievements")
    page = client.get(address).content.decode()
    assert ("Bidang Dua" in page, "Tanpa pimpinan definitif" in page, "Dinas Kedua" in page) == (
        True,
        True,
        False,
    )
    satu, dua = f"unit-{people.division.pk}", f"unit-{people.vacant_division.pk}"
    data = {f"{satu}-version": 0, f"{dua}-version": 0, f"{satu}-performance": "good"}
    wrong = client.post(address, data | {f"{dua}-note": "Rapat"})
    assert (wrong.status_code, "Bidang Dua: Pilih capaiannya" in wrong.content.decode()) == (422, True)
    assert not OrgAchievement.objects.exists()
    done = client.post(address, data, follow=True).content.decode()
    assert "Capaian 1 unit kerja tersimpan." in done
    assert OrgAchievement.objects.get().unit == people.division
    head = Client()
    head.force_login(people.appraiser.user)
    read = head.get(address).content.decode()
    assert ("Capaian yang sudah ditetapkan" in read, "Bidang Satu" in read) == (True, True)


@pytest.mark.parametrize(("who", "queries"), [("superior", 18), ("bkpsdm_admin", 16)])
def test_queries(people: People, period, django_assert_num_queries, who, queries):
    for unit in (people.division, people.vacant_division):
        put(period, people.superior, entry(unit))
    client = Client()
    client.force_login(getattr(people, who).user)
    address = reverse("assessments:achievements")
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
