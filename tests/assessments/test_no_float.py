"""Scores are decimal from the file to the page: no float may enter by literal, name or import."""

import ast
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import assessments.json_fields
import assessments.schemes
import assessments.score_input
from assessments.schemes.numeric import numeric_score
from tests.assessments.plans import worked_example

SOURCES = [
    *sorted(Path(assessments.schemes.__path__[0]).glob("*.py")),
    Path(assessments.score_input.__file__),
    Path(assessments.json_fields.__file__),
]


def floats_in(source: str) -> list[str]:
    """What in ``source`` makes, names or imports floats."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node, ast.Name) and node.id == "float":
            found.append(f"line {node.lineno}: float")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            found += [f"line {node.lineno}: {name}" for name in names & {"math", "statistics", "random"}]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_rules_name_no_float(path: Path) -> None:
    assert floats_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["x = 0.7", "x = float(y)", "import math", "from statistics import mean"])
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert len(floats_in(source)) == 1


def _leaves(value: object) -> list[object]:
    if is_dataclass(value):
        return [leaf for item in fields(value) for leaf in _leaves(getattr(value, item.name))]
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def test_a_score_holds_no_float() -> None:
    leaves = _leaves(numeric_score(worked_example()))

    assert sum(isinstance(leaf, Decimal) for leaf in leaves) > 20
    assert not any(isinstance(leaf, float) for leaf in leaves)
