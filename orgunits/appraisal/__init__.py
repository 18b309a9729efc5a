"""Who appraises whom, by date (rules.md §9): plain facts in, dated lines out; no database."""

from orgunits.appraisal.organisation import HEAD_ORDER, Organisation
from orgunits.appraisal.values import Barred, Line, Override, Post, UnitHeads, UnitSpan, Verdict

__all__ = [
    "HEAD_ORDER",
    "Barred",
    "Line",
    "Organisation",
    "Override",
    "Post",
    "UnitHeads",
    "UnitSpan",
    "Verdict",
]
