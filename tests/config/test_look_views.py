"""The regency's colours, the choice of light or dark, the pages of errors, the gallery."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from config.context import chosen_theme


@pytest.fixture
def signed_in(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("operator", "Operator Uji"))
    return client


def test_theme_is_public_and_kept_for_ever(client):
    response = client.get("/tema.css")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/css")
    assert "max-age=31536000" in response["Cache-Control"]
    assert "--brand:#0f5c63" in response.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_scheme_is_kept_and_shown(client, theme):
    response = client.post(reverse("appearance"), {"theme": theme, "next": "/akun/masuk/"})
    assert response.status_code == 302
    assert response["Location"] == "/akun/masuk/"
    html = client.get("/akun/masuk/").content.decode()
    assert f'<html lang="id" data-theme="{theme}">' in html
    assert f'value="{theme}" aria-pressed="true"' in html


def test_automatic_forgets_the_choice(client):
    client.post(reverse("appearance"), {"theme": "dark"})
    client.post(reverse("appearance"), {"theme": "auto"})
    assert '<html lang="id">' in client.get("/akun/masuk/").content.decode()


def test_an_unknown_scheme_and_a_foreign_address_are_ignored(client):
    response = client.post(reverse("appearance"), {"theme": "neon", "next": "https://example.org/"})
    assert response["Location"] == "/"
    assert not response.cookies
    request = RequestFactory().get("/")
    request.COOKIES["tampilan"] = '"><script>'
    assert chosen_theme(request) == "auto"


def test_the_choice_is_made_by_form_only(client):
    response = client.get(reverse("appearance"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "hanya menerima formulir" in response.content.decode()


def test_start_page_needs_a_sign_in(client, db):
    response = client.get("/")
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_start_page_of_somebody_without_tasks_says_so(signed_in):
    html = signed_in.get("/").content.decode()
    assert "Yang perlu Anda lakukan" in html
    assert "Tidak ada yang menunggu Anda." in html
    assert "Operator Uji" in html


def test_gallery_shows_every_component_in_development(signed_in):
    html = signed_in.get(reverse("gallery")).content.decode()
    for word in (
        "Memuaskan",
        "Sangat Buruk",
        "Belum dinilai",
        "Bagaimana angka ini dihitung?",
        "Perlu diperbaiki",
    ):
        assert word in html
    assert "RADEN RORO MARIA MAGDALENA" in html


def test_gallery_is_closed_in_production_to_all_but_bkpsdm(signed_in, settings):
    settings.PRODUCTION = True
    response = signed_in.get(reverse("gallery"))
    assert response.status_code == 403
    assert "Galeri hanya untuk admin BKPSDM." in response.content.decode()


def test_no_heading_is_doubled_and_ids_are_unique_in_the_gallery(signed_in):
    html = signed_in.get(reverse("gallery")).content.decode()
    assert html.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]+)"', html)
    repeated = {name for name in ids if ids.count(name) > 1}
    assert repeated == set()


def test_unknown_addresses_answer_with_a_way_on(signed_in):
    response = signed_in.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Ke beranda" in response.content.decode()


@pytest.mark.parametrize("code", ["400", "500"])
def test_failures_answer_without_context(code):
    html = render_to_string(f"{code}.html")
    assert f"Kode {code}" in html
    assert "app.css" in html


def test_a_form_without_token_is_explained(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("appearance"), {"theme": "dark"})
    assert response.status_code == 403
    assert "Formulir sudah kedaluwarsa" in response.content.decode()
