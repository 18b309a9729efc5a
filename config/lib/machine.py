"""Transition tables: which move is legal from which state, by whom, bound by which stage.

An app's ``workflow.py`` holds one table; services, templates and tests read the same one.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

S = TypeVar("S", bound=Enum)
A = TypeVar("A", bound=Enum)
P = TypeVar("P", bound=Enum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S, P]):
    """One row of a transition table.

    ``target``: the state afterwards; ``by``: the parties who may make the move;
    ``stage``: the name of the window that binds it, None when no window does;
    ``before_opening``: whether only the window's close binds it, so that it may be made earlier too;
    ``days_after``: the period setting that says how many days after the window it still may be made;
    ``note_required``: whether the actor must say why.
    """

    target: S
    by: frozenset[P]
    stage: str | None = None
    days_after: str = ""
    before_opening: bool = False
    note_required: bool = False
