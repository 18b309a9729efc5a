"""Typed settings of a period: every rule marked [practice] or [ours] with its default (rules.md)."""

import json
from dataclasses import asdict, dataclass, fields

from config.lib.canonical import canonical_text

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a period may set for planning and deadlines.

    ``min_main_results``: main results a plan needs, at least 1 [ours]; ``min_text_length``: characters of
    a result or indicator [ours]; ``decision_days``: days after the planning window in which an appraiser
    may still decide [practice]; ``late_start_days``: days of planning for an SKP that starts after
    1 January [ours]; ``grace_minutes``: hidden grace after every deadline [ours];
    ``min_people_for_words``: scored people of an OPD from whom on their predicates are counted for those
    who may not read the scores yet, so that a count never tells one person's score [ours].
    """

    min_main_results: int = 2
    min_text_length: int = 10
    decision_days: int = 14
    late_start_days: int = 30
    grace_minutes: int = 0
    min_people_for_words: int = 5

    def to_text(self) -> str:
        """The canonical text kept on the period."""
        return canonical_text(asdict(self), schema_version=SCHEMA_VERSION)

    @classmethod
    def from_text(cls, text: str) -> "PlanSettings":
        """Settings read back from their text; a setting the text does not know keeps its default."""
        stored = json.loads(text) if text else {}
        return cls(**{field.name: stored[field.name] for field in fields(cls) if field.name in stored})
