"""What an owner sees of a year from its report to its result, on the start page and on the plan's page."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.selectors.results import result_cards
from config.lib import clock
from config.lib.cards import Section
from config.start import start_for
from orgunits.enums import Role
from skp.enums import ExtensionScope
from skp.selectors.mine import start_cards
from skp.services.extensions import ExtensionInput, extension_grant, extension_preview
from skp.states import Stage
from tests.assessments.family import LATER, final
from tests.assessments.reports import delivered, in_force, reported, scored
from tests.people import People
from tests.skp.drafts import DECEMBER, SCORING

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 7, 2, 0, tzinfo=UTC)


def told(people: People, now: datetime) -> list[tuple[str, str, Section]]:
    """The owner's cards about the year, with what they say and where they stand."""
    viewer = people.owner.viewer(now)
    cards = [*start_cards(viewer, now), *result_cards(viewer, now)]
    return [(card.title, card.body, card.section) for card in cards if "kemajuan" not in card.title]


def steps(people: People, skp_id: int, now: datetime, monkeypatch) -> tuple[list[str], str]:
    """The notes under the four steps of the plan's page, and the page without its marks."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(people.owner.user)
    page = client.get(reverse("skp:plan", args=[skp_id])).content.decode()
    words = re.sub(r"<[^>]+>", " ", page[page.index('class="stepper"') :])
    words = re.sub(r"\s+", " ", words)
    notes = re.search(r"Rencana (.*?) Disepakati (.*?) Dilaporkan (.*?) Dinilai (.*?) Hasil kerja", words)
    assert notes is not None
    return list(notes.groups()), words


def mine(people: People) -> str:
    """The owner's list of plans."""
    client = Client()
    client.force_login(people.owner.user)
    return client.get(reverse("skp:mine")).content.decode()


def test_a_plan_runs_until_its_report_is_asked_for(people: People):
    in_force(people)
    assert told(people, MAY) == [("SKP 2026 berjalan", "", Section.RUNNING)]
    assert told(people, DECEMBER) == [("Isi dan laporkan realisasi SKP 2026", "", Section.TASK)]


def test_a_plan_that_was_not_reported_is_no_longer_running(people: People):
    in_force(people)
    assert told(people, SCORING) == [
        ("SKP 2026 belum dilaporkan", "Masa pelaporan realisasi sudah ditutup.", Section.RUNNING)
    ]


def test_who_got_more_time_is_still_asked_for_the_report(people: People):
    skp = in_force(people)
    later = datetime(2027, 1, 20, 17, 0, tzinfo=UTC)
    asked = ExtensionInput(
        period_id=skp.period_id,
        stage=Stage.SELF_REPORT,
        interval=0,
        scope=ExtensionScope.PERIOD,
        due_at=later,
        reason="Gangguan jaringan",
        decree="800/12/BKPSDM",
    )
    actor = people.bkpsdm_admin.viewer(SCORING)
    seen = extension_preview(actor=actor, data=asked, now=SCORING)
    extension_grant(actor=actor, data=asked, fingerprint=seen.fingerprint, now=SCORING)
    card = next(card for card in start_cards(people.owner.viewer(SCORING), SCORING))
    assert (card.verb, card.due_at) == ("Isi realisasi", later)


def test_a_reported_plan_waits_for_its_score(people: People, monkeypatch):
    made = reported(people)
    waiting = ("SKP 2026 sudah dilaporkan", "Menunggu penilaian oleh pejabat penilai.", Section.RUNNING)
    assert told(people, SCORING) == [waiting]
    scored(people, made)
    # What is not delivered stays with the appraiser.
    assert told(people, SCORING) == [waiting]
    notes, words = steps(people, made.skp_id, SCORING, monkeypatch)
    assert notes[2:] == ["(selesai) 15 Desember 2026", "19 hari lagi"]
    assert "Realisasi sudah dilaporkan." in words
    assert "Realisasi sudah dilaporkan dan menunggu penilaian." in mine(people)


def test_a_delivered_result_is_to_be_opened_and_then_stands(people: People, monkeypatch):
    made = scored(people, reported(people))
    delivered(people, made.assessment)
    (waiting,) = told(people, SCORING)
    assert waiting[::2] == ("Hasil penilaian SKP 2026 Anda sudah disampaikan", Section.TASK)
    final(Assessment.objects.get())
    viewer = people.owner.viewer(LATER)
    (card,) = result_cards(viewer, LATER)
    assert (card.title, card.figure, card.body) == ("Nilai akhir SKP 2026 Anda", "107,00", "Baik, final")
    assert card.section is Section.NUMBER
    assert start_cards(viewer, LATER) == []
    # Among the numbers of an office one's own stands first.
    admin = replace(viewer, roles=frozenset({Role.BKPSDM_ADMIN}))
    assert [one.figure for one in start_for(admin, LATER).numbers][:1] == ["107,00"]
    notes, words = steps(people, made.assessment.skp_id, LATER, monkeypatch)
    assert notes[3] == "(selesai) 12 Januari 2027"
    assert "Hasil penilaian sudah disampaikan." in words
    assert f'href="{reverse("assessments:result", args=[made.assessment.skp_id])}"' in mine(people)
    assert "Pejabat penilai memberi nilai berdasarkan realisasi ini" not in words
