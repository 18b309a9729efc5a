"""Documents as the year goes on: an addendum takes the place of what was agreed, a transfer ends a plan."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from orgunits.models import Assignment
from skp.models import PlannedResult, Skp
from skp.services.closing import plans_close_ended
from skp.services.plan_files import plan_files
from tests.lib.pdfs import text_of
from tests.people import People, Person
from tests.skp.drafts import (
    JANUARY,
    MARCH,
    agreed,
    decided,
    drafted,
    period_2026,
    proposed,
    result_ids,
    sent,
)
from tests.transfers import transferred

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 7, 2, 0, tzinfo=UTC)


@pytest.fixture
def plans(people: People) -> tuple[Skp, Skp]:
    """The agreed plans of the head of the OPD and of the head of the division, in January."""
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    return top, agreed(people.appraiser, people.superior, period, result_ids(top))


def texts(skp: Skp, now: datetime) -> dict[str, str]:
    """What the plan's files say, by "D1" and "D5"."""
    files = plan_files(skp_id=skp.pk, actor_id=None, now=now)
    return {file.name.split("_")[3].removesuffix(".pdf"): text_of(file.data) for file in files}


def verified(issued: IssuedDocument) -> str:
    return Client().get(reverse("verify", args=[issued.public_id])).content.decode()


def transfer(people: People, person: Person) -> Assignment:
    """The person works in Bidang Tiga from 1 April; answers the new post."""
    post = transferred(people.bkpsdm_admin.viewer(MARCH), person.employee, people.other_division)
    plans_close_ended(now=APRIL)
    return post


def test_an_agreed_addendum_takes_the_place_of_the_first_document(people: People, plans, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MARCH)
    plan = plans[1]
    first = IssuedDocument.objects.get(kind=DocumentKind.D1)
    before = document_bytes(first)
    proposed(people.appraiser, plan)
    PlannedResult.objects.filter(revision=plan.open_revision_id, order=1).update(text="Hasil menurut adendum")
    # Open or sent, it changes nothing that counts.
    assert "Hasil menurut adendum" not in texts(plan, MARCH)["D1"]
    sent(people.appraiser, plan)
    first.refresh_from_db()
    assert first.state == IssuedState.RENDERED
    decided(people.superior, plan)

    first.refresh_from_db()
    second = IssuedDocument.objects.get(kind=DocumentKind.D1, supersedes=first)
    assert (first.state, second.revision) == (IssuedState.SUPERSEDED, 2)
    said = texts(plan, MARCH)["D1"]
    assert "Hasil menurut adendum" in said
    assert f"Nomor dokumen {second.shown_number}, revisi 2" in said
    assert document_bytes(first) == before
    assert f"sudah digantikan oleh {second.shown_number}" in verified(first)
    assert "dan berlaku" in verified(second)
    client = Client()
    client.force_login(people.appraiser.user)
    page = client.get(reverse("skp:documents", args=[plan.pk])).content.decode()
    assert page.count("Digantikan") == 2  # D1 and D5
    # What the head of the OPD has is untouched.
    assert IssuedDocument.objects.get(kind=DocumentKind.D2).state != IssuedState.SUPERSEDED


def test_a_plan_that_begins_with_a_transfer_prints_its_own_days(people: People, plans):
    period = plans[0].period
    third = agreed(people.other_superior, people.sekda, period)
    lead = agreed(people.other_appraiser, people.other_superior, period, result_ids(third))
    agreed(people.owner, people.appraiser, period, result_ids(plans[1]))
    post = transfer(people, people.owner)
    new = agreed(Person(post), people.other_appraiser, period, result_ids(lead), APRIL)
    said = texts(new, APRIL)
    for kind in ("D1", "D5"):
        assert "1 APRIL SD 31 DESEMBER TAHUN 2026" in said[kind]
        assert "DINAS KEDUA" in said[kind].upper()
        assert "FITRI KABID" in said[kind]
        assert "7 April 2026" in said[kind]


def test_a_draft_ended_by_a_transfer_prints_its_last_day_and_its_old_office(people: People, plans):
    old = drafted(people.owner, plans[0].period, result_ids(plans[1]))
    transfer(people, people.owner)
    said = texts(old, APRIL)["D1"]
    assert "1 JANUARI SD 31 MARET TAHUN 2026" in said
    assert "DINAS PERTAMA" in said.upper()
    assert "DEWI KABID" in said
    assert "DRAF" in said
    assert old.owner_id == people.owner.employee.pk


def test_what_was_agreed_before_a_transfer_stays_as_it_was(people: People, plans):
    old = agreed(people.owner, people.appraiser, plans[0].period, result_ids(plans[1]))
    before = texts(old, JANUARY)
    transfer(people, people.owner)
    assert texts(old, APRIL) == before
    assert IssuedDocument.objects.filter(subject_type="skp.skp", subject_id=str(old.pk)).count() == 2
