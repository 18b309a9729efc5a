"""The style sheet's tokens: readable in both schemes, the same names, the built file up to date."""

import gzip
import re
from pathlib import Path

import pytest

from config.lib.colour import DARK_SURFACE, LIGHT_PAGE, brand_dark, brand_light, contrast, parse_hex, to_hex
from scripts.build_css import OUTPUT, build, dark_twice, source

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = ("tokens", "dark")

# Text on its ground, at least 4.5:1.
TEXT = [
    ("text", "page"), ("text", "surface"), ("text", "sunken"), ("text", "brand-tint"),
    ("muted", "page"), ("muted", "surface"), ("muted", "sunken"), ("muted", "brand-tint"),
    ("brand", "page"), ("brand", "surface"), ("brand", "sunken"), ("brand", "brand-tint"),
    ("on-brand", "brand"), ("on-brand", "brand-pressed"), ("brand-pressed", "surface"),
    ("on-bar", "bar"), ("on-danger", "danger"),
    ("strong-fg", "strong-bg"), ("good-fg", "good-bg"), ("warn-fg", "warn-bg"), ("bad-fg", "bad-bg"),
    ("info-fg", "info-bg"), ("neutral-fg", "neutral-bg"),
    ("text", "good-bg"), ("text", "warn-bg"), ("text", "bad-bg"), ("text", "info-bg"),
    ("bad-fg", "surface"), ("bad-fg", "page"), ("warn-fg", "surface"), ("warn-fg", "page"),
    ("good-fg", "surface"),
]  # fmt: skip
# Edges of controls and the focus ring, at least 3:1 (WCAG 1.4.11).
EDGES = [("line-strong", "surface"), ("line-strong", "page"), ("focus", "surface"), ("focus", "page"),
         ("danger", "surface"), ("danger", "page")]  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    """The colours that a source of tokens declares."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", source(scheme)))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_is_readable(scheme, front, ground):
    colours = tokens(scheme)
    assert contrast(parse_hex(colours[front]), parse_hex(colours[ground])) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "ground"), EDGES)
def test_edges_and_focus_are_seen(scheme, front, ground):
    colours = tokens(scheme)
    assert contrast(parse_hex(colours[front]), parse_hex(colours[ground])) >= 3


def test_both_schemes_name_the_same_colours():
    assert tokens("tokens").keys() == tokens("dark").keys()


def test_the_brand_is_derived_for_the_grounds_that_the_tokens_paint():
    light, dark = tokens("tokens"), tokens("dark")
    assert to_hex(LIGHT_PAGE) == light["page"]
    assert to_hex(DARK_SURFACE) == dark["surface"]
    for derived, declared in ((brand_light, light), (brand_dark, dark)):
        for name, colour in derived(parse_hex("#0f5c63")).items():
            assert declared[name] == to_hex(colour), name


def test_the_committed_style_sheet_is_the_built_one():
    assert OUTPUT.read_text(encoding="utf-8") == build(), "Run python scripts/build_css.py"


def test_every_variable_used_is_declared():
    roles = ("base", "frame", "frame-wide", "forms", "tables", "parts", "print")
    used = {name for role in roles for name in re.findall(r"var\((--[a-z-]+)", source(role))}
    declared = set(re.findall(r"(--[a-z-]+):", source("tokens")))
    assert used <= declared


def test_dark_serves_the_device_and_the_choice_but_never_paper():
    css = dark_twice(":root { --page: #000000; }")
    assert css.count("--page: #000000") == 2
    assert css.count("@media screen") == 2


def test_a_page_stays_light_on_the_wire():
    files = ["static/app.css", "static/js/app.js", "static/icons/sprite.svg"]
    assert sum(len(gzip.compress((ROOT / name).read_bytes())) for name in files) <= 50_000
