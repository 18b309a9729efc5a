"""The cast: a small regency and the people who meet in every test.

::

    Kabupaten            head: leader (Bupati)
    ├── Setda            head: sekda; members: bkpsdm_admin, inspector
    ├── Dinas Pertama    head: superior; member: opd_admin       (appraised by Setda)
    │   ├── Bidang Satu  head: appraiser; members: owner
    │   │   └── Seksi    head: section_head; member: section_member
    │   └── Bidang Dua   no definitive head, Plt: acting_head, who is a member; member: acting_member
    └── Dinas Kedua      head: other_superior; member: other_admin  (appraised by Setda)
        └── Bidang Tiga  head: other_appraiser; member: stranger
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from accounts.models import User
from orgunits.enums import AssignmentKind, EmploymentKind, PositionKind, Role, UnitKind
from orgunits.lines import lines_rebuild
from orgunits.models import Assignment, Employee, OrgUnit, OrgUnitSpan
from orgunits.selectors.viewers import viewer_for
from orgunits.viewer import Viewer
from tests.factories import AssignmentFactory, EmployeeFactory, OrgUnitSpanFactory, RoleGrantFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Person:
    """Somebody with a post and an account."""

    post: Assignment

    @property
    def employee(self) -> Employee:
        return self.post.employee

    @property
    def user(self) -> User:
        user = self.employee.user
        assert user is not None
        return user

    def viewer(self, now: datetime = NOW) -> Viewer:
        """As the application sees them at ``now``."""
        return viewer_for(self.user, now)


@dataclass(frozen=True)
class People:
    """The cast with their units; see the module's picture."""

    root: OrgUnit
    setda: OrgUnit
    opd: OrgUnit
    division: OrgUnit
    section: OrgUnit
    vacant_division: OrgUnit
    other_opd: OrgUnit
    other_division: OrgUnit
    leader: Person
    sekda: Person
    superior: Person
    appraiser: Person
    owner: Person
    section_head: Person
    section_member: Person
    acting_head: Person
    acting_member: Person
    opd_admin: Person
    bkpsdm_admin: Person
    inspector: Person
    other_superior: Person
    other_appraiser: Person
    other_admin: Person
    stranger: Person


def make_people() -> People:
    """Write the cast, its roles and its appraisal lines into the database."""
    units = _make_units()
    people = _make_posts(units)
    AssignmentFactory(
        employee=people["acting_head"].employee,
        unit=units["vacant_division"],
        kind=AssignmentKind.PLT,
        is_head=True,
        position_title="Kepala Bidang Dua",
        decree="800/17/2025",
    )
    _grant(people["leader"], Role.LEADER)
    _grant(people["sekda"], Role.LEADER)
    _grant(people["bkpsdm_admin"], Role.BKPSDM_ADMIN)
    _grant(people["inspector"], Role.INSPECTOR)
    _grant(people["opd_admin"], Role.OPD_ADMIN, units["opd"])
    _grant(people["other_admin"], Role.OPD_ADMIN, units["other_opd"])
    lines_rebuild()
    return People(**units, **people)


def unit(
    name: str,
    parent: OrgUnit | None,
    *,
    kind: UnitKind = UnitKind.UNIT,
    opd: OrgUnit | None = None,
    appraised_by: OrgUnit | None = None,
) -> OrgUnit:
    """A unit in force since long ago; an OPD belongs to itself."""
    made = OrgUnitSpanFactory(name=name, kind=kind, parent=parent, opd=opd, appraised_by=appraised_by)
    span = cast("OrgUnitSpan", made)
    if kind == UnitKind.OPD:
        span.opd = span.unit
        span.save(update_fields=["opd"])
    return span.unit


def _make_units() -> dict[str, OrgUnit]:
    root = unit("Kabupaten Uji", None, kind=UnitKind.REGENCY)
    setda = unit("Sekretariat Daerah", root, kind=UnitKind.OPD)
    opd = unit("Dinas Pertama", root, kind=UnitKind.OPD, appraised_by=setda)
    division = unit("Bidang Satu", opd, opd=opd)
    other_opd = unit("Dinas Kedua", root, kind=UnitKind.OPD, appraised_by=setda)
    return {
        "root": root,
        "setda": setda,
        "opd": opd,
        "division": division,
        "section": unit("Seksi Data", division, opd=opd),
        "vacant_division": unit("Bidang Dua", opd, opd=opd),
        "other_opd": other_opd,
        "other_division": unit("Bidang Tiga", other_opd, opd=other_opd),
    }


def _make_posts(units: dict[str, OrgUnit]) -> dict[str, Person]:
    bupati = EmployeeFactory(
        name="BUPATI UJI", nip=None, external_id=None, employment_kind=EmploymentKind.STATE_OFFICIAL
    )
    leader = AssignmentFactory(
        employee=bupati,
        unit=units["root"],
        is_head=True,
        position_title="Bupati",
        position_kind=PositionKind.POLITICAL,
    )
    posts = {
        "sekda": ("RATNA SEKDA", "setda", "Sekretaris Daerah", "21"),
        "superior": ("SURYA KADIS", "opd", "Kepala Dinas Pertama", "22"),
        "appraiser": ("DEWI KABID", "division", "Kepala Bidang Satu", "32"),
        "owner": ("BUDI PELAKSANA", "division", "", ""),
        "section_head": ("AGUS KASI", "section", "Kepala Seksi Data", "41"),
        "section_member": ("TUTI STAF", "section", "", ""),
        "acting_head": ("JOKO PELAKSANA TUGAS", "vacant_division", "", ""),
        "acting_member": ("LINA STAF", "vacant_division", "", ""),
        "opd_admin": ("WATI PENGELOLA", "opd", "", ""),
        "bkpsdm_admin": ("HADI BKPSDM", "setda", "", ""),
        "inspector": ("IRMA INSPEKTUR", "setda", "", ""),
        "other_superior": ("EKO KADIS", "other_opd", "Kepala Dinas Kedua", "22"),
        "other_appraiser": ("FITRI KABID", "other_division", "Kepala Bidang Tiga", "32"),
        "other_admin": ("GITA PENGELOLA", "other_opd", "", ""),
        "stranger": ("NANDA ASING", "other_division", "", ""),
    }
    people = {"leader": Person(leader)}
    for key, (name, place, title, echelon) in posts.items():
        head = {"is_head": True, "position_title": title, "echelon": echelon} if title else {}
        people[key] = Person(
            AssignmentFactory(employee=EmployeeFactory(name=name), unit=units[place], **head)
        )
    return people


def _grant(person: Person, role: Role, opd: OrgUnit | None = None) -> None:
    RoleGrantFactory(user=person.user, role=role, unit=opd)
