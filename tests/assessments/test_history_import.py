"""Earlier years' results from a workbook: the verdict on each row, applying once, who may, bad files."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from assessments.imports.history import HISTORY, Known, PastResult, compare_history, read_history
from assessments.imports.history_files import FOLDER, history_apply, history_report, history_upload, mark_of
from assessments.models import HistoryResult
from config.lib import clock
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.zipguard import WorkbookError
from orgunits.enums import RowVerdict
from orgunits.imports.results import RawRow
from orgunits.models import EmployeeNip
from tests.people import People
from tests.skp.drafts import SCORING, period_2026
from tests.workbooks import sheet

HEADERS = HISTORY.columns
NIP = "198001012005011001"
OTHER = "198001012005012002"
PAST = PastResult(Decimal("91.50"), "Baik", "DRA. LAMA")
KNOWN = Known({NIP: (1, "BUDI"), OTHER: (2, "SITI")}, {(1, 2024): PAST}, 2026)
FULL = {"TAHUN": "2025", "NILAI": "91,5", "PREDIKAT": "Baik", "PEJABAT PENILAI": "DRA. LAMA"}


def told(*rows: dict[str, object]) -> list[tuple[RowVerdict, str, str]]:
    report = compare_history(read_history(sheet(HEADERS, [{"NIP": NIP} | FULL | row for row in rows])), KNOWN)
    return [(row.verdict, row.column, row.message) for row in report.rows]


def test_a_new_a_changed_and_an_equal_row():
    rows = told({}, {"TAHUN": "2024"}, {"TAHUN": "2024", "NIP": OTHER}, {"TAHUN": "2023", "NILAI": ""})
    assert [row[0] for row in rows] == [
        RowVerdict.CREATE,
        RowVerdict.UNCHANGED,
        RowVerdict.CREATE,
        RowVerdict.CREATE,
    ]
    [changed] = told({"TAHUN": "2024", "NILAI": 95, "PREDIKAT": "sangat  baik"})
    assert changed == (
        RowVerdict.UPDATE,
        "",
        "Sebelumnya: dinilai oleh DRA. LAMA, nilai 91,50, predikat Baik.",
    )


@pytest.mark.parametrize("number", ["nan", "inf"])
def test_a_cell_that_is_no_number_of_any_size_is_refused(number):
    row = RawRow("Berkas", 2, {"NIP": NIP} | FULL | {"NILAI": number}, frozenset({"NILAI"}))
    [refused] = compare_history([row], KNOWN).rows
    assert (refused.verdict, refused.message) == (RowVerdict.REFUSED, f"NILAI “{number}” bukan angka.")


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"NIP": ""}, "NIP", "NIP kosong."),
        ({"NIP": 198001012005011001.0}, "NIP", "NIP tersimpan sebagai angka"),
        ({"NIP": "19800101200501"}, "NIP", "terdiri atas 14 angka"),
        ({"NIP": "197001012005011001"}, "NIP", "tidak ada dalam data pegawai"),
        ({"TAHUN": ""}, "TAHUN", "empat angka"),
        ({"TAHUN": "2026"}, "TAHUN", "hanya tahun sebelum 2026"),
        ({"TAHUN": "2031"}, "TAHUN", "hanya tahun sebelum 2026"),
        ({"TAHUN": "1999"}, "TAHUN", "paling awal 2000"),
        ({"NILAI": "120,01"}, "NILAI", "di luar 0 sampai 120"),
        ({"NILAI": "-1"}, "NILAI", "bukan angka"),
        ({"NILAI": -1}, "NILAI", "di luar 0 sampai 120"),
        ({"NILAI": "baik"}, "NILAI", "bukan angka"),
        ({"NILAI": "91,555"}, "NILAI", "lebih dari dua desimal"),
        ({"PREDIKAT": ""}, "PREDIKAT", "tidak dikenal"),
        ({"PREDIKAT": "Istimewa"}, "PREDIKAT", "tidak dikenal"),
        ({"PEJABAT PENILAI": "X" * 256}, "PEJABAT PENILAI", "lebih dari 255"),
    ],
)
def test_a_refused_row_says_why(cells, column, sentence):
    [(verdict, where, message)] = told(cells)
    assert (verdict, where) == (RowVerdict.REFUSED, column)
    assert sentence in message


@pytest.mark.parametrize("score", ["0", "120", 120, 87.25, ""])
def test_scores_at_the_bounds_and_none(score):
    assert told({"NILAI": score})[0][0] == RowVerdict.CREATE


def test_a_person_twice_in_a_year_is_merged_or_refused():
    same, again = told({}, {})
    assert (same[0], again) == (RowVerdict.CREATE, (RowVerdict.MERGED, "", "Sama persis dengan baris 2."))
    for verdict, _, message in told({}, {"NILAI": "80"}):
        assert verdict == RowVerdict.REFUSED
        assert "dengan isi lain" in message


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"NIP;TAHUN\n1;2"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(WorkbookError):
        read_history(data)


def test_a_workbook_of_other_columns_or_without_rows_is_refused():
    with pytest.raises(WorkbookError, match="susunan kolom tidak dikenal"):
        read_history(sheet(("NAMA", "ALAMAT"), [{"NAMA": "X"}]))
    with pytest.raises(WorkbookError, match="tidak ada satu baris data pun"):
        read_history(sheet(HEADERS, []))


def book(people: People, **cells: object) -> bytes:
    rows = [
        {"NIP": people.owner.employee.nip} | FULL | cells,
        {"NIP": "197001012005011001"} | FULL | {"NAMA": "SITI YANG LAMA"},
    ]
    return sheet(HEADERS, rows)


@pytest.fixture
def admin(people: People, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    period_2026()
    return people.bkpsdm_admin.viewer(SCORING)


def applied(admin, data: bytes) -> dict[RowVerdict, int]:
    key = history_upload(actor=admin, data=data, now=SCORING)
    mark = mark_of(history_report(key, admin.today))
    counts = history_apply(actor=admin, key=key, mark=mark, now=SCORING).counts
    # The file has served.
    assert not default_storage.exists(f"{FOLDER}/{key}")
    return counts


@pytest.mark.django_db(transaction=True)
def test_applying_writes_once_and_again_changes_nothing(people: People, admin):
    first = applied(admin, book(people))
    assert (first[RowVerdict.CREATE], first[RowVerdict.REFUSED]) == (1, 1)
    row = HistoryResult.objects.get()
    assert (row.employee, row.year, row.score, row.predicate, row.appraiser_name) == (
        people.owner.employee,
        2025,
        Decimal("91.50"),
        "Baik",
        "DRA. LAMA",
    )
    assert (row.imported_by, row.imported_at) == (people.bkpsdm_admin.user, SCORING)
    assert AuditEvent.objects.get(kind="history.imported").actor == people.bkpsdm_admin.user
    again = applied(admin, book(people))
    assert (again[RowVerdict.CREATE], again[RowVerdict.UNCHANGED]) == (0, 1)
    changed = applied(admin, book(people, NILAI="95"))
    assert changed[RowVerdict.UPDATE] == 1
    assert HistoryResult.objects.get().score == Decimal(95)


@pytest.mark.django_db
def test_an_earlier_nip_is_known_too(people: People, admin):
    EmployeeNip.objects.create(employee=people.owner.employee, nip=NIP, replaced_at=SCORING)
    key = history_upload(actor=admin, data=sheet(HEADERS, [{"NIP": f"'{NIP}"} | FULL]), now=SCORING)
    [row] = history_report(key, admin.today).rows
    assert (row.verdict, row.employee_id) == (RowVerdict.CREATE, people.owner.employee.pk)


@pytest.mark.django_db
def test_only_what_was_shown_is_applied(people: People, admin):
    key = history_upload(actor=admin, data=book(people), now=SCORING)
    mark = mark_of(history_report(key, admin.today))
    people.owner.employee.nip = OTHER
    people.owner.employee.save(update_fields=["nip"])
    with pytest.raises(Conflict, match="Periksa pratinjaunya"):
        history_apply(actor=admin, key=key, mark=mark, now=SCORING)
    assert not HistoryResult.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["20270112-" + "0" * 32, "../secret", "20270112-xyz"])
def test_what_waits_no_longer_is_told(people: People, admin, key):
    with pytest.raises(DomainError, match="sudah diterapkan, dibatalkan"):
        history_report(key, admin.today)


@pytest.mark.django_db
def test_what_nobody_decided_on_goes_with_a_later_upload(people: People, admin):
    left = history_upload(actor=admin, data=book(people), now=SCORING)
    history_upload(actor=admin, data=book(people), now=SCORING + timedelta(days=1))
    assert default_storage.exists(f"{FOLDER}/{left}")
    history_upload(actor=admin, data=book(people), now=SCORING + timedelta(days=2))
    assert not default_storage.exists(f"{FOLDER}/{left}")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["opd_admin", "inspector", "leader", "owner"])
def test_only_bkpsdm_imports(people: People, admin, who):
    with pytest.raises(NotAllowed):
        history_upload(actor=getattr(people, who).viewer(SCORING), data=book(people), now=SCORING)


@pytest.mark.django_db(transaction=True)
def test_upload_preview_and_apply_by_page(people: People, admin):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    sent = {"workbook": SimpleUploadedFile("arsip.xlsx", book(people))}
    answer = client.post(reverse("assessments:history"), sent)
    text = client.get(answer.url).content.decode()
    assert "1 baris akan disimpan." in text
    # What has to be mended stands first.
    assert "tidak ada dalam data pegawai" in text
    # So does what its cells hold, to be found again in the file.
    refused = " ".join(text[text.index("Baris ditolak") :].split())
    for words in ("SITI YANG LAMA", 'data-label="Tahun">2025<', 'data-label="Nilai" class="number">91,5<'):
        assert words in refused
    new = client.get(f"{answer.url}?hasil=create").content.decode()
    assert "BUDI PELAKSANA" in new
    assert "91,50" in new
    rows = load_workbook(BytesIO(client.get(f"{answer.url}ditolak/").content)).worksheets[0]
    assert [row[1] for row in rows.iter_rows(min_row=2, values_only=True)] == [3]
    mark = text.split('name="isi" value="')[1].split('"')[0]
    done = client.post(f"{answer.url}terapkan/", {"isi": mark}, follow=True).content.decode()
    assert "1 baris baru, 0 berubah, 1 ditolak." in done
    assert "1 pegawai" in done
    assert client.post(f"{answer.url}terapkan/", {"isi": mark}).status_code == 400
    assert HistoryResult.objects.count() == 1


@pytest.mark.django_db
def test_a_bad_file_and_a_discarded_one(people: People, admin):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    address = reverse("assessments:history")
    bad = client.post(address, {"workbook": SimpleUploadedFile("arsip.xlsx", b"not a workbook")})
    assert bad.status_code == 422
    assert "Perlu diperbaiki" in bad.content.decode()
    kept = client.post(address, {"workbook": SimpleUploadedFile("arsip.xlsx", book(people))}).url
    text = client.post(f"{kept}batal/", follow=True).content.decode()
    assert "Impor dibatalkan" in text
    assert client.get(kept).status_code == 400


@pytest.mark.django_db
def test_the_template_is_a_workbook_that_the_import_knows(people: People, admin):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    book = load_workbook(BytesIO(client.get(reverse("assessments:history_template")).content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(HEADERS)
    assert {row[0].value for row in book.worksheets[1].iter_rows(min_row=2)} == set(HEADERS)
