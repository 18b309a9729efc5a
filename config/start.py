"""The start page's cards, composed by asking each app for its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.selectors.assessments import start_cards as assessment_cards
from assessments.selectors.requests import request_cards
from assessments.selectors.results import result_cards
from compliance.selectors.cards import start_cards as board_cards
from config.lib.cards import Card, Section, in_order
from orgunits.selectors.cards import start_cards as organisation_cards
from orgunits.viewer import Viewer
from skp.selectors.cascade_cards import start_cards as cascade_cards
from skp.selectors.mine import start_cards as plan_cards
from skp.selectors.periods import start_cards as period_cards

Source = Callable[[Viewer, datetime], Sequence[Card]]

# The ``start_cards`` of each app's selectors: one's own result first, then lower apps first.
SOURCES: tuple[Source, ...] = (
    result_cards,
    organisation_cards,
    period_cards,
    plan_cards,
    cascade_cards,
    assessment_cards,
    request_cards,
    board_cards,
)


@dataclass(frozen=True, slots=True)
class Start:
    """The three parts of the start page."""

    tasks: tuple[Card, ...]
    running: tuple[Card, ...]
    numbers: tuple[Card, ...]


def start_for(viewer: Viewer, now: datetime, sources: Sequence[Source] = SOURCES) -> Start:
    """The cards of ``viewer`` from all apps: tasks by deadline, then what runs, then numbers."""
    cards = [card for source in sources for card in source(viewer, now)]
    return Start(*(in_order(cards, section) for section in Section))
