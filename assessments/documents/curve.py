"""The pattern of distribution that goes with a unit's achievement, as the small curve of the form. Pure.

The forms of SE MenPANRB 3/2023 draw a shape, not numbers: heights follow which predicate is the largest
class, and which ones must be there (rules.md §5.6).
"""

from collections.abc import Mapping

from assessments.enums import OrgPerformance

# From Sangat Kurang to Sangat Baik, in percent of the curve's height.
SHAPES: Mapping[OrgPerformance, tuple[int, int, int, int, int]] = {
    OrgPerformance.OUTSTANDING: (4, 8, 18, 48, 96),
    OrgPerformance.GOOD: (6, 18, 40, 96, 50),
    OrgPerformance.NEEDS_IMPROVEMENT: (14, 44, 96, 44, 12),
    OrgPerformance.POOR: (44, 96, 44, 18, 8),
    OrgPerformance.VERY_POOR: (96, 50, 20, 8, 2),
}
WIDTH, HEIGHT = 100, 30


def curve_path(performance: OrgPerformance) -> str:
    """The ``d`` of an SVG path in a box of WIDTH by HEIGHT, flat at each class, rising or falling between."""
    heights = SHAPES[performance]
    step = WIDTH / (len(heights) - 1)
    points = [(index * step, HEIGHT - height * HEIGHT / 100) for index, height in enumerate(heights)]
    first, *rest = points
    parts = [f"M {first[0]:g} {first[1]:g}"]
    for (x, y), (next_x, next_y) in zip(points, rest, strict=False):
        middle = (x + next_x) / 2
        parts.append(f"C {middle:g} {y:g} {middle:g} {next_y:g} {next_x:g} {next_y:g}")
    return " ".join(parts)
