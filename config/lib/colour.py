"""Colours as numbers: contrast by WCAG 2.2, and a regency's colour made readable on light and dark.

A regency chooses one colour; every colour derived from it keeps the contrast that text needs,
whatever was chosen, so the setting can't make a page unreadable.
"""

import colorsys
import re
from collections.abc import Mapping

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
LIGHT_PAGE: Rgb = (244, 246, 246)
DARK_SURFACE: Rgb = (27, 35, 37)
STEPS = 50
CALM_SATURATION = 0.45


def parse_hex(text: str) -> Rgb:
    """The colour written as "#rrggbb"; raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"A colour is written as #rrggbb, not {text!r}.")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def to_hex(colour: Rgb) -> str:
    """ "#rrggbb" in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white), WCAG 2.2 definition."""
    linear = []
    for channel in colour:
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Rgb, towards: Rgb, share: float) -> Rgb:
    """``colour`` moved towards another by ``share``, 0 (unchanged) to 1 (the other)."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, towards, strict=True))
    return red, green, blue


def readable(colour: Rgb, on: Rgb, towards: Rgb, minimum: float) -> Rgb:
    """The nearest shade of ``colour`` with at least ``minimum`` contrast on ``on``.

    ``towards`` is BLACK or WHITE, the end looked at; hue stays, and a lightened shade is
    calmed so that no neon comes out of a deep colour.
    """
    if contrast(colour, on) >= minimum:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    goal = 1.0 if towards == WHITE else 0.0
    if towards == WHITE:
        saturation = min(saturation, CALM_SATURATION)
    for step in range(STEPS):
        lifted = lightness + (goal - lightness) * step / STEPS
        red, green, blue = (round(channel * 255) for channel in colorsys.hls_to_rgb(hue, lifted, saturation))
        if contrast((red, green, blue), on) >= minimum:
            return red, green, blue
    return towards


def brand_light(colour: Rgb) -> Mapping[str, Rgb]:
    """The brand's tokens on light pages: for text and buttons, on them, pressed, as a tint, as the bar."""
    brand = readable(colour, LIGHT_PAGE, BLACK, 5.5)
    return {
        "brand": brand,
        "on-brand": WHITE,
        "brand-pressed": mix(brand, BLACK, 0.22),
        "brand-tint": mix(brand, WHITE, 0.91),
        "bar": readable(colour, WHITE, BLACK, 6.5),
        "on-bar": WHITE,
    }


def brand_dark(colour: Rgb) -> Mapping[str, Rgb]:
    """The brand's tokens on dark pages."""
    brand = readable(colour, DARK_SURFACE, WHITE, 7.0)
    return {
        "brand": brand,
        "on-brand": readable(mix(brand, BLACK, 0.8), brand, BLACK, 7.0),
        "brand-pressed": mix(brand, WHITE, 0.25),
        "brand-tint": mix(DARK_SURFACE, brand, 0.14),
        "bar": readable(mix(colour, BLACK, 0.45), WHITE, BLACK, 10.0),
        "on-bar": WHITE,
    }


def _declarations(tokens: Mapping[str, Rgb]) -> str:
    return "".join(f"--{name}:{to_hex(colour)};" for name, colour in tokens.items())


def theme_css(colour: str) -> str:
    """The brand's tokens of both schemes for the colour "#rrggbb", as a style sheet; raises ValueError."""
    parsed = parse_hex(colour)
    light, dark = _declarations(brand_light(parsed)), _declarations(brand_dark(parsed))
    return (
        f"@media screen{{:root{{{light}}}}}\n"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}\n'
    )
