"""Behaviour in regime ``numeric`` (PP 30/2019, PermenPANRB 8/2021); all values 0–120."""

from collections.abc import Sequence
from decimal import Decimal

from assessments.schemes.arithmetic import ZERO, mean
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from config.lib.errors import DomainError, Incomplete

HIGHEST = Decimal(120)


def aspect_value(
    superior: Sequence[Decimal],
    peers: Sequence[Decimal],
    subordinates: Sequence[Decimal],
    settings: ScoringSettings = DEFAULTS,
) -> Decimal:
    """One aspect from the opinions of three groups, each averaged first, unrounded.

    A group without opinions spreads its weight over the others in proportion; raises Incomplete when all
    are without, DomainError on a value outside 0–120.
    """
    groups = (
        (superior, settings.superior_opinion),
        (peers, settings.peers_opinion),
        (subordinates, settings.subordinates_opinion),
    )
    heard = [(_bounded(values), weight) for values, weight in groups if values]
    if not heard:
        raise Incomplete("Nilai perilaku kerja belum ada.")
    weights = sum((weight for _, weight in heard), ZERO)
    return sum((mean(values) * weight for values, weight in heard), ZERO) / weights


def behaviour_value(aspects: Sequence[Decimal]) -> Decimal:
    """Mean of the applicable aspects, unrounded.

    Raises Incomplete when there is none, DomainError on a value outside 0–120.
    """
    if not aspects:
        raise Incomplete("Nilai perilaku kerja belum ada.")
    return mean(_bounded(aspects))


def _bounded(values: Sequence[Decimal]) -> Sequence[Decimal]:
    if any(value < 0 or value > HIGHEST for value in values):
        raise DomainError("Nilai perilaku kerja harus antara 0 dan 120.")
    return values
