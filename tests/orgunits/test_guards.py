"""Overlaps that the database itself refuses, on both databases, and the sentence people read."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, DiskFull

from config.lib.errors import Conflict, DomainError
from orgunits.enums import AssignmentKind, LegalPosition
from orgunits.guards import guard_error_message, readable_guards
from orgunits.models import Assignment, OrgUnitSpan
from tests.factories import (
    AssignmentFactory,
    EmployeeFactory,
    LegalPositionFactory,
    OrgUnitFactory,
    OrgUnitSpanFactory,
    OverrideFactory,
)

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
SPANS_THAT_MEET = [
    ((JAN, MAR), (FEB, APR)),
    ((FEB, APR), (JAN, MAR)),
    ((JAN, APR), (FEB, MAR)),
    ((FEB, MAR), (JAN, APR)),
    ((JAN, None), (MAR, APR)),
    ((MAR, APR), (JAN, None)),
    ((JAN, None), (JAN, None)),
    ((JAN, MAR), (JAN, MAR)),
]
SPANS_APART = [((JAN, FEB), (FEB, MAR)), ((FEB, None), (JAN, FEB)), ((MAR, APR), (JAN, FEB))]

Make = Callable[..., object]


def definitive_of_one_person() -> Make:
    employee = EmployeeFactory()
    return lambda **span: AssignmentFactory(employee=employee, **span)


def heads_of_one_unit(kind: AssignmentKind) -> Callable[[], Make]:
    def start() -> Make:
        unit = OrgUnitSpanFactory().unit
        return lambda **span: AssignmentFactory(unit=unit, kind=kind, is_head=True, **span)

    return start


def spans_of_one_unit() -> Make:
    unit = OrgUnitSpanFactory(start=date(2000, 1, 1), until=date(2001, 1, 1)).unit
    return lambda **span: OrgUnitSpanFactory(unit=unit, **span)


def legal_positions_of_one_person() -> Make:
    employee = EmployeeFactory()
    return lambda **span: LegalPositionFactory(employee=employee, **span)


def overrides_of_one_person() -> Make:
    employee = EmployeeFactory()
    return lambda **span: OverrideFactory(employee=employee, **span)


GUARDED: dict[str, tuple[Callable[[], Make], str]] = {
    "definitive posts": (
        definitive_of_one_person,
        "Pegawai ini sudah memiliki jabatan definitif pada tanggal tersebut.",
    ),
    "definitive heads": (
        heads_of_one_unit(AssignmentKind.DEFINITIVE),
        "Unit ini sudah memiliki pimpinan definitif pada tanggal tersebut.",
    ),
    "plt": (
        heads_of_one_unit(AssignmentKind.PLT),
        "Unit ini sudah memiliki Plt. pada tanggal tersebut.",
    ),
    "plh": (
        heads_of_one_unit(AssignmentKind.PLH),
        "Unit ini sudah memiliki Plh. pada tanggal tersebut.",
    ),
    "unit spans": (
        spans_of_one_unit,
        "Unit ini sudah memiliki keterangan lain yang berlaku pada tanggal tersebut.",
    ),
    "legal positions": (
        legal_positions_of_one_person,
        "Pegawai ini sudah memiliki kedudukan hukum lain pada tanggal tersebut.",
    ),
    "overrides": (
        overrides_of_one_person,
        "Pejabat penilai khusus untuk pegawai ini sudah ditetapkan pada tanggal tersebut.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize(("first", "second"), SPANS_THAT_MEET)
def test_spans_that_share_a_day_are_refused(name: str, first, second) -> None:
    prepare, sentence = GUARDED[name]
    make = prepare()
    make(start=first[0], until=first[1])

    with pytest.raises(DomainError) as refusal, readable_guards(), transaction.atomic():
        make(start=second[0], until=second[1])

    assert str(refusal.value) == sentence


@pytest.mark.django_db
@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize(("first", "second"), SPANS_APART)
def test_spans_that_only_touch_are_fine(name: str, first, second) -> None:
    make = GUARDED[name][0]()
    make(start=first[0], until=first[1])
    make(start=second[0], until=second[1])


@pytest.mark.django_db
def test_a_change_is_guarded_like_a_new_row() -> None:
    make = definitive_of_one_person()
    make(start=JAN, until=FEB)
    later = make(start=FEB, until=APR)

    with pytest.raises(DomainError, match="jabatan definitif"), readable_guards(), transaction.atomic():
        Assignment.objects.filter(pk=later.pk).update(start=JAN)

    Assignment.objects.filter(pk=later.pk).update(start=MAR)
    later.refresh_from_db()
    assert later.start == MAR


@pytest.mark.django_db
def test_what_may_stand_side_by_side() -> None:
    unit = OrgUnitSpanFactory().unit
    holder = AssignmentFactory(unit=unit, is_head=True, start=JAN)
    AssignmentFactory(unit=unit, kind=AssignmentKind.PLT, is_head=True, start=JAN)
    AssignmentFactory(unit=unit, kind=AssignmentKind.PLH, is_head=True, start=JAN)
    AssignmentFactory(unit=unit, start=JAN)
    AssignmentFactory(unit=unit, start=JAN)
    elsewhere = {"employee": holder.employee, "is_head": True, "start": JAN}
    AssignmentFactory(kind=AssignmentKind.PLT, **elsewhere)
    AssignmentFactory(kind=AssignmentKind.PLH, **elsewhere)

    assert Assignment.objects.count() == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: AssignmentFactory(start=FEB, until=FEB), "Tanggal berakhir harus sesudah tanggal mulai."),
        (
            lambda: LegalPositionFactory(position=LegalPosition.ACTIVE, start=FEB, until=JAN),
            "Tanggal berakhir harus sesudah tanggal mulai.",
        ),
        (
            lambda: AssignmentFactory(kind=AssignmentKind.PLT, is_head=False),
            "Plt. dan Plh. selalu memimpin unitnya.",
        ),
        (
            lambda: OverrideFactory(employee=(one := EmployeeFactory()), appraiser=one),
            "Pegawai tidak dapat menjadi penilai bagi dirinya sendiri.",
        ),
    ],
)
def test_other_rules_of_the_tables_have_sentences_too(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(DomainError) as refusal, readable_guards(), transaction.atomic():
        make()

    assert str(refusal.value) == sentence


@pytest.mark.django_db
def test_a_fault_of_the_program_stays_a_fault() -> None:
    unit = OrgUnitFactory()

    with pytest.raises(IntegrityError) as fault, readable_guards(), transaction.atomic():
        OrgUnitSpan.objects.create(unit=unit, name="Bidang", kind="kind-unknown", start=JAN)

    assert guard_error_message(fault.value) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_overlapping_posts_started_at_once_one_is_refused() -> None:
    employee = EmployeeFactory()
    units = [OrgUnitSpanFactory().unit, OrgUnitSpanFactory().unit]
    barrier = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def start(unit) -> None:
        try:
            # Both have looked and found the person free before either writes.
            free = not Assignment.objects.filter(employee=employee).exists()
            barrier.wait()
            with readable_guards(), transaction.atomic():
                AssignmentFactory(employee=employee, unit=unit, start=JAN, until=APR)
            outcomes.append("started" if free else "was not free")
        except DomainError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(unit,)) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)

    assert outcomes.count("started") == 1
    outcomes.remove("started")
    # PostgreSQL may find both waiting for each other before it finds the overlap.
    assert outcomes[0] in (
        "Pegawai ini sudah memiliki jabatan definitif pada tanggal tersebut.",
        str(Conflict()),
    )
    assert Assignment.objects.filter(employee=employee).count() == 1


def test_one_of_two_who_waited_for_each_other_is_told_to_look_again():
    with pytest.raises(Conflict, match="diubah orang lain"), readable_guards():
        raise OperationalError("deadlock detected") from DeadlockDetected()
    with pytest.raises(OperationalError, match="disk"), readable_guards():
        raise OperationalError("disk is full") from DiskFull()
