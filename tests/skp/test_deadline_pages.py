"""Pages of extensions and exemptions: what they show, ask and write, and how many queries they take."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.lib import clock
from skp.enums import ExtensionScope
from skp.models import Duty, Exemption, ExemptionProposal, Extension, ExtensionProposal
from skp.services.proposals import extension_propose
from tests.factories import EmployeeFactory
from tests.lib.uploading import PDF
from tests.people import People, Person
from tests.skp.drafts import period_2026, started
from tests.skp.facts import moment
from tests.skp.test_extensions import data, grant

pytestmark = pytest.mark.django_db
LATE = moment("2026-02-05 10:00")


@pytest.fixture
def period(people, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATE)
    return period_2026()


def browse(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def typed(people: People, **values: object) -> dict[str, object]:
    given = {
        "stage": "planning:0",
        "scope": "opd",
        "unit": people.opd.pk,
        "nips": "",
        "last_day": "2026-02-28",
        "last_minute": "23.59",
        "reason": "Gangguan jaringan",
        "decree": "800/12",
    }
    return given | values


def test_bkpsdm_extends_an_opd_after_the_deadline(people: People, period):
    client = browse(people.bkpsdm_admin)
    address = reverse("skp:extension_new")
    preview = client.post(address, typed(people))
    page = preview.content.decode()
    assert preview.status_code == 200
    assert "8 pegawai di 1 OPD" in page
    assert "28 Februari 2026 pukul 23.59 WIB" in page
    assert not Extension.objects.exists()
    confirmed = typed(people) | {"confirm": "1", "fingerprint": hidden(page, "fingerprint")}
    paper = SimpleUploadedFile("surat.pdf", PDF, content_type="application/pdf")
    answer = client.post(address, confirmed | {"paper": paper})
    assert (answer.status_code, answer["Location"]) == (302, reverse("skp:extensions"))
    extension = Extension.objects.get()
    assert (extension.due_at, extension.unit_id) == (moment("2026-03-01 00:00"), people.opd.pk)
    letter = client.get(reverse("skp:extension_letter", args=[extension.pk]))
    assert letter.getvalue().startswith(b"%PDF")
    assert letter["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    listed = client.get(reverse("skp:extensions")).content.decode()
    assert "Dinas Pertama" in listed
    assert "Berlaku" in listed


def test_a_stale_confirmation_shows_the_effect_anew(people: People, period):
    client = browse(people.bkpsdm_admin)
    address = reverse("skp:extension_new")
    page = client.post(address, typed(people)).content.decode()
    grant(people, data(period, ExtensionScope.UNIT, unit_id=people.division.pk))
    confirmed = typed(people) | {"confirm": "1", "fingerprint": hidden(page, "fingerprint")}
    answer = client.post(address, confirmed)
    again = answer.content.decode()
    assert answer.status_code == 409
    assert "Periksa pratinjau baru" in again
    assert "4 pegawai di 1 OPD" in again
    assert Extension.objects.count() == 1
    answer = client.post(address, confirmed | {"fingerprint": hidden(again, "fingerprint")})
    assert answer.status_code == 302
    assert Extension.objects.count() == 2


def test_a_file_that_is_something_else_is_refused_and_nothing_kept(people: People, period):
    client = browse(people.bkpsdm_admin)
    address = reverse("skp:extension_new")
    page = client.post(address, typed(people)).content.decode()
    wrong = SimpleUploadedFile("surat.pdf", b"<html>bukan surat</html>", content_type="application/pdf")
    confirmed = typed(people) | {"confirm": "1", "fingerprint": hidden(page, "fingerprint"), "paper": wrong}
    answer = client.post(address, confirmed)
    assert answer.status_code == 422
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"unit": ""}, "Pilih OPD atau unit kerja."),
        ({"scope": "people"}, "Tempel NIP pegawai"),
        ({"scope": "people", "nips": "199001012020121001"}, "NIP tidak dikenal: 199001012020121001."),
        ({"last_day": "2026-02-01"}, "harus sesudah saat ini"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(people: People, period, values, sentence):
    answer = browse(people.bkpsdm_admin).post(reverse("skp:extension_new"), typed(people, **values))
    page = answer.content.decode()
    assert answer.status_code in (400, 422)
    assert sentence in page
    assert "Gangguan jaringan" in page


def test_an_extension_is_revoked_after_its_effect_was_shown(people: People, period):
    extension = grant(people, data(period))
    client = browse(people.bkpsdm_admin)
    address = reverse("skp:extension_revoke", args=[extension.pk])
    page = client.get(address).content.decode()
    assert "15 pegawai di 3 OPD" in page
    answer = client.post(address, {"reason": "Keliru", "fingerprint": "lain"})
    assert answer.status_code == 409
    fingerprint = hidden(page, "fingerprint")
    answer = client.post(address, {"reason": "Keliru", "fingerprint": fingerprint})
    assert answer.status_code == 302
    assert Extension.objects.get().revoke_reason == "Keliru"
    assert client.get(address).status_code == 409
    assert "Dicabut" in client.get(reverse("skp:extensions")).content.decode()


def test_a_proposal_becomes_a_grant(people: People, period):
    officer = browse(people.opd_admin)
    asked = typed(people, scope="unit", unit=people.division.pk)
    asked.pop("decree")
    assert officer.post(reverse("skp:extension_propose"), asked).status_code == 302
    proposal = ExtensionProposal.objects.get()
    assert "Gangguan jaringan" in officer.get(reverse("skp:extensions")).content.decode()
    assert (
        "Gangguan jaringan" not in browse(people.other_admin).get(reverse("skp:extensions")).content.decode()
    )
    client = browse(people.bkpsdm_admin)
    address = f"{reverse('skp:extension_new')}?usul={proposal.pk}"
    form = client.get(address).content.decode()
    assert "Gangguan jaringan" in form
    given = asked | {"decree": "800/9"}
    page = client.post(address, given).content.decode()
    confirmed = given | {"confirm": "1", "fingerprint": hidden(page, "fingerprint")}
    assert client.post(address, confirmed).status_code == 302
    proposal.refresh_from_db()
    assert proposal.granted_id == Extension.objects.get().pk
    assert client.get(address).status_code == 404


def test_a_proposal_beyond_the_opd_is_refused(people: People, period):
    asked = typed(people, scope="people", unit="", nips=people.stranger.employee.nip)
    answer = browse(people.opd_admin).post(reverse("skp:extension_propose"), asked)
    assert answer.status_code == 403
    assert not ExtensionProposal.objects.exists()


def exempted(people: People, person: Person, **values: object) -> dict[str, object]:
    given = {
        "nip": person.employee.nip,
        "kind": "sickness",
        "start": "2026-01-01",
        "last_day": "2026-05-31",
        "document": "445/1",
    }
    return given | values


def test_bkpsdm_records_an_exemption_and_revokes_it(people: People, period):
    client = browse(people.bkpsdm_admin)
    address = reverse("skp:exemption_new")
    short = client.post(address, exempted(people, people.owner, last_day="2026-02-01"))
    assert short.status_code == 400
    assert "90 hari" in short.content.decode()
    assert client.post(address, exempted(people, people.owner)).status_code == 302
    row = Exemption.objects.get()
    assert row.until == date(2026, 6, 1)
    duty = Duty.objects.filter(employee=people.owner.employee)
    assert set(duty.filter(obliged=False).values_list("stage", "interval")) == {
        ("planning", 0),
        ("monitoring", 1),
    }
    again = client.post(address, exempted(people, people.owner))
    assert "Sudah ada pengecualian" in again.content.decode()
    gone = client.post(reverse("skp:exemption_revoke", args=[row.pk]), {"reason": "Sudah bekerja"})
    assert gone.status_code == 302
    assert not duty.filter(obliged=False).exists()


def test_an_opd_admin_proposes_with_the_document_and_bkpsdm_takes_it_over(people: People, period):
    paper = SimpleUploadedFile("cuti.pdf", PDF, content_type="application/pdf")
    officer = browse(people.opd_admin)
    address = reverse("skp:exemption_new")
    foreign = officer.post(address, exempted(people, people.stranger))
    assert "yang Anda kelola" in foreign.content.decode()
    assert officer.post(address, exempted(people, people.owner) | {"paper": paper}).status_code == 302
    assert not Exemption.objects.exists()
    proposal = ExemptionProposal.objects.get()
    client = browse(people.bkpsdm_admin)
    answer = client.post(f"{address}?usul={proposal.pk}", exempted(people, people.owner))
    assert answer.status_code == 302
    row = Exemption.objects.get()
    assert (row.file_name, row.stored_name) == ("cuti.pdf", proposal.stored_name)


def test_a_head_reads_that_somebody_is_exempt_not_the_paper(people: People, period):
    row = Exemption.objects.get(pk=owners_exemption_id(people))
    page = browse(people.appraiser).get(reverse("skp:exemptions")).content.decode()
    assert "BUDI PELAKSANA" in page
    assert "Unduh dokumen" not in page
    own = browse(people.owner).get(reverse("skp:exemptions")).content.decode()
    assert reverse("skp:exemption_document", args=[row.pk]) in own
    assert "BUDI PELAKSANA" not in browse(people.stranger).get(reverse("skp:exemptions")).content.decode()


def owners_exemption_id(people: People) -> int:
    return Exemption.objects.create(
        employee=people.owner.employee,
        kind="sickness",
        start=date(2026, 1, 1),
        until=date(2026, 6, 1),
        document="445/1",
        stored_name="exemptions/x",
        file_name="cuti.pdf",
        granted_at=LATE,
        granted_by=people.bkpsdm_admin.user,
    ).pk


def test_the_list_holds_what_concerns_the_viewer(people: People, period):
    grant(
        people,
        data(period, ExtensionScope.PEOPLE, nips=(people.stranger.employee.nip,), reason="Untuk Nanda"),
    )
    grant(people, data(period, ExtensionScope.UNIT, unit_id=people.division.pk, reason="Untuk Bidang Satu"))

    def seen(person: Person) -> set[str]:
        page = browse(person).get(reverse("skp:extensions")).content.decode()
        return {words for words in ("Untuk Nanda", "Untuk Bidang Satu") if words in page}

    assert seen(people.bkpsdm_admin) == seen(people.leader) == {"Untuk Nanda", "Untuk Bidang Satu"}
    assert (
        seen(people.other_admin) == seen(people.stranger) == seen(people.other_appraiser) == {"Untuk Nanda"}
    )
    for person in (people.owner, people.section_member, people.superior, people.opd_admin):
        assert seen(person) == {"Untuk Bidang Satu"}
    assert seen(people.acting_member) == set()


def test_the_plan_s_page_says_which_deadline_holds_and_why(people: People, period, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment("2026-01-10 10:00"))
    skp = started(people.owner, period)
    client = browse(people.owner)
    page = client.get(reverse("skp:plan", args=[skp.pk])).content.decode()
    assert "Tenggat yang berlaku" in page
    assert "Jadwal periode untuk semua pegawai." in page
    grant(people, data(period, ExtensionScope.OPD, unit_id=people.opd.pk, decree="800/77"))
    page = client.get(reverse("skp:plan", args=[skp.pk])).content.decode()
    assert "Perpanjangan untuk OPD Anda, surat 800/77: Gangguan jaringan" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_take_few_queries(people: People, period, django_assert_num_queries, number):
    for index in range(number):
        due = moment(f"2026-03-0{index + 1} 00:00")
        grant(
            people, data(period, ExtensionScope.OPD, unit_id=people.opd.pk, due_at=due, reason=f"Ke-{index}")
        )
        asked = data(period, ExtensionScope.UNIT, unit_id=people.division.pk, reason=f"Usul {index}")
        extension_propose(actor=people.opd_admin.viewer(LATE), data=asked, now=LATE)
        Exemption.objects.create(
            employee=EmployeeFactory(name=f"SAKIT {index}"),
            kind="sickness",
            start=date(2026, 1, 1),
            until=date(2026, 6, 1),
            document="445/1",
            granted_at=LATE,
            granted_by=people.bkpsdm_admin.user,
        )
    for person, extensions, exemptions in ((people.bkpsdm_admin, 10, 10), (people.opd_admin, 12, 8)):
        client = browse(person)
        for address, expected in (
            (reverse("skp:extensions"), extensions),
            (reverse("skp:exemptions"), exemptions),
        ):
            client.get(address)
            with django_assert_num_queries(expected):
                page = client.get(address).content.decode()
            if address.endswith("tenggat/"):
                assert page.count("Ke-") == number
                assert page.count("Usul 0") == 1
