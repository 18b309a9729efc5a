"""Blockers, chains and trees from plain values."""

import pytest

from skp.cascade import Cascade, Standing
from skp.enums import Scheme
from skp.states import RevisionState

# Bupati 1 – Sekda 2 – Kadis 3 – Kabid 4 – Kasi 5 – staff 6, 7; staff 8 under the Kabid.
LINES = {1: None, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 5, 8: 4}


def cascade(agreed=(), without=(), outside=(), **changes) -> Cascade:
    people = {}
    for pk, superior in LINES.items():
        has = pk not in without and pk != 1
        people[pk] = Standing(
            employee_id=pk,
            superior_id=superior,
            scheme=Scheme.JPT if pk in (2, 3) else Scheme.JA_JF,
            name=f"ORANG {pk}",
            skp_id=pk * 10 if has else None,
            state=RevisionState.AGREED if pk in agreed else RevisionState.SUBMITTED if has else None,
            agreed=pk in agreed,
            plans=pk != 1,
            inside=pk not in outside,
        )
    return Cascade(people)


def blocker(found: Cascade, pk: int):
    one = found.blocker_of(found.people[pk])
    return one.employee_id if one else None


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        # Nobody agreed: each waits for the next above; jpt waits for nobody.
        ((), {2: None, 3: None, 4: 3, 5: 4, 6: 5, 8: 4}),
        ((3,), {4: None, 5: 4, 6: 5, 8: 4}),
        ((3, 4), {5: None, 6: 5, 8: None}),
        # An agreed plan waits for nobody, whatever stands above.
        ((5,), {5: None, 6: None, 8: 4}),
    ],
)
def test_the_blocker_is_the_nearest_leader_without_an_agreed_plan(agreed, expected):
    found = cascade(agreed)
    assert {pk: blocker(found, pk) for pk in expected} == expected


def test_the_chain_names_every_leader_whose_plan_comes_first():
    found = cascade()
    assert [one.employee_id for one in found.chain_of(found.people[6])] == [5, 4, 3]
    found = cascade(agreed=(4,))
    assert [one.employee_id for one in found.chain_of(found.people[6])] == [5]


def test_blockers_count_plans_directly_and_in_all_below():
    counted = {one.leader.employee_id: (one.direct, one.behind) for one in cascade().blockers()}
    assert counted == {3: (1, 5), 4: (2, 4), 5: (2, 2)}
    assert [one.leader.employee_id for one in cascade().blockers()] == [3, 4, 5]


def test_who_has_no_plan_is_not_counted_but_holds_up_those_below():
    counted = {one.leader.employee_id: (one.direct, one.behind) for one in cascade(without=(5, 7)).blockers()}
    assert counted == {3: (1, 3), 4: (1, 2), 5: (1, 1)}


def test_a_plan_of_the_head_of_state_is_never_waited_for():
    people = dict(cascade().people)
    people[9] = Standing(employee_id=9, superior_id=1, scheme=Scheme.JA_JF, skp_id=90)
    assert blocker(Cascade(people), 9) is None


def test_a_ring_of_overrides_ends():
    people = {
        pk: Standing(employee_id=pk, superior_id=above, scheme=Scheme.JA_JF, skp_id=pk)
        for pk, above in {1: 2, 2: 3, 3: 1}.items()
    }
    ring = Cascade(people)
    assert len(ring.chain_of(people[1])) == 3
    assert ring.roots() == []
    assert {one.behind for one in ring.blockers()} == {3}


def test_held_by_lists_those_who_wait_directly():
    assert [one.employee_id for one in cascade().held_by(4)] == [5, 8]
    assert cascade(agreed=(4,)).held_by(4) == []


def test_the_tree_goes_from_the_head_down_and_counts_what_it_leaves_out():
    found = cascade(outside=(1, 2))
    assert [one.employee_id for one in found.roots()] == [3]
    top = found.tree(found.people[3], limit=20)
    division = top.children[0]
    assert (top.below, division.below) == (5, 4)
    assert [one.standing.employee_id for one in division.children] == [5, 8]
    assert division.blocked
    assert not top.blocked
    short = found.tree(found.people[3], limit=3)
    assert (short.children[0].children, short.children[0].more) == ([], 2)


def test_a_page_of_the_head_s_own_people():
    found = cascade()
    first = found.tree(found.people[4], limit=1)
    assert ([one.standing.employee_id for one in first.children], first.more) == ([5], 1)
    second = found.tree(found.people[4], limit=1, first=1)
    assert [one.standing.employee_id for one in second.children] == [8]
