"""Year results written straight as rows: the boards' own tests need numbers, not a year of moves."""

from decimal import Decimal

from assessments.models import YearResult
from orgunits.models import OrgUnitSpan
from skp.models import Period
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import SCORING

# Final score → category, national predicate and four-word predicate.
WORDS = {
    "115": ("very_good", "very_good", "satisfactory"),
    "100": ("good", "good", "good"),
    "95.50": ("good", "good", "good"),
    "60": ("poor", "needs_improvement", "bad"),
    "40": ("very_poor", "very_poor", "very_bad"),
}


def year_result(person: Person, period: Period, final: str = "", **values: object) -> YearResult:
    """The person's year with this final score, not scored without one; by the post's unit and its OPD."""
    unit = person.post.unit
    category, national, four = WORDS[final] if final else ("", "", "")
    given: dict[str, object] = {
        "obliged": True,
        "scored": bool(final),
        "counts": bool(final),
        "final": Decimal(final) if final else None,
        "category": category,
        "national": national,
        "four": four,
        "computed_at": SCORING,
        "unit": unit,
        "opd": OrgUnitSpan.objects.get(unit=unit, until=None).opd,
    }
    made, _ = YearResult.objects.update_or_create(
        period=period, employee=person.employee, defaults=given | values
    )
    return made


def never_sent(person: Person, period: Period) -> YearResult:
    """Somebody who never sent a plan."""
    return year_result(person, period, four="very_bad", no_performance="never_sent")


def crowd(unit, period: Period, *finals: str) -> list[YearResult]:
    """As many new members of the unit, each with the final score; "" for one who is not scored yet."""
    people = [Person(AssignmentFactory(employee=EmployeeFactory(), unit=unit)) for _ in finals]
    return [year_result(person, period, final) for person, final in zip(people, finals, strict=True)]


def two_opds(people: People, period: Period) -> None:
    """Dinas Pertama: 115, 100, 60 and one who never sent; the Dinas Kedua: one of two scored."""
    year_result(people.superior, period, "115")
    year_result(people.appraiser, period, "100")
    year_result(people.owner, period, "60")
    never_sent(people.section_head, period)
    year_result(people.stranger, period, "40")
    year_result(people.other_appraiser, period)
