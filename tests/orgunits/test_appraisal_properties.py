"""Whatever the organisation looks like: nobody appraises himself, and no day is left out or told twice."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from config.lib.dates import overlap
from orgunits.appraisal import Barred, Override, Post, UnitSpan
from orgunits.enums import AssignmentKind, NoAppraiser
from tests.orgunits.naive import Facts, naive_verdict
from tests.orgunits.test_appraisal import organisation

SINCE = date(2025, 12, 1)
UNITS = range(1, 7)
PEOPLE = range(101, 110)
FIRST = date(2025, 10, 1)
DAYS = 240

# Few days, so that spans begin and end together often.
days = st.integers(0, 16).map(lambda week: FIRST + timedelta(days=15 * week))


@st.composite
def spans(draw) -> tuple[date, date | None]:
    start = draw(days)
    until = draw(
        st.none() | days.filter(lambda day: day > start) if start < FIRST + timedelta(days=240) else st.none()
    )
    return start, until


def without_overlap(facts, key):
    """The facts that the database would take, in the order in which they come."""
    kept: list = []
    for fact in facts:
        if not any(
            key(fact) == key(other) and overlap(fact.start, fact.until, other.start, other.until)
            for other in kept
        ):
            kept.append(fact)
    return tuple(kept)


@st.composite
def unit_spans(draw, unit: int) -> list[UnitSpan]:
    """Up to three spans in a row; any unit may hang below any other, so there are circles too."""
    others = st.sampled_from([other for other in UNITS if other != unit])
    cuts = sorted(draw(st.sets(days, max_size=2)))
    starts = [date(2020, 1, 1), *cuts]
    made = []
    for start, until in zip(starts, [*cuts, None], strict=True):
        if draw(st.integers(0, 9)):
            parent = None if unit == UNITS[0] else draw(others)
            made.append(UnitSpan(unit, parent, draw(st.none() | st.none() | others), start, until))
    return made


@st.composite
def post_rows(draw) -> list[Post]:
    rows = []
    for number in range(draw(st.integers(1, 24))):
        kind = draw(
            st.sampled_from([AssignmentKind.DEFINITIVE] * 3 + [AssignmentKind.PLT, AssignmentKind.PLH])
        )
        is_head = kind != AssignmentKind.DEFINITIVE or draw(st.booleans())
        start, until = draw(spans())
        rows.append(
            Post(
                number,
                draw(st.sampled_from(PEOPLE)),
                draw(st.sampled_from(UNITS)),
                kind,
                is_head,
                start,
                until,
            )
        )
    return rows


def key_of_person(post: Post) -> object:
    return post.employee if post.kind == AssignmentKind.DEFINITIVE else post.id + 1000


def key_of_head(post: Post) -> object:
    return (post.unit, post.kind) if post.is_head else post.id + 1000


@st.composite
def organisations(draw) -> Facts:
    posts = without_overlap(without_overlap(draw(post_rows()), key_of_person), key_of_head)
    person = st.sampled_from(PEOPLE)
    barred = [Barred(draw(person), *draw(spans())) for _ in range(draw(st.integers(0, 3)))]
    overrides = [
        Override(owner, appraiser, *draw(spans()))
        for owner, appraiser in draw(st.lists(st.tuples(person, person), max_size=3))
        if owner != appraiser
    ]
    return Facts(
        units=tuple(span for unit in UNITS for span in draw(unit_spans(unit))),
        heads=tuple(post for post in posts if post.is_head),
        members=tuple(post for post in posts if not post.is_head),
        barred=without_overlap(barred, lambda span: span.employee),
        overrides=without_overlap(overrides, lambda span: span.employee),
    )


@settings(max_examples=50, deadline=None)
@given(organisations())
def test_lines_are_the_rule_on_every_day(facts: Facts) -> None:
    computed = organisation(facts)
    for post in (p for p in facts.posts if p.kind == AssignmentKind.DEFINITIVE):
        lines = computed.lines(post, SINCE)
        start = max(post.start, SINCE)
        if post.until is not None and post.until <= start:
            assert lines == []
            continue
        # They cover the post without gap or overlap, and neighbours differ.
        assert lines[0].start == start
        assert lines[-1].until == post.until
        for one, following in pairwise(lines):
            assert one.until == following.start
            assert one.verdict != following.verdict
        for line in lines:
            day = line.start
            last = min(line.until or date.max, FIRST + timedelta(days=DAYS + 20))
            while day < last:
                assert line.verdict == naive_verdict(facts, post, day)
                day += timedelta(days=5)


@settings(max_examples=50, deadline=None)
@given(organisations())
def test_three_different_people_but_at_the_top(facts: Facts) -> None:
    computed = organisation(facts)
    for post in (p for p in facts.posts if p.kind == AssignmentKind.DEFINITIVE):
        for line in computed.lines(post, SINCE):
            verdict = line.verdict
            assert (verdict.appraiser is None) == (verdict.none_reason != NoAppraiser.NONE)
            assert post.employee not in (verdict.appraiser, verdict.superior)
            if verdict.superior is not None and verdict.superior == verdict.appraiser:
                assert verdict.superior_unit == verdict.head_unit
                assert verdict.superior_post == verdict.appraiser_post


@settings(max_examples=40, deadline=None)
@given(organisations(), st.sampled_from(UNITS), days)
def test_who_answers_for_a_unit_is_whom_the_walk_finds(facts: Facts, unit: int, day: date) -> None:
    computed = organisation(facts)
    day = max(day, SINCE)
    heads = next(
        one
        for one in computed.unit_heads(unit, SINCE)
        if one.start <= day and (one.until is None or day < one.until)
    )
    for owner in PEOPLE:
        answering = heads.second if owner == heads.first else heads.first
        assert answering == computed.verdict_from(unit, owner, day)[0].appraiser
