"""The plan and its life."""

from skp.models.periods import Period, Window
from skp.models.plans import Indicator, PlannedIndicator, PlannedResult, Revision, Skp, WorkResult
from skp.models.records import AnnualRealisation, Move, Receipt

__all__ = [
    "AnnualRealisation",
    "Indicator",
    "Move",
    "Period",
    "PlannedIndicator",
    "PlannedResult",
    "Receipt",
    "Revision",
    "Skp",
    "Window",
    "WorkResult",
]
