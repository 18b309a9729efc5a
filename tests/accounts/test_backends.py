"""Whose a session is: an open one is read, an ended one is forgotten, an account switched off is nobody."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from accounts.backends import AccountBackend
from accounts.models import User
from accounts.sessions import SessionStore
from config.lib import clock

pytestmark = pytest.mark.django_db


def stored(**data: object) -> str:
    store = SessionStore()
    store.update(data)
    store.save()
    assert store.session_key is not None
    return store.session_key


def test_an_open_session_is_read():
    key, other = stored(colour="merah"), stored(colour="putih")
    assert dict(SessionStore(key).items()) == {"colour": "merah"}
    assert dict(SessionStore(other).items()) == {"colour": "putih"}


@pytest.mark.parametrize("late", [timedelta(seconds=1), timedelta(days=40)])
def test_a_session_that_ended_holds_nothing_and_loses_its_key(late):
    key = stored(colour="merah")
    Session.objects.filter(pk=key).update(expire_date=clock.now() - late)
    store = SessionStore(key)
    assert list(store.items()) == []
    assert store.session_key is None


def test_an_unknown_key_is_not_taken_over():
    store = SessionStore("k" * 32)
    assert list(store.items()) == []
    assert store.session_key is None


def test_the_account_unless_it_is_switched_off_or_gone():
    user = User.objects.create_user("ani")
    assert AccountBackend().get_user(user.pk) == user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert AccountBackend().get_user(user.pk) is None
    assert AccountBackend().get_user(user.pk + 1) is None
