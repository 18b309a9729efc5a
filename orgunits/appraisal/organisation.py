"""The walk of rules.md §9 through the organisation's facts.

Everything is asked for a day and answered together with the day on which a fact met on the way
changes next, so a timeline is made of exactly the segments that matter.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from config.lib.dates import FAR_FUTURE, covers
from orgunits.appraisal.timeline import Dated, Segment, Timeline
from orgunits.appraisal.values import Barred, Line, Override, Post, UnitHeads, UnitSpan, Verdict
from orgunits.enums import ActsAs, AssignmentKind, NoAppraiser

# Who comes first among the heads of one unit.
HEAD_ORDER = {AssignmentKind.PLH: 0, AssignmentKind.PLT: 1, AssignmentKind.DEFINITIVE: 2}
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Seat(Segment):
    """A unit's place and its possible heads, best first; not ``valid`` when the unit has no span then."""

    valid: bool
    up: int | None
    candidates: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Standing(Segment):
    """The definitive post through which an override names its appraiser; None without one or when barred."""

    post: Post | None


@dataclass(frozen=True, slots=True)
class Step(Segment):
    """Where a walk ended: the head found and the unit headed, or neither."""

    post: Post | None = None
    unit: int | None = None

    @property
    def post_id(self) -> int | None:
        return self.post.id if self.post else None

    @property
    def employee(self) -> int | None:
        return self.post.employee if self.post else None


@dataclass(frozen=True, slots=True)
class Start(Segment):
    """Where a walk begins; ``unit`` None above the top post; ``passed`` is the unit left behind."""

    valid: bool
    unit: int | None
    passed: tuple[int, ...] = ()


class Organisation:
    """The regency's facts, with the answers of rules.md §9 for any day."""

    def __init__(
        self,
        *,
        units: Iterable[UnitSpan],
        heads: Iterable[Post],
        barred: Iterable[Barred] = (),
        overrides: Iterable[Override] = (),
        appraisers: Iterable[Post] = (),
    ) -> None:
        """``heads``: posts with ``is_head``; ``appraisers``: definitive posts of overrides' appraisers."""
        self._spans = _grouped(units, lambda span: span.unit)
        self._heads = _grouped(heads, lambda post: post.unit)
        self._barred = _grouped(barred, lambda span: span.employee)
        self._overrides = _grouped(overrides, lambda override: override.employee)
        self._appraisers = _grouped(appraisers, lambda post: post.employee)
        self._seats: dict[int, Timeline[Seat]] = {}
        self._standings: dict[int, Timeline[Standing]] = {}

    def seat(self, unit: int, day: date) -> Seat:
        """The unit's place and possible heads on the day."""
        timeline = self._seats.get(unit)
        if timeline is None:
            timeline = self._seats[unit] = self._seat_timeline(unit)
        return timeline.at(day)

    def walk(
        self, unit: int | None, day: date, *, without: Collection[int] = (), passed: Collection[int] = ()
    ) -> Step:
        """From ``unit`` upwards to the first head who is none of the people ``without``.

        ``passed`` are units already left behind; a unit met twice, or one without a span on the
        day, ends the walk with nobody.
        """
        seen = set(passed)
        until = FAR_FUTURE
        while unit is not None and unit not in seen:
            seen.add(unit)
            seat = self.seat(unit, day)
            until = min(until, seat.until)
            if not seat.valid:
                break
            for post in seat.candidates:
                if post.employee not in without:
                    return Step(until, post, unit)
            unit = seat.up
        return Step(until)

    def verdict_on(self, post: Post, day: date) -> tuple[Verdict, date]:
        """Who appraises the holder of a definitive post on the day, and the day until which this holds."""
        named = self._override_on(post.employee, day)
        if named.post is not None:
            above = self._start(named.post, day)
            return self._with_superior(post.employee, named, ActsAs.OVERRIDE, above, day)
        start = self._start(post, day)
        until = min(named.until, start.until)
        if not start.valid:
            return Verdict(none_reason=NoAppraiser.NO_UNIT), until
        if start.unit is None:
            return Verdict(none_reason=NoAppraiser.TOP), until
        verdict, walked_until = self.verdict_from(start.unit, post.employee, day, passed=start.passed)
        return verdict, min(until, walked_until)

    def verdict_from(
        self, unit: int, owner: int, day: date, *, passed: Collection[int] = ()
    ) -> tuple[Verdict, date]:
        """Who appraises ``owner`` when the search begins at ``unit``, and until when this holds."""
        found = self.walk(unit, day, without=(owner,), passed=passed)
        if found.post is None or found.unit is None:
            return Verdict(head_unit=unit, none_reason=NoAppraiser.CHAIN_VACANT), found.until
        return self._with_superior(owner, found, ActsAs(found.post.kind), self._above(found.unit, day), day)

    def lines(self, post: Post, since: date) -> list[Line]:
        """The lines of a definitive post from ``since`` to its end, without gap; equal neighbours are one."""
        made: list[Line] = []
        day, end = max(post.start, since), post.until or FAR_FUTURE
        while day < end:
            verdict, until = self.verdict_on(post, day)
            until = min(until, end)
            open_until = None if until == FAR_FUTURE else until
            if made and made[-1].verdict == verdict:
                made[-1] = replace(made[-1], until=open_until)
            else:
                made.append(Line(post.id, post.employee, verdict, day, open_until))
            day = until
        return made

    def unit_heads(self, unit: int, since: date) -> list[UnitHeads]:
        """Who answers for the unit from ``since`` on, vacancies bridged upwards."""
        made: list[UnitHeads] = []
        day = since
        while day < FAR_FUTURE:
            first = self.walk(unit, day)
            second = self.walk(unit, day, without=(first.post.employee,)) if first.post else first
            until = min(first.until, second.until)
            heads = UnitHeads(
                unit,
                first.post_id,
                first.employee,
                second.post_id,
                second.employee,
                day,
                None if until == FAR_FUTURE else until,
            )
            if made and replace(made[-1], start=heads.start, until=heads.until) == heads:
                made[-1] = replace(made[-1], until=heads.until)
            else:
                made.append(heads)
            day = until
        return made

    def _start(self, post: Post, day: date) -> Start:
        """Where the search for the head above a post begins: a head looks above the unit, a member in it."""
        if post.is_head:
            return self._above(post.unit, day)
        seat = self.seat(post.unit, day)
        return Start(seat.until, seat.valid, post.unit)

    def _above(self, unit: int, day: date) -> Start:
        seat = self.seat(unit, day)
        return Start(seat.until, seat.valid, seat.up, (unit,))

    def _with_superior(
        self, owner: int, found: Step, acts_as: ActsAs, start: Start, day: date
    ) -> tuple[Verdict, date]:
        """The verdict for an appraiser found, with the superior by the walk from the post acted for.

        Above the top post there is nobody: its holder is the superior too ("for the Sekda it is
        the Bupati").
        """
        assert found.post is not None
        if start.valid and start.unit is None:
            above = found
            above_as: str = acts_as
        else:
            above = self.walk(start.unit, day, without=(owner, found.post.employee), passed=start.passed)
            above_as = ActsAs(above.post.kind) if above.post else ""
        verdict = Verdict(
            appraiser_post=found.post.id,
            appraiser=found.post.employee,
            head_unit=found.unit,
            acts_as=acts_as,
            superior_post=above.post_id,
            superior=above.employee,
            superior_unit=above.unit or start.unit,
            superior_acts_as=above_as,
        )
        return verdict, min(found.until, start.until, above.until)

    def _seat_timeline(self, unit: int) -> Timeline[Seat]:
        spans, posts = self._spans.get(unit, []), self._heads.get(unit, [])
        posts = sorted(posts, key=lambda post: (HEAD_ORDER[post.kind], post.id))
        barred = [span for post in posts for span in self._barred.get(post.employee, [])]

        def seat(day: date, until: date) -> Seat:
            span = _on(spans, day)
            candidates = tuple(
                p for p in posts if covers(p.start, p.until, day) and not self._is_barred(p, day)
            )
            return Seat(until, span is not None, span.up if span else None, candidates)

        return Timeline([*spans, *posts, *barred], seat)

    def _override_on(self, employee: int, day: date) -> Step:
        """The override that holds for a person on the day, as the appraiser's own post and its unit.

        An override whose appraiser has no definitive post that day, or may not head by legal
        position, is passed over.
        """
        overrides = self._overrides.get(employee)
        if not overrides:
            return Step(FAR_FUTURE)
        until = Timeline(overrides, lambda start, until: Segment(until)).at(day).until
        override = _on(overrides, day)
        if override is None:
            return Step(until)
        standing = self._standing(override.appraiser, day)
        until = min(until, standing.until)
        return Step(until, standing.post, standing.post.unit) if standing.post else Step(until)

    def _standing(self, employee: int, day: date) -> Standing:
        timeline = self._standings.get(employee)
        if timeline is None:
            posts, barred = self._appraisers.get(employee, []), self._barred.get(employee, [])

            def standing(day: date, until: date) -> Standing:
                return Standing(until, None if _on(barred, day) else _on(posts, day))

            timeline = self._standings[employee] = Timeline([*posts, *barred], standing)
        return timeline.at(day)

    def _is_barred(self, post: Post, day: date) -> bool:
        return _on(self._barred.get(post.employee, []), day) is not None


def _on(facts: Iterable[D], day: date) -> D | None:
    """The fact in force on the day; the database lets no two of one subject overlap."""
    return next((fact for fact in facts if covers(fact.start, fact.until, day)), None)


def _grouped(facts: Iterable[D], key: Callable[[D], int]) -> dict[int, list[D]]:
    groups: dict[int, list[D]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return dict(groups)
