"""docs/scoring.md states nothing that the code does not compute."""

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments.enums import Category, NationalPredicate, Rating
from assessments.schemes.achievement import indicator_achievement, indicator_category
from assessments.schemes.arithmetic import printed
from assessments.schemes.ja_jf import result_points, result_value_ja_jf
from assessments.schemes.jpt import jpt_value
from assessments.schemes.quadrant import quadrant_score
from assessments.yearly import DeliveredScore, YearPart, year_outcome
from skp.enums import Regime
from tests.assessments.plans import indicator

PAGE = (Path(settings.BASE_DIR) / "docs" / "scoring.md").read_text(encoding="utf-8")
BY_LABEL = {category.label: category for category in Category}


def table(name: str) -> list[list[str]]:
    """The rows of the table after the comment that names it."""
    match = re.search(rf"<!-- table: {name} -->\n\n((?:\|.*\n)+)", PAGE)
    assert match is not None
    _head, _rule, *rows = match[1].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def examples() -> list[tuple[str, dict[str, str]]]:
    """Each JSON input with the JSON answer that follows it."""
    blocks = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    return [(given, json.loads(answer)) for given, answer in zip(blocks[::2], blocks[1::2], strict=True)]


def calculated(given: str, tmp_path: Path) -> dict[str, object]:
    file = tmp_path / "example.json"
    file.write_text(given, encoding="utf-8")
    out = io.StringIO()
    call_command("calculate_score", str(file), stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


@pytest.mark.parametrize(("realisation", "target", "direction", "percent", "category"), table("achievement"))
def test_achievement_table(
    realisation: str, target: str, direction: str, percent: str, category: str
) -> None:
    low, _, high = target.partition("–")
    achievement = indicator_achievement(
        indicator(realisation, low, high or low, special=direction == "special")
    )

    assert (str(printed(achievement)), indicator_category(achievement).label) == (percent, category)


@pytest.mark.parametrize(("percent", "value"), table("jpt"))
def test_jpt_table(percent: str, value: str) -> None:
    assert str(printed(jpt_value(Decimal(percent)))) == value


@pytest.mark.parametrize(("indicators", "points", "category", "value"), table("points"))
def test_points_table(indicators: str, points: str, category: str, value: str) -> None:
    categories = [BY_LABEL[label] for label in indicators.split(", ")]

    assert result_points(categories) == Decimal(points)
    assert result_value_ja_jf(categories) == (BY_LABEL[category], Decimal(value))


def test_quadrant_table() -> None:
    rows = table("quadrant")

    assert {(results, behaviour) for results, behaviour, _, _ in rows} == {
        (a, b) for a in Rating for b in Rating
    }
    for results, behaviour, national, four in rows:
        score = quadrant_score(Rating(results), Rating(behaviour))
        assert (score.national.label, score.four.label) == (national, four)


@pytest.mark.parametrize(("until", "first", "second", "weights", "final", "national"), table("year"))
def test_year_table(until: str, first: str, second: str, weights: str, final: str, national: str) -> None:
    def score(text: str) -> DeliveredScore:
        number, _, word = text.partition(", ")
        [predicate] = [one for one in NationalPredicate if one.label == word]
        return DeliveredScore(1, predicate, Decimal(number))

    border = date.fromisoformat(until)
    outcome = year_outcome(
        [
            YearPart(1, date(2026, 1, 1), border, score(first)),
            YearPart(2, border, date(2027, 1, 1), score(second)),
        ],
        Regime.NUMERIC,
    )

    assert " : ".join(str(weight) for weight in outcome.weights) == weights
    assert str(outcome.final) == final
    assert outcome.national is not None
    assert outcome.national.label == national


@pytest.mark.parametrize(("given", "expected"), examples())
def test_worked_examples(given: str, expected: dict[str, str], tmp_path: Path) -> None:
    answer = calculated(given, tmp_path)

    assert {key: answer[key] for key in expected} == expected


def test_the_same_plan_with_sixty_forty(tmp_path: Path) -> None:
    given, _ = examples()[-1]
    answer = calculated(given.replace("70/30", "60/40"), tmp_path)

    assert f"the final score of the same plan is {answer['final']}." in PAGE
    assert answer["final"] == "107.76"
