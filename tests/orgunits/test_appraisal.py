"""Every case of rules.md §9 as a table: facts, a person, a day, and who must come out."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from orgunits.appraisal import Barred, Organisation, Override, Post, UnitSpan
from orgunits.enums import ActsAs, AssignmentKind, NoAppraiser
from tests.orgunits.naive import Facts, naive_verdict

OLD = date(2019, 1, 1)
DAY = date(2026, 3, 2)
DEF, PLT, PLH = AssignmentKind.DEFINITIVE, AssignmentKind.PLT, AssignmentKind.PLH

ROOT, SETDA, OPD, DIVISION, SECTION, OTHER = 1, 2, 10, 11, 12, 20
BUPATI, SEKDA, KADIS, KABID, KASI, STAFF, OTHER_KADIS, GUEST = 101, 102, 110, 111, 112, 113, 120, 130

UNITS = (
    UnitSpan(ROOT, None, None, OLD, None),
    UnitSpan(SETDA, ROOT, None, OLD, None),
    UnitSpan(OPD, ROOT, SETDA, OLD, None),
    UnitSpan(DIVISION, OPD, None, OLD, None),
    UnitSpan(SECTION, DIVISION, None, OLD, None),
    UnitSpan(OTHER, ROOT, SETDA, OLD, None),
)


def post(
    employee: int,
    unit: int,
    *,
    kind: AssignmentKind = DEF,
    head: bool = True,
    start: date = OLD,
    until: date | None = None,
) -> Post:
    # One number for each post: the person, the unit and the kind tell them apart.
    number = employee * 1000 + unit * 10 + list(AssignmentKind).index(kind)
    return Post(number, employee, unit, kind, head, start, until)


HEADS = (
    post(BUPATI, ROOT),
    post(SEKDA, SETDA),
    post(KADIS, OPD),
    post(KABID, DIVISION),
    post(KASI, SECTION),
    post(OTHER_KADIS, OTHER),
)
STAFF_POST = post(STAFF, SECTION, head=False)
AWAY = (DAY, DAY + timedelta(days=7))


def facts(
    *,
    without: tuple[int, ...] = (),
    heads: tuple[Post, ...] = (),
    members: tuple[Post, ...] = (),
    units: tuple[UnitSpan, ...] | None = None,
    barred: tuple[Barred, ...] = (),
    overrides: tuple[Override, ...] = (),
) -> Facts:
    """The regency above without the heads named, with more of whatever is given."""
    kept = tuple(head for head in HEADS if head.employee not in without)
    return Facts(
        UNITS if units is None else units, (*kept, *heads), (*members, STAFF_POST), barred, overrides
    )


def organisation(given: Facts) -> Organisation:
    definitive = tuple(p for p in given.posts if p.kind == DEF)
    return Organisation(
        units=given.units,
        heads=[p for p in given.posts if p.is_head],
        barred=given.barred,
        overrides=given.overrides,
        appraisers=definitive,
    )


@dataclass(frozen=True)
class Expected:
    appraiser: int | None
    acts_as: str = ActsAs.DEFINITIVE
    superior: int | None = None
    superior_as: str = ActsAs.DEFINITIVE
    reason: str = NoAppraiser.NONE


def nobody(reason: NoAppraiser) -> Expected:
    return Expected(None, "", None, "", reason)


def respan(unit: int, *spans: UnitSpan) -> tuple[UnitSpan, ...]:
    return (*(span for span in UNITS if span.unit != unit), *spans)


PLT_KADIS_HEADS_DIVISION = post(KADIS, DIVISION, kind=PLT)
SELF_ACTING = post(STAFF, SECTION, kind=PLT)
PLH_MEMBER = post(STAFF, SECTION, kind=PLH, start=AWAY[0], until=AWAY[1])
GUEST_POST = post(GUEST, OTHER, head=False)

CASES = {
    "member of a section": (facts(), STAFF_POST, Expected(KASI, superior=KABID)),
    "head of a section": (facts(), post(KASI, SECTION), Expected(KABID, superior=KADIS)),
    "head of a division": (facts(), post(KABID, DIVISION), Expected(KADIS, superior=SEKDA)),
    "head of an OPD: appraised by Setda": (facts(), post(KADIS, OPD), Expected(SEKDA, superior=BUPATI)),
    "Sekda: the Bupati, who is the superior too": (
        facts(),
        post(SEKDA, SETDA),
        Expected(BUPATI, superior=BUPATI),
    ),
    "Bupati: top": (facts(), post(BUPATI, ROOT), nobody(NoAppraiser.TOP)),
    "Sekda without a Bupati is listed": (
        facts(without=(BUPATI,)),
        post(SEKDA, SETDA),
        nobody(NoAppraiser.CHAIN_VACANT),
    ),
    "head of an OPD without a Bupati": (
        facts(without=(BUPATI,)),
        post(KADIS, OPD),
        Expected(SEKDA, superior=None, superior_as=""),
    ),
    "vacant Setda: the walk goes on to the Bupati": (
        facts(without=(SEKDA,)),
        post(KADIS, OPD),
        Expected(BUPATI, superior=BUPATI),
    ),
    "appraised-by removed: the parent": (
        facts(units=respan(OPD, UnitSpan(OPD, ROOT, None, OLD, None))),
        post(KADIS, OPD),
        Expected(BUPATI, superior=BUPATI),
    ),
    "vacant section": (facts(without=(KASI,)), STAFF_POST, Expected(KABID, superior=KADIS)),
    "vacant section and division": (
        facts(without=(KASI, KABID)),
        STAFF_POST,
        Expected(KADIS, superior=SEKDA),
    ),
    "whole chain vacant": (
        facts(without=(KASI, KABID, KADIS, SEKDA, BUPATI)),
        STAFF_POST,
        nobody(NoAppraiser.CHAIN_VACANT),
    ),
    "vacant above the head: the superior is further up": (
        facts(without=(KABID,)),
        STAFF_POST,
        Expected(KASI, superior=KADIS),
    ),
    "self as acting head": (
        facts(without=(KASI,), heads=(SELF_ACTING,)),
        STAFF_POST,
        Expected(KABID, superior=KADIS),
    ),
    "Plh himself: the holder appraises": (
        facts(heads=(PLH_MEMBER,)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "Plh himself beside a Plt: the Plt appraises": (
        facts(without=(KASI,), heads=(PLH_MEMBER, post(GUEST, SECTION, kind=PLT))),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLT, KABID),
    ),
    "Plt in a vacant section": (
        facts(without=(KASI,), heads=(post(GUEST, SECTION, kind=PLT),)),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLT, KABID),
    ),
    "Plt over the definitive holder": (
        facts(heads=(post(GUEST, SECTION, kind=PLT),)),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLT, KABID),
    ),
    "Plh over Plt": (
        facts(without=(KASI,), heads=(post(GUEST, SECTION, kind=PLT), post(KADIS, SECTION, kind=PLH))),
        STAFF_POST,
        Expected(KADIS, ActsAs.PLH, KABID),
    ),
    "Plh beside a definitive holder": (
        facts(heads=(post(GUEST, SECTION, kind=PLH, start=AWAY[0], until=AWAY[1]),)),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLH, KABID),
    ),
    "Plt who is the definitive head of the parent": (
        facts(without=(KASI,), heads=(post(KABID, SECTION, kind=PLT),)),
        STAFF_POST,
        # From the post acted for: above the section stands the same person, so the next one up.
        Expected(KABID, ActsAs.PLT, KADIS),
    ),
    "the Plt's own plan goes by the definitive post": (
        facts(without=(KASI,), heads=(post(KABID, SECTION, kind=PLT),)),
        post(KABID, DIVISION),
        Expected(KADIS, superior=SEKDA),
    ),
    "head of a section while Plt of the division": (
        facts(without=(KABID,), heads=(post(KASI, DIVISION, kind=PLT),)),
        post(KASI, SECTION),
        Expected(KADIS, superior=SEKDA),
    ),
    "Plt of the division from the section: the superior of the section's members": (
        facts(without=(KABID,), heads=(post(KASI, DIVISION, kind=PLT),)),
        STAFF_POST,
        Expected(KASI, superior=KADIS),
    ),
    "the owner is Plt two levels up": (
        facts(without=(KABID,), heads=(post(STAFF, DIVISION, kind=PLT),)),
        STAFF_POST,
        Expected(KASI, superior=KADIS),
    ),
    "superior acting as Plt": (
        facts(without=(KABID,), heads=(post(GUEST, DIVISION, kind=PLT),)),
        STAFF_POST,
        Expected(KASI, superior=GUEST, superior_as=ActsAs.PLT),
    ),
    "head of an OPD who is Plt Sekda": (
        facts(without=(SEKDA,), heads=(post(KADIS, SETDA, kind=PLT),)),
        post(KADIS, OPD),
        Expected(BUPATI, superior=BUPATI),
    ),
    "head on CLTN": (facts(barred=(Barred(KASI, OLD, None),)), STAFF_POST, Expected(KABID, superior=KADIS)),
    "head on CLTN with a Plh": (
        facts(barred=(Barred(KASI, OLD, None),), heads=(post(GUEST, SECTION, kind=PLH),)),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLH, KABID),
    ),
    "Plh barred: the Plt": (
        facts(
            without=(KASI,),
            heads=(post(GUEST, SECTION, kind=PLT), post(KADIS, SECTION, kind=PLH)),
            barred=(Barred(KADIS, OLD, None),),
        ),
        STAFF_POST,
        Expected(GUEST, ActsAs.PLT, KABID),
    ),
    "leave over by now": (
        facts(barred=(Barred(KASI, OLD, DAY),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "the person asked about may be on leave himself": (
        facts(barred=(Barred(STAFF, OLD, None),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "holder who left": (
        facts(without=(KASI,), heads=(post(KASI, SECTION, until=DAY),)),
        STAFF_POST,
        Expected(KABID, superior=KADIS),
    ),
    "holder in his last days": (
        facts(without=(KASI,), heads=(post(KASI, SECTION, until=DAY + timedelta(days=1)),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "override by the head of another OPD": (
        facts(overrides=(Override(STAFF, OTHER_KADIS, OLD, None),)),
        STAFF_POST,
        Expected(OTHER_KADIS, ActsAs.OVERRIDE, SEKDA),
    ),
    "override by a member: the superior heads the member's unit": (
        facts(overrides=(Override(STAFF, GUEST, OLD, None),), members=(GUEST_POST,)),
        STAFF_POST,
        Expected(GUEST, ActsAs.OVERRIDE, OTHER_KADIS),
    ),
    "override by the Bupati": (
        facts(overrides=(Override(STAFF, BUPATI, OLD, None),)),
        STAFF_POST,
        Expected(BUPATI, ActsAs.OVERRIDE, BUPATI, ActsAs.OVERRIDE),
    ),
    "override of somebody without a post": (
        facts(overrides=(Override(STAFF, GUEST, OLD, None),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "override of somebody on leave": (
        facts(overrides=(Override(STAFF, OTHER_KADIS, OLD, None),), barred=(Barred(OTHER_KADIS, OLD, None),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "override that has ended": (
        facts(overrides=(Override(STAFF, OTHER_KADIS, OLD, DAY),)),
        STAFF_POST,
        Expected(KASI, superior=KABID),
    ),
    "the head appraised by override by his own member": (
        facts(overrides=(Override(KASI, STAFF, OLD, None),)),
        post(KASI, SECTION),
        Expected(STAFF, ActsAs.OVERRIDE, KABID),
    ),
    "two units appraised by each other, one vacant": (
        facts(without=(SEKDA,), units=respan(SETDA, UnitSpan(SETDA, ROOT, OPD, OLD, None))),
        post(KADIS, OPD),
        nobody(NoAppraiser.CHAIN_VACANT),
    ),
    "two units appraised by each other, one vacant, a Plt beside the head of the other": (
        facts(
            without=(SEKDA,),
            heads=(post(GUEST, OPD, kind=PLT),),
            units=respan(SETDA, UnitSpan(SETDA, ROOT, OPD, OLD, None)),
        ),
        post(KADIS, OPD),
        # The search goes up from the unit and never comes back to it.
        nobody(NoAppraiser.CHAIN_VACANT),
    ),
    "two units appraised by each other, both headed": (
        facts(units=respan(SETDA, UnitSpan(SETDA, ROOT, OPD, OLD, None))),
        post(KADIS, OPD),
        Expected(SEKDA, superior=None, superior_as=""),
    ),
    "unit that no longer exists": (
        facts(units=respan(SECTION, UnitSpan(SECTION, DIVISION, None, OLD, DAY))),
        STAFF_POST,
        nobody(NoAppraiser.NO_UNIT),
    ),
    "parent that no longer exists": (
        facts(without=(KASI,), units=respan(DIVISION, UnitSpan(DIVISION, OPD, None, OLD, DAY))),
        STAFF_POST,
        nobody(NoAppraiser.CHAIN_VACANT),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    given, asked, expected = CASES[name]

    verdict, until = organisation(given).verdict_on(asked, DAY)

    assert until > DAY
    assert (
        Expected(
            verdict.appraiser,
            verdict.acts_as,
            verdict.superior,
            verdict.superior_acts_as,
            verdict.none_reason,
        )
        == expected
    )


@pytest.mark.parametrize("name", CASES)
def test_case_agrees_with_the_rule_spelled_out(name: str) -> None:
    given, asked, _ = CASES[name]

    assert organisation(given).verdict_on(asked, DAY)[0] == naive_verdict(given, asked, DAY)
