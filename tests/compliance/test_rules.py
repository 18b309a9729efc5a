"""The interim predicate, the change and the stage that matters: pure answers."""

from decimal import Decimal

import pytest

from assessments.enums import FourPredicate
from compliance.rules import (
    Counts,
    board_windows,
    change_in_points,
    opd_predicate,
    present_window,
    stage_label,
)
from skp.deadlines import default_windows
from skp.settings import PlanSettings
from skp.states import Stage
from tests.skp.facts import moment

WORDS = {
    "M": FourPredicate.SATISFACTORY,
    "B": FourPredicate.GOOD,
    "b": FourPredicate.BAD,
    "S": FourPredicate.VERY_BAD,
}


@pytest.mark.parametrize(
    ("fulfilled", "obliged", "word"),
    [
        (90, 100, "M"),
        (89, 100, "B"),
        # 89.99… and 74.99…: rounding would lift both.
        (8999, 10000, "B"),
        (7499, 10000, "b"),
        (75, 100, "B"),
        (50, 100, "b"),
        (4999, 10000, "S"),
        (0, 1, "S"),
        (1, 1, "M"),
        (126, 140, "M"),
        (125, 140, "B"),
    ],
)
def test_the_predicate_follows_the_unrounded_share(fulfilled, obliged, word):
    assert opd_predicate(Counts(obliged, fulfilled), PlanSettings()) == WORDS[word]


def test_nobody_obliged_gives_no_predicate_and_no_share():
    assert opd_predicate(Counts(), PlanSettings()) is None
    assert Counts().percent is None


def test_the_thresholds_are_settings():
    strict = PlanSettings(opd_memuaskan_from=100, opd_baik_from=99, opd_buruk_from=98)
    assert opd_predicate(Counts(100, 99), strict) == FourPredicate.GOOD
    assert opd_predicate(Counts(100, 97), strict) == FourPredicate.VERY_BAD


def test_counts_add_up():
    total = Counts(10, 5, 3, 2) + Counts(1, 1, 1, 0)
    assert total == Counts(11, 6, 4, 2)
    assert total.unfulfilled == 5
    assert Counts(3, 1).percent == Decimal(100) / 3


def test_the_change_is_in_points_and_needs_two_shares():
    assert change_in_points(Counts(200, 100), Counts(100, 40)) == Decimal(10)
    assert change_in_points(Counts(200, 100), None) is None
    assert change_in_points(Counts(200, 100), Counts()) is None
    assert change_in_points(Counts(), Counts(1, 1)) is None


@pytest.mark.parametrize(
    ("at", "stage", "interval"),
    [
        ("2025-11-01 09:00", Stage.PLANNING, 0),
        ("2026-01-31 23:59", Stage.PLANNING, 0),
        ("2026-02-01 00:00", Stage.MONITORING, 1),
        ("2026-04-14 23:59", Stage.MONITORING, 1),
        ("2026-04-15 00:00", Stage.MONITORING, 2),
        ("2026-12-05 09:00", Stage.SELF_REPORT, 0),
        ("2027-01-12 09:00", Stage.MONITORING, 4),
        ("2027-01-20 09:00", Stage.ASSESSMENT, 0),
        ("2028-01-01 09:00", Stage.ASSESSMENT, 0),
    ],
)
def test_the_stage_that_matters_is_the_open_one_that_closes_first(at, stage, interval):
    window = present_window(default_windows(2026), moment(at))
    assert (window.stage, window.interval) == (stage, interval)


def test_without_windows_no_stage_matters():
    assert present_window((), moment("2026-01-01 00:00")) is None


def test_the_board_knows_one_window_for_each_stage():
    found = [(window.stage.value, window.interval) for window in board_windows(default_windows(2026))]
    assert found == [
        ("planning", 0),
        ("monitoring", 1),
        ("monitoring", 2),
        ("monitoring", 3),
        ("self_report", 0),
        ("monitoring", 4),
        ("assessment", 0),
    ]


def test_intervals_are_named_by_quarter_or_month():
    second = next(window for window in default_windows(2026) if window.interval == 2)
    assert stage_label(second.stage, second.interval, 4) == "Pemantauan triwulan 2"
    assert stage_label(second.stage, second.interval, 12) == "Pemantauan bulan 2"
    assert stage_label(Stage.PLANNING, 0, 4) == "Perencanaan"
