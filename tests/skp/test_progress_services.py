"""Writing progress, evidence and feedback: who, when, what is refused, what is left when it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.uploads import UploadRefused
from skp.models import Duty, Evidence, Feedback, Progress, Skp
from skp.progress_rules import MAX_EVIDENCE
from skp.services.evidence import FOLDER, evidence_add_file, evidence_add_link, evidence_open, evidence_remove
from skp.services.feedback import feedback_add
from skp.services.progress import ProgressInput, progress_save
from tests.lib.uploading import PDF
from tests.people import People
from tests.skp.drafts import DECEMBER, JANUARY
from tests.skp.running import APRIL, MAY, indicators, proven, running, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def skp(people: People) -> Skp:
    return running(people)


@pytest.fixture
def stored(settings, tmp_path):
    """How many files of evidence lie in the storage of this test."""
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}

    def count() -> int:
        return len(default_storage.listdir(FOLDER)[1]) if default_storage.exists(FOLDER) else 0

    return count


def save(people: People, skp: Skp, values, *, who="owner", interval=1, now=APRIL, version=None):
    progress_save(
        actor=getattr(people, who).viewer(now),
        skp_id=skp.pk,
        version=skp.version if version is None else version,
        interval=interval,
        values=values,
        now=now,
    )
    skp.refresh_from_db()


def add_file(people: People, skp: Skp, *, who="owner", interval=1, now=APRIL, data=PDF, indicator=None):
    return evidence_add_file(
        actor=getattr(people, who).viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        indicator_id=indicator or indicators(skp)[0],
        interval=interval,
        data=data,
        name="laporan.pdf",
        now=now,
    )


def comment(people: People, skp: Skp, *, who="appraiser", text="Baik.", interval=1, result=None, now=APRIL):
    return feedback_add(
        actor=getattr(people, who).viewer(now),
        skp_id=skp.pk,
        version=skp.version,
        interval=interval,
        text=text,
        result_id=result,
        now=now,
    )


def test_several_indicators_at_once_and_what_is_emptied_is_missing_again(people: People, skp):
    first, second = indicators(skp)
    save(people, skp, {first: ProgressInput(Decimal("2.5")), second: ProgressInput(None, " Menunggu data. ")})
    assert set(Progress.objects.values_list("indicator", "interval", "realisation", "note")) == {
        (first, 1, Decimal("2.5"), ""),
        (second, 1, None, "Menunggu data."),
    }
    save(people, skp, {first: ProgressInput(None), second: ProgressInput(Decimal(0))})
    assert list(Progress.objects.values_list("indicator", "realisation")) == [(second, Decimal(0))]


def test_saving_again_does_not_say_that_it_was_entered_anew(people: People, skp):
    told(people, skp)
    later = APRIL.replace(day=9)
    first, second = indicators(skp)
    save(people, skp, {first: ProgressInput(Decimal(3)), second: ProgressInput(Decimal(4))}, now=later)
    assert dict(Progress.objects.values_list("indicator", "entered_at")) == {first: APRIL, second: later}


@pytest.mark.parametrize(
    ("value", "said"),
    [(ProgressInput(Decimal(-1)), "tidak boleh negatif"), (ProgressInput(None, "x" * 2001), "paling banyak")],
)
def test_what_no_form_would_send_is_refused(people: People, skp, value, said):
    with pytest.raises(DomainError, match=said):
        save(people, skp, {indicators(skp)[0]: value})
    assert not Progress.objects.exists()


def test_an_indicator_of_another_plan_is_refused(people: People, skp):
    other = Skp.objects.get(owner=people.appraiser.employee)
    with pytest.raises(DomainError, match="tidak ada pada rencana yang disepakati"):
        save(people, skp, {indicators(other)[0]: ProgressInput(Decimal(1))})
    with pytest.raises(DomainError, match="tidak ada pada rencana yang disepakati"):
        add_file(people, skp, indicator=indicators(other)[0])
    assert not Progress.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "interval", "now", "said"),
    [
        ("appraiser", 1, APRIL, "hanya dapat diisi oleh pemilik"),
        ("bkpsdm_admin", 1, APRIL, "hanya dapat diisi oleh pemilik"),
        ("owner", 1, MAY, "Tenggat pemantauan sudah lewat"),
        ("owner", 3, MAY, "baru dibuka 1 Juli 2026"),
        ("owner", 5, APRIL, "tidak berjalan pada jangka waktu"),
    ],
)
def test_who_and_when(people: People, skp, stored, who, interval, now, said):
    with pytest.raises(NotAllowed, match=said):
        save(
            people, skp, {indicators(skp)[0]: ProgressInput(Decimal(1))}, who=who, interval=interval, now=now
        )
    with pytest.raises(NotAllowed, match=said):
        add_file(people, skp, who=who, interval=interval, now=now)
    assert not Progress.objects.exists()
    assert stored() == 0


def test_a_stranger_meets_a_conflict_and_learns_nothing(people: People, skp, stored):
    with pytest.raises(Conflict):
        save(people, skp, {indicators(skp)[0]: ProgressInput(Decimal(1))}, who="stranger")
    with pytest.raises(Conflict):
        add_file(people, skp, who="stranger")
    with pytest.raises(Conflict):
        comment(people, skp, who="stranger")
    assert stored() == 0


def test_a_reported_plan_is_closed_for_its_owner_and_open_for_feedback(people: People, skp):
    Skp.objects.filter(pk=skp.pk).update(locked_for_scoring=True)
    with pytest.raises(NotAllowed, match="sudah dilaporkan"):
        told(people, skp)
    assert comment(people, skp).text == "Baik."


def test_a_closed_plan_may_tell_the_quarters_it_shares_a_day_with(people: People, skp):
    """Moved on 10 May: the second quarter is still told until it closes, the third is not asked."""
    Skp.objects.filter(pk=skp.pk).update(until=date(2026, 5, 10), lifecycle="closed", close_reason="transfer")
    told(people, skp, 2, MAY.replace(month=7, day=10))
    assert Progress.objects.filter(interval=2).count() == 2
    with pytest.raises(NotAllowed, match="tidak berjalan pada jangka waktu"):
        told(people, skp, 3, MAY.replace(month=7, day=10))


def test_a_stale_page_writes_nothing_and_leaves_no_file(people: People, skp, stored):
    stale = replace_version(skp)
    told(people, skp)
    with pytest.raises(Conflict):
        save(people, skp, {indicators(skp)[0]: ProgressInput(Decimal(9))}, version=stale)
    skp.version = stale
    with pytest.raises(Conflict):
        add_file(people, skp)
    with pytest.raises(Conflict):
        comment(people, skp)
    assert not Progress.objects.filter(realisation=9).exists()
    assert (Evidence.objects.count(), Feedback.objects.count(), stored()) == (0, 0, 0)


def replace_version(skp: Skp) -> int:
    """The version that a page opened now would send."""
    skp.refresh_from_db()
    return skp.version


def test_the_stored_bytes_are_those_of_the_hash_and_go_with_the_row(
    people: People, skp, stored, django_capture_on_commit_callbacks
):
    row = proven(people, skp)
    with default_storage.open(row.stored_name) as file:
        assert file.read() == PDF
    assert row.stored_name.startswith("evidence/")
    assert "laporan" not in row.stored_name
    with django_capture_on_commit_callbacks(execute=True):
        evidence_remove(actor=people.owner.viewer(APRIL), evidence_id=row.pk, version=skp.version, now=APRIL)
    assert (Evidence.objects.count(), stored()) == (0, 0)


@pytest.mark.parametrize(
    ("who", "now", "said"),
    [
        ("appraiser", APRIL, "oleh pemilik"),
        ("owner", MAY, "sudah lewat"),
        ("inspector", APRIL, "oleh pemilik"),
    ],
)
def test_evidence_stays_when_its_removal_is_refused(people: People, skp, stored, who, now, said):
    row = proven(people, skp)
    actor = getattr(people, who).viewer(now)
    with pytest.raises(NotAllowed, match=said):
        evidence_remove(actor=actor, evidence_id=row.pk, version=skp.version, now=now)
    assert (Evidence.objects.count(), stored()) == (1, 1)


def test_evidence_removed_twice_is_a_polite_conflict(people: People, skp):
    row = proven(people, skp)
    actor = people.owner.viewer(APRIL)
    evidence_remove(actor=actor, evidence_id=row.pk, version=skp.version, now=APRIL)
    with pytest.raises(Conflict, match="sudah dihapus"):
        evidence_remove(actor=actor, evidence_id=row.pk, version=skp.version + 1, now=APRIL)


def test_a_refused_file_leaves_those_of_other_rows(people: People, skp, stored):
    proven(people, skp)
    with pytest.raises(UploadRefused):
        add_file(people, skp, data=b"MZ")
    assert stored() == 1


def test_ten_pieces_of_evidence_are_enough(people: People, skp):
    for _time in range(MAX_EVIDENCE):
        proven(people, skp, link=True)
    with pytest.raises(DomainError, match="paling banyak 10 bukti"):
        proven(people, skp, link=True)
    assert Evidence.objects.count() == MAX_EVIDENCE


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:rahasia@example.go.id/", "kata sandi"),
        ("https://example.go.id/" + "x" * 500, "500"),
        ("https://exa mple.go.id", "tautan lengkap"),
        ("javascript://example.go.id/%0aalert(1)", "tautan lengkap"),
    ],
)
def test_links_that_are_refused(people: People, skp, url, said):
    with pytest.raises(DomainError, match=said):
        evidence_add_link(
            actor=people.owner.viewer(APRIL),
            skp_id=skp.pk,
            version=skp.version,
            indicator_id=indicators(skp)[0],
            interval=1,
            url=url,
            name="",
            now=APRIL,
        )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "said"), [("owner", "pejabat penilai"), ("superior", "pejabat penilai"), ("opd_admin", "pejabat")]
)
def test_only_the_appraiser_comments(people: People, skp, who, said):
    with pytest.raises(NotAllowed, match=said):
        comment(people, skp, who=who)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("now", [JANUARY, MAY, DECEMBER])
def test_feedback_is_open_all_year(people: People, skp, now):
    row = comment(people, skp, now=now, result=skp.in_force.results.earliest("order").result_id)
    assert row.given_as == "Kepala Bidang Satu"
    assert row.given_by == people.appraiser.user


@pytest.mark.parametrize(("text", "said"), [("  ", "Tulis umpan balik"), ("x" * 2001, "paling banyak 2000")])
def test_feedback_says_something_in_bounds(people: People, skp, text, said):
    with pytest.raises(DomainError, match=said):
        comment(people, skp, text=text)


def test_feedback_goes_to_a_result_of_this_plan_only(people: People, skp):
    other = Skp.objects.get(owner=people.appraiser.employee)
    with pytest.raises(Conflict, match="tidak berlaku"):
        comment(people, skp, result=other.in_force.results.earliest("order").result_id)


@pytest.mark.parametrize("who", ["opd_admin", "leader"])
def test_the_service_refuses_to_hand_out_what_is_closed(people: People, skp, who):
    row = proven(people, skp)
    actor = getattr(people, who).viewer(APRIL)
    with pytest.raises(NotAllowed, match="Bukti dukung hanya dapat dibuka"):
        evidence_open(actor=actor, evidence_id=row.pk, reason="Ingin melihat saja.", now=APRIL)


def test_the_sekda_opens_the_evidence_of_a_head_as_direct_appraiser_and_the_bupati_does_not(people: People):
    running(people)
    plan = Skp.objects.get(owner=people.superior.employee)
    row = evidence_add_link(
        actor=people.superior.viewer(APRIL),
        skp_id=plan.pk,
        version=plan.version,
        indicator_id=indicators(plan)[0],
        interval=1,
        url="https://example.go.id/",
        name="Laporan",
        now=APRIL,
    )
    opened = evidence_open(actor=people.sekda.viewer(APRIL), evidence_id=row.pk, reason="", now=APRIL)
    assert opened == row
    with pytest.raises(NotAllowed):
        evidence_open(actor=people.leader.viewer(APRIL), evidence_id=row.pk, reason="", now=APRIL)


def test_a_plan_without_anything_in_force_takes_no_progress(people: People, skp):
    Skp.objects.filter(pk=skp.pk).update(in_force=None)
    with pytest.raises(NotAllowed, match="setelah rencana disepakati"):
        progress_save(
            actor=replace(people.owner.viewer(APRIL)),
            skp_id=skp.pk,
            version=skp.version,
            interval=1,
            values={},
            now=APRIL,
        )


def test_a_quarter_told_fulfils_the_duty_and_one_taken_back_does_not(people: People, skp):
    duty = Duty.objects.filter(employee=people.owner.employee, stage="monitoring", interval=1)
    first, second = indicators(skp)
    save(people, skp, {first: ProgressInput(Decimal(3))})
    assert duty.get().fulfilled_at is None
    save(people, skp, {second: ProgressInput(None, "Belum ada permintaan.")})
    assert duty.get().fulfilled_at == APRIL
    save(people, skp, {second: ProgressInput(None)})
    assert duty.get().fulfilled_at is None
