"""Values of the environment that no installation can work with are refused by name."""

import pytest
from django.conf import settings as configured

from config.checks import check_environment


def ids():
    return [message.id for message in check_environment(None)]


def test_the_defaults_are_fine():
    assert ids() == []


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"])
def test_the_zones_of_indonesia_are_fine(settings, zone):
    settings.TIME_ZONE = zone
    assert ids() == []


@pytest.mark.parametrize("zone", ["UTC", "Asia/Singapore", "Europe/Berlin"])
def test_other_zones_are_refused(settings, zone):
    settings.TIME_ZONE = zone
    (message,) = check_environment(None)
    assert message.id == "skp.E001"
    assert zone in message.msg
    assert "Asia/Makassar" in message.hint


@pytest.mark.parametrize("colour", ["0f5c63", "#0f5c6", "teal", "", "#0f5c63;}body{display:none"])
def test_what_is_no_colour_is_refused(settings, colour):
    settings.REGENCY_COLOUR = colour
    (message,) = check_environment(None)
    assert message.id == "skp.E004"
    assert repr(colour) in message.msg
    assert "#rrggbb" in message.hint


def test_a_colour_in_capitals_is_fine(settings):
    settings.REGENCY_COLOUR = "#0F5C63"
    assert ids() == []


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_mail_server_gets_some_time_to_answer(settings, seconds):
    settings.EMAIL_TIMEOUT = seconds
    assert ids() == ["skp.E005"]


def test_mail_waits_ten_seconds_at_most_by_default():
    assert configured.EMAIL_TIMEOUT == 10


def test_the_cache_holds_the_counts_of_a_busy_evening():
    """More rows than users and addresses of one evening: a culled count would lift its limit."""
    assert configured.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 15_000 + 1_000
