"""Where things stand on the pages of the year's end, measured in the browser on both screens."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator

from config.lib import clock
from tests.assessments.reports import delivered, indicators_of, reported, scored
from tests.browser.conftest import Visit
from tests.people import People
from tests.skp.drafts import SCORING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def scoring(monkeypatch) -> None:
    """Scoring is open."""
    monkeypatch.setattr(clock, "now", lambda: SCORING)


def box(place: Locator) -> dict[str, float]:
    """Where it stands, in pixels from the top left corner."""
    found = place.bounding_box()
    assert found is not None
    return dict(found)


def test_a_correction_stands_beside_its_indicator_and_a_fault_has_a_red_frame(
    people: People, visit: Visit, screen: str
) -> None:
    made = reported(people)
    first, second = indicators_of(made.skp)
    appraiser = visit(people.appraiser)
    appraiser.open(reverse("assessments:score", args=[made.skp_id]))
    page = appraiser.page
    correction = page.locator(f"#id_k{first}")
    name = page.locator("article.card h4").first
    if screen == "desktop":
        assert box(correction)["y"] - box(name)["y"] < 48
        assert box(page.locator(f"#id_a{first}"))["y"] == box(correction)["y"]
    else:
        assert box(correction)["y"] > box(name)["y"]
    correction.fill("abc")
    appraiser.press("Simpan nilai")
    frame = "field => getComputedStyle(field).borderTopColor"
    wrong, right = (page.locator(f"#id_k{key}").evaluate(frame) for key in (first, second))
    assert wrong != right
    assert wrong == page.locator(".field--invalid").first.evaluate(
        "field => getComputedStyle(field).borderLeftColor"
    )
    appraiser.inspect()


def test_the_way_on_stands_beside_the_title_and_forms_begin_below_it(
    people: People, visit: Visit, screen: str
) -> None:
    made = scored(people, reported(people))
    delivered(people, made.assessment)
    owner = visit(people.owner)
    owner.open(reverse("assessments:result", args=[made.assessment.skp_id]))
    title, documents = (
        box(owner.page.locator("h1")),
        box(owner.page.get_by_role("link", name="Dokumen", exact=True)),
    )
    assert (documents["y"] < title["y"] + title["height"]) is (screen == "desktop")
    admin = visit(people.bkpsdm_admin)
    admin.open(reverse("assessments:scoring_edit", args=[made.assessment.skp.period.year]))
    if screen == "desktop":
        assert box(admin.page.locator("main form.narrow"))["x"] == box(admin.page.locator("h1"))["x"]


def test_the_chosen_tab_is_in_sight(people: People, visit: Visit) -> None:
    reported(people)
    appraiser = visit(people.appraiser)
    appraiser.open(reverse("assessments:achievements"))
    tab = box(appraiser.page.get_by_role("link", name="Capaian organisasi", exact=True))
    assert tab["x"] >= 0
    screen = appraiser.page.viewport_size
    assert screen is not None
    assert tab["x"] + tab["width"] <= screen["width"]
