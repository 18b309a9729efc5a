"""Filling the own draft from Excel at both screens, and without JavaScript."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from config.lib import clock
from skp.models import PlannedResult, Skp
from tests.browser.conftest import Visit
from tests.people import People
from tests.skp.drafts import JANUARY, drafted, period_2026, result_ids

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Tersusunnya dokumen perencanaan kebutuhan pegawai berbasis analisis beban kerja seluruh unit " * 3


@pytest.fixture
def skp(people: People, monkeypatch) -> Skp:
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    return drafted(people.owner, period := period_2026(), result_ids(drafted(people.appraiser, period)))


def changed(data: bytes) -> bytes:
    """The template with a changed target, a new result, a refused row and one result left out."""
    loaded = load_workbook(io.BytesIO(data))
    sheet = loaded["Rencana"]
    head = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, head["TARGET MAX"]).value = 24
    sheet.delete_rows(3)
    new = {"KODE RHK": "baru", "RENCANA HASIL KERJA": LONG, "ASPEK": "waktu", "SATUAN": "bulan"}
    for values in (new, {"KODE RHK": "lain", "RENCANA HASIL KERJA": "Salah", "ASPEK": "mutu"}):
        sheet.append(
            [({"INDIKATOR KINERJA INDIVIDU": "Ketepatan waktu"} | values).get(name) for name in head]
        )
    stream = io.BytesIO()
    loaded.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_draft_is_filled_from_excel(
    people: People, visit: Visit, skp: Skp, tmp_path: Path, scripted: bool
) -> None:
    owner = visit(people.owner, java_script_enabled=scripted)
    page = owner.page
    owner.open(reverse("skp:plan", args=[skp.pk]))
    page.get_by_role("link", name="Isi dari Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh templat (Excel)").click()
    filled = tmp_path / "rencana.xlsx"
    filled.write_bytes(changed(download.value.path().read_bytes()))
    page.get_by_label("Berkas Excel (.xlsx)").set_input_files(filled)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("heading", name="Periksa isi Excel").wait_for()
    owner.inspect()
    page.get_by_label("Hapus hasil kerja ini dari draf.").check()
    page.get_by_role("button", name="Simpan ke draf").click()
    page.get_by_text("Diisi dari Excel: 1 baru, 1 berubah, 1 dihapus.").wait_for()
    texts = PlannedResult.objects.filter(revision=skp.open_revision).values_list("text", flat=True)
    assert set(texts) == {"Tersusunnya laporan kinerja", LONG.strip()}
