"""Colours: contrast by WCAG, and every regency's colour readable in both schemes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib.colour import (
    BLACK,
    DARK_SURFACE,
    LIGHT_PAGE,
    WHITE,
    brand_dark,
    brand_light,
    contrast,
    parse_hex,
    theme_css,
    to_hex,
)

channels = st.integers(min_value=0, max_value=255)
colours = st.tuples(channels, channels, channels)


def test_contrast_of_known_pairs():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert contrast(parse_hex("#767676"), WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast(WHITE, parse_hex("#767676")) == contrast(parse_hex("#767676"), WHITE)


@pytest.mark.parametrize("text", ["", "0f5c63", "#0f5c6", "#0f5c6g", "#0f5c63;}body{", "teal"])
def test_only_six_digit_colours_are_read(text):
    with pytest.raises(ValueError, match="#rrggbb"):
        parse_hex(text)


@given(colours)
def test_hex_goes_both_ways(colour):
    assert parse_hex(to_hex(colour)) == colour


@given(colours)
def test_any_colour_of_a_regency_is_readable_on_light_pages(colour):
    tokens = brand_light(colour)
    assert contrast(tokens["brand"], LIGHT_PAGE) >= 4.5
    assert contrast(tokens["brand"], WHITE) >= 4.5
    assert contrast(tokens["brand"], tokens["brand-tint"]) >= 4.5
    assert contrast(tokens["on-brand"], tokens["brand"]) >= 4.5
    assert contrast(tokens["on-brand"], tokens["brand-pressed"]) >= 4.5
    assert contrast(tokens["on-bar"], tokens["bar"]) >= 4.5


@given(colours)
def test_any_colour_of_a_regency_is_readable_on_dark_pages(colour):
    tokens = brand_dark(colour)
    assert contrast(tokens["brand"], DARK_SURFACE) >= 4.5
    assert contrast(tokens["brand"], tokens["brand-tint"]) >= 4.5
    assert contrast(tokens["on-brand"], tokens["brand"]) >= 4.5
    assert contrast(tokens["on-brand"], tokens["brand-pressed"]) >= 4.5
    assert contrast(tokens["on-bar"], tokens["bar"]) >= 4.5


def test_a_readable_colour_is_kept_as_the_regency_chose_it():
    assert to_hex(brand_light(parse_hex("#0f5c63"))["brand"]) == "#0f5c63"


def test_style_sheet_of_the_theme_serves_both_schemes_and_refuses_code():
    css = theme_css("#b71c1c")
    assert css.count("--brand:") == 3
    assert "prefers-color-scheme:dark" in css
    with pytest.raises(ValueError, match="#rrggbb"):
        theme_css("#fff;}*{display:none}")
