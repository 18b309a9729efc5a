"""The lines of a post and of a unit through the years: each change on its day, and what stays is one line."""

from datetime import date

from orgunits.appraisal import Line, Override, UnitHeads, UnitSpan
from orgunits.enums import AssignmentKind
from tests.orgunits.test_appraisal import (
    AWAY,
    BUPATI,
    DIVISION,
    GUEST,
    KABID,
    KADIS,
    KASI,
    OLD,
    OPD,
    OTHER,
    OTHER_KADIS,
    ROOT,
    SECTION,
    SEKDA,
    SETDA,
    STAFF,
    STAFF_POST,
    facts,
    organisation,
    post,
    respan,
)

SINCE = date(2025, 1, 1)
CHANGE = date(2026, 4, 1)
PLH = AssignmentKind.PLH
BY_OVERRIDE = (Override(STAFF, OTHER_KADIS, OLD, None),)


def told(lines: list[Line]) -> list[tuple[date, date | None, int | None, int | None]]:
    return [(line.start, line.until, line.verdict.appraiser, line.verdict.superior) for line in lines]


def test_lines_follow_a_change_of_head() -> None:
    given = facts(
        without=(KASI,),
        heads=(post(KASI, SECTION, until=CHANGE), post(GUEST, SECTION, start=date(2026, 5, 1))),
    )
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, KASI, KABID),
        (CHANGE, date(2026, 5, 1), KABID, KADIS),
        (date(2026, 5, 1), None, GUEST, KABID),
    ]


def test_a_new_name_makes_no_new_line() -> None:
    given = facts(
        units=respan(
            SECTION,
            UnitSpan(SECTION, DIVISION, None, OLD, CHANGE),
            UnitSpan(SECTION, DIVISION, None, CHANGE, None),
        )
    )
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [(SINCE, None, KASI, KABID)]
    [line] = organisation(given).lines(STAFF_POST, SINCE)
    assert (line.assignment, line.employee) == (STAFF_POST.id, STAFF)


def test_new_names_make_no_new_row_of_who_answers() -> None:
    second = date(2026, 6, 1)
    renamed = [
        UnitSpan(DIVISION, OPD, None, start, until)
        for start, until in ((OLD, CHANGE), (CHANGE, second), (second, None))
    ]
    away = post(GUEST, DIVISION, kind=PLH, start=date(2026, 7, 1), until=date(2026, 7, 8))
    found = organisation(facts(units=respan(DIVISION, *renamed), heads=(away,))).unit_heads(DIVISION, SINCE)
    assert [(one.first, one.start, one.until) for one in found] == [
        (KABID, SINCE, away.start),
        (GUEST, away.start, away.until),
        (KABID, away.until, None),
    ]


def test_a_unit_hung_elsewhere_changes_its_head_from_that_day() -> None:
    given = facts(
        units=respan(
            SECTION,
            UnitSpan(SECTION, DIVISION, None, OLD, CHANGE),
            UnitSpan(SECTION, OTHER, None, CHANGE, None),
        )
    )
    assert told(organisation(given).lines(post(KASI, SECTION), SINCE)) == [
        (SINCE, CHANGE, KABID, KADIS),
        (CHANGE, None, OTHER_KADIS, SEKDA),
    ]
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, KASI, KABID),
        (CHANGE, None, KASI, OTHER_KADIS),
    ]


def test_lines_span_the_assignment_and_no_more() -> None:
    asked = post(STAFF, SECTION, head=False, start=date(2026, 2, 1), until=CHANGE)
    assert told(organisation(facts()).lines(asked, SINCE)) == [(date(2026, 2, 1), CHANGE, KASI, KABID)]

    over = post(STAFF, SECTION, head=False, until=SINCE)
    assert organisation(facts()).lines(over, SINCE) == []


def test_a_week_of_plh_is_a_line_of_its_own() -> None:
    given = facts(heads=(post(GUEST, SECTION, kind=PLH, start=AWAY[0], until=AWAY[1]),))
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, AWAY[0], KASI, KABID),
        (*AWAY, GUEST, KABID),
        (AWAY[1], None, KASI, KABID),
    ]


def test_a_head_found_between_vacancies_begins_a_line() -> None:
    given = facts(without=(KASI, KABID), heads=(post(KABID, DIVISION, start=CHANGE),))
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, KADIS, SEKDA),
        (CHANGE, None, KABID, KADIS),
    ]


def test_an_override_holds_to_its_end() -> None:
    given = facts(overrides=(Override(STAFF, OTHER_KADIS, OLD, CHANGE),))
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, OTHER_KADIS, SEKDA),
        (CHANGE, None, KASI, KABID),
    ]


def test_an_override_ends_with_its_appraiser_s_post() -> None:
    leaving = post(OTHER_KADIS, OTHER, until=CHANGE)
    given = facts(without=(OTHER_KADIS,), heads=(leaving,), overrides=BY_OVERRIDE)
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, OTHER_KADIS, SEKDA),
        (CHANGE, None, KASI, KABID),
    ]


def test_the_superior_changes_with_the_place_of_the_unit_acted_for() -> None:
    moved = (UnitSpan(OTHER, ROOT, SETDA, OLD, CHANGE), UnitSpan(OTHER, ROOT, None, CHANGE, None))
    given = facts(units=respan(OTHER, *moved), overrides=BY_OVERRIDE)
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, OTHER_KADIS, SEKDA),
        (CHANGE, None, OTHER_KADIS, BUPATI),
    ]


def test_the_superior_changes_with_the_head_above() -> None:
    given = facts(
        without=(KABID,), heads=(post(KABID, DIVISION, until=CHANGE), post(GUEST, DIVISION, start=CHANGE))
    )
    assert told(organisation(given).lines(STAFF_POST, SINCE)) == [
        (SINCE, CHANGE, KASI, KABID),
        (CHANGE, None, KASI, GUEST),
    ]


def test_who_answers_for_a_unit() -> None:
    heads = organisation(facts(without=(KABID,))).unit_heads(DIVISION, SINCE)

    assert [(h.first, h.second, h.start, h.until) for h in heads] == [(KADIS, SEKDA, SINCE, None)]


def test_each_change_of_who_answers_for_a_unit_is_a_row_and_what_stays_is_one() -> None:
    acting = post(GUEST, DIVISION, kind=PLH, start=AWAY[0], until=AWAY[1])
    # A change below the unit, which says nothing new about who answers for it, in the middle of all.
    below = post(GUEST, SECTION, kind=PLH, start=date(2026, 5, 1), until=date(2026, 5, 8))
    head, chief = post(KABID, DIVISION), post(KADIS, OPD)
    found = organisation(facts(heads=(acting, below))).unit_heads(DIVISION, SINCE)

    assert found == [
        UnitHeads(DIVISION, head.id, KABID, chief.id, KADIS, SINCE, AWAY[0]),
        # For the papers of the one who acts, the holder of the post is the next.
        UnitHeads(DIVISION, acting.id, GUEST, head.id, KABID, *AWAY),
        UnitHeads(DIVISION, head.id, KABID, chief.id, KADIS, AWAY[1], None),
    ]


def test_a_change_two_levels_above_is_a_row_of_its_own() -> None:
    away = post(GUEST, OPD, kind=PLH, start=AWAY[0], until=AWAY[1])
    found = organisation(facts(heads=(away,))).unit_heads(DIVISION, SINCE)

    assert [(one.first, one.second, one.start, one.until) for one in found] == [
        (KABID, KADIS, SINCE, AWAY[0]),
        (KABID, GUEST, *AWAY),
        (KABID, KADIS, AWAY[1], None),
    ]
