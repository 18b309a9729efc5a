"""The appraiser's own people in a period, with what their year came to."""

from assessments.selectors.assessments import reports_waiting_for
from orgunits.viewer import Viewer
from skp.models import Skp


def next_to_score(viewer: Viewer, skp: Skp) -> Skp | None:
    """The next report of the period that waits for the viewer, by name and round the list, or None."""
    waiting = list(
        reports_waiting_for(viewer)
        .filter(period=skp.period_id)
        .exclude(pk=skp.pk)
        .order_by("owner__name", "pk")
    )
    after = (other for other in waiting if (other.owner.name, other.pk) > (skp.owner.name, skp.pk))
    return next(after, waiting[0] if waiting else None)
