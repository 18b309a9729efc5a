"""Pages of a running plan: what they show, what they refuse, that nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notification
from config.lib import clock
from skp.models import Evidence, Feedback, Progress
from tests.lib.uploading import PDF, photo
from tests.people import People
from tests.skp.drafts import DECEMBER, started
from tests.skp.running import APRIL, MAY, indicators, proven, running, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_clock(APRIL)
    return set_clock


@pytest.fixture
def skp(people: People, at):
    return running(people)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def page_of(skp, interval: int = 1) -> str:
    return reverse("skp:progress", args=[skp.pk, interval])


def test_the_quarter_that_can_still_be_filled_is_shown_first(people: People, skp, at):
    client = client_of(people.owner)
    address = reverse("skp:progress_now", args=[skp.pk])
    assert "Yang masih kurang di Triwulan I<" in text_of(client.get(address))
    at(MAY)
    assert "Yang masih kurang di Triwulan II<" in text_of(client.get(address))


def test_progress_is_entered_and_what_is_missing_told(people: People, skp):
    client = client_of(people.owner)
    first, second = indicators(skp)
    page = text_of(client.get(page_of(skp)))
    assert "2 indikator belum memiliki realisasi atau catatan" in page
    assert f'href="#indikator-{second}"' in page
    assert "Tenggat 14 April 2026 pukul 23.59 WIB" in page
    given = {
        "version": skp.version,
        f"r{first}": "1.250,5",
        f"n{first}": "",
        f"r{second}": "",
        f"n{second}": "",
    }
    answer = client.post(page_of(skp), given, follow=True)
    assert "Kemajuan Triwulan I sudah disimpan." in text_of(answer)
    assert "1 indikator belum memiliki realisasi atau catatan" in text_of(answer)
    assert "Jumlah sampai kini: 1.250,5 laporan" in text_of(answer)
    assert Progress.objects.get().realisation == pytest.approx(1250.5)


def test_pressing_the_evidence_button_saves_and_leads_on(people: People, skp):
    first, _second = indicators(skp)
    given = {"version": skp.version, f"r{first}": "3", "bukti": str(first)}
    answer = client_of(people.owner).post(page_of(skp), given)
    assert answer.url == reverse("skp:indicator_evidence", args=[skp.pk, 1, first])
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    ("value", "said"), [("tiga", "Tulis angka"), ("-3", "Tulis angka"), ("1,23456", "4 angka")]
)
def test_bad_numbers_are_told_and_nothing_is_written(people: People, skp, value, said):
    first, second = indicators(skp)
    given = {"version": skp.version, f"r{first}": value, f"r{second}": "4"}
    answer = client_of(people.owner).post(page_of(skp), given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{value}"' in text_of(answer)
    assert not Progress.objects.exists()


def test_a_stale_page_keeps_what_was_typed(people: People, skp):
    first, _second = indicators(skp)
    client = client_of(people.owner)
    given = {"version": skp.version, f"r{first}": "3", f"n{first}": "Tiga laporan selesai."}
    assert client.post(page_of(skp), given).status_code == 302
    again = given | {f"r{first}": "4", f"n{first}": "Empat laporan selesai."}
    answer = client.post(page_of(skp), again)
    assert answer.status_code == 409
    assert "Empat laporan selesai." in text_of(answer)
    assert "Isian Anda masih ada di bawah" in text_of(answer)
    assert Progress.objects.get().realisation == 3
    skp.refresh_from_db()
    assert f'name="version" value="{skp.version}"' in text_of(answer)
    assert client.post(page_of(skp), again | {"version": skp.version}).status_code == 302
    assert Progress.objects.get().realisation == 4


def test_a_closed_quarter_is_shown_with_its_reason_and_not_written(people: People, skp, at):
    told(people, skp)
    at(MAY)
    client = client_of(people.owner)
    page = text_of(client.get(page_of(skp)))
    assert "Tenggat pemantauan sudah lewat (14 April 2026 pukul 23.59 WIB)" in page
    assert "<strong>3 laporan</strong>" in page
    first, _second = indicators(skp)
    answer = client.post(page_of(skp), {"version": skp.version, f"r{first}": "9"})
    assert answer.status_code == 403
    assert Progress.objects.filter(realisation=3).count() == 2


def test_an_interval_that_does_not_exist_is_not_found(people: People, skp):
    assert client_of(people.owner).get(page_of(skp, 5)).status_code == 404


def test_a_draft_has_no_progress_yet(people: People, at):
    people_skp = running(people)
    other = started(people.section_member, people_skp.period)
    answer = client_of(people.section_member).get(page_of(other))
    assert answer.status_code == 403
    assert "setelah rencana disepakati" in text_of(answer)


def test_a_photo_is_added_opened_and_removed(people: People, skp, private_root):
    first, _second = indicators(skp)
    client = client_of(people.owner)
    address = reverse("skp:indicator_evidence", args=[skp.pk, 1, first])
    assert 'accept=".pdf,application/pdf,.jpg,.jpeg,image/jpeg' in text_of(client.get(address))
    upload = SimpleUploadedFile('Foto "rapat"\u202e.jpg', photo(located=True), content_type="text/html")
    answer = client.post(address, {"version": skp.version, "file": upload}, follow=True)
    assert "Bukti dukung sudah ditambahkan." in text_of(answer)
    row = Evidence.objects.get()
    assert (row.name, row.content_type) == ("Foto rapat.jpg", "image/jpeg")
    opened = client.get(reverse("skp:evidence", args=[row.public_id]))
    assert opened.headers["Content-Type"] == "image/jpeg"
    assert opened.headers["Content-Disposition"] == 'attachment; filename="Foto rapat.jpg"'
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in opened.headers["Cache-Control"]
    assert b"RAHASIA" not in opened.content
    assert len(opened.content) == row.size
    skp.refresh_from_db()
    client.post(reverse("skp:evidence_remove", args=[row.public_id]), {"version": skp.version})
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "status", "said"),
    [
        (b"MZ" + b"\0" * 300, "laporan.pdf", 422, "berjenis .exe"),
        (b"", "laporan.pdf", 422, "Berkas kosong"),
        (PDF, "laporan.jpg", 422, "tetapi namanya berakhiran .jpg"),
        (b"\0" * 40_000_000, "laporan.pdf", 413, "Berkas lebih besar dari 10 MB"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing(people: People, skp, private_root, data, name, status, said):
    first, _second = indicators(skp)
    address = reverse("skp:indicator_evidence", args=[skp.pk, 1, first])
    upload = SimpleUploadedFile(name, data)
    answer = client_of(people.owner).post(address, {"version": skp.version, "file": upload})
    assert answer.status_code == status
    assert said in text_of(answer)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("part", [0.5, 0.9])
@pytest.mark.parametrize(("name", "data"), [("laporan.pdf", PDF * 30), ("foto.jpg", photo())])
def test_an_upload_that_is_cut_leaves_nothing(people: People, skp, part, name, data):
    first, _second = indicators(skp)
    address = reverse("skp:indicator_evidence", args=[skp.pk, 1, first])
    line = b"--batas\r\nContent-Disposition: form-data; name="
    head = line + b'"version"\r\n\r\n%d\r\n' % skp.version + line
    head += b'"file"; filename="%s"\r\n\r\n' % name.encode()
    body = head + data[: int(len(data) * part)]
    answer = client_of(people.owner).post(address, body, content_type="multipart/form-data; boundary=batas")
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.go.id/a", "//example.go.id", "laporan"]
)
def test_only_full_web_addresses_are_links(people: People, skp, url):
    first, _second = indicators(skp)
    address = reverse("skp:indicator_evidence", args=[skp.pk, 1, first])
    answer = client_of(people.owner).post(address, {"version": skp.version, "url": url, "name": "Laporan"})
    assert answer.status_code == 422
    assert "Tulis tautan lengkap" in text_of(answer)
    assert not Evidence.objects.exists()


def test_a_link_leads_out_without_telling_from_where(people: People, skp):
    row = proven(people, skp, link=True)
    answer = client_of(people.appraiser).get(reverse("skp:evidence", args=[row.public_id]))
    assert (answer.status_code, answer.url) == (302, "https://drive.example.go.id/laporan")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("who", ["opd_admin", "leader"])
def test_who_may_not_open_evidence_does_not_learn_its_name(people: People, skp, who):
    row = proven(people, skp)
    client = client_of(getattr(people, who))
    page = text_of(client.get(page_of(skp)))
    assert "1 bukti dukung" in page
    assert row.name not in page
    assert str(row.public_id) not in page
    answer = client.get(reverse("skp:evidence", args=[row.public_id]))
    assert answer.status_code == 403
    assert "Bukti dukung hanya dapat dibuka" in text_of(answer)
    assert PDF not in answer.content


@pytest.mark.parametrize("who", ["stranger", "other_admin", "other_appraiser", "section_member"])
def test_evidence_of_others_does_not_exist_for_strangers(people: People, skp, who):
    row = proven(people, skp)
    client = client_of(getattr(people, who))
    assert client.get(reverse("skp:evidence", args=[row.public_id])).status_code == 404
    assert client.get(page_of(skp)).status_code == 404


def test_bkpsdm_gives_a_reason_that_is_recorded(people: People, skp):
    row = proven(people, skp)
    client = client_of(people.bkpsdm_admin)
    address = reverse("skp:evidence", args=[row.public_id])
    asked = client.get(address)
    assert "Alasan membuka bukti dukung" in text_of(asked)
    assert PDF not in asked.content
    assert client.post(address, {"reason": "cek"}).status_code == 422
    assert not AuditEvent.objects.filter(kind="evidence.read").exists()
    assert client.post(address, {"reason": "Pemeriksaan pengaduan nomor 12."}).content == PDF
    assert "Pemeriksaan pengaduan nomor 12." in AuditEvent.objects.get(kind="evidence.read").after


def test_each_opening_by_the_inspector_is_recorded(people: People, skp):
    row = proven(people, skp)
    client = client_of(people.inspector)
    for _time in range(2):
        assert client.get(reverse("skp:evidence", args=[row.public_id])).content == PDF
    assert AuditEvent.objects.filter(kind="evidence.read", target=f"skp:{skp.pk}").count() == 2


@pytest.mark.parametrize("who", ["owner", "appraiser", "superior"])
def test_the_line_reads_evidence_unrecorded(people: People, skp, who):
    row = proven(people, skp)
    client = client_of(getattr(people, who))
    assert client.get(reverse("skp:evidence", args=[row.public_id])).content == PDF
    assert not AuditEvent.objects.filter(kind="evidence.read").exists()


def test_the_appraiser_comments_and_the_owner_is_told(people: People, skp):
    result = skp.in_force.results.earliest("order").result_id
    client = client_of(people.appraiser)
    address = reverse("skp:feedback_add", args=[skp.pk, 1])
    given = {"version": skp.version, "result": result, "text": "Sudah baik, <b>lanjutkan</b>."}
    assert client.post(address, given).url == f"{page_of(skp)}#hasil-{result}"
    assert "Sudah baik, &lt;b&gt;lanjutkan&lt;/b&gt;." in text_of(client_of(people.owner).get(page_of(skp)))
    notice = Notification.objects.get(user=people.owner.user, link__contains="pelaksanaan")
    assert notice.text == "DEWI KABID memberi umpan balik atas Triwulan I SKP 2026."
    # A second click is refused, and keeps the text.
    again = client.post(address, given)
    assert again.status_code == 409
    assert "Sudah baik, &lt;b&gt;lanjutkan&lt;/b&gt;.</textarea>" in text_of(again)
    assert Feedback.objects.count() == 1


def test_the_team_page_says_who_lacks_what(people: People, skp):
    client = client_of(people.appraiser)
    page = text_of(client.get(reverse("skp:team_progress")))
    assert "0 dari 2 indikator" in page
    told(people, skp)
    proven(people, skp)
    page = text_of(client.get(reverse("skp:team_progress"), {"interval": "1"}))
    assert "2 dari 2 indikator" in page
    assert "1 dari 2 indikator" in page
    assert "BUDI PELAKSANA" in page
    assert "BUDI" not in text_of(client_of(people.superior).get(reverse("skp:team_progress")))


def test_the_year_is_prefilled_from_the_quarters(people: People, skp, at):
    for interval, now in ((1, APRIL), (2, MAY)):
        told(people, skp, interval, now)
    at(DECEMBER)
    client = client_of(people.owner)
    page = text_of(client.get(reverse("assessments:report", args=[skp.pk])))
    assert "Jumlah 2 triwulan: 6 laporan; belum diisi: Triwulan III, Triwulan IV." in page
    assert 'value="6"' not in page
