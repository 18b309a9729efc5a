"""BKPSDM brings a workbook with faulty rows: read, previewed, applied, and the refused rows taken home."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from config.lib import clock
from documents.enums import JobState
from documents.models import Job
from documents.services import job_run
from orgunits.models import Assignment, Employee, OrgUnit
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.people import People
from tests.workbooks import employee, employees

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Numbers far from those of the cast.
GOOD, SHORT_NIP, ELSEWHERE = 500_001, 500_002, 500_003


def upload(visitor: Visitor, folder: Path, name: str, data: bytes) -> None:
    file = folder / name
    file.write_bytes(data)
    visitor.page.get_by_label("Berkas Excel (.xlsx)").set_input_files(file)
    visitor.press("Unggah dan periksa")


def work() -> None:
    """Do the one queued job, as the worker would."""
    job_run(job_id=Job.objects.get(state=JobState.QUEUED).pk, clock=clock.now)


def test_faulty_rows_are_shown_left_out_and_taken_home(people: People, visit: Visit, tmp_path: Path) -> None:
    OrgUnit.objects.filter(pk=people.division.pk).update(external_id="U-BIDANG")
    bkpsdm = visit(people.bkpsdm_admin)
    bkpsdm.open("/")
    bkpsdm.go("Impor data")
    bkpsdm.inspect()
    rows = (employee(GOOD), employee(SHORT_NIP, NIP_BARU="'123"), employee(ELSEWHERE, UNOR_ID="U-TIDAK-ADA"))
    upload(bkpsdm, tmp_path, "Data PNS.xlsx", employees(*rows))
    bkpsdm.inspect()

    bkpsdm.follow("Lihat kemajuan")
    bkpsdm.sees("Menunggu giliran")
    bkpsdm.inspect()
    work()
    # Nobody touches the page: it asks by itself and shows the end.
    bkpsdm.sees("Berkas selesai dibaca")
    bkpsdm.inspect()
    assert not Employee.objects.filter(external_id=f"P-{GOOD}").exists()

    expect(bkpsdm.page.locator("[aria-current=page]", has_text="Pekerjaan")).to_have_count(2)

    bkpsdm.go("Impor data")
    bkpsdm.follow("Data PNS.xlsx")
    refused = bkpsdm.page.get_by_role("region", name="Baris ditolak").get_by_role("row")
    expect(refused.filter(has_text=f"PEGAWAI {SHORT_NIP}")).to_contain_text("NIP BARU")
    expect(refused.filter(has_text=f"PEGAWAI {ELSEWHERE}")).to_contain_text("UNOR ID")
    bkpsdm.inspect()
    bkpsdm.press("Terapkan")
    work()
    bkpsdm.page.reload()
    bkpsdm.sees("Diterapkan")
    bkpsdm.inspect()
    assert Assignment.objects.get(employee__external_id=f"P-{GOOD}").unit_id == people.division.pk
    assert not Employee.objects.filter(external_id__in=[f"P-{SHORT_NIP}", f"P-{ELSEWHERE}"]).exists()

    with bkpsdm.page.expect_download() as download:
        bkpsdm.page.get_by_role("link", name="Unduh 2 baris yang ditolak").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    headers, *found = book.active.iter_rows(values_only=True)
    assert headers == ("Berkas", "Baris", "Kolom", "Kode", "Alasan", "Diperbaiki oleh")
    assert [(row[0], row[1], row[2]) for row in found] == [
        ("Data PNS.xlsx", 3, "NIP BARU"),
        ("Data PNS.xlsx", 4, "UNOR ID"),
    ]
    assert all(row[4] and row[5] for row in found)

    bkpsdm.go("Pegawai")
    bkpsdm.page.get_by_role("main").get_by_role("searchbox").fill(f"PEGAWAI {GOOD}")
    bkpsdm.press("Cari")
    bkpsdm.sees(f"PEGAWAI {GOOD}")


def test_a_file_that_is_no_workbook_is_named_as_such(people: People, visit: Visit, tmp_path: Path) -> None:
    bkpsdm = visit(people.bkpsdm_admin)
    bkpsdm.open("/organisasi/impor/")
    before = Employee.objects.count()
    upload(bkpsdm, tmp_path, "pegawai.xlsx", b"PNS ID;NIP BARU\n1;2\n")
    bkpsdm.sees("bukan Excel .xlsx")
    bkpsdm.inspect()
    upload(bkpsdm, tmp_path, "rusak.xlsx", employees(employee(GOOD))[:1500])
    bkpsdm.sees("rusak")
    assert (Employee.objects.count(), Job.objects.count()) == (before, 0)
