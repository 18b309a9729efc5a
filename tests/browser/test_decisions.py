"""An appraiser gives one plan back with notes and agrees ten at once; the owner mends it and sends again."""

import pytest
from playwright.sync_api import Locator, expect

from config.lib import clock
from config.lib.dates import office_date
from orgunits.lines import lines_rebuild
from skp.models import ReturnNote, Skp
from skp.services.periods import period_create
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import agreed, result_ids, submitted
from tests.windows import BEFORE, open_windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTE = "Sebutkan jumlah laporan yang disusun setiap triwulan, bukan hanya setahun."
RESULT_NOTE = "Hasil ini tugas seksi; tulis bagian Saudara saja."
OTHERS = 10


@pytest.fixture
def waiting(people: People) -> Skp:
    """Eleven plans that wait for the head of the division; the owner's, which came first."""
    members = [
        Person(
            AssignmentFactory(
                employee=EmployeeFactory(name=f"ANGGOTA BIDANG KE-{number} DENGAN NAMA YANG PANJANG SEKALI"),
                unit=people.division,
            )
        )
        for number in range(1, OTHERS + 1)
    ]
    lines_rebuild()
    now = clock.now()
    year = office_date(now).year
    period = period_create(actor=None, year=year, now=now - BEFORE, windows=open_windows(year, now))
    top = agreed(people.superior, people.sekda, period, now=now)
    parents = result_ids(agreed(people.appraiser, people.superior, period, result_ids(top), now=now))
    owners, *_ = [submitted(person, period, parents, now=now) for person in (people.owner, *members)]
    return owners


def test_one_is_returned_and_ten_are_agreed(people: People, waiting: Skp, visit: Visit) -> None:
    appraiser = visit(people.appraiser)
    give_back(appraiser)
    agree_the_others(appraiser, waiting)
    send_again(visit(people.owner), waiting)
    appraiser.go("Kotak masuk")
    appraiser.sees("BUDI PELAKSANA")
    expect(choices(appraiser)).to_have_count(1)


def choices(appraiser: Visitor) -> Locator:
    """The boxes before the plans of the inbox."""
    return appraiser.page.get_by_role("checkbox", name="Pilih rencana")


def give_back(appraiser: Visitor) -> None:
    """The first plan of the inbox, with a note and a note on its first result; blanks are no note."""
    appraiser.open("/")
    appraiser.inspect()
    appraiser.go("Kotak masuk")
    expect(choices(appraiser)).to_have_count(OTHERS + 1)
    appraiser.inspect()
    appraiser.follow("BUDI PELAKSANA")
    appraiser.inspect()
    appraiser.follow("Kembalikan dengan catatan")
    appraiser.inspect()
    appraiser.fill("Catatan untuk seluruh rencana", "   ")
    appraiser.fill("Catatan untuk hasil 1", RESULT_NOTE)
    appraiser.press("Kembalikan rencana")
    appraiser.sees("Tulis apa yang perlu diperbaiki")
    appraiser.inspect()
    expect(appraiser.field("Catatan untuk hasil 1")).to_have_value(RESULT_NOTE)
    appraiser.fill("Catatan untuk seluruh rencana", NOTE)
    appraiser.press("Kembalikan rencana")
    appraiser.sees("Rencana BUDI PELAKSANA sudah dikembalikan.")
    appraiser.inspect()
    assert ReturnNote.objects.get().text == RESULT_NOTE


def agree_the_others(appraiser: Visitor, waiting: Skp) -> None:
    """All that are left: read them on one page, confirm once, see what became of each."""
    expect(choices(appraiser)).to_have_count(OTHERS)
    for box in choices(appraiser).all():
        box.check()
    appraiser.press("Periksa dan setujui yang dipilih")
    appraiser.inspect()
    appraiser.page.get_by_label("Metode cascading setiap hasil").check()
    appraiser.press("Setujui rencana terpilih")
    appraiser.sees(f"{OTHERS} rencana disetujui.")
    appraiser.inspect()
    verdicts = appraiser.page.get_by_role("row").filter(has_text="ANGGOTA BIDANG")
    expect(verdicts).to_have_count(OTHERS)
    expect(verdicts.filter(has_text="Disepakati")).to_have_count(OTHERS)
    others = Skp.objects.filter(period=waiting.period_id, owner__name__startswith="ANGGOTA")
    assert others.filter(in_force__isnull=False).count() == OTHERS
    appraiser.follow("Kembali ke kotak masuk")
    appraiser.sees("Tidak ada rencana yang menunggu.")
    appraiser.inspect()


def send_again(owner: Visitor, waiting: Skp) -> None:
    """The owner reads both notes, mends the result that one stands at, and sends."""
    owner.open("/")
    owner.inspect()
    owner.open(f"/skp/{waiting.pk}/")
    owner.sees(NOTE)
    card = owner.page.get_by_role("article").filter(has_text=RESULT_NOTE)
    expect(card).to_have_count(1)
    owner.inspect()
    owner.follow("Ubah hasil", within=card)
    owner.inspect()
    owner.fill("Rencana hasil kerja", "Tersusunnya laporan kinerja bidang setiap triwulan")
    owner.press("Simpan dan tutup")
    owner.press("Kirim rencana")
    owner.sees("Nomor tanda terima")
    owner.inspect()
    waiting.refresh_from_db()
    assert waiting.open_revision is not None
    assert (waiting.open_revision.number, waiting.open_revision.state) == (1, "submitted")
