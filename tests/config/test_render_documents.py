"""``render_documents``: a file for every document, read back."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from assessments.services.years import year_results_refresh
from config.lib import clock
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import document_bytes
from orgunits.models import OrgUnitSpan
from skp.models import Skp
from skp.services.moves import skp_agree, skp_submit
from skp.states import Lifecycle
from tests.assessments.reports import delivered, reported, scored
from tests.lib.pdfs import text_of
from tests.people import People
from tests.skp.drafts import JANUARY, SCORING, agreed, drafted, period_2026, result_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(people: People, monkeypatch):
    """Head of the OPD agreed, head of the division agreed, member a draft; a plan in the other OPD."""
    monkeypatch.setattr(clock, "now", lambda: JANUARY)
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top))
    return (
        top,
        middle,
        drafted(people.owner, period, result_ids(middle)),
        drafted(people.other_superior, period),
    )


def render(folder: Path, **options) -> str:
    out = StringIO()
    call_command("render_documents", period=2026, out=folder, stdout=out, **options)
    return out.getvalue()


def file_of(folder: Path, name: str, kind: str) -> Path:
    (found,) = folder.glob(f"{name}_*_{kind}*.pdf")
    return found


def test_each_document_of_every_plan_is_a_file(plans, tmp_path):
    folder = tmp_path / "baru" / "dokumen"
    assert "4 dokumen terbit dan 4 draf dari 4 SKP" in render(folder)
    names = sorted(
        path.name.split("_")[0] + path.name.rsplit("_SKP-2026-")[1].lstrip("0123456789")
        for path in folder.iterdir()
    )
    assert names == [
        "budi-pelaksana_D1_DRAF.pdf",
        "budi-pelaksana_D5_DRAF.pdf",
        "dewi-kabid_D1.pdf",
        "dewi-kabid_D5.pdf",
        "eko-kadis_D2_DRAF.pdf",
        "eko-kadis_D5_DRAF.pdf",
        "surya-kadis_D2.pdf",
        "surya-kadis_D5.pdf",
    ]
    draft = text_of(file_of(folder, "budi-pelaksana", "D1").read_bytes())
    assert "DRAF – belum disepakati" in draft
    assert "BUDI PELAKSANA" in draft
    assert "Nomor dokumen" not in draft
    issued = text_of(file_of(folder, "dewi-kabid", "D1").read_bytes())
    assert "Nomor dokumen D1/2026/000001, revisi 1" in issued
    assert "DRAF" not in issued
    assert "LAMPIRAN SASARAN KINERJA PEGAWAI" in text_of(file_of(folder, "surya-kadis", "D5").read_bytes())


def test_the_file_of_an_agreed_plan_has_the_issued_bytes(plans, tmp_path):
    issued = IssuedDocument.objects.get(kind=DocumentKind.D2)
    before = document_bytes(issued)
    count = IssuedDocument.objects.count()
    render(tmp_path)
    assert file_of(tmp_path, "surya-kadis", "D2").read_bytes() == before
    assert IssuedDocument.objects.count() == count


def test_a_plan_agreed_without_documents_gets_them_once(plans, tmp_path):
    IssuedDocument.objects.filter(kind__in=[DocumentKind.D1, DocumentKind.D5]).delete()
    render(tmp_path)
    again = IssuedDocument.objects.get(kind=DocumentKind.D1)
    assert (again.revision, again.state, again.issued_by) == (1, IssuedState.RENDERED, None)
    assert f"Nomor dokumen {again.shown_number}" in text_of(
        file_of(tmp_path, "dewi-kabid", "D1").read_bytes()
    )
    render(tmp_path)
    assert IssuedDocument.objects.filter(kind__in=[DocumentKind.D1, DocumentKind.D5]).count() == 3


def test_only_the_plans_of_the_named_opd(plans, tmp_path):
    render(tmp_path, opd="  dinas   KEDUA ")
    assert {path.name.split("_")[0] for path in tmp_path.iterdir()} == {"eko-kadis"}


def test_a_cancelled_plan_has_no_documents(plans, tmp_path):
    Skp.objects.filter(pk=plans[3].pk).update(lifecycle=Lifecycle.CANCELLED)
    assert "0 dokumen terbit dan 0 draf dari 0 SKP" in render(tmp_path, opd="Dinas Kedua")


def test_what_was_a_draft_in_an_earlier_run_goes(people: People, plans, tmp_path):
    render(tmp_path)
    draft, plan = file_of(tmp_path, "budi-pelaksana", "D1"), plans[2]
    skp_submit(actor=people.owner.viewer(JANUARY), skp_id=plan.pk, version=plan.version, now=JANUARY)
    plan.refresh_from_db()
    skp_agree(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=plan.pk,
        version=plan.version,
        content_hash=plan.open_revision.content_hash,
        methods_confirmed=True,
        now=JANUARY,
    )
    render(tmp_path)
    assert not draft.exists()
    assert "Nomor dokumen" in text_of(file_of(tmp_path, "budi-pelaksana", "D1").read_bytes())


def test_names_are_safe_and_tell_two_namesakes_apart(people: People, plans, tmp_path):
    hostile = "../../ÉLAN / " + "SANGAT PANJANG " * 12
    for person in (people.owner, people.other_superior):
        person.employee.name = hostile[:200]
        person.employee.save()
    render(tmp_path)
    names = [path.name for path in tmp_path.iterdir() if path.name.startswith("elan")]
    assert len(names) == 4
    for name in names:
        assert len(name) < 140
        assert all(sign.isascii() and (sign.isalnum() or sign in "-_.") for sign in name)
    assert [path for path in tmp_path.parent.iterdir() if path.suffix == ".pdf"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"period": 2031}, "Periode 2031 belum dibuat."),
        (
            {"opd": "Dinas Pertamax"},
            'OPD "Dinas Pertamax" tidak ditemukan. Mungkin maksud Anda: Dinas Pertama',
        ),
        ({"opd": "zzz"}, 'OPD "zzz" tidak ditemukan.'),
        ({"opd": ""}, 'OPD "" tidak ditemukan.'),
        ({"opd": "Bidang Satu"}, 'OPD "Bidang Satu" tidak ditemukan.'),
    ],
)
def test_what_does_not_exist_is_named(plans, tmp_path, options, words):
    with pytest.raises(CommandError) as refusal:
        call_command("render_documents", **({"period": 2026, "out": tmp_path / "x"} | options))
    assert words in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not (tmp_path / "x").exists()


def test_two_opd_of_one_name_are_not_guessed_at(people: People, plans, tmp_path):
    OrgUnitSpan.objects.filter(unit=people.other_opd).update(name="Dinas Pertama")
    with pytest.raises(CommandError, match='Ada 2 OPD bernama "Dinas Pertama"'):
        render(tmp_path, opd="Dinas Pertama")


def test_a_folder_that_is_a_file_is_refused(plans, tmp_path):
    (tmp_path / "berkas").write_text("")
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        render(tmp_path / "berkas")


def test_a_lost_file_is_named_and_the_others_are_written(plans, tmp_path):
    issued = IssuedDocument.objects.get(kind=DocumentKind.D2)
    document_bytes(issued)
    default_storage.delete(issued.stored_name)
    with pytest.raises(CommandError, match="Dokumen 1 SKP tidak dapat ditulis"):
        render(tmp_path)
    assert file_of(tmp_path, "dewi-kabid", "D1").exists()


def test_a_delivered_score_and_the_recapitulations_are_files_too(people: People, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)
    assessment = reported(people)
    scored(people, assessment)
    delivered(people, assessment)
    year_results_refresh(period_id=assessment.skp.period_id, employee_ids=None, now=SCORING)
    said = render(tmp_path)
    assert "9 dokumen terbit dan 0 draf dari 3 SKP" in said
    assert "4 rekapitulasi ditulis" in said
    kinds = {path.name.rsplit("_")[-1] for path in tmp_path.glob("budi-pelaksana_*.pdf")}
    assert kinds == {"D1.pdf", "D5.pdf", "D6.pdf", "D7.pdf", "D8.pdf"}
    score = IssuedDocument.objects.get(kind=DocumentKind.D8)
    assert file_of(tmp_path, "budi-pelaksana", "D8").read_bytes() == document_bytes(score)
    assert "BUDI PELAKSANA" in text_of(file_of(tmp_path, "rekapitulasi_dinas-pertama", "D10").read_bytes())
    assert "Dinas Kedua" in text_of((tmp_path / "rekapitulasi_kabupaten_2026_D11.pdf").read_bytes())
    count = IssuedDocument.objects.count()
    render(tmp_path, opd="Dinas Pertama")
    assert IssuedDocument.objects.count() == count
