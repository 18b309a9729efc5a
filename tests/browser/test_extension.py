"""After the deadline: a person is refused, BKPSDM gives the OPD a later day, the person sends."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.lib import clock
from config.lib.dates import format_date, office_date, start_of_day
from skp.models import Extension, Receipt, Skp
from skp.services.periods import period_create
from skp.states import Stage
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.lib.uploading import PDF
from tests.people import People
from tests.skp.drafts import agreed, drafted, result_ids
from tests.windows import BEFORE, open_windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = "Gangguan jaringan di seluruh kantor Dinas Pertama pada hari terakhir penyusunan rencana."
DECREE = "800/417/BKPSDM/2026"


@pytest.fixture
def late(people: People) -> Skp:
    """The owner's complete draft, which was not sent until planning closed at midnight."""
    now = clock.now()
    today = office_date(now)
    windows = [
        replace(window, closes_at=start_of_day(today)) if window.stage == Stage.PLANNING else window
        for window in open_windows(today.year, now)
    ]
    period = period_create(actor=None, year=today.year, now=now - BEFORE, windows=windows)
    # The members have been at their posts for years, so no later start moves the deadline.
    yesterday = start_of_day(today) - timedelta(hours=5)
    top = agreed(people.superior, people.sekda, period, now=yesterday)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top), now=yesterday)
    return drafted(people.owner, period, result_ids(middle), now=yesterday)


def test_an_opd_gets_a_later_day(people: People, late: Skp, visit: Visit, tmp_path: Path) -> None:
    today = office_date(clock.now())
    owner = visit(people.owner)
    refused(owner, late, last_day=today - timedelta(days=1))
    new_day = today + timedelta(days=7)
    letter = tmp_path / "Surat perpanjangan penyusunan rencana Dinas Pertama.pdf"
    letter.write_bytes(PDF)
    extend(visit(people.bkpsdm_admin), new_day, letter)
    send(owner, late, new_day)


def refused(owner: Visitor, late: Skp, last_day: date) -> None:
    """The plan can't be sent; the page names the deadline and who may give another."""
    owner.open("/")
    owner.inspect()
    owner.open(f"/skp/{late.pk}/")
    owner.sees(f"Tenggat perencanaan sudah lewat ({format_date(last_day)} pukul 23.59 WIB).")
    owner.sees("Perpanjangan hanya dapat diberikan oleh BKPSDM.")
    expect(owner.page.get_by_role("button", name="Kirim rencana")).to_be_disabled()
    owner.inspect()
    assert not Receipt.objects.filter(revision__skp=late).exists()


def extend(bkpsdm: Visitor, new_day: date, letter: Path) -> None:
    """Form, what it would do with its counts, confirmation with the letter, the list."""
    bkpsdm.open("/")
    bkpsdm.go("Tenggat")
    bkpsdm.sees("Belum ada perpanjangan.")
    bkpsdm.inspect()
    bkpsdm.follow("Beri perpanjangan")
    bkpsdm.inspect()
    bkpsdm.choose("Berlaku untuk", "Satu OPD")
    bkpsdm.press("Lihat akibatnya")
    bkpsdm.sees("Pilih OPD atau unit kerja.")
    bkpsdm.inspect()
    bkpsdm.choose("OPD atau unit kerja", "Dinas Pertama")
    bkpsdm.fill("Tenggat baru, hari terakhir", new_day.isoformat())
    bkpsdm.fill("Alasan", REASON)
    bkpsdm.fill("Nomor surat", DECREE)
    bkpsdm.press("Lihat akibatnya")
    bkpsdm.sees("pegawai di 1 OPD")
    bkpsdm.sees("6 di antaranya belum memenuhi tahap ini, membuka 6 SKP")
    bkpsdm.inspect()
    assert not Extension.objects.exists()
    bkpsdm.field("Berkas surat atau dokumen").set_input_files(letter)
    bkpsdm.press("Berikan perpanjangan")
    bkpsdm.sees("Perpanjangan sudah diberikan.")
    bkpsdm.sees(REASON)
    bkpsdm.inspect()


def send(owner: Visitor, late: Skp, new_day: date) -> None:
    """The page says which deadline holds and by which letter; the plan is sent with a receipt."""
    owner.open("/")
    owner.inspect()
    owner.open(f"/skp/{late.pk}/")
    owner.sees(f"Perencanaan: {format_date(new_day)} pukul 23.59 WIB")
    owner.sees(f"Perpanjangan untuk OPD Anda, surat {DECREE}")
    owner.inspect()
    owner.press("Kirim rencana")
    owner.sees("Nomor tanda terima")
    owner.inspect()
    assert Receipt.objects.filter(revision__skp=late).count() == 1
