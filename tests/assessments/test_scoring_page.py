"""The scoring page: what is at hand, what is tried out, what is kept, what is stored."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, AssessmentVersion, BehaviourScore, NewIdea, ResultScore, ScoreDraft
from assessments.states import AssessmentStatus
from config.lib import clock
from orgunits.lines import lines_rebuild
from skp.berakhlak import Behaviour
from skp.enums import CloseReason, Regime
from skp.models import AnnualRealisation, Period, Skp
from skp.services.feedback import feedback_add
from skp.states import Lifecycle
from tests.assessments.reports import delivered, in_force, indicators_of, reported, scored
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person
from tests.skp.drafts import SCORING, agreed, period_2026, result_ids
from tests.skp.running import APRIL, proven, running, told

pytestmark = pytest.mark.django_db

SCORES = {aspect.value: "100" for aspect in Behaviour}


@pytest.fixture
def at(monkeypatch):
    """Set the office's clock."""

    def set_clock(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    return set_clock


@pytest.fixture
def assessment(people: People, at) -> Assessment:
    made = reported(people)
    made.refresh_from_db()
    at(SCORING)
    return made


def client_of(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def address(assessment: Assessment) -> str:
    return reverse("assessments:score", args=[assessment.skp_id])


def sent(assessment: Assessment, step: str, **values: str) -> dict[str, object]:
    assessment.refresh_from_db()
    return {"version": assessment.version, "langkah": step, **values}


def test_everything_that_was_told_is_at_hand(people: People, at):
    skp = running(people)
    told(people, skp)
    proven(people, skp)
    first, _second = result_ids(skp)
    feedback_add(
        actor=people.appraiser.viewer(APRIL),
        skp_id=skp.pk,
        version=skp.version,
        interval=1,
        text="Percepat laporan triwulan berikut.",
        result_id=first,
        now=APRIL,
    )
    made = reported(people, skp)
    at(SCORING)
    page = text_of(client_of(people.appraiser).get(address(made)))
    assert "Triwulan I: 3 · Triwulan II: –" in " ".join(page.split())
    assert "laporan.pdf" in page
    assert "Percepat laporan triwulan berikut." in page
    assert "13 laporan" in page
    assert "Nilai Loyal belum diisi" in page
    # The results are known before behaviour is judged: 12 and 13 of 12, direct.
    assert "110,00" in page


def test_a_plan_that_closed_early_shows_both_targets(people: People, at, assessment):
    skp = Skp.objects.get(pk=assessment.skp_id)
    july = skp.start.replace(month=7)
    Skp.objects.filter(pk=skp.pk).update(
        lifecycle=Lifecycle.CLOSED, close_reason=CloseReason.RETIREMENT, until=july
    )
    page = " ".join(text_of(client_of(people.appraiser).get(address(assessment))).split())
    assert '6 laporan <span class="muted">(setahun 12 laporan;' in page


def test_trying_out_equals_what_is_stored_and_writes_nothing(people: People, assessment):
    client = client_of(people.appraiser)
    first, _second = indicators_of(assessment.skp)
    typed = SCORES | {f"k{first}": "13", f"a{first}": "Satu laporan tercecer.", "loyal": "115"}
    tried = client.post(address(assessment), sent(assessment, "hitung", **typed))
    assert tried.status_code == 200
    shown = tried.context["preview"].judged
    assert not AssessmentVersion.objects.exists()
    assert AnnualRealisation.objects.exclude(corrected_value=None).count() == 0
    assert 'value="Satu laporan tercecer."' in text_of(tried)
    assert client.post(address(assessment), sent(assessment, "simpan", **typed)).status_code == 302
    made = AssessmentVersion.objects.get()
    assert (made.skp_value, made.final) == (shown.skp, shown.final)
    assert made.steps_text == shown.steps_text
    # 13 of 12 in both results: 120; behaviour (6 × 100 + 115) ÷ 7.
    assert (made.skp_value, made.behaviour_value) == (Decimal("120.00"), Decimal("102.14"))
    assert AnnualRealisation.objects.get(indicator=first).correction_reason == "Satu laporan tercecer."


def test_live_the_fragment_alone_comes_back(people: People, assessment):
    client = client_of(people.appraiser)
    given = sent(assessment, "hitung", **SCORES)
    answer = client.post(address(assessment), given, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    assert "107,00" in text_of(answer)
    assert "70 % × 110 + 30 % × 100" in text_of(answer)
    assert 'data-label="Hasil">107,00</td>' in text_of(answer)
    bad = client.post(address(assessment), given | {"loyal": "seribu"}, headers={"HX-Request": "true"})
    assert bad.status_code == 200
    assert "107,00" not in text_of(bad)


def test_live_what_cannot_be_read_is_named_beside_what_is_missing(people: People, assessment):
    first, _second = indicators_of(Skp.objects.get(pk=assessment.skp_id))
    typed = SCORES | {"loyal": "", "adaptif": "abc", "kompeten": "999", f"k{first}": "1" * 23}
    client = client_of(people.appraiser)
    answer = client.post(
        address(assessment), sent(assessment, "hitung", **typed), headers={"HX-Request": "true"}
    )
    page = text_of(answer)
    for anchor, words in (
        ("id_loyal", "Nilai Loyal belum diisi"),
        ("id_adaptif", "Nilai Adaptif: Tulis angka"),
        ("id_kompeten", "Nilai Kompeten: Paling tinggi 120."),
        (f"id_k{first}", "Koreksi realisasi: Jumlah laporan yang selesai: Angka terlalu besar."),
    ):
        assert f'<a href="#{anchor}">{words}' in page
    assert "4 hal belum lengkap" in page


def test_every_fault_says_which_indicator_it_is_about(people: People, assessment):
    keys = indicators_of(Skp.objects.get(pk=assessment.skp_id))
    typed = SCORES | {f"k{key}": "abc" for key in keys}
    page = text_of(client_of(people.appraiser).post(address(assessment), sent(assessment, "simpan", **typed)))
    for key in keys:
        assert f'<a href="#id_k{key}">Koreksi realisasi: Jumlah laporan yang selesai: Tulis angka' in page
        assert f'id="id_k{key}"' in page
    assert page.count('aria-label="Koreksi realisasi: Jumlah laporan yang selesai"') == len(keys)


def test_another_rating_asks_for_its_reason_before_it_is_stored(people: People, assessment):
    client = client_of(people.appraiser)
    given = SCORES | {"results_rating": "as"}
    page = text_of(client.post(address(assessment), sent(assessment, "hitung", **given)))
    assert "Tulis alasan rating yang berbeda dari usulan." in page
    assert "Di atas ekspektasi</dd>" in page
    refused = client.post(address(assessment), sent(assessment, "simpan", **given))
    assert refused.status_code == 422
    assert not AssessmentVersion.objects.exists()


def test_a_draft_keeps_everything_and_goes_with_the_score(people: People, assessment):
    client = client_of(people.appraiser)
    first, _second = result_ids(assessment.skp)
    given = {"loyal": "9x", f"h{first}": "Laporan rapi."}
    stale = sent(assessment, "draf", **given)
    assert client.post(address(assessment), stale).status_code == 302
    page = text_of(client.get(address(assessment)))
    assert 'value="9x"' in page
    assert "Laporan rapi." in page
    assert "Isian di bawah belum menjadi nilai." in page
    assert Assessment.objects.get().status == AssessmentStatus.REPORTED

    again = client.post(address(assessment), stale | {"loyal": "80"})
    assert again.status_code == 409
    assert "Data sudah diubah dari halaman lain." in text_of(again)
    assert 'value="80"' in text_of(again)
    assert '"9x"' in ScoreDraft.objects.get().text

    scores = SCORES | {f"h{first}": "Laporan rapi.", "u_loyal": "Menjaga rahasia."}
    assert client.post(address(assessment), sent(assessment, "simpan", **scores)).status_code == 302
    assert not ScoreDraft.objects.exists()
    assert ResultScore.objects.get(result=first).feedback == "Laporan rapi."
    assert BehaviourScore.objects.get(aspect="loyal").feedback == "Menjaga rahasia."
    assert "Menjaga rahasia." in text_of(client.get(address(assessment)))


@pytest.mark.parametrize("who", ["bkpsdm_admin", "inspector"])
def test_a_draft_is_the_appraiser_s_own(people: People, assessment, who):
    given = sent(assessment, "draf", recommendation="Masih menimbang.")
    client_of(people.appraiser).post(address(assessment), given)
    reader = client_of(getattr(people, who))
    assert "Masih menimbang." not in text_of(reader.get(address(assessment)))
    for step in ("draf", "hitung", "simpan"):
        assert reader.post(address(assessment), sent(assessment, step, **SCORES)).status_code == 403
    assert '"Masih menimbang."' in ScoreDraft.objects.get().text


def test_a_correction_without_a_reason_is_told_at_its_field(people: People, assessment):
    first, _second = indicators_of(assessment.skp)
    given = sent(assessment, "simpan", **SCORES, **{f"k{first}": "11"})
    answer = client_of(people.appraiser).post(address(assessment), given)
    assert answer.status_code == 422
    words = "Alasan koreksi: Jumlah laporan yang selesai: Tulis alasan setiap koreksi realisasi."
    assert f'href="#id_a{first}">{words}' in text_of(answer)
    assert not AssessmentVersion.objects.exists()


def test_a_correction_is_shown_and_taken_back(people: People, assessment):
    client = client_of(people.appraiser)
    first, _second = indicators_of(assessment.skp)
    given = SCORES | {f"k{first}": "11", f"a{first}": "Satu laporan dobel."}
    client.post(address(assessment), sent(assessment, "simpan", **given))
    assert "dikoreksi menjadi <strong>11 laporan</strong>: Satu laporan dobel." in text_of(
        client.get(address(assessment))
    )
    client.post(address(assessment), sent(assessment, "simpan", **SCORES))
    assert AnnualRealisation.objects.exclude(corrected_value=None).count() == 0
    assert AssessmentVersion.objects.count() == 2


def test_the_idea_is_judged_with_the_score(people: People, assessment):
    NewIdea.objects.create(
        skp=assessment.skp,
        text="Antrean daring",
        benefit="Waktu tunggu turun.",
        entered_at=SCORING,
        entered_by=people.owner.user,
    )
    client = client_of(people.appraiser)
    high = dict.fromkeys(SCORES, "120")
    assert "Ide baru belum diperiksa" in text_of(client.get(address(assessment)))
    refused = client.post(address(assessment), sent(assessment, "simpan", **high, idea="refused"))
    assert "Tulis mengapa ide baru tidak terbukti." in text_of(refused)
    tried = client.post(address(assessment), sent(assessment, "hitung", **high, idea="verified"))
    # 0.7 × 110 + 0.3 × 120 = 113: with a verified idea Sangat Baik.
    assert tried.context["preview"].judged.category.label == "Sangat Baik"
    assert NewIdea.objects.get().verdict == ""
    client.post(address(assessment), sent(assessment, "simpan", **high, idea="verified"))
    assert (NewIdea.objects.get().verdict, AssessmentVersion.objects.get().four) == (
        "verified",
        "satisfactory",
    )


def test_the_next_report_follows(people: People, at):
    period = period_2026()
    top = agreed(people.superior, people.sekda, period)
    parents = result_ids(agreed(people.appraiser, people.superior, period, result_ids(top)))
    other = Person(AssignmentFactory(employee=EmployeeFactory(name="CITRA STAF"), unit=people.division))
    lines_rebuild()
    first, second = (
        reported(people, agreed(person, people.appraiser, period, parents), person)
        for person in (people.owner, other)
    )
    at(SCORING)
    client = client_of(people.appraiser)
    answer = client.post(address(first), sent(first, "lanjut", **SCORES))
    assert answer.url == address(second)
    last = client.post(address(second), sent(second, "lanjut", **SCORES))
    assert last.url == reverse("assessments:inbox")


def test_in_the_quadrant_two_ratings_are_asked_and_no_values(people: People, at):
    skp = in_force(people)
    Period.objects.update(regime=Regime.QUADRANT)
    made = reported(people, skp)
    at(SCORING)
    client = client_of(people.appraiser)
    page = text_of(client.get(address(made)))
    assert "Rating perilaku kerja belum diisi" in page
    assert 'name="loyal"' not in page
    assert 'name="u_loyal"' in page
    # 12 and 13 of 12 are above expectation: suggested, and taken when nothing else is chosen.
    tried = client.post(address(made), sent(made, "hitung", behaviour_rating="as"))
    assert tried.context["preview"].judged.national.label == "Baik"
    client.post(address(made), sent(made, "simpan", behaviour_rating="as", u_loyal="Teladan."))
    stored = AssessmentVersion.objects.get()
    assert (stored.results_rating, stored.behaviour_rating, stored.final) == ("above", "as", None)
    assert BehaviourScore.objects.get(aspect="loyal").feedback == "Teladan."


def test_the_owner_reads_the_delivered_score_where_it_counts_as_received(people: People, assessment):
    scored(people, assessment)
    client = client_of(people.owner)
    assert client.get(address(assessment)).status_code == 403
    delivered(people, assessment)
    result = reverse("assessments:result", args=[assessment.skp_id])
    assert client.get(address(assessment)).url == result
    page = text_of(client_of(people.appraiser).get(address(assessment)))
    assert f'href="{result}"' in page
    assert "Simpan nilai" not in page
