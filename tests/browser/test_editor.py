"""The editor with script: saved by itself, the link cut and restored, two versions, axe throughout."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from config.lib import clock
from skp.models import PlannedIndicator, PlannedResult, Skp
from tests.browser.conftest import Visit
from tests.browser.test_thread import period
from tests.browser.visitor import Visitor
from tests.people import People
from tests.skp.drafts import add_result, started

__all__ = ["period"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "Tidak terhubung."
KEPT = "Ada ketikan yang belum terkirim di perangkat ini"


@pytest.fixture
def draft(people: People, period) -> Skp:
    """The owner's draft of one result with one indicator."""
    now = clock.now()
    skp = started(people.owner, period, now)
    add_result(skp, people.owner.viewer(now), "Tersusunnya rekap data kepegawaian")
    return skp


def status_of(owner: Visitor, text: str) -> None:
    """Expect the line that tells whether the section is saved."""
    expect(owner.page.locator("[data-save-status]")).to_contain_text(text)


def open_first(owner: Visitor, skp: Skp) -> None:
    """Open the draft's first result."""
    owner.open(f"/skp/{skp.pk}/")
    owner.follow("Ubah hasil")


def expected(owner: Visitor, fault: str) -> None:
    """Take out the faults that the test brought about: a cut link, a refusal to the saving script."""
    assert any(fault in seen for seen in owner.faults)
    owner.faults[:] = [seen for seen in owner.faults if fault not in seen]


def text_of(skp: Skp) -> str:
    return PlannedResult.objects.filter(revision__skp=skp).earliest("pk").text


def until(check: Callable[[], bool], owner: Visitor) -> None:
    """Wait until the database says so."""
    for _ in range(50):
        if check():
            return
        owner.page.wait_for_timeout(100)
    assert check()


def test_what_is_typed_is_saved_by_itself(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    open_first(owner, draft)
    owner.inspect()
    owner.fill("Rencana hasil kerja", "Tersusunnya rekap data kepegawaian bulanan")
    status_of(owner, "Tersimpan")
    assert text_of(draft) == "Tersusunnya rekap data kepegawaian bulanan"
    owner.page.get_by_text("Tambah indikator 2").click()
    second = owner.page.locator("details.indicator").nth(1)
    second.get_by_label("Indikator kinerja individu").fill("Ketepatan waktu penyampaian")
    status_of(owner, "Tersimpan")
    until(lambda: PlannedIndicator.objects.count() >= 2, owner)
    expect(owner.page.locator("[data-completeness]")).to_contain_text("target belum diisi")
    second.get_by_label("Target", exact=True).fill("lima")
    status_of(owner, "Belum tersimpan")
    owner.sees("Tulis angka")
    owner.inspect()
    expected(owner, "422 for")
    second.get_by_label("Target", exact=True).fill("5")
    second.get_by_label("Satuan").fill("hari")
    owner.press("Simpan dan tutup")
    owner.sees("Ketepatan waktu penyampaian")
    owner.inspect()


def test_a_new_result_is_written_once(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    owner.open(f"/skp/{draft.pk}/?buka=baru#hasil-baru")
    owner.fill("Rencana hasil kerja", "Terjawabnya permintaan data")
    status_of(owner, "Tersimpan")
    owner.fill("Rencana hasil kerja", "Terjawabnya permintaan data unit lain")
    status_of(owner, "Tersimpan")
    owner.page.reload()
    expect(owner.field("Rencana hasil kerja")).to_have_value("Terjawabnya permintaan data unit lain")
    owner.press("Simpan", within=owner.page.locator("#bagian"))
    assert PlannedResult.objects.filter(revision__skp=draft).count() == 2


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_the_link_is_cut_and_restored_while_the_page_stays(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    open_first(owner, draft)
    owner.context.set_offline(True)
    owner.fill("Rencana hasil kerja", "Tersusunnya rekap tanpa jaringan")
    status_of(owner, OFFLINE)
    owner.inspect()
    owner.context.set_offline(False)
    status_of(owner, "Tersimpan")
    assert text_of(draft) == "Tersusunnya rekap tanpa jaringan"
    assert owner.page.evaluate("Object.keys(localStorage).length") == 0
    expected(owner, "ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_what_was_typed_offline_is_offered_on_return(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    open_first(owner, draft)
    owner.context.set_offline(True)
    owner.fill("Rencana hasil kerja", "Tersusunnya rekap di perjalanan")
    status_of(owner, OFFLINE)
    owner.page.close()
    owner.context.set_offline(False)
    owner.page = owner.context.new_page()
    owner.open(f"/skp/{draft.pk}/")
    owner.sees(KEPT)
    owner.inspect()
    owner.page.get_by_role("button", name="Buka", exact=True).click()
    owner.page.get_by_role("button", name="Pulihkan").click()
    status_of(owner, "Tersimpan")
    assert text_of(draft) == "Tersusunnya rekap di perjalanan"
    owner.open(f"/skp/{draft.pk}/")
    expect(owner.page.get_by_text(KEPT)).to_have_count(0)
    expected(owner, "ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_who_signs_out_leaves_nothing_on_the_device(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    open_first(owner, draft)
    owner.context.set_offline(True)
    owner.fill("Rencana hasil kerja", "Tersusunnya rekap rahasia")
    status_of(owner, OFFLINE)
    assert owner.page.evaluate("Object.keys(localStorage).length") == 1
    # Another page, so that the restored link does not send the text first.
    owner.page.close()
    owner.context.set_offline(False)
    owner.page = owner.context.new_page()
    owner.open("/")
    assert owner.page.evaluate("Object.keys(localStorage).length") == 1
    owner.page.locator("details.menu > summary").click()
    owner.press("Keluar")
    assert owner.page.evaluate("Object.keys(localStorage).length") == 0
    expected(owner, "ERR_INTERNET_DISCONNECTED")


def test_two_versions_meet_and_both_are_shown(people: People, draft: Skp, visit: Visit) -> None:
    desk, phone = visit(people.owner), visit(people.owner)
    open_first(phone, draft)
    open_first(desk, draft)
    desk.fill("Rencana hasil kerja", "Versi dari meja kerja")
    status_of(desk, "Tersimpan")
    phone.fill("Rencana hasil kerja", "Versi dari ponsel saya")
    status_of(phone, "diubah di tempat lain")
    phone.press("Simpan", within=phone.page.locator("#bagian"))
    expected(phone, "409 for")
    phone.sees("Versi dari meja kerja")
    phone.sees("Versi dari ponsel saya")
    phone.inspect()
    phone.press("Simpan pilihan")
    assert text_of(draft) == "Versi dari ponsel saya"
    assert phone.page.evaluate("Object.keys(localStorage).length") == 0


def test_the_superior_s_result_is_picked_beside_the_plan(people: People, draft: Skp, visit: Visit) -> None:
    owner = visit(people.owner)
    owner.open(f"/skp/{draft.pk}/")
    owner.inspect()
    owner.follow("Dukung hasil ini Terlayaninya permintaan data")
    expect(owner.field("Hasil kerja atasan yang didukung").locator("option:checked")).to_have_text(
        "Terlayaninya permintaan data"
    )
    owner.fill("Rencana hasil kerja", "Terjawabnya permintaan data bidang")
    owner.press("Simpan dan tutup")
    owner.sees("Didukung 1 hasil kerja Anda.")
    owner.follow("Isi lampiran")
    owner.inspect()
    owner.page.get_by_label("Dukungan sumber daya").fill("Dua orang pengolah data\nAkses sistem")
    owner.press("Simpan dan tutup")
    owner.follow("Isi ekspektasi")
    owner.inspect()
    owner.page.get_by_label("Loyal").fill("Menjaga rahasia data pegawai")
    owner.press("Simpan dan tutup")
    owner.sees("Menjaga rahasia data pegawai")
    owner.sees("Dua orang pengolah data")
