"""The page of a refusal leads back to where the refused button stood."""

import pytest
from django.http import HttpRequest, HttpResponse

from config.lib.errors import Conflict
from config.lib.http import answers_refusals

pytestmark = pytest.mark.django_db


@answers_refusals
def refused(request: HttpRequest) -> HttpResponse:
    raise Conflict("SKP sudah diubah orang lain. Muat ulang halaman.")


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/skp/7/?halaman=2", "/skp/7/?halaman=2"),
        ("http://testserver/skp/7/", "/skp/7/"),
        ("https://elsewhere.example/skp/7/", "/"),
        ("//elsewhere.example/skp/7/", "/"),
        ("http://testserver//elsewhere.example/skp/7/", "/elsewhere.example/skp/7/"),
        (None, "/"),
    ],
)
def test_the_way_back_is_the_page_of_the_button(rf, people, came_from, back):
    request = rf.post("/skp/7/kirim/", headers={"Referer": came_from} if came_from else {})
    request.user = people.owner.user
    request.viewer = people.owner.viewer()
    answer = refused(request)
    assert answer.status_code == 409
    assert f'<a class="btn btn-primary" href="{back}">Kembali</a>' in answer.content.decode()
    assert "SKP sudah diubah orang lain." in answer.content.decode()
