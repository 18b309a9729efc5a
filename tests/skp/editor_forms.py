"""The editor's forms as a browser without script sends them."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

RESULT = {
    "text": "Tersusunnya rekap data bulanan",
    "kind": "main",
    "parent_id": "",
    "cascade_method": "direct",
    "scope": "1",
    "i0-aspect": "quantity",
    "i0-text": "Jumlah rekap yang selesai",
    "i0-target_min": "1.250,5",
    "i0-target_max": "",
    "i0-unit": "rekap",
    "i0-direction": "normal",
}


@dataclass
class Form:
    """Where a form is sent and what it holds."""

    action: str
    values: dict[str, str]


class _Reader(HTMLParser):
    """Collects the fields of the form with one id."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.inside = wanted, False
        self.form = Form("", {})
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("id") == self.wanted:
            self.inside, self.form.action = True, given.get("action") or ""
        if not self.inside:
            return
        name = given.get("name") or ""
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.form.values[name] = given.get("value") or ""
        elif tag == "textarea":
            self.area, self.form.values[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.form.values):
            self.form.values[self.select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.form.values[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def fields_of(answer: Any, form: str = "bagian") -> Form:
    """The form of the open section with everything a browser would send back."""
    reader = _Reader(form)
    reader.feed(answer.content.decode())
    assert reader.form.action, answer.content.decode()
    return reader.form
