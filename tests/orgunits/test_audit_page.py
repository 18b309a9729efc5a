"""The officers' audit trail: whose events show to whom, how they are narrowed and told."""

import ast
import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.enums import AuditKind
from accounts.models import AuditEvent
from config.lib import clock
from orgunits.audit_words import LEFT_OUT, WORDS, Names, changes_in
from orgunits.enums import AssignmentKind, CorrectionSubject, OrgEvent, Role
from orgunits.permissions import QUEUE_CLOSED
from orgunits.selectors.audit import audit_visible_to
from orgunits.selectors.corrections import corrections_visible_to
from orgunits.selectors.people import employees_visible_to
from orgunits.services.assignments import Post
from orgunits.services.corrections import correction_request
from orgunits.services.units import unit_rename
from tests.factories import AssignmentFactory, EmployeeFactory, RoleGrantFactory
from tests.people import NOW, TODAY, Person

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "/organisasi/jejak-audit/"


@pytest.fixture(autouse=True)
def office_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def event(label, actor, target, *, at=NOW, kind=OrgEvent.CONTACT_CHANGED, **more):
    user = actor.user if actor else None
    return audit.record(actor=user, now=at, kind=kind, target=target, target_label=label, **more)


def of_person(person):
    return f"employee:{person.employee.pk}"


def of_account(person):
    return f"user:{person.user.pk}"


def seen_by(person):
    return {row.target_label for row in audit_visible_to(person.viewer())}


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def page_for(person, **query):
    return client_of(person).get(ADDRESS, query)


def labels(response):
    return [row.event.target_label for row in response.context["rows"]]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def trail(people):
    """Events of two OPD and of the regency, each named by what it is."""
    event("pegawai sini", people.bkpsdm_admin, of_person(people.owner))
    event("akun sini", people.owner, of_account(people.owner), kind=AuditKind.SIGNED_IN)
    event("unit sini", people.bkpsdm_admin, f"unit:{people.section.pk}")
    event("benda dari sini", people.appraiser, "berkas:1", kind="berkas")
    event("pegawai sana", people.other_admin, of_person(people.stranger))
    event("akun sana", people.stranger, of_account(people.stranger), kind=AuditKind.SIGNED_IN)
    event("unit sana", people.bkpsdm_admin, f"unit:{people.other_division.pk}")
    event("pegawai sana oleh orang sini", people.owner, of_person(people.stranger))
    event("impor daerah", people.bkpsdm_admin, "import:1", kind=OrgEvent.IMPORT_APPLIED)
    event("masuk tanpa akun", None, "user:unknown", kind=AuditKind.SIGN_IN_FAILED)
    return people


def test_bkpsdm_and_the_inspectorate_read_everything(trail):
    assert len(seen_by(trail.bkpsdm_admin)) == len(seen_by(trail.inspector)) == 10


def test_an_opd_admin_reads_the_own_opd_only(trail):
    assert seen_by(trail.opd_admin) == {"pegawai sini", "akun sini", "unit sini", "benda dari sini"}
    assert seen_by(trail.other_admin) == {
        "pegawai sana",
        "akun sana",
        "unit sana",
        "pegawai sana oleh orang sini",
    }


def test_the_admin_where_bkpsdm_sits_does_not_read_what_it_does_for_the_regency(trail):
    desk = Person(AssignmentFactory(employee=EmployeeFactory(name="ADMIN SETDA"), unit=trail.setda))
    RoleGrantFactory(user=desk.user, role=Role.OPD_ADMIN, unit=trail.setda)
    event("pegawai setda", trail.bkpsdm_admin, of_person(trail.sekda))
    assert seen_by(desk) == {"pegawai setda"}


def test_an_officer_keeps_the_own_deeds_wherever_they_were_done(trail):
    event("dilakukan admin", trail.opd_admin, of_person(trail.stranger))
    assert "dilakukan admin" in seen_by(trail.opd_admin)


@pytest.mark.parametrize("who", ["owner", "appraiser", "superior", "leader", "stranger"])
def test_everybody_else_reads_the_own_only(trail, who):
    own = {
        "owner": {"pegawai sini", "akun sini", "pegawai sana oleh orang sini"},
        "appraiser": {"benda dari sini"},
        "stranger": {"pegawai sana", "akun sana", "pegawai sana oleh orang sini"},
    }
    assert seen_by(getattr(trail, who)) == own.get(who, set())
    response = page_for(getattr(trail, who))
    assert response.status_code == 403
    assert QUEUE_CLOSED in response.content.decode()


def test_the_trail_of_a_person_moves_along(trail):
    post = trail.owner.post
    type(post).objects.filter(pk=post.pk).update(until=TODAY)
    AssignmentFactory(employee=trail.owner.employee, unit=trail.other_division, start=TODAY)
    assert "pegawai sini" not in seen_by(trail.opd_admin)
    assert {"pegawai sini", "akun sini"} <= seen_by(trail.other_admin)


def test_the_page_holds_the_visible_set_whatever_is_asked(trail):
    nip = trail.stranger.employee.nip
    for query in ({}, {"dari": ""}, {"q": "sana"}, {"q": nip}, {"kejadian": AuditKind.SIGNED_IN.value}):
        text = text_of(page_for(trail.opd_admin, **query))
        assert "sana" not in text.replace('value="sana"', "").replace("Bila sana", "")
        assert "NANDA ASING" not in text
    assert labels(page_for(trail.opd_admin, kejadian=AuditKind.SIGNED_IN.value)) == ["akun sini"]


def test_narrowed_by_kind(trail):
    assert set(labels(page_for(trail.inspector, kejadian="sign_in.done"))) == {"akun sini", "akun sana"}
    assert labels(page_for(trail.inspector, kejadian="lainnya")) == ["benda dari sini"]
    response = page_for(trail.inspector, kejadian="tidak-ada")
    assert (response.status_code, labels(response)) == (422, [])


def test_narrowed_to_a_person_who_did_it_or_to_whom_it_was_done(trail):
    owner = trail.owner.employee
    expected = {"pegawai sini", "akun sini", "pegawai sana oleh orang sini"}
    for text in (
        owner.nip,
        f"'{owner.nip}",
        owner.shown_nip,
        "budi pelaksana",
        "PELAKSANA, BUDI".replace(",", ""),
    ):
        assert set(labels(page_for(trail.inspector, q=text))) == expected, text
    assert labels(page_for(trail.inspector, q="unit sana")) == ["unit sana"]
    assert labels(page_for(trail.inspector, q="Tanpa akun")) == ["masuk tanpa akun"]
    assert labels(page_for(trail.inspector, q="tidak ada orang ini")) == []


def test_narrowed_to_days_of_the_office(people):
    midnight = datetime(2026, 2, 9, 17, 0, tzinfo=UTC)  # 10 February, 00.00 WIB
    event("tanggal 9", None, "uji:1", at=midnight - timedelta(seconds=1))
    event("tanggal 10 awal", None, "uji:1", at=midnight)
    event("tanggal 10 akhir", None, "uji:1", at=midnight + timedelta(hours=23, minutes=59))
    event("tanggal 11", None, "uji:1", at=midnight + timedelta(days=1))
    inspector = people.inspector
    assert labels(page_for(inspector, dari="2026-02-10", sampai="10-02-2026")) == [
        "tanggal 10 akhir",
        "tanggal 10 awal",
    ]
    assert labels(page_for(inspector, dari="2026-02-11")) == ["tanggal 11"]
    assert labels(page_for(inspector, sampai="2026-02-09")) == ["tanggal 9"]


def test_without_a_choice_the_last_thirty_days_show_and_the_form_says_so(people):
    event("lama", None, "uji:1", at=NOW - timedelta(days=32))
    event("baru", None, "uji:1", at=NOW - timedelta(days=29))
    response = page_for(people.inspector)
    assert labels(response) == ["baru"]
    assert 'name="dari" value="2026-01-31"' in response.content.decode()
    assert set(labels(page_for(people.inspector, dari=""))) == {"lama", "baru"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"dari": "2026-03-02", "sampai": "2026-03-01"}, "Tanggal akhir mendahului tanggal awal."),
        ({"dari": "kemarin"}, "Tulis tanggal seperti 31-01-2026."),
        ({"sampai": "9999-12-31"}, "Tahun harus antara 1950 dan 2099."),
        ({"dari": "0001-01-01"}, "Tahun harus antara 1950 dan 2099."),
    ],
)
def test_dates_that_cannot_be_are_refused_with_a_sentence(trail, query, sentence):
    response = page_for(trail.inspector, **query)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert labels(response) == []


# --- How an event is told ---


def test_what_a_service_changed_reads_as_words(people):
    unit_rename(
        actor=people.bkpsdm_admin.viewer(),
        now=NOW,
        unit_id=people.division.pk,
        version=people.division.version,
        name="Bidang Baru",
        head_title="Kepala Bidang Baru",
        start=TODAY,
    )
    text = text_of(page_for(people.opd_admin, kejadian=OrgEvent.UNIT_RENAMED.value))
    assert "Nama unit diubah" in text
    assert "HADI BKPSDM" in text
    assert "sebagai Admin BKPSDM" in text
    assert re.search(r"Nama: semula Bidang Satu menjadi Bidang Baru", text)
    assert "Mulai: 2 Maret 2026" in text
    assert "schema_version" not in text


def test_ids_read_as_names_and_codes_as_labels(people):
    after = {
        "role": Role.OPD_ADMIN,
        "unit": people.opd.pk,
        "appraiser": people.superior.employee.pk,
        "until": TODAY,
        "is_head": True,
        "employees": [1, 2],
        "assignment": 4711,
    }
    event("BUDI", people.bkpsdm_admin, of_person(people.owner), after=after)
    response = page_for(people.inspector)
    text = text_of(response)
    for words in (
        "Peran: Pengelola kepegawaian OPD",
        "Unit kerja: Dinas Pertama",
        "Pejabat penilai: SURYA KADIS",
        "Hari terakhir: 1 Maret 2026",
        "Memimpin unit: Ya",
        "Pegawai: 2",
    ):
        assert words in text
    assert "4711" not in text
    assert f"BUDI ({people.owner.employee.nip})" in text


def test_contacts_are_not_told_to_the_inspectorate(people):
    event(
        "BUDI",
        people.opd_admin,
        of_person(people.owner),
        before={"phone": "0811 111 111", "email": ""},
        after={"phone": "0812 222 222", "email": "budi@example.go.id"},
    )
    for reader in (people.opd_admin, people.bkpsdm_admin):
        text = text_of(page_for(reader))
        assert "Telepon: semula 0811 111 111 menjadi 0812 222 222" in text
        assert "budi@example.go.id" in text
    text = text_of(page_for(people.inspector))
    assert "Telepon: semula tidak ditampilkan menjadi tidak ditampilkan" in text
    assert "0811" not in text
    assert "budi@" not in text


def test_contacts_of_another_opds_person_are_not_told_to_an_opd_admin(people):
    coming = date(2026, 4, 1)
    people.stranger.employee.assignments.update(until=coming)
    AssignmentFactory(employee=people.stranger.employee, unit=people.section, start=coming)
    for target in (of_person(people.stranger), of_account(people.stranger)):
        event("NANDA", people.bkpsdm_admin, target, before={"email": "a@b.id"}, after={"email": "c@b.id"})
    text = text_of(page_for(people.opd_admin))
    assert text.count("semula tidak ditampilkan menjadi tidak ditampilkan") == 2
    assert text_of(page_for(people.other_admin)).count("semula a@b.id menjadi c@b.id") == 2


def test_who_leads_here_for_a_while_is_looked_after_at_home(people):
    AssignmentFactory(
        employee=people.stranger.employee, unit=people.section, kind=AssignmentKind.PLT, is_head=True
    )
    event("NANDA", people.bkpsdm_admin, of_person(people.stranger))
    correction_request(
        actor=people.stranger.viewer(),
        now=NOW,
        employee_id=people.stranger.employee.pk,
        subject=CorrectionSubject.POSITION,
        text="Jabatan saya keliru",
    )
    assert "NANDA" not in seen_by(people.opd_admin)
    assert not corrections_visible_to(people.opd_admin.viewer()).exists()
    assert corrections_visible_to(people.other_admin.viewer()).exists()
    assert people.stranger.employee in employees_visible_to(people.opd_admin.viewer())


def test_what_people_typed_stays_text(people):
    event("<b>x</b>", people.opd_admin, of_person(people.owner), after={"text": "<script>alert(1)</script>"})
    html = page_for(people.inspector).content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_unchanged_fields_are_left_out_and_unknown_ones_shown_by_name():
    changes = changes_in(
        {"name": "A", "head_title": "Kepala"},
        {"name": "B", "head_title": "Kepala", "zz_new": "nilai"},
        Names(),
        contacts=True,
    )
    assert [(c.what, c.before, c.after) for c in changes] == [("Nama", "A", "B"), ("zz_new", "", "nilai")]
    (ended,) = changes_in({"until": None}, {"until": "2026-03-02"}, Names(), contacts=True)
    assert (ended.before, ended.after) == ("belum ditentukan", "1 Maret 2026")


def recorded_keys():
    """The names under which services of accounts and orgunits record what changed."""
    found = set()
    for app in ("accounts", "orgunits"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.keyword(arg="before" | "after", value=ast.Dict(keys=keys)):
                        found |= {key.value for key in keys if isinstance(key, ast.Constant)}
    return found


def test_every_recorded_field_has_its_words():
    keys = recorded_keys() | {field.name for field in fields(Post)}
    assert len(keys) > 25
    assert keys - WORDS.keys() - LEFT_OUT == set()


# --- The page as a page ---


@pytest.mark.parametrize("who", ["opd_admin", "inspector"])
def test_query_count_does_not_grow(people, who):
    client = client_of(getattr(people, who))
    counts = []
    for number in (1, 2):
        for _ in range(number):
            event(
                "BUDI",
                people.bkpsdm_admin,
                of_person(people.owner),
                before={"unit": people.opd.pk, "appraiser": people.superior.employee.pk},
                after={"unit": people.section.pk, "appraiser": people.appraiser.employee.pk},
            )
        with CaptureQueriesContext(connection) as captured:
            assert len(labels(client.get(ADDRESS))) == AuditEvent.objects.count()
        counts.append(len(captured))
    assert counts == [13, 13]


def test_cells_carry_their_heads_for_phones_and_an_empty_page_says_why(people):
    html = page_for(people.inspector).content.decode()
    assert "Tidak ada kejadian pada pilihan ini." in html
    event("BUDI", people.bkpsdm_admin, of_person(people.owner))
    html = page_for(people.inspector).content.decode()
    for head in ("Waktu", "Oleh", "Mengenai", "Perubahan"):
        assert f'data-label="{head}"' in html
    assert reverse("orgunits:audit") == ADDRESS


def test_the_page_only_reads(people):
    client = client_of(people.bkpsdm_admin)
    before = AuditEvent.objects.count()
    assert client.post(ADDRESS, {"q": "x"}).status_code == 405
    assert AuditEvent.objects.count() == before
