"""Periods changed through their services: what changes, for whom, who is told, who is refused."""

from dataclasses import replace
from datetime import date, time

import pytest

from accounts.models import AuditEvent
from config.lib.dates import due_from_last_minute, office_moment
from config.lib.errors import Conflict, DomainError, NotAllowed
from orgunits.services.preview import effect_apply, effect_digest, effect_preview
from skp.enums import Regime, SkpEvent
from skp.models import Duty, Period, Progress, Revision, SettingsVersion, Skp
from skp.selectors.plans import window_facts
from skp.services.period_settings import settings_change
from skp.services.periods import period_create, period_open
from skp.services.windows import (
    Opening,
    window_add_jpt,
    window_close_now,
    window_open_now,
    window_remove_jpt,
    window_save,
)
from skp.settings import PlanSettings
from skp.states import Audience, Stage
from skp.year import moved_by_years
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, started, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db

FEBRUARY = moment("2026-02-03 09:00")
LATER = Opening(
    office_moment(date(2026, 1, 1), time(0)), due_from_last_minute(date(2026, 2, 10), time(23, 59))
)


@pytest.fixture
def period(people: People) -> Period:
    return period_2026()


@pytest.fixture
def bkpsdm(people: People):
    return people.bkpsdm_admin.viewer(JANUARY)


def window_of(period: Period, audience: Audience = Audience.ALL, stage: Stage = Stage.PLANNING, interval=0):
    return period.windows.get(stage=stage, audience=audience, interval=interval)


def on(period: Period, actor, **window):
    """What every service on a window of the period is given, at the period's present version."""
    period.refresh_from_db()
    return {
        "actor": actor,
        "period_id": period.pk,
        "window_id": window_of(period, **window).pk,
        "version": period.version,
        "now": actor.now,
    }


def change_settings(period: Period, actor, *, reason="Keputusan Bupati 5/2026", regime=None, **values):
    period.refresh_from_db()
    return settings_change(
        actor=actor,
        period_id=period.pk,
        version=period.version,
        settings=replace(period.settings, **values),
        regime=regime or Regime(period.regime),
        reason=reason,
        now=actor.now,
    )


def events(kind: SkpEvent) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind=kind).order_by("pk"))


def test_a_moved_window_moves_the_deadlines_and_is_told_with_before_and_after(people: People, period, bkpsdm):
    drafted(people.owner, period)
    started(people.superior, period)
    effect = window_save(**on(period, bkpsdm), opening=LATER)
    assert window_of(period).closes_at == LATER.closes_at
    # The head plans in the window of the high leaders, which has not moved.
    assert people.superior.employee.pk not in _moved(effect, people)
    (event,) = events(SkpEvent.WINDOW_CHANGED)
    assert "31 Januari 2026 pukul 23.59 WIB" in event.before
    assert "10 Februari 2026 pukul 23.59 WIB" in event.after
    assert (event.target, event.target_label) == (f"period:{period.pk}", "Periode 2026")
    period.refresh_from_db()
    assert (period.version, period.settings_version) == (2, 1)


def _moved(effect, people: People) -> set[int]:
    """With duties stored everybody of the window is moved, else the one who has a plan in it."""
    duties = Duty.objects.filter(stage=Stage.PLANNING, obliged=True, due_at=LATER.closes_at)
    moved = set(duties.values_list("employee", flat=True)) or {people.owner.employee.pk}
    assert effect.moved == len(moved)
    return moved


def test_a_preview_is_the_effect_and_keeps_nothing(people: People, period):
    drafted(people.owner, period)
    submitted(people.other_appraiser, period)
    actor = people.bkpsdm_admin.viewer(FEBRUARY)
    given = on(period, actor)

    def change():
        return window_save(**given, opening=LATER)

    shown = effect_preview(change)
    assert window_of(period).closes_at != LATER.closes_at
    assert events(SkpEvent.WINDOW_CHANGED) == []
    assert shown.opened == 1, "the draft opens again, the sent plan does not become editable"
    assert effect_apply(change, digest=effect_digest(shown)) == shown


def test_a_plan_sent_after_the_preview_makes_it_stale(people: People, period):
    skp = drafted(people.superior, period)
    actor = people.bkpsdm_admin.viewer(JANUARY)
    given = on(period, actor, audience=Audience.JPT)

    def change():
        return window_close_now(**given)

    shown = effect_preview(change)
    assert shown.closed == 1
    Revision.objects.filter(skp=skp).update(state="submitted")
    with pytest.raises(Conflict, match="Data berubah sejak pratinjau"):
        effect_apply(change, digest=effect_digest(shown))
    assert window_of(period, Audience.JPT).closes_at > JANUARY


def test_closing_and_opening_now_keep_every_draft(people: People, period, bkpsdm):
    skp = drafted(people.owner, period)
    before = list(skp.open_revision.results.values_list("text", flat=True))
    effect = window_close_now(**on(period, bkpsdm))
    assert (effect.closed, effect.opened) == (1, 0)
    assert any("tetap tersimpan" in note for note in effect.notes)
    assert list(Skp.objects.get().open_revision.results.values_list("text", flat=True)) == before
    with pytest.raises(DomainError, match="tidak sedang terbuka"):
        window_close_now(**on(period, bkpsdm))
    with pytest.raises(DomainError, match="Tentukan tenggat yang baru"):
        window_open_now(**on(period, bkpsdm))
    opens_at = window_of(period).opens_at
    effect = window_open_now(**on(period, bkpsdm), closes_at=LATER.closes_at)
    assert (effect.closed, effect.opened) == (0, 1)
    assert (window_of(period).opens_at, window_of(period).closes_at) == (opens_at, LATER.closes_at)
    with pytest.raises(DomainError, match="sudah terbuka"):
        window_open_now(**on(period, bkpsdm))


def test_a_stage_to_come_opens_early_with_its_deadline(period, bkpsdm):
    due = window_of(period, stage=Stage.SELF_REPORT).closes_at
    window_open_now(**on(period, bkpsdm, stage=Stage.SELF_REPORT))
    window = window_of(period, stage=Stage.SELF_REPORT)
    assert (window.opens_at, window.closes_at) == (JANUARY, due)


def test_leaders_get_times_of_their_own_and_lose_them(people: People, period, bkpsdm):
    skp = drafted(people.superior, period)
    effect = window_remove_jpt(**on(period, bkpsdm, audience=Audience.JPT))
    assert effect.moved >= 1
    assert not period.windows.filter(stage=Stage.PLANNING, audience=Audience.JPT).exists()
    with pytest.raises(DomainError, match="tidak dapat dihapus"):
        window_remove_jpt(**on(period, bkpsdm))
    early = Opening(LATER.opens_at, due_from_last_minute(date(2026, 1, 7), time(12)))
    effect = window_add_jpt(**on(period, bkpsdm), opening=early)
    assert effect.closed == 1, "the head's own time is over"
    assert window_of(period, Audience.JPT).closes_at == early.closes_at
    with pytest.raises(DomainError, match="sudah memiliki"):
        window_add_jpt(**on(period, bkpsdm), opening=early)
    with pytest.raises(DomainError, match="untuk semua pegawai"):
        window_add_jpt(**on(period, bkpsdm, audience=Audience.JPT), opening=early)
    assert Skp.objects.get(pk=skp.pk).open_revision.results.count() == 2


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("2026-02-01 00:00", "2026-02-01 00:00", "sesudah waktu dibuka"),
        ("2024-12-31 00:00", "2026-02-01 00:00", "harus berada antara"),
        ("2026-01-01 00:00", "2028-01-01 00:01", "harus berada antara"),
        ("2026-01-01 00:00", "2026-02-01 00:00", "tidak berubah"),
    ],
)
def test_impossible_times_are_refused(period, bkpsdm, opens, closes, words):
    with pytest.raises(DomainError, match=words):
        window_save(**on(period, bkpsdm), opening=Opening(moment(opens), moment(closes)))
    period.refresh_from_db()
    assert period.version == 1


def test_a_stale_page_and_others_than_bkpsdm_change_nothing(people: People, period, bkpsdm):
    stale = on(period, bkpsdm)
    window_save(**stale, opening=LATER)
    with pytest.raises(Conflict):
        window_close_now(**stale)
    for person in (people.inspector, people.opd_admin, people.leader, people.owner):
        with pytest.raises(NotAllowed):
            window_close_now(**on(period, person.viewer(JANUARY)))
        with pytest.raises(NotAllowed):
            change_settings(period, person.viewer(JANUARY), return_days=9)
        with pytest.raises(NotAllowed):
            period_open(
                actor=person.viewer(JANUARY), year=2027, regime=Regime.NUMERIC, source_id=None, now=JANUARY
            )
    assert window_of(period).closes_at == LATER.closes_at


def test_settings_are_kept_version_by_version(period, bkpsdm):
    change_settings(period, bkpsdm, return_days=9)
    change_settings(period, bkpsdm, part_time_obliged=False, reason="  Rapat 3 Maret  ")
    period.refresh_from_db()
    assert period.settings == PlanSettings(return_days=9, part_time_obliged=False)
    versions = SettingsVersion.objects.order_by("number")
    assert [(row.number, row.reason) for row in versions] == [
        (1, ""),
        (2, "Keputusan Bupati 5/2026"),
        (3, "Rapat 3 Maret"),
    ]
    assert [PlanSettings.from_text(row.text).return_days for row in versions] == [7, 9, 9]
    first, second = events(SkpEvent.PERIOD_SETTINGS)
    assert ('"Waktu mengirim ulang":7' in first.before, '"Waktu mengirim ulang":9' in first.after) == (
        True,
        True,
    )
    assert "Rapat 3 Maret" in second.after


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"opd_baik_from": 95}, "harus menurun"),
        ({"return_days": 61}, "antara 0 dan 60"),
        ({"monitoring_intervals": 3}, "4 atau 12"),
        ({}, "Tidak ada pengaturan yang berubah"),
        ({"return_days": 9, "reason": "  "}, "alasan"),
    ],
)
def test_settings_that_may_not_stand_are_refused(period, bkpsdm, values, words):
    with pytest.raises(DomainError, match=words):
        change_settings(period, bkpsdm, **values)
    assert SettingsVersion.objects.count() == 1


def test_a_grace_opens_what_has_just_closed_without_moving_a_deadline(people: People, period):
    drafted(people.owner, period)
    actor = people.bkpsdm_admin.viewer(moment("2026-02-01 00:30"))
    effect = change_settings(period, actor, grace_minutes=60)
    assert (effect.opened, effect.moved) == (1, 0)


def test_months_replace_quarters_while_nothing_was_recorded(people: People, period, bkpsdm):
    change_settings(period, bkpsdm, monitoring_intervals=12)
    monitoring = period.windows.filter(stage=Stage.MONITORING)
    assert sorted(monitoring.values_list("interval", flat=True)) == list(range(1, 13))
    change_settings(period, bkpsdm, monitoring_intervals=4)
    assert monitoring.count() == 4
    skp = agreed(people.superior, people.sekda, period)
    indicator = skp.in_force.results.first().indicators.first().indicator
    Progress.objects.create(
        indicator=indicator, interval=1, note="Belum.", entered_at=JANUARY, entered_by=people.superior.user
    )
    with pytest.raises(DomainError, match="kemajuan sudah dicatat"):
        change_settings(period, bkpsdm, monitoring_intervals=12)
    assert monitoring.count() == 4


def test_the_regime_stays_once_a_plan_was_sent(people: People, period, bkpsdm):
    change_settings(period, bkpsdm, regime=Regime.QUADRANT)
    skp = drafted(people.superior, period)
    Revision.objects.filter(skp=skp).update(approach="qualitative")
    with pytest.raises(DomainError, match="tidak memakai pendekatan kuantitatif"):
        change_settings(period, bkpsdm, regime=Regime.NUMERIC)
    Revision.objects.filter(skp=skp).update(approach="quantitative")
    with pytest.raises(DomainError, match="hanya untuk riwayat"):
        change_settings(period, bkpsdm, regime=Regime.PP46)
    change_settings(period, bkpsdm, regime=Regime.NUMERIC)
    submitted(people.owner, period)
    with pytest.raises(DomainError, match="sudah ada rencana yang dikirim"):
        change_settings(period, bkpsdm, regime=Regime.QUADRANT)
    assert Period.objects.get().regime == Regime.NUMERIC


def test_a_copy_has_last_year_s_schedule_a_year_later_and_its_settings(people: People, period, bkpsdm):
    window_save(**on(period, bkpsdm), opening=LATER)
    change_settings(period, bkpsdm, return_days=9)
    change_settings(period, bkpsdm, monitoring_intervals=12)
    made = period_open(actor=bkpsdm, year=2027, regime=Regime.QUADRANT, source_id=period.pk, now=bkpsdm.now)
    assert set(window_facts(made)) == set(moved_by_years(window_facts(period), 1))
    assert made.settings == PlanSettings(return_days=9, monitoring_intervals=12)
    assert (made.regime, made.created_by_id) == (Regime.QUADRANT, people.bkpsdm_admin.user.pk)
    assert SettingsVersion.objects.get(period=made).number == 1
    assert "Salinan Periode 2026" in events(SkpEvent.PERIOD_CREATED)[-1].after


def test_a_period_is_made_once_and_never_with_the_regime_of_history(period, bkpsdm):
    given = {"actor": bkpsdm, "source_id": None, "now": JANUARY}
    with pytest.raises(Conflict, match="sudah ada"):
        period_open(year=2026, regime=Regime.NUMERIC, **given)
    with pytest.raises(DomainError, match="hanya untuk riwayat"):
        period_open(year=2027, regime=Regime.PP46, **given)
    with pytest.raises(DomainError, match="tidak ditemukan"):
        period_open(year=2027, regime=Regime.NUMERIC, **{**given, "source_id": 0})
    with pytest.raises(DomainError, match="antara 2000 dan 2100"):
        period_create(actor=None, year=1999, now=JANUARY)
    assert Period.objects.count() == 1
