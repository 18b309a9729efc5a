"""A person's own draft from Excel: template, upload, preview, confirmation, and what is refused."""

import io
import random
from decimal import Decimal

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from config.lib.xlsx import Table, workbook
from skp.enums import Approach, Direction, Regime, ResultKind, Scheme
from skp.imports.own.sealed import seal, unseal
from skp.models import Move, Period, PlannedIndicator, PlannedResult, Skp, WorkResult
from skp.selectors.content import read_content
from skp.services.editing import approach_set, result_save
from skp.services.editing.inputs import ResultInput
from skp.states import Action
from tests.people import People
from tests.skp.drafts import (
    JANUARY,
    MARCH,
    add_result,
    agreed,
    drafted,
    period_2026,
    proposed,
    result_ids,
    started,
    submitted,
)
from tests.skp.test_pages import at, client_of, text_of
from tests.workbooks import repacked

__all__ = ["at"]
pytestmark = pytest.mark.django_db
COLUMNS = (
    *("KODE RHK", "JENIS", "RENCANA HASIL KERJA", "KODE RHK ATASAN", "METODE CASCADING", "ASPEK"),
    *("INDIKATOR KINERJA INDIVIDU", "TARGET MIN", "TARGET MAX", "SATUAN", "ARAH"),
)


@pytest.fixture
def period(people, at):
    return period_2026()


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.owner)


@pytest.fixture
def above(people, period) -> Skp:
    return drafted(people.appraiser, period)


@pytest.fixture
def skp(people, period, above) -> Skp:
    return drafted(people.owner, period, result_ids(above))


def row(code: str, text: str = "", **cells: object) -> dict[str, object]:
    values = {
        "KODE RHK": code,
        "JENIS": "utama",
        "RENCANA HASIL KERJA": text or f"Tersusunnya dokumen {code}",
        "ASPEK": "kuantitas",
        "INDIKATOR KINERJA INDIVIDU": "Jumlah dokumen yang selesai",
        "TARGET MIN": 4.0,
        "SATUAN": "dokumen",
    }
    return values | {name.replace("_", " "): value for name, value in cells.items()}


def book(*rows: dict[str, object], columns: tuple[str, ...] = COLUMNS) -> bytes:
    return workbook([Table("Isi", columns, [[one.get(name) for name in columns] for one in rows])])


def noise(number: int) -> str:
    """Text of 1,900 letters that does not pack."""
    return random.Random(number).randbytes(950).hex()


def template(client: Client, skp: Skp) -> bytes:
    answer = client.get(reverse("skp:workbook_template", args=[skp.pk]))
    assert answer.status_code == 200
    return answer.content


def upload(client: Client, skp: Skp, data: bytes, name: str = "rencana.xlsx"):
    return client.post(
        reverse("skp:from_workbook", args=[skp.pk]), {"workbook": SimpleUploadedFile(name, data)}
    )


def confirm(client: Client, skp: Skp, preview, **more: str):
    sealed = preview.context["sealed"]
    return client.post(reverse("skp:workbook_fill", args=[skp.pk]), {"isi": sealed} | more, follow=True)


def content_of(skp: Skp):
    skp.refresh_from_db()
    assert skp.open_revision is not None
    return read_content(skp.open_revision, Scheme(skp.scheme))


def test_the_template_sent_back_as_it_is_changes_nothing(client, skp):
    before = content_of(skp).to_text()
    preview = upload(client, skp, template(client, skp))
    assert "Tidak ada yang akan berubah." in text_of(preview)
    assert preview.context["filling"].unchanged == 2
    confirm(client, skp, preview)
    assert content_of(skp).to_text() == before
    assert not Move.objects.filter(action=Action.EDIT).exists()


def test_a_round_trip_changes_adds_and_keeps_what_the_workbook_does_not_say(client, skp, above):
    item = PlannedIndicator.objects.filter(planned_result__revision=skp.open_revision).earliest("pk")
    PlannedIndicator.objects.filter(pk=item.pk).update(rollup="mean", target_is_maximum=True)
    loaded = load_workbook(io.BytesIO(template(client, skp)))
    assert loaded.sheetnames == ["Rencana", "Hasil atasan", "Petunjuk"]
    sheet, codes = loaded["Rencana"], loaded["Hasil atasan"]
    assert [cell.value for cell in codes["B"]][1:] == [
        "Tersusunnya laporan kinerja",
        "Terlayaninya permintaan data",
    ]
    head = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, head["TARGET MAX"]).value = 15
    sheet.append(
        [
            row("baru", KODE_RHK_ATASAN=codes["B"][2].value, METODE_CASCADING="non-direct").get(name)
            for name in head
        ]
    )
    stream = io.BytesIO()
    loaded.save(stream)
    preview = upload(client, skp, stream.getvalue())
    shown = text_of(preview)
    assert "1 hasil kerja baru, 1 berubah, 1 tetap" in shown
    assert "12 – 15 laporan" in shown
    assert "Mendukung: Terlayaninya permintaan data" in shown
    assert content_of(skp).main[0].indicators[0].target_max == 12
    assert "Diisi dari Excel: 1 baru, 1 berubah." in text_of(confirm(client, skp, preview))
    first, _second, new = content_of(skp).main
    line = first.indicators[0]
    assert (line.target_min, line.target_max, line.rollup, line.target_is_maximum) == (12, 15, "mean", True)
    assert (line.indicator_id, first.result_id) == (item.indicator_id, result_ids(skp)[0])
    assert (new.parent_id, new.cascade_method) == (result_ids(above)[1], "non-direct")
    assert (new.indicators[0].target_max, new.indicators[0].unit) == (4, "dokumen")
    assert Move.objects.get(action=Action.EDIT).note == "Diisi dari Excel: 1 baru, 1 berubah."


def test_the_same_workbook_twice_makes_no_second_result(client, people, period, above):
    skp = started(people.owner, period)
    confirm(client, skp, upload(client, skp, book(row("1"), row("1", ASPEK="waktu"), row("2"))))
    assert [len(result.indicators) for result in content_of(skp).main] == [2, 1]
    again = upload(client, skp, book(row("1"), row("1", ASPEK="waktu"), row("2", "Tersusunnya naskah baru")))
    assert (again.context["filling"].unchanged, len(again.context["filling"].added)) == (1, 0)
    confirm(client, skp, again)
    assert [result.text for result in content_of(skp).main] == [
        "Tersusunnya dokumen 1",
        "Tersusunnya naskah baru",
    ]
    other_code = upload(client, skp, book(row("X", "tersusunnya  DOKUMEN 1")))
    assert len(other_code.context["filling"].added) == 0


def test_what_the_workbook_does_not_name_goes_only_when_ticked(client, skp):
    data = book(row("baru"))
    preview = upload(client, skp, data)
    assert "Tidak ada dalam berkas (2)" in text_of(preview)
    confirm(client, skp, preview)
    assert len(content_of(skp).main) == 3
    preview = upload(client, skp, data)
    assert "2 dihapus" in text_of(confirm(client, skp, preview, hapus="1"))
    assert [result.text for result in content_of(skp).main] == ["Tersusunnya dokumen baru"]


def test_a_second_click_and_a_plan_that_moved_on_are_refused(client, people, skp, above):
    preview = upload(client, skp, book(row("baru")))
    assert confirm(client, skp, preview).status_code == 200
    again = confirm(client, skp, preview)
    assert (again.status_code, len(content_of(skp).main)) == (409, 3)
    preview = upload(client, skp, book(row("lain")))
    add_result(skp, people.owner.viewer(JANUARY), "Terselesaikannya tindak lanjut")
    assert confirm(client, skp, preview).status_code == 409
    assert len(content_of(skp).main) == 4


def test_a_preview_is_refused_when_the_superior_s_results_have_changed(client, people, skp, above):
    code = load_workbook(io.BytesIO(template(client, skp)))["Hasil atasan"]["A"][1].value
    preview = upload(client, skp, book(row("baru", KODE_RHK_ATASAN=code)))
    assert preview.context["filling"].findings == []
    PlannedResult.objects.filter(revision=above.open_revision).delete()
    PlannedResult.objects.filter(revision=skp.open_revision).update(parent=None)
    refused = confirm(client, skp, preview)
    assert (refused.status_code, "Unggah berkasnya sekali lagi." in text_of(refused)) == (409, True)
    assert len(content_of(skp).main) == 2


def test_a_refused_row_is_told_by_its_number_and_leaves_its_result_alone(client, skp):
    loaded = load_workbook(io.BytesIO(template(client, skp)))
    sheet = loaded["Rencana"]
    head = {cell.value: cell.column for cell in sheet[1]}
    code, text = (sheet.cell(2, head[name]).value for name in ("KODE RHK", "RENCANA HASIL KERJA"))
    sheet.cell(2, head["TARGET MIN"]).value = "dua belas"
    extra = (
        row(code, text, ASPEK="waktu"),
        row("A", KODE_RHK_ATASAN="R-tidak-ada"),
        row("B", "Tersusunnya dokumen bersama"),
        row("C", "Tersusunnya dokumen bersama"),
        row("D", ASPEK="mutu"),
        row("", "Tersusunnya tanpa kode"),
    )
    for one in extra:
        sheet.append([one.get(name) for name in head])
    stream = io.BytesIO()
    loaded.save(stream)
    preview = upload(client, skp, stream.getvalue())
    found = {
        finding.row: (finding.column, finding.message) for finding in preview.context["filling"].findings
    }
    assert set(found) == {2, 4, 5, 7, 8, 9}
    assert found[2] == ("TARGET MIN", "TARGET MIN “dua belas” bukan angka.")
    assert "karena baris 2 ditolak" in found[4][1]
    assert "tidak ada pada rencana pejabat penilai Anda" in found[5][1]
    assert "sudah ada pada baris 6 dengan kode lain" in found[7][1]
    assert found[9][1] == "Kolom KODE RHK kosong."
    assert "Baris 2" in text_of(preview)
    before = content_of(skp).main[0]
    confirm(client, skp, preview, hapus="1")
    after = content_of(skp).main
    assert after[0] == before
    assert [result.text for result in after[1:]] == [
        "Terlayaninya permintaan data",
        "Tersusunnya dokumen bersama",
    ]


def test_an_office_s_workbook_is_read_for_the_own_rows_only(client, people, period, above):
    skp = started(people.owner, period)
    further = tuple(f"KOLOM {number}" for number in range(30))
    columns = ("NIP", *further[:20], *COLUMNS, *further[20:])
    mine, other = f"'{people.owner.employee.nip}", f"'{people.appraiser.employee.nip}"
    data = book(
        row("R1", NIP=mine), row("R2", NIP=other), row("R3", NIP=other), row("R4", NIP=12.0), columns=columns
    )
    preview = upload(client, skp, data, "RHK Dinas.xlsx")
    assert "2 baris milik pegawai lain dilewati." in text_of(preview)
    assert [finding.row for finding in preview.context["filling"].findings] == [5]
    confirm(client, skp, preview)
    assert [result.text for result in content_of(skp).main] == ["Tersusunnya dokumen R1"]
    only_others = upload(client, skp, book(row("R2", NIP=other), columns=columns))
    assert (only_others.status_code, "tidak ada baris dengan NIP Anda" in text_of(only_others)) == (422, True)


def test_a_code_of_the_office_s_import_is_known_again(client, people, skp, period):
    first = result_ids(skp)[0]
    WorkResult.objects.filter(pk=first).update(
        import_code="RHK-7", import_opd=people.opd, import_period=period
    )
    preview = upload(client, skp, book(row("rhk-7", "Tersusunnya laporan tahunan")))
    confirm(client, skp, preview)
    assert content_of(skp).main[0].result_id == first
    assert content_of(skp).main[0].text == "Tersusunnya laporan tahunan"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "kosong"),
        (b"KODE RHK;RENCANA", "bukan Excel .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel lama"),
        (repacked(book(row("1")), add={"xl/vbaProject.bin": b"x"}), "makro"),
        (book(row("1"))[:-200], "rusak"),
        (book(row("1"), columns=("KODE RHK", "SATUAN", "ASPEK")), "kolom ini tidak ada"),
        (book(), "tidak ada satu baris data pun"),
        (book(*(row(f"K{number}") for number in range(201))), "paling banyak 200"),
        (book(*(row(f"K{number}", noise(number)) for number in range(190))), "terlalu panjang"),
    ],
)
def test_other_files_are_refused_with_a_sentence(client, skp, data, sentence):
    before = content_of(skp).to_text()
    answer = upload(client, skp, data, "x.xlsx")
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert content_of(skp).to_text() == before


def test_text_like_a_formula_stays_text(client, people, skp):
    add_result(skp, people.owner.viewer(JANUARY), '=HYPERLINK("https://contoh.id";"x")')
    loaded = load_workbook(io.BytesIO(template(client, skp)))
    cell = loaded["Rencana"].cell(4, 3)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://contoh.id";"x")')
    assert upload(client, skp, template(client, skp)).context["filling"].unchanged == 3


def test_others_neither_see_nor_fill_it(client, people, skp, period):
    preview = upload(client, skp, book(row("baru")))
    sealed = preview.context["sealed"]
    for name in ("from_workbook", "workbook_template"):
        address = reverse(f"skp:{name}", args=[skp.pk])
        assert client_of(people.stranger).get(address).status_code == 404
        assert client_of(people.appraiser).get(address).status_code == 403
    fill = reverse("skp:workbook_fill", args=[skp.pk])
    assert client_of(people.stranger).post(fill, {"isi": sealed}).status_code == 404
    assert client_of(people.appraiser).post(fill, {"isi": sealed}).status_code == 403
    # What was sealed for one plan fills no other, and nothing that was tampered with.
    own = started(people.section_member, period)
    elsewhere = reverse("skp:workbook_fill", args=[own.pk])
    assert client_of(people.section_member).post(elsewhere, {"isi": sealed}).status_code == 400
    assert client.post(fill, {"isi": sealed[:-2] + "xx"}).status_code == 400
    assert client.post(fill, {"isi": signing.dumps([1, [], ""])}).status_code == 400
    assert len(content_of(skp).main) == 2


def test_a_submitted_plan_is_not_filled_and_an_addendum_is(people, period, at):
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    plan = submitted(people.owner, period, result_ids(middle))
    client = client_of(people.owner)
    assert client.get(reverse("skp:from_workbook", args=[plan.pk])).status_code == 403
    at(MARCH)
    boss = client_of(people.appraiser)
    addendum = proposed(people.appraiser, middle)
    in_force = read_content(addendum.in_force, Scheme.JA_JF).to_text()
    preview = upload(boss, addendum, book(row("tambahan", JENIS="tambahan")))
    confirm(boss, addendum, preview)
    (added,) = content_of(addendum).additional
    assert (added.kind, added.assigned_by) == (ResultKind.ADDITIONAL, people.superior.employee.full_name)
    assert read_content(addendum.in_force, Scheme.JA_JF).to_text() == in_force


def test_a_leader_s_workbook_has_the_leader_s_columns(people, period, at):
    skp = drafted(people.superior, period)
    client = client_of(people.superior)
    loaded = load_workbook(io.BytesIO(template(client, skp)))
    head = [cell.value for cell in loaded["Rencana"][1]]
    assert {"SUMBER", "PERSPEKTIF", "ACUAN PERJANJIAN KINERJA"} < set(head)
    assert "METODE CASCADING" not in head
    columns = ("KODE RHK", "RENCANA HASIL KERJA", "PERSPEKTIF", "ACUAN PERJANJIAN KINERJA", *COLUMNS[5:])
    data = book(row("9", PERSPEKTIF="Anggaran", ACUAN_PERJANJIAN_KINERJA="Sasaran 2"), columns=columns)
    confirm(client, skp, upload(client, skp, data))
    new = content_of(skp).main[2]
    assert (new.source, new.perspective, new.agreement_text) == ("agreement", "budget", "Sasaran 2")
    assert "Tidak ada yang akan berubah." in text_of(upload(client, skp, template(client, skp)))


def test_narrative_expectations_go_round_too(client, people, skp):
    Period.objects.update(regime=Regime.QUADRANT)
    skp.refresh_from_db()
    actor = people.owner.viewer(JANUARY)
    approach_set(actor=actor, skp_id=skp.pk, version=skp.version, approach=Approach.QUALITATIVE, now=JANUARY)
    loaded = load_workbook(io.BytesIO(template(client, skp)))
    sheet = loaded["Rencana"]
    head = {cell.value: cell.column for cell in sheet[1]}
    assert "TARGET MIN" not in head
    assert upload(client, skp, template(client, skp)).context["filling"].unchanged == 2
    sheet.cell(2, head["EKSPEKTASI"]).value = "Laporan selesai sebelum tanggal 5"
    stream = io.BytesIO()
    loaded.save(stream)
    confirm(client, skp, upload(client, skp, stream.getvalue()))
    line = content_of(skp).main[0].indicators[0]
    assert (line.target_text, line.target_max, line.unit) == (
        "Laporan selesai sebelum tanggal 5",
        Decimal(0),
        "laporan",
    )


def test_an_unfinished_draft_goes_round(client, people, period, above):
    """A result without indicator, a target and a unit not written yet, text of several lines."""
    skp = started(people.owner, period)
    actor = people.owner.viewer(JANUARY)
    add_result(skp, actor, "Tersusunnya laporan\nsetiap triwulan")
    PlannedIndicator.objects.update(target_min=0, target_max=0, unit="")
    data = ResultInput(text="Terselesaikannya arsip")
    result_save(actor=actor, skp_id=skp.pk, version=skp.version, data=data, now=JANUARY)
    before = content_of(skp).to_text()
    filling = upload(client, skp, template(client, skp)).context["filling"]
    assert (filling.unchanged, filling.findings, filling.missing) == (2, [], [])
    special = upload(client, skp, book(row("Z", ARAH="khusus", TARGET_MIN=None)))
    assert [finding.column for finding in special.context["filling"].findings] == ["TARGET MIN"]
    assert content_of(skp).to_text() == before


def test_an_open_link_of_an_import_stays_open(client, people, skp):
    first = PlannedResult.objects.filter(revision=skp.open_revision).earliest("pk")
    PlannedResult.objects.filter(pk=first.pk).update(parent=None, open_parent_code="R99")
    preview = upload(client, skp, template(client, skp))
    assert preview.context["filling"].unchanged == 2


def test_indicators_taken_out_of_the_workbook_are_taken_out(client, people, skp):
    code = load_workbook(io.BytesIO(template(client, skp)))["Rencana"]["A"][1].value
    data = book(row(code, "Tersusunnya laporan kinerja", ASPEK="biaya", ARAH="khusus", TARGET_MIN="2.500,5"))
    preview = upload(client, skp, data)
    assert "− Kuantitas: Jumlah laporan yang selesai – 12 laporan" in text_of(preview)
    confirm(client, skp, preview)
    (line,) = content_of(skp).main[0].indicators
    assert (line.aspect, line.direction, line.target_max) == ("cost", Direction.SPECIAL, Decimal("2500.5"))


def test_what_is_sealed_comes_back_for_its_person_and_plan(people):
    text = seal(user_id=1, skp_id=2, version=3, rows=[], mark="m")
    back = unseal(text, user_id=1, skp_id=2)
    assert (back.version, back.rows, back.mark) == (3, (), "m")


def test_the_editor_leads_to_it(client, people, period, above):
    skp = started(people.owner, period)
    address = reverse("skp:from_workbook", args=[skp.pk])
    assert address in text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    add_result(skp, people.owner.viewer(JANUARY), "Tersusunnya laporan", parent_id=result_ids(above)[0])
    assert address in text_of(client.get(reverse("skp:plan", args=[skp.pk])))


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries(client, people, period, number):
    above, skp = started(people.appraiser, period), started(people.owner, period)
    for place in range(number):
        parent = add_result(above, people.appraiser.viewer(JANUARY), f"Meningkatnya layanan nomor {place}")
        add_result(skp, people.owner.viewer(JANUARY), f"Tersusunnya laporan {place}", parent_id=parent)
    data = template(client, skp)
    upload(client, skp, data)
    counted = []
    for ask in (
        lambda: client.get(reverse("skp:from_workbook", args=[skp.pk])),
        lambda: client.get(reverse("skp:workbook_template", args=[skp.pk])),
        lambda: upload(client, skp, data),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert ask().status_code == 200
        counted.append(len(queries))
    assert counted == [PAGE, BOOK, PREVIEW]


# No more than 20; the same for one row and for three.
PAGE, BOOK, PREVIEW = 15, 16, 17
