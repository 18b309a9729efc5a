"""What people type of the year's judging."""

from assessments.forms.scoring import ScoreForm

__all__ = ["ScoreForm"]
