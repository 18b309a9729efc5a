"""Delivering many results: a transaction and a verdict for each (rules.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assessments.services.delivery import assessment_deliver
from config.lib.errors import DomainError
from orgunits.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score as the appraiser was shown it: what is delivered is this version of the assessment."""

    skp_id: int
    version: int


@dataclass(frozen=True, slots=True)
class DeliveryVerdict:
    """What became of one result; ``text`` is empty when it was delivered, else the refusal."""

    skp_id: int
    delivered: bool
    text: str = ""


def assessments_deliver(
    *, actor: Viewer, shown: Iterable[ShownScore], now: datetime
) -> list[DeliveryVerdict]:
    """Deliver each result on its own; one that is refused leaves the others delivered."""
    return [_deliver(actor, score, now) for score in shown]


def _deliver(actor: Viewer, score: ShownScore, now: datetime) -> DeliveryVerdict:
    try:
        assessment_deliver(actor=actor, skp_id=score.skp_id, version=score.version, now=now)
    except DomainError as error:
        return DeliveryVerdict(score.skp_id, False, str(error))
    return DeliveryVerdict(score.skp_id, True)
