"""Judging the year."""

from assessments.models.organisation import DistributionReason, OrgAchievement, ScoringVersion
from assessments.models.requests import NewIdea, ScoreProposal, UnlockRequest
from assessments.models.scores import (
    Assessment,
    AssessmentMove,
    AssessmentVersion,
    BehaviourScore,
    Delivery,
    ResultScore,
    ScoreDraft,
)
from assessments.models.years import HistoryResult, NoPerformance, YearResult

__all__ = [
    "Assessment",
    "AssessmentMove",
    "AssessmentVersion",
    "BehaviourScore",
    "Delivery",
    "DistributionReason",
    "HistoryResult",
    "NewIdea",
    "NoPerformance",
    "OrgAchievement",
    "ResultScore",
    "ScoreDraft",
    "ScoreProposal",
    "ScoringVersion",
    "UnlockRequest",
    "YearResult",
]
