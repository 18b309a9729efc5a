"""Pages of units: who sees which, on any day, and the road from form to preview to change."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from orgunits.models import Assignment, OrgUnit, OrgUnitSpan
from orgunits.selectors.cards import start_cards
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import NOW, TODAY
from tests.people import unit as make_unit


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def hidden(response):
    """The hidden fields of a preview, as the browser would send them with its button."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"} | {"confirm": "1"}


def main_of(response):
    """The page without the frame's menu, where the viewer's own places stand."""
    return text_of(response).split("Unit kerja", 1)[1]


def test_the_list_shows_opd_with_heads_and_vacancies(people):
    text = text_of(client_of(people.bkpsdm_admin).get(reverse("orgunits:units")))
    for word in ("Dinas Pertama", "Dinas Kedua", "SURYA KADIS", "BUPATI UJI", "3 OPD"):
        assert word in text
    # Bidang Dua has a Plt only.
    assert "1 unit tanpa pimpinan definitif" in text


def test_an_opd_admin_sees_no_other_opd(people):
    client = client_of(people.opd_admin)
    text = text_of(client.get(reverse("orgunits:units")))
    assert "Dinas Pertama" in text
    assert "1 OPD" in text
    for response in (
        client.get(reverse("orgunits:units")),
        client.get(reverse("orgunits:people")),
        client.get(reverse("orgunits:people"), {"q": "NANDA"}),
        client.get(reverse("orgunits:vacancies")),
        client.get(reverse("orgunits:roles")),
    ):
        for word in ("Dinas Kedua", "Bidang Tiga", "NANDA ASING", "FITRI KABID", "GITA PENGELOLA"):
            assert word not in text_of(response)


def test_a_member_sees_the_own_unit_and_only_himself_in_it(people):
    client = client_of(people.owner)
    text = text_of(client.get(reverse("orgunits:units")))
    assert "Bidang Satu" in text
    assert "Dinas Pertama" not in text
    page = client.get(reverse("orgunits:unit", args=[people.division.pk]))
    assert [row.employee for row in page.context["members"]] == [people.owner.employee]
    assert page.context["page"].paginator.count == 1
    assert client.get(reverse("orgunits:unit", args=[people.vacant_division.pk])).status_code == 404


def test_a_head_sees_the_tree_below(people):
    client = client_of(people.superior)
    node = client.get(reverse("orgunits:unit", args=[people.opd.pk])).context["node"]
    assert {child.span.name for child in node.children} == {"Bidang Satu", "Bidang Dua"}
    assert (node.below, node.vacancies) == (3, 1)


def test_the_tree_on_another_day(people):
    AssignmentFactory(
        employee=EmployeeFactory(name="CALON KABID"),
        unit=people.vacant_division,
        is_head=True,
        start=date(2027, 1, 1),
    )
    client = client_of(people.bkpsdm_admin)
    address = reverse("orgunits:unit", args=[people.vacant_division.pk])
    assert "CALON KABID" not in text_of(client.get(address, {"tanggal": "2026-03-01"}))
    assert "CALON KABID" in text_of(client.get(address, {"tanggal": "2027-01-01"}))
    empty = client.get(reverse("orgunits:units"), {"tanggal": "2001-01-01"})
    assert "Tidak ada unit pada tanggal ini" in text_of(empty)


@pytest.mark.parametrize("day", ["kemarin", "2026-13-40", "0000-01-01"])
def test_a_date_that_is_none_shows_today(people, day):
    response = client_of(people.bkpsdm_admin).get(reverse("orgunits:units"), {"tanggal": day})
    assert response.status_code == 200
    assert "Dinas Pertama" in text_of(response)


def test_rename_by_form_preview_and_confirmation(people):
    client = client_of(people.opd_admin)
    address = reverse("orgunits:unit_rename", args=[people.division.pk])
    assert 'name="version" value="0"' in client.get(address).content.decode()
    data = {"version": "0", "name": "Bidang Ma'ruf & Mitra", "head_title": "", "start": "2027-02-01"}
    preview = client.post(address, data)
    assert preview.status_code == 200
    assert "Belum ada yang berubah" in text_of(preview)
    assert "Tidak ada yang berganti pejabat penilai" in text_of(preview)
    assert OrgUnitSpan.objects.filter(unit=people.division).count() == 1
    done = client.post(address, data | {"digest": hidden(preview)["digest"], "confirm": "1"})
    assert done.status_code == 302
    assert OrgUnitSpan.objects.filter(unit=people.division, name="Bidang Ma'ruf & Mitra").exists()
    stale = client.post(address, data | {"digest": hidden(preview)["digest"], "confirm": "1"})
    assert stale.status_code == 409
    assert "Muat ulang halaman" in text_of(stale)


def test_a_preview_names_who_gets_another_appraiser(people):
    client = client_of(people.bkpsdm_admin)
    address = reverse("orgunits:assignment_end", args=[people.appraiser.post.pk])
    data = {"version": "0", "last_day": "2026-11-30", "reason": "Pensiun"}
    preview = client.post(address, data)
    text = text_of(preview)
    assert "3 orang berganti pejabat penilai" in text
    for word in ("BUDI PELAKSANA", "AGUS KASI", "mulai 1 Desember 2026", "− DEWI KABID", "+ SURYA KADIS"):
        assert word in text
    assert Assignment.objects.get(pk=people.appraiser.post.pk).until is None
    client.post(address, hidden(preview))
    assert Assignment.objects.get(pk=people.appraiser.post.pk).until == date(2026, 12, 1)


def test_a_confirmation_without_its_preview_changes_nothing(people):
    address = reverse("orgunits:assignment_end", args=[people.appraiser.post.pk])
    data = {"version": "0", "last_day": "2026-11-30", "reason": "Pensiun", "confirm": "1", "digest": "x"}
    assert client_of(people.bkpsdm_admin).post(address, data).status_code == 409
    assert Assignment.objects.get(pk=people.appraiser.post.pk).until is None


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"version": "0", "last_day": "2019-01-01", "reason": "Pensiun"}, 400, "tidak boleh sebelum itu"),
        ({"version": "0", "last_day": "31-31-2026", "reason": "Pensiun"}, 422, "Tulis tanggal seperti"),
        ({"version": "0", "last_day": "", "reason": "Bosan"}, 422, "Perlu diperbaiki"),
        ({"last_day": "2026-11-30", "reason": "Pensiun"}, 400, "Formulir tidak lengkap"),
        ({"version": "9", "last_day": "2026-11-30", "reason": "Pensiun"}, 409, "sudah diubah orang lain"),
    ],
)
def test_bad_input_is_answered_in_words_and_changes_nothing(people, data, status, sentence):
    address = reverse("orgunits:assignment_end", args=[people.appraiser.post.pk])
    response = client_of(people.bkpsdm_admin).post(address, data)
    assert response.status_code == status
    assert sentence in text_of(response)
    assert Assignment.objects.get(pk=people.appraiser.post.pk).until is None


def test_a_split_carries_its_lists_through_the_preview(people):
    client = client_of(people.opd_admin)
    address = reverse("orgunits:unit_split", args=[people.division.pk])
    data = {
        "version": "0",
        "name": "Bidang Baru",
        "head_title": "",
        "head_echelon": "",
        "start": "2027-01-01",
        "employees": [str(people.owner.employee.pk)],
        "units": [str(people.section.pk)],
    }
    preview = client.post(address, data)
    assert "1 pegawai dan 1 unit di bawahnya pindah ke Bidang Baru" in text_of(preview)
    assert client.post(address, data | hidden(preview)).status_code == 302
    assert people.owner.employee.assignments.get(until=None).unit.spans.get().name == "Bidang Baru"


def test_long_and_odd_names_are_shown_as_text(people):
    make_unit("<script>alert('x')</script> O'Brien", people.opd, opd=people.opd)
    html = client_of(people.opd_admin).get(reverse("orgunits:unit", args=[people.opd.pk])).content.decode()
    assert "<script>alert" not in html
    assert "O&#x27;Brien" in html


def test_vacancies_are_one_number_on_every_page(people, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    people.leader.employee.assignments.update(until=TODAY)
    client = client_of(people.bkpsdm_admin)
    count = client.get(reverse("orgunits:units")).context["vacancies"]
    listed = client.get(reverse("orgunits:vacancies")).context["page"].paginator.count
    (card,) = [
        card
        for card in start_cards(people.bkpsdm_admin.viewer(), NOW)
        if card.title == "Unit tanpa pimpinan definitif"
    ]
    assert (count, listed, card.figure) == (2, 2, "2")


def test_who_was_overtaken_gets_the_form_back_as_filled_in(people):
    address = reverse("orgunits:unit_rename", args=[people.division.pk])
    client = client_of(people.opd_admin)
    data = {"version": "0", "name": "Bidang Cadangan", "head_title": "", "start": "2026-07-01"}
    digest = re.search(r'name="digest" value="(\w+)"', client.post(address, data).content.decode())[1]
    OrgUnit.objects.filter(pk=people.division.pk).update(version=3)
    late = client.post(address, {**data, "digest": digest, "confirm": "1"})
    assert late.status_code == 409
    html = late.content.decode()
    assert 'value="Bidang Cadangan"' in html
    assert 'name="version" value="3"' in html
    assert "Belum ada yang disimpan." in html
    assert not OrgUnitSpan.objects.filter(name="Bidang Cadangan").exists()
