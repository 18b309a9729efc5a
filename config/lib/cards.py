"""Cards of the start page: plain values that every app composes from its own rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

LATEST = datetime.max.replace(tzinfo=UTC)


class Section(StrEnum):
    """Where a card stands: something to do, something under way, or a number to know."""

    TASK = "task"
    RUNNING = "running"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Card:
    """One card. A task has one ``verb`` (the button's text); a number has its ``figure`` as text.

    ``due_at``: until when, None for no deadline; ``tone``: "", "warn" or "bad".
    """

    title: str
    body: str = ""
    verb: str = ""
    url: str = ""
    due_at: datetime | None = None
    tone: str = ""
    section: Section = Section.TASK
    figure: str = ""

    def __post_init__(self) -> None:
        if self.section is Section.TASK and not (self.verb and self.url):
            raise ValueError(f"The task {self.title!r} needs a verb and an address.")
        if self.section is Section.NUMBER and not self.figure:
            raise ValueError(f"The number {self.title!r} needs its figure.")


def in_order(cards: Iterable[Card], section: Section) -> tuple[Card, ...]:
    """The cards of a section, nearest deadline first; equal ones keep their order, open-ended come last."""
    return tuple(sorted((c for c in cards if c.section is section), key=lambda card: card.due_at or LATEST))
