"""A live server, and people who visit it with a phone and with a desktop screen."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor
from tests.people import Person

SCREENS = {"phone": {"width": 360, "height": 800}, "desktop": {"width": 1280, "height": 800}}

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True, scope="session")
def rows_beside_the_browser() -> Iterator[None]:
    """Let tests read rows while the browser's event loop stands in the same thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=10_000)
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    """``phone`` (360×800) and ``desktop`` (1280×800)."""
    name: str = request.param
    return name


@pytest.fixture
def browser_context_args(browser_context_args, screen):
    """Contexts of this screen, in Indonesian."""
    return {
        **browser_context_args,
        "viewport": SCREENS[screen],
        "is_mobile": screen == "phone",
        "has_touch": screen == "phone",
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
    }


@pytest.fixture
def visit(browser: Browser, new_context, live_server) -> Iterator[Visit]:
    """Somebody new at a screen: ``visit()``, or signed in already, ``visit(person)``.

    Whatever a page did wrong while the test ran fails the test.
    """
    visitors: list[Visitor] = []

    def come(person: Person | None = None, **context_args: object) -> Visitor:
        context = new_context(**context_args)
        if person is not None:
            client = Client()
            client.force_login(person.user)
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        scripted = bool(context_args.get("java_script_enabled", True))
        visitors.append(Visitor(context, live_server.url, scripted=scripted))
        return visitors[-1]

    yield come
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address common to all tests; the live server has its own."""
