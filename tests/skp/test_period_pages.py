"""Pages of periods and the calendar: what they show, what they refuse, how many queries they ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from skp.enums import Regime
from skp.models import Duty, Period, SettingsVersion
from skp.selectors.periods import start_cards
from skp.services.period_settings import settings_change
from skp.services.periods import period_create
from skp.settings import PlanSettings
from skp.states import Stage
from tests.people import People, Person
from tests.skp.drafts import JANUARY, drafted, period_2026
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
NEW = {"year": "2027", "regime": "numeric", "source": ""}


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_clock(JANUARY)
    return set_clock


@pytest.fixture
def period(people: People) -> Period:
    return period_2026()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def window_page(period: Period, name: str, audience: str = "all") -> str:
    window = period.windows.get(stage=Stage.PLANNING, audience=audience)
    return reverse(name, args=[period.year, window.pk])


def confirmed(client: Client, address: str, data: dict[str, object]):
    """Post the form, then what its preview holds."""
    shown = client.post(address, data)
    assert shown.status_code == 200, text_of(shown)
    return shown, {**data, "digest": shown.context["digest"], "confirm": "1"}


def test_periods_are_made_once_by_bkpsdm(people: People):
    client = client_of(people.bkpsdm_admin)
    address = reverse("skp:periods")
    assert "Belum ada periode." in text_of(client.get(address))
    assert "Periode 2027 sudah dibuat" in text_of(client.post(address, NEW, follow=True))
    again = client.post(address, NEW)
    assert (again.status_code, "sudah ada" in text_of(again)) == (409, True)
    for year in ("", "1999", "2101", "x"):
        assert client.post(address, {**NEW, "year": year}).status_code == 422
    assert client.post(address, {**NEW, "year": "2028", "regime": "pp46"}).status_code == 422
    for person in (people.opd_admin, people.inspector):
        assert client_of(person).post(address, {**NEW, "year": "2028"}).status_code == 403
    assert list(Period.objects.values_list("year", flat=True)) == [2027]
    copied = {"year": "2028", "regime": "quadrant", "source": str(Period.objects.get().pk)}
    assert client.post(address, copied).status_code == 302
    assert Period.objects.get(year=2028).regime == Regime.QUADRANT


def test_a_window_is_moved_through_its_preview(people: People, period: Period):
    drafted(people.owner, period)
    client = client_of(people.bkpsdm_admin)
    address = window_page(period, "skp:window")
    form = text_of(client.get(address))
    assert ('value="2026-01-31"' in form, 'value="23:59"' in form) == (True, True)
    data = {
        "version": "1",
        "opens_day": "2026-01-01",
        "opens_clock": "00:00",
        "last_day": "10-02-2026",
        "last_clock": "16.00",
    }
    shown, sent = confirmed(client, address, data)
    page = text_of(shown)
    assert "10 Februari 2026 pukul 16.00 WIB" in page
    assert "berganti pejabat penilai" not in page
    assert client.post(address, sent).status_code == 302
    window = period.windows.get(stage=Stage.PLANNING, audience="all")
    assert window.closes_at == moment("2026-02-10 16:01")
    assert "10 Februari 2026 pukul 16.00 WIB" in text_of(
        client.get(reverse("skp:period_history", args=[2026]))
    )
    stale = client.post(address, sent)
    assert (stale.status_code, "Belum ada yang disimpan" in text_of(stale)) == (409, True)
    assert client.post(address, {**data, "version": "2", "last_day": "x"}).status_code == 422


def test_closing_tells_that_drafts_stay(people: People, period: Period):
    drafted(people.owner, period)
    client = client_of(people.bkpsdm_admin)
    address = window_page(period, "skp:window_close")
    shown, sent = confirmed(client, address, {"version": "1"})
    assert "1 SKP menjadi tertutup; isinya tetap tersimpan." in text_of(shown)
    assert "tetap tersimpan" in text_of(client.post(address, sent, follow=True))
    reopen = window_page(period, "skp:window_open")
    assert "Hari terakhir yang baru" in text_of(client.get(reopen))
    shown, sent = confirmed(client, reopen, {"version": "2", "last_day": "2026-02-05", "last_clock": "23:59"})
    assert "1 SKP menjadi terbuka." in text_of(shown)
    assert client.post(reopen, sent).status_code == 302


def test_settings_are_listed_with_their_basis_and_changed_with_a_reason(people: People, period: Period):
    client = client_of(people.bkpsdm_admin)
    listed = reverse("skp:period_settings", args=[2026])
    page = text_of(client.get(listed))
    assert ("ketentuan kabupaten" in page, "praktik" in page, "Diubah" in page) == (True, True, False)
    address = reverse("skp:period_settings_edit", args=[2026])
    fields = {"version": "1", "regime": "numeric", "reason": "Rapat 5 Januari", "part_time_obliged": "on"}
    defaults = PlanSettings()
    for name in PlanSettings.__dataclass_fields__:
        value = getattr(defaults, name)
        if not isinstance(value, bool):
            fields[name] = str(value)
    bad = client.post(address, {**fields, "opd_baik_from": "95"})
    assert (bad.status_code, "harus menurun" in text_of(bad)) == (422, True)
    assert client.post(address, {**fields, "reason": ""}).status_code == 422
    shown, sent = confirmed(client, address, {**fields, "return_days": "9"})
    assert "Waktu mengirim ulang: 7 menjadi 9." in text_of(shown)
    assert client.post(address, sent).status_code == 302
    assert Period.objects.get().settings == PlanSettings(return_days=9)
    page = text_of(client.get(listed))
    assert ("9 hari" in page, "Diubah" in page) == (True, True)
    assert "Rapat 5 Januari" in text_of(client.get(reverse("skp:period_history", args=[2026])))
    reader = text_of(client_of(people.inspector).get(listed))
    assert ("9 hari" in reader, "Ubah pengaturan" in reader) == (True, False)


def test_the_rules_of_scoring_are_shown_to_all_who_are_scored(people: People):
    page = text_of(client_of(people.owner).get(reverse("assessments:scoring_settings")))
    assert "Poin kategori capaian indikator" in page
    assert "Sangat Baik 16 · Baik 13 · Cukup 8" in page


def test_another_year_cannot_be_missed(people: People, period: Period):
    period_create(actor=None, year=2025, now=JANUARY)
    client = client_of(people.bkpsdm_admin)
    for name in ("skp:period", "skp:period_settings", "skp:period_history"):
        assert "Anda melihat tahun 2025" in text_of(client.get(reverse(name, args=[2025])))
        assert "Anda melihat tahun" not in text_of(client.get(reverse(name, args=[2026])))
    assert "Anda melihat tahun 2025" in text_of(client.get(reverse("skp:calendar") + "?tahun=2025"))
    assert client.get(reverse("skp:period", args=[2024])).status_code == 404


def test_the_calendar_is_that_of_the_viewer_s_own_scheme(people: People, period: Period):
    owner = text_of(client_of(people.owner).get(reverse("skp:calendar")))
    head = text_of(client_of(people.superior).get(reverse("skp:calendar")))
    assert "31 Januari 2026 pukul 23.59 WIB" in owner
    assert "14 Januari 2026 pukul 23.59 WIB" in head
    assert "14 Januari 2026 pukul 23.59 WIB" not in owner
    assert "jadwal pimpinan tinggi" in head
    assert "Berikutnya: <strong>Pemantauan triwulan 2</strong>" in owner
    assert "Jadwal dan pengaturan" not in owner
    assert "Jadwal dan pengaturan" in text_of(client_of(people.inspector).get(reverse("skp:calendar")))


def test_the_calendar_tells_the_own_deadline_and_what_is_done(people: People, period: Period):
    window = period.windows.get(stage=Stage.PLANNING, audience="all")
    Duty.objects.update_or_create(
        period=period,
        stage=Stage.PLANNING,
        interval=0,
        employee=people.owner.employee,
        defaults={"obliged": True, "due_at": window.closes_at + timedelta(days=5)},
    )
    client = client_of(people.owner)
    page = text_of(client.get(reverse("skp:calendar")))
    assert "5 Februari 2026 pukul 23.59 WIB" in page
    assert "Tenggat Anda lebih lambat daripada jadwal umum" in page
    Duty.objects.filter(employee=people.owner.employee, stage=Stage.PLANNING).update(fulfilled_at=JANUARY)
    assert "Anda selesaikan 8 Januari 2026" in text_of(client.get(reverse("skp:calendar")))
    other = text_of(client_of(people.stranger).get(reverse("skp:calendar")))
    assert "lebih lambat" not in other


def test_without_a_period_the_calendar_says_who_can_act(people: People):
    assert "setelah BKPSDM membuat periode" in text_of(client_of(people.owner).get(reverse("skp:calendar")))


@pytest.mark.parametrize(
    ("now", "titles"),
    [
        ("2026-11-30 09:00", ["Pelaporan mandiri 2026 dibuka 15 jam lagi"]),
        ("2026-12-05 09:00", ["Buat periode 2027"]),
        ("2026-01-10 09:00", ["Perencanaan 2026 untuk pimpinan tinggi segera ditutup"]),
        ("2026-06-01 09:00", []),
    ],
)
def test_bkpsdm_is_told_of_a_missing_period_and_of_the_week_ahead(people: People, period, now, titles):
    at_now = moment(now)
    cards = start_cards(people.bkpsdm_admin.viewer(at_now), at_now)
    assert [card.title for card in cards] == titles
    assert start_cards(people.owner.viewer(at_now), at_now) == []


def history(people: People, period: Period, number: int) -> None:
    """Changes of the settings, one more for each."""
    for turn in range(number):
        period.refresh_from_db()
        settings_change(
            actor=people.bkpsdm_admin.viewer(JANUARY),
            period_id=period.pk,
            version=period.version,
            settings=PlanSettings(return_days=10 + turn),
            regime=Regime.NUMERIC,
            reason="Rapat",
            now=JANUARY,
        )


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [
        ("skp:periods", "bkpsdm_admin", 8),
        ("skp:period", "bkpsdm_admin", 8),
        ("skp:period_settings", "bkpsdm_admin", 8),
        ("skp:period_history", "bkpsdm_admin", 10),
        ("skp:calendar", "owner", 12),
        ("skp:calendar", "superior", 13),
    ],
)
def test_queries(people: People, django_assert_num_queries, name, who, queries, number):
    period = period_2026()
    for year in range(2025, 2026 - number, -1):
        period_create(actor=None, year=year, now=JANUARY)
    history(people, period, number)
    assert SettingsVersion.objects.filter(period=period).count() == number + 1
    client = client_of(getattr(people, who))
    address = reverse(name) if name in ("skp:periods", "skp:calendar") else reverse(name, args=[2026])
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
