"""The year of BKPSDM on the regency's own files, in seven journeys, every page at both sizes of screen.

The clock is set to the day of each journey; whatever the browser does not show is done through the
services by the people whose work it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.models import Assessment, YearResult
from config.lib import clock
from documents.enums import DocumentKind, JobState
from documents.models import IssuedDocument, Job
from documents.services import job_run
from orgunits.models import Employee, OrgUnit
from skp.cascade import Standing
from skp.enums import Direction
from skp.models import AnnualRealisation, Evidence, Extension, Period, PlannedIndicator, Receipt, Skp
from tests.browser.conftest import SCREENS, Visit
from tests.browser.visitor import Visitor
from tests.flows.offices import Office
from tests.flows.scoring import Judge, appraiser, delivers, owner, proves, reports, scores
from tests.lib.pdfs import text_of
from tests.skp.drafts import decided, sent
from tests.skp.facts import moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Milliseconds.
PATIENCE = 45_000
PASSWORD = "bambu-hijau-tepi-sungai"
FILES = (
    "HierarkiUnor.xlsx",
    "Data PNS.xlsx",
    "Data PPPK.xlsx",
    "Data PPPK Paruh Waktu.xlsx",
    "Daftar Plt.xlsx",
    "Mutasi 2026.xlsx",
)
OPD = "BADAN KEPEGAWAIAN DAN PENGEMBANGAN SUMBER DAYA MANUSIA"
SET_UP, PLANNING, LATE = (moment(f"2026-{day} 09:00") for day in ("01-08", "01-12", "02-02"))
QUARTER, REPORTING = moment("2026-04-07 09:00"), moment("2026-12-15 09:00")
SCORING, FINAL = moment("2027-01-12 09:00"), moment("2027-02-20 09:00")

At = Callable[[datetime], None]


@pytest.fixture
def screen() -> str:
    """Each page is looked at in both sizes, so one run is enough."""
    return "desktop"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the clock by which the application lives."""

    def go(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    go(SET_UP)
    return go


@dataclass
class Cast:
    """The office and those who act in the browser: an admin, the head, a member of staff."""

    office: Office
    admin: Visitor
    head: Skp
    staff: Skp

    @property
    def others(self) -> list[Skp]:
        """The plans of everybody else in the office."""
        return [skp for skp in self.office.plans() if skp.pk not in (self.head.pk, self.staff.pk)]


def looks(visitor: Visitor) -> None:
    """The page as it stands, on a phone and on a desktop screen, in light and in dark."""
    for size in reversed(SCREENS.values()):
        visitor.page.set_viewport_size(size)
        visitor.inspect()
    visitor.page.set_viewport_size(SCREENS["desktop"])


def work() -> None:
    """Do the queued jobs, as the worker would."""
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
        job_run(job_id=job.pk, clock=clock.now)


@pytest.fixture
def patient(visit: Visit) -> Visit:
    """Visitors who wait longer: the regency of the export is larger than that of other tests."""

    def come(*args: object) -> Visitor:
        visitor = visit(*args)
        visitor.context.set_default_timeout(PATIENCE)
        return visitor

    return come


def test_a_year_in_seven_journeys(siasn_dir: Path, patient: Visit, at: At) -> None:
    visit = patient
    admin = set_up(siasn_dir, visit)
    cast = cascade(siasn_dir, admin)
    at(PLANNING)
    plan_and_agree(cast, visit)
    at(LATE)
    chase(cast)
    send_late(cast, visit)
    at(QUARTER)
    live_with_it(cast, visit)
    at(REPORTING)
    report(cast, visit)
    at(SCORING)
    score(cast, visit)
    at(FINAL)
    read_the_year(cast, visit)


def set_up(siasn_dir: Path, visit: Visit) -> Visitor:
    """1: the first admin activates the account, brings in the six files, and opens the period."""
    out = StringIO()
    call_command("create_admin", "bkpsdm", name="Admin BKPSDM", stdout=out)
    code = out.getvalue().strip().rsplit(": ", 1)[1]
    admin = visit()
    admin.open("/akun/aktivasi/")
    looks(admin)
    admin.fill("NIP", "bkpsdm")
    admin.fill("Kode aktivasi", code)
    for field in admin.page.get_by_label("Kata sandi baru").all():
        field.fill(PASSWORD)
    admin.press("Aktifkan dan masuk")
    looks(admin)
    admin.go("Impor data")
    for name in FILES:
        admin.page.get_by_label("Berkas Excel (.xlsx)").set_input_files(siasn_dir / name)
        admin.press("Unggah dan periksa")
        work()
        admin.go("Impor data")
        admin.follow(name)
        if name == "Data PNS.xlsx":
            admin.sees("Baris ditolak")
            looks(admin)
        admin.press("Terapkan")
        work()
        admin.go("Impor data")
    looks(admin)
    assert Employee.objects.count() == 7964
    admin.go("Periode")
    admin.fill("Tahun periode", "2026")
    admin.press("Buat periode")
    looks(admin)
    return admin


def cascade(siasn_dir: Path, admin: Visitor) -> Cast:
    """2: the office's workbook fills everybody's draft; the map says who waits for whom."""
    period = Period.objects.get(year=2026)
    admin.open("/skp/impor/")
    admin.page.get_by_label("Berkas Excel (.xlsx)").set_input_files(siasn_dir / "RHK BKPSDM.xlsx")
    admin.press("Unggah dan periksa")
    work()
    admin.open("/skp/impor/")
    admin.follow("RHK BKPSDM.xlsx")
    looks(admin)
    admin.press("Terapkan")
    work()
    opd = OrgUnit.objects.get(spans__name=OPD, spans__kind="opd")
    office = Office(period, opd.pk, None)  # type: ignore[arg-type]
    assert Skp.objects.filter(period=period).count() == 42
    levels = office.levels()
    head = Skp.objects.get(pk=levels[0][0].skp_id)
    admin.open("/skp/kaskade/")
    looks(admin)
    return Cast(office, admin, head, staff_of(levels))


def staff_of(levels: list[list[Standing]]) -> Skp:
    """Somebody below the heads of the divisions, who leads nobody."""
    plans = Skp.objects.filter(pk__in=[one.skp_id for one in levels[2]], assignment__is_head=False)
    return plans.earliest("pk")


def plan_and_agree(cast: Cast, visit: Visit) -> None:
    """3: the head sends, the Sekda agrees, and so on down; one late member of staff does not send."""
    head = visit(owner(cast.head))
    head.open(f"/skp/{cast.head.pk}/")
    looks(head)
    head.press("Kirim rencana")
    head.sees("Nomor tanda terima")
    looks(head)
    sekda = visit(appraiser(cast.head, PLANNING))
    sekda.open("/skp/kotak-masuk/")
    looks(sekda)
    sekda.follow(cast.head.owner.full_name)
    looks(sekda)
    sekda.press("Setujui rencana")
    sekda.sees("sudah disepakati")
    for skp in cast.others:
        sent(owner(skp), skp, PLANNING)
    for level in cast.office.levels()[1:]:
        for person in level:
            if person.skp_id != cast.staff.pk:
                skp = Skp.objects.get(pk=person.skp_id)
                decided(appraiser(skp, PLANNING), skp, PLANNING)
    head.open("/")
    looks(head)


def chase(cast: Cast) -> None:
    """4: the deadline has passed; the board shows who is missing, and BKPSDM gives the OPD a later day."""
    admin = cast.admin
    admin.open("/")
    looks(admin)
    admin.go("Papan")
    row = admin.page.get_by_role("row").filter(has_text=OPD)
    expect(row).to_have_count(1)
    looks(admin)
    admin.go("Tenggat")
    admin.follow("Beri perpanjangan")
    admin.choose("Berlaku untuk", "Satu OPD")
    admin.choose("OPD atau unit kerja", OPD)
    admin.fill("Tenggat baru, hari terakhir", "2026-02-10")
    admin.fill("Alasan", "Jaringan kantor terganggu pada hari terakhir.")
    admin.fill("Nomor surat", "800/417/BKPSDM/2026")
    admin.press("Lihat akibatnya")
    looks(admin)
    admin.press("Berikan perpanjangan")
    admin.sees("Perpanjangan sudah diberikan.")
    assert Extension.objects.count() == 1


def send_late(cast: Cast, visit: Visit) -> None:
    """3 once more: the late one sends under the new deadline, and the superior agrees from the inbox."""
    staff = visit(owner(cast.staff))
    staff.open(f"/skp/{cast.staff.pk}/")
    staff.sees("surat 800/417/BKPSDM/2026")
    looks(staff)
    staff.press("Kirim rencana")
    staff.sees("Nomor tanda terima")
    assert Receipt.objects.filter(revision__skp=cast.staff).count() == 1
    superior = visit(appraiser(cast.staff, LATE))
    superior.open("/skp/kotak-masuk/")
    looks(superior)
    superior.page.get_by_role("checkbox", name=f"Pilih rencana {cast.staff.owner.full_name}").check()
    superior.press("Periksa dan setujui yang dipilih")
    superior.page.get_by_label("Metode cascading setiap hasil").check()
    looks(superior)
    superior.press("Setujui rencana terpilih")
    superior.sees("1 rencana disetujui.")


def live_with_it(cast: Cast, visit: Visit) -> None:
    """5: the first quarter from the phone with its proof, and the superior's word on it."""
    staff = visit(owner(cast.staff))
    staff.open(f"/skp/{cast.staff.pk}/pelaksanaan/1/")
    looks(staff)
    for field in staff.page.locator("main input[inputmode=decimal]").all():
        field.fill("1")
    with staff.page.expect_navigation():
        staff.page.get_by_role("button", name="Simpan lalu tambah bukti").first.click()
    looks(staff)
    staff.page.get_by_text("Tambah tautan").click()
    looks(staff)
    staff.fill("Alamat tautan", "https://bukti.example.go.id/triwulan-1")
    staff.press("Simpan tautan")
    staff.sees("Bukti dukung sudah ditambahkan.")
    assert Evidence.objects.filter(indicator__result__skp=cast.staff).count() == 1
    superior = visit(appraiser(cast.staff, QUARTER))
    superior.open(f"/skp/{cast.staff.pk}/pelaksanaan/1/")
    superior.page.get_by_label("Umpan balik baru").first.fill("Sudah baik, pertahankan.")
    with superior.page.expect_navigation():
        superior.page.get_by_role("button", name="Kirim umpan balik").first.click()
    superior.sees("Sudah baik, pertahankan.")
    for skp in (cast.head, *cast.others):
        proves(skp)


def report(cast: Cast, visit: Visit) -> None:
    """6, the owner's half: more than planned of everything, a new idea with its proof, handed in."""
    staff = visit(owner(cast.staff))
    staff.open(f"/penilaian/{cast.staff.pk}/lapor/")
    looks(staff)
    cast.staff.refresh_from_db()
    for item in PlannedIndicator.objects.filter(planned_result__revision=cast.staff.in_force):
        better = "1.3" if item.direction == Direction.NORMAL else "0.5"
        value = format((item.target_max * Decimal(better)).quantize(Decimal("0.01")), "f").replace(".", ",")
        staff.page.locator(f"[name=i{item.indicator_id}]").fill(value)
    staff.press("Simpan lalu tulis ide baru")
    looks(staff)
    staff.fill("Ide baru", "Antrean layanan kenaikan pangkat dibuka secara daring sejak Maret.")
    staff.fill("Manfaat bagi organisasi", "Waktu tunggu pegawai turun dari lima hari menjadi satu hari.")
    staff.fill("Tautan bukti", "https://bukti.example.go.id/antrean")
    staff.press("Simpan ide baru")
    staff.press("Periksa dan laporkan")
    looks(staff)
    staff.press("Laporkan realisasi")
    staff.sees("sudah dilaporkan")
    assert AnnualRealisation.objects.filter(indicator__result__skp=cast.staff).exists()
    for skp in (cast.head, *cast.others):
        reports(skp)


def score(cast: Cast, visit: Visit) -> None:
    """6, the appraiser's half: the head first, then down; one scored and delivered in the browser."""
    weak = cast.others[-1]
    for level in cast.office.levels():
        for person in level:
            if person.skp_id != cast.staff.pk:
                skp = Skp.objects.get(pk=person.skp_id)
                scores(skp, Judge(50 if skp.pk == weak.pk else 100))
                delivers(skp)
    superior = visit(appraiser(cast.staff))
    superior.open("/penilaian/")
    looks(superior)
    superior.open(f"/penilaian/{cast.staff.pk}/")
    looks(superior)
    for field in superior.page.locator("section[aria-labelledby=perilaku] input[inputmode=decimal]").all():
        field.fill("120")
    verdict = superior.page.get_by_role("combobox", name="Ide baru")
    verdict.select_option(label="Terbukti bermanfaat bagi organisasi")
    superior.press("Simpan nilai")
    superior.sees("Memuaskan")
    superior.page.get_by_text("Bagaimana angka ini dihitung?").first.click()
    looks(superior)
    deliver_in_bulk(superior, cast)
    staff = visit(owner(cast.staff))
    staff.open("/")
    looks(staff)
    staff.open(f"/penilaian/{cast.staff.pk}/hasil/")
    staff.sees("Memuaskan")
    looks(staff)
    staff.follow("Terima hasil")
    looks(staff)
    staff.press("Terima hasil")
    assert Assessment.objects.get(skp=cast.staff).status == "accepted"


def deliver_in_bulk(superior: Visitor, cast: Cast) -> None:
    """What was scored is looked at together once more, then given to its owners."""
    superior.open("/penilaian/")
    superior.page.get_by_role("checkbox", name=f"Pilih {cast.staff.owner.full_name}").check()
    looks(superior)
    superior.press("Periksa dan sampaikan yang dipilih")
    looks(superior)
    superior.press("Sampaikan hasil terpilih")
    superior.sees("1 hasil penilaian disampaikan")
    looks(superior)
    assert Assessment.objects.get(skp=cast.staff).status == "delivered"


def read_the_year(cast: Cast, visit: Visit) -> None:
    """7: all four predicates on the board, the recapitulation read, its QR page opened by a stranger."""
    call_command("tick", now=FINAL.isoformat(), stdout=StringIO())
    work()
    assert set(YearResult.objects.values_list("four", flat=True)) >= {
        "satisfactory",
        "good",
        "bad",
        "very_bad",
    }
    admin = cast.admin
    # A year has passed: the session of January is over.
    admin.context.clear_cookies()
    admin.sign_in("bkpsdm", PASSWORD)
    admin.open("/papan/nilai/")
    for word in ("Memuaskan", "Baik", "Buruk", "Sangat Buruk"):
        admin.sees(word)
    looks(admin)
    row = admin.page.get_by_role("row").filter(has_text=OPD)
    expect(row).to_have_count(1)
    admin.open(f"/papan/nilai/opd/{cast.office.opd_id}/")
    looks(admin)
    admin.open("/papan/rekapitulasi/")
    looks(admin)
    admin.press(f"Terbitkan rekapitulasi {OPD}")
    looks(admin)
    issued = IssuedDocument.objects.get(kind=DocumentKind.D10)
    with admin.page.expect_download() as download:
        admin.page.get_by_role("link", name=f"PDF {issued.shown_number}").click()
    text = text_of(Path(download.value.path()).read_bytes())
    for words in ("REKAPITULASI PREDIKAT KINERJA PEGAWAI", cast.staff.owner.name, "Memuaskan"):
        assert words in text
    stranger = visit()
    stranger.open(f"/verifikasi/{issued.public_id}/")
    stranger.sees("berlaku")
    stranger.sees(issued.shown_number)
    looks(stranger)
    assert cast.staff.owner.name not in stranger.page.content()
