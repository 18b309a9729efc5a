"""Charts drawn by the server as SVG: labels at the marks, a text alternative, colours by class only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.lib.numbers import show_decimal, show_percent

WIDTH = 420
LEFT, RIGHT, TOP, BOTTOM = 32, 96, 16, 28
PLOT = 180
BAR, GAP, LABEL = 24, 10, 100
# A row of a distribution, its bar, and how many letters fit on a line of its label.
ROW, STACK, LETTERS, LINE = 66, 14, 48, 18
TONES = frozenset({"strong", "good", "warn", "bad", "neutral"})


@dataclass(frozen=True, slots=True)
class Point:
    """A share at a moment: where it stands, such as the day's number, its label below, percent 0–100.

    ``percent`` is None where there is none.
    """

    at: int
    label: str
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label, number and sentiment, one of TONES."""

    label: str
    value: int
    tone: str

    def __post_init__(self) -> None:
        if self.tone not in TONES or self.value < 0:
            raise ValueError(f"{self} needs a known tone and a number from 0.")


def line_chart(
    key: str, title: str, description: str, points: Sequence[Point], levels: Sequence[tuple[int, str]]
) -> SafeString:
    """A share over time on an axis from 0 to 100, oldest point first, with ``levels`` (percent, word).

    The first and the last point carry their number; ``key`` is unique on the page.
    """
    first = points[0].at if points else 0
    span = max(points[-1].at - first, 1) if points else 1
    step = Decimal(WIDTH - LEFT - RIGHT) / span
    known = [
        (LEFT + step * (point.at - first), _height(point.percent), point)
        for point in points
        if point.percent is not None
    ]
    marks = [_level(percent, word) for percent, word in [(0, ""), *levels, (100, "")]]
    line = format_html(
        '<polyline class="chart__line" points="{}"/>', " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in known)
    )
    # One point alone is both; it is told once.
    told = [(known[-1], "start")] if known else []
    if len(known) > 1:
        told.append((known[0], "middle"))
    dots = [_dot(*place, anchor) for place, anchor in told]
    return _svg(key, title, description, TOP + PLOT + BOTTOM, [*marks, line, *dots])


def _height(percent: Decimal | None) -> Decimal:
    return TOP + PLOT - (percent or Decimal(0)) * PLOT / 100


def _level(percent: int, word: str) -> SafeString:
    y = _height(Decimal(percent))
    return format_html(
        '<line class="chart__level" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="chart__muted" x="{}" y="{}" text-anchor="end">{}</text>'
        '<text class="chart__muted" x="{}" y="{}">{}</text>',
        LEFT, WIDTH - RIGHT, f"{y:.1f}", f"{y:.1f}", LEFT - 6, f"{y + 4:.1f}", percent,
        WIDTH - RIGHT + 8, f"{y + 4:.1f}", word,
    )  # fmt: skip


def _dot(x: Decimal, y: Decimal, point: Point, anchor: str) -> SafeString:
    number = show_percent(point.percent)
    # Below the top edge there is room above the dot only from one line's height on.
    above = y - 10 if y > TOP + 14 else y + 20
    return format_html(
        '<circle class="chart__dot" cx="{}" cy="{}" r="4"/>'
        '<text class="chart__value" x="{}" y="{}" text-anchor="{}">{}</text>'
        '<text class="chart__muted" x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{x:.1f}", f"{y:.1f}", f"{x:.1f}", f"{above:.1f}", "end" if anchor == "start" else "start", number,
        f"{x:.1f}", TOP + PLOT + 20, point.label,
    )  # fmt: skip


def bar_chart(key: str, title: str, description: str, bars: Sequence[Bar]) -> SafeString:
    """Numbers side by side as horizontal bars, the longest over the whole width."""
    most = max((bar.value for bar in bars), default=0) or 1
    room = WIDTH - LABEL - 60
    drawn = [_bar(number, bar, Decimal(bar.value * room) / most) for number, bar in enumerate(bars)]
    return _svg(key, title, description, len(bars) * (BAR + GAP), drawn)


def _bar(number: int, bar: Bar, length: Decimal) -> SafeString:
    top = number * (BAR + GAP) + GAP // 2
    middle = top + BAR // 2 + 5
    return format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="chart__bar chart__bar--{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="chart__value" x="{}" y="{}">{}</text>',
        LABEL - 10, middle, bar.label, bar.tone, LABEL, top, f"{length:.1f}", BAR,
        f"{LABEL + length + 8:.1f}", middle, show_decimal(Decimal(bar.value)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranged:
    """A share beside the range in which it is asked to lie, all in percent 0–100.

    ``lines``: its label, a line each; ``percent`` is None where there is none.
    """

    lines: tuple[str, ...]
    percent: Decimal | None
    low: int
    high: int


def range_chart(key: str, title: str, description: str, columns: Sequence[Ranged]) -> SafeString:
    """Shares as a line over the ranges asked of them, drawn as bands; one that is not bound has no band."""
    room = Decimal(WIDTH - LEFT) / max(len(columns), 1)
    centres = [LEFT + room * (2 * number + 1) / 2 for number in range(len(columns))]
    parts = [_grid(percent) for percent in (0, 50, 100)]
    parts += [_band(x, room, column) for x, column in zip(centres, columns, strict=True)]
    known = [(x, c, c.percent) for x, c in zip(centres, columns, strict=True) if c.percent is not None]
    places = " ".join(f"{x:.1f},{_height(percent):.1f}" for x, _, percent in known)
    parts.append(format_html('<polyline class="chart__line" points="{}"/>', places))
    parts += [_mark(x, percent) for x, _, percent in known]
    parts += [_below(x, c.lines) for x, c in zip(centres, columns, strict=True)]
    lines = max((len(column.lines) for column in columns), default=1)
    return _svg(key, title, description, TOP + PLOT + 8 + 16 * lines, parts)


def _grid(percent: int) -> SafeString:
    y = _height(Decimal(percent))
    return format_html(
        '<line class="chart__level" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="chart__muted" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT, WIDTH, f"{y:.1f}", f"{y:.1f}", LEFT - 6, f"{y + 4:.1f}", percent,
    )  # fmt: skip


def _band(x: Decimal, room: Decimal, column: Ranged) -> SafeString:
    if (column.low, column.high) == (0, 100):
        return SafeString("")
    top, foot = _height(Decimal(column.high)), _height(Decimal(column.low))
    # A class that nobody may be in still shows where it is allowed to lie.
    return format_html(
        '<rect class="chart__band" x="{}" y="{}" width="{}" height="{}"/>',
        f"{x - room * 2 / 5:.1f}", f"{top:.1f}", f"{room * 4 / 5:.1f}", f"{max(foot - top, Decimal(3)):.1f}",
    )  # fmt: skip


def _mark(x: Decimal, percent: Decimal) -> SafeString:
    y = _height(percent)
    above = y - 10 if y > TOP + 14 else y + 20
    return format_html(
        '<circle class="chart__dot" cx="{}" cy="{}" r="4"/>'
        '<text class="chart__value" x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{x:.1f}", f"{y:.1f}", f"{x:.1f}", f"{above:.1f}", show_percent(percent),
    )  # fmt: skip


def _below(x: Decimal, lines: Sequence[str]) -> SafeString:
    return format_html_join(
        "",
        '<text class="chart__muted" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((f"{x:.1f}", TOP + PLOT + 20 + 15 * number, line) for number, line in enumerate(lines)),
    )


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of a distribution: its label, and its parts as bars that together are the whole."""

    label: str
    parts: tuple[Bar, ...]


def stack_chart(key: str, title: str, description: str, stacks: Sequence[Stack]) -> SafeString:
    """How each whole divides, one row each over the whole width; the parts are named below, best first."""
    drawn, top = [], 0
    for stack in stacks:
        lines = wrap(stack.label, LETTERS) or [""]
        drawn.append(_label(lines, top))
        top += LINE * (len(lines) - 1)
        drawn.append(_stack(stack, top))
        top += ROW
    return _svg(key, title, description, top, drawn)


def _label(lines: Sequence[str], top: int) -> SafeString:
    return format_html_join(
        "",
        '<text class="chart__value" x="0" y="{}">{}</text>',
        ((top + 16 + LINE * number, line) for number, line in enumerate(lines)),
    )


def _stack(stack: Stack, top: int) -> SafeString:
    whole = sum(part.value for part in stack.parts) or 1
    x = Decimal(0)
    bars = []
    for part in stack.parts:
        width = Decimal(part.value * WIDTH) / whole
        bars.append((part.tone, f"{x:.1f}", top + 22, f"{width:.1f}", STACK))
        x += width
    told = " · ".join(
        f"{part.label} {show_decimal(Decimal(part.value))}" for part in stack.parts if part.value
    )
    return format_html(
        '{}<text class="chart__muted" x="0" y="{}">{}</text>',
        format_html_join(
            "",
            '<rect class="chart__bar chart__bar--{}" x="{}" y="{}" width="{}" height="{}"/>',
            bars,
        ),
        top + 22 + STACK + 15,
        told,
    )


def _svg(key: str, title: str, description: str, height: int, parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="chart__drawing" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        WIDTH, height, key, key, key, title, key, description,
        format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip
