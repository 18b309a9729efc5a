"""How many queries each list and detail page asks, literally, at one row and at three.

Counted with the buttons shown, as BKPSDM or the OPD admin. Lists stay within 12, details within 20
(the budget of the product); the same number at both sizes says that it doesn't grow.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgunits.enums import AssignmentKind, Role, UnitKind
from orgunits.lines import lines_rebuild
from orgunits.models import CorrectionRequest, RoleGrant
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, TODAY, People, unit

LIST_BUDGET, DETAIL_BUDGET = 12, 20
Grow = Callable[[People, int], None]


def no_rows(people: People, number: int) -> None:
    """The page shows the cast as it is."""


def members(people: People, number: int) -> None:
    for _ in range(number):
        AssignmentFactory(employee=EmployeeFactory(), unit=people.division)


def opds(people: People, number: int) -> None:
    for index in range(number):
        opd = unit(f"Dinas {index}", people.root, kind=UnitKind.OPD)
        AssignmentFactory(unit=opd, is_head=True)
        unit(f"Bidang {index}", opd, opd=opd)


def units_below(people: People, number: int) -> None:
    for index in range(number):
        AssignmentFactory(unit=unit(f"Seksi {index}", people.division, opd=people.opd), is_head=True)


def history(people: People, number: int) -> None:
    for index in range(number):
        employee = people.owner.employee
        AssignmentFactory(
            employee=employee,
            unit=unit(f"Bidang Lama {index}", people.opd, opd=people.opd),
            start=TODAY.replace(year=2010 + index),
            until=TODAY.replace(year=2011 + index),
        )
        RoleGrant.objects.create(
            user=people.owner.user,
            role=Role.TPK,
            unit=people.opd,
            start=TODAY.replace(year=2030 + index),
            until=TODAY.replace(year=2031 + index),
            granted_at=NOW,
        )


def requests(people: People, number: int) -> None:
    for _ in range(number):
        post = AssignmentFactory(unit=people.division)
        CorrectionRequest.objects.create(
            employee=post.employee, subject="unit", text="Unit saya keliru.", created_at=NOW
        )


def acting(people: People, number: int) -> None:
    for index in range(number):
        AssignmentFactory(
            unit=unit(f"Seksi {index}", people.division, opd=people.opd),
            kind=AssignmentKind.PLT,
            is_head=True,
            review_note="Pegawai dimutasi",
        )


def vacant(people: People, number: int) -> None:
    for index in range(number):
        unit(f"Seksi {index}", people.division, opd=people.opd)


def without_appraiser(people: People, number: int) -> None:
    for index in range(number):
        alone = unit(f"Pemda {index}", None, kind=UnitKind.REGENCY)
        AssignmentFactory(unit=alone)
    lines_rebuild()


def without_post(people: People, number: int) -> None:
    EmployeeFactory.create_batch(number)


def grants(people: People, number: int) -> None:
    for _ in range(number):
        post = AssignmentFactory(unit=people.division)
        RoleGrant.objects.create(
            user=post.employee.user, role=Role.OPD_ADMIN, unit=people.opd, start=TODAY, granted_at=NOW
        )


# Address, its argument, who asks, what grows, queries.
PAGES = (
    ("orgunits:units", None, "bkpsdm_admin", opds, 12),
    ("orgunits:unit", "division", "bkpsdm_admin", units_below, 19),
    ("orgunits:unit", "division", "opd_admin", members, 20),
    ("orgunits:people", None, "bkpsdm_admin", members, 10),
    ("orgunits:people", None, "opd_admin", members, 10),
    ("orgunits:person", "owner", "bkpsdm_admin", history, 18),
    ("orgunits:person", "owner", "opd_admin", history, 18),
    ("orgunits:corrections", None, "opd_admin", requests, 11),
    ("orgunits:roles", None, "bkpsdm_admin", grants, 12),
    ("orgunits:vacancies", "", "bkpsdm_admin", vacant, 11),
    ("orgunits:vacancies", "penilai", "bkpsdm_admin", without_appraiser, 10),
    ("orgunits:vacancies", "plt", "bkpsdm_admin", acting, 9),
    ("orgunits:vacancies", "penugasan", "bkpsdm_admin", without_post, 9),
    ("orgunits:my_roles", None, "opd_admin", no_rows, 8),
    ("orgunits:slip_units", None, "bkpsdm_admin", opds, 7),
)
DETAILS = {"orgunits:unit", "orgunits:person"}


def address_of(people: People, name: str, argument: str | None) -> str:
    if name == "orgunits:unit":
        return reverse(name, args=[getattr(people, argument or "").pk])
    if name == "orgunits:person":
        return reverse(name, args=[getattr(people, argument or "").employee.pk])
    return reverse(name) + (f"?bagian={argument}" if argument else "")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "argument", "who", "grow", "queries"),
    PAGES,
    ids=[f"{page[0]}-{page[1]}-{page[2]}" for page in PAGES],
)
def test_queries_of_a_page(people, name, argument, who, grow: Grow, queries, rows):
    grow(people, rows)
    client = Client()
    client.force_login(getattr(people, who).user)
    address = address_of(people, name, argument)
    # Once before, so that what a process asks only once is not counted.
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) == queries, "\n".join(query["sql"] for query in asked)
    assert queries <= (DETAIL_BUDGET if name in DETAILS else LIST_BUDGET)
