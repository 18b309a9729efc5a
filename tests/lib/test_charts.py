"""Charts: marks where the numbers are, labels, a text alternative, nothing inline."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from config.lib.charts import (
    PLOT,
    TOP,
    WIDTH,
    Bar,
    Point,
    Ranged,
    Stack,
    bar_chart,
    line_chart,
    range_chart,
    stack_chart,
)

LEVELS = ((90, "Memuaskan"), (75, "Baik"), (50, "Buruk"))


def drawn(svg: str) -> ElementTree.Element:
    """The drawing as XML, which it must be."""
    return ElementTree.fromstring(svg)


def line(*shares: str | None) -> str:
    points = [Point(n, f"{n} Jan", share and Decimal(share)) for n, share in enumerate(shares, 1)]
    return line_chart("tren", "Tren", "Dari sedikit menjadi banyak.", points, LEVELS)


def heights(svg: str) -> list[float]:
    points = drawn(svg).find("polyline").get("points").split()
    return [float(point.split(",")[1]) for point in points]


def test_a_share_stands_at_its_height():
    assert heights(line("0", "100", "50")) == [TOP + PLOT, TOP, TOP + PLOT / 2]


def test_a_missing_share_is_left_out_and_not_zero():
    assert heights(line("100", None, "50")) == [TOP, TOP + PLOT / 2]


def test_points_stand_apart_by_their_days():
    points = [Point(at, str(at), Decimal(50)) for at in (10, 11, 14)]
    places = drawn(line_chart("tren", "", "", points, ())).find("polyline").get("points").split()
    first, second, third = (float(place.split(",")[0]) for place in places)
    assert round((third - first) / (second - first), 1) == 4


def test_first_and_last_carry_their_numbers_and_days():
    texts = [text.text for text in drawn(line("12.34", "50", "92.35")).iter("text")]
    assert "12,3\N{NO-BREAK SPACE}%" in texts
    assert "92,4\N{NO-BREAK SPACE}%" in texts or "92,3\N{NO-BREAK SPACE}%" in texts
    assert {"1 Jan", "3 Jan"} <= set(texts)
    assert "2 Jan" not in texts
    assert {"Memuaskan", "Baik", "Buruk", "90", "75", "50"} <= set(texts)


@pytest.mark.parametrize("shares", [(), (None,), ("40",)])
def test_few_points_are_drawn_too(shares):
    circles = list(drawn(line(*shares)).iter("circle"))
    assert len(circles) == len([share for share in shares if share])


def test_bars_are_as_long_as_their_numbers():
    svg = bar_chart(
        "sebaran", "Sebaran", "Dua.", [Bar("Baik", 10, "good"), Bar("Buruk", 5, "warn"), Bar("–", 0, "bad")]
    )
    widths = [float(rect.get("width")) for rect in drawn(svg).iter("rect")]
    assert widths[0] == 2 * widths[1]
    assert widths[2] == 0
    assert [text.text for text in drawn(svg).iter("text")] == ["Baik", "10", "Buruk", "5", "–", "0"]


def test_the_parts_of_a_whole_fill_its_row_and_are_named_below():
    whole = (Bar("Baik", 3, "good"), Bar("Buruk", 1, "warn"), Bar("Belum", 0, "neutral"))
    svg = stack_chart(
        "bagian", "Sebaran", "Empat.", [Stack("Dinas " + "panjang " * 9, whole), Stack("Kosong", ())]
    )
    bars = list(drawn(svg).iter("rect"))
    assert [float(bar.get("width")) for bar in bars] == [WIDTH * 0.75, WIDTH * 0.25, 0]
    assert [float(bar.get("x")) for bar in bars] == [0, WIDTH * 0.75, WIDTH]
    label, rest, told, other, nothing = (text.text for text in drawn(svg).iter("text"))
    assert told == "Baik 3 · Buruk 1"
    # A long name goes on below, whole, and the bars stand beneath it.
    assert f"{label} {rest}".split() == ["Dinas", *["panjang"] * 9]
    assert (other, nothing) == ("Kosong", None)
    tops = [float(bar.get("y")) for bar in bars]
    assert tops[0] > float(list(drawn(svg).iter("text"))[1].get("y"))


def test_the_text_alternative_is_bound_and_nothing_is_inline():
    svg = line("1", "2")
    root = drawn(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "tren-title tren-desc"
    assert root.find("title").text == "Tren"
    assert root.find("desc").text == "Dari sedikit menjadi banyak."
    assert not re.search(r"style\s*=|<style|<script|\son\w+=", svg)


def test_names_are_escaped():
    svg = bar_chart("x", "<b>", "a & b", [Bar('"><script>', 1, "good")])
    assert "<script>" not in svg
    assert drawn(svg).find("title").text == "<b>"


@pytest.mark.parametrize(("value", "tone"), [(1, "green"), (-1, "good")])
def test_a_bar_without_sense_is_refused(value, tone):
    with pytest.raises(ValueError, match="Bar"):
        Bar("Baik", value, tone)


def test_a_range_is_a_band_and_the_shares_a_line():
    columns = [
        Ranged(("Sangat", "Baik"), Decimal(20), 0, 10),
        Ranged(("Baik",), Decimal(80), 0, 100),
        Ranged(("Kurang",), None, 60, 100),
        Ranged(("Buruk",), Decimal(0), 0, 0),
    ]
    drawing = drawn(range_chart("pola", "Pola", "Sangat Baik 20 %.", columns))
    bands = [(float(band.get("y")), float(band.get("height"))) for band in drawing.findall("rect")]
    # A tenth at the foot, the upper two fifths, and a class in which nobody may be.
    assert bands == [(TOP + PLOT * 0.9, PLOT * 0.1), (TOP, PLOT * 0.4), (TOP + PLOT, 3.0)]
    places = drawing.find("polyline").get("points").split()
    assert [float(place.split(",")[1]) for place in places] == [
        TOP + PLOT * 0.8,
        TOP + PLOT * 0.2,
        TOP + PLOT,
    ]
    texts = [text.text for text in drawing.findall("text")]
    assert {"Sangat", "Baik", "Kurang", "20,0\N{NO-BREAK SPACE}%", "0,0\N{NO-BREAK SPACE}%"} <= set(texts)
