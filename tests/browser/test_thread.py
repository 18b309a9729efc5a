"""One year of one person, from the slip of paper to the board, by those who do each step."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from assessments.models import AssessmentVersion
from config.lib import clock
from config.lib.dates import office_date
from skp.models import Move, Period
from skp.services.periods import period_create
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.people import People
from tests.skp.drafts import agreed, result_ids
from tests.windows import open_windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "bambu-hijau-tepi-sungai"


@pytest.fixture
def period(people: People) -> Period:
    """This year's period, with every stage open now; the superiors have agreed plans."""
    now = clock.now()
    year = office_date(now).year
    made = period_create(actor=None, year=year, now=now - timedelta(days=40), windows=open_windows(year, now))
    top = agreed(people.superior, people.sekda, made, now=now)
    agreed(people.appraiser, people.superior, made, result_ids(top), now=now)
    return made


def test_from_the_slip_to_the_board(people: People, period: Period, visit: Visit) -> None:
    code = slip_of_the_owner(people, visit)
    owner = visit()
    activate(owner, people, code)
    write_plan(owner)
    submit_withdraw_resubmit(owner)
    agree(visit(people.appraiser), people)
    report(owner)
    score(visit(people.appraiser), people)
    read_score(owner)
    read_board(visit(people.bkpsdm_admin), people)


def slip_of_the_owner(people: People, visit: Visit) -> str:
    """The OPD admin prints the slips of the owner's unit; the code on the owner's."""
    admin = visit(people.opd_admin)
    admin.open(f"/organisasi/unit/{people.division.pk}/")
    admin.inspect()
    admin.page.get_by_text("Tindakan pengelola").click()
    admin.inspect()
    admin.follow("Cetak slip aktivasi")
    admin.inspect()
    admin.press("Terbitkan slip")
    admin.inspect()
    slip = admin.page.get_by_role("listitem").filter(has_text="BUDI PELAKSANA")
    expect(slip).to_have_count(1)
    return slip.locator(".slip__code").inner_text()


def activate(owner: Visitor, people: People, code: str) -> None:
    """The first sign-in; the code works once."""
    owner.open("/")
    assert owner.path == "/akun/masuk/"
    owner.inspect()
    owner.follow("Aktifkan akun")
    owner.inspect()
    for password in ("pendek", PASSWORD):
        owner.fill("NIP", people.owner.employee.nip or "")
        owner.fill("Kode aktivasi", code)
        for field in owner.page.get_by_label("Kata sandi baru").all():
            field.fill(password)
        owner.press("Aktifkan dan masuk")
        if password == "pendek":
            owner.sees("karakter")
            owner.inspect()
    assert owner.path == "/"
    owner.inspect()
    again = Visitor(owner.context, owner.address)
    again.context.clear_cookies()
    again.sign_in(people.owner.employee.nip or "", PASSWORD)
    assert again.path == "/"
    again.page.close()


def write_plan(owner: Visitor) -> None:
    """Two results, each linked to one of the superior's and with an indicator."""
    owner.go("SKP saya")
    owner.inspect()
    owner.press("Mulai menyusun rencana")
    owner.sees("Belum ada hasil kerja.")
    owner.inspect()
    for text, parent in (
        ("Tersusunnya rekap data kepegawaian bulanan", "Tersusunnya laporan kinerja"),
        ("Terjawabnya permintaan data unit kerja lain", "Terlayaninya permintaan data"),
    ):
        owner.follow("Tambah hasil kerja")
        owner.fill("Rencana hasil kerja", text)
        owner.choose("Hasil kerja atasan yang didukung", parent)
        owner.choose("Metode cascading", "Langsung (direct)")
        for label, value in (
            ("Indikator kinerja individu", "Jumlah rekap yang selesai"),
            ("Target", "12"),
            ("Satuan", "rekap"),
        ):
            owner.field(label).first.fill(value)
        owner.inspect()
        owner.press("Simpan")
    owner.sees("Rencana siap dikirim.")
    owner.inspect()


def submit_withdraw_resubmit(owner: Visitor) -> None:
    """The moves before the appraiser's decision."""
    owner.press("Kirim rencana")
    owner.sees("Nomor tanda terima")
    owner.inspect()
    owner.press("Tarik kembali")
    owner.sees("Rencana sudah ditarik kembali")
    owner.press("Kirim rencana")
    assert list(Move.objects.filter(skp=skp_of(owner)).order_by("pk").values_list("action", flat=True)) == [
        "submit",
        "withdraw",
        "submit",
    ]


def skp_of(visitor: Visitor) -> int:
    """The plan whose page is open."""
    found = re.search(r"/skp/(\d+)/", visitor.path)
    assert found
    return int(found[1])


def agree(appraiser: Visitor, people: People) -> None:
    """The plan lies in the inbox of the head of the unit, who agrees it."""
    appraiser.open("/")
    appraiser.inspect()
    appraiser.go("Kotak masuk")
    appraiser.inspect()
    appraiser.follow("BUDI PELAKSANA")
    appraiser.page.get_by_label("Metode cascading setiap hasil").check()
    appraiser.inspect()
    appraiser.press("Setujui rencana")
    appraiser.sees("sudah disepakati")


def report(owner: Visitor) -> None:
    """Realisation of the year: refused while incomplete, then handed in."""
    owner.page.reload()
    owner.inspect()
    owner.follow("Isi realisasi tahunan")
    owner.inspect()
    first, second = owner.page.get_by_label("Jumlah rekap yang selesai").all()
    first.fill("12")
    owner.press("Periksa dan laporkan")
    assert owner.page.get_by_role("button", name="Laporkan realisasi").is_disabled()
    owner.inspect()
    owner.follow("Kembali ke isian")
    second.fill("13,5")
    owner.press("Periksa dan laporkan")
    owner.inspect()
    owner.press("Laporkan realisasi")
    owner.sees("sudah dilaporkan")
    owner.inspect()


def score(appraiser: Visitor, people: People) -> None:
    """The appraiser gives the seven behaviour values; the number comes with its worked steps."""
    appraiser.open("/penilaian/")
    appraiser.inspect()
    appraiser.follow("BUDI PELAKSANA")
    appraiser.inspect()
    for field in appraiser.page.locator("section[aria-labelledby=perilaku] input[inputmode=decimal]").all():
        field.fill("100")
    # Counted along while typing, before anything is stored.
    appraiser.page.locator("[name=recommendation]").fill("Siapkan untuk jenjang berikutnya.")
    appraiser.page.keyboard.press("Tab")
    expect(appraiser.page.locator("#hitungan")).to_contain_text("107,00")
    expect(appraiser.page.locator("#jumlah")).to_contain_text("107,00")
    assert not AssessmentVersion.objects.exists()
    appraiser.inspect()
    appraiser.press("Simpan nilai")
    appraiser.page.get_by_text("Bagaimana angka ini dihitung?").first.click()
    appraiser.inspect()
    made = AssessmentVersion.objects.get()
    # 12 of 12: 13 points ×3 = 39 → 100; 13.5 of 12: 16 ×3 = 48 → 120; mean 110; 0.7 × 110 + 0.3 × 100.
    assert (str(made.final), made.four) == ("107.00", "good")
    appraiser.sees("107,00")


def read_score(owner: Visitor) -> None:
    """Not delivered yet: the owner knows that the report waits, not the score."""
    owner.open(f"/penilaian/{skp_of(owner)}/", status=403)
    owner.inspect()


def read_board(bkpsdm: Visitor, people: People) -> None:
    """BKPSDM sees the OPD on the boards; the score is not delivered, so no result counts it yet."""
    bkpsdm.open("/")
    bkpsdm.inspect()
    bkpsdm.go("Papan")
    bkpsdm.inspect()
    expect(bkpsdm.page.get_by_role("row").filter(has_text="Dinas Pertama")).to_have_count(1)
    with bkpsdm.page.expect_navigation():
        bkpsdm.page.get_by_role("link", name="Hasil penilaian").click()
    bkpsdm.inspect()
    bkpsdm.sees("Belum ada hasil pada tahun ini.")
