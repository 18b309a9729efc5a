"""The register as stored, read with six queries however large the regency is."""

from collections import defaultdict

from orgunits.enums import AssignmentKind, ImportKind, UnitKind
from orgunits.imports.register import PERSON_FIELDS, POST_FIELDS, Legal, Person, Post, Register, Span, Unit
from orgunits.models import Assignment, Employee, EmployeeNip, LegalPositionSpan, OrgUnit, OrgUnitSpan


def load_register() -> Register:
    """Units, people, posts and legal positions as they are now."""
    register = Register()
    units = _load_units(register)
    people = _load_people(register)
    _load_posts(register, units, people)
    legal = LegalPositionSpan.objects.order_by("start").values_list(
        "pk", "employee_id", "position", "start", "until"
    )
    for pk, employee_id, position, start, until in legal.iterator(chunk_size=2000):
        person = people[employee_id]
        person.legal = Legal(pk=pk, person=person, position=position, start=start, until=until)
    return register


def _load_units(register: Register) -> dict[int, Unit]:
    units: dict[int, Unit] = {}
    for pk, external_id, version in OrgUnit.objects.values_list("pk", "external_id", "version"):
        units[pk] = register.add_unit(Unit(pk=pk, external_id=external_id, version=version))
    spans = OrgUnitSpan.objects.order_by("start").values()
    for row in spans.iterator(chunk_size=2000):
        unit = units[row["unit_id"]]
        unit.span = Span(
            pk=row["id"],
            unit=unit,
            name=row["name"],
            kind=UnitKind(row["kind"]),
            parent=units.get(row["parent_id"]),
            opd=units.get(row["opd_id"]),
            appraised_by=units.get(row["appraised_by_id"]),
            head_title=row["head_title"],
            head_echelon=row["head_echelon"],
            letterhead=row["letterhead"],
            signing_place=row["signing_place"],
            start=row["start"],
            until=row["until"],
        )
    return units


def _load_people(register: Register) -> dict[int, Person]:
    people: dict[int, Person] = {}
    rows = Employee.objects.values_list("pk", "version", "user__email_confirmed_at", *PERSON_FIELDS)
    for pk, version, confirmed, *values in rows.iterator(chunk_size=2000):
        fields = dict(zip(PERSON_FIELDS, values, strict=True))
        person = Person(pk=pk, version=version, email_confirmed=confirmed is not None, **fields)
        people[pk] = register.add_person(person)
    former: dict[str, set[int]] = defaultdict(set)
    for nip, employee_id in EmployeeNip.objects.values_list("nip", "employee_id"):
        former[nip].add(employee_id)
    for nip, employees in former.items():
        # A number that two people had tells nothing.
        if len(employees) == 1:
            register.person_by_nip.setdefault(nip, people[employees.pop()])
    return people


def _load_posts(register: Register, units: dict[int, Unit], people: dict[int, Person]) -> None:
    fixed = ("pk", "version", "employee_id", "unit_id", "kind", "source_batch_id", "source_batch__kind")
    rows = Assignment.objects.order_by("start").values_list(*fixed, *POST_FIELDS)
    for pk, version, employee_id, unit_id, kind, batch_id, source, *values in rows.iterator(chunk_size=2000):
        register.add_post(
            Post(
                pk=pk,
                version=version,
                person=people[employee_id],
                unit=units[unit_id],
                kind=AssignmentKind(kind),
                source=ImportKind(source) if source else None,
                source_batch_id=batch_id,
                **dict(zip(POST_FIELDS, values, strict=True)),
            )
        )
