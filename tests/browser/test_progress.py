"""A quarter told from the phone, with a photo as proof, and the appraiser's word on it."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.lib import clock
from config.lib.dates import office_date
from skp.models import Evidence, Progress
from skp.services.periods import period_create
from tests.browser.conftest import Visit
from tests.lib.uploading import photo
from tests.people import People
from tests.skp.drafts import agreed, result_ids
from tests.windows import open_windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_quarter_with_a_photo(people: People, visit: Visit, tmp_path: Path) -> None:
    now = clock.now()
    year = office_date(now).year
    period = period_create(
        actor=None, year=year, now=now - timedelta(days=40), windows=open_windows(year, now)
    )
    top = agreed(people.superior, people.sekda, period, now=now)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top), now=now)
    skp = agreed(people.owner, people.appraiser, period, result_ids(middle), now=now)

    owner = visit(people.owner)
    owner.open(f"/skp/{skp.pk}/")
    owner.follow("Pelaksanaan")
    owner.sees("2 indikator belum memiliki realisasi atau catatan.")
    owner.inspect()
    for field in owner.page.get_by_label("Realisasi (laporan)").all():
        field.fill("tiga")
    owner.press("Simpan kemajuan")
    owner.sees("Tulis angka")
    owner.inspect()
    for field in owner.page.get_by_label("Realisasi (laporan)").all():
        field.fill("3,5")
    with owner.page.expect_navigation():
        owner.page.get_by_role("button", name="Simpan lalu tambah bukti").first.click()
    owner.inspect()
    picture = tmp_path / "Foto rapat koordinasi penyusunan laporan kinerja triwulan pertama.jpg"
    picture.write_bytes(photo((1200, 900), located=True))
    owner.page.get_by_label("Berkas atau foto").set_input_files(picture)
    owner.press("Kirim berkas")
    owner.sees("Bukti dukung sudah ditambahkan.")
    owner.inspect()
    owner.follow("Selesai, kembali ke pelaksanaan")
    owner.sees("Semua indikator sudah memiliki realisasi atau catatan.")
    owner.inspect()
    assert (Progress.objects.count(), Evidence.objects.count()) == (2, 1)

    appraiser = visit(people.appraiser)
    appraiser.open("/skp/pelaksanaan/")
    appraiser.inspect()
    appraiser.open(f"/skp/{skp.pk}/pelaksanaan/1/")
    appraiser.inspect()
    appraiser.page.get_by_label("Umpan balik baru").first.fill("Sudah baik, pertahankan.")
    with appraiser.page.expect_navigation():
        appraiser.page.get_by_role("button", name="Kirim umpan balik").first.click()
    appraiser.sees("Sudah baik, pertahankan.")

    bkpsdm = visit(people.bkpsdm_admin)
    bkpsdm.open(f"/skp/bukti/{Evidence.objects.get().public_id}/")
    bkpsdm.inspect()
