"""What pages about a score know of its plan without reading the plan's own content."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.models import Skp
from skp.permissions import parties_of
from skp.selectors.plans import visible_plan
from skp.states import Party


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A visible plan with its facts, as the head of a page shows it."""

    viewer: Viewer
    skp: Skp
    facts: PlanFacts

    @property
    def is_owner(self) -> bool:
        """Whether the viewer looks at their own plan."""
        return Party.OWNER in parties_of(self.viewer, self.facts)

    @property
    def is_appraiser(self) -> bool:
        """Whether the viewer is the plan's appraiser today."""
        return Party.APPRAISER in parties_of(self.viewer, self.facts)

    @property
    def place(self) -> str:
        """The place of the navigation from which this viewer comes."""
        return "plan" if self.is_owner else "inbox" if self.is_appraiser else "board"


def plan_head(request: HttpRequest, skp_id: int) -> PlanHead:
    """The plan from the viewer's visible set; 404 for everybody else."""
    viewer = viewer_of(request)
    found = visible_plan(viewer, skp_id)
    if found is None:
        raise Http404("SKP tidak ditemukan.")
    return PlanHead(viewer, *found)
