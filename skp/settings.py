"""Typed settings of a period: every rule marked [practice] or [ours] with its default (rules.md)."""

import json
from dataclasses import asdict, dataclass, fields

from config.lib.canonical import canonical_text

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a period may set for planning, deadlines, duties and the OPD's interim predicate.

    ``min_main_results``: main results a plan needs, at least 1 [ours]; ``min_text_length``: characters of
    a result or indicator [ours]; ``decision_days``: days after the planning window in which an appraiser
    may still decide [practice]; ``return_days``: days to send again after a return past the deadline
    [ours]; ``late_start_days``: days of planning for an SKP that starts after 1 January [ours];
    ``grace_minutes``: hidden grace after every deadline [ours]; ``min_people_for_words``: scored people of
    an OPD from whom on their predicates are counted for those who may not read the scores yet, so that a
    count never tells one person's score [ours]; ``planning_needs_agreement``: planning is fulfilled by the
    agreement instead of the sending [ours]; ``part_time_obliged``: part-time PPPK plan too [ours];
    ``opd_memuaskan_from``, ``opd_baik_from``, ``opd_buruk_from``: percent of obliged people who fulfilled
    the stage from which on an OPD's interim predicate is that word [ours].
    """

    min_main_results: int = 2
    min_text_length: int = 10
    decision_days: int = 14
    return_days: int = 7
    late_start_days: int = 30
    grace_minutes: int = 0
    min_people_for_words: int = 5
    planning_needs_agreement: bool = False
    part_time_obliged: bool = True
    opd_memuaskan_from: int = 90
    opd_baik_from: int = 75
    opd_buruk_from: int = 50

    def to_text(self) -> str:
        """The canonical text kept on the period."""
        return canonical_text(asdict(self), schema_version=SCHEMA_VERSION)

    @classmethod
    def from_text(cls, text: str) -> "PlanSettings":
        """Settings read back from their text; a setting the text does not know keeps its default."""
        stored = json.loads(text) if text else {}
        return cls(**{field.name: stored[field.name] for field in fields(cls) if field.name in stored})
