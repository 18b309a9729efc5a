"""Documents of plans: issued by the moves, read from the visible set, previews that store nothing."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from skp.documents.contents import initials
from skp.models import PlannedResult
from skp.selectors.matrix import matrix_of
from skp.services.issuing import matrix_issue
from tests.lib.pdfs import text_of
from tests.people import People
from tests.skp.drafts import JANUARY, agreed, drafted, period_2026, result_ids, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    return period_2026()


@pytest.fixture
def chain(people: People, period):
    """The plans of head of the OPD, head of the division and member, all agreed."""
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return top, middle, agreed(people.owner, people.appraiser, period, result_ids(middle))


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def only(kind: DocumentKind, skp) -> IssuedDocument:
    return IssuedDocument.objects.get(kind=kind, subject_type="skp.skp", subject_id=str(skp.pk))


def test_agreeing_issues_the_plan_and_its_appendix(people: People, chain):
    top, _, plan = chain
    assert only(DocumentKind.D2, top).title == "SKP 2026 SURYA KADIS"
    only(DocumentKind.D5, top)
    issued = only(DocumentKind.D1, plan)
    assert (issued.initials, issued.opd_name, issued.revision) == ("B. P.", "Dinas Pertama", 1)
    text = text_of(document_bytes(issued))
    for words in ("BUDI PELAKSANA", "DEWI KABID", "Kepala Bidang Satu", "12 laporan", "8 Januari 2026"):
        assert words in text
    # Once as the superior's result, once as the own one.
    assert text.count("Tersusunnya laporan kinerja") == 2


def test_the_document_says_what_was_agreed_whatever_is_written_later(chain):
    *_, plan = chain
    PlannedResult.objects.filter(revision__skp=plan).update(text="Sudah diganti orang")
    plan.owner.name = "NAMA LAIN"
    plan.owner.save()
    text = text_of(document_bytes(only(DocumentKind.D1, plan)))
    assert "Sudah diganti orang" not in text
    assert "NAMA LAIN" not in text


def test_sending_issues_a_receipt_that_names_what_was_sent(people: People, period):
    plan = submitted(people.owner, period)
    issued = IssuedDocument.objects.get()
    assert issued.kind == DocumentKind.D15
    text = text_of(document_bytes(issued))
    assert "TT/2026/000001" in text
    assert plan.open_revision.content_hash in text
    assert "Pejabat Penilai Kinerja" in text


def test_an_acting_appraiser_is_named_as_acting(people: People, period):
    plan = submitted(people.acting_member, period)
    text = text_of(document_bytes(IssuedDocument.objects.get()))
    assert "Plt. Kepala Bidang Dua" in text
    assert plan.owner_id == people.acting_member.employee.pk


def test_a_draft_is_shown_marked_and_nothing_is_issued(people: People, period):
    plan = drafted(people.owner, period)
    for which in ("skp", "lampiran"):
        answer = client_of(people.owner).get(reverse("skp:document_preview", args=[plan.pk, which]))
        assert answer.headers["Content-Type"] == "application/pdf"
        text = text_of(answer.content)
        assert "DRAF" in text
        assert "Nomor dokumen" not in text
    assert not IssuedDocument.objects.exists()
    unknown = client_of(people.owner).get(reverse("skp:document_preview", args=[plan.pk, "lain"]))
    assert unknown.status_code == 404


def test_an_agreed_plan_has_no_preview(people: People, chain):
    answer = client_of(people.owner).get(reverse("skp:document_preview", args=[chain[-1].pk, "skp"]))
    assert answer.status_code == 404


def test_the_list_leads_to_the_files_and_to_no_other_plans(people: People, chain):
    _, middle, plan = chain
    client = client_of(people.owner)
    page = client.get(reverse("skp:documents", args=[plan.pk])).content.decode()
    for shown in ("D1/2026/000002", "D5/2026/000003", "D15/2026/000003", "Berlaku"):
        assert shown in page
    issued = only(DocumentKind.D1, plan)
    answer = client.get(reverse("skp:document", args=[plan.pk, issued.public_id]))
    assert answer.content[:5] == b"%PDF-"
    # The document of another plan is not found below this one.
    other = only(DocumentKind.D1, middle)
    assert client.get(reverse("skp:document", args=[plan.pk, other.public_id])).status_code == 404
    stranger = client_of(people.stranger)
    assert stranger.get(reverse("skp:document", args=[plan.pk, issued.public_id])).status_code == 404


def test_the_matrix_gets_a_new_number_only_when_it_differs(people: People, chain):
    _, middle, plan = chain
    client = client_of(people.appraiser)
    address = reverse("skp:matrix", args=[middle.pk])
    assert client.post(address).url == reverse("skp:documents", args=[middle.pk])
    client.post(address)
    first = IssuedDocument.objects.get(kind=DocumentKind.D4)
    text = text_of(document_bytes(first))
    assert "BUDI PELAKSANA" in text
    assert "DEWI KABID" in text
    PlannedResult.objects.filter(revision__skp=plan).update(text="Peran yang lain")
    client.post(address)
    first.refresh_from_db()
    assert first.state == IssuedState.SUPERSEDED
    assert IssuedDocument.objects.filter(kind=DocumentKind.D4).count() == 2
    again = matrix_issue(actor=people.appraiser.viewer(JANUARY), skp_id=middle.pk, now=JANUARY)
    assert again.number == 2


def test_the_matrix_says_what_the_page_of_the_cascade_says(people: People, chain):
    """Everybody whom the leader appraises is in both; what is only a draft is on the page alone."""
    _, middle, _plan = chain
    drafted(people.section_head, middle.period, result_ids(middle))
    issued = matrix_issue(actor=people.appraiser.viewer(JANUARY), skp_id=middle.pk, now=JANUARY)
    content = json.loads(issued.content_text)
    found = matrix_of(people.appraiser.employee.pk, middle.period, JANUARY.date())
    assert content["columns"] == [column.text for column in found.columns]
    assert [person["name"] for person in content["people"]] == [row.employee.full_name for row in found.rows]
    cells = {person["name"]: person["cells"] for person in content["people"]}
    shown = {row.employee.full_name: [list(texts) for texts in row.cells] for row in found.rows}
    head, owner = people.section_head.employee.full_name, people.owner.employee.full_name
    assert cells[owner] == shown[owner] != [[], []]
    assert (cells[head], any(shown[head])) == ([[], []], True)


def test_an_additional_result_of_the_leader_has_a_column_of_its_own(people: People, chain):
    _, middle, plan = chain
    PlannedResult.objects.filter(revision=middle.in_force).update(kind="additional")
    found = matrix_of(people.appraiser.employee.pk, plan.period, JANUARY.date())
    assert [column.is_main for column in found.columns] == [False, False]
    assert 1 in found.served()


def test_only_the_leader_issues_the_matrix(people: People, chain):
    middle = chain[1]
    assert client_of(people.superior).post(reverse("skp:matrix", args=[middle.pk])).status_code == 403
    assert not IssuedDocument.objects.filter(kind=DocumentKind.D4).exists()


@pytest.mark.parametrize("matrices", [1, 3])
def test_queries_of_the_list(people: People, chain, matrices, django_assert_num_queries):
    middle, plan = chain[1:]
    for number in range(matrices):
        PlannedResult.objects.filter(revision__skp=plan).update(text=f"Peran ke-{number}")
        matrix_issue(actor=people.appraiser.viewer(JANUARY), skp_id=middle.pk, now=JANUARY)
    client, address = client_of(people.appraiser), reverse("skp:documents", args=[middle.pk])
    client.get(address)
    with django_assert_num_queries(17):
        page = client.get(address).content.decode()
    assert page.count("D4/2026/") == 2 * matrices
    assert "Buat matriks" in page


@pytest.mark.parametrize(
    ("name", "short"),
    [("BUDI PELAKSANA", "B. P."), ("H. A. B. C. D. E. F", "H. A. B. C. D."), ("'", ""), ("sri", "S.")],
)
def test_initials(name, short):
    assert initials(name) == short
