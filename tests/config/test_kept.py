"""Rows that are rendered once for the same values: never another person's, never an old one."""

from dataclasses import dataclass, replace

import pytest

from compliance.rules import Counts
from config.templatetags.kept import kept


@dataclass(frozen=True)
class Row:
    name: str
    counts: Counts


@dataclass(frozen=True)
class Shown:
    row: Row
    numbers: tuple[tuple[int, str], ...]


SHOWN = Shown(Row("Dinas <Satu>", Counts(4, 3)), ((4, "?opd=1"), (0, "")))


def test_the_same_values_give_the_same_row():
    first = kept("compliance/_unit_row.html", shown=SHOWN)
    assert kept("compliance/_unit_row.html", shown=replace(SHOWN)) is first
    assert "Dinas &lt;Satu&gt;" in first
    assert "75,0" in first


def test_another_value_gives_another_row():
    first = kept("compliance/_unit_row.html", shown=SHOWN)
    other = kept("compliance/_unit_row.html", shown=replace(SHOWN, row=Row("Dinas <Satu>", Counts(4, 4))))
    assert "100,0" in other
    assert "75,0" in first


def test_what_can_change_is_refused(people):
    with pytest.raises(TypeError):
        kept("compliance/_unit_row.html", shown=[1])
    with pytest.raises(TypeError, match="Employee"):
        kept("components/person.html", name=people.owner.employee)
