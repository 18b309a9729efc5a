"""Changing the numbers of a period: who, until when, what it asks of scores, and its simulation."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.enums import FourPredicate
from assessments.forms.scoring_settings import ScoringForm
from assessments.models import ScoringVersion
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.selectors import simulation
from assessments.selectors.inputs import scoring_settings
from assessments.selectors.scoring_settings import scoring_state
from assessments.selectors.simulation import simulate
from assessments.services.scoring_settings import scoring_change
from config.lib import clock
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.xlsx import read_sheets
from documents.models import Job
from documents.services import job_run
from skp.models import Period
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.people import People, Person
from tests.skp.drafts import SCORING, period_2026

pytestmark = pytest.mark.django_db
# The owner's final score is 107.
STRICT = replace(DEFAULTS, four_good_from=Decimal(108))


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SCORING)


def change(period: Period, by: Person, settings: ScoringSettings = STRICT, **given):
    values = {"version": 0, "reason": "Rapat 8 Januari"} | given
    return scoring_change(
        actor=by.viewer(SCORING), period_id=period.pk, settings=settings, now=SCORING, **values
    )


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def posted(settings: ScoringSettings, **more: str) -> dict[str, str]:
    form = ScoringForm(settings=settings, asks_reason=False)
    return {field.html_name: str(field.value()) for field in form} | {"version": "0"} | more


def test_other_numbers_are_a_version_with_a_reason(people: People):
    period = period_2026()
    effect = change(period, people.bkpsdm_admin)
    assert effect.notes == (
        "Nilai akhir terendah Baik (empat predikat): 90 menjadi 108.",
        "Tidak ada SKP yang harus dinilai lagi.",
    )
    assert scoring_settings(period.pk) == STRICT
    made = ScoringVersion.objects.get()
    assert (made.number, made.reason, made.changed_by_id) == (
        1,
        "Rapat 8 Januari",
        people.bkpsdm_admin.user.pk,
    )
    event = AuditEvent.objects.get(kind="scoring.changed")
    assert ("90" in event.before, "108" in event.after, event.target_label) == (True, True, "Periode 2026")
    for wrong, said in (
        ({"version": 0}, "Muat ulang"),
        ({"version": 1, "reason": " "}, "alasan"),
        ({"version": 1}, "Tidak ada ketentuan"),
        ({"version": 1, "settings": replace(DEFAULTS, poor_from=Decimal(75))}, "di bawah 70"),
    ):
        with pytest.raises(DomainError, match=said):
            change(period, people.bkpsdm_admin, **wrong)
    with pytest.raises(NotAllowed):
        change(period, people.inspector, version=1, settings=DEFAULTS)
    assert ScoringVersion.objects.count() == 1
    assert scoring_state(period).history == (DEFAULTS, STRICT)


def test_what_is_scored_is_scored_again_and_the_first_delivery_locks(people: People):
    assessment = reported(people, in_force(people))
    period = assessment.skp.period
    first = scored(people, assessment)
    shown = assessment.version
    effect = change(period, people.bkpsdm_admin)
    assert effect.notes[-1].startswith("1 SKP yang sudah dinilai dan belum disampaikan harus dinilai lagi")
    assessment.refresh_from_db()
    # Whoever was about to deliver meets a stale page, and on a fresh one the sentence.
    assert assessment.version == shown + 2
    with pytest.raises(DomainError, match="Ketentuan penilaian periode ini diubah"):
        delivered(people, assessment)
    again = scored(people, assessment)
    assert (first.four, again.four, again.final) == ("good", "bad", first.final)
    delivered(people, assessment)
    with pytest.raises(DomainError, match="terkunci"):
        change(period, people.bkpsdm_admin, DEFAULTS, version=1)
    with pytest.raises(Conflict):
        change(period, people.bkpsdm_admin, DEFAULTS, version=0)
    assert scoring_settings(period.pk) == STRICT


def test_a_simulation_reads_what_the_viewer_reads(people: People, django_assert_num_queries):
    assessment = reported(people, in_force(people))
    period = assessment.skp.period
    scored(people, assessment)
    state = scoring_state(period)
    viewer = people.bkpsdm_admin.viewer(SCORING)
    with django_assert_num_queries(3):
        found = simulate(viewer, period, state, STRICT)
    assert found.matrix == {(FourPredicate.GOOD, FourPredicate.BAD): 1}
    assert (found.counted, found.word_changed, found.final_changed, found.hidden) == (1, 1, 0, 0)
    assert [(row.name, row.counted, row.rise, row.fall) for row in found.opds] == [("Dinas Pertama", 1, 0, 1)]
    assert [(row.pk, moved.after.four) for row, moved in found.people] == [(assessment.pk, FourPredicate.BAD)]
    # Another value of the best results: 100 and 100 instead of 100 and 120, 0.7 × 100 + 30.
    numbers = replace(DEFAULTS, result_values=replace(DEFAULTS.result_values, very_good=Decimal("100.01")))
    found = simulate(viewer, period, state, numbers)
    assert (found.final_changed, found.word_changed) == (1, 0)
    for who in ("owner", "other_superior", "leader"):
        assert simulate(getattr(people, who).viewer(SCORING), period, state, STRICT).counted == 0


def test_the_page_shows_the_effect_before_it_stores(people: People):
    assessment = reported(people, in_force(people))
    scored(people, assessment)
    client = client_of(people.bkpsdm_admin)
    address = reverse("assessments:scoring_edit", args=[2026])
    assert "Alasan perubahan" in client.get(address).content.decode()
    wrong = client.post(address, posted(DEFAULTS, reason="x", points_good="17"))
    assert (wrong.status_code, "harus menurun" in wrong.content.decode()) == (422, True)
    unread = client.post(address, posted(DEFAULTS, reason="x", points_good="abc")).content.decode()
    assert '<a href="#id_points_good">Poin kategori capaian indikator, Baik: Tulis angka' in unread
    same = client.post(address, posted(DEFAULTS, reason="x"))
    assert (same.status_code, "Tidak ada ketentuan yang berubah" in same.content.decode()) == (400, True)
    data = posted(STRICT, reason="Rapat 8 Januari")
    shown = client.post(address, data)
    page = shown.content.decode()
    assert "1 SKP sudah dinilai: predikat 1 berubah, nilai akhir 0 berubah." in page
    assert ("BUDI PELAKSANA" in page, "harus dinilai lagi" in page) == (True, True)
    assert not ScoringVersion.objects.exists()
    sent = {**data, "digest": shown.context["digest"], "confirm": "1"}
    other = client.post(address, {**sent, "four_good_from": "109"})
    assert (other.status_code, ScoringVersion.objects.count()) == (409, 0)
    done = client.post(address, sent, follow=True).content.decode()
    assert ("Versi 1" in done, "Rapat 8 Januari" in done, "Diubah" in done) == (True, True, True)
    assert client.post(address, sent).status_code == 409


def test_after_the_lock_it_is_simulated_only(people: People):
    assessment = reported(people, in_force(people))
    scored(people, assessment)
    delivered(people, assessment)
    for who in ("bkpsdm_admin", "inspector"):
        client = client_of(getattr(people, who))
        address = reverse("assessments:scoring_edit", args=[2026])
        listed = client.get(reverse("assessments:scoring_settings")).content.decode()
        assert ("Simulasikan perubahan" in listed, "Ubah ketentuan" in listed) == (True, False)
        assert "Alasan perubahan" not in client.get(address).content.decode()
        shown = client.post(address, posted(STRICT))
        page = shown.content.decode()
        assert ("predikat 1 berubah" in page, "Simpan ketentuan" in page) == (True, False)
        refused = client.post(address, posted(STRICT, confirm="1", digest=shown.context["digest"]))
        assert refused.status_code == 403
    assert not ScoringVersion.objects.exists()
    owner = client_of(people.owner).get(reverse("assessments:scoring_settings")).content.decode()
    assert ("Terkunci" in owner, "Simulasikan" in owner) == (True, False)


def test_much_work_is_done_by_a_job_and_kept_as_excel(people: People, monkeypatch):
    monkeypatch.setattr(simulation, "AT_ONCE", 0)
    scored(people, reported(people, in_force(people)))
    client = client_of(people.inspector)
    address = reverse("assessments:scoring_edit", args=[2026])
    # Thresholds are read from the stored scores, however many there are.
    assert "predikat 1 berubah" in client.post(address, posted(STRICT)).content.decode()
    poorer = replace(
        DEFAULTS, result_values=replace(DEFAULTS.result_values, good=Decimal(61), fair=Decimal("60.5"))
    )
    data = posted(poorer, result_values_poor="60")
    page = client.post(address, data).content.decode()
    assert ("Simulasikan sebagai pekerjaan" in page, "Semula" in page) == (True, False)
    answer = client.post(address, {**data, "simulate": "1"})
    job = Job.objects.get(kind="assessments.tasks.simulate_settings")
    assert answer["Location"] == reverse("documents:job", args=[job.public_id])
    job_run(job_id=job.pk, clock=clock.now)
    job.refresh_from_db()
    # 61 and 120: SKP 90.5, final 0.7 × 90.5 + 30 = 93.35, Baik as before.
    assert job.message == "1 SKP disimulasikan: predikat 0 berubah, nilai akhir 1 berubah."
    with job.result_file.open() as file:
        matrix, opds, moved = read_sheets(file.read())
    assert list(matrix.rows())[2] == ["Baik", 0, 1, 0, 0]
    assert list(opds.rows())[1] == ["Dinas Pertama", 1, 0, 0]
    assert len(list(moved.rows())) == 1
    assert not ScoringVersion.objects.exists()


@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [
        ("assessments:scoring_settings", "owner", 11),
        ("assessments:scoring_settings", "bkpsdm_admin", 11),
        ("assessments:scoring_edit", "bkpsdm_admin", 10),
    ],
)
def test_queries(people: People, django_assert_num_queries, name, who, queries):
    period = period_2026()
    for number in range(3):
        settings = replace(DEFAULTS, four_good_from=Decimal(91 + number))
        change(period, people.bkpsdm_admin, settings, version=number)
    client = client_of(getattr(people, who))
    address = reverse(name, args=[2026] if name.endswith("edit") else [])
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
