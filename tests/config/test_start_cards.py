"""Cards of the start page and the places by role."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from config.lib.cards import Card, Section, in_order
from config.navigation import PHONE_PLACES, PLACES, places_for
from config.start import start_for
from orgunits.enums import Role
from orgunits.viewer import Viewer

NOW = datetime(2026, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Someone:
    employee_id: int | None = 1
    has_appraisees: bool = False
    headed_unit_ids: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)


def keys(viewer: Someone) -> list[str]:
    return [place.key for place in places_for(viewer)]


def task(title: str, days: int | None) -> Card:
    due_at = None if days is None else NOW + timedelta(days=days)
    return Card(title, verb="Buka", url="/", due_at=due_at)


def test_tasks_come_by_deadline_and_open_ended_last():
    cards = [task("tanpa", None), task("jauh", 30), task("dekat", 2), task("lewat", -1)]
    assert [card.title for card in in_order(cards, Section.TASK)] == ["lewat", "dekat", "jauh", "tanpa"]


def test_a_task_without_a_verb_and_a_number_without_a_figure_are_refused():
    with pytest.raises(ValueError, match="verb"):
        Card("Isi realisasi", url="/")
    with pytest.raises(ValueError, match="figure"):
        Card("pegawai", section=Section.NUMBER)


def test_the_start_page_asks_every_source_and_sorts_over_all_of_them():
    viewer = Viewer(1, 1, "Siti", NOW, NOW.date())
    running = Card("Impor", section=Section.RUNNING)
    number = Card("wajib", section=Section.NUMBER, figure="12")
    asked = []

    def first(asking, now):
        asked.append((asking, now))
        return [task("dua", 2), running]

    def second(asking, now):
        asked.append((asking, now))
        return [number, task("satu", 1)]

    start = start_for(viewer, NOW, (first, second))
    assert [card.title for card in start.tasks] == ["satu", "dua"]
    assert start.running == (running,)
    assert start.numbers == (number,)
    assert asked == [(viewer, NOW), (viewer, NOW)]


def test_an_employee_has_the_own_plan_and_nothing_else():
    assert keys(Someone()) == ["start", "plan", "results", "calendar", "me"]


def test_an_appraiser_has_the_inbox_right_after_the_start_page():
    assert keys(Someone(has_appraisees=True)) == [
        "start",
        "inbox",
        "plan",
        "results",
        "cascade",
        "calendar",
        "me",
    ]


def test_a_head_oversees_the_own_unit():
    head = Someone(has_appraisees=True, headed_unit_ids=frozenset({7}))
    # The board is among those in the bar of a phone.
    assert "board" in keys(head)[:PHONE_PLACES]
    assert keys(head) == [
        *("start", "inbox", "plan", "board", "results", "cascade", "people", "units"),
        *("deadlines", "calendar", "me"),
    ]


def test_a_leader_reads_and_manages_nothing():
    assert keys(Someone(roles=frozenset({Role.LEADER}))) == [
        "start",
        "plan",
        "board",
        "results",
        "cascade",
        "people",
        "units",
        "deadlines",
        "calendar",
        "me",
    ]


def test_an_inspector_also_reads_the_officers_lists():
    reading = {"corrections", "vacancies", "roles"}
    found = set(keys(Someone(roles=frozenset({Role.INSPECTOR}))))
    assert reading <= found
    assert not {"imports", "periods", "slips", "jobs"} & found


def test_only_bkpsdm_imports_and_opens_periods():
    managing = {"imports", "rhk", "periods"}
    assert managing <= set(keys(Someone(roles=frozenset({Role.BKPSDM_ADMIN}))))
    found = set(keys(Someone(roles=frozenset({Role.OPD_ADMIN}))))
    assert not managing & found
    assert {"corrections", "vacancies", "roles", "slips", "jobs"} <= found


def test_an_operator_who_is_no_employee_has_no_plan():
    assert keys(Someone(employee_id=None)) == ["start", "calendar"]


def test_keys_of_places_are_unique():
    assert len({place.key for place in PLACES}) == len(PLACES)
