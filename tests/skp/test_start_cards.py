"""What the start page asks of a plan's owner while the year runs."""

import pytest

from skp.selectors.mine import start_cards
from tests.people import People
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
