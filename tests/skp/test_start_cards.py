"""What the start page asks of a plan's owner while the year runs."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.cards import Section
from skp.enums import ExtensionScope
from skp.selectors.mine import start_cards
from skp.services.extensions import ExtensionInput, extension_grant, extension_preview
from skp.states import Stage
from tests.people import People
from tests.skp.drafts import JANUARY, drafted, period_2026
from tests.skp.running import APRIL, MAY, running, told

pytestmark = pytest.mark.django_db


def asked(people: People, now):
    cards = start_cards(people.owner.viewer(now), now)
    return [(card.title, card.url) for card in cards if card.verb == "Isi kemajuan"]


def test_an_open_quarter_is_asked_for_until_it_is_told(people: People):
    skp = running(people)
    first = ("Laporkan kemajuan Triwulan I 2026", f"/skp/{skp.pk}/pelaksanaan/1/")
    second = ("Laporkan kemajuan Triwulan II 2026", f"/skp/{skp.pk}/pelaksanaan/2/")
    assert asked(people, APRIL) == [first, second]
    told(people, skp)
    assert asked(people, APRIL) == [second]
    assert asked(people, MAY) == [second]


def test_the_deadline_stands_on_the_card(people: People):
    running(people)
    card = next(card for card in start_cards(people.owner.viewer(MAY), MAY) if card.verb == "Isi kemajuan")
    assert card.due_at is not None
    assert card.due_at.isoformat() == "2026-07-14T17:00:00+00:00"


FEBRUARY = datetime(2026, 2, 5, 3, 0, tzinfo=UTC)
PLANNING_ENDS = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)


def shown(people: People, now: datetime) -> list[tuple[str, Section, datetime | None]]:
    """What the owner is told, where it stands and until when."""
    cards = start_cards(people.owner.viewer(now), now)
    return [(card.title, card.section, card.due_at) for card in cards]


def test_a_plan_is_asked_for_until_its_deadline_and_then_told_to_be_missing(people: People):
    period_2026()
    asked = [("Susun rencana SKP 2026", Section.TASK, PLANNING_ENDS)]
    assert shown(people, JANUARY) == asked
    missing = [("Rencana SKP 2026 belum disusun", Section.RUNNING, PLANNING_ENDS)]
    assert shown(people, FEBRUARY) == missing
    client = Client()
    client.force_login(people.owner.user)
    assert "Tenggat 31 Januari 2026 pukul 23.59 WIB" in client.get(reverse("skp:mine")).content.decode()


def test_a_draft_is_asked_for_until_its_deadline_and_with_more_time_again(people: People):
    skp = drafted(people.owner, period_2026())
    asked = ("Lengkapi dan kirim rencana SKP 2026", Section.TASK)
    assert shown(people, JANUARY) == [(*asked, PLANNING_ENDS)]
    late = [("Rencana SKP 2026 belum dikirim", Section.RUNNING, PLANNING_ENDS)]
    assert shown(people, FEBRUARY) == late
    more = ExtensionInput(
        period_id=skp.period_id,
        stage=Stage.PLANNING,
        interval=0,
        scope=ExtensionScope.PERIOD,
        due_at=MAY,
        reason="Gangguan jaringan",
        decree="800/12/BKPSDM",
    )
    actor = people.bkpsdm_admin.viewer(FEBRUARY)
    seen = extension_preview(actor=actor, data=more, now=FEBRUARY)
    extension_grant(actor=actor, data=more, fingerprint=seen.fingerprint, now=FEBRUARY)
    assert shown(people, FEBRUARY) == [(*asked, MAY)]
