"""Which deadline holds and why: windows, late starts and extensions by scope (rules.md §10)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skp.deadlines import DeadlineKind, default_windows, due_at, reference_day, reference_days, window_for
from skp.enums import ExtensionScope, Scheme
from skp.extension_rules import ExtensionFacts, PlanPlace, UnitPlace, UnitTree, reaches, reaching
from skp.permissions import can_do
from skp.settings import PlanSettings
from skp.states import Action, Audience, RevisionState, Stage
from tests.skp.facts import APPRAISER, OWNER, moment, plan, viewer

ROOT, OPD, DIVISION, SECTION, OTHER_OPD, OTHER = 1, 2, 3, 4, 5, 6
FROM, MOVED = date(2020, 1, 1), date(2026, 2, 10)
# The section moves to the other OPD on 10 February.
TREE = UnitTree(
    [
        UnitPlace(ROOT, None, None, FROM, None),
        UnitPlace(OPD, ROOT, OPD, FROM, None),
        UnitPlace(DIVISION, OPD, OPD, FROM, None),
        UnitPlace(SECTION, DIVISION, OPD, FROM, MOVED),
        UnitPlace(SECTION, OTHER, OTHER_OPD, MOVED, None),
        UnitPlace(OTHER_OPD, ROOT, OTHER_OPD, FROM, None),
        UnitPlace(OTHER, OTHER_OPD, OTHER_OPD, FROM, None),
    ]
)
WINDOWS = default_windows(2026)
REFERENCES = reference_days(2026, WINDOWS)
PLACE = PlanPlace(OWNER, SECTION, date(2026, 1, 1), date(2027, 1, 1))


def extension(scope: ExtensionScope, unit_id: int | None = None, **values: object) -> ExtensionFacts:
    given = {
        "extension_id": 1,
        "stage": Stage.PLANNING,
        "interval": 0,
        "scope": scope,
        "unit_id": unit_id,
        "due_at": moment("2026-03-01 00:00"),
        "decree": "800/12/BKPSDM",
        "reason": "Gangguan jaringan",
    }
    return ExtensionFacts(**(given | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scope", "unit", "people", "expected"),
    [
        (ExtensionScope.PERIOD, None, (), True),
        (ExtensionScope.OPD, OPD, (), True),
        (ExtensionScope.OPD, OTHER_OPD, (), False),
        (ExtensionScope.UNIT, SECTION, (), True),
        (ExtensionScope.UNIT, DIVISION, (), True),
        (ExtensionScope.UNIT, OPD, (), True),
        (ExtensionScope.UNIT, ROOT, (), True),
        (ExtensionScope.UNIT, OTHER, (), False),
        (ExtensionScope.PEOPLE, None, (OWNER, 8), True),
        (ExtensionScope.PEOPLE, None, (8,), False),
    ],
)
def test_the_scope_decides_on_the_reference_day(scope, unit, people, expected):
    one = extension(scope, unit, people=frozenset(people))
    assert reaches(one, PLACE, TREE, REFERENCES[Stage.PLANNING, 0]) is expected


def test_the_unit_counts_where_it_hangs_on_each_stage_s_own_day():
    quarter = extension(ExtensionScope.OPD, OTHER_OPD, stage=Stage.MONITORING, interval=1)
    planning = extension(ExtensionScope.OPD, OTHER_OPD)
    assert reaching([planning, quarter], PLACE, TREE, REFERENCES) == (quarter,)


def test_the_reference_day_is_clipped_to_the_plan():
    ended = replace(PLACE, until=date(2026, 2, 1))
    report = extension(ExtensionScope.UNIT, DIVISION, stage=Stage.SELF_REPORT)
    assert reaching([report], ended, TREE, REFERENCES) == (report,)
    assert reaching([report], PLACE, TREE, REFERENCES) == ()


def test_a_circle_of_units_ends():
    circle = UnitTree([UnitPlace(1, 2, None, FROM, None), UnitPlace(2, 1, None, FROM, None)])
    assert circle.with_those_above(1, MOVED) == {1, 2}


def test_reference_days_are_those_of_the_rules():
    expected = {
        (Stage.PLANNING, 0): date(2026, 1, 31),
        (Stage.MONITORING, 1): date(2026, 3, 31),
        (Stage.MONITORING, 2): date(2026, 6, 30),
        (Stage.MONITORING, 3): date(2026, 9, 30),
        (Stage.MONITORING, 4): date(2026, 12, 31),
        (Stage.SELF_REPORT, 0): date(2026, 12, 31),
        (Stage.ASSESSMENT, 0): date(2026, 12, 31),
    }
    assert expected == REFERENCES
    assert reference_day(2026, WINDOWS, Stage.PLANNING) == date(2026, 1, 31)
    monthly = reference_days(2026, default_windows(2026, 12))
    assert monthly[Stage.MONITORING, 2] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("closes", "expected"), [("2027-02-01 00:00", date(2026, 12, 31)), ("2025-12-20 00:00", date(2026, 1, 1))]
)
def test_a_reference_day_lies_inside_the_year(closes, expected):
    planning = replace(WINDOWS[0], closes_at=moment(closes))
    assert reference_days(2026, [planning]) == {(Stage.PLANNING, 0): expected}


def test_a_stage_without_a_window_for_all_has_no_reference_day():
    leaders = [window for window in WINDOWS if window.audience == Audience.JPT]
    assert reference_days(2026, leaders) == {}


LATER = extension(ExtensionScope.PERIOD)
AT_CLOSE = extension(ExtensionScope.PERIOD, due_at=moment("2026-02-01 00:00"))
SOONER = extension(ExtensionScope.PERIOD, due_at=moment("2026-01-20 00:00"))


@pytest.mark.parametrize(
    ("values", "kind", "due", "words"),
    [
        ({}, DeadlineKind.WINDOW, "2026-02-01 00:00", "semua pegawai"),
        ({"scheme": Scheme.JPT}, DeadlineKind.WINDOW, "2026-01-15 00:00", "pimpinan tinggi"),
        ({"start": date(2026, 3, 10)}, DeadlineKind.LATE_START, "2026-04-10 00:00", "10 Maret 2026"),
        ({"extensions": (SOONER,)}, DeadlineKind.WINDOW, "2026-02-01 00:00", "Jadwal"),
        ({"extensions": (SOONER, LATER)}, DeadlineKind.EXTENSION, "2026-03-01 00:00", "800/12/BKPSDM"),
        (
            {"extensions": (LATER,), "start": date(2026, 3, 10)},
            DeadlineKind.LATE_START,
            "2026-04-10 00:00",
            "30 hari",
        ),
        # Of equal ones the first holds: window, late start, extension.
        (
            {"start": date(2026, 1, 2), "settings": PlanSettings(late_start_days=29)},
            DeadlineKind.WINDOW,
            "2026-02-01 00:00",
            "Jadwal",
        ),
        ({"extensions": (AT_CLOSE,)}, DeadlineKind.WINDOW, "2026-02-01 00:00", "Jadwal"),
        (
            {"extensions": (LATER,), "start": date(2026, 1, 29)},
            DeadlineKind.LATE_START,
            "2026-03-01 00:00",
            "29 Januari 2026",
        ),
    ],
)
def test_the_latest_holds_and_says_why(values, kind, due, words):
    found = plan(**values).deadline(Stage.PLANNING)
    assert (found.stage, found.kind, found.due_at) == (Stage.PLANNING, kind, moment(due))
    assert words in found.reason
    assert (found.extension is not None) is (kind == DeadlineKind.EXTENSION)


def test_an_extension_is_of_its_own_stage_and_interval():
    second = extension(
        ExtensionScope.PERIOD, stage=Stage.MONITORING, interval=2, due_at=moment("2026-09-01 00:00")
    )
    facts = plan(extensions=(second,))
    assert facts.due_at(Stage.MONITORING, interval=2) == moment("2026-09-01 00:00")
    assert facts.due_at(Stage.MONITORING, interval=1) == moment("2026-04-15 00:00")
    assert facts.due_at(Stage.PLANNING) == moment("2026-02-01 00:00")
    assert facts.due_at(Stage.MONITORING) is None
    assert facts.in_time(Stage.MONITORING, moment("2026-08-31 23:59"), interval=2)
    assert not facts.in_time(Stage.MONITORING, moment("2026-09-01 00:00"), interval=2)


def test_an_extension_after_the_deadline_reopens_and_reaches_the_decision():
    facts = plan(extensions=(LATER,))
    assert can_do(viewer(OWNER, moment("2026-02-28 23:59")), facts, Action.SUBMIT)
    assert not can_do(viewer(OWNER, moment("2026-03-01 00:00")), facts, Action.SUBMIT)
    waiting = replace(facts, state=RevisionState.SUBMITTED)
    assert can_do(viewer(APPRAISER, moment("2026-03-14 23:59")), waiting, Action.AGREE)
    assert not can_do(viewer(APPRAISER, moment("2026-03-15 00:00")), waiting, Action.AGREE)


moments = st.integers(min_value=-60, max_value=400).map(
    lambda days: moment("2026-01-01 00:00") + timedelta(days=days)
)
some_extensions = st.lists(
    st.builds(
        lambda stage, due: extension(ExtensionScope.PERIOD, stage=stage, due_at=due),
        st.sampled_from([Stage.PLANNING, Stage.SELF_REPORT]),
        moments,
    ),
    max_size=6,
)


@given(
    before=some_extensions,
    more=some_extensions,
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    scheme=st.sampled_from(list(Scheme)),
)
def test_due_at_is_monotone_in_extensions(before, more, start, scheme):
    window = window_for(WINDOWS, Stage.PLANNING, scheme)
    one = due_at(window, skp_start=start, settings=PlanSettings(), extensions=before)
    two = due_at(window, skp_start=start, settings=PlanSettings(), extensions=[*before, *more])
    assert window.closes_at <= one <= two
    assert due_at(window, skp_start=start, settings=PlanSettings(), extensions=before[::-1]) == one
