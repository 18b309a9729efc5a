"""Judging the year."""

from assessments.models.scores import (
    Assessment,
    AssessmentMove,
    AssessmentVersion,
    BehaviourScore,
    ResultScore,
)

__all__ = ["Assessment", "AssessmentMove", "AssessmentVersion", "BehaviourScore", "ResultScore"]
