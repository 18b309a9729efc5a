"""Every place of the navigation leads somewhere, for everybody to whom it is shown."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib import clock
from config.navigation import PHONE_PLACES, PLACES, places_for
from tests.people import NOW

CAST = ("owner", "appraiser", "superior", "opd_admin", "bkpsdm_admin", "inspector", "leader")


@pytest.fixture(autouse=True)
def office_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_the_cast_is_shown_every_place(people):
    shown = {place.key for who in CAST for place in places_for(getattr(people, who).viewer())}
    assert shown == {place.key for place in PLACES}


@pytest.mark.parametrize("who", CAST)
def test_a_shown_place_answers(people, who):
    person = getattr(people, who)
    client = Client()
    client.force_login(person.user)
    places = places_for(person.viewer())
    assert places[0].key == "start"
    for place in places:
        response = client.get(reverse(place.url_name), follow=True)
        assert response.status_code == 200, place.key
        assert f'href="{reverse(place.url_name)}"' in response.content.decode()


def test_the_frame_links_the_places_in_order_the_first_ones_on_phones(people):
    client = Client()
    client.force_login(people.bkpsdm_admin.user)
    links = client.get(reverse("start")).context["places"]()
    places = places_for(people.bkpsdm_admin.viewer())
    assert [link.key for link in links] == [place.key for place in places]
    assert [link.on_phone for link in links] == [i < PHONE_PLACES for i in range(len(places))]
    assert [link.url for link in links] == [reverse(place.url_name) for place in places]


def test_the_audit_trail_is_a_place_of_officers_and_the_inspectorate_only(people):
    has = {who for who in CAST for place in places_for(getattr(people, who).viewer()) if place.key == "audit"}
    assert has == {"opd_admin", "bkpsdm_admin", "inspector"}
