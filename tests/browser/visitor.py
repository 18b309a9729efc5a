"""Somebody at a screen: reads and types by what stands there, and notices what a page does wrong."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

# Only the faults come back: what passes is ten times as much.
RUN_AXE = "options => axe.run(options).then(results => results.violations)"
# WCAG 2.2 AA, with the size of targets, which axe leaves off unless asked.
EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
# Chromium says this of every answer that is not 200; the answers themselves are judged below.
NOT_OK = "Failed to load resource: the server responded with a status of"

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What the browser says when a page went away while a script asked it, and how often that may happen.
GONE = ("axe is not defined", "Execution context was destroyed", "Cannot read properties of null")
REPLACED = 3


class Visitor:
    """A page in a context of its own; ``faults`` collects what no page may do."""

    def __init__(self, context: BrowserContext, address: str, *, scripted: bool = True) -> None:
        self.address = address
        self.scripted = scripted
        self.faults: list[str] = []
        self.context = context
        context.set_default_timeout(10_000)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        self.page: Page = context.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOT_OK):
            self.faults.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"request to {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status} for {response.url}")

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address of the product and expect its answer."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"

    @property
    def path(self) -> str:
        """Where the page is now."""
        return urlsplit(self.page.url).path

    def go(self, place: str) -> None:
        """Choose a place of the product, in the menu where the screen has no room for it."""
        shown = self.page.get_by_role("link", name=place, exact=True).filter(visible=True)
        if not shown.count():
            self.page.locator("details.menu > summary").click()
        with self.page.expect_navigation():
            shown.first.click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button, and wait for the page that answers."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name, exact=True).filter(visible=True).click()

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow the link with this text."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name).filter(visible=True).click()

    def field(self, label: str) -> Locator:
        """The fields with this label, with or without the remark that they may stay empty."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+\(boleh kosong\))?\s*$"))

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose an option by its words."""
        self.field(label).select_option(label=option)

    def sees(self, text: str) -> None:
        """Expect this text somewhere in the content, visible."""
        expect(self.page.locator("main").get_by_text(text).filter(visible=True).first).to_be_visible()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the form."""
        self.open("/akun/masuk/")
        self.fill("NIP", username)
        self.fill("Kata sandi", password)
        self.press("Masuk")

    def _ask_axe(self, rules: dict[str, object]) -> list[dict[str, Any]]:
        """The faults on the page that stands."""

        def ask() -> list[dict[str, Any]]:
            if self.page.evaluate("typeof axe") == "undefined":
                self.page.evaluate(AXE_SCRIPT)
            return list(self.page.evaluate(RUN_AXE, rules))

        return self._at_rest(ask)

    def _at_rest(self, ask: Callable[[], Any]) -> Any:
        """What a script answers; asked again where a slow answer has just replaced the page."""
        for _ in range(REPLACED):
            self.page.wait_for_load_state()
            try:
                return ask()
            except Error as error:
                if not any(words in str(error) for words in GONE):
                    raise
        raise AssertionError(f"{self.path} does not come to rest")

    def inspect(self) -> None:
        """The page fits the screen and has no fault that axe finds, in light and in dark."""
        found = self.problems()
        assert not found, "\n".join(found)

    def problems(self) -> list[str]:
        """What is wrong with the page as it stands: too wide, or a fault that axe finds.

        Both are asked by script: without it nothing is found.
        """
        found: list[str] = []
        if not self.scripted:
            return found
        if self._at_rest(lambda: self.page.evaluate(TOO_WIDE)):
            found.append(f"{self.path} scrolls sideways")
        for scheme, rules in (("light", EVERY_RULE), ("dark", COLOURS)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for fault in self._ask_axe(rules):
                places = "  ".join(node["html"] for node in fault["nodes"][:3])
                found.append(f"{self.path} in {scheme}: {fault['id']}: {places}")
        self.page.emulate_media(color_scheme="light")
        return found
