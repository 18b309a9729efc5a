"""Habits of the code that neither the linter nor the import contracts can see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpRequest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "documents", "orgunits", "skp", "assessments", "compliance")
# Entry points: here a request, a task or a command begins, and with it the instant that is passed down.
READS_THE_CLOCK = {
    "views", "views.py", "tasks.py", "middleware.py", "adapter.py", "management",
    "health.py", "context.py",
}  # fmt: skip
DATES = Path("config/lib/dates.py")
CLOCK = Path("config/lib/clock.py")


def sources() -> list[Path]:
    """The product's modules, relative to the root, without migrations."""
    found = [path for name in ("config", *APPS) for path in sorted((ROOT / name).rglob("*.py"))]
    return [path.relative_to(ROOT) for path in found if "migrations" not in path.parts]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path)))


def clock_readings(tree: Iterator[ast.AST]) -> list[int]:
    """Lines that take the floor's clock into a module or ask the system's."""
    lines = []
    for node in tree:
        match node:
            case ast.ImportFrom(module="config.lib.clock"):
                lines.append(node.lineno)
            case ast.ImportFrom(module="config.lib", names=names) if any(n.name == "clock" for n in names):
                lines.append(node.lineno)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="timezone" | "datetime"), attr="now" | "utcnow")
            ):
                lines.append(node.lineno)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="date" | "datetime"), attr="today")):
                lines.append(node.lineno)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="time" | "time_ns")):
                lines.append(node.lineno)
    return lines


def clock_copies(tree: Iterator[ast.AST]) -> list[int]:
    """Lines that bind a function of the floor's clock to a name of their own: such a module would keep
    the clock it met first, and a test that sets the clock would depend on the order of imports.
    """
    return [
        node.lineno for node in tree if isinstance(node, ast.ImportFrom) and node.module == "config.lib.clock"
    ]


def date_readings(tree: Iterator[ast.AST]) -> list[int]:
    """Lines that take the day off a datetime, in whatever zone it happens to be."""
    return [
        node.lineno
        for node in tree
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
    ]


def upward_tricks(tree: Iterator[ast.AST]) -> list[int]:
    """Lines that reach another app's models around the import contracts."""
    lines = []
    for node in tree:
        match node:
            case ast.Attribute(attr="get_model") | ast.Name(id="ContentType" | "GenericForeignKey"):
                lines.append(node.lineno)
            case ast.Call(func=ast.Name(id="receiver")):
                lines.append(node.lineno)
    return lines


def places(lines_by_path: dict[Path, list[int]]) -> list[str]:
    return [f"{path}:{line}" for path, lines in lines_by_path.items() for line in lines]


def test_the_detectors_see_what_they_look_for():
    text = """
from config.lib import clock
from config.lib.clock import now
from datetime import date, datetime
import time
a = datetime.now(UTC); b = date.today(); c = timezone.now(); d = time.time()
e = a.date()
f = apps.get_model("skp", "Skp")
@receiver(post_save)
def g(): ...
"""
    tree = ast.parse(text)
    assert clock_readings(ast.walk(tree)) == [2, 3, 6, 6, 6, 6]
    assert clock_copies(ast.walk(tree)) == [3]
    assert date_readings(ast.walk(tree)) == [7]
    assert sorted(upward_tricks(ast.walk(tree))) == [8, 9]


def test_only_entry_points_read_the_clock():
    inside = [path for path in sources() if not READS_THE_CLOCK & set(path.parts[1:3]) and path != CLOCK]
    assert len(inside) > 40
    assert places({path: clock_readings(nodes(path)) for path in inside}) == []


def test_everybody_asks_the_same_clock():
    assert places({path: clock_copies(nodes(path)) for path in sources()}) == []


def test_the_day_of_an_instant_is_read_in_one_place():
    others = [path for path in sources() if path != DATES]
    assert places({path: date_readings(nodes(path)) for path in others}) == []
    assert date_readings(nodes(DATES)) != []


def test_no_app_reaches_up_around_the_contracts():
    inside = [path for path in sources() if path.parts[0] in APPS]
    assert places({path: upward_tricks(nodes(path)) for path in inside}) == []


def test_services_and_rules_never_see_a_request():
    outer = {"views", "views.py", "middleware.py", "adapter.py", "forms", "forms.py", "urls.py"}
    inside = [p for p in sources() if p.parts[0] in APPS and not outer & set(p.parts[1:2])]
    found = {
        path: [
            node.lineno
            for node in nodes(path)
            if (isinstance(node, ast.arg) and node.arg == "request")
            or (isinstance(node, ast.Name) and node.id == HttpRequest.__name__)
        ]
        for path in inside
    }
    assert len(inside) > 40
    assert places(found) == []


def named_fields(condition: models.Q) -> Iterator[str]:
    """The fields that a constraint's condition speaks of."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from named_fields(child)
        elif isinstance(child, tuple):
            yield child[0].split("__")[0]


PAIRS = [
    pytest.param(model, name, f"{name[:-3]}_by", id=f"{model.__name__}.{name}")
    for model in apps.get_models()
    if model.__module__.split(".")[0] in APPS
    for name in sorted(field.name for field in model._meta.get_fields())
    if name.endswith("_at")
    and f"{name[:-3]}_by" in {field.name for field in model._meta.get_fields()}
    and model._meta.get_field(name).null
]


@pytest.mark.parametrize(("model", "at", "by"), PAIRS)
def test_when_and_by_whom_stand_together(model, at, by):
    """Both or neither, kept by the database; a time that is always there may lack a person: the system."""
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert any({at, by} <= set(named_fields(check.condition)) for check in checks)
