"""Pages of people, roles, requests and accounts: what shows to whom, and what a post changes."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ActivationCode, OutboxMessage, User
from orgunits.enums import CorrectionState, Role
from orgunits.models import CorrectionRequest, EmployeeNip, RoleGrant
from orgunits.role_words import GRANTED
from orgunits.selectors.cards import start_cards
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, TODAY


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def found(person, text):
    page = client_of(person).get(reverse("orgunits:people"), {"q": text})
    return [row.employee.name for row in page.context["rows"]]


def test_search_by_name_and_nip_as_people_type_them(people):
    odd = EmployeeFactory(name="NUR MA'RUF AL-AZIZ")
    AssignmentFactory(employee=odd, unit=people.division)
    nip = odd.nip
    for text in ("maruf", "ma’ruf nur", "  aziz   MA'RUF ", nip, f"'{nip}", odd.shown_nip, nip[4:12]):
        assert odd.name in found(people.bkpsdm_admin, text), text
    assert found(people.bkpsdm_admin, "tidak-ada-orang-ini") == []
    EmployeeNip.objects.create(employee=odd, nip="196001011980011001", replaced_at=NOW)
    assert found(people.opd_admin, "19600101 198001 1 001") == [odd.name]


def test_search_stays_inside_the_visible_set(people):
    assert found(people.opd_admin, people.stranger.employee.nip) == []
    assert found(people.appraiser, "STAF") == ["TUTI STAF"]
    assert found(people.owner, "") == ["BUDI PELAKSANA"]
    assert found(people.inspector, "NANDA") == ["NANDA ASING"]


def test_a_person_with_the_history_of_posts_and_appraisers(people):
    text = text_of(
        client_of(people.bkpsdm_admin).get(reverse("orgunits:person", args=[people.owner.employee.pk]))
    )
    for word in ("BUDI PELAKSANA", "Pengelola Data", "Bidang Satu", "DEWI KABID", "SURYA KADIS"):
        assert word in text
    assert people.owner.employee.shown_nip in text


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("owner", True),
        ("appraiser", True),
        ("superior", True),
        ("opd_admin", True),
        ("bkpsdm_admin", True),
        ("inspector", False),
        ("leader", False),
    ],
)
def test_contacts_show_to_those_of_the_table(people, who, sees):
    employee = people.owner.employee
    employee.phone, employee.email = "0812 9999 0000", "budi@contoh.id"
    employee.save()
    response = client_of(getattr(people, who)).get(reverse("orgunits:person", args=[employee.pk]))
    assert ("0812 9999 0000" in text_of(response)) is sees
    assert ("budi@contoh.id" in text_of(response)) is sees


def test_a_leader_reads_the_contacts_of_the_people_of_the_own_unit(people):
    employee = people.inspector.employee
    employee.phone = "0812 9999 0000"
    employee.save()
    address = reverse("orgunits:person", args=[employee.pk])
    assert "0812 9999 0000" in text_of(client_of(people.sekda).get(address))
    assert "0812 9999 0000" not in text_of(client_of(people.leader).get(address))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("owner", True), ("opd_admin", True), ("inspector", True), ("appraiser", False), ("leader", False)],
)
def test_roles_show_to_those_of_the_table(people, who, sees):
    RoleGrant.objects.create(
        user=people.owner.user, role=Role.TPK, unit=people.opd, start=TODAY, granted_at=NOW
    )
    response = client_of(getattr(people, who)).get(
        reverse("orgunits:person", args=[people.owner.employee.pk])
    )
    assert ("Tim Penilai Kinerja" in text_of(response)) is sees


def test_officers_see_why_they_may_not(people):
    response = client_of(people.opd_admin).get(
        reverse("orgunits:person", args=[people.opd_admin.employee.pk])
    )
    assert "Minta koreksi data" in text_of(response)
    assert "Tindakan pengelola" not in text_of(response)


def test_every_role_is_told_in_plain_words(people):
    assert set(GRANTED) == set(Role)
    text = text_of(client_of(people.opd_admin).get(reverse("orgunits:my_roles")))
    for word in ("Pengelola kepegawaian OPD", "Dinas Pertama", "menerbitkan slip aktivasi", "Tidak dapat"):
        assert word in text
    text = text_of(client_of(people.appraiser).get(reverse("orgunits:my_roles")))
    for word in ("Pejabat penilai", "Pimpinan unit", "Bidang Satu"):
        assert word in text
    assert "Admin BKPSDM" not in text


def test_a_request_goes_through_the_queue(people):
    address = reverse("orgunits:correction_ask")
    short = client_of(people.owner).post(address, {"subject": "unit", "text": "salah"})
    assert short.status_code == 422
    data = {"subject": "appraiser", "text": "Penilai saya seharusnya kepala seksi."}
    assert client_of(people.owner).post(address, data).status_code == 302
    again = client_of(people.owner).post(address, data)
    assert again.status_code == 400
    assert "masih menunggu jawaban" in text_of(again)
    assert data["text"] in text_of(client_of(people.owner).get(reverse("orgunits:me"), follow=True))

    queue = reverse("orgunits:corrections")
    assert "BUDI PELAKSANA" in text_of(client_of(people.opd_admin).get(queue))
    assert "BUDI PELAKSANA" not in text_of(client_of(people.other_admin).get(queue))
    row = CorrectionRequest.objects.get()
    answer = reverse("orgunits:correction", args=[row.pk])
    assert client_of(people.opd_admin).post(answer, {"answer": ""}).status_code == 422
    sent = {"answer": "Sudah.", "verdict": "resolved"}
    assert client_of(people.inspector).post(answer, sent).status_code == 403
    assert client_of(people.opd_admin).post(answer, sent).status_code == 302
    row.refresh_from_db()
    assert row.state == CorrectionState.RESOLVED
    assert client_of(people.opd_admin).post(answer, sent).status_code == 409


def test_start_cards_for_officers_only(people):
    CorrectionRequest.objects.create(
        employee=people.owner.employee, subject="unit", text="Unit saya keliru.", created_at=NOW
    )
    plt = people.acting_head.employee.assignments.get(kind="plt")
    plt.review_note = "Pegawai dimutasi"
    plt.save()
    titles = [card.title for card in start_cards(people.opd_admin.viewer(), NOW)]
    assert titles[:2] == ["1 permintaan koreksi menunggu", "1 Plt./Plh. perlu ditinjau"]
    figures = {card.title: card.figure for card in start_cards(people.bkpsdm_admin.viewer(), NOW)}
    assert figures["Unit tanpa pimpinan definitif"] == "1"
    assert start_cards(people.owner.viewer(), NOW) == ()
    other = [card.title for card in start_cards(people.other_admin.viewer(), NOW)]
    assert "1 permintaan koreksi menunggu" not in other


def test_grant_and_revoke_by_page(people):
    address = reverse("orgunits:role_grant", args=[people.owner.employee.pk])
    data = {"role": "opd_admin", "unit": str(people.opd.pk), "start": "2026-01-01"}
    offered = client_of(people.opd_admin).get(address).context["form"].fields["role"].choices
    assert offered == [("opd_admin", "Pengelola kepegawaian OPD")]
    assert client_of(people.opd_admin).post(address, data | {"role": "inspector"}).status_code == 422
    assert client_of(people.opd_admin).post(address, data).status_code == 302
    grant = RoleGrant.objects.get(user=people.owner.user)
    revoke = reverse("orgunits:role_revoke", args=[grant.pk])
    assert "BUDI PELAKSANA" in text_of(client_of(people.opd_admin).get(revoke))
    assert client_of(people.opd_admin).post(revoke).status_code == 302
    grant.refresh_from_db()
    assert grant.until is not None


def test_slips_are_shown_once_and_kept_from_caches(people):
    address = reverse("orgunits:slips", args=[people.division.pk])
    page = client_of(people.opd_admin).get(address)
    assert "2 pegawai di unit ini belum memiliki kata sandi; 4 bersama" in text_of(page)
    sheet = client_of(people.opd_admin).post(address, {})
    codes = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", sheet.content.decode())
    assert len(codes) == 2
    assert "no-store" in sheet["Cache-Control"]
    assert ActivationCode.objects.count() == 2
    assert codes[0] not in client_of(people.opd_admin).get(address).content.decode()


def test_a_reset_shows_one_new_code(people):
    address = reverse("orgunits:password_reset", args=[people.owner.employee.pk])
    asked = client_of(people.opd_admin).get(address)
    assert "semua sesi pegawai ini berakhir" in text_of(asked)
    assert ActivationCode.objects.count() == 0
    sheet = client_of(people.opd_admin).post(address)
    assert len(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", sheet.content.decode())) == 1


def test_contact_is_saved_without_a_preview(people):
    address = reverse("orgunits:contact", args=[people.owner.employee.pk])
    client = client_of(people.owner)
    assert client.get(reverse("orgunits:my_contact")).url == address
    assert "Lihat akibatnya" not in text_of(client.get(address))
    bad = client.post(address, {"version": "0", "phone": "rumah", "email": "bukan alamat"})
    assert bad.status_code == 422
    assert client.post(address, {"version": "0", "phone": "0812 3456", "email": ""}).status_code == 302
    people.owner.employee.refresh_from_db()
    assert people.owner.employee.phone == "0812 3456"


def confirmed_by_mail(client):
    """Follow the link of the last mail as its reader would."""
    body = OutboxMessage.objects.latest("pk").body
    link = re.search(r"http://testserver(\S+)", body)[1]
    return client.post(link).status_code


def test_account_and_person_have_one_address_confirmed_by_mail(people):
    address = reverse("orgunits:contact", args=[people.owner.employee.pk])
    answer = client_of(people.opd_admin).post(
        address, {"version": "0", "phone": "", "email": "budi@contoh.id"}, follow=True
    )
    assert "Tautan konfirmasi dikirim ke budi@contoh.id" in text_of(answer)
    client = client_of(people.owner)
    assert "belum dikonfirmasi" in text_of(answer)
    assert confirmed_by_mail(client) == 200
    client.post(address, {"version": "1", "phone": "0812 3456", "email": "budi@contoh.id"})
    people.owner.employee.refresh_from_db()
    user = User.objects.get(pk=people.owner.user.pk)
    assert user.email == people.owner.employee.email == "budi@contoh.id"
    assert user.email_confirmed_at is not None
    assert OutboxMessage.objects.count() == 1
    assert "belum dikonfirmasi" not in text_of(client.get(reverse("orgunits:me"), follow=True))


def test_an_account_that_is_no_employees_has_an_address_too(db):
    client = Client()
    operator = User.objects.create_user("operator.skp")
    client.force_login(operator)
    address = reverse("orgunits:my_contact")
    assert client.post(address, {"version": "0", "email": "bukan alamat"}).status_code == 422
    saved = client.post(address, {"version": "0", "email": "operator@contoh.id"})
    assert saved.url == reverse("accounts:profile")
    assert confirmed_by_mail(client) == 200
    operator.refresh_from_db()
    assert (operator.email, operator.email_confirmed_at is None) == ("operator@contoh.id", False)


def test_who_asks_for_link_after_link_is_stopped_and_an_officer_is_not(people):
    address = reverse("orgunits:contact", args=[people.owner.employee.pk])
    for who, last in ((people.owner, 429), (people.opd_admin, 302)):
        client = client_of(who)
        answers = []
        for number in range(11):
            people.owner.employee.refresh_from_db()
            version = str(people.owner.employee.version)
            data = {"version": version, "phone": "", "email": f"a{number}@contoh.id"}
            answers.append(client.post(address, data).status_code)
        assert answers == [302] * 10 + [last]


def test_people_without_post_and_without_appraiser_are_listed_with_the_reason(people):
    EmployeeFactory(name="TANPA JABATAN")
    client = client_of(people.bkpsdm_admin)
    address = reverse("orgunits:vacancies")
    assert "TANPA JABATAN" in text_of(client.get(address, {"bagian": "penugasan"}))
    text = text_of(client.get(address, {"bagian": "penilai"}))
    assert "BUPATI UJI" in text
    assert "Tidak ada jenjang di atas jabatan ini" in text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-01-01"])
def test_days_beyond_any_career_are_refused(people, day):
    owner = people.owner.employee.pk
    data = {"version": "0", "role": Role.OPD_ADMIN, "unit": people.opd.pk, "start": "2026-03-02"}
    answer = client_of(people.bkpsdm_admin).post(
        reverse("orgunits:role_grant", args=[owner]), {**data, "last_day": day}
    )
    assert answer.status_code == 422
    assert "Tahun harus antara 1950 dan 2099." in text_of(answer)
    end = reverse("orgunits:assignment_end", args=[people.owner.post.pk])
    answer = client_of(people.bkpsdm_admin).post(end, {"version": "0", "last_day": day, "reason": "Uji"})
    assert answer.status_code == 422


def test_what_no_name_has_finds_nothing_and_breaks_nothing(people):
    assert found(people.bkpsdm_admin, "BUDI\x00") == ["BUDI PELAKSANA"]


def test_an_address_longer_than_any_is_refused(people):
    address = reverse("orgunits:contact", args=[people.owner.employee.pk])
    long = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.id"
    answer = client_of(people.owner).post(address, {"version": "0", "phone": "", "email": long})
    assert answer.status_code == 422
