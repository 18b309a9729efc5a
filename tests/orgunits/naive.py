"""Rules.md §9 written once more, day by day and without regard to speed, to check the product's walk."""

from dataclasses import dataclass
from datetime import date

from orgunits.appraisal import Barred, Override, Post, UnitSpan, Verdict


@dataclass(frozen=True)
class Facts:
    units: tuple[UnitSpan, ...]
    heads: tuple[Post, ...]
    members: tuple[Post, ...]
    barred: tuple[Barred, ...]
    overrides: tuple[Override, ...]

    @property
    def posts(self) -> tuple[Post, ...]:
        return (*self.heads, *self.members)


def holds(fact, day: date) -> bool:
    return fact.start <= day and (fact.until is None or fact.until > day)


def naive_verdict(facts: Facts, asked: Post, day: date) -> Verdict:
    """Who appraises the holder of ``asked`` on the day."""
    for override in facts.overrides:
        if override.employee == asked.employee and holds(override, day):
            own = definitive_post(facts, override.appraiser, day)
            if own is not None and not is_barred(facts, override.appraiser, day):
                begin, passed = (
                    (above(facts, own.unit, day), {own.unit}) if own.is_head else (own.unit, set())
                )
                return completed(facts, asked, own, own.unit, "override", begin, passed, day)
    if span_of(facts, asked.unit, day) is None:
        return Verdict(none_reason="no_unit")
    begin, passed = asked.unit, set()
    if asked.is_head:
        begin, passed = above(facts, asked.unit, day), {asked.unit}
        if begin is None:
            return Verdict(none_reason="top")
    head, unit = climb(facts, begin, {asked.employee}, passed, day)
    if head is None:
        return Verdict(head_unit=begin, none_reason="chain_vacant")
    return completed(facts, asked, head, unit, str(head.kind), above(facts, unit, day), {unit}, day)


def completed(facts, asked, appraiser, unit, acts_as, begin, passed, day) -> Verdict:
    if begin is None and span_of(facts, unit, day) is not None:
        superior, superior_unit, superior_as = appraiser, unit, acts_as
    else:
        superior, superior_unit = climb(facts, begin, {asked.employee, appraiser.employee}, passed, day)
        superior_as = str(superior.kind) if superior else ""
    return Verdict(
        appraiser_post=appraiser.id,
        appraiser=appraiser.employee,
        head_unit=unit,
        acts_as=acts_as,
        superior_post=superior.id if superior else None,
        superior=superior.employee if superior else None,
        superior_unit=superior_unit if superior else begin,
        superior_acts_as=superior_as,
    )


def climb(facts, unit, dropped, passed, day):
    seen = set(passed)
    while unit is not None and unit not in seen and span_of(facts, unit, day) is not None:
        for kind in ("plh", "plt", "definitive"):
            for head in facts.heads:
                in_post = head.unit == unit and head.kind == kind and head.is_head and holds(head, day)
                if in_post and head.employee not in dropped and not is_barred(facts, head.employee, day):
                    return head, unit
        seen.add(unit)
        unit = above(facts, unit, day)
    return None, None


def span_of(facts, unit, day):
    return next((s for s in facts.units if s.unit == unit and holds(s, day)), None)


def above(facts, unit, day):
    span = span_of(facts, unit, day)
    if span is None:
        return None
    return span.appraised_by if span.appraised_by is not None else span.parent


def is_barred(facts, employee, day) -> bool:
    return any(b.employee == employee and holds(b, day) for b in facts.barred)


def definitive_post(facts, employee, day):
    return next(
        (p for p in facts.posts if p.employee == employee and p.kind == "definitive" and holds(p, day)), None
    )
