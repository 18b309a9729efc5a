from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accounts.models import User

NOW = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)
PASSWORD = "hujan-di-bulan-juni"


@pytest.fixture(scope="session")
def encoded() -> str:
    """The hash of PASSWORD, paid once."""
    return make_password(PASSWORD)


@pytest.fixture
def make_user(db, encoded) -> Callable[..., User]:
    """Users with PASSWORD; ``make_user(number)`` has the NIP that ends in it."""

    def make(number: int = 1, **fields: object) -> User:
        values = {"username": nip(number), "name": f"Pegawai {number}", "password": encoded} | fields
        return User.objects.create(**values)

    return make


def nip(number: int) -> str:
    return f"1980010120050110{number:02d}" if number < 100 else f"19800101200501{number:04d}"


@pytest.fixture
def user(make_user) -> User:
    return make_user(1)


@pytest.fixture
def newcomer(db) -> User:
    """An account as an import makes it: no usable password."""
    return User.objects.create_user(nip(2), name="Siti Rahma")


@pytest.fixture
def officer(make_user) -> User:
    return make_user(9, name="Petugas OPD")


@pytest.fixture
def signed_in(client, user) -> Client:
    """The client, signed in as ``user`` through the page."""
    response = sign_in(client, user.username)
    assert response.status_code == 302
    return client


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **extra)
