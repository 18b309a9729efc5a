"""Sixty OPD on the evening of the deadline: one answer from duties, board, file and snapshot.

26 of them are below Baik; Sekretariat Daerah is Memuaskan at exactly 90 % of its obliged people, and
Baik with one fewer.
"""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from compliance.models import SnapshotPerson
from compliance.selectors.board import board_of
from compliance.selectors.snapshots import frozen_rows, latest_deadline
from compliance.selectors.stages import chosen_stage, stages_of
from compliance.services.snapshots import snapshots_take
from config.lib import clock
from orgunits.enums import AssignmentKind, EmploymentKind, PositionKind, UnitKind
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan
from skp.models import Duty
from tests.compliance.duties import CLOSE, SENT, bare_period
from tests.factories import LONG_AGO, nip_number
from tests.people import People

pytestmark = pytest.mark.django_db
EVENING = CLOSE - timedelta(hours=1)
SETDA = "Sekretariat Daerah"
# Obliged and fulfilled of the OPD beside Sekretariat Daerah: 17 Memuaskan, 16 Baik, 21 Buruk, 5 Sangat Buruk.
SHARES = (
    *[(20, 18)] * 9,
    *[(11, 11)] * 8,
    *[(20, 15)] * 8,
    # 89.47 %: not rounded up to 90.
    *[(19, 17)] * 8,
    *[(20, 10)] * 10,
    # 74.19 %.
    *[(31, 23)] * 11,
    *[(9, 4)] * 4,
    (7, 0),
)
WORDS = {"Memuaskan": 18, "Baik": 16, "Buruk": 21, "Sangat Buruk": 5}


@pytest.fixture
def regency(people: People):
    """The OPD with their people and duties; the cast has none."""
    OrgUnitSpan.objects.filter(unit__in=[people.opd, people.other_opd]).update(kind=UnitKind.UNIT)
    period = bare_period()
    units = OrgUnit.objects.bulk_create(OrgUnit(external_id=f"OPD-{n}") for n in range(len(SHARES)))
    OrgUnitSpan.objects.bulk_create(
        OrgUnitSpan(
            unit=unit, name=f"OPD {n:02}", kind=UnitKind.OPD, opd=unit, parent=people.root, start=LONG_AGO
        )
        for n, unit in enumerate(units)
    )
    places = [(people.setda, (140, 126)), *zip(units, SHARES, strict=True)]
    seats = [(unit, n < fulfilled) for unit, (obliged, fulfilled) in places for n in range(obliged)]
    employees = Employee.objects.bulk_create(
        Employee(
            external_id=f"R{n}",
            nip=nip_number(500_000 + n),
            name=f"ORANG {n}",
            employment_kind=EmploymentKind.PNS,
        )
        for n in range(len(seats))
    )
    Assignment.objects.bulk_create(
        Assignment(
            employee=employee,
            unit=unit,
            kind=AssignmentKind.DEFINITIVE,
            position_title="Pengelola",
            position_kind=PositionKind.EXECUTIVE,
            start=LONG_AGO,
        )
        for employee, (unit, _) in zip(employees, seats, strict=True)
    )
    Duty.objects.bulk_create(
        Duty(
            period=period,
            stage="planning",
            employee=employee,
            opd=unit,
            unit=unit,
            obliged=True,
            due_at=CLOSE,
            fulfilled_at=SENT if done else None,
        )
        for employee, (unit, done) in zip(employees, seats, strict=True)
    )
    return period


def word_of(obliged: int, fulfilled: int) -> str:
    """Rules.md §7, written anew for the test."""
    share = Fraction(fulfilled, obliged)
    if share >= Fraction(9, 10):
        return "Memuaskan"
    if share >= Fraction(3, 4):
        return "Baik"
    return "Buruk" if share >= Fraction(1, 2) else "Sangat Buruk"


def from_duties() -> dict[int, str]:
    obliged: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for opd, fulfilled_at in Duty.objects.filter(obliged=True).values_list("opd_id", "fulfilled_at"):
        obliged[opd] += 1
        done[opd] += fulfilled_at is not None
    return {opd: word_of(number, done[opd]) for opd, number in obliged.items()}


def from_board(people: People, stage, now) -> dict[int, str]:
    rows = board_of(people.bkpsdm_admin.viewer(now), stage).rows
    return {row.opd_id: str(row.predicate.label) for row in rows}


def from_snapshot(people: People, stage, now) -> dict[int, str]:
    rows = frozen_rows(people.bkpsdm_admin.viewer(now), latest_deadline(stage))
    return {row.opd_id: str(row.predicate.label) for row in rows}


def from_frozen_people() -> dict[int, str]:
    obliged: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for opd, fulfilled_at in SnapshotPerson.objects.filter(obliged=True).values_list(
        "opd_id", "fulfilled_at"
    ):
        obliged[opd] += 1
        done[opd] += fulfilled_at is not None
    return {opd: word_of(number, done[opd]) for opd, number in obliged.items()}


def from_file(people: People) -> dict[str, str]:
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    answer = client.get(reverse("compliance:board_file", args=["xlsx"]) + "?tahap=planning")
    rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return {row[0]: row[6] for row in rows}


@pytest.mark.parametrize(
    ("one_fewer", "setda", "words"),
    [(False, "Memuaskan", WORDS), (True, "Baik", WORDS | {"Memuaskan": 17, "Baik": 17})],
)
def test_sixty_opd_from_every_source_alike(people: People, regency, monkeypatch, one_fewer, setda, words):
    stage = chosen_stage(stages_of(regency), "planning", EVENING)
    if one_fewer:
        one = Duty.objects.filter(opd=people.setda, fulfilled_at__isnull=False).earliest("pk")
        Duty.objects.filter(pk=one.pk).update(fulfilled_at=None)
    plain = from_duties()
    assert len(plain) == 60
    assert Counter(plain.values()) == words
    assert words["Buruk"] + words["Sangat Buruk"] == 26
    assert plain[people.setda.pk] == setda

    assert from_board(people, stage, EVENING) == plain
    later = CLOSE + timedelta(minutes=1)
    snapshots_take(now=later)
    assert from_snapshot(people, stage, later) == plain
    assert from_frozen_people() == plain
    monkeypatch.setattr(clock, "now", lambda: later)
    by_name = from_file(people)
    assert by_name[SETDA] == setda
    assert Counter(by_name.values()) == words

    # Whoever sends after the close moves the board and nothing that was frozen.
    Duty.objects.filter(opd=people.setda).update(fulfilled_at=later)
    assert from_board(people, stage, later)[people.setda.pk] == "Memuaskan"
    assert from_snapshot(people, stage, later) == plain
    assert from_frozen_people() == plain
