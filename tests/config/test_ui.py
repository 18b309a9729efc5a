"""Template tags: icons, badges, numbers, dates, deadlines, addresses of lists."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from config.templatetags import ui

NOW = datetime(2026, 1, 28, 3, 0, tzinfo=UTC)


class Weather(Enum):
    """A state that knows its look."""

    FINE = "fine"

    @property
    def label(self) -> str:
        return "Cerah & <kering>"

    @property
    def tone(self) -> str:
        return "good"

    @property
    def icon(self) -> str:
        return "sun"


def render(text: str, **context) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_badge_has_icon_and_escaped_word():
    html = render("{% badge state %}", state=Weather.FINE)
    assert 'class="badge badge--good"' in html
    assert "sprite.svg#sun" in html
    assert "Cerah &amp; &lt;kering&gt;" in html


def test_badge_refuses_a_value_without_a_look():
    with pytest.raises(TypeError, match="enum member"):
        render("{% badge state %}", state="draft")


def test_badge_refuses_an_unknown_tone():
    with pytest.raises(ValueError, match="not a tone"):
        ui.badge_as("Baik", "lovely", "check")


def test_icon_is_decoration_unless_it_has_a_title():
    assert 'aria-hidden="true"' in ui.icon("check")
    spoken = ui.icon("check", title='Selesai "ya"')
    assert 'aria-label="Selesai &quot;ya&quot;"' in spoken
    assert "aria-hidden" not in spoken


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (8123, None, "8.123"),
        (0, None, "0"),
        (-3, None, "−3"),
        (Decimal("109.60"), None, "109,60"),
        (Decimal("1234567.5"), 2, "1.234.567,50"),
        (92.25, 1, "92,2"),
        (None, None, "–"),
        ("", 2, "–"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value, decimals, text):
    assert ui.angka(value, decimals) == text


def test_shares_keep_their_sign_on_the_same_line():
    assert ui.persen(Decimal("92.31")) == "92,3\N{NO-BREAK SPACE}%"
    assert ui.persen(None) == "–"


def test_dates_and_moments():
    assert ui.tanggal(date(2026, 1, 31)) == "31 Januari 2026"
    assert ui.waktu(datetime(2026, 1, 31, 16, 59, tzinfo=UTC)) == "31 Januari 2026 pukul 23.59 WIB"
    assert ui.tanggal(None) == ui.waktu(None) == "–"


def test_last_day_of_a_span():
    assert ui.hari_terakhir(date(2026, 2, 1)) == "31 Januari 2026"
    assert ui.hari_terakhir(None) == "sekarang"


def test_nip_in_groups_and_other_names_as_they_are():
    assert ui.nip("198503142010012003").split() == ["19850314", "201001", "2", "003"]
    assert ui.nip("bupati") == "bupati"
    assert ui.nip(None) == "–"


@pytest.mark.parametrize(
    ("away", "nearness", "left"),
    [
        (timedelta(days=-1), "late", "sudah lewat"),
        (timedelta(0), "late", "sudah lewat"),
        (timedelta(days=3), "soon", "3 hari lagi"),
        (timedelta(days=4), "far", "4 hari lagi"),
    ],
)
def test_deadline_says_when_and_how_long(away, nearness, left):
    html = render("{% tenggat due %}", due=NOW + away, now=NOW)
    assert f"deadline--{nearness}" in html
    assert left in html


def test_deadline_names_the_last_minute():
    html = render("{% tenggat due %}", due=datetime(2026, 1, 31, 17, 0, tzinfo=UTC), now=NOW)
    assert "Tenggat 31 Januari 2026 pukul 23.59 WIB" in html


def test_pages_keep_the_filters():
    request = RequestFactory().get("/", {"q": "siti & ali", "halaman": "2"})
    assert ui.page_url({"request": request}, 3) == "?q=siti+%26+ali&halaman=3"


def test_sorting_turns_round_and_starts_at_the_first_page():
    request = RequestFactory().get("/", {"urut": "nama", "halaman": "4"})
    name = ui.sort_head({"request": request}, "nama", "Nama")
    assert '<th scope="col" aria-sort="ascending"><a href="?urut=-nama">Nama' in name
    score = ui.sort_head({"request": request}, "nilai", "Nilai", number=True)
    assert '<th scope="col" class="number" aria-sort="none"><a href="?urut=nilai">Nilai' in score
    back = RequestFactory().get("/", {"urut": "-nama", "q": "siti & ali"})
    head = ui.sort_head({"request": back}, "nama", "Nama")
    assert 'aria-sort="descending"><a href="?q=siti+%26+ali&amp;urut=nama">' in head


def test_pagination_shows_neighbours_and_ends():
    page = Paginator(range(8123), 25).page(7)
    assert ui.page_numbers(page) == [1, "…", 6, 7, 8, "…", 325]
    request = RequestFactory().get("/")
    html = render('{% include "components/pagination.html" with noun="orang" %}', page=page, request=request)
    assert "151–175 dari 8.123 orang" in html
    assert 'aria-current="page">7<' in html


def test_theme_address_changes_with_the_colour(settings):
    settings.REGENCY_COLOUR = "#112233"
    assert ui.theme_url() == "/tema.css?v=112233"
    assert ui.favicon().startswith("data:image/svg+xml,%3Csvg")
    assert "%23112233" in ui.favicon()
