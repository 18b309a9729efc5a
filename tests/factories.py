"""Rows with believable defaults; a test names only what it is about."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from orgunits.enums import AssignmentKind, EmploymentKind, LegalPosition, PositionKind, Role, UnitKind
from orgunits.models import (
    AppraiserOverride,
    Assignment,
    Employee,
    LegalPositionSpan,
    OrgUnit,
    OrgUnitSpan,
    RoleGrant,
)

LONG_AGO = date(2020, 1, 1)
GRANTED_AT = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)


def nip_number(number: int) -> str:
    """A well-formed NIP, another for each number below 10 million."""
    born = date(1970, 1, 1) + timedelta(days=number // 999 % 10_000)
    return f"{born:%Y%m%d}2005011{number % 999 + 1:03d}"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"pengguna{n}")
    name = "Petugas"
    # Nobody signs in with it: tests use force_login, those of sign-in set their own password.
    password = "!"


class EmployeeFactory(DjangoModelFactory):
    """A PNS with an account, legal position Aktif all along."""

    class Meta:
        model = Employee

    external_id = factory.Sequence(lambda n: f"PNS-{n:06d}")
    nip = factory.Sequence(nip_number)
    name = factory.Sequence(lambda n: f"PEGAWAI {n}")
    employment_kind = EmploymentKind.PNS
    grade = "III/b"
    user = factory.SubFactory(
        UserFactory,
        username=factory.LazyAttribute(
            lambda user: user.factory_parent.nip or f"pejabat-{user.factory_parent.name}"
        ),
        name=factory.SelfAttribute("..name"),
    )


class OrgUnitFactory(DjangoModelFactory):
    class Meta:
        model = OrgUnit

    external_id = factory.Sequence(lambda n: f"UNOR-{n:05d}")


class OrgUnitSpanFactory(DjangoModelFactory):
    """A unit with one span since long ago; ``unit_of`` gives the identity at once."""

    class Meta:
        model = OrgUnitSpan

    unit = factory.SubFactory(OrgUnitFactory)
    name = factory.Sequence(lambda n: f"Unit {n}")
    kind = UnitKind.UNIT
    start = LONG_AGO


class AssignmentFactory(DjangoModelFactory):
    """A definitive post of an executive; ``is_head=True`` for a head, ``kind`` for Plt and Plh."""

    class Meta:
        model = Assignment

    employee = factory.SubFactory(EmployeeFactory)
    unit = factory.LazyFunction(lambda: OrgUnitSpanFactory().unit)
    kind = AssignmentKind.DEFINITIVE
    is_head = False
    position_title = factory.LazyAttribute(lambda post: "Kepala" if post.is_head else "Pengelola Data")
    position_kind = factory.LazyAttribute(
        lambda post: PositionKind.STRUCTURAL if post.is_head else PositionKind.EXECUTIVE
    )
    start = LONG_AGO


class LegalPositionFactory(DjangoModelFactory):
    class Meta:
        model = LegalPositionSpan

    employee = factory.SubFactory(EmployeeFactory)
    position = LegalPosition.ACTIVE
    start = LONG_AGO


class OverrideFactory(DjangoModelFactory):
    class Meta:
        model = AppraiserOverride

    employee = factory.SubFactory(EmployeeFactory)
    appraiser = factory.SubFactory(EmployeeFactory)
    reason = "Ditugaskan pada tim lintas bidang"
    start = LONG_AGO
    created_by = factory.SubFactory(UserFactory)
    created_at = GRANTED_AT


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.BKPSDM_ADMIN
    start = LONG_AGO
    granted_at = GRANTED_AT
