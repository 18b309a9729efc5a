"""Agreeing many plans: a transaction and a verdict for each (rules.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from config.lib.errors import DomainError
from orgunits.viewer import Viewer
from skp.services.moves import skp_agree


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as the appraiser was shown it: what is agreed is this version with this content."""

    skp_id: int
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one plan; ``text`` is empty when agreed, else the refusal with its ``problems``."""

    skp_id: int
    agreed: bool
    text: str = ""
    problems: tuple[str, ...] = ()


def plans_agree(
    *, actor: Viewer, shown: Iterable[ShownPlan], methods_confirmed: bool, now: datetime
) -> list[Verdict]:
    """Agree each plan on its own; one that is refused leaves the others agreed."""
    return [_agree(actor, plan, methods_confirmed, now) for plan in shown]


def _agree(actor: Viewer, plan: ShownPlan, methods_confirmed: bool, now: datetime) -> Verdict:
    try:
        skp_agree(
            actor=actor,
            skp_id=plan.skp_id,
            version=plan.version,
            content_hash=plan.content_hash,
            methods_confirmed=methods_confirmed,
            now=now,
        )
    except DomainError as error:
        return Verdict(plan.skp_id, False, str(error), getattr(error, "problems", ()))
    return Verdict(plan.skp_id, True)
