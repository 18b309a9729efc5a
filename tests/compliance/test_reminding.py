"""Which reminder is due when, quiet hours, and the words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.enums import ReminderKind
from compliance.reminding import (
    Occasion,
    ReminderKey,
    digest_line,
    digest_mail,
    is_quiet,
    reminder_days,
    reminder_due,
    stage_words,
)
from skp.settings import PlanSettings, settings_problems
from skp.states import Stage
from tests.skp.facts import moment

SETTINGS = PlanSettings()
# The last day is 31 January.
DUE = moment("2026-02-01 00:00")
NOW = moment("2026-01-24 08:00")


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-01-23 23:59", None),
        ("2026-01-24 00:00", 7),
        # A day without a timer delays a reminder, the next one takes its place.
        ("2026-01-27 10:00", 7),
        ("2026-01-28 00:00", 3),
        ("2026-01-29 10:00", 3),
        ("2026-01-30 10:00", 1),
        ("2026-01-31 00:00", 0),
        ("2026-01-31 23:59", 0),
        ("2026-02-01 00:00", None),
    ],
)
def test_the_reminder_that_stands_at_a_time(now, days):
    assert reminder_due(DUE, moment(now), SETTINGS) == days


def test_a_deadline_at_noon_has_its_last_day_on_that_day():
    assert reminder_due(moment("2026-01-31 12:00"), moment("2026-01-31 08:00"), SETTINGS) == 0
    assert reminder_due(moment("2026-01-31 12:00"), moment("2026-01-31 12:00"), SETTINGS) is None


def test_the_days_are_those_of_the_period():
    settings = PlanSettings(reminder_first_days=14, reminder_second_days=5, reminder_third_days=2)
    assert reminder_days(settings) == (14, 5, 2, 0)
    assert reminder_due(DUE, moment("2026-01-17 08:00"), settings) == 14
    assert reminder_due(DUE, moment("2026-01-30 08:00"), settings) == 2


@pytest.mark.parametrize(
    ("hour", "first", "end", "quiet"),
    [
        (19, 20, 6, False),
        (20, 20, 6, True),
        (3, 20, 6, True),
        (6, 20, 6, False),
        (12, 12, 13, True),
        (13, 12, 13, False),
        (5, 0, 0, False),
    ],
)
def test_quiet_hours(hour, first, end, quiet):
    settings = PlanSettings(quiet_from_hour=first, quiet_until_hour=end)
    assert is_quiet(moment(f"2026-01-24 {hour:02}:30"), settings) is quiet


def test_reminders_must_come_nearer_to_the_deadline():
    names = [one.name for one in settings_problems(PlanSettings(reminder_second_days=7))]
    assert names == ["reminder_first_days"]
    assert settings_problems(PlanSettings()) == ()


@given(st.integers(0, 40 * 24 * 60))
def test_every_reminder_stands_on_its_own_day_and_they_only_come_nearer(minutes):
    now = DUE - timedelta(minutes=minutes)
    days, later = reminder_due(DUE, now, SETTINGS), reminder_due(DUE, now + timedelta(hours=1), SETTINGS)
    if days is not None and later is not None:
        assert later <= days
    left = (date(2026, 1, 31) - now.astimezone(moment("2026-01-24 00:00").tzinfo).date()).days
    if days is None:
        assert minutes == 0 or left >= 7


def occasion(kind: ReminderKind, names: tuple[str, ...] = (), stage: Stage = Stage.PLANNING, due=DUE):
    key = ReminderKey(1, kind, 1, stage, 0, (due - timedelta(minutes=1)).date(), 7)
    return Occasion(key, stage_words(kind, stage, 0, 2026, 4), due, names)


def test_the_line_names_the_nearest_deadline_first_and_few_people():
    later = occasion(ReminderKind.OWN, stage=Stage.SELF_REPORT, due=moment("2026-02-02 00:00"))
    team = occasion(ReminderKind.TEAM, ("Ani", "Budi", "Citra", "Dedi", "Eka"))
    line = digest_line([later, team, occasion(ReminderKind.OWN)], NOW)
    assert line == (
        "Pengingat: Perencanaan SKP 2026 sampai 31 Januari 2026 pukul 23.59 WIB (7 hari lagi). "
        "Perencanaan SKP 2026 sampai 31 Januari 2026 pukul 23.59 WIB (7 hari lagi), 5 pegawai Anda belum "
        "memenuhinya (Ani, Budi, Citra, dan 2 lainnya). "
        "Pelaporan mandiri SKP 2026 sampai 1 Februari 2026 pukul 23.59 WIB (8 hari lagi)."
    )


def test_the_mail_names_everybody():
    scoring = occasion(ReminderKind.SCORING, ("Ani", "Budi", "Citra", "Dedi"), Stage.ASSESSMENT)
    subject, body = digest_mail("Sari, S.E.", [scoring], moment("2026-01-30 08:00"))
    assert subject == "Pengingat SKP: tenggat besok"
    assert body.startswith(
        "Yth. Sari, S.E.,\n\nPenilaian dan penyampaian hasil SKP 2026 berakhir pada 31 Januari"
    )
    assert "4 laporan menunggu Anda:\n- Ani\n- Budi\n- Citra\n- Dedi\n" in body
